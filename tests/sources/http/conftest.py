"""Wires to local servers, on a clock where waiting takes no time."""

from __future__ import annotations

import contextlib
import threading
from datetime import UTC, datetime, timedelta

import pytest

from vagvisare.sources.http import HttpWire, Limits, Pace


class FakeClock:
    """Stands still until somebody waits. ``waits`` holds every wait in seconds."""

    def __init__(self):
        self.time = 1000.0
        self.waits = []
        self._lock = threading.Lock()

    def now(self):
        with self._lock:
            return self.time

    def today(self):
        return datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(seconds=self.now() - 1000.0)

    def wait(self, seconds, stop):
        if stop.is_set():
            return
        with self._lock:
            self.waits.append(seconds)
            self.time += seconds


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def wire_to(clock):
    """Return a factory of wires: configured, unpaced and on the fake clock unless told otherwise; lots are all even."""
    with contextlib.ExitStack() as wires:

        def make(base, *, calls=0, seconds=0.0, pace=None, **options):
            options = {"configured": True, "environ": {}, "clock": clock, "draw": _middle} | options
            options["limits"] = options.get("limits") or Limits(connect=5, read=10)
            return wires.enter_context(HttpWire(base, pace or Pace(calls, seconds, clock), **options))

        yield make


def _middle(low, high):
    return (low + high) / 2
