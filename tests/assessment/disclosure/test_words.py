"""The words beside hidden cells: why, in both languages, and never which count protects which."""

from __future__ import annotations

from dataclasses import replace

import made_up_tables as made
import pytest

from vagvisare.assessment.disclosure.audit import audit
from vagvisare.assessment.disclosure.cell_key import Hint
from vagvisare.assessment.disclosure.protect import Protected, protect
from vagvisare.assessment.disclosure.table import CellKey, Reason, Rules
from vagvisare.findings.closer.disclosure import cell_key, hint, note, warning, why
from vagvisare.terms.language import Text

TABLE = made.table_of((made.flat("a", 4),), [3, 40, 12, 90])


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_in_both_languages(reason):
    words = why(reason)
    assert words.sv
    assert words.en
    assert words.sv != words.en


def test_the_words_of_the_three_reasons():
    assert why(Reason.PRIMARY).sv == "skyddat: färre än fem personer"
    assert why(Reason.PRIMARY, Rules(10)).en == "protected: fewer than ten people"
    assert why(Reason.PRIMARY, of=Text("företag", "companies")).sv == "skyddat: färre än fem företag"
    assert why(Reason.COMPLEMENTARY).sv == "skyddat för att inte avslöja en annan uppgift"
    assert why(Reason.UNPUBLISHED).sv == "ej publicerat av producenten"


def test_a_note_counts_and_names_no_cell():
    said = note(protect(TABLE))
    assert said.sv == (
        "En uppgift är skyddad: färre än fem personer. En uppgift är skyddad för att inte avslöja en annan uppgift."
    )
    assert said.en == (
        "One figure is protected: fewer than five people. One figure is protected so as not to reveal another figure."
    )
    assert "a0" not in said.sv + said.en


def test_a_note_in_the_plural():
    reasons = {("a0",): Reason.UNPUBLISHED, ("a1",): Reason.UNPUBLISHED}
    said = note(Protected(TABLE, Rules(), reasons))
    assert said.sv == "Två uppgifter är inte publicerade av producenten."
    assert said.en == "Two figures are not published by the producer."


def test_nothing_hidden_needs_no_note():
    assert note(protect(made.table_of((made.flat("a", 2),), [30, 40]))) == Text("", "")


def test_sums_that_do_not_add_up_are_said_to_be_left_alone():
    table = replace(TABLE, counts={**TABLE.counts, ("T",): 147})
    assert "inget är rättat" in note(protect(table)).sv


def test_noise_is_told_with_its_size():
    said = cell_key(CellKey(2.0))
    assert "högst 2,8 från" in said.sv
    assert "within 2.8 of" in said.en
    assert said.sv in note(protect(replace(TABLE, cell_key=CellKey(2.0)))).sv


def test_a_hint_is_an_offer():
    said = hint(Hint(60, 41, 6, 2.0))
    assert said.sv.startswith("I 41 av 60 summor")
    assert "If so, declare it" in said.en


def test_a_warning_names_what_cannot_be_protected():
    assert warning(protect(TABLE)) is None
    told = protect(replace(TABLE, earlier={("a0",)}))
    said = warning(told, audit(told))
    assert "(a0)" in said.sv
    assert said.sv.startswith("En dold uppgift går ändå att räkna ut")
    assert "Do not publish the table" in said.en
