"""When a failed call is made again."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replies.server import Response, Script
from vagvisare.sources.errors import LimitedError, UnreachableError
from vagvisare.sources.http import Limits
from vagvisare.sources.http.retry import SetbackError, asked_wait, next_wait

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def setback(wait=None):
    return SetbackError(UnreachableError("Det gick inte."), wait)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 5 ", 5),
        ("1.5", 1.5),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30),
        ("Sunday, 01-Mar-26 12:00:30 GMT", 30),
        ("Sun, 01 Mar 2026 13:00:30 +0100", 30),
        ("Sun, 01 Mar 2026 12:00:30 -0000", 30),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        ("inf", None),
        ("٣", None),
        ("9" * 5000, None),
        ("Sun, 99 Mar 2026 12:00:30 GMT", None),
    ],
)
def test_what_a_source_asks_for(said, seconds):
    assert asked_wait({"retry-after": said}, NOW) == seconds


def test_a_date_is_held_against_the_sources_own_clock():
    headers = {"retry-after": "Sun, 01 Mar 2026 09:00:10 GMT", "date": "Sun, 01 Mar 2026 09:00:00 GMT"}
    assert asked_wait(headers, NOW) == 10
    assert asked_wait(headers | {"date": "rubbish"}, NOW) == 0


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_header_gives_a_number_or_nothing(said, date):
    wait = asked_wait({"retry-after": said, "date": date}, NOW)
    assert wait is None or 0 <= wait < float("inf")


@settings(deadline=None)
@given(st.integers(0, 10_000_000))
def test_seconds_and_dates_say_the_same(seconds):
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert asked_wait({"retry-after": date}, NOW) == asked_wait({"retry-after": str(seconds)}, NOW) == seconds


@settings(deadline=None)
@given(
    tried=st.integers(1, 4), spent=st.floats(0, 500), asked=st.none() | st.floats(0, 120), seed=st.integers(0, 2**32)
)
def test_jitter_is_bounded_and_never_earlier_than_asked(tried, spent, asked, seed):
    limits = Limits()
    wait = next_wait(limits, tried, spent, setback(asked), random.Random(seed).uniform)
    if wait is None:
        assert spent + (asked or 0) + min(30, 2.0 ** (tried - 1)) > limits.budget
    elif asked is None:
        assert 0 <= wait <= min(limits.longest_wait, 2.0 ** (tried - 1))
    else:
        assert asked <= wait <= asked + 1


def test_jitter_is_full():
    draws = [next_wait(Limits(), 4, 0.0, setback(), random.Random(seed).uniform) for seed in range(2000)]
    assert 0 <= min(draws) < 0.1
    assert 7.9 < max(draws) <= 8
    assert sum(draws) / len(draws) == pytest.approx(4, abs=0.2)


def test_tries_time_and_patience_run_out():
    def most(_low, high):
        return high

    assert next_wait(Limits(tries=3), 2, 0.0, setback(), most) == 2
    assert next_wait(Limits(tries=3), 3, 0.0, setback(), most) is None
    assert next_wait(Limits(budget=10), 1, 9.5, setback(), most) is None
    assert next_wait(Limits(), 1, 0.0, setback(120), most) == 121
    assert next_wait(Limits(), 1, 0.0, setback(121), most) is None
    assert next_wait(Limits(tries=99), 50, 0.0, setback(), most) == 30


def test_retry_after_is_obeyed(local_server, wire_to, clock):
    date = format_datetime(clock.today() + timedelta(seconds=40), usegmt=True)
    faults = {1: Response(429, headers={"Retry-After": "9"}), 2: Response(503, headers={"Retry-After": date})}
    server = local_server(Script(lambda _: Response.of("here"), {"/a": faults}))
    assert wire_to(server.url).get("a").json() == "here"
    first, second = clock.waits
    assert 9 <= first <= 10
    assert 40 - first - 1 <= second <= 41


def test_a_source_that_wants_an_hour_is_left_alone_by_all(local_server, wire_to, clock):
    server = local_server(lambda _: Response(429, headers={"Retry-After": "3600"}))
    wire = wire_to(server.url)
    for _ in range(3):
        with pytest.raises(LimitedError, match="vänta 60 minuter") as caught:
            wire.get("a")
    assert "wait 60 minutes" in caught.value.what.en
    assert (len(server.log), clock.waits) == (1, [])
    clock.time += 3600
    with pytest.raises(LimitedError):
        wire.get("a")
    assert len(server.log) == 2


def test_the_budget_bounds_all_tries_together(local_server, wire_to, clock):
    server = local_server(lambda _: Response(429, headers={"Retry-After": "100"}))
    with pytest.raises(LimitedError):
        wire_to(server.url, limits=Limits(tries=99, budget=350)).get("a")
    assert len(server.log) == 4
    assert clock.now() - 1000 <= 350
