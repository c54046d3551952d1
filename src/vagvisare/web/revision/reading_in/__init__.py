"""Reading in: a document becomes a proposal, a person decides, and only then nodes are kept."""
