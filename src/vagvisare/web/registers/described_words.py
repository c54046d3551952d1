"""Columns that several registers have."""

from __future__ import annotations

from vagvisare.terms.language import Text
from vagvisare.web.registers.definition import Column, Kind

SOURCE = Column(
    "source",
    Kind.SOURCE,
    Text("Källa", "Source"),
    Text(
        "Dokument och rader, som ”underlag.txt:12-14”, eller en hänvisning i ord.",
        "Document and lines, such as “evidence.txt:12-14”, or a reference in words.",
    ),
    listed=True,
)
ENGLISH = Column(
    "english", Kind.WORDS, Text("På engelska", "In English"), Text("Vår översättning.", "Our translation.")
)
NOTE = Column("note", Kind.LONG, Text("Anmärkning", "Note"))
NOTE_EN = Column("note_en", Kind.LONG, Text("Anmärkning på engelska", "Note in English"))
CLAIM_KINDS = (("planned", Text("planerat", "planned")), ("actual", Text("utfall", "actual")))
