"""A register as a page asks for it: filtered, searched, sorted; the whole question stands in the address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from vagvisare.terms.language import Language
from vagvisare.web.registers import cells
from vagvisare.web.registers.definition import Column, Definition, Kind
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.lookups import Lookups
from vagvisare.web.registers.models import Entry

SEARCH, SORT, ROW = "sok", "ordning", "rad"
NONE = "-"
"""Filters for what has nothing in the column."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks of a register: words to look for, filters by column, and the order ("-year" is downwards)."""

    words: str
    filters: Mapping[str, str]
    sort: str
    row: str

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.filters)

    def query(self, **other: str) -> str:
        """Return the question as it stands in an address, with some of it said otherwise; begins with ? or is empty."""
        told = {SEARCH: self.words, **self.filters, SORT: self.sort, ROW: ""} | other
        written = urlencode({name: value for name, value in told.items() if value})
        return f"?{written}" if written else ""

    def sorted_by(self, column: Column) -> str:
        """Return the address that sorts by a column, or the other way when it is sorted so already."""
        return self.query(**{SORT: f"-{column.name}" if self.sort == column.name else column.name})


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter, and how many rows have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what is read, and what is edited."""

    column: Column
    lines: list[str]
    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the table."""

    entry: Entry
    title: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Listing:
    """The table: the rows asked for, of how many, and what can be filtered on."""

    rows: list[Listed]
    total: int
    options: Mapping[str, list[Option]]
    asked: Asked

    @property
    def entries(self) -> list[Entry]:
        """The entries of the rows."""
        return [row.entry for row in self.rows]


def asked(definition: Definition, given: Mapping[str, str]) -> Asked:
    """Read a question from an address; what is not understood is left out."""
    sort = given.get(SORT, "")
    if sort.removeprefix("-") not in definition.by_name:
        sort = ""
    filters = {column.name: given[column.name] for column in definition.filtered if given.get(column.name)}
    return Asked(given.get(SEARCH, "").strip()[:100], filters, sort, given.get(ROW, ""))


def listing(definition: Definition, asked: Asked, lookups: Lookups, language: Language) -> Listing:
    """Return the rows asked for, in the register's own order unless another is asked for."""
    rows = [_listed(definition, entry, lookups, language) for entry in lookups.entries]
    options = {column.name: _options(column, lookups, language) for column in definition.filtered}
    kept = [row for row in rows if _fits(row, definition, asked, lookups, language)]
    if asked.sort:
        column = definition.by_name[asked.sort.removeprefix("-")]
        kept.sort(key=lambda row: _order(column, row.entry, lookups, language), reverse=asked.sort.startswith("-"))
    return Listing(kept, len(rows), options, asked)


def cell(column: Column, entry: Entry, lookups: Lookups, language: Language) -> Cell:
    """Return one cell of one entry."""
    plain = _plain(column, entry)
    return Cell(column, lookups.lines(column, plain, language), cells.write(column, plain, language))


def _listed(definition: Definition, entry: Entry, lookups: Lookups, language: Language) -> Listed:
    made = [cell(column, entry, lookups, language) for column in definition.listed]
    return Listed(entry, lookups.name(definition.key, entry.key, language), made)


def _plain(column: Column, entry: Entry) -> Any:
    return DEFINITIONS[entry.register].full(entry.content).get(column.name)


def _value(column: Column, entry: Entry) -> str:
    plain = _plain(column, entry)
    if column.kind is Kind.YES_NO:
        return "ja" if plain else "nej"
    return NONE if plain in (None, "") else str(plain)


def _options(column: Column, lookups: Lookups, language: Language) -> list[Option]:
    counts = Counter(_value(column, entry) for entry in lookups.entries)
    order = [value or NONE for value, _ in lookups.options(column, language)]
    known = sorted(counts, key=lambda value: (order.index(value) if value in order else len(order), value))
    return [Option(value, _label(column, value, lookups, language), counts[value]) for value in known]


def _label(column: Column, value: str, lookups: Lookups, language: Language) -> str:
    if value == NONE:
        return "inget angivet" if language is Language.SV else "nothing stated"
    if column.kind is Kind.YES_NO:
        return (cells.YES if value == "ja" else cells.NO).to(language)
    lines = lookups.lines(column, value, language)
    return lines[0] if len(lines) == 1 else " ".join(lines)


def _fits(row: Listed, definition: Definition, asked: Asked, lookups: Lookups, language: Language) -> bool:
    if any(_value(definition.by_name[name], row.entry) != value for name, value in asked.filters.items()):
        return False
    if not asked.words:
        return True
    told = [row.title]
    for column in definition.columns:
        plain = _plain(column, row.entry)
        told += [cells.write(column, plain, language), *lookups.lines(column, plain, language)]
    whole = "\n".join(told).casefold()
    return all(word in whole for word in asked.words.casefold().split())


def _order(column: Column, entry: Entry, lookups: Lookups, language: Language) -> tuple[bool, Any]:
    plain = _plain(column, entry)
    empty = plain in (None, "", [])
    if column.kind is Kind.NUMBER:
        return empty, plain or 0
    if column.kind is Kind.ROWS:
        return empty, str(min((row.get("start", "") for row in plain or ()), default=""))
    if column.kind in (Kind.DAY, Kind.DATE, Kind.YES_NO):
        return empty, str(plain or "")
    return empty, _alphabet(" ".join(lookups.lines(column, plain, language)))


_SWEDISH = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e", "ü": "u"})


def _alphabet(text: str) -> str:
    """Return what sorts a text as Swedish does: å, ä and ö after z."""
    return text.casefold().translate(_SWEDISH)
