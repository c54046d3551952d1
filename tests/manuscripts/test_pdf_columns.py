"""A PDF in two columns is read column by column, and any other exactly as it was before columns were known."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.manuscripts import pdf_pages
from vagvisare.manuscripts.pdf_columns import Gutter, Rule, Shape, Stretch, bands, gutter_of
from vagvisare.manuscripts.reading import read_manuscript

LEFT = [
    "Skogen är länets äldsta näring och har",
    "format både byar och städer. I dag är",
    "den en del av omställningen, och fler",
    "vill vara med och bestämma om den.",
    "Tallar planteras varje vår på torra",
    "backar där inget annat vill växa. De",
]
RIGHT = [
    "växer långsamt men blir gamla, och",
    "den som planterar dem gör det för",
    "någon annan än sig själv.",
    "• Fler tallar vid de vägar som alla",
    "tar till stranden",
    "• Rena sjöar för både bad och fiske",
]


def texts(documents, *pages):
    read = read_manuscript("x.pdf", documents.pdf(list(pages)))
    return [(piece.kind.value, piece.text) for piece in read.pieces]


def test_columns_are_read_one_after_the_other_and_a_sentence_goes_on_from_one_to_the_next(documents):
    page = [(18, "Skog i två spalter över hela sidan", 60, 80), *documents.in_columns([*LEFT, *RIGHT])]
    assert texts(documents, page) == [
        ("heading", "Skog i två spalter över hela sidan"),
        ("paragraph", " ".join([*LEFT, *RIGHT[:3]])),
        ("bullet", "Fler tallar vid de vägar som alla tar till stranden"),
        ("bullet", "Rena sjöar för både bad och fiske"),
    ]


def test_a_paragraph_that_ends_with_its_column_is_not_joined_to_the_next(documents):
    left, right = [*LEFT[:5], "backar där inget annat vill växa."], ["Björkar planteras varje höst, och", *RIGHT[1:]]
    told = texts(documents, documents.in_columns([*left, *right]))
    assert told[:2] == [("paragraph", " ".join(left)), ("paragraph", " ".join(right[:3]))]


def test_columns_whose_lines_are_not_level_are_columns_all_the_same(documents):
    right = [(11, line, 310, 127 + 14 * number) for number, line in enumerate(RIGHT)]
    page = documents.in_columns([*LEFT, *LEFT])[: len(LEFT)] + right
    assert texts(documents, page)[0] == ("paragraph", " ".join([*LEFT, *RIGHT[:3]]))


def test_a_heading_across_both_columns_ends_them_and_they_begin_anew_below(documents):
    below = [(11, "Kort om sjöar, till vänster", 60, 290), (11, "och det som står till höger.", 310, 290)]
    heading = (18, "Sjöar och vatten i hela vårt län", 60, 250)
    page = [*documents.in_columns([*LEFT, *RIGHT]), heading, *below]
    told = texts(documents, page)
    assert told[0] == ("paragraph", " ".join([*LEFT, *RIGHT[:3]]))
    assert told[-2:] == [
        ("heading", "Sjöar och vatten i hela vårt län"),
        ("paragraph", "Kort om sjöar, till vänster och det som står till höger."),
    ]


def test_the_last_page_may_have_columns_of_a_line_or_two(documents):
    first = documents.in_columns([*LEFT, *RIGHT])
    last = documents.in_columns(["Sist står det något till vänster", "som går vidare", "och slutar till höger."])
    assert texts(documents, first, last)[-1] == (
        "paragraph", "Sist står det något till vänster som går vidare och slutar till höger.",
    )  # fmt: skip
    assert ("paragraph", "Sist står det något till vänster och slutar till höger. som går vidare") in texts(
        documents, last
    )


def test_headers_and_footers_beside_columns_are_still_left_out(documents):
    told = [documents.in_columns([f"{first} {line}" for line in (*LEFT, *RIGHT)]) for first in "abc"]
    pages = [
        [(9, "Region Påhittad", 60, 40), *lines, (9, f"Sida {number}", 60, 800), (9, "Utkast", 480, 800)]
        for number, lines in enumerate(told, 1)
    ]
    read = read_manuscript("x.pdf", documents.pdf(pages))
    assert {notice.what.sv.split("”")[1] for notice in read.notices} == {"Region Påhittad", "Sida 1", "Utkast"}
    assert [piece.text for piece in read.pieces if "Sida" in piece.text or "Utkast" in piece.text] == []


@pytest.mark.parametrize(
    "rows",
    [
        [("Rapport om tallar som växer", "7"), ("Plan för björkar i byarna", "6"), ("En strategi för granar", "10")],
        [("20 juni – 30 september", "Remiss"), ("17 juni", "Beslut om remiss i nämnden"), ("Hösten", "Svar")],
        [("Ansvarig", "Nämnden"), ("Klart", "Slutet av året"), ("Kostnad", "Inom ram"), ("Läge", "Pågår")],
    ],
)
def test_a_table_of_short_entries_is_read_row_by_row(documents, rows):
    page = [
        (11, text, left, 120 + 20 * number)
        for number, row in enumerate(rows)
        for text, left in zip(row, (60, 310), strict=True)
    ]
    assert [text for _, text in texts(documents, page)] == [" ".join(row) for row in rows]


def test_a_table_with_drawn_lines_is_no_columns():
    rows = [(120 + 20 * n, 132 + 20 * n) for n in range(8)]
    told = tuple(Stretch(left, left + 230, top, bottom, "Ord") for top, bottom in rows for left in (60.0, 310.0))
    assert gutter_of(Shape(told)) is not None
    rules = tuple(Rule(60, 540, bottom + 3) for _, bottom in rows)
    assert gutter_of(Shape(told, rules)) is None


WORDS = st.text("abcdefghijklmnopqrstuvwxyzåäö", min_size=2, max_size=11)


@settings(max_examples=25, deadline=None)
@given(words=st.lists(WORDS, min_size=70, max_size=160), across=st.booleans())
def test_text_in_columns_is_the_text_that_was_laid_out(documents, words, across):
    lines = [line for line in documents._broken(" ".join(words), 30) if line]
    page = documents.in_columns(lines, top=200)
    if across:
        page = [(11, " ".join(["Överst"] * 14), 60, 150), *page]
    told = " ".join(text for _, text in texts(documents, page))
    assert told.split()[14 * across :] == words


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["heading", "bullet", "paragraph"]), st.integers(1, 3),
                  st.lists(WORDS, min_size=1, max_size=40).map(" ".join)),
        min_size=1, max_size=25,
    )
)  # fmt: skip
def test_a_pdf_in_one_column_reads_exactly_as_before(documents, told):
    data = documents.pdf(documents.laid_out(told, "Region Påhittad", "Sida"))
    with pytest.MonkeyPatch.context() as patch:
        now = read_manuscript("x.pdf", data)
        patch.setattr(pdf_pages, "bands", lambda *_: ())
        assert read_manuscript("x.pdf", data) == now


STRETCH = st.builds(
    lambda left, width, top: Stretch(left, left + width, top, top + 11, "Ord"),
    st.floats(40, 500), st.floats(1, 500), st.integers(0, 50).map(lambda line: 14.0 * line),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(STRETCH, max_size=40).map(tuple), st.lists(st.integers(0, 700), max_size=4))
def test_bands_leave_nothing_out_and_overlap_nowhere(stretches, rules):
    shape = Shape(stretches, tuple(Rule(50, 550, top) for top in rules))
    gutter = gutter_of(shape)
    laid = bands(shape, [gutter] if gutter else [Gutter(300, 60, 310)])
    if laid:
        assert (laid[0].top, laid[-1].bottom) == (float("-inf"), float("inf"))
        assert all(above.bottom == below.top for above, below in pairwise(laid))
        assert all(band.top < band.bottom for band in laid)
