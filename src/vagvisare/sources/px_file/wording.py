"""What is said when a PX file cannot be read: the file, the line, why, and what to do."""

from __future__ import annotations

from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.pxweb.v1_wording import shown
from vagvisare.terms.language import Text

__all__ = ["shown", "unreadable"]


def unreadable(name: str, line: int, why: Text) -> UnreadableError:
    """Return the error for a file: ``why`` is a whole sentence, ``line`` counts from 1 (0: no line in particular)."""
    where = f"{shown(name)}:{line}" if line else shown(name)
    return UnreadableError(
        Text(
            f"PX-filen {where} går inte att läsa. {why.sv}",
            f"The PX file {where} cannot be read. {why.en}",
        ),
        meaning=Text("Inget av den har sparats.", "Nothing of it was kept."),
        remedy=Text(
            "Hämta filen på nytt från källan, eller spara om den i det program som skrev den.",
            "Get the file anew from the source, or save it again in the program that wrote it.",
        ),
    )
