"""When a call that failed is made again: never too early, never all at once, and not for ever."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from vagvisare.sources.http.limits import Limits
from vagvisare.terms.errors import SourceError

IN_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may be other in a moment."""

_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?", re.ASCII)


class SetbackError(Exception):
    """A call failed in passing: what to say if it does not get better, and how long the source asked us to wait.

    ``unheard`` says that the source was not reached at all.
    """

    def __init__(self, error: SourceError, asked_wait: float | None = None, *, unheard: bool = False) -> None:
        super().__init__(str(error))
        self.error, self.asked_wait, self.unheard = error, asked_wait, unheard


def asked_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds of a Retry-After header (RFC 9110 §10.2.3: seconds, or a date); None when it says nothing.

    A date is held against the reply's own Date where there is one, so that our clock may be wrong.
    """
    said = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(said):
        return float(said)
    until = _moment(said)
    if until is None:
        return None
    return max(0.0, (until - (_moment(headers.get("date", "")) or now)).total_seconds())


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text.strip()[:100])
        # "-0000" is read as a time without zone; HTTP dates are always in UTC.
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def next_wait(
    limits: Limits, tried: int, spent: float, setback: SetbackError, draw: Callable[[float, float], float]
) -> float | None:
    """Return how long to wait before the next try, or None to give up.

    ``tried`` is the number of tries made, ``spent`` the seconds since the first began; ``draw`` returns a number
    evenly between two others ("full jitter": the threads of a fetch do not come back together).
    """
    if tried >= limits.tries:
        return None
    highest = min(limits.longest_wait, limits.first_wait * 2.0 ** (tried - 1))
    wait = draw(0.0, highest)
    if setback.asked_wait is not None:
        if setback.asked_wait > limits.longest_asked_wait:
            return None
        # What was asked, and then a little by lot.
        wait = setback.asked_wait + draw(0.0, min(1.0, highest))
    return wait if spent + wait <= limits.budget else None
