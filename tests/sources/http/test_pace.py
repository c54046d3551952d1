"""How often a source is asked, counted on a clock of our own: never more than allowed in any stretch of time."""

import threading
from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replies.server import Response, Script
from vagvisare.sources.http import Pace, StoppedError
from vagvisare.sources.http.pace import pace_of


class StillClock:
    """A clock that only waiting moves."""

    def __init__(self):
        self.time = 0.0
        self.lock = threading.Lock()

    def now(self):
        with self.lock:
            return self.time

    def wait(self, seconds, _stop):
        with self.lock:
            self.time += seconds


def most_in_a_stretch(times, seconds):
    times = sorted(times)
    return max(sum(1 for later in times[i:] if later < start + seconds) for i, start in enumerate(times))


def taken(pace, stop, count):
    times = []
    for _ in range(count):
        pace.take(stop)
        times.append(pace.clock.now())
    return times


@settings(deadline=None)
@given(
    calls=st.integers(1, 7),
    seconds=st.floats(0.1, 60),
    pauses=st.lists(st.floats(0, 20), min_size=5, max_size=40),
)
def test_never_more_than_allowed_in_any_stretch(calls, seconds, pauses):
    clock, stop, times = StillClock(), threading.Event(), []
    pace = Pace(calls, seconds, clock)
    for pause in pauses:
        clock.wait(pause, stop)
        times += taken(pace, stop, 1)
    assert most_in_a_stretch(times, seconds) <= calls


def test_a_pace_is_used_to_the_full():
    clock = StillClock()
    times = taken(Pace(5, 1.0, clock), threading.Event(), 50)
    # Nine windows after the first, each with its slack.
    assert times[-1] == pytest.approx(9 * 1.1)


class Turns(deque):
    """The pace's own record of turns, with none forgotten."""

    def __init__(self):
        super().__init__()
        self.all = []

    def append(self, turn):
        super().append(turn)
        self.all.append(turn)


def test_twenty_threads_share_a_pace():
    clock, stop = StillClock(), threading.Event()
    pace = Pace(10, 10.0, clock)
    pace._taken = turns = Turns()
    threads = [threading.Thread(target=lambda: [pace.take(stop) for _ in range(5)]) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(turns.all) == 100
    assert most_in_a_stretch(turns.all, 10.0) <= 10


def test_no_limit_means_no_waiting():
    clock = StillClock()
    for pace in (Pace(0, 10, clock), Pace(10, 0, clock)):
        taken(pace, threading.Event(), 1000)
    assert clock.now() == 0


def test_tightening_slows_down_at_once_and_never_speeds_up():
    clock, stop = StillClock(), threading.Event()
    pace = Pace(10, 10.0, clock)
    taken(pace, stop, 10)
    pace.tighten(2, 10.0)
    later = taken(pace, stop, 4)
    assert most_in_a_stretch(later, 10.0) <= 2
    for calls, seconds in ((100, 10.0), (0, 10.0), (5, 0.0), (-1, 1.0)):
        pace.tighten(calls, seconds)
        assert (pace.calls, pace.seconds) == (2, 10.0)
    unlimited = Pace(0, 0.0, clock)
    unlimited.tighten(3, 1.0)
    assert (unlimited.calls, unlimited.seconds) == (3, 1.0)


def test_a_held_pace_lets_nobody_ask():
    clock, stop = StillClock(), threading.Event()
    pace = Pace(0, 0.0, clock)
    pace.hold(30)
    pace.hold(10)
    pace.take(stop)
    assert clock.now() == pytest.approx(30)


def test_stopping_ends_the_wait_for_a_turn():
    stop = threading.Event()
    pace = Pace(1, 3600.0)
    pace.take(stop)
    stopped = []

    def wait():
        try:
            pace.take(stop)
        except StoppedError as error:
            stopped.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    stop.set()
    waiting.join(10)
    assert len(stopped) == 1


def test_wires_of_the_same_source_share_a_pace():
    first = pace_of("pacetest", "https://a.example", 10, 10.0)
    assert pace_of("pacetest", "https://a.example", 5, 10.0) is first
    assert first.calls == 5
    assert pace_of("pacetest", "https://b.example", 10, 10.0) is not first
    assert pace_of("other", "https://a.example", 10, 10.0) is not first


def test_a_wire_asks_no_faster_than_its_pace(local_server, wire_to, clock):
    server = local_server(lambda _: Response.of(1))
    wire = wire_to(server.url, calls=2, seconds=10.0)
    for _ in range(6):
        wire.get("a")
    assert clock.now() - 1000 == pytest.approx(2 * 10.1)
    wire.tighten(1, 60.0)
    wire.get("a")
    assert clock.now() - 1000 >= 2 * 10.1 + 60


def test_a_pause_the_source_asks_for_holds_for_everyone(local_server, wire_to, clock):
    busy = Response(429, headers={"Retry-After": "7"})
    server = local_server(Script(lambda _: Response.of(1), {"/a": {1: busy}}))
    pace = Pace(0, 0.0, clock)
    held = []
    pace.hold = held.append
    wire_to(server.url, pace=pace).get("a")
    assert held == [7.5]
