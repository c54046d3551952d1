"""Where figures come from: one folder a source, one contract."""
