"""The strategy itself: its head, and its sealed editions, which nobody can change."""
