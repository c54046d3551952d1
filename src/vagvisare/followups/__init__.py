"""A follow-up edition as a value, and the replay of what was stated against the figures."""
