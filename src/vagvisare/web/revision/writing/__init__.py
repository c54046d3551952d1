"""Writing: the outline, wordings, merging, comments, assignments, presence."""
