"""The revision: the draft, what changed and why, and the seal."""
