"""Linking: contributions, goal conflicts, perspectives, themes."""
