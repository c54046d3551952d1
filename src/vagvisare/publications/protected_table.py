"""A protected table as CSV: every row of the original, with a status, and no value where it is hidden."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from vagvisare.assessment.disclosure.table import Cell, Reason
from vagvisare.findings.closer.protection import status
from vagvisare.publications.opendata import harmless, replace_whole
from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text


def as_csv(names: Sequence[str], counts: Mapping[Cell, int | None], reasons: Mapping[Cell, Reason]) -> str:
    """Return the table as CSV (UTF-8, lines ended by CR LF), its rows in the order of ``counts``.

    Args:
        names: the dimensions.
        counts: every count of the original.
        reasons: why some of them are not shown.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([*map(harmless, names), "value", "status"])
    for cell, count in counts.items():
        reason = reasons.get(cell)
        writer.writerow([*map(harmless, cell), count if reason is None else "", status(reason)])
    return buffer.getvalue()


def write(text: str, out: Path) -> None:
    """Write the table to ``out``, whole or not at all.

    Raises:
        OutputError: when the place cannot be written to.
    """
    try:
        replace_whole(out, text.encode())
    except OSError as error:
        raise OutputError(
            Text(
                f"{out} kunde inte skrivas: {error.strerror or error}.",
                f"{out} could not be written: {error.strerror or error}.",
            ),
            meaning=Text("Ingen fil har ändrats.", "No file was changed."),
            remedy=Text("Välj en plats som du får skriva på.", "Choose a place you may write to."),
        ) from error
