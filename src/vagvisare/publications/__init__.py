"""From an outcome to pages, decks and open data: one source, one module a format."""
