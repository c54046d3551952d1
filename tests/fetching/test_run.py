"""Fetching: what is new is kept, what is the same is left, what is wrong waits, what failed takes nothing with it."""

from dataclasses import replace
from datetime import date

import pytest

from vagvisare.intake import journal
from vagvisare.intake.plan import jobs, query_sum
from vagvisare.intake.questions import questions
from vagvisare.intake.rebuilt import rebuild
from vagvisare.intake.report import State, exit_code, summary
from vagvisare.observations.upkeep import verify
from vagvisare.sources.query import Expectation
from vagvisare.terms.language import Language


def figures(world, key="share"):
    return {
        (row["territory"], row["start"], row["sex"]): row["value"]
        for row in world.store.figures(world.store.latest(key)).to_pylist()
    }


def test_the_first_fetch_brings_everything_with_a_receipt(world):
    outcome = world.fetch()["share"]
    assert outcome.state is State.NEW
    receipt = world.store.latest("share")
    assert (receipt.source, receipt.source_id, receipt.rows) == ("kolada", "kolada:N00001", 4 * 11 * 3)
    assert receipt.recorded == date(2026, 12, 1)
    assert receipt.fetched == "2026-12-01T06:00:00+00:00"
    assert receipt.query == query_sum(world.datasets[0])
    assert all(sha in world.store.replies for sha in (*receipt.replies, receipt.shape, receipt.calls))
    assert figures(world)["18", 2025, "K"] == 57.1


def test_nothing_new_is_nothing_kept_and_few_questions_asked(world):
    world.fetch()
    asked = len(world.server.log)
    world.later()
    outcome = world.fetch()["share"]
    assert outcome.state is State.UNCHANGED
    assert len(world.store.receipts("share")) == 1
    assert len(world.server.log) - asked <= 2
    assert journal.page(world.store, "share").checked == world.time


def test_a_revision_is_a_new_vintage_and_told(world):
    world.fetch()
    world.later()
    world.revise("0018", 2020, 55.9)
    outcome = world.fetch()["share"]
    assert outcome.state is State.REVISED
    assert [(c.territory, c.period.end, c.old, c.new) for c in outcome.revision.largest(3)] == [
        ("18", 2020, 55.0, 55.9)
    ]
    assert [receipt.recorded.day for receipt in world.store.receipts("share")] == [1, 2]
    told = summary([outcome], Language.SV)
    assert "från 55,0 till 55,9\u00a0procent" in told


def test_a_value_taken_back_and_given_again_is_three_vintages(world):
    world.fetch()
    for figure in (55.9, 55.0):
        world.later()
        world.revise("0018", 2020, figure)
        assert world.fetch()["share"].state is State.REVISED
    assert len(world.store.receipts("share")) == 3
    assert figures(world)["18", 2020, "T"] == 55.0


def test_a_unit_that_changed_waits_and_the_last_good_figures_stand(world):
    world.fetch()
    good = world.store.latest("share")
    world.later()
    world.kolada.rows[:] = [
        replace(row, value=row.value * 1000, changed=world.time.date().isoformat()) for row in world.kolada.rows
    ]
    outcome = world.fetch()["share"]
    assert outcome.state is State.HELD
    assert exit_code([outcome]) == 8
    assert world.store.latest("share") == good
    assert len(world.store.held("share")) == 1
    world.later()
    assert world.fetch()["share"].state is State.HELD, "it is still wrong, and still one case"
    assert len(world.store.held("share")) == 1


def test_what_a_person_accepts_stands_and_is_not_asked_about_again(world):
    world.datasets = [replace(world.datasets[0], expects=Expectation(low=0.0, high=60.0))]
    assert world.fetch()["share"].state is State.HELD
    (held,) = world.store.held("share")
    world.store.release(held, by="Eva", why="Gränsen var för snäv", on=world.time.date())
    world.later()
    assert world.fetch()["share"].state is State.UNCHANGED
    assert world.store.latest("share").confirmed_by == "Eva"


def test_a_kpi_that_is_gone_is_told_and_its_figures_stand(world):
    world.fetch()
    world.later()
    world.kolada.retire("N00001")
    outcome = world.fetch()["share"]
    assert outcome.state is State.FAILED
    assert exit_code([outcome]) == 7
    assert "finns inte längre hos källan" in summary([outcome], Language.SV)
    assert len(world.store.receipts("share")) == 1
    assert [each.kind for each in questions(world.store, "share", only_open=True)] == ["gone"]
    world.later()
    world.fetch()
    assert len(questions(world.store, "share", only_open=True)) == 1, "the same alarm is one question"


def test_a_reworded_definition_is_a_question_not_a_refusal(world):
    world.fetch()
    world.later()
    world.kolada.kpis[0]["description"] = "Påhittad beskrivning av något annat."
    world.revise("0018", 2020, 56.0)
    outcome = world.fetch()["share"]
    assert outcome.state is State.REVISED
    assert "definition" in [each.kind for each in questions(world.store, "share", only_open=True)]


def test_a_new_question_is_a_new_fetch_and_waits_when_its_figures_mean_something_else(world):
    world.fetch()
    asked = replace(world.datasets[0].queries[0], scale=0.01)
    world.datasets = [replace(world.datasets[0], queries=(asked,))]
    world.later()
    assert world.fetch()["share"].state is State.HELD
    (held,) = world.store.held("share")
    world.store.release(held, by="Eva", why="Andel i stället för procent", on=world.time.date())
    assert figures(world)["18", 2020, "T"] == pytest.approx(0.55)
    world.later()
    assert world.fetch()["share"].state is State.UNCHANGED


def test_only_what_is_asked_for_and_one_failure_takes_nothing_with_it(world):
    missing = replace(world.datasets[0], key="other", queries=(replace(world.datasets[0].queries[0], table="N99999"),))
    unknown = replace(world.datasets[0], key="third", source="okänd")
    world.datasets += [missing, unknown]
    outcomes = world.fetch()
    assert outcomes["share"].state is State.NEW
    assert outcomes["other"].state is State.FAILED
    assert outcomes["third"].state is State.FAILED
    assert list(outcomes) == ["share", "other", "third"]


def test_our_own_bug_is_one_data_sets_failure(world, monkeypatch):
    from vagvisare.sources.kolada import Kolada

    def broken(self, ask, wire):
        raise RuntimeError("oväntat")

    monkeypatch.setattr(Kolada, "fetch", broken)
    outcome = world.fetch()["share"]
    assert outcome.state is State.FAILED
    assert "oväntat" in outcome.error.what.sv


def test_a_dry_run_writes_nothing(world):
    outcome = world.fetch(dry=True)["share"]
    assert outcome.state is State.WAITING
    assert world.store.receipts() == ()
    assert journal.page(world.store, "share") is None


def test_since_looks_further_back(world):
    world.fetch()
    world.later(30)
    world.kolada.revise(
        next(r for r in world.kolada.rows if (r.unit, r.year, r.gender) == ("0018", 2020, "T")), 55.9, "2026-11-01"
    )
    assert world.fetch()["share"].state is State.UNCHANGED
    assert world.fetch(since=date(2026, 10, 1))["share"].state is State.REVISED


def test_two_changes_on_one_day_keep_both(world):
    world.fetch()
    world.revise("0018", 2020, 56.0)
    assert world.fetch()["share"].state is State.REVISED
    assert len(world.store.receipts("share")) == 2
    assert figures(world)["18", 2020, "T"] == 56.0


def test_every_vintage_can_be_read_anew_without_a_network(world):
    world.fetch()
    world.later()
    world.revise("0018", 2020, 55.9)
    world.fetch()
    world.server.close()
    assert [each.same for each in rebuild(world.store)] == [True, True]


def test_a_vintage_whose_replies_are_lost_says_so(world):
    world.fetch()
    world.server.close()
    for sha, entry in list(world.store.replies.entries()):
        if sha in world.store.latest("share").replies:
            world.store.place.remove(entry.name)
    (told,) = rebuild(world.store)
    assert not told.same
    assert told.error is not None
    assert verify(world.store), "and a check of the store finds it, too"


def test_jobs_know_when_they_must(world):
    (first,) = jobs(world.datasets, world.store)
    assert first.must
    world.fetch()
    (second,) = jobs(world.datasets, world.store)
    assert not second.must
    assert second.asks[0].checked == world.time.date()
    (again,) = jobs(world.datasets, world.store, date(2020, 1, 1))
    assert again.asks[0].checked == date(2020, 1, 1)


@pytest.mark.parametrize("language", list(Language))
def test_the_summary_reads_in_both_languages(world, language):
    outcomes = list(world.fetch().values())
    assert "2015" in summary(outcomes, language)


def test_another_source_is_told_as_such_and_is_no_revision(world):
    """The folder's own figures came from elsewhere: what differs is a question with its size."""
    from vagvisare.sources.contract import Cell, Receipt, Table
    from vagvisare.terms.period import Period

    receipt = Receipt("share", "Andel", "Påhittad", "blankett 7", "", "percent", date(2026, 1, 1), "", "", 2, "0" * 64)
    cells = (Cell("18", Period.year(2020), "T", "", 54.0), Cell("18", Period.year(2021), "T", "", 55.4))
    world.store.record(Table(receipt, cells))
    outcome = world.fetch()["share"]
    assert outcome.state is State.NEW
    (alarm,) = [each for each in outcome.alarms if each.change == "source"]
    assert "förut från ”blankett 7”" in alarm.what.sv
    assert "från 54,0 till 55,0\u00a0procent" in alarm.what.sv
    assert [each.kind for each in questions(world.store, "share", only_open=True)] == ["source"]
    world.later()
    assert world.fetch()["share"].alarms == ()
    assert len(questions(world.store, "share", only_open=True)) == 1, "it stays until somebody answers"
