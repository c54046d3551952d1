"""Proofreading: Swedish spelling, the strategy's own terms, readability, and slips that machines can see."""
