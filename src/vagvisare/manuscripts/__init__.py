"""Manuscripts: slides, documents and PDFs as proposed nodes, each with where it stood; nothing is kept unseen."""
