import json

import pytest
from made_up_deliveries import CALM, cut, grid, judged, table, together

from vagvisare.intake.alarms import Alarm, Change
from vagvisare.intake.report import Outcome, State, as_json, exit_code, state_words, summary
from vagvisare.observations.revisions import compare
from vagvisare.terms.errors import SourceError
from vagvisare.terms.language import Language, Text


def outcome(state, key="behorighet", **more):
    return Outcome(key, "Behöriga elever", state, unit="percent", **more)


BEFORE = grid(cut(CALM, 5))
REVISED = grid({t: (*s[:4], s[4] + 0.4, s[5]) if t == "18" else s for t, s in CALM.items()})
DOWN = SourceError(
    Text("Källan svarar inte.", "The source does not answer."),
    meaning=Text("De senast godkända siffrorna gäller.", "The last good figures stand."),
    remedy=Text("Försök igen senare.", "Try again later."),
)
ALARM = Alarm.of(Change.LABEL, "behorighet", "T", Text("Ny benämning.", "New label."), Text("Läs.", "Read."))


@pytest.mark.parametrize(
    ("states", "code"),
    [
        ((), 0),
        (("new", "revised", "unchanged", "waiting"), 0),
        (("new", "held"), 8),
        (("failed", "new"), 7),
        (("held", "failed"), 7),
        (("gone",), 7),
        (("skipped",), 0),
    ],
)
def test_failing_comes_before_waiting(states, code):
    assert exit_code(outcome(State(state)) for state in states) == code


def test_new_and_revised_figures_are_told_with_the_largest_revision():
    told = summary([outcome(State.REVISED, revision=compare(BEFORE, REVISED))], Language.SV)
    assert told == (
        "1\u00a0datamängd: 1\u00a0reviderad.\n\n"
        "Reviderade siffror\n"
        "  Behöriga elever (behorighet)\n"
        "    Ny period: 2020 (5\u00a0värden).\n"
        "    1\u00a0värde reviderades. Störst ändring: Örebro län 2019, från 59,6 till 60,0\u00a0procent\n"
        "    (+0,4\u00a0procentenheter)."
    )


def test_what_vanished_is_told():
    told = summary([outcome(State.REVISED, revision=compare(grid(CALM), BEFORE))], Language.EN)
    assert "5\u00a0figures no longer at the source." in told


def test_every_state_has_its_place_and_only_what_is_unchanged_is_just_counted():
    outcomes = [outcome(state, key=str(state)) for state in State] + [outcome(State.UNCHANGED)]
    for language in Language:
        told = summary(outcomes, language)
        assert all(f"({state})" in told for state in State if state is not State.UNCHANGED)
        assert "(unchanged)" not in told
    assert told.startswith("9\u00a0data sets: 1\u00a0new, 1\u00a0revised, 2\u00a0unchanged,")


def test_a_failure_says_why_and_what_to_do():
    told = summary([outcome(State.FAILED, error=DOWN)], Language.SV)
    assert "Källan svarar inte. De senast godkända siffrorna gäller. Försök igen senare." in told
    assert "Misslyckades" in told


def test_objections_and_alarms_stand_with_their_data_set_and_are_not_said_twice():
    objections = judged(table([{"territory": "18", "start": 2020, "value": 819.0}]))
    same = Alarm.of(Change.UNIT, "b", "T", objections[0].what, Text("", ""))
    told = summary([outcome(State.HELD, objections=objections, alarms=(ALARM, same))], Language.SV)
    assert "    ! 1\u00a0värde kan inte vara riktiga" in told
    assert "    ? Ny benämning. Läs." in told
    assert told.count("kan inte vara riktiga") == 1
    quiet = summary([outcome(State.UNCHANGED, alarms=(ALARM,))], Language.SV)
    assert "Oförändrade, men läs detta" in quiet


def test_the_summary_is_never_wider_than_a_hundred_columns():
    wide = judged(together(*(grid({t: (3000.0, 3.0, 9000.0)}) for t in CALM)))
    long = SourceError(Text("Ett mycket långt fel. " * 20, "A very long error. " * 20))
    outcomes = [
        outcome(State.HELD, objections=wide, revision=compare(None, grid(CALM))),
        outcome(State.FAILED, error=long),
    ]
    for language in Language:
        assert max(len(line) for line in summary(outcomes, language).splitlines()) <= 100


def test_nothing_to_fetch_says_how_to_begin():
    assert "vagvisare indicator add" in " ".join(summary([], Language.SV).split())
    assert "vagvisare indicator add" in " ".join(summary([], Language.EN).split())


def test_the_json_holds_numbers_and_both_languages():
    outcomes = [
        outcome(State.REVISED, revision=compare(BEFORE, REVISED), alarms=(ALARM,)),
        outcome(State.FAILED, error=DOWN),
        outcome(State.HELD, objections=judged(grid({"18": (819.0,)}))),
    ]
    revised, failed, held = json.loads(json.dumps(as_json(outcomes)))
    assert (revised["new_periods"], revised["added"], revised["revised"]) == (["2020"], 5, 1)
    assert revised["largest_revision"]["territory"] == "18"
    assert revised["largest_revision"]["new"] == pytest.approx(60.0)
    assert revised["alarms"][0]["what"] == {"sv": "Ny benämning.", "en": "New label."}
    assert failed["error"]["en"].startswith("The source does not answer.")
    assert held["objections"][0]["kind"] == "limit"


def test_a_line_for_a_log():
    assert state_words(outcome(State.NEW, revision=compare(None, BEFORE))).sv == "ny, 25\u00a0värden tillkom"
    assert state_words(outcome(State.FAILED)).en == "failed"
