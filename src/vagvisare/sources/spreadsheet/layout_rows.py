"""Which rows of a sheet hold figures, by which codes, and where the table ends."""

from __future__ import annotations

from dataclasses import dataclass, field

from vagvisare.sources.query import Layout
from vagvisare.sources.spreadsheet.cells import Complaints
from vagvisare.sources.spreadsheet.layout_codes import Wanted
from vagvisare.sources.spreadsheet.layout_columns import Plan
from vagvisare.sources.spreadsheet.layout_grid import Grid, address, letters
from vagvisare.sources.spreadsheet.layout_numbers import NoNumberError, Numbers
from vagvisare.terms.language import Text

SUMS = ("summa", "total", "totalt", "totalsumma", "sum", "samtliga")
"""Words that begin a row of sums."""


@dataclass(slots=True)
class Rows:
    """The rows of a table; all count from 0.

    ``held`` have figures, each with its code in every column of codes. ``skipped`` have none of their own and say the
    text beside them; ``empty`` counts rows of the table without a figure; ``unread`` lie under the table's end and look
    like rows of one.
    """

    held: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    empty: int = 0


def rows_of(grid: Grid, layout: Layout, plan: Plan, wanted: dict[str, Wanted], complaints: Complaints) -> Rows:
    """Go through the rows from the first to the table's end; complain of figures without a code."""
    found = Rows()
    end = _end(grid, layout, plan, found)
    columns = [(name, column, wanted[name]) for name, column in plan.columns.items()]
    above: dict[int, str] = {}
    for row in range(plan.first, end):
        codes = []
        for _, column, reader in columns:
            code = reader.cell(grid, row, column)
            if column in plan.filled:
                code = above[column] = code or above.get(column, "")
            codes.append(code)
        if not any(grid.raw(row, column) not in (None, "") for column in plan.values):
            _without(grid, row, codes, found)
        elif all(codes):
            found.held.append((row, tuple(codes)))
        elif not any(codes) and not _has_figure(grid, layout, plan, row):
            _without(grid, row, codes, found)
        elif any(code.casefold() in SUMS for code in codes):
            found.skipped.append((row, next(code for code in codes if code)))
        elif any(grid.text(row, column) for column in plan.values):
            name, column = next(
                (name, column) for (name, column, _), code in zip(columns, codes, strict=True) if not code
            )
            complaints.add(row + 1, *_lacking(name, row, column))
    return found


def _end(grid: Grid, layout: Layout, plan: Plan, found: Rows) -> int:
    """Return the row the table ends before: as the layout says, or the first wholly empty one."""
    rows = len(grid.rows)
    if layout.last_row:
        return min(layout.last_row, rows)
    first = min(plan.first, rows)
    end = next((row for row in range(first, rows) if not _filled(grid, row)), rows)
    found.unread = [row for row in range(end, rows) if _looks_like_ours(grid, layout, plan, row)]
    return end


def _filled(grid: Grid, row: int) -> bool:
    return any(grid.text(row, column) for column in range(len(grid.rows[row])))


def _looks_like_ours(grid: Grid, layout: Layout, plan: Plan, row: int) -> bool:
    coded = all(grid.text(row, column) for column in plan.columns.values())
    return coded and _has_figure(grid, layout, plan, row)


def _has_figure(grid: Grid, layout: Layout, plan: Plan, row: int) -> bool:
    """Tell whether a row has at least one number where figures stand, before anything that is none."""
    for column in plan.values:
        try:
            said = Numbers(layout).read(grid.raw(row, column))
        except NoNumberError:
            return False
        if said is not None and said.value is not None:
            return True
    return False


def _without(grid: Grid, row: int, codes: list[str], found: Rows) -> None:
    """Note a row without figures: one of the table's own, or words (in one cell, merged or not)."""
    words = list(dict.fromkeys(filter(None, (grid.text(row, at) for at in range(len(grid.rows[row]))))))
    if len(words) > 1 and all(codes):
        found.empty += 1
    elif words:
        found.skipped.append((row, words[0]))


def _lacking(name: str, row: int, column: int) -> tuple[Text, Text]:
    where = address(row, column)
    return (
        Text(
            f"Cell {where} i kolumnen ”{name}” är tom, men raden har siffror.",
            f"Cell {where} of the column “{name}” is empty, but the row has figures.",
        ),
        Text(
            f"Betyder tomt ”samma som ovan”, skriv {letters(column)} i fill_down.",
            f"If empty means “the same as above”, write {letters(column)} in fill_down.",
        ),
    )
