"""What everybody may read: pages, figures and slides of one follow-up, as known today or on an earlier day."""
