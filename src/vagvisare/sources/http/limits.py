"""How long we wait for a source, how much we take from it, and what the time is."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one call, in seconds, tries and bytes.

    ``connect`` and ``read`` bound the wait for a connection and for the next piece of an answer; ``reply`` the whole of
    one answer, however it drips. A call that fails in passing is tried ``tries`` times within ``budget`` seconds. The
    wait before try n + 1 is drawn evenly from nothing to ``first_wait`` · 2ⁿ⁻¹, at most ``longest_wait``; a source's
    own Retry-After is obeyed up to ``longest_asked_wait``, and beyond that the call is given up at once rather than
    made too early. ``body`` is the largest answer in bytes, unpacked; ``redirects`` how many are followed.
    """

    connect: float = 10.0
    read: float = 60.0
    reply: float = 300.0
    tries: int = 5
    budget: float = 600.0
    first_wait: float = 1.0
    longest_wait: float = 30.0
    longest_asked_wait: float = 120.0
    body: int = 300_000_000
    redirects: int = 5


class Clock(Protocol):
    """The time, and waiting: replaced in tests so that nobody waits."""

    def now(self) -> float:
        """Return seconds on a clock that only goes forward."""

    def today(self) -> datetime:
        """Return the time of day, in UTC; for dates in Retry-After."""

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Wait, but not after ``stop`` has been set."""


class RealClock:
    """The clock of this machine."""

    def now(self) -> float:
        """Return seconds on a clock that only goes forward."""
        return time.monotonic()

    def today(self) -> datetime:
        """Return the time of day, in UTC."""
        return datetime.now(UTC)

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Wait, but not after ``stop`` has been set."""
        stop.wait(seconds)
