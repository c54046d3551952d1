"""Who may do what: the permission matrix, what a view states that it needs, and how everything is done."""
