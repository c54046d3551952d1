"""Changes: what differs from the edition before, why, and whether what is stated of it holds."""
