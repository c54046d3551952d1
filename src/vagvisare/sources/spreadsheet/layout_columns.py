"""Where in a sheet everything is: which column or heading row gives each dimension, and which columns hold figures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from vagvisare.sources.query import Dimension, Layout, Query, Role
from vagvisare.sources.spreadsheet.cells import Complaints
from vagvisare.sources.spreadsheet.layout_codes import Wanted
from vagvisare.sources.spreadsheet.layout_grid import Grid, letters, number_of
from vagvisare.sources.spreadsheet.layout_numbers import stripped
from vagvisare.sources.spreadsheet.wording import menade
from vagvisare.terms.errors import NOTHING
from vagvisare.terms.language import Text

_ROW = re.compile(r"row:([0-9]{1,7})")
_CELL = re.compile(r"cell:([A-Z]{1,3})([0-9]{1,7})")
_PERIOD = re.compile(r"(?<![0-9])(?:1[89]|20|21)[0-9]{2}(?:\s*[-–/]\s*(?:1[89]|20|21)[0-9]{2})?(?![0-9])")


@dataclass(slots=True)
class Plan:
    """How one sheet is read; rows and columns count from 0.

    ``columns`` leads from a dimension's code to its column, ``across`` to its code over each of ``values`` (the columns
    of figures), ``constant`` to the one code that holds for all. ``left_out`` counts the columns of codes nobody asks
    for.
    """

    first: int
    columns: dict[str, int] = field(default_factory=dict)
    across: dict[str, list[str]] = field(default_factory=dict)
    constant: dict[str, str] = field(default_factory=dict)
    values: list[int] = field(default_factory=list)
    filled: set[int] = field(default_factory=set)
    ignored: list[str] = field(default_factory=list)
    places: dict[str, Text] = field(default_factory=dict)
    assumed: list[Text] = field(default_factory=list)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)


def plan_of(grid: Grid, query: Query, layout: Layout, wanted: dict[str, Wanted], complaints: Complaints) -> Plan:
    """Find every dimension and every column of figures, or complain of what is not there."""
    finder = _Finder(grid, layout, complaints)
    wide = {d.code: int(found[1]) - 1 for d in query.dimensions if (found := _ROW.fullmatch(d.code))}
    heads = [*(row - 1 for row in layout.header_rows), *wide.values()]
    plan = Plan(layout.first_row - 1 if layout.first_row else max(heads, default=-1) + 1)
    for dimension in query.dimensions:
        if dimension.code not in wide:
            _place(plan, dimension, finder, wanted[dimension.code])
    plan.filled = {found for name in layout.fill_down for found in [finder.column(name)] if found is not None}
    if wide:
        _across(plan, wide, finder, wanted)
    elif layout.value:
        plan.values = [found for found in [finder.column(layout.value)] if found is not None]
    else:
        complaints.add(heads[0] + 1 if heads else 1, *_NO_VALUE)
    used = {*plan.columns.values(), *plan.values}
    plan.ignored = [finder.titled(at) for at in range(grid.width) if at not in used and finder.title(at)]
    return plan


def _place(plan: Plan, dimension: Dimension, finder: _Finder, wanted: Wanted) -> None:
    """Find the column or the cell of one dimension, or the one code that holds for the whole sheet."""
    code = dimension.code
    cell = _CELL.fullmatch(code)
    if cell is not None:
        column, row = number_of(cell[1]) or 0, int(cell[2]) - 1
        said = finder.grid.text(row, column)
        years = _PERIOD.findall(said) if dimension.role is Role.PERIOD else []
        plan.constant[code] = wanted.read(years[0] if len(years) == 1 else said)
        plan.places[code] = Text(f"cell {cell[1]}{cell[2]} (”{said}”)", f"cell {cell[1]}{cell[2]} (“{said}”)")
        if not said:
            what = Text(f"Cell {cell[1]}{cell[2]} är tom.", f"Cell {cell[1]}{cell[2]} is empty.")
            finder.complaints.add(row + 1, what, _SAY_WHERE)
        return
    only = wanted.listed or dimension.ours
    found = finder.column(code, complain=len(only) != 1 and not (dimension.role is Role.FIXED and not only))
    if found is not None:
        plan.columns[code] = found
        name = finder.title(found)
        plan.places[code] = Text(f"kolumn {letters(found)} ”{name}”", f"column {letters(found)} “{name}”")
    elif len(only) == 1 and dimension.role is not Role.FIXED:
        plan.constant[code] = only[0]
        plan.places[code] = Text(f"”{only[0]}” för alla rader", f"“{only[0]}” for every row")
        plan.assumed.append(
            Text(
                f"Ingen kolumn heter ”{code}”; alla rader räknas till ”{only[0]}”.",
                f"No column is called “{code}”; every row is taken as “{only[0]}”.",
            )
        )


def _across(plan: Plan, wide: dict[str, int], finder: _Finder, wanted: dict[str, Wanted]) -> None:
    """Read the codes that stand side by side over the columns of figures."""
    if finder.layout.value:
        finder.complaints.add(min(wide.values()) + 1, *_BOTH)
    free = [at for at in range(finder.grid.width) if at not in plan.columns.values()]
    lowest = max(wide.values())
    codes: dict[str, list[str]] = {}
    for name, row in wide.items():
        codes[name] = finder.along(row, free, wanted[name], reach=row < lowest)
        plan.places[name] = Text(f"rubrikrad {row + 1}", f"heading row {row + 1}")
    accepted = {name: wanted[name].accepted(own) for name, own in codes.items()}
    for at, column in enumerate(free):
        own = {name: codes[name][at] for name in wide}
        if not all(own.values()):
            continue
        refused = [(name, code) for name, code in own.items() if code not in accepted[name]]
        plan.left_out.update(refused)
        if not refused:
            plan.values.append(column)
            for name, code in own.items():
                plan.across.setdefault(name, []).append(code)
    if not plan.values:
        finder.complaints.add(lowest + 1, *_NO_COLUMNS)


class _Finder:
    """Looks up columns by what stands over them."""

    def __init__(self, grid: Grid, layout: Layout, complaints: Complaints) -> None:
        self.grid, self.layout, self.complaints = grid, layout, complaints
        self.line = max(layout.header_rows, default=1)
        self._titles = [[grid.text(row - 1, at) for row in layout.header_rows if row > 0] for at in range(grid.width)]

    def title(self, column: int) -> str:
        """Return what stands over a column, every heading row after another, each text once."""
        own = self._titles[column] if column < len(self._titles) else []
        return " ".join(dict.fromkeys(text for text in own if text))

    def titled(self, column: int) -> str:
        """Return a column's letters and title."""
        return f"{letters(column)} {self.title(column)}".rstrip()

    def column(self, name: str, *, complain: bool = True) -> int | None:
        """Return the column called ``name`` (its heading, or else its letters)."""
        wanted = " ".join(name.split())
        for same in (str, str.casefold, self._unmarked):
            found = [at for at, own in enumerate(self._titles) if any(same(text) == same(wanted) for text in own)]
            if len(found) == 1:
                return found[0]
            if found:
                self.complaints.add(self.line, *_several(name, found))
                return None
        lettered = number_of(wanted)
        if lettered is not None and lettered < self.grid.width:
            return lettered
        if complain:
            every = [text for own in self._titles for text in own if text]
            near = menade(name, every)
            hint = near if near != NOTHING else _headings(list(dict.fromkeys(every)))
            sheet = self.grid.sheet
            where = Text(f" i bladet ”{sheet}”", f" on the sheet “{sheet}”") if sheet else NOTHING
            what = Text(f"Ingen kolumn{where.sv} heter ”{name}”.", f"No column{where.en} is called “{name}”.")
            self.complaints.add(self.line, what, hint)
        return None

    def _unmarked(self, text: str) -> str:
        return stripped(text, list(self.layout.footnotes))[0].casefold()

    def along(self, row: int, columns: list[int], wanted: Wanted, *, reach: bool) -> list[str]:
        """Return the codes of a heading row; with ``reach`` an empty place has what stands to the left of it."""
        texts: list[str] = []
        for place, column in enumerate(columns):
            text = wanted.cell(self.grid, row, column)
            beside = place > 0 and columns[place - 1] == column - 1
            texts.append(text or (texts[-1] if reach and beside else ""))
        return texts


def _several(name: str, found: list[int]) -> tuple[Text, Text]:
    where = ", ".join(letters(at) for at in found[:8])
    return (
        Text(f"Rubriken ”{name}” står över flera kolumner ({where}).", f"“{name}” heads several columns ({where})."),
        Text("Skriv kolumnens bokstav i stället.", "Write the column's letter instead."),
    )


def _headings(names: list[str]) -> Text:
    every = ", ".join(names[:20]) or "–"
    return Text(
        f"Rubrikerna i header_rows är: {every}.",
        f"The headings in header_rows are: {every}.",
    )


_NO_VALUE = (
    Text("Layouten säger inte var siffrorna står.", "The layout does not say where the figures are."),
    Text(
        "Skriv rubriken över dem i value, eller row:N för det som står sida vid sida.",
        "Write their heading as value, or row:N for what stands side by side.",
    ),
)
_BOTH = (
    Text("Layouten har både value och row:N.", "The layout has both value and row:N."),
    Text("Ta bort value: i en bred tabell är siffrorna allt under rubrikraden.", "Remove value: figures stand below."),
)
_NO_COLUMNS = (
    Text("Ingen kolumn har en efterfrågad kod i rubrikraden.", "No column has a code asked for in the heading row."),
    Text("Jämför radens koder med values.", "Compare the row's codes with values."),
)
_SAY_WHERE = Text("Kontrollera cellens adress i definitionen.", "Check the cell's address in the definition.")
