"""The trail: every change of a record, in order, by whom and why; nothing in it is ever changed."""
