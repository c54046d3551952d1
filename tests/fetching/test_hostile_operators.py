"""Careless and hurried operators: decisions hold, nothing is asked twice, and no check is lost on the way."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from vagvisare.intake import journal
from vagvisare.intake.plan import jobs
from vagvisare.intake.report import State, summary
from vagvisare.observations.store import Store
from vagvisare.observations.upkeep import verify
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Language


def times(world, factor):
    """Let everything at the source become so many times what it was."""
    today = world.time.date().isoformat()
    world.kolada.rows[:] = [replace(row, value=row.value * factor, changed=today) for row in world.kolada.rows]


def test_the_same_figures_by_another_question_are_what_the_next_are_held_against(world):
    from replies.kolada3 import kpi

    world.fetch()
    world.later()
    world.kolada.kpis.append(kpi("N00002"))
    world.kolada.rows += [replace(row, kpi="N00002") for row in world.kolada.rows]
    (query,) = world.datasets[0].queries
    dimensions = (replace(query.dimensions[0], values=("N00002",)), *query.dimensions[1:])
    world.datasets = [replace(world.datasets[0], queries=(replace(query, table="N00002", dimensions=dimensions),))]
    assert world.fetch()["share"].state is State.UNCHANGED
    assert world.store.latest("share").source_id == "kolada:N00002"
    assert not jobs(world.datasets, world.store)[0].must, "it has been asked, and answered"
    world.later()
    times(world, 1000)
    assert world.fetch()["share"].state is State.HELD, "the checks still have something to hold it against"


@pytest.mark.parametrize("language", list(Language))
def test_what_is_discarded_is_not_held_again_until_it_changes(world, language):
    world.fetch()
    world.later()
    times(world, 1000)
    assert world.fetch()["share"].state is State.HELD
    world.store.discard(world.store.held("share")[0], by="Bo", why="Fel enhet")
    for _ in range(3):
        world.later()
        outcome = world.fetch(since=world.time.date().replace(day=1))["share"]
        assert outcome.state is State.UNCHANGED
        assert "Bo" in summary([outcome], language)
        assert world.store.held("share") == ()
    world.later()
    times(world, 10)
    assert world.fetch()["share"].state is State.HELD, "other figures are another case"
    world.later()
    times(world, 0.0001)
    assert world.fetch()["share"].state in (State.UNCHANGED, State.REVISED, State.NEW)
    assert world.store.held("share") == (), "what has been overtaken waits for nobody"
    outcomes = [each["outcome"] for each in world.store.quarantine.decisions("share")]
    assert outcomes == ["discarded", "overtaken"]
    assert verify(world.store) == ()


def test_of_several_that_wait_the_newest_is_accepted(four, command):
    command("fetch", four.folder)
    store = Store(four.folder / "vintages")
    for factor in (1000, 2, 3):
        four.kolada.rows[:] = [replace(row, value=row.value * factor, changed="2099-01-01") for row in four.kolada.rows]
        assert command("fetch", four.folder)[0] == 8
    assert len(store.held("low_trust")) == 3
    newest = max(held.receipt.fetched for held in store.held("low_trust"))
    assert command("quarantine", "accept", four.folder, "low_trust", "--by", "Eva", "--why", "Så är det")[0] == 0
    assert store.latest("low_trust").fetched == newest
    code, _, err = command("quarantine", "accept", four.folder, "low_trust", "--by", "Eva", "--why", "Också")
    assert code == 4, "to accept an older one would be to go back"
    assert "Kasta dem" in err
    assert command("fetch", four.folder)[0] == 0
    assert store.held("low_trust") == ()


def test_a_decision_by_two_at_once_is_one_decision(world):
    for round_ in range(5):
        world.fetch()
        world.later()
        times(world, 1000 if round_ % 2 == 0 else 0.001)
        world.fetch()
        for held in world.store.held("share"):
            others = [Store(world.store.root) for _ in range(2)]
            today = world.time.date()
            decide = (
                lambda held=held, other=others[0], on=today: other.release(held, by="Anna", why="Rätt", on=on),
                lambda held=held, other=others[1]: other.discard(held, by="Bo", why="Fel"),
            )
            with ThreadPoolExecutor(2) as pool:
                for done in [pool.submit(each) for each in decide]:
                    with contextlib.suppress(FigureError):
                        done.result()
        assert world.store.held("share") == ()
        assert verify(world.store) == ()


def test_a_journal_that_is_damaged_costs_a_fetch_and_nothing_else(world):
    world.fetch()
    place = world.store.place
    for entry in list(world.store.papers.entries(journal.KIND)):
        place.write(entry.name, b"{")
    assert world.fetch()["share"].state is State.UNCHANGED
    assert journal.page(world.store, "share").failures == 0
