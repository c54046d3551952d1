"""Sealing: the checks before it, and the act itself."""
