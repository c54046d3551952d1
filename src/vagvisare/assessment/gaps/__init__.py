"""Distances: between two groups, among ordered groups, between the municipalities of a county."""
