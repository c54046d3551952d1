"""Citations: title, day and lines for known documents; everything else stays as it was. Documents made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.editions.citation import cite, day, document_words, lines_words
from vagvisare.editions.document import Source
from vagvisare.editions.registers import Document
from vagvisare.terms.language import Language

SV, EN = Language.SV, Language.EN
PLAN = Document("plan.txt", "Påhittad plan", "Invented plan", date(2021, 6, 9))
BARE = Document("utan.txt", "Utan dag")
KNOWN = (PLAN, BARE)


@pytest.mark.parametrize(
    ("source", "sv", "en"),
    [
        (Source("plan.txt", 135), "”Påhittad plan”, 9 juni 2021, rad 135", "“Invented plan”, 9 June 2021, line 135"),
        (Source("plan.txt", 3, 7), "”Påhittad plan”, 9 juni 2021, rad 3–7", "“Invented plan”, 9 June 2021, lines 3–7"),
        (Source("plan.txt", 3, 3), "”Påhittad plan”, 9 juni 2021, rad 3", "“Invented plan”, 9 June 2021, line 3"),
        (Source("plan.txt"), "”Påhittad plan”, 9 juni 2021", "“Invented plan”, 9 June 2021"),
        (Source("utan.txt", 2), "”Utan dag”, rad 2", "“Utan dag”, line 2"),
        (Source("okänd.txt", 2), "okänd.txt, rad 2", "okänd.txt, line 2"),
        (Source("en verksamhetsplan, s. 26"), "en verksamhetsplan, s. 26", "en verksamhetsplan, s. 26"),
    ],
)
def test_a_source_in_words(source, sv, en):
    assert (cite(source, KNOWN, SV), cite(source, KNOWN, EN)) == (sv, en)
    # The text form of a source of a known document is written out the same way.
    if source.document.endswith(".txt") and source.document != "okänd.txt":
        assert cite(str(source), KNOWN, SV) == sv


def test_references_among_other_words_are_written_out_each():
    text = "Målet: ”mer” (plan.txt:135), se även utan.txt:2-4 och plan.txt."
    assert cite(text, KNOWN, SV) == (
        "Målet: ”mer” (”Påhittad plan”, 9 juni 2021, rad 135), se även ”Utan dag”, rad 2–4 och "
        "”Påhittad plan”, 9 juni 2021."
    )


@pytest.mark.parametrize("text", ["minplan.txt:3", "plan.txtfil", "x-plan.txt", "plan", ""])
def test_what_only_looks_like_a_reference_is_left_alone(text):
    assert cite(text, KNOWN, SV) == text


def test_the_longest_name_wins():
    longer = Document("plan.txt:bilaga", "Bilagan")
    assert cite("plan.txt:bilaga:4", (PLAN, longer), SV) == "”Bilagan”, rad 4"


@given(st.text(max_size=80))
def test_without_documents_nothing_changes(text):
    assert cite(text, (), SV) == text
    assert cite(text, (Document("", "Namnlös"),), SV) == text


def test_lines_alone_and_documents_alone():
    assert lines_words(Source("plan.txt"), SV) == ""
    assert lines_words(Source("plan.txt", 4, 5), EN) == "lines 4–5"
    assert document_words(BARE, SV) == "”Utan dag”"


def test_days_may_be_dates_or_words():
    assert day(date(2022, 6, 17), SV) == day("2022-06-17", SV) == "17 juni 2022"
    assert day("slutet 2021", EN) == "slutet 2021"
