"""Figures as tidy CSV with a receipt beside: ``figures/<dataset>.csv`` and ``figures/<dataset>.receipt.toml``."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from vagvisare.sources.contract import Cell, Table
from vagvisare.sources.spreadsheet.cells import read_cells
from vagvisare.strategy_folder.toml_text import number_text
from vagvisare.terms.errors import Mistake
from vagvisare.terms.language import Text
from vagvisare.terms.sampling import COLUMNS, Sampling

HEADER = ("territory", "period", "sex", "background", "value")
_NOTHING_SAID = Sampling()


def figure_bytes(cells: Iterable[Cell]) -> bytes:
    """Return the canonical file of ``cells``: UTF-8, LF, in order of territory, sex, background and period.

    Of the columns about certainty only those stand in the file that some figure has: a file without any is the same,
    byte for byte, as before there were such columns.

    Raises:
        ValueError: when a value is not a finite number, or a group's name does not fit on one line.
    """
    cells = in_order(cells)
    for name in {c.background for c in cells}:
        if "\n" in name or "\r" in name:
            raise ValueError(f"gruppen {name!r} ryms inte på en rad")
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    places = _used(cells)
    writer.writerow((*HEADER, *(COLUMNS[place] for place in places)))
    writer.writerows(
        (c.territory, str(c.period), c.sex, c.background, number_text(c.value), *_certainty(c, places)) for c in cells
    )
    return out.getvalue().encode()


def _used(cells: Iterable[Cell]) -> tuple[int, ...]:
    """Return the places in ``COLUMNS`` of what is known of at least one figure."""
    known = [c.sampling.fields() for c in cells if c.sampling]
    return tuple(place for place in range(len(COLUMNS)) if any(fields[place] is not None for fields in known))


def _certainty(cell: Cell, places: tuple[int, ...]) -> Iterator[str]:
    fields = (cell.sampling or _NOTHING_SAID).fields()
    for place in places:
        number = fields[place]
        yield "" if number is None else number_text(number)


def seal(table: Table) -> Table:
    """Return the table in canonical order with the receipt's number of rows and checksum filled in from its cells."""
    cells = in_order(table.cells)
    digest = hashlib.sha256(figure_bytes(cells)).hexdigest()
    return Table(replace(table.receipt, rows=len(cells), sha256=digest), cells)


def in_order(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Return the cells in order of territory, sex, background and period."""
    return tuple(sorted(cells, key=lambda c: (c.territory, c.sex, c.background, c.period.start, c.period.end)))


def parse_figures(text: str, file: str) -> tuple[tuple[Cell, ...], list[Mistake]]:
    """Read a file of figures; cells come in canonical order whatever the file's order."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        cells, mistakes = read_cells(((rows.line_num, row) for row in rows if row), file)
    except csv.Error:
        what = Text("Citattecknen på raden går inte ihop.", "The quotation marks on the row do not match.")
        hint = Text('Skriv " som "" inuti ett fält.', 'Write " as "" inside a field.')
        return (), [Mistake(file, rows.line_num, what, hint)]
    ordered = [(c.territory, c.sex, c.background, c.period.start, c.period.end) for c in cells]
    in_file_order = all(a <= b for a, b in itertools.pairwise(ordered))
    return (tuple(cells) if in_file_order else in_order(cells)), mistakes
