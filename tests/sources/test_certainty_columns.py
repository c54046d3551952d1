"""The optional columns low, high, se, n and count, and every way of getting them wrong: synthetic figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.sources.contract import Cell
from vagvisare.sources.spreadsheet import TableError, read_csv
from vagvisare.sources.spreadsheet.cells import read_cells
from vagvisare.strategy_folder.figures import figure_bytes, parse_figures
from vagvisare.terms.language import Language
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import Sampling


def read(header, *rows):
    lines = [line.split(",") for line in (f"territory,period,value,{header}", *(f"18,2020,62,{row}" for row in rows))]
    return read_cells(enumerate(lines, 1), "t.csv")


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("low,high", "60,64.5", Sampling(low=60, high=64.5)),
        ("se", "1.25", Sampling(se=1.25)),
        ("n", "400", Sampling(n=400)),
        ("count,n", "0,400", Sampling(count=0, n=400)),
        ("se", "0", Sampling(se=0)),
        ("low,high,se,n,count", ",,,,", None),
        ("low,high", "62,62", Sampling(low=62, high=62)),
    ],
)
def test_what_is_said_is_read(header, row, expected):
    (cell,), mistakes = read(header, row)
    assert mistakes == []
    assert cell.sampling == expected
    assert cell.value == 62


@pytest.mark.parametrize(
    ("header", "row", "sv", "en"),
    [
        ("low,high", "64,60", "low är högre än high (64–60).", "low is higher than high (64–60)."),
        ("low,high", "60,", "low står utan den andra gränsen.", "low stands without the other limit."),
        ("low,high", ",64", "high står utan den andra gränsen.", "high stands without the other limit."),
        ("low,high", "0.6,0.64", "ligger utanför sitt eget intervall 0.6–0.64", "outside its own interval 0.6–0.64"),
        ("se", "-1", "se är -1.", "se is -1."),
        ("n", "0", "n är 0.", "n is 0."),
        ("n", "-5", "n är -5.", "n is -5."),
        ("count", "-5", "count är -5.", "count is -5."),
        ("count,n", "401,400", "count är 401, men n är bara 400.", "count is 401, but n is only 400."),
        ("n", "many", "”many” i kolumnen n är inget tal.", "“many” in the column n is no number."),
        ("se", "nan", "”nan” i kolumnen se är inget tal.", "“nan” in the column se is no number."),
    ],
)
def test_what_cannot_be_true_is_said_with_its_line(header, row, sv, en):
    cells, (mistake,) = read(header, row)
    assert cells[0].sampling is None
    assert mistake.line == 2
    assert sv in mistake.line_in(Language.SV)
    assert en in mistake.line_in(Language.EN)
    assert mistake.suggestion.sv
    assert mistake.suggestion.en


def test_a_misspelt_column_is_suggested():
    _, mistakes = read("lov")
    assert "”low”" in mistakes[0].line_in(Language.SV)


def test_a_missing_column_names_those_that_are_needed_only():
    _, (mistake,) = read_cells([(1, ["territory", "period", "low"])], "t.csv")
    assert "low" not in mistake.suggestion.sv


def test_peoples_spreadsheets_may_leave_them_missing(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("territory;period;value;low;high;n\n18;2020;62,0;60,5;63,5;1 024\n18;2021;63,0;..;..;-\n", "utf-8")
    first, second = read_csv(path)
    assert first.sampling == Sampling(low=60.5, high=63.5, n=1024)
    assert second.sampling is None
    path.write_text("territory;period;value;low;high\n18;2020;62,0;64;60\n", "utf-8")
    with pytest.raises(TableError, match="low är högre än high"):
        read_csv(path)


numbers = st.floats(0, 1e9, allow_nan=False).map(lambda number: number + 0.0)


@given(st.lists(st.tuples(numbers, st.none() | numbers, st.none() | numbers, st.booleans()), min_size=1, max_size=8))
def test_certainty_survives_the_file(rows):
    cells = []
    for year, (value, se, n, interval) in enumerate(rows, 2000):
        span = {"low": value - 1, "high": value + 2} if interval else {}
        said = Sampling(se=se, n=n or None, **span)
        cells.append(Cell("18", Period.year(year), "T", "", value, said or None))
    assert parse_figures(figure_bytes(cells).decode(), "t.csv") == (tuple(cells), [])
