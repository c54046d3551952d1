"""Pure judging: series in, judgements out. Nothing here knows a file, a sentence or a page."""
