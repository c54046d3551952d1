"""Words every stage shares: periods, territories, units, languages, series, and the family of errors."""
