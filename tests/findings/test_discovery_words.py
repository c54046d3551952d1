"""The note on chance, in both languages. All counts are made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
import synthetic_judgements as made
from hypothesis import given
from hypothesis import strategies as st
from publishable import faults

from vagvisare.assessment.closer.discovery import Discovery
from vagvisare.findings.discovery import fallen, note
from vagvisare.terms.language import Text
from vagvisare.terms.series import SeriesKey


def found(tested, clear, stands):
    keys = tuple(SeriesKey(f"i{n}", "18") for n in range(clear))
    return Discovery(tested, clear, 0.05 * tested, keys[:stands], keys[stands:])


@pytest.mark.parametrize(
    ("counts", "sv", "en"),
    [
        (
            (38, 21, 19),
            (
                "Av 38 prövade trender är 21 tydliga. Om ingenting hade förändrats skulle ungefär två av de 38 ändå ha "
                "sett tydliga ut av en slump; 19 av de 21 står sig även när vi räknar med det."
            ),
            (
                "Of 38 trends tested, 21 are clear. Had nothing changed, about two of the 38 would still have looked "
                "clear by chance; 19 of the 21 stand also when we allow for that."
            ),
        ),
        (
            (22, 5, 5),
            (
                "Av 22 prövade trender är 5 tydliga. Om ingenting hade förändrats skulle ungefär en av de 22 ändå ha "
                "sett tydlig ut av en slump; alla 5 står sig även när vi räknar med det."
            ),
            (
                "Of 22 trends tested, 5 are clear. Had nothing changed, about one of the 22 would still have looked "
                "clear by chance; all 5 stand also when we allow for that."
            ),
        ),
        (
            (8, 1, 1),
            (
                "Av 8 prövade trender är 1 tydlig. Om ingenting hade förändrats skulle knappt någon av de 8 ändå ha "
                "sett tydlig ut av en slump; den står sig även när vi räknar med det."
            ),
            (
                "Of 8 trends tested, 1 is clear. Had nothing changed, hardly any of the 8 would still have looked "
                "clear by chance; it stands also when we allow for that."
            ),
        ),
        (
            (60, 2, 0),
            (
                "Av 60 prövade trender är 2 tydliga. Om ingenting hade förändrats skulle ungefär tre av de 60 ändå ha "
                "sett tydliga ut av en slump; ingen av de 2 står sig när vi räknar med det."
            ),
            (
                "Of 60 trends tested, 2 are clear. Had nothing changed, about three of the 60 would still have looked "
                "clear by chance; none of the 2 stands when we allow for that."
            ),
        ),
        ((12, 0, 0), "Av 12 prövade trender är ingen tydlig.", "Of 12 trends tested, none is clear."),
        ((1, 1, 1), "Den enda prövade trenden är tydlig.", "The only trend tested is clear."),
        (
            (0, 0, 0),
            "Ingen trend har tillräckligt många mätningar för att prövas.",
            "No trend has enough measurements to be tested.",
        ),
    ],
)
def test_the_note(counts, sv, en):
    assert note(found(*counts)) == Text(sv, en)


@given(st.integers(0, 400), st.data())
def test_every_note_can_be_published(tested, data):
    clear = data.draw(st.integers(0, tested))
    stands = data.draw(st.integers(0, clear))
    assert faults(note(found(tested, clear, stands))) == []


def test_those_that_fall_are_named():
    indicators = {"i1": replace(made.indicator("share"), title=Text("Trygghet", "Safety"))}
    assert fallen(found(40, 2, 1), indicators) == Text(
        "Den som inte står sig är Trygghet.", "The one that does not stand is Safety."
    )
    assert fallen(found(40, 3, 1), indicators) == Text(
        "De som inte står sig är Trygghet och i2.", "Those that do not stand are Safety and i2."
    )
    assert fallen(found(40, 3, 3), indicators) == Text("", "")
