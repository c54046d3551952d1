"""Rows that a change of many left as they were, because somebody else had changed them since they were ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from vagvisare.terms.language import Language
from vagvisare.web.registers import queries
from vagvisare.web.registers.definition import Column, Definition
from vagvisare.web.registers.lookups import Lookups
from vagvisare.web.registers.models import Entry

_KEPT = "registers_left"
BETWEEN = "|"
"""Stands between the key of a ticked row and the version that was shown."""


@dataclass(frozen=True, slots=True)
class LeftRow:
    """One row: its entry (None when it is gone), what it is called, and what stands in the column now."""

    entry: Entry | None
    title: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Left:
    """The rows that were left, the column that was to be changed, and what was to stand there."""

    column: Column
    text: str
    rows: list[LeftRow]

    @property
    def living(self) -> list[LeftRow]:
        """Those that can still be changed."""
        return [row for row in self.rows if row.entry is not None]


def ticked(values: Sequence[str]) -> dict[str, int]:
    """Read ticked rows as a form sends them: keys, and the version of each that was shown; 0 where none is told."""
    parts = (value.rpartition(BETWEEN) for value in values)
    found = {key or version: version if key else "" for key, _, version in parts if key or version}
    return {key: int(said) if said.isdecimal() and len(said) < 10 else 0 for key, said in found.items()}


def remember(request: HttpRequest, register: str, column: str, text: str, keys: Sequence[str]) -> None:
    """Let the next page of the register tell which rows were left."""
    if keys:
        request.session[_KEPT] = {"register": register, "column": column, "text": text, "keys": list(keys)}


def told(request: HttpRequest, definition: Definition, lookups: Lookups, language: Language) -> Left | None:
    """Return the rows just left, as they stand now; they are told of once."""
    kept = request.session.get(_KEPT)
    if kept is None or kept["register"] != definition.key:
        return None
    del request.session[_KEPT]
    column, now = definition.by_name[kept["column"]], {entry.key: entry for entry in lookups.entries}
    rows = [_row(key, now.get(key), column, lookups, language) for key in kept["keys"]]
    return Left(column, kept["text"], rows)


def _row(key: str, entry: Entry | None, column: Column, lookups: Lookups, language: Language) -> LeftRow:
    if entry is None:
        return LeftRow(None, key, [])
    now = queries.cell(column, entry, lookups, language)
    return LeftRow(entry, lookups.name(entry.register, key, language), now.lines)
