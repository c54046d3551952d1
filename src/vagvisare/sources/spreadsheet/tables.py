"""Tidy tables of figures from people's spreadsheets."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from pathlib import Path

from vagvisare.sources.contract import Cell
from vagvisare.sources.spreadsheet.cells import Manner, Row, read_cells
from vagvisare.sources.spreadsheet.texts import csv_rows, xlsx_rows
from vagvisare.terms.errors import FigureError, Mistake, listed
from vagvisare.terms.language import Text

_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?(?:[eE][-+]?[0-9]+)?")
_GROUPED = re.compile(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))")


class TableError(FigureError):
    """A spreadsheet has mistakes; carries every one of them, and nothing was loaded."""

    def __init__(self, file: str, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        super().__init__(
            Text(
                f"Tabellen {file} har {len(self.mistakes)} fel.",
                f"The table {file} has {len(self.mistakes)} {'mistake' if len(self.mistakes) == 1 else 'mistakes'}.",
            ),
            meaning=Text("Inget av den har lästs in.", "Nothing of it was loaded."),
            remedy=listed(self.mistakes),
        )


def read_csv(path: Path | str) -> list[Cell]:
    """Read a tidy CSV file with the columns territory, period, value and optionally sex and background.

    Separators may be comma, semicolon or tab, decimals point or comma, thousands grouped by spaces. Codes that have
    lost their leading zero are given it back. A value that is empty or ``..`` is no figure and gives no cell.

    Raises:
        TableError: with every mistake, each with its line.
        FigureError: when the file cannot be read at all.
    """
    return _cells(csv_rows(Path(path)), Path(path))


def read_xlsx(path: Path | str) -> list[Cell]:
    """Read the first sheet of an XLSX file; see :func:`read_csv`."""
    return _cells(xlsx_rows(Path(path)), Path(path))


def lenient_number(text: str) -> float:
    """Read a number as people write it: ``83,5``, ``2 633 457``, ``−1.2``. A single comma is a decimal comma.

    Raises:
        ValueError: when the text is no finite number.
    """
    plain = _GROUPED.sub("", text.strip().replace("\u2212", "-"))
    if _NUMBER.fullmatch(plain) is None:
        raise ValueError(text)
    value = float(plain.replace(",", "."))
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def official_code(text: str) -> str:
    """Give back the leading zero a spreadsheet dropped: ``1`` → ``01``, ``114`` → ``0114``."""
    bare = text.strip()
    if bare.isascii() and bare.isdigit() and len(bare) in (1, 3):
        return "0" + bare
    return bare


def _cells(rows: Iterable[Row], path: Path) -> list[Cell]:
    stripped = ((line, [text.strip() for text in row]) for line, row in rows)
    cells, mistakes = read_cells(stripped, path.name, Manner(lenient_number, official_code, skip_missing=True))
    if mistakes:
        raise TableError(path.name, mistakes)
    return cells
