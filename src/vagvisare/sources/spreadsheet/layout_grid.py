"""A sheet as it stands in the file: rows of cells that know where they are and how they were written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from unicodedata import category

from vagvisare.terms.language import Text

MOST_CELLS = 5_000_000
"""Places of a sheet, empty ones between filled ones included."""

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Characters that do not show, or that a terminal obeys; they are no part of a name or a number."""


class Percent(float):
    """A number whose cell is formatted as per cent: 0.835 stands in the file, 83,5 % on the screen."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: rows of cells as the file holds them (None, text, number, day), counted from 0.

    ``file`` and ``sheet`` are names for sentences. ``merged`` leads from every cell that a merged one covers to the one
    that holds its content. ``told`` is what a reviewer should know of how the file was opened.
    """

    file: str
    sheet: str
    rows: list[list[object]]
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    told: tuple[Text, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def raw(self, row: int, column: int) -> object:
        """Return what the cell itself holds; nothing outside the sheet."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else None

    def text(self, row: int, column: int) -> str:
        """Return the cell's text as people read it; a merged cell is read in every place it covers."""
        return shown(self.raw(*self.merged.get((row, column), (row, column))))


def shown(raw: object) -> str:
    """Return a cell as text: spaces made plain, what does not show left out, whole numbers without decimals."""
    if isinstance(raw, str):
        return _plain(raw)
    if raw is None:
        return ""
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw)


@lru_cache(maxsize=65_536)
def _plain(text: str) -> str:
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    spaced = "".join(" " if c.isspace() else c for c in text)
    return " ".join("".join(c for c in spaced if category(c) not in _UNSEEN).split())


def letters(column: int) -> str:
    """Return a column's letters: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def number_of(name: str) -> int | None:
    """Return the column that ``name`` letters (A to XFD), or None when it letters none."""
    if not (name.isascii() and name.isalpha() and name.isupper() and len(name) <= 3):
        return None
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """Return where a cell stands, as spreadsheet programs say it: C7."""
    return f"{letters(column)}{row + 1}"
