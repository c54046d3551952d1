"""Deliveries, data sets and shapes for the tests of what is checked. The figures are synthetic: made up for this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pyarrow as pa

from vagvisare.intake.accept import check
from vagvisare.intake.case import Previous
from vagvisare.intake.objection import Objection
from vagvisare.sources.contract import FIGURES, Cell, Shape
from vagvisare.sources.query import Dataset, Dimension, Expectation, Query, Role
from vagvisare.terms.sampling import COLUMNS

TODAY = date(2026, 11, 22)


def dataset(unit: str = "percent", expects: Expectation | None = None, **more) -> Dataset:
    """Return a data set about nothing in particular."""
    queries = more.pop("queries", (Query("TAB1"),))
    return Dataset("made_up", "scb", "Påhittat", "SCB", unit, queries, expects=expects or Expectation(), **more)


def asking(role: Role, *values: str, ours: tuple[str, ...] = (), code: str = "Dim") -> Dataset:
    """Return a data set that asks for some codes of one dimension."""
    return dataset(queries=(Query("TAB1", (Dimension(code, role, values, ours),)),))


def table(rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """Return rows as a delivery; what is left out is everybody, and nothing said."""
    whole = [{"sex": "T", "background": "", "status": "", **row} for row in rows]
    for row in whole:
        row.setdefault("end", row["start"])
    return pa.Table.from_pylist(whole, schema=FIGURES)


def grid(
    values: Mapping[str, Iterable[float | None]], first: int = 2015, sex: str = "T", background: str = ""
) -> pa.Table:
    """Return one series a territory, a figure a year from ``first``; None leaves a year out."""
    return table(
        {"territory": territory, "start": first + year, "sex": sex, "background": background, "value": value}
        for territory, series in values.items()
        for year, value in enumerate(series)
        if value is not None
    )


def together(*tables: pa.Table) -> pa.Table:
    """Return several deliveries as one."""
    return pa.concat_tables(tables)


def of_cells(cells: Iterable[Cell]) -> pa.Table:
    """Return cells of a strategy folder as a source would deliver them."""
    return table(
        {
            "territory": cell.territory,
            "start": cell.period.start,
            "end": cell.period.end,
            "sex": cell.sex,
            "background": cell.background,
            "value": cell.value,
            **(dict(zip(COLUMNS, cell.sampling.fields(), strict=True)) if cell.sampling else {}),
        }
        for cell in cells
    )


def judged(
    after: pa.Table,
    before: pa.Table | None = None,
    of: Dataset | None = None,
    shape: Shape | None = None,
    today: date = TODAY,
) -> tuple[Objection, ...]:
    """Return what is objected to a delivery."""
    previous = None if before is None else Previous(before)
    return check(of or dataset(), after, shape, previous, today=today)


def kinds(objections: Iterable[Objection]) -> list[tuple[str, str]]:
    """Return kind and gravity of every objection."""
    return [(str(objection.kind), str(objection.gravity)) for objection in objections]


CALM = {
    "00": (60.0, 60.5, 61.0, 60.8, 61.2, 61.5),
    "18": (58.0, 58.9, 58.4, 59.1, 59.6, 59.2),
    "17": (57.0, 57.4, 58.2, 57.9, 58.6, 58.8),
    "19": (55.0, 55.6, 55.3, 56.1, 56.4, 56.9),
    "1880": (59.0, 60.1, 59.4, 60.3, 61.0, 60.2),
}
"""Six years of a quiet share, from 2015."""


def cut(values: Mapping[str, Iterable[float]], years: int) -> dict[str, tuple[float, ...]]:
    """Return the first years of every series."""
    return {territory: tuple(series)[:years] for territory, series in values.items()}
