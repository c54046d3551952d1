"""How the figures of an indicator have changed from one vintage to the next, as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from vagvisare.assessment.definition import Indicator
from vagvisare.observations.revisions import Column, Triangle
from vagvisare.publications.pages.view import View
from vagvisare.terms.language import Language, listing, number
from vagvisare.terms.unit import UNITS, Unit

PERIODS, DAYS = 10, 6
"""The most periods and vintages that the table shows: the latest."""

_DIGITS = 6
"""The most decimals it takes to tell a figure from the one it replaced; what differs less is the same figure."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as one vintage had it; ``said`` are the words beside it, ``changed`` whether the source changed it."""

    figure: str
    said: tuple[str, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Revised:
    """The section: its sentences, the days as column heads, a row a period, and the remarks below.

    A head is the day in words, as an ISO date, and whether its figures answer another question than the latest.
    """

    said: tuple[str, ...]
    heads: tuple[tuple[str, str, bool], ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """One figure that the source changed: where in the triangle, and what it was before."""

    row: int
    column: int
    old: float
    new: float

    @property
    def size(self) -> float:
        return abs(self.new - self.old)


def section(view: View, indicator: Indicator) -> Revised | None:
    """Return what the page says of revisions; None where no two vintages answer the same question."""
    found = view.digest.material.revisions.get(indicator.key)
    if found is None:
        return None
    unit = _unit(found, indicator)
    first = max(0, len(found.columns) - DAYS)
    shown = range(first, len(found.columns))
    rows = [row for row in range(len(found.periods)) if any(_told(found, row, column) for column in shown)]
    changes = {(change.row, change.column): change for change in _changes(found)}
    cells = tuple(
        (
            found.periods[row].label,
            tuple(_cell(view, found, (row, column), changes.get((row, column)), unit) for column in shown),
        )
        for row in rows[-PERIODS:]
    )
    heads = tuple(
        (view.day(each.receipt.recorded), each.receipt.recorded.isoformat(), each.another_definition)
        for each in found.columns[first:]
    )
    cut = first > 0 or len(rows) > PERIODS
    remarks = ([view.say("revised_cut")] if cut else []) + _others(view, found.columns[first:])
    return Revised(_said(view, found, list(changes.values()), unit), heads, cells, tuple(remarks))


def _unit(found: Triangle, indicator: Indicator) -> Unit:
    """Return the unit of the figures as the vintages hold them."""
    return UNITS.get(found.columns[-1].receipt.unit, indicator.unit_words)


def _told(found: Triangle, row: int, column: int) -> bool:
    return found.values[row][column] is not None or (row, column) in found.vanished


def _before(found: Triangle, column: int) -> int | None:
    """Return the column that a column is compared with: the nearest before it that answers the same question."""
    same = _question(found.columns[column])
    return next((each for each in reversed(range(column)) if _question(found.columns[each]) == same), None)


def _question(column: Column) -> tuple[str, str]:
    return column.receipt.source_id, column.receipt.query


def _changes(found: Triangle) -> list[_Change]:
    """Return what the source changed, in order of time."""
    changes = []
    for row, column in sorted(found.revised, key=lambda place: (place[1], place[0])):
        before = _before(found, column)
        old, new = (None if at is None else found.values[row][at] for at in (before, column))
        if old is not None and new is not None:
            changes.append(_Change(row, column, old, new))
    return changes


def _cell(view: View, found: Triangle, place: tuple[int, int], change: _Change | None, unit: Unit) -> Cell:
    row, column = place
    value = found.values[row][column]
    if value is None:
        gone = place in found.vanished
        return Cell(view.say("revised_removed") if gone else "", changed=gone)
    said = [view.say("preliminary")] if place in found.preliminary else []
    if change is None:
        return Cell(unit.figure(value, view.language), tuple(said))
    new, old = _apart(unit, change.new, change.old, view.language)
    return Cell(new, (view.say("revised_was").format(old=old), *said), changed=True)


def _apart(unit: Unit, new: float, old: float, language: Language) -> tuple[str, str]:
    """Write two figures with as many decimals as it takes to tell them apart."""
    written = "", ""
    for digits in range(unit.decimals, _DIGITS + 1):
        a, b = (number(value / unit.divide, language, digits) for value in (new, old))
        written = a, b
        if a != b:
            break
    return written


def _said(view: View, found: Triangle, changes: list[_Change], unit: Unit) -> tuple[str, ...]:
    """Return how many figures of the latest definition have changed since its first vintage, and by how much."""
    ours = [at for at, column in enumerate(found.columns) if not column.another_definition]
    since = view.day(found.columns[ours[0]].receipt.recorded)
    told = [change for change in changes if change.column in ours]
    sentences = [_sizes(view, found, told, unit, since)]
    gone = sum(column in ours for _, column in found.vanished)
    if gone:
        words = view.say("revised_gone_one" if gone == 1 else "revised_gone_many")
        sentences.append(words.format(count=view.number(gone)))
    return tuple(sentences)


def _sizes(view: View, found: Triangle, changes: list[_Change], unit: Unit, since: str) -> str:
    if not changes:
        return view.say("revised_none").format(place=view.territory, since=since)
    largest = max(changes, key=lambda change: change.size)
    new, old = _apart(unit, largest.new, largest.old, view.language)
    name = unit.name.to(view.language)
    change = f"{old} → {new} {name}".strip()
    return view.say("revised_one" if len(changes) == 1 else "revised_many").format(
        count=view.number(len(changes)),
        place=view.territory,
        since=since,
        median=_difference(unit, median(each.size for each in changes), view.language),
        largest=_difference(unit, largest.size, view.language),
        period=found.periods[largest.row].label,
        change=change,
    )


def _difference(unit: Unit, size: float, language: Language) -> str:
    """Write the size of a change with as many decimals as it takes not to be nought."""
    digits = unit.decimals
    while digits < _DIGITS and round(size / unit.divide, digits) == 0:
        digits += 1
    return f"{number(size / unit.divide, language, digits)}\u00a0{unit.difference.to(language)}".strip()


def _others(view: View, columns: tuple[Column, ...]) -> list[str]:
    """Say of which days the figures answer another question than the latest, a sentence a source."""
    days: dict[str, list[str]] = {}
    for column in columns:
        if column.another_definition:
            days.setdefault(column.receipt.source_id, []).append(view.day(column.receipt.recorded))
    return [
        view.say("revised_other").format(days=listing(own, view.language), source=source)
        for source, own in days.items()
    ]
