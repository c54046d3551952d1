"""A PxWeb 1 server of ours, and a real wire to it on a clock where waiting takes no time."""

from __future__ import annotations

import contextlib
import threading
from datetime import UTC, datetime, timedelta

import pytest

from vagvisare.sources.http import HttpWire, Limits, Pace


class FakeClock:
    """Stands still until somebody waits."""

    def __init__(self):
        self.time = 1000.0
        self._lock = threading.Lock()

    def now(self):
        with self._lock:
            return self.time

    def today(self):
        return datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(seconds=self.now() - 1000.0)

    def wait(self, seconds, stop):
        if not stop.is_set():
            with self._lock:
                self.time += seconds


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def fake():
    from replies.pxweb1 import PxWeb1Server

    return PxWeb1Server()


@pytest.fixture
def wire_to(local_server, clock):
    """Return a factory: a real wire to a handler served locally, ``wire.server`` the server."""
    with contextlib.ExitStack() as wires:

        def make(handler, base="/api/v1/sv", **options):
            server = local_server(handler)
            options = {"configured": True, "environ": {}, "clock": clock, "limits": Limits(connect=5, read=5)} | options
            wire = wires.enter_context(HttpWire(server.url + base, Pace(100, 10.0, clock), **options))
            wire.server = server
            return wire

        yield make


class Memory:
    """Keeps replies as a store would."""

    def __init__(self):
        self.replies = {}

    def keep(self, request_key, reply):
        self.replies[request_key] = reply

    def kept(self, request_key):
        return self.replies.get(request_key)


@pytest.fixture
def memory():
    return Memory()
