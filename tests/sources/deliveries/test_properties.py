"""Random tables in random layouts read back equal; random and broken files only ever give sentences of ours."""

import csv
import io
import random
import string

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from vagvisare.sources.query import Dimension, Layout, Query, Role
from vagvisare.sources.spreadsheet.delivery import read_delivery
from vagvisare.sources.spreadsheet.layout_grid import address, letters, number_of, shown
from vagvisare.sources.spreadsheet.layout_guess import guess
from vagvisare.sources.spreadsheet.layout_numbers import NoNumberError, Numbers
from vagvisare.sources.spreadsheet.preview import understood
from vagvisare.sources.spreadsheet.preview_text import rendered
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Language

QUICK = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
SEXES = {"Kvinnor": "K", "Män": "M", "Totalt": "T"}
PLACES = ["00", "01", "18", "0114", "1880", "1881", "2584"]
VALUES = st.one_of(st.none(), st.integers(-999_999, 999_999), st.floats(-1e6, 1e6).map(lambda x: round(x, 3)))


def speaks(error):
    """Hold that an error has something to say in both languages."""
    assert all(error.message(language) for language in Language)
    assert error.remedy.sv


def written(value, decimal, group):
    """Write a number as people do: with a decimal mark and thousands apart."""
    text = repr(abs(value)) if "e" not in repr(abs(value)) else f"{abs(value):.9f}"
    whole, _, decimals = text.partition(".")
    whole = f"{int(whole):,}".replace(",", group) if group else whole
    return ("-" if value < 0 else "") + whole + (decimal + decimals if decimals.strip("0") else "")


def typed(cell, decimal):
    """Write a cell as text: a file of text has no numbers, so decimals are marked as its layout says.

    1.625 in a sheet whose mark is a comma could be a thousand and more; that it is refused is tested elsewhere.
    """
    return written(cell, decimal, "") if isinstance(cell, float) else shown(cell)


@st.composite
def tables(draw):
    """Return figures by place, year and sex, every one with a value or a mark for none."""
    places = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=4, unique=True))
    years = draw(st.lists(st.integers(1990, 2030), min_size=1, max_size=4, unique=True))
    sexes = draw(st.lists(st.sampled_from(list(SEXES)), min_size=1, unique=True))
    keys = [(place, year, sex) for place in places for year in years for sex in sexes]
    return places, years, sexes, {key: draw(VALUES) for key in keys}


@st.composite
def sheets(draw):
    """Lay a table out at random: long or wide, with titles above and notes below, as XLSX or as text."""
    places, years, sexes, figures = draw(tables())
    above = draw(st.integers(0, 3))
    rows = [[f"Rubrik {number}"] for number in range(above)]
    as_text = draw(st.booleans())
    decimal, group = draw(st.sampled_from([",", "."])), draw(st.sampled_from(["", " ", "\u00a0", "\u202f"]))

    def cell(value):
        if value is None:
            return draw(st.sampled_from(["..", "x", "–"]))
        mark = draw(st.sampled_from(["", "*", " 1)"]))
        return written(value, decimal, group) + mark if as_text or mark else value

    extra = draw(st.booleans())
    if draw(st.booleans()):
        order = draw(st.permutations(["Kod", "År", "Kön", "Andel", *(["Namn"] if extra else [])]))
        rows.append(list(order))
        for (place, year, sex), value in draw(st.permutations(list(figures.items()))):
            said = {"Kod": place, "År": year, "Kön": sex, "Andel": cell(value), "Namn": "namn"}
            rows.append([said[name] for name in order])
        asked = _query("Kod", "År", "Kön", Layout(header_rows=(above + 1,), value="Andel", decimal=decimal))
        merged = []
    else:
        first = 3 if extra else 2
        spread = draw(st.booleans())
        heads = [year if at == 0 or not spread else None for year in years for at in range(len(sexes))]
        rows.append([None, *(["Namn"] if extra else []), *heads])
        rows.append(["Kod", *([None] if extra else []), *(sex for _ in years for sex in sexes)])
        for place in places:
            own = [cell(figures[place, year, sex]) for year in years for sex in sexes]
            rows.append([place, *(["namn"] if extra else []), *own])
        layout = Layout(header_rows=(above + 1, above + 2), decimal=decimal)
        asked = _query("Kod", f"row:{above + 1}", f"row:{above + 2}", layout)
        merged = [
            f"{letters(first - 1 + n * len(sexes))}{above + 1}:{letters(first - 2 + (n + 1) * len(sexes))}{above + 1}"
            for n in range(len(years))
            if spread and len(sexes) > 1 and draw(st.booleans())
        ]
    rows += draw(st.sampled_from([[], [["Källa: påhittad"]], [[], ["Not 1"]], [["Summa"]]]))
    return rows, merged, asked, figures


def _query(place, year, sex, layout):
    listed = Dimension(sex, Role.SEX, tuple(SEXES), tuple(SEXES.values()))
    return Query("t.xlsx", (Dimension(place, Role.TERRITORY), Dimension(year, Role.PERIOD), listed), layout=layout)


@settings(QUICK, max_examples=40)
@given(sheets(), st.sampled_from(["xlsx", "utf-8", "utf-16", "windows-1252"]))
def test_random_tables_in_random_layouts_read_back_equal(workbook, sheet, kind):
    rows, merged, asked, figures = sheet
    if kind == "xlsx":
        raw, name = workbook(rows, merged=merged), "t.xlsx"
    else:
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(
            [["" if cell is None else typed(cell, asked.layout.decimal) for cell in row] for row in rows]
        )
        raw, name = text.getvalue().encode(kind, "replace"), "t.csv"
    delivery = read_delivery(raw, name, (asked,))
    found = {(row["territory"], row["start"], row["sex"]): row["value"] for row in delivery.figures.to_pylist()}
    assert found == {(place, year, SEXES[sex]): value for (place, year, sex), value in figures.items()}
    assert delivery.parts[0].reading.unread == []


@QUICK
@given(st.binary(max_size=300), st.sampled_from(["t.xlsx", "t.csv", "t.txt", "t.px", "t.doc", ""]))
@example(b"", "t.csv")
@example(b"A;B\n" + b";" * 200, "t.csv")
@example("Kod;År;Andel\n18;2022;\ud7ff\u0000".encode(), "t.csv")
def test_no_bytes_crash_the_reader(query, raw, name):
    for attempt in (lambda: read_delivery(raw, name, (query(name=name),)), lambda: guess(raw, name or "t.csv")):
        try:
            attempt()
        except UserError as error:
            speaks(error)


@pytest.fixture(scope="module")
def whole_files(workbook):
    """The same bytes every time: a workbook tells when it was made."""
    rows = [["Kod", "År", "Andel"], ["18", 2022, 70.5], ["1880", 2022, "71,5*"], ["Källa"]]
    text = "\n".join(";".join(str(cell) for cell in row) for row in rows)
    return [(workbook(rows, merged=["A4:C4"], formats={"C2": "0%"}), "t.xlsx"), (text.encode(), "t.csv")]


@QUICK
@given(st.data())
def test_no_mutated_file_crashes_the_reader(whole_files, query, dataset, data):
    raw, name = data.draw(st.sampled_from(whole_files))
    broken = bytearray(raw)
    for place in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=8)):
        broken[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(broken)))
    asked = query(name=name)
    for content in (bytes(broken), bytes(broken[:cut])):
        try:
            made = understood(read_delivery(content, name, (asked,)), dataset(asked))
            assert rendered(made, Language.SV)
        except UserError as error:
            speaks(error)


WORDS = st.one_of(
    st.sampled_from(
        ["18", "1880", "Örebro", "2022", "2021-2024", "Kvinnor", "Summa", "..", "70,5", "", "Kod", "År", "Andel"]
    ),
    st.text(max_size=6),
    st.integers(-5, 2100),
    st.floats(allow_nan=False),
    st.booleans(),
)


@QUICK
@given(
    st.lists(st.lists(WORDS, max_size=5), max_size=8),
    st.sampled_from(["Kod", "A", "row:1", "cell:B1", "row:99"]),
    st.data(),
)
def test_no_sheet_crashes_the_reader(rows, place, data):
    text = io.StringIO()
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    raw = text.getvalue().encode("utf-8", "replace")
    layout = Layout(
        header_rows=data.draw(st.sampled_from([(), (1,), (1, 2), (5,)])),
        first_row=data.draw(st.integers(0, 9)),
        last_row=data.draw(st.integers(0, 9)),
        value=data.draw(st.sampled_from(["", "Andel", "C"])),
        fill_down=data.draw(st.sampled_from([(), ("A",), ("Kod", "B")])),
    )
    asked = Query("t.csv", (Dimension(place, Role.TERRITORY), Dimension("B", Role.PERIOD)), layout=layout)
    for attempt in (lambda: read_delivery(raw, "t.csv", (asked,)), lambda: guess(raw, "t.csv")):
        try:
            attempt()
        except UserError as error:
            speaks(error)


@QUICK
@given(st.one_of(st.text(max_size=12), st.text(alphabet="0123456789.,-+ %*¹x<)eE", max_size=12)))
def test_a_text_is_a_number_a_mark_or_refused(text):
    numbers = Numbers(Layout())
    try:
        said = numbers.read(text)
    except NoNumberError:
        return
    assert said is None or (said.value is None) == (said.status in ("M", "Q"))


@QUICK
@given(st.floats(-1e9, 1e9).map(lambda x: round(x, 4)), st.sampled_from(",."), st.sampled_from(["", " ", "\u00a0"]))
def test_numbers_are_read_as_written(value, decimal, group):
    text = written(value, decimal, group)
    assert Numbers(Layout(decimal=decimal)).read(text).value == float(f"{value:.9f}")


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_addresses_lead_back(row, column):
    cell = address(row, column)
    name = cell.rstrip(string.digits)
    assert number_of(name) == column
    assert int(cell[len(name) :]) == row + 1


def test_shuffled_rows_are_the_same_delivery(workbook, query, figures):
    rows = [["Kod", "År", "Andel"], *(["18", year, year / 10] for year in range(1990, 2020))]
    shuffled = [rows[0], *random.Random(1).sample(rows[1:], len(rows) - 1)]
    one, other = (read_delivery(workbook(each), "t.xlsx", (query(),)) for each in (rows, shuffled))
    assert figures(one) == figures(other)
