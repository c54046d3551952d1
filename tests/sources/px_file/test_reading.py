"""PX files as they are: variables, figures, symbols, languages, encodings and what the table says of itself."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.sources.arrange import arrange
from vagvisare.sources.errors import RefusedError
from vagvisare.sources.px_file import read_px
from vagvisare.sources.query import Dimension, Query, Role

REGION = {"00": "Riket", "18": "Örebro län"}
SHARE = {"01": "Andel", "02": "Nedre; gräns", "03": "Övre, gräns"}
YEAR = {"2018-2021": "2018–2021", "2021-2024": "2021-2024"}
VARIABLES = {"region": REGION, "mått": SHARE, "år": YEAR}
FIGURES = {
    (region, share, year): f"{place + 1}.5"
    for place, (region, share, year) in enumerate((r, s, y) for r in REGION for s in SHARE for y in YEAR)
}
QUERY = Query(
    "",
    (
        Dimension("region", Role.TERRITORY),
        Dimension("mått", Role.MEASURE, values=("01", "02", "03"), ours=("value", "low", "high")),
        Dimension("år", Role.PERIOD),
    ),
)


def cells(raw, query=None):
    long, _ = read_px(raw, "t.px", query)
    columns = [column.to_pylist() for column in long.codes.values()]
    return dict(zip(zip(*columns, strict=True), long.values.to_pylist(), strict=True))


def expected(figures):
    return {codes: None if set(text) <= {".", "-"} else float(text) for codes, text in figures.items()}


@pytest.mark.parametrize("stub", [0, 1, 2, 3])
def test_the_last_variable_runs_fastest_wherever_stub_ends(write, stub):
    assert cells(write(VARIABLES, FIGURES, stub=stub)) == expected(FIGURES)


def test_intervals_become_columns_of_the_same_figure(write):
    long, _ = read_px(write(VARIABLES, FIGURES), "t.px")
    rows = {(r["territory"], r["start"], r["end"]): r for r in arrange(QUERY, long).to_pylist()}
    row = rows["18", 2021, 2024]
    assert [row["value"], row["low"], row["high"]] == [float(FIGURES["18", code, "2021-2024"]) for code in SHARE]
    assert len(rows) == 4


@pytest.mark.parametrize("symbol", ["-", ".", "..", "...", "....", ".....", "......"])
@pytest.mark.parametrize("quoted", [True, False])
def test_symbols_are_cells_without_figures(write, symbol, quoted):
    figures = FIGURES | {("18", "01", "2021-2024"): symbol}
    raw = write(VARIABLES, figures)
    if not quoted:
        raw = raw.replace(f'"{symbol}" '.encode(), f"{symbol} ".encode())
    assert cells(raw) == expected(figures)
    long, _ = read_px(raw, "t.px")
    assert [text for text in long.status.to_pylist() if text] == ["M"]


def test_a_symbol_that_the_file_calls_secret_is_suppressed(write):
    figures = FIGURES | {("18", "01", "2021-2024"): "..", ("00", "01", "2021-2024"): "..."}
    said = ['DATASYMBOL2="Sekretessbelagd uppgift"', 'DATASYMBOL3="Uppgift saknas"']
    long, _ = read_px(write(VARIABLES, figures, after=said), "t.px")
    assert [text for text in long.status.to_pylist() if text] == ["M", "Q"]


@pytest.mark.parametrize("separator", [" ", ",", ";", "\t", "\n", " ,\r\n"])
def test_every_separator_that_has_been_in_use_separates(write, separator):
    raw = write({"r": {"a": "A"}, "t": {"1": "1", "2": "2"}}, {("a", "1"): "5", ("a", "2"): "-6.25"})
    assert cells(raw.replace(b"5 -6.25 ", f"5{separator}-6.25".encode())) == {("a", "1"): 5.0, ("a", "2"): -6.25}


def test_rows_with_keys_may_leave_noughts_out(write):
    figures = FIGURES | {("18", share, year): "0" for share in SHARE for year in YEAR}
    figures |= {("00", "02", "2018-2021"): "..", ("00", "02", "2021-2024"): "0"}
    raw = write(VARIABLES, figures, stub=2, keyed=True)
    assert b'"18"' not in raw.partition(b"DATA")[2]
    assert cells(raw) == expected(figures)


def test_keys_may_be_labels(write):
    raw = write(VARIABLES, FIGURES, keyed=True).replace(b'KEYS("region")=CODES', b'KEYS("region")="VALUES"')
    head, mark, data = raw.partition(b"DATA=")
    data = data.replace(b'"18",', '"Örebro län",'.encode("cp1252")).replace(b'"00",', b'"Riket",')
    assert cells(head + mark + data) == expected(FIGURES)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("cp1252", None),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "Windows-1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("utf-8", "utf-8"),
        ("utf-8", None),
        ("utf-8-sig", None),
    ],
)
def test_letters_are_read_in_the_encoding_the_file_is_in(write, encoding, declared):
    before = [f'CODEPAGE="{declared}"'] if declared else []
    _, shape = read_px(
        write(
            {"län": REGION, "år": {"1": "1"}},
            dict.fromkeys([("00", "1"), ("18", "1")], "1"),
            encoding=encoding,
            before=before,
        ),
        "t.px",
    )
    assert shape.axes[0].code == "län"
    assert shape.axes[0].categories[1] == ("18", "Örebro län")


def test_files_from_dos_say_nothing_of_their_letters(write):
    raw = write(
        {"län": REGION, "år": {"1": "1"}}, dict.fromkeys([("00", "1"), ("18", "1")], "1"), encoding="cp850", line="\r\n"
    )
    raw = raw.replace(b'CHARSET="ANSI";', b"").lstrip() + b"\x1a"
    _, shape = read_px(raw, "t.px")
    assert shape.axes[0].categories[1] == ("18", "Örebro län")


def test_only_the_files_own_language_is_read(write):
    said = [
        'LANGUAGES="sv","en"',
        'TITLE[en]="Share by region and year"',
        'STUB[en]="region"',
        'VALUES[en]("region")="The whole country","Örebro County"',
        'VALUES[en]("region")="said","twice"',
        'VALUENOTE("region","Riket")="Inte Åland";NOTE="Första.#Andra raden."',
        'NOTE[en]="English."',
        'NOTE="Tredje."',
        'UNITS="procent"',
        'HIERARCHIES("region")="00","00":"18"',
        'LAST-UPDATED="20240501 09:30"',
        'NEXT-UPDATE="20250601 08:00"',
        'MATRIX="T1"',
    ]
    _, shape = read_px(write(VARIABLES, FIGURES, before=['LANGUAGE="sv"'], after=said), "t.px")
    assert (shape.table, shape.title, shape.unit) == ("T1", "Andel efter region och år", "procent")
    assert shape.definition == "Första. Andra raden. Tredje."
    assert (shape.updated, shape.next_release) == ("2024-05-01T09:30", date(2025, 6, 1))
    assert [axis.code for axis in shape.axes] == list(VARIABLES)


def test_a_text_may_go_on_after_a_line_break(write):
    raw = write(VARIABLES, FIGURES).replace('"Örebro län"'.encode("cp1252"), '"Örebro "\n"län"'.encode("cp1252"))
    _, shape = read_px(raw, "t.px")
    assert shape.axes[0].categories == tuple(REGION.items())


def test_a_variable_goes_by_its_code_where_it_has_one(write):
    raw = write(VARIABLES, FIGURES, after=['VARIABLECODE("år")="Tid"'])
    long, shape = read_px(raw, "t.px")
    assert list(long.codes) == ["region", "mått", "Tid"]
    assert [(axis.code, axis.label) for axis in shape.axes][2] == ("Tid", "år")
    for code in ("Tid", "år"):
        query = Query("", (Dimension("region"), Dimension("mått"), Dimension(code, values=("2021-2024",))))
        assert set(cells(raw, query)) == {key for key in FIGURES if key[2] == "2021-2024"}


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ('TIMEVAL("t")=TLIST(A1),"2023","2024"', ["2023", "2024"]),
        ('TIMEVAL("t")=TLIST(A1, "2023"-"2024")', ["2023", "2024"]),
        ('TIMEVAL("t")=TLIST(Q1),"20234","20241"', ["2023K4", "2024K1"]),
        ('TIMEVAL("t")=TLIST(M1),"202312","202401"', ["2023M12", "2024M01"]),
        ('TIMEVAL("t")=TLIST(A1),"2023"', ["i fjol", "i år"]),
        ('TIMEVAL("t")=TLIST(A1, "0001"-"9999")', ["i fjol", "i år"]),
        ('TIMEVAL("t")=något', ["i fjol", "i år"]),
    ],
)
def test_time_without_codes_is_what_timeval_says_if_it_says_as_much(write, said, codes):
    raw = write(
        {"r": {"a": "A"}, "t": {"i fjol": "i fjol", "i år": "i år"}},
        {("a", "i fjol"): "1", ("a", "i år"): "2"},
        after=[said],
    )
    raw = raw.replace('CODES("t")="i fjol","i år";'.encode("cp1252"), b"")
    assert [code for _, code in cells(raw)] == codes


def test_a_query_chooses_codes_and_what_it_does_not_name_is_the_total(write):
    raw = write(VARIABLES, FIGURES, after=['ELIMINATION("region")="Örebro län"', 'ELIMINATION("mått")=YES'])
    query = Query("", (Dimension("mått", values=("0?",)), Dimension("år", Role.PERIOD, values=("TOP(1)",))))
    assert set(cells(raw, query)) == {("18", share, "2021-2024") for share in SHARE}
    with pytest.raises(RefusedError, match="”mått”, som inte kan utelämnas"):
        read_px(raw, "t.px", Query("", (Dimension("år"),)))
    with pytest.raises(RefusedError, match=r"t\.px: variabeln ”år” har inte 2020"):
        read_px(raw, "t.px", Query("", (Dimension("mått"), Dimension("år", values=("2020",)))))


CODES = st.text(
    st.characters(codec="cp1252", exclude_characters='"\r\n\x81\x8d\x8f\x90\x9d\x85', min_codepoint=33),
    min_size=1,
    max_size=8,
)
NUMBERS = (
    st.floats(-1e9, 1e9).map(lambda number: f"{number:.4f}")
    | st.integers(0, 10**9).map(str)
    | st.sampled_from(["..", "-", "."])
)


@st.composite
def tables(draw):
    names = draw(st.lists(CODES, min_size=1, max_size=3, unique=True))
    variables = {
        name: {code: f"x {code} x" for code in draw(st.lists(CODES, min_size=1, max_size=4, unique=True))}
        for name in names
    }
    keys = [()]
    for values in variables.values():
        keys = [(*key, code) for key in keys for code in values]
    return variables, {key: draw(NUMBERS) for key in keys}


@settings(deadline=None)
@given(table=tables(), stub=st.integers(0, 3), keyed=st.booleans(), encoding=st.sampled_from(["utf-8", "cp1252"]))
def test_what_is_written_is_read_back(write, table, stub, keyed, encoding):
    variables, figures = table
    stub = min(stub, len(variables))
    raw = write(
        variables, figures, stub=stub, keyed=keyed and stub > 0, encoding=encoding, before=[f'CODEPAGE="{encoding}"']
    )
    long, shape = read_px(raw, "t.px")
    assert [dict(axis.categories) for axis in shape.axes] == list(variables.values())
    columns = [column.to_pylist() for column in long.codes.values()]
    assert dict(zip(zip(*columns, strict=True), long.values.to_pylist(), strict=True)) == expected(figures)
    assert long.values.type == pa.float64()
