"""Delivered files where they lie: kinds, encodings, sheets, paths that lead astray. Every figure is made up."""

import hashlib
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from vagvisare.sources.contract import Ask, NewsState
from vagvisare.sources.errors import GoneError, RefusedError, UnreadableError
from vagvisare.sources.query import Dimension, Query, Role
from vagvisare.sources.spreadsheet.delivery import Spreadsheet, deliver, read_delivery
from vagvisare.sources.spreadsheet.layout_grid import Grid, letters, number_of
from vagvisare.terms.errors import FigureError, SourceError

ROWS = [["Kod", "År", "Andel"], ["18", 2022, 70.5], ["1880", 2022, 71.5]]
CSV = "Kod;År;Andel\n18;2022;70,5\n1880;2022;71,5\n"
EXPECTED = {("18", 2022, "T", ""): 70.5, ("1880", 2022, "T", ""): 71.5}

PX = """CHARSET="ANSI";
AXIS-VERSION="2013";
CODEPAGE="windows-1252";
LANGUAGE="sv";
TITLE="God hälsa";
UNITS="procent";
STUB="region","kön";
HEADING="år";
VALUES("region")="Örebro län","Örebro","Okänd";
VALUES("kön")="Kvinnor","Män","Totalt";
VALUES("år")="2022","2023";
CODES("region")="18","1880","99";
CODES("kön")="K","M","T";
DATA=
70.5 71
75 76
72 73
60 61
65 ".."
62 63
1 2
3 4
5 6;
"""
PX_QUERY = Query(
    "tabell.px",
    (Dimension("region", Role.TERRITORY), Dimension("kön", Role.SEX, ("K", "M")), Dimension("år", Role.PERIOD)),
)


class Folder:
    """Stands in for the way to the strategy folder: only its path is used."""

    def __init__(self, path):
        self.base = str(path)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CSV, "utf-8"),
        (CSV, "utf-8-sig"),
        (CSV, "utf-16"),
        (CSV.replace("\n", "\r\n"), "utf-8"),
        (CSV.replace(";", "\t"), "utf-8"),
        ('Kod,År,Andel\n18,2022,"70,5"\n1880,2022,"71,5"\n', "utf-8"),
    ],
)
def test_csv_in_every_common_form(read, query, figures, text, encoding):
    delivery = read(text.encode(encoding), query(name="fil.csv"), "fil.csv")
    assert figures(delivery) == EXPECTED
    assert delivery.parts[0].reading.told == []
    assert delivery.parts[0].reading.where(1) == "C3"


def test_windows_1252_is_accepted_and_told(read, query, figures):
    delivery = read(CSV.encode("windows-1252"), query(name="fil.csv"), "fil.csv")
    assert figures(delivery) == EXPECTED
    assert "Windows-1252" in delivery.parts[0].reading.told[0].sv


def test_rows_count_as_spreadsheet_programs_count_them(read, query):
    text = 'Rubrik\n\n"Kod";"År";"Andel,\nprocent"\n18;2022;70,5\n'
    delivery = read(text.encode(), query(value="Andel, procent", name="fil.csv", header_rows=(3,)), "fil.csv")
    assert delivery.parts[0].reading.where(0) == "C4"


@pytest.mark.parametrize("name", ["fil.csv", "fil.xlsx", "fil.px"])
@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"PK\3\4 broken", b"\xff\xfe", "Kod;År;Andel".encode(), b'a;"b'])
def test_what_is_no_table_is_a_sentence(query, said, name, content):
    with pytest.raises((FigureError, SourceError)) as caught:
        read_delivery(content, name, (query(name=name),))
    assert name in said(caught.value)


def test_only_the_first_sheet_that_shows_is_read_and_the_others_named(read, query, figures, said):
    delivery = read(ROWS, query(), others=["Dold"], hidden=["Dold"])
    assert figures(delivery) == EXPECTED
    assert "”Dold”" in delivery.parts[0].reading.told[0].sv
    assert figures(read(ROWS, query(sheet="Tabell"), others=["Om"])) == EXPECTED
    with pytest.raises(FigureError) as caught:
        read(ROWS, query(), others=["Om"])
    assert "Ingen kolumn i bladet ”Om” heter ”Kod”" in said(caught.value)


def test_a_missing_sheet_is_named_with_those_there_are(read, query, said):
    with pytest.raises(FigureError) as caught:
        read(ROWS, query(sheet="Tabel"))
    assert "Menade du ”Tabell”?" in said(caught.value)


def test_hidden_rows_are_read_and_told(read, query):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    saved = io.BytesIO()
    book.save(saved)
    delivery = read(saved.getvalue(), query())
    assert delivery.figures.num_rows == 2
    assert "dolda" in delivery.parts[0].reading.told[0].sv


def test_formulas_without_a_saved_value_are_refused(read, query, said):
    with pytest.raises(FigureError) as caught:
        read([*ROWS, ["19", 2022, "=C2+1"]], query())
    assert "fil.xlsx:4: En formel saknar sparat värde" in said(caught.value)


def test_a_sheet_that_lies_of_its_size_and_one_too_wide_do_no_harm(query, workbook, said):
    raw = workbook(ROWS)
    lying = io.BytesIO()
    wide = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(lying, "w") as one, zipfile.ZipFile(wide, "w") as two:
        for part in old.namelist():
            content = old.read(part)
            lie = content.replace(b'<dimension ref="A1:C3"', b'<dimension ref="C9:XFD1048576"')
            one.writestr(part, lie)
            far = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (row, row) for row in range(10, 600))
            two.writestr(part, content.replace(b"</sheetData>", far + b"</sheetData>"))
    assert read_delivery(lying.getvalue(), "fil.xlsx", (query(),)).figures.num_rows == 2
    with pytest.raises(FigureError) as caught:
        read_delivery(wide.getvalue(), "fil.xlsx", (query(),))
    assert "för många rader" in said(caught.value)


def test_px_files_go_by_their_codes(figures):
    delivery = read_delivery(PX.encode("windows-1252"), "tabell.px", (PX_QUERY,))
    assert figures(delivery) == {
        ("18", 2022, "K", ""): 70.5,
        ("18", 2023, "K", ""): 71.0,
        ("18", 2022, "M", ""): 75.0,
        ("18", 2023, "M", ""): 76.0,
        ("1880", 2022, "K", ""): 60.0,
        ("1880", 2023, "K", ""): 61.0,
        ("1880", 2022, "M", ""): 65.0,
        ("1880", 2023, "M", ""): None,
    }
    assert delivery.parts[0].keys.unknown == {"99": 4}
    assert delivery.shape.title == "God hälsa"


def test_px_with_a_variable_nobody_speaks_of_is_refused(said):
    without = replace(PX_QUERY, dimensions=tuple(d for d in PX_QUERY.dimensions if d.code != "kön"))
    with pytest.raises(FigureError) as caught:
        read_delivery(PX.encode("windows-1252"), "tabell.px", (without,))
    assert "också upp efter ”kön”" in said(caught.value)
    more = replace(PX_QUERY, dimensions=(*PX_QUERY.dimensions, Dimension("ålder", Role.BACKGROUND)))
    with pytest.raises(FigureError) as caught:
        read_delivery(PX.encode("windows-1252"), "tabell.px", (more,))
    assert "ingen variabel ”ålder”" in said(caught.value)


def test_the_client_reads_below_its_folder(tmp_path, workbook, query, figures):
    (tmp_path / "deliveries").mkdir()
    raw = workbook(ROWS)
    (tmp_path / "deliveries" / "fil.xlsx").write_bytes(raw)
    client, asked = Spreadsheet(), query(name="deliveries/fil.xlsx")
    delivery = client.fetch(Ask("good_health", asked), Folder(tmp_path))
    assert figures(delivery) == EXPECTED
    assert delivery.replies == (hashlib.sha256(raw).hexdigest(),)
    assert delivery.raw == raw
    shape = client.shape("deliveries/fil.xlsx", Folder(tmp_path))
    assert [(axis.code, axis.label) for axis in shape.axes] == [("A", "Kod"), ("B", "År"), ("C", "Andel")]
    assert tuple(client.find("hälsa", Folder(tmp_path))) == ()


def test_news_are_told_by_the_files_checksum(tmp_path, workbook, query):
    client, asked = Spreadsheet(), query()
    ask = Ask("good_health", asked)
    assert client.news([ask], Folder(tmp_path))["good_health"].state is NewsState.GONE
    (tmp_path / "fil.xlsx").write_bytes(workbook(ROWS))
    assert client.news([ask], Folder(tmp_path))["good_health"].state is NewsState.NEW
    had = replace(ask, updated=client.fetch(ask, Folder(tmp_path)).shape.updated)
    assert client.news([had], Folder(tmp_path))["good_health"].state is NewsState.SAME
    gone = replace(had, query=query(name="annan.xlsx"))
    for asks in ([had, gone], [gone, had]):
        assert client.news(asks, Folder(tmp_path))["good_health"].state is NewsState.GONE


def test_no_path_leads_out_of_the_folder(tmp_path, workbook, query, said):
    secret = tmp_path / "fil.xlsx"
    secret.write_bytes(workbook(ROWS))
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.xlsx").symlink_to(secret)
    (folder / "up").symlink_to(tmp_path)
    paths = [
        "../fil.xlsx",
        str(secret),
        "up/fil.xlsx",
        "link.xlsx",
        "x/../../fil.xlsx",
        "..\\fil.xlsx",
        "~/fil.xlsx",
        "",
    ]
    for path in paths:
        with pytest.raises(RefusedError) as caught:
            Spreadsheet().fetch(Ask("a", query(name=path)), Folder(folder))
        assert "leder ut ur strategimappen" in said(caught.value)
    for path in ("borta.xlsx", "x/borta.xlsx"):
        with pytest.raises(GoneError) as gone:
            Spreadsheet().fetch(Ask("a", query(name=path)), Folder(folder))
        assert "finns inte i strategimappen" in said(gone.value)


def test_a_client_raises_errors_of_sources(tmp_path, workbook, query, said):
    (tmp_path / "fil.xlsx").write_bytes(workbook([["Kod", "År", "Andel"], ["18", 2022, "?"]]))
    (tmp_path / "tabell.px").write_bytes(b"nothing")
    (tmp_path / "mapp.csv").mkdir()
    for asked in (query(), replace(PX_QUERY), query(name="mapp.csv"), query(territory="@everywhere")):
        with pytest.raises(SourceError) as caught:
            Spreadsheet().fetch(Ask("a", asked), Folder(tmp_path))
        said(caught.value)
    with pytest.raises(UnreadableError):
        Spreadsheet().shape("mapp.csv", Folder(tmp_path))


def test_a_file_belongs_to_the_queries_that_name_it(workbook, query, dataset, figures, said):
    raw = workbook(ROWS)
    one = dataset(query(name="deliveries/enkat.xlsx"))
    assert figures(deliver(raw, "vad som helst.xlsx", one)) == EXPECTED
    other = replace(query(name="annan.xlsx"), scale=10.0)
    two = replace(one, queries=(*one.queries, other))
    assert figures(deliver(raw, "annan.xlsx", two))["18", 2022, "T", ""] == 705.0
    with pytest.raises(FigureError) as caught:
        deliver(raw, "tredje.xlsx", two)
    assert "enkat.xlsx, annan.xlsx" in said(caught.value)
    both_years = replace(one, queries=(one.queries[0], replace(one.queries[0], scale=1.0)))
    assert deliver(raw, "enkat.xlsx", both_years).figures.num_rows == 4


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_are_lettered_as_in_spreadsheets(column, name):
    assert letters(column) == name
    assert number_of(name) == column


def test_what_does_not_show_is_no_part_of_a_text():
    grid = Grid("f", "", [["\x1b[31mÖre\u200bbro\u00a0 län\n\u202e"]])
    assert grid.text(0, 0) == "[31mÖrebro län"
    assert grid.text(5, 5) == ""
