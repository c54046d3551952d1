"""Where a figure goes if it goes on as before, and how far such projections have missed."""
