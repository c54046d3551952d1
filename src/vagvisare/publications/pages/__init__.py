"""What stands on each kind of page: plain values for the templates, one module a kind."""
