"""How the figures stand to a target: every kind that regions write, each by its own rule."""
