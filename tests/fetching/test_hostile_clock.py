"""Clocks that are wrong: the order in which figures came is kept, or nothing is recorded and a sentence says why."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from vagvisare.intake.clocks import SKEW, moment_of
from vagvisare.intake.report import State
from vagvisare.observations.upkeep import verify
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Language


def value_of(world, day=None):
    """Örebro County 2020, now or as known on a day."""
    if day is None:
        rows = world.store.figures(world.store.latest("share")).to_pylist()
        return next(r["value"] for r in rows if (r["territory"], r["start"], r["sex"]) == ("18", 2020, "T"))
    snapshot = world.store.as_of(day, {})
    return next(
        (
            figure
            for key, series in snapshot.panel.items()
            if (key.territory, key.sex) == ("18", "T")
            for period, figure in zip(series.periods, series.values, strict=True)
            if period.end == 2020
        ),
        None,
    )


@pytest.mark.parametrize("back", [timedelta(seconds=5), timedelta(hours=1), timedelta(hours=7), timedelta(hours=23)])
def test_a_clock_that_is_a_little_behind_keeps_the_order(world, back):
    world.fetch()
    world.revise("0018", 2020, 55.9)
    world.time -= back
    assert world.fetch()["share"].state is State.REVISED
    assert value_of(world) == 55.9
    first, second = world.store.receipts("share")
    assert (first.recorded, first.fetched) < (second.recorded, second.fetched)
    assert verify(world.store) == ()


def test_two_fetches_in_the_same_moment_keep_the_order(world):
    world.fetch()
    for figure in (55.9, 55.8, 55.7):
        world.revise("0018", 2020, figure)
        assert world.fetch()["share"].state is State.REVISED
        assert value_of(world) == figure


@pytest.mark.parametrize("language", list(Language))
def test_a_clock_that_is_far_behind_records_nothing_and_says_why(world, language):
    world.fetch()
    good = world.store.latest("share")
    world.revise("0018", 2020, 55.9)
    world.time -= timedelta(days=40)
    outcome = world.fetch()["share"]
    assert outcome.state is State.FAILED
    said = outcome.error.message(language)
    assert "2026-12-01" in said
    assert "2026-10-22" in said
    assert world.store.receipts("share") == (good,)
    world.time += timedelta(days=41)
    assert world.fetch()["share"].state is State.REVISED, "once the clock is right, what came meanwhile is found"
    assert value_of(world) == 55.9


def test_a_check_from_tomorrow_hides_no_revision(world):
    world.fetch()
    world.later(3)
    assert world.fetch()["share"].state is State.UNCHANGED
    world.time -= timedelta(days=2)  # now it is right, and the check before was from the day after tomorrow
    world.revise("0018", 2020, 55.9)
    assert world.fetch()["share"].state is State.REVISED


def test_accepting_on_a_clock_that_is_behind_still_counts(world):
    world.fetch()
    world.later()
    world.kolada.rows[:] = [
        type(row)(row.kpi, row.unit, row.year, row.value * 1000, row.gender, changed=world.time.date().isoformat())
        for row in world.kolada.rows
    ]
    assert world.fetch()["share"].state is State.HELD
    (held,) = world.store.held("share")
    world.store.release(held, by="Eva", why="Klockan gick fel", on=date(2026, 11, 1))
    assert world.store.latest("share").confirmed_by == "Eva"


def test_the_last_minute_of_the_year(world):
    world.time = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
    world.fetch()
    world.revise("0018", 2020, 55.9)
    world.time = datetime(2027, 1, 1, 0, 1, tzinfo=UTC)
    assert world.fetch()["share"].state is State.REVISED
    assert [receipt.recorded for receipt in world.store.receipts("share")] == [date(2026, 12, 31), date(2027, 1, 1)]
    assert value_of(world, date(2026, 12, 31)) == 55.0
    assert value_of(world, date(2027, 1, 1)) == 55.9


def test_the_night_the_clocks_are_set_back_has_one_order(world):
    # In Sweden 02:30 comes twice on 25 October 2026; in UTC it is 00:30 and 01:30.
    summer, winter = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
    world.time = datetime(2026, 10, 25, 2, 30, tzinfo=summer).astimezone(UTC)
    world.fetch()
    world.revise("0018", 2020, 55.9)
    world.time = datetime(2026, 10, 25, 2, 30, tzinfo=winter).astimezone(UTC)
    assert world.fetch()["share"].state is State.REVISED
    assert value_of(world) == 55.9


def test_a_vintage_dated_in_the_future_stops_what_would_come_before_it(world):
    world.fetch()
    now = world.time
    assert moment_of(world.store, "share", now + timedelta(hours=1)) == now + timedelta(hours=1)
    assert moment_of(world.store, "share", now) > now
    assert moment_of(world.store, "share", now - SKEW) > now
    with pytest.raises(FigureError, match="klocka"):
        moment_of(world.store, "share", now - SKEW - timedelta(seconds=1))
    assert moment_of(world.store, "another", now) == now
