"""Pulling the cable at any moment loses nothing, and leaves a sentence that says what to do."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from pathlib import Path

import pytest

from vagvisare.intake import run
from vagvisare.intake.plan import jobs
from vagvisare.intake.report import State, exit_code, summary
from vagvisare.observations.store import Store
from vagvisare.observations.upkeep import verify
from vagvisare.observations.vintage import checksum
from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Language

PAGES = 5
"""44 figures' units and years, ten a page."""


def hang_up(_):
    from replies.server import Response

    return Response(hang_up=True)


def cut(answer):
    return replace(answer, cut_after=len(answer.body) // 2, close=True)


def truncated(answer):
    return replace(answer, body=answer.body[: len(answer.body) // 2])


def page_of_html(_):
    from replies.server import Response

    return Response(200, b"<!doctype html><html><body>Underh\xc3\xa5ll</body></html>", "text/html")


def broken_server(_):
    from replies.server import Response

    return Response.of({"detail": "Internal Server Error"}, 500)


def busy(_):
    from replies.server import Response

    return Response.of({"detail": "Too many requests"}, 429, headers={"Retry-After": "0"})


def another_form(_):
    from replies.server import Response

    return Response.of({"rows": [{"kpi": "N00001"}], "total": 1})


FAULTS = [hang_up, cut, truncated, page_of_html, broken_server, busy, another_form]


def whole(world):
    """What is fetched when nothing goes wrong: how many calls it takes, and the checksum of the figures."""
    start = world.line.calls
    other = Store(world.store.root.parent / "whole")
    (outcome,) = run.fetch(jobs(world.datasets, other), world.room(store=other))
    assert outcome.state is State.NEW
    return world.line.calls - start, other.latest("share").sha256


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_at_every_call(world, fault):
    world.kolada.page = 10
    needed, expected = whole(world)
    assert needed >= PAGES
    for calls in range(needed):
        world.store = Store(world.store.root.parent / f"{fault.__name__}-{calls}")
        world.line.pull(calls, fault)
        outcome = world.fetch()["share"]
        assert outcome.state is State.FAILED, f"after {calls} calls"
        assert exit_code([outcome]) == 7
        for language in Language:
            assert outcome.error.remedy.to(language)
            said = " ".join(summary([outcome], language).split())
            assert " ".join(outcome.error.remedy.to(language).split()) in said
        assert world.store.latest("share") is None, "nothing half-fetched is in view"
        assert verify(world.store) == ()
        world.line.mend()
        before = world.line.calls
        assert world.fetch()["share"].state is State.NEW
        assert world.store.latest("share").sha256 == expected
        assert world.line.calls - before <= needed
        assert verify(world.store) == ()


def test_what_had_come_is_not_asked_for_again(world):
    world.kolada.page = 10
    needed, _ = whole(world)
    world.line.pull(needed - 1, hang_up)
    assert world.fetch()["share"].state is State.FAILED
    world.line.mend()
    before = world.line.calls
    assert world.fetch()["share"].state is State.NEW
    assert world.line.calls - before < needed - 1


def test_what_had_come_is_asked_for_again_when_it_is_old(world):
    world.kolada.page = 10
    needed, _ = whole(world)
    world.line.pull(needed - 1, hang_up)
    world.fetch()
    world.line.mend()
    world.later(2)
    before = world.line.calls
    assert world.fetch()["share"].state is State.NEW
    assert world.line.calls - before == needed


def test_the_last_good_figures_stand_while_a_refetch_fails(world):
    world.fetch()
    good = world.store.latest("share")
    for fault in FAULTS:
        world.later()
        world.revise("0018", 2020, 55.5 + FAULTS.index(fault) / 10)
        world.line.pull(1, fault)
        assert world.fetch()["share"].state in (State.FAILED, State.UNCHANGED)
        assert world.store.latest("share") == good
        world.line.mend()
    assert world.fetch()["share"].state is State.REVISED


def test_a_full_disk_is_a_sentence_and_loses_nothing(world, monkeypatch):
    world.fetch()
    good = world.store.latest("share")
    world.later()
    world.revise("0018", 2020, 55.9)
    written = type(world.store.place).write

    def full(self, name, body):
        raise OutputError("Skivan är full.", remedy="Gör plats och kör samma kommando igen.")

    monkeypatch.setattr(type(world.store.place), "write", full)
    try:
        outcome = world.fetch()["share"]
    finally:
        monkeypatch.setattr(type(world.store.place), "write", written)
    assert outcome.state is State.FAILED
    assert world.store.latest("share") == good
    assert verify(world.store) == ()
    assert world.fetch()["share"].state is State.REVISED


FETCH = textwrap.dedent(
    """
    import sys
    sys.path.insert(0, {here!r})
    from conftest import IMPATIENT, dataset
    from vagvisare.intake import run
    from vagvisare.intake.plan import jobs
    from vagvisare.observations.store import Store
    from vagvisare.sources.query import Settings
    store = Store({store!r})
    room = run.Room(store, {{"kolada": Settings({url!r}, 10000, 1.0)}}, environ={{}}, limits=IMPATIENT)
    print("go", flush=True)
    (outcome,) = run.fetch(jobs([dataset()], store), room)
    print(outcome.state, flush=True)
    """
)


def fetching(world, store):
    """Start a fetch in a process of its own."""
    code = FETCH.format(here=str(Path(__file__).parent), store=str(store), url=f"{world.server.url}/v3")
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "go\n"
    return process


def test_killed_at_any_moment(world):
    world.kolada.page = 10
    _, expected = whole(world)
    slow = world.kolada

    def slowly(request):
        return replace(slow(request), delay=0.02)

    world.line.handler = slowly
    for round_ in range(6):
        place = world.store.root.parent / f"killed-{round_}"
        process = fetching(world, place)
        time.sleep(0.03 + 0.05 * round_)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        store = Store(place)
        assert verify(store) == ()
        latest = store.latest("share")
        assert latest is None or latest.sha256 == expected
        world.store = store
        assert world.fetch()["share"].state in (State.NEW, State.UNCHANGED)
        assert store.latest("share").sha256 == expected
        assert checksum(store.figures(store.latest("share"))) == expected


def test_two_fetches_at_once_end_well(world):
    world.kolada.page = 10
    _, expected = whole(world)
    place = world.store.root.parent / "both"
    both = [fetching(world, place) for _ in range(2)]
    said = [process.communicate(timeout=60)[0].strip() for process in both]
    assert all(state in ("new", "unchanged") for state in said), said
    store = Store(place)
    assert store.latest("share").sha256 == expected
    assert len(store.receipts("share")) == 1
    assert verify(store) == ()


def test_stopping_leaves_the_rest_for_next_time(world):
    room = world.room()
    room.stop.set()
    (outcome,) = run.fetch(jobs(world.datasets, world.store), room)
    assert outcome.state in (State.SKIPPED, State.FAILED)
    assert world.store.receipts() == ()
    assert world.fetch()["share"].state is State.NEW
