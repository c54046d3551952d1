"""How often a source is asked: one pace for all threads and all wires of the same source in this process."""

from __future__ import annotations

import threading
from collections import deque

from vagvisare.sources.http.limits import Clock, RealClock
from vagvisare.sources.http.sentences import StoppedError

_SLACK = 0.1
"""Seconds added to the window: calls that leave a window apart can arrive closer, and the source counts arrivals."""


class Pace:
    """At most ``calls`` in any stretch of ``seconds``; 0 of either means no limit.

    Stricter than a bucket that fills steadily: that one lets through nearly twice as many in a bad stretch, and a
    source that counts would answer with 429.
    """

    def __init__(self, calls: int, seconds: float, clock: Clock | None = None) -> None:
        self.clock: Clock = clock or RealClock()
        self.calls, self.seconds = calls, seconds
        self._taken: deque[float] = deque()
        self._held_until = 0.0
        self._shut_until = 0.0
        self.unheard = False
        """The source could not be reached when last asked, however often: then one try is enough to know."""
        self._lock = threading.Lock()

    def take(self, stop: threading.Event) -> None:
        """Wait for a turn.

        Raises:
            StoppedError: when ``stop`` is set before it comes.
        """
        while True:
            if stop.is_set():
                raise StoppedError.now()
            wait = self._try()
            if wait <= 0:
                return
            self.clock.wait(wait, stop)

    def tighten(self, calls: int, seconds: float) -> None:
        """Slow down to what the source says it allows; never speed up."""
        if calls <= 0 or seconds <= 0:
            return
        with self._lock:
            unlimited = self.calls <= 0 or self.seconds <= 0
            if unlimited or calls / seconds < self.calls / self.seconds:
                self.calls, self.seconds = calls, seconds

    def hold(self, seconds: float) -> None:
        """Let nobody ask for so long: the source has said that it is too much."""
        with self._lock:
            self._held_until = max(self._held_until, self.clock.now() + seconds)

    def shut(self, seconds: float) -> None:
        """Remember that the source will take no questions for longer than anyone cares to wait."""
        with self._lock:
            self._shut_until = max(self._shut_until, self.clock.now() + seconds)

    def shut_for(self) -> float:
        """Return how many seconds that lasts yet; 0 when the source may be asked."""
        with self._lock:
            return max(0.0, self._shut_until - self.clock.now())

    def _try(self) -> float:
        """Take a turn now and return 0, or return how long until there may be one."""
        with self._lock:
            now = self.clock.now()
            if now < self._held_until:
                return self._held_until - now
            if self.calls <= 0 or self.seconds <= 0:
                return 0.0
            window = self.seconds + min(_SLACK, self.seconds * _SLACK)
            while self._taken and self._taken[0] + window <= now:
                self._taken.popleft()
            if len(self._taken) >= self.calls:
                # After tightening there can be more in the window than are now allowed.
                return self._taken[len(self._taken) - self.calls] + window - now
            self._taken.append(now)
            return 0.0


_paces: dict[tuple[str, str], Pace] = {}
_paces_lock = threading.Lock()


def pace_of(source: str, base: str, calls: int, seconds: float) -> Pace:
    """Return the pace shared by every wire of a source at one address; the slowest that anyone asked for."""
    with _paces_lock:
        pace = _paces.setdefault((source, base), Pace(calls, seconds))
    pace.tighten(calls, seconds)
    return pace
