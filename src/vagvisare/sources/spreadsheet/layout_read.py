"""A sheet and how it is laid out → every figure in it, with the codes it goes by and the cell it stands in."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from vagvisare.sources.arrange import Long
from vagvisare.sources.query import Layout, Query
from vagvisare.sources.spreadsheet.cells import Complaints
from vagvisare.sources.spreadsheet.layout_codes import Wanted
from vagvisare.sources.spreadsheet.layout_columns import Plan, plan_of
from vagvisare.sources.spreadsheet.layout_grid import Grid, Percent, address, shown
from vagvisare.sources.spreadsheet.layout_numbers import MISSING, SUPPRESSED, NoNumberError, Numbers
from vagvisare.sources.spreadsheet.layout_rows import Rows, rows_of
from vagvisare.sources.spreadsheet.tables import TableError
from vagvisare.terms.language import Text

STATUSES = ("", MISSING, SUPPRESSED)
TEXT, PLAIN, PERCENT = 0, 1, 2
"""How a figure stands in the file: as text, as a bare number, or as a number formatted as per cent."""


@dataclass(slots=True)
class Reading:
    """What was understood of one sheet.

    ``long`` are the figures with their codes; ``rows`` and ``columns`` say where each stands, counted from 0 (empty for
    a file without cells). ``places`` says in words where each dimension was found, ``ignored`` names columns nobody
    asked for. ``left_out`` counts what has a code nobody asked for, ``absent`` holds codes asked for that are missing,
    and ``zeros`` counts codes given back their leading zero, all by dimension. ``empty`` counts cells without figure or
    mark, ``written`` says of each figure how it stands in the file (``TEXT``, ``PLAIN``, ``PERCENT``). ``below`` holds
    the notes under the table, ``between`` rows within it that have no figure.
    """

    file: str
    sheet: str
    long: Long
    title: str = ""
    rows: array[int] = field(default_factory=lambda: array("i"))
    columns: array[int] = field(default_factory=lambda: array("i"))
    places: dict[str, Text] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    absent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    zeros: Counter[tuple[str, str]] = field(default_factory=Counter)
    between: list[tuple[int, str]] = field(default_factory=list)
    below: list[tuple[int, str]] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    empty: int = 0
    days: int = 0
    numbers: Numbers | None = None
    written: array[int] = field(default_factory=lambda: array("b"))
    told: list[Text] = field(default_factory=list)

    def where(self, figure: int) -> str:
        """Return the cell a figure stands in (C7), or "" in a file without cells."""
        return address(self.rows[figure], self.columns[figure]) if self.rows else ""


def read_sheet(grid: Grid, query: Query) -> Reading:
    """Read every figure that the query wants.

    Raises:
        TableError: with every mistake in sheet and layout, each with its row.
    """
    layout = query.layout or Layout()
    complaints = Complaints(grid.file)
    numbers = Numbers(layout)
    wanted = {d.code: Wanted(d, numbers.notes, parts=bool(query.yearly)) for d in query.dimensions}
    plan = plan_of(grid, query, layout, wanted, complaints)
    _stop(grid, complaints)
    rows = rows_of(grid, layout, plan, wanted, complaints)
    sheet = _Figures(grid, plan, numbers, complaints)
    left_out = sheet.of(rows, wanted)
    _stop(grid, complaints)
    last = sheet.rows[-1] if sheet.rows else plan.first - 1
    reading = Reading(grid.file, grid.sheet, sheet.long(), _title(grid, layout), sheet.rows, sheet.columns)
    reading.places, reading.ignored, reading.left_out = plan.places, plan.ignored, left_out
    reading.between = [each for each in rows.skipped if each[0] < last]
    reading.below = [each for each in rows.skipped if each[0] > last]
    reading.unread, reading.empty, reading.numbers = rows.unread, sheet.empty + rows.empty, numbers
    for name, each in wanted.items():
        seen = sheet.codes.get(name)
        reading.absent[name] = () if seen is None or name in plan.constant else each.absent(seen)
        reading.zeros.update({(name, f"{short} → {code}"): n for (short, code), n in each.zeros.items()})
        reading.days += each.days
    reading.written = sheet.written
    reading.told = [*grid.told, *plan.assumed]
    return reading


def dictionary(codes: list[str], index: np.ndarray) -> pa.DictionaryArray:
    """Return codes by index, without those that nothing has."""
    used, place = np.unique(index, return_inverse=True)
    names = pa.array([codes[each] for each in used.tolist()], pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(place.reshape(-1).astype(np.int32)), names)


def _stop(grid: Grid, complaints: Complaints) -> None:
    if complaints.found:
        raise TableError(grid.file, complaints.all())


def _title(grid: Grid, layout: Layout) -> str:
    """Return the first words above the headings, or the sheet's name."""
    above = range(min(min(layout.header_rows, default=1) - 1, len(grid.rows)))
    said = (grid.text(row, column) for row in above for column in range(len(grid.rows[row])))
    return next((text for text in said if text), grid.sheet)


class _Figures:
    """Collects figures row by row, and their codes by index."""

    def __init__(self, grid: Grid, plan: Plan, numbers: Numbers, complaints: Complaints) -> None:
        self.grid, self.plan, self.numbers, self.complaints = grid, plan, numbers, complaints
        self.codes: dict[str, list[str]] = {}
        self.index: dict[str, np.ndarray] = {}
        self.rows, self.columns, self.across = array("i"), array("i"), array("i")
        self.values, self.said = array("d"), array("b")
        self.empty = 0
        self.written = array("b")

    def of(self, rows: Rows, wanted: dict[str, Wanted]) -> Counter[tuple[str, str]]:
        """Read the rows whose every code is asked for; return how often each other code was met."""
        left_out = Counter(self.plan.left_out)
        accepted = {}
        for at, name in enumerate(self.plan.columns):
            self.codes[name] = list(dict.fromkeys(codes[at] for _, codes in rows.held))
            accepted[name] = wanted[name].accepted(self.codes[name])
        numbered = {name: {code: n for n, code in enumerate(own)} for name, own in self.codes.items()}
        kept, counts = [], array("i")
        for row, codes in rows.held:
            refused = [(n, c) for n, c in zip(self.plan.columns, codes, strict=True) if c not in accepted[n]]
            left_out.update(refused)
            if not refused:
                kept.append([numbered[name][code] for name, code in zip(self.plan.columns, codes, strict=True)])
                counts.append(self._read(row))
        matrix = np.array(kept, np.int32).reshape(len(kept), len(self.plan.columns))
        for at, name in enumerate(self.plan.columns):
            self.index[name] = np.repeat(matrix[:, at], np.asarray(counts, np.int64)) if kept else np.empty(0, np.int32)
        for name, over in self.plan.across.items():
            self.codes[name] = list(dict.fromkeys(over))
            numbers = {code: number for number, code in enumerate(self.codes[name])}
            place = np.array([numbers[code] for code in over], np.int32)
            self.index[name] = place[np.asarray(self.across, np.int64)] if len(self.across) else np.empty(0, np.int32)
        for name, code in self.plan.constant.items():
            self.codes[name], self.index[name] = [code], np.zeros(len(self.values), np.int32)
        return left_out

    def _read(self, row: int) -> int:
        """Read the figures of one row; return how many there are."""
        before = len(self.values)
        for place, column in enumerate(self.plan.values):
            raw = self.grid.raw(row, column)
            try:
                said = self.numbers.read(raw)
            except NoNumberError as error:
                where, text = address(row, column), shown(raw)
                what = Text(f"Cell {where}: ”{text}” är inget tal.", f"Cell {where}: “{text}” is no number.")
                self.complaints.add(row + 1, what, error.hint)
                continue
            if said is None:
                self.empty += 1
                continue
            self.rows.append(row)
            self.columns.append(column)
            self.across.append(place)
            self.values.append(float("nan") if said.value is None else said.value)
            self.said.append(STATUSES.index(said.status))
            self.written.append(PERCENT if isinstance(raw, Percent) else TEXT if isinstance(raw, str) else PLAIN)
        return len(self.values) - before

    def long(self) -> Long:
        """Return the figures as a source delivers them."""
        codes = {name: dictionary(self.codes[name], index) for name, index in self.index.items()}
        values = pa.array(np.asarray(self.values, np.float64), from_pandas=True)
        return Long(codes, values, dictionary(list(STATUSES), np.asarray(self.said, np.int8)))
