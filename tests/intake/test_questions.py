from datetime import UTC, datetime, timedelta

import pytest
from made_up_deliveries import dataset

from vagvisare.intake import journal
from vagvisare.intake.alarms import Alarm, Change
from vagvisare.intake.questions import ask, close, open_all, questions
from vagvisare.intake.report import Outcome, State
from vagvisare.observations.store import Store
from vagvisare.terms.errors import FigureError, SourceError, UnknownError
from vagvisare.terms.language import Text

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
LABEL = Alarm.of(Change.LABEL, "made_up", "TAB1", Text("Ny benämning.", "New label."), Text("Läs.", "Read."))
LATE = Alarm.of(Change.OVERDUE, "made_up", "TAB1", Text("Försenad.", "Late."), Text("Se efter.", "Look."))


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def later(days):
    return NOW + timedelta(days=days)


def test_an_alarm_opens_one_question_however_often_it_is_raised(store):
    (opened,) = open_all(store, "made_up", [LABEL], NOW)
    assert open_all(store, "made_up", [LABEL], later(1)) == ()
    assert open_all(store, "made_up", [], later(2)) == ()
    assert open_all(store, "made_up", [LABEL], later(3)) == ()
    (kept,) = questions(store, "made_up")
    assert (kept.id, kept.text, kept.opened, kept.open) == (opened.id, LABEL.what, NOW, True)


def test_a_closed_question_stays_closed_while_the_alarm_lasts(store):
    (opened,) = open_all(store, "made_up", [LABEL], NOW)
    closed = close(store, "made_up", opened.id, "Samma sak, nytt ord.", by="Anna", now=later(1))
    assert (closed.open, closed.answer, closed.closed_by) == (False, "Samma sak, nytt ord.", "Anna")
    assert open_all(store, "made_up", [LABEL], later(2)) == ()
    assert questions(store, "made_up", only_open=True) == ()


def test_an_alarm_that_comes_back_after_being_away_is_asked_anew(store):
    (opened,) = open_all(store, "made_up", [LABEL], NOW)
    close(store, "made_up", opened.id, "Klart.", by="Anna", now=later(1))
    for round_ in (2, 3):
        open_all(store, "made_up", [], later(round_ * 10))
        (again,) = open_all(store, "made_up", [LABEL], later(round_ * 10 + 1))
        assert again.id == f"{opened.id}-{round_}"
        close(store, "made_up", again.id, "Klart igen.", by="Anna", now=later(round_ * 10 + 2))
    assert [one.answer for one in questions(store)] == ["Klart.", "Klart igen.", "Klart igen."]


def test_lateness_answers_itself_and_leaves_other_questions_alone(store):
    open_all(store, "made_up", [LABEL, LATE], NOW)
    assert open_all(store, "made_up", [LATE], later(1)) == ()
    open_all(store, "made_up", [], later(2))
    label, late = sorted(questions(store), key=lambda one: one.kind)
    assert (late.open, late.answer, late.closed_by) == (False, "Siffrorna har kommit.", "vagvisare")
    assert (late.opened, late.closed) == (NOW, later(2))
    assert label.open


def test_a_table_that_is_gone_does_not_answer_that_figures_are_late(store):
    gone = Alarm.of(Change.GONE, "made_up", "TAB1", Text("Borta.", "Gone."), Text("Sök.", "Search."))
    open_all(store, "made_up", [LATE], NOW)
    open_all(store, "made_up", [gone], later(1))
    assert [one.kind for one in questions(store, only_open=True)] == ["overdue", "gone"]


def test_people_ask_and_answer(store):
    asked = ask(store, "made_up", "Varför sjunker Nora?", by="Bo", now=NOW)
    other = ask(store, "other", "Och Kumla?", by="Bo", now=NOW)
    assert [one.id for one in questions(store, "made_up")] == [asked.id]
    assert {one.id for one in questions(store)} == {asked.id, other.id}
    first = close(store, "made_up", asked.id, "Små tal.", by="Anna", now=later(1))
    assert close(store, "made_up", asked.id, "Nej.", by="Eva", now=later(2)) == first
    assert open_all(store, "made_up", [], later(3)) == ()


def test_a_question_needs_words_and_a_name(store):
    asked = ask(store, "made_up", "Varför?", by="Bo", now=NOW)
    with pytest.raises(ValueError, match="text"):
        ask(store, "made_up", " ", by="Bo", now=NOW)
    with pytest.raises(ValueError, match="answer"):
        close(store, "made_up", asked.id, "Svar", by="", now=NOW)
    with pytest.raises(UnknownError, match="Det finns ingen fråga"):
        close(store, "made_up", "nothing", "Svar", by="Anna", now=NOW)


def test_a_damaged_question_is_told_as_such(store):
    store.papers.put("questions", "made_up", "x", {"id": "x"})
    with pytest.raises(FigureError, match="går inte att läsa"):
        questions(store)


def outcome(state, error=None):
    of = dataset()
    return Outcome(of.key, of.title, state, error=error)


def test_the_journal_counts_failures_in_a_row_and_remembers_the_last_answer(store):
    assert journal.page(store, "made_up") is None
    assert journal.last_checked(store, "made_up") is None
    journal.note(store, "made_up", outcome(State.NEW), NOW)
    error = SourceError(Text("Nere.", "Down."), remedy=Text("Vänta.", "Wait."))
    for days in (1, 2):
        journal.note(store, "made_up", outcome(State.FAILED, error), later(days))
    page = journal.page(store, "made_up")
    assert (page.failures, page.state, page.checked) == (2, State.FAILED, later(2))
    assert page.error == Text("Nere. Vänta.", "Down. Wait.")
    assert journal.last_checked(store, "made_up") == NOW
    journal.note(store, "made_up", outcome(State.UNCHANGED), later(3))
    assert journal.page(store, "made_up").failures == 0
    assert journal.last_checked(store, "made_up") == later(3)
    assert list(journal.pages(store)) == ["made_up"]


def test_what_waits_in_quarantine_is_still_new(store):
    journal.note(store, "made_up", outcome(State.NEW), NOW)
    journal.note(store, "made_up", outcome(State.HELD), later(1))
    assert journal.last_checked(store, "made_up") == NOW
    assert journal.page(store, "made_up").checked == later(1)


def test_a_damaged_page_is_as_none_and_is_written_anew(store):
    store.papers.put("journal", "made_up", "checks", {"checked": "igår"})
    assert journal.page(store, "made_up") is None
    assert journal.pages(store) == {}
    journal.note(store, "made_up", outcome(State.UNCHANGED), NOW)
    assert journal.last_checked(store, "made_up") == NOW
