"""The registers: what steers the strategy, what it builds on, who takes part and when, and its own terms."""
