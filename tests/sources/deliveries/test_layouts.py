"""Sheets as people lay them out, read by a layout. Every figure is made up."""

import io
import re
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from vagvisare.sources.query import Dimension, Role, Scheme, Yearly
from vagvisare.sources.spreadsheet import TableError

LONG = [
    ["Kod", "År", "Kön", "Andel"],
    ["18", 2022, "Kvinnor", 70.5],
    ["18", 2022, "Män", 75],
    ["1880", 2022, "Män", 71],
]


def test_long_table_by_headings(read, query, figures):
    delivery = read(LONG, query(sex="Kön"))
    assert figures(delivery) == {
        ("18", 2022, "K", ""): 70.5,
        ("18", 2022, "M", ""): 75.0,
        ("1880", 2022, "M", ""): 71.0,
    }


def test_long_table_by_letters_without_any_heading(read, query, figures):
    asked = query(territory="A", period="B", sex="C", value="D", header_rows=())
    assert figures(read(LONG[1:], asked)) == figures(read(LONG, query(sex="Kön")))


def test_two_heading_rows_side_by_side_with_merged_cells(read, query, figures):
    rows = [
        ["Andel med god hälsa, procent"],
        ["", "", 2022, None, 2023, None],
        ["Kod", "Namn", "Kvinnor", "Män", "Kvinnor", "Män"],
        ["18", "Örebro län", 70.1, 75.2, 70.3, 75.4],
    ]
    asked = query(period="row:2", sex="row:3", value="", header_rows=(2, 3))
    expected = {(y, s): v for y, s, v in [(2022, "K", 70.1), (2022, "M", 75.2), (2023, "K", 70.3), (2023, "M", 75.4)]}
    for merged in ((), ("C2:D2", "E2:F2")):
        delivery = read(rows, asked, merged=merged)
        assert figures(delivery) == {("18", *key, ""): value for key, value in expected.items()}
        assert delivery.shape.title == "Andel med god hälsa, procent"


def test_merged_cells_reach_down_rows_but_never_copy_a_figure(read, query, figures):
    rows = [["Kod", "År", "Kön", "Andel"], ["18", 2022, "Kvinnor", 70], [None, None, "Män", None], ["", "", "Män", 71]]
    delivery = read(rows[:3], query(sex="Kön"), merged=("A2:A3", "B2:B3", "D2:D3"))
    assert figures(delivery) == {("18", 2022, "K", ""): 70.0}
    delivery = read([*rows[:2], rows[3]], query(sex="Kön"), merged=("A2:A3", "B2:B3"))
    assert figures(delivery) == {("18", 2022, "K", ""): 70.0, ("18", 2022, "M", ""): 71.0}


def test_empty_means_as_above_only_where_the_layout_says_so(read, query, figures, said):
    rows = [["Kod", "År", "Kön", "Andel"], ["18", 2022, "Kvinnor", 70], [None, None, "Män", 71]]
    with pytest.raises(TableError) as caught:
        read(rows, query(sex="Kön"))
    assert "fil.xlsx:3: Cell A3 i kolumnen ”Kod” är tom" in said(caught.value)
    assert "fill_down" in said(caught.value)
    delivery = read(rows, query(sex="Kön", fill_down=("Kod", "B")))
    assert figures(delivery)["18", 2022, "M", ""] == 71.0


def test_notes_and_sums_below_end_the_table(read, query, figures):
    rows = [*LONG, ["Summa", None, None, 216.5], ["Källa: påhittad enkät"], [], ["18", 2023, "Kvinnor", 99]]
    delivery = read(rows, query(sex="Kön"))
    assert figures(delivery) == figures(read(LONG, query(sex="Kön")))
    reading = delivery.parts[0].reading
    assert [words for _, words in reading.below] == ["Summa", "Källa: påhittad enkät"]
    assert reading.unread == [7]
    assert "Källa: påhittad enkät" in delivery.shape.definition


def test_last_row_reads_past_an_empty_one(read, query, figures):
    rows = [*LONG, [], ["18", 2023, "Kvinnor", 72], ["18", 2024, "Kvinnor", 73]]
    assert ("18", 2023, "K", "") not in figures(read(rows, query(sex="Kön")))
    found = figures(read(rows, query(sex="Kön", last_row=6)))
    assert found["18", 2023, "K", ""] == 72
    assert ("18", 2024, "K", "") not in found


def test_a_row_of_words_between_the_figures_is_told(read, query):
    rows = [LONG[0], LONG[1], ["Kommuner"], LONG[3]]
    delivery = read(rows, query(sex="Kön"))
    assert delivery.parts[0].reading.between == [(2, "Kommuner")]
    assert delivery.figures.num_rows == 2


def test_marks_for_missing_become_statuses_and_footnotes_are_stripped(read, query):
    said = ["..", "x", "<5", "83,5*", "1 234,5 2)", "−3", "82¹", "", "81 %"]
    rows = [["Kod", "År", "Andel"], *([code, 2022, text] for code, text in zip(range(1860, 1890), said, strict=False))]
    rows = [row for row in rows if row[0] != 1865 or True]
    rows[1:] = [
        [code, 2022, text]
        for code, text in zip(
            ["1860", "1861", "1862", "1863", "1864", "1880", "1881", "1882", "1883"], said, strict=True
        )
    ]
    delivery = read(rows, query())
    found = {row["territory"]: (row["value"], row["status"]) for row in delivery.figures.to_pylist()}
    assert found == {
        "1860": (None, "M"),
        "1861": (None, "Q"),
        "1862": (None, "Q"),
        "1863": (83.5, ""),
        "1864": (1234.5, ""),
        "1880": (-3.0, ""),
        "1881": (82.0, ""),
        "1883": (81.0, ""),
    }
    numbers = delivery.parts[0].reading.numbers
    assert dict(numbers.missing) == {"..": 1, "x": 1, "<5": 1}
    assert dict(numbers.footnotes) == {"*": 1, "2)": 1, "¹": 1}
    assert delivery.parts[0].reading.empty == 1


def test_a_raised_note_number_does_not_become_a_digit(read, query, figures):
    raised = CellRichText("83,5", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    inline = made([["Kod", "År", "Andel"], ["18", 2022, raised]])
    delivery = read(shared_strings(inline), query())
    assert figures(delivery) == {("18", 2022, "T", ""): 83.5}
    assert "upphöjda" in read(inline, query()).parts[0].reading.told[0].sv


def made(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def shared_strings(raw):
    """Move formed text to the shared strings, where spreadsheet programs keep it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        parts = {part: old.read(part) for part in old.namelist()}
        sheet = parts["xl/worksheets/sheet1.xml"]
        formed = re.search(rb'<c r="(C2)"[^>]* t="inlineStr"><is>(.*?)</is></c>', sheet)
        space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        parts["xl/sharedStrings.xml"] = b"<sst %s><si>%s</si></sst>" % (space, formed[2])
        parts["xl/worksheets/sheet1.xml"] = sheet.replace(formed[0], b'<c r="C2" t="s"><v>0</v></c>')
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        listed = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", listed)
        for part, content in parts.items():
            new.writestr(part, content)
    return out.getvalue()


@pytest.mark.parametrize(("form", "value"), [("0.0%", 57.0), ("0%", 57.0), ('0.00"%"', 0.57), ("General", 0.57)])
def test_per_cent_formats_are_read_as_shown(read, query, figures, form, value):
    delivery = read([["Kod", "År", "Andel"], ["18", 2022, 0.57]], query(), formats={"C2": form})
    assert figures(delivery) == {("18", 2022, "T", ""): value}


def test_lost_leading_zeros_are_given_back(read, query, figures):
    rows = [["Kod", "År", "Andel"], [1, 2022, 60], [114, 2022, 61], [1880, 2022, 62]]
    delivery = read(rows, query())
    assert {key[0] for key in figures(delivery)} == {"01", "0114", "1880"}
    assert [change for _, change in delivery.parts[0].reading.zeros] == ["1 → 01", "114 → 0114"]
    kolada = Dimension("Kod", Role.TERRITORY, ("@counties",), scheme=Scheme.KOLADA)
    asked = query()
    by_kolada = type(asked)(asked.table, (kolada, asked.dimensions[1]), layout=asked.layout)
    assert {key[0] for key in figures(read(rows, by_kolada))} == {"01"}


def test_days_are_years_and_a_year_shown_as_a_day_is_refused(read, query, figures, said):
    rows = [["Kod", "År", "Andel"], ["18", datetime(2022, 1, 1, tzinfo=UTC).replace(tzinfo=None), 70]]
    assert set(figures(read(rows, query()))) == {("18", 2022, "T", "")}
    with pytest.raises(TableError) as caught:
        read([["Kod", "År", "Andel"], ["18", 2022, 70]], query(), formats={"B2": "yyyy-mm-dd"})
    assert "1905-07-14" in said(caught.value)
    assert "formatera om den som tal" in said(caught.value)


def test_months_become_years_only_where_the_query_says_how(read, query, figures, said):
    rows = [["Kod", "År", "Andel"], *(["18", f"2022M{month:02}", month] for month in range(1, 13))]
    with pytest.raises(TableError) as caught:
        read(rows, query())
    assert "ingen tid" in said(caught.value)
    asked = query()
    yearly = type(asked)(asked.table, asked.dimensions, yearly=Yearly.SUM, layout=asked.layout)
    assert figures(read(rows, yearly)) == {("18", 2022, "T", ""): 78.0}


def test_labels_are_matched_only_through_what_is_listed(read, query, figures):
    rows = [["Område", "År", "Andel"], ["Örebro län", 2022, 70], ["Örebro kommun", 2022, 71], ["Kumla", 2022, 72]]
    place = Dimension("Område", Role.TERRITORY, ("Örebro län", "Örebro kommun"), ("18", "1880"))
    asked = query()
    listed = type(asked)(asked.table, (place, asked.dimensions[1]), layout=asked.layout)
    delivery = read(rows, listed)
    assert {key[0] for key in figures(delivery)} == {"18", "1880"}
    assert dict(delivery.parts[0].reading.left_out) == {("Område", "Kumla"): 1}


@pytest.mark.parametrize(
    ("values", "years"),
    [
        (("*",), {2019, 2020, 2021}),
        (("FROM(2020)",), {2020, 2021}),
        (("TO(2019)",), {2019}),
        (("RANGE(2019,2020)",), {2019, 2020}),
        (("TOP(2)",), {2020, 2021}),
        (("BOTTOM(1)",), {2019}),
        (("202?",), {2020, 2021}),
        (("2019", "2021"), {2019, 2021}),
    ],
)
def test_rules_pick_codes(read, query, figures, values, years):
    rows = [["Kod", "År", "Andel"], *(["18", year, 1] for year in (2020, 2019, 2021))]
    asked = query()
    picked = type(asked)(asked.table, (asked.dimensions[0], Dimension("År", Role.PERIOD, values)), layout=asked.layout)
    assert {key[1] for key in figures(read(rows, picked))} == years


def test_one_code_for_the_whole_sheet_from_a_cell_or_the_definition(read, query, figures):
    rows = [["God hälsa 2021–2024, procent"], ["Kön", "Andel"], ["Kvinnor", 70], ["Män", 75]]
    asked = query(period="cell:A1", sex="Kön", header_rows=(2,))
    whole = type(asked)(
        asked.table, (Dimension("Kommun", Role.TERRITORY, ("1880",)), *asked.dimensions[1:]), layout=asked.layout
    )
    delivery = read(rows, whole)
    assert set(figures(delivery)) == {("1880", 2021, "K", ""), ("1880", 2021, "M", "")}
    assert delivery.figures["end"].to_pylist() == [2024, 2024]
    assert "alla rader räknas till ”1880”" in delivery.parts[0].reading.told[0].sv


def test_measures_become_columns_and_groups_are_joined(read, query):
    rows = [
        ["Kod", "År", "Grupp", "Ålder", "Andel", "Nedre", "Övre", "Svar"],
        ["18", 2022, "Samtliga", "alla", 70, 68, 72, 800],
        ["18", 2022, "Född i Sverige", "16–29", 71, 66, 76, 90],
    ]
    groups = Dimension("Grupp", Role.BACKGROUND, ("Samtliga", "Född i Sverige"), ("", "born_in_sweden"))
    ages = Dimension("Ålder", Role.BACKGROUND, ("alla", "16–29"), ("", "16-29"))
    measure = Dimension("row:1", Role.MEASURE, ("Andel", "Nedre", "Övre", "Svar"), ("value", "low", "high", "n"))
    delivery = read(rows, query(value="", more=(groups, ages, measure)))
    found = {
        row["background"]: [row[name] for name in ("value", "low", "high", "n")] for row in delivery.figures.to_pylist()
    }
    assert found == {"": [70, 68, 72, 800], "born_in_sweden / 16-29": [71, 66, 76, 90]}


def test_scale_multiplies(read, query, figures):
    asked = query()
    thousands = type(asked)(asked.table, asked.dimensions, scale=1000.0, layout=asked.layout)
    assert figures(read([["Kod", "År", "Andel"], ["18", 2022, 1.5]], thousands)) == {("18", 2022, "T", ""): 1500.0}


@pytest.mark.parametrize(
    ("rows", "changes", "sentence"),
    [
        (LONG, {"territory": "Kommun"}, "bladet ”Tabell” heter ”Kommun”"),
        (LONG, {"value": "Andell"}, "Menade du ”Andel”?"),
        (LONG, {"value": ""}, "säger inte var siffrorna står"),
        (LONG, {"period": "row:1"}, "både value och row:N"),
        ([*LONG[:1], ["18", 2022, "Kvinnor", "sjuttio"]], {}, "Cell D2: ”sjuttio” är inget tal"),
        ([*LONG[:1], ["18", 2022, "Kvinnor", "1.234"]], {}, "decimaler eller tusental"),
        ([*LONG[:1], ["18", "snart", "Kvinnor", 70]], {}, "”snart” i ”År” är ingen tid"),
        ([*LONG[:1], ["18", 2022, "Kvinnor", 70], ["18", 2022, "Kvinnor", 71]], {}, "D2 och D3 är samma siffra"),
        (
            [["Kod", "Kod", "År", "Kön", "Andel"], ["18", "18", 2022, "Kvinnor", 1]],
            {},
            "står över flera kolumner (A, B)",
        ),
        ([*LONG[:1], ["Örebro kommun", 2022, "Kvinnor", 70]], {}, "”Örebro kommun” är troligen 1880"),
        ([], {}, "heter ”Kod”"),
    ],
)
def test_mistakes_are_sentences_with_the_cell(read, query, said, rows, changes, sentence):
    from vagvisare.terms.errors import FigureError

    with pytest.raises(FigureError) as caught:
        read(rows, query(**{"sex": "Kön", **changes}))
    assert sentence in said(caught.value)


def test_sex_in_words_must_be_listed(read, query, said):
    asked = query()
    bare = type(asked)(asked.table, (*asked.dimensions, Dimension("Kön", Role.SEX)), layout=asked.layout)
    with pytest.raises(TableError) as caught:
        read(LONG, bare)
    assert "”Kvinnor” i ”Kön” är inget kön (siffran i D2)" in said(caught.value)


def test_the_same_figure_twice_with_one_value_is_told(read, query):
    delivery = read([*LONG, LONG[1]], query(sex="Kön"))
    assert delivery.figures.num_rows == 3
    assert delivery.parts[0].keys.twins == [(0, 3)]
