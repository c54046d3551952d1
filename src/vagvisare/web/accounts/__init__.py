"""The people: how they come in, and the roles they are given."""
