"""Deliveries as people make them. Every figure here is made up."""

from __future__ import annotations

import io

import openpyxl
import pytest

from vagvisare.sources.query import Dataset, Dimension, Layout, Query, Role
from vagvisare.sources.spreadsheet.delivery import read_delivery
from vagvisare.terms.language import Language

SEX = (("Kvinnor", "Män"), ("K", "M"))


def made_workbook(rows, *, merged=(), formats=None, others=(), hidden=()):
    """Return an XLSX file: rows of its sheet, merged ranges, number formats by cell, other sheets before and after."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tabell"
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    for number, name in enumerate(others):
        other = book.create_sheet(name, number)
        other.append(["Om undersökningen"])
        other.sheet_state = "hidden" if name in hidden else "visible"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def made_query(*, territory="Kod", period="År", sex="", value="Andel", name="fil.xlsx", more=(), **layout):
    """Return a query of a long table, or a wide one where a dimension is named row:N and ``value`` is empty."""
    dimensions = [Dimension(territory, Role.TERRITORY), Dimension(period, Role.PERIOD)]
    if sex:
        dimensions.append(Dimension(sex, Role.SEX, *SEX))
    return Query(name, (*dimensions, *more), layout=Layout(value=value, **layout))


def figures_in(delivery):
    """Return a delivery's figures by territory, first year, sex and group."""
    return {
        (row["territory"], row["start"], row["sex"], row["background"]): row["value"]
        for row in delivery.figures.to_pylist()
    }


def both(error):
    """Return an error's message in Swedish, having seen that there is an English one too."""
    swedish, english = (error.message(language) for language in Language)
    assert swedish != english
    assert error.remedy.sv
    assert error.remedy.en
    return swedish


@pytest.fixture(scope="session")
def workbook():
    return made_workbook


@pytest.fixture
def query():
    return made_query


@pytest.fixture
def figures():
    return figures_in


@pytest.fixture
def said():
    return both


@pytest.fixture
def read():
    """Read a file, or rows of one, by a query."""

    def reader(content, asked, name="fil.xlsx", **workbook):
        raw = content if isinstance(content, bytes) else made_workbook(content, **workbook)
        return read_delivery(raw, name, (asked,))

    return reader


@pytest.fixture
def dataset():
    def make(asked, unit="percent"):
        return Dataset("good_health", "spreadsheet", "God hälsa", "Region Exempel", unit, (asked,))

    return make
