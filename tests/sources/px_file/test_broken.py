"""PX files that are broken: every one a sentence with its line, and never anything but a sentence."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.px_file import read_px
from vagvisare.terms.language import Language

GOOD = """\
CHARSET="ANSI";
AXIS-VERSION="2013";
LANGUAGE="sv";
TITLE="Andel
 efter region";
STUB="region";
HEADING="år";
VALUES("region")="Riket","Örebro län";
CODES("region")="00","18";
VALUES("år")="2023","2024";
NOTE[en]("region")="x";
DATA=
1 2
3 ".." ;
"""


def said_of(text, name="a.px"):
    with pytest.raises(UnreadableError) as raised:
        read_px(text if isinstance(text, bytes) else text.encode("cp1252"), name)
    return [raised.value.message(language) for language in Language]


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("1 2", "1 2x", 13, "”2x” är inget tal"),
        ("1 2", "1 två", 13, "”två” är inget tal"),
        ("1 2", "1 1e999", 13, "”1e999” är inget tal"),
        ("1 2", "1 nan", 13, "”nan” är inget tal"),
        ("1 2", "1 0x10", 13, "”0x10” är inget tal"),
        ("1 2", "1 2 3", 12, "Där står 5 siffror, men variablerna ger 4"),
        ("1 2", "1", 12, "Där står 3 siffror, men variablerna ger 4"),
        ('1 2\n3 ".." ;', "", 12, "utan semikolon"),
        (" ;\n", "", 14, "utan semikolon; filen är avhuggen"),
        ("DATA=\n", "", 12, "”1 2 3"),
        ('DATA=\n1 2\n3 ".." ;\n', "", 0, "nyckelordet DATA saknas"),
        ('STUB="region";\nHEADING="år";', "", 0, "varken STUB eller HEADING"),
        ('VALUES("år")="2023","2024";', "", 0, "”år” har inga värden"),
        ('"00","18"', '"00"', 9, "1 koder men 2 värden"),
        ('"00","18"', '"00","00"', 9, "”00” två gånger"),
        ('STUB="region"', 'STUB="år"', 0, "”år” står två gånger"),
        ('STUB="region";', 'STUB="region";\nSTUB="kön";', 7, "STUB står två gånger"),
        ('"Andel\n efter region";', '"Andel\n efter region;', 4, "TITLE tar inte slut"),
        ('LANGUAGE="sv";', 'LANGUAGE "sv";', 3, "Här väntades ett nyckelord"),
        ('LANGUAGE="sv";', "LANGUAGE=\x00;", 3, "ingen textfil"),
        ('LANGUAGE="sv";', 'CODEPAGE="klingon";', 3, "Teckentabellen ”klingon” är okänd"),
        ('LANGUAGE="sv";', 'CODEPAGE="utf-8";', 7, "inte är utf-8"),
        ('LANGUAGE="sv";', 'KEYS("region")=CODES;', 12, "Raderna ska ha 3 fält var, men 4 fält går inte jämnt upp"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(old, new, line, sentence):
    assert old in GOOD
    text = GOOD.replace(old, new)
    swedish, english = said_of(text)
    assert sentence in swedish
    assert (f"a.px:{line} " in swedish) == bool(line)
    assert "cannot be read" in english


@pytest.mark.parametrize(
    ("rows", "line", "sentence"),
    [
        ('"00", 1 2\n"19", 3 4', 14, "”19”, som inte finns"),
        ('"00", 1 2\n"00", 3 4', 14, "Samma rad står två gånger"),
        ('"00", 1 2\n"18", 3 x', 14, "”x” är inget tal"),
        ('"00", 1 2\n"18", 3', 12, "går inte jämnt upp"),
    ],
)
def test_rows_with_keys_are_held_to_the_keys(rows, line, sentence):
    text = GOOD.replace('LANGUAGE="sv"', 'KEYS("region")=CODES').replace('1 2\n3 ".." ', rows)
    swedish, _ = said_of(text)
    assert sentence in swedish
    assert f"a.px:{line} " in swedish


def test_more_figures_than_are_read_are_refused_before_room_is_made():
    years = ",".join(f'"{year}"' for year in range(5000))
    text = (
        GOOD.replace('"2023","2024"', years)
        .replace('"Riket","Örebro län"', years)
        .replace('CODES("region")="00","18";', "")
    )
    swedish, _ = said_of(text)
    assert "Variablerna ger 25000000 siffror, fler än de 20000000" in swedish


def test_names_and_words_of_a_file_never_move_the_terminal():
    swedish, english = said_of(GOOD.replace("1 2", "1 \x1b[31mröd\x07"), "\x1b]0;a\x07.px")
    assert swedish.isprintable()
    assert english.isprintable()
    assert len(said_of(GOOD.replace("LANGUAGE=", "=" * 100_000))[0]) < 600


@pytest.mark.parametrize("raw", [b"", b";", b"DATA", b"DATA=", b"DATA=;", b"\xef\xbb\xbf", b"A=", b"A=" + b'"' * 9999])
def test_hardly_a_file_at_all(raw):
    said_of(raw)


def test_long_runs_of_anything_are_read_in_a_moment():
    for run in ('"', "(", "A=1;", " ", "[", '"a",', "\n", "A", 'A("', '"a" '):
        said_of("TITLE=" + run * 60_000)
        said_of(run * 60_000 + "DATA=1;")


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200) | st.text('ABDT"=;,()[]-. 12\n', max_size=80).map(str.encode))
def test_arbitrary_bytes_are_sentences(raw):
    said_of(raw)
    said_of(GOOD.encode("cp1252") + raw.replace(b";", b"") + b"x")


@settings(deadline=None, max_examples=500)
@given(st.data())
def test_a_file_with_a_spoilt_spot_is_a_sentence_or_whole(data):
    good = GOOD.encode("cp1252")
    start = data.draw(st.integers(0, len(good) - 1))
    end = data.draw(st.integers(start, min(len(good), start + 6)))
    put = data.draw(st.binary(max_size=4) | st.sampled_from([b'"', b";", b",", b"=", b"..", b"\n", b'","', b"-"]))
    try:
        long, shape = read_px(good[:start] + put + good[end:], "a.px")
    except UnreadableError:
        return
    rows = 1
    for axis in shape.axes:
        rows *= len(axis.categories)
    assert len(long.values) == rows
    assert all(len(column) == rows for column in long.codes.values())


@pytest.mark.parametrize("cut", range(0, len(GOOD.encode("cp1252")) - 2, 3))
def test_a_file_cut_off_anywhere_is_never_taken_for_whole(cut):
    said_of(GOOD.encode("cp1252")[:cut])


def test_a_packed_file_is_no_px_file():
    said_of(zlib.compress(GOOD.encode("cp1252")))
