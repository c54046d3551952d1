"""Tidy tables in the forms people save them in; every figure here is made up."""

import csv
import io
import re
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vagvisare.sources.contract import Cell
from vagvisare.sources.spreadsheet import TableError, read_csv, read_xlsx
from vagvisare.sources.spreadsheet.cells import plain_number
from vagvisare.sources.spreadsheet.tables import lenient_number, official_code
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Language
from vagvisare.terms.period import Period

TWO = [
    Cell("18", Period.year(2020), "T", "", 83.5),
    Cell("1880", Period(2021, 2024), "K", "född i Sverige", -1234.5),
]


def saved(tmp_path, text, name="t.csv", encoding="utf-8"):
    place = tmp_path / name
    place.write_bytes(text.encode(encoding))
    return place


def workbook(tmp_path, rows, name="t.xlsx"):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / name)
    return tmp_path / name


def complaints(read, place):
    with pytest.raises(TableError) as caught:
        read(place)
    for mistake in caught.value.mistakes:
        assert_in_both_languages(mistake)
    return caught.value.mistakes


def assert_in_both_languages(mistake):
    """Swedish and English both say something, not the same thing, and no Swedish is left in the English."""
    assert mistake.what.sv != mistake.what.en
    assert mistake.what.sv
    assert mistake.what.en
    assert mistake.suggestion.sv != mistake.suggestion.en or not mistake.suggestion.sv
    assert bool(mistake.suggestion.sv) is bool(mistake.suggestion.en)
    assert not set("åäöÅÄÖ”") & set(re.sub("“[^”]*”", "", mistake.line_in(Language.EN)))


@pytest.mark.parametrize(
    "text",
    [
        "territory,period,sex,background,value\n18,2020,T,,83.5\n1880,2021-2024,K,född i Sverige,-1234.5\n",
        "territory;period;sex;background;value\n18;2020;T;;83,5\n1880;2021-2024;K;född i Sverige;-1234,5\n",
        "\ufeffterritory;period;sex;background;value\r\n18;2020;;;83,5\r\n1880;2021–2024;K;född i Sverige;−1 234,5\r\n",
        (
            "territory\tperiod\tsex\tbackground\tvalue\n18\t2020\tT\t\t83,50\n"
            "1880\t2021/2024\tK\tfödd i Sverige\t-1\u202f234,5\n"
        ),
        'Value,Background,Sex,Period,Territory\n"83,5",,T,2020,18\n"-1234,5",född i Sverige,K,2021-2024,1880\n',
        "territory,period,sex,background,value\n\n18,2020,T,,83.5\n,,,,\n1880, 2021-2024 ,K,född i Sverige,-1234.5",
        (
            "territory;period;sex;background;value\n18;2020;T;;83,5\n18;2019;T;;..\n18;2018;T;;\n"
            "1880;2021-2024;K;född i Sverige;-1234,5\n"
        ),
    ],
)
def test_csv_in_every_common_form(tmp_path, text):
    assert read_csv(saved(tmp_path, text)) == TWO


def test_columns_that_may_be_left_out(tmp_path):
    assert read_csv(saved(tmp_path, "territory,period,value\n18,2020,83.5\n")) == TWO[:1]


def test_leading_zeros_come_back(tmp_path):
    place = saved(tmp_path, "territory,period,value\n1,2020,1\n0,2020,2\n114,2020,3\n")
    assert [cell.territory for cell in read_csv(place)] == ["01", "00", "0114"]


def test_every_mistake_with_its_line(tmp_path):
    text = (
        "territory,period,sex,value\n18,2020,T,1\n99,2020,T,1\n18,i år,T,många\n"
        "18,2021,X,1\n18,2020,T,2\n18\nÖrebro län,2020,T,1\n"
    )
    found = complaints(read_csv, saved(tmp_path, text))
    assert [(m.line, m.what.sv.split("”")[1] if "”" in m.what.sv else "") for m in found] == [
        (3, "99"),
        (4, "i år"),
        (4, "många"),
        (5, "X"),
        (6, ""),
        (7, ""),
        (8, "Örebro län"),
    ]
    assert found[4].what.sv == "Siffran för 18 2020 T finns redan på rad 2."
    assert found[-1].suggestion.sv == "Skriv koden 18."


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("territory,period\n", "Kolumnen ”value” saknas"),
        ("", "saknas"),
        ("territory,period,value,sexx\n18,2020,1,T\n", "Okänd kolumn ”sexx”"),
        ("territory,period,value,value\n18,2020,1,2\n", "finns flera gånger"),
    ],
)
def test_headers(tmp_path, head, what):
    assert any(what in m.what.sv for m in complaints(read_csv, saved(tmp_path, head)))


def test_messages_in_both_languages(tmp_path):
    with pytest.raises(TableError) as caught:
        read_csv(saved(tmp_path, "territory,period,value\n18,x,1\n"))
    assert "1 fel" in caught.value.message(Language.SV)
    assert "1 mistake." in caught.value.message(Language.EN)
    assert caught.value.exit_code == 4


def test_latin_1_names_the_line(tmp_path):
    place = saved(tmp_path, "territory,period,background,value\n18,2020,född,1\n", encoding="latin-1")
    with pytest.raises(FigureError, match=r"t\.csv:2: Filen är inte i UTF-8"):
        read_csv(place)


def test_quotes_that_do_not_match(tmp_path):
    with pytest.raises(FigureError, match="Citattecknen"):
        read_csv(saved(tmp_path, 'territory,period,value\n18,"2020"x,1\n'))


@pytest.mark.parametrize("read", [read_csv, read_xlsx])
def test_no_file(tmp_path, read):
    with pytest.raises(FigureError, match="finns inte"):
        read(tmp_path / "borta")
    with pytest.raises(FigureError, match="ingen vanlig fil"):
        read(tmp_path)


def test_limits(tmp_path, monkeypatch):
    place = saved(tmp_path, "territory,period,value\n18,2020,1\n18,2021,1\n")
    monkeypatch.setattr("vagvisare.sources.spreadsheet.texts.MOST_ROWS", 2)
    with pytest.raises(FigureError, match="för många rader"):
        read_csv(place)
    monkeypatch.setattr("vagvisare.sources.spreadsheet.texts.LARGEST", 10)
    with pytest.raises(FigureError, match="för stor"):
        read_csv(place)


def test_text_that_looks_like_a_formula_is_text(tmp_path):
    harmless = '=HYPERLINK("x")'
    out = io.StringIO()
    csv.writer(out).writerows([["territory", "period", "background", "value"], ["18", "2020", harmless, "1"]])
    assert read_csv(saved(tmp_path, out.getvalue()))[0].background == harmless
    place = saved(tmp_path, "territory,period,value\n18,2020,=1+1\n")
    assert complaints(read_csv, place)[0].what.sv == "”=1+1” är inget tal."


def test_xlsx(tmp_path):
    rows = [
        ["territory", "period", "sex", "background", "value"],
        [18, 2020, None, None, 83.5],
        [None, None, None, None, None],
        ["1880", "2021-2024", "K", "född i Sverige", "-1234,5"],
        [18, 2019, None, None, ".."],
    ]
    assert read_xlsx(workbook(tmp_path, rows)) == TWO


def test_xlsx_mistakes_name_the_row(tmp_path):
    rows = [["territory", "period", "value"], [18, 2020, 1], [18, 2020, 2], [77, 2020.5, True]]
    found = complaints(read_xlsx, workbook(tmp_path, rows))
    assert [m.line for m in found] == [3, 4, 4, 4]


def test_a_formula_without_a_saved_value_is_told_not_skipped(tmp_path):
    rows = [["territory", "period", "value"], [18, 2020, "=1+1"]]
    with pytest.raises(FigureError, match="formel saknar sparat värde"):
        read_xlsx(workbook(tmp_path, rows))


def test_xlsx_that_is_none(tmp_path):
    with pytest.raises(FigureError, match="kan inte läsas som XLSX"):
        read_xlsx(saved(tmp_path, "hej", "t.xlsx"))
    with zipfile.ZipFile(tmp_path / "z.xlsx", "w") as packed:
        packed.writestr("x", "y")
    with pytest.raises(FigureError, match="kan inte läsas som XLSX"):
        read_xlsx(tmp_path / "z.xlsx")


def test_xlsx_that_unpacks_to_too_much(tmp_path, monkeypatch):
    place = workbook(tmp_path, [["territory", "period", "value"], [18, 2020, 1]])
    monkeypatch.setattr("vagvisare.sources.spreadsheet.texts._UNPACKED", 100)
    with pytest.raises(FigureError, match="för stor"):
        read_xlsx(place)
    monkeypatch.undo()
    monkeypatch.setattr("vagvisare.sources.spreadsheet.texts.MOST_ROWS", 1)
    with pytest.raises(FigureError, match="för många rader"):
        read_xlsx(place)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("83,5", 83.5),
        ("83.5", 83.5),
        (" 2 633 457 ", 2633457.0),
        ("2\u00a0633\u202f457,5", 2633457.5),
        ("−1,2", -1.2),
        ("+3", 3.0),
        ("1e3", 1000.0),
        ("0", 0.0),
    ],
)
def test_numbers_as_people_write_them(text, value):
    assert lenient_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "x", "1.234,5", "1,2,3", "nan", "inf", "1_000", "٣", "12 34", "1e999", "--1", "=1"]
)
def test_no_numbers(text):
    with pytest.raises(ValueError):
        lenient_number(text)


@pytest.mark.parametrize("text", ["", " 1", "1 ", "1,5", "nan", "inf", "1_0", "+1", ".5", "1.", "٣", "−1", "1e999"])
def test_canonical_files_are_strict(text):
    with pytest.raises(ValueError):
        plain_number(text)


@pytest.mark.parametrize(("text", "code"), [("1", "01"), ("18", "18"), ("114", "0114"), ("1880", "1880"), ("x", "x")])
def test_codes(text, code):
    assert official_code(text) == code


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=200) | st.text(alphabet='territoypdvalu,;\t\n"18 20.-', max_size=200).map(str.encode))
def test_no_bytes_crash_the_reader(tmp_path_factory, raw):
    place = tmp_path_factory.mktemp("b") / "t.csv"
    place.write_bytes(raw)
    for read in (read_csv, read_xlsx):
        try:
            read(place)
        except FigureError as error:
            told = str(error)
            assert "t.csv" in told
