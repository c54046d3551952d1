"""What a cell of figures says: a number, no figure and why, or nothing at all."""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from vagvisare.sources.query import Layout
from vagvisare.sources.spreadsheet.layout_grid import Percent, shown
from vagvisare.terms.language import Text

MISSING, SUPPRESSED = "M", "Q"
"""Statuses in CL_OBS_STATUS."""

SUPPRESSING = ("x", "e/t")
"""Marks that say that there is a figure but that it is not shown; other marks say that there is none."""

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"

_UNDER = re.compile(r"(?:<|&lt;|färre än|under|mindre än)\s*[0-9]+", re.IGNORECASE)
_NUMBER = re.compile(r"([-+]?)([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:([.,])([0-9]+))?([eE][-+]?[0-9]{1,3})?")


class Said(NamedTuple):
    """A figure (None: no figure, and ``status`` says why)."""

    value: float | None
    status: str = ""


class NoNumberError(ValueError):
    """A text that is no figure; ``hint`` says what may have been meant."""

    def __init__(self, hint: Text) -> None:
        super().__init__(hint.sv)
        self.hint = hint


class Numbers:
    """Reads cells by a layout, and keeps count of what a reviewer should know.

    ``missing`` and ``footnotes`` count each mark, ``other_decimals`` the figures with the other decimal mark.
    """

    def __init__(self, layout: Layout) -> None:
        self.decimal = layout.decimal
        self.marks = {mark.casefold().strip() for mark in layout.missing}
        self.notes = sorted((note for note in layout.footnotes if note), key=len, reverse=True)
        self.missing: Counter[str] = Counter()
        self.footnotes: Counter[str] = Counter()
        self.other_decimals: Counter[str] = Counter()

    def read(self, raw: object) -> Said | None:
        """Read one cell; None when it is empty.

        Raises:
            NoNumberError: when it holds something that is neither a figure nor a mark for a missing one.
        """
        if raw is None:
            return None
        if isinstance(raw, float | int) and not isinstance(raw, bool):
            return self._stored(raw)
        if isinstance(raw, date):
            raise NoNumberError(_A_DAY)
        text = shown(raw)
        return self._written(text) if text else None

    def _stored(self, raw: float) -> Said:
        try:
            value = float(Decimal(repr(float(raw))) * 100) if isinstance(raw, Percent) else float(raw)
        except (OverflowError, ArithmeticError):
            value = math.inf
        if not math.isfinite(value):
            raise NoNumberError(_TOO_LARGE)
        return Said(value)

    def _written(self, text: str) -> Said:
        bare, notes = stripped(text, self.notes) if text.casefold() not in self.marks else (text, ())
        if bare.casefold() in self.marks or _UNDER.fullmatch(bare):
            hidden = bare.casefold() in SUPPRESSING or bare.casefold() not in self.marks
            said = Said(None, SUPPRESSED if hidden else MISSING)
            self.missing[bare] += 1
        else:
            said = Said(self._number(bare.removesuffix("%").rstrip()))
        self.footnotes.update(notes)
        return said

    def _number(self, text: str) -> float:
        found = _NUMBER.fullmatch(text.replace("\u2212", "-").replace("–", "-").replace("- ", "-"))
        if found is None:
            raise NoNumberError(_NO_NUMBER)
        sign, whole, mark, decimals, power = found.groups(default="")
        if mark and mark != self.decimal:
            if len(decimals) == 3 and len(whole) <= 3 and whole != "0" and not power:
                raise NoNumberError(_EITHER)
            self.other_decimals[text] += 1
        value = float(f"{sign}{whole.replace(' ', '')}.{decimals or '0'}{power}")
        if not math.isfinite(value):
            raise NoNumberError(_TOO_LARGE)
        return value


def stripped(text: str, notes: list[str]) -> tuple[str, tuple[str, ...]]:
    """Take footnote marks off the end of a text; raised figures always are such marks. Never takes the whole text."""
    found: list[str] = []
    while True:
        mark = next((note for note in notes if text.endswith(note)), text[-1:] if text[-1:] in RAISED else "")
        if not mark or len(text) <= len(mark):
            return text, tuple(found)
        text = text[: -len(mark)].rstrip(" ,")
        found.append(mark)


_NO_NUMBER = Text(
    "Står det för att en uppgift saknas, lägg till det i missing; är det en notmarkering, i footnotes. "
    "Hör raden inte till tabellen, sätt last_row.",
    "If it means that a figure is missing, add it to missing; if it is a footnote mark, to footnotes. "
    "If the row is not part of the table, set last_row.",
)
_EITHER = Text(
    "Det går inte att säga om tecknet skiljer decimaler eller tusental. Skriv tusental med mellanslag.",
    "The mark could separate decimals or thousands. Write thousands with a space.",
)
_TOO_LARGE = Text("Talet är för stort.", "The number is too large.")
_A_DAY = Text(
    "Cellen är formaterad som datum. Formatera om den som tal.",
    "The cell is formatted as a date. Format it as a number.",
)
