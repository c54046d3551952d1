"""Words for what a follow-up hides, in both languages. All figures are made up."""

import pytest

from vagvisare.assessment.disclosure.panel import Breach, Protection
from vagvisare.assessment.disclosure.table import CellKey, Reason
from vagvisare.findings.closer import protection
from vagvisare.terms.language import Language
from vagvisare.terms.period import Period
from vagvisare.terms.series import SeriesKey

PRIMARY, OTHER, DERIVED, MISSING = Reason.PRIMARY, Reason.COMPLEMENTARY, Reason.DERIVED, Reason.UNPUBLISHED


@pytest.mark.parametrize(
    ("reasons", "sv", "en"),
    [
        ([], "", ""),
        ([MISSING], "", ""),
        (
            [PRIMARY],
            "En uppgift är skyddad: färre än fem personer.",
            "One figure is protected: fewer than five people.",
        ),
        (
            [PRIMARY, OTHER, OTHER, MISSING],
            (
                "En uppgift är skyddad: färre än fem personer. Två uppgifter är skyddade för att inte avslöja en annan "
                "uppgift."
            ),
            (
                "One figure is protected: fewer than five people. Two figures are protected so as not to reveal "
                "another figure."
            ),
        ),
        (
            [DERIVED],
            "En uppgift visas inte, eftersom skyddade uppgifter annars skulle kunna räknas ut.",
            "One figure is not shown, because protected figures could otherwise be computed.",
        ),
        (
            [DERIVED, DERIVED],
            "Två uppgifter visas inte, eftersom skyddade uppgifter annars skulle kunna räknas ut.",
            "Two figures are not shown, because protected figures could otherwise be computed.",
        ),
    ],
)
def test_the_note_counts_what_is_hidden_by_us(reasons, sv, en):
    note = protection.note(Protection(5), reasons)
    assert (note.sv, note.en) == (sv, en)


def test_the_note_of_a_noisy_table_says_how_far_a_count_may_be_off_where_that_is_known():
    known, unknown = (protection.note(Protection(0, cell_key=key), []) for key in (CellKey(4.0), None))
    assert "högst 3,9 från det verkliga" in known.sv
    assert "within 3.9 of the true one" in known.en
    assert "inget är rättat" in unknown.sv
    assert "nothing has been corrected" in unknown.en
    assert not any(character.isdigit() for character in unknown.sv)


def test_every_reason_a_figure_can_have_has_a_status_told_in_both_languages():
    statuses = [protection.status(None), *(protection.status(each) for each in Reason if each is not Reason.NOBODY)]
    assert len(set(statuses)) == 5
    for language in Language:
        assert all(f"{each}: " in protection.STATUS_WORDS.to(language) for each in statuses)


def test_only_what_we_hide_is_marked():
    assert [protection.hidden_here(each) for each in (None, MISSING, PRIMARY, OTHER, DERIVED)] == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_a_refusal_names_the_first_cells_and_what_to_do():
    breached = [Breach(SeriesKey("people", "1880", "K", "utrikes"), Period.year(2000 + n)) for n in range(6)]
    error = protection.refused(breached)
    assert error.exit_code == 4
    assert "Sex små antal går inte att skydda (people 1880 K utrikes 2000; " in str(error)
    assert "2004 …)" in str(error)
    assert "2005" not in str(error)
    assert "One small count cannot be protected (people 1880 K utrikes 2000)." in protection.refused(
        breached[:1]
    ).message(Language.EN)
