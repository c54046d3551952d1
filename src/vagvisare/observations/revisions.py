"""What changed from one vintage to the next, and a series through all its vintages. Nothing is ever applied silently.

Figures that differ by no more than ``NOISE`` of their size are the same: sources print and multiply them anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.observations.shelf import Label
from vagvisare.observations.store import Store
from vagvisare.sources.contract import Receipt
from vagvisare.terms.period import Period
from vagvisare.terms.series import TOTAL

_PUT_IN_ORDER = 1_000_000
"""Rows; putting ten million in order takes more memory than it is worth to anybody."""

NOISE = 1e-9
"""The largest difference, relative to the larger of two figures, that is no revision."""

_CHANGED = """
    CREATE TEMP TABLE changed AS
    SELECT * FROM (
        SELECT territory, sex, background, start, "end", was.value AS old, after.value AS new,
            coalesce(was.status, '') AS old_status, coalesce(after.status, '') AS new_status,
            was.value IS DISTINCT FROM after.value
                AND NOT abs(after.value - was.value) <= $noise * greatest(abs(after.value), abs(was.value)) AS revised
        FROM (SELECT * FROM before WHERE value IS NOT NULL) AS was
        FULL JOIN after USING (territory, sex, background, start, "end")
    )
    WHERE (old IS NULL) <> (new IS NULL) OR old IS NOT NULL AND (revised OR old_status <> new_status)
"""
"""Whatever is not the same in both; a cell without a figure is as one that is not there."""

_ADDED = """
    SELECT territory, sex, background, start, "end", new, new_status FROM changed WHERE old IS NULL
    ORDER BY territory, sex, background, start, "end"
"""
_REVISED = """
    SELECT territory, sex, background, start, "end", old, new FROM changed WHERE revised
    ORDER BY territory, sex, background, start, "end"
"""
_VANISHED = """
    SELECT territory, sex, background, start, "end", old, new_status FROM changed WHERE new IS NULL
    ORDER BY territory, sex, background, start, "end"
"""
_STATUS = """
    SELECT territory, sex, background, start, "end", old_status, new_status FROM changed
    WHERE old IS NOT NULL AND new IS NOT NULL AND old_status <> new_status
    ORDER BY territory, sex, background, start, "end"
"""
_NEW_PERIODS = """
    SELECT start, "end" FROM (
        SELECT DISTINCT start, "end" FROM after WHERE value IS NOT NULL
        EXCEPT SELECT DISTINCT start, "end" FROM before WHERE value IS NOT NULL
    ) ORDER BY start, "end"
"""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One figure before and after. ``old`` is None for one that is new, ``new`` for one that has vanished."""

    territory: str
    sex: str
    background: str
    period: Period
    old: float | None
    new: float | None

    @property
    def size(self) -> float:
        """How much it changed, in its own unit; nought where there is nothing to compare."""
        return 0.0 if self.old is None or self.new is None else abs(self.new - self.old)


@dataclass(frozen=True, slots=True)
class Revision:
    """What changed from one vintage to the next.

    The tables have the columns territory, sex, background, start, end, in that order of rows, and besides: ``added``
    new and new_status; ``revised`` old and new; ``vanished`` old and new_status (what the source now says of a cell
    that has no figure any more); ``status`` old_status and new_status, of figures that are there in both.
    ``new_periods`` had no figure at all before. ``unchanged`` counts the figures that are equal in both.
    """

    new_periods: tuple[Period, ...]
    added: pa.Table
    revised: pa.Table
    vanished: pa.Table
    status: pa.Table
    unchanged: int

    @property
    def nothing(self) -> bool:
        """Tell whether nothing changed at all."""
        return not any(len(each) for each in (self.added, self.revised, self.vanished, self.status))

    def largest(self, count: int) -> tuple[Change, ...]:
        """Return the revised figures that changed most, in their own unit, largest first."""
        return largest(self.revised, count)


def largest(revised: pa.Table, count: int) -> tuple[Change, ...]:
    """Return the changes of a table of revised figures that are largest, in their own unit, largest first."""
    size = pc.abs(pc.subtract(revised.column("new"), revised.column("old")))
    order = pc.sort_indices(size, sort_keys=[("", "descending")])[:count]
    return tuple(changes(revised.take(order)))


def changes(table: pa.Table) -> Iterator[Change]:
    """Walk a table of a revision, one change a row."""
    for rows in table.to_batches(max_chunksize=10_000):
        for row in rows.to_pylist():
            period = Period(row["start"], row["end"])
            yield Change(row["territory"], row["sex"], row["background"], period, row.get("old"), row.get("new"))


def compare(before: pa.Table | None, after: pa.Table) -> Revision:
    """Return what changed between two tables in the schema ``FIGURES``, each figure there at most once.

    A cell without a figure (null) is as one that is not there. ``before`` is None for the first vintage: all is added.
    """
    if before is None:
        return _first(after)
    with duckdb.connect(":memory:", config={"threads": 2}) as connection:
        connection.register("before", before)
        connection.register("after", after)
        connection.execute(_CHANGED, {"noise": NOISE})

        def table(query: str) -> pa.Table:
            return connection.sql(query).to_arrow_table()

        revised, vanished = table(_REVISED), table(_VANISHED)
        ((had,),) = connection.execute("SELECT count(value) FROM before").fetchall()
        periods = connection.execute(_NEW_PERIODS).fetchall()
        return Revision(
            new_periods=tuple(Period(*each) for each in periods),
            added=table(_ADDED),
            revised=revised,
            vanished=vanished,
            status=table(_STATUS),
            unchanged=int(had) - len(vanished) - len(revised),
        )


def _first(after: pa.Table) -> Revision:
    """Return the first vintage as a revision of nothing; in the order it came when it is too large to be sorted."""
    there = after.filter(after.column("value").is_valid()) if after.column("value").null_count else after
    keys = ["territory", "sex", "background", "start", "end"]
    added = there.select([*keys, "value", "status"]).rename_columns([*keys, "new", "new_status"])
    if added.num_rows <= _PUT_IN_ORDER:
        added = added.sort_by([(key, "ascending") for key in keys])
    spans = there.select(["start", "end"]).group_by(["start", "end"]).aggregate([]).to_pylist()
    nothing = added.slice(0, 0)

    def none(*columns: str) -> pa.Table:
        kinds = {"old": "new", "old_status": "new_status"}
        return pa.table([nothing.column(kinds.get(name, name)) for name in columns], names=list(columns))

    return Revision(
        new_periods=tuple(sorted(Period(span["start"], span["end"]) for span in spans)),
        added=added,
        revised=none(*keys, "old", "new"),
        vanished=none(*keys, "old", "new_status"),
        status=none(*keys, "old_status", "new_status"),
        unchanged=0,
    )


def revised(before: pa.Table, after: pa.Table) -> pa.Table:
    """Return what ``compare`` calls revised, and nothing else: many times faster, for whoever asks on every page."""
    keys = ["territory", "sex", "background", "start", "end"]
    old, new = (
        table.filter(pc.invert(pc.is_nan(table.column("value")))).select([*keys, "value"]).rename_columns([*keys, name])
        for table, name in ((before, "old"), (after, "new"))
    )
    both = old.join(new, keys, join_type="inner", use_threads=False)
    was, now = both.column("old"), both.column("new")
    size = pc.abs(pc.subtract(now, was))
    noise = pc.multiply(NOISE, pc.max_element_wise(pc.abs(now), pc.abs(was)))
    differ = pc.and_(pc.not_equal(was, now), pc.invert(pc.less_equal(size, noise)))
    return both.filter(differ).sort_by([(key, "ascending") for key in keys])


@dataclass(frozen=True, slots=True)
class Column:
    """One day's vintage in a triangle.

    ``another_definition`` is True where table or query differ from those of the latest vintage: what differs there is
    no revision.
    """

    receipt: Receipt
    another_definition: bool


@dataclass(frozen=True, slots=True)
class Triangle:
    """A series through all its vintages: a row a period, a column a day on which figures were recorded.

    ``values[row][column]`` is None where that vintage had no figure. ``revised`` are the places (row, column) whose
    figure differs from the one in the vintage before it of the same definition, ``vanished`` those where it is gone
    since then, and ``preliminary`` those that the source itself called provisional.
    """

    dataset: str
    territory: str
    sex: str
    background: str
    periods: tuple[Period, ...]
    columns: tuple[Column, ...]
    values: tuple[tuple[float | None, ...], ...]
    revised: frozenset[tuple[int, int]]
    vanished: frozenset[tuple[int, int]]
    preliminary: frozenset[tuple[int, int]]


def triangle(
    store: Store,
    dataset: str,
    territory: str,
    sex: str = TOTAL,
    background: str = "",
    *,
    until: date | None = None,
    most: int = 0,
) -> Triangle:
    """Return one series through every vintage of a data set; where a day has several, the one fetched last.

    Args:
        store: where the vintages lie.
        dataset: whose series it is.
        territory: code of the place.
        sex: T, K or M.
        background: the group; "" for everybody.
        until: leave out what was recorded after that day.
        most: read no more than so many days, the latest; 0 for all.

    Raises:
        FigureError: when a vintage is damaged.
    """
    known = (each for each in store.receipts(dataset) if until is None or each.recorded <= until)
    receipts = [list(own)[-1] for _, own in groupby(known, key=lambda receipt: receipt.recorded)][-most:]
    only = (pc.field("territory") == territory) & (pc.field("sex") == sex) & (pc.field("background") == background)
    read = [_points(store, receipt, only) for receipt in receipts]
    periods = tuple(sorted({period for points in read for period in points}))
    places = {period: row for row, period in enumerate(periods)}
    last = _definition(receipts[-1]) if receipts else None
    revised, vanished = _differences(receipts, read, places)
    return Triangle(
        dataset,
        territory,
        sex,
        background,
        periods,
        tuple(Column(receipt, _definition(receipt) != last) for receipt in receipts),
        tuple(tuple(points[p][0] if p in points else None for points in read) for p in periods),
        revised,
        vanished,
        frozenset((places[p], c) for c, points in enumerate(read) for p, (_, state) in points.items() if state == "P"),
    )


_Points = dict[Period, tuple[float, str]]
_Places = frozenset[tuple[int, int]]


def _points(store: Store, receipt: Receipt, only: Any) -> _Points:
    columns = ("start", "end", "value", "status")
    cells = store.shelf.cells(Label.of(receipt), columns, only)
    rows = zip(*(cells.column(name).to_pylist() for name in columns), strict=True)
    return {Period(start, end): (value, status or "") for start, end, value, status in rows if value is not None}


def _definition(receipt: Receipt) -> tuple[str, str]:
    return receipt.source_id, receipt.query


def _differences(
    receipts: Sequence[Receipt], read: Sequence[_Points], places: dict[Period, int]
) -> tuple[_Places, _Places]:
    """Return where a figure differs from the vintage before it of the same definition, and where it is gone."""
    revised, vanished = set(), set()
    before: dict[tuple[str, str], _Points] = {}
    for column, (receipt, points) in enumerate(zip(receipts, read, strict=True)):
        for period, (old, _) in before.get(_definition(receipt), {}).items():
            if period not in points:
                vanished.add((places[period], column))
            elif abs(points[period][0] - old) > NOISE * max(abs(points[period][0]), abs(old)):
                revised.add((places[period], column))
        before[_definition(receipt)] = points
    return frozenset(revised), frozenset(vanished)
