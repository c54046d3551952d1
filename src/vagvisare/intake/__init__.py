"""Where figures come in: sources are asked, what arrives is checked, and what changed raises a hand."""
