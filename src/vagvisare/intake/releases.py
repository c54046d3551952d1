"""When the next figures are to be had: the source's own calendar first, else the producer's usual month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from vagvisare.terms.period import Period

GRACE = timedelta(days=7)
"""A release may be this late before anyone is told: calendars slip by a few days."""

KnownFrom = Callable[[Period], date]
"""A producer's release rule: from which day the figure of a period is taken as known."""


@dataclass(frozen=True, slots=True)
class Due:
    """The next release: which day, for which period where a rule says so, and whether the source says it itself."""

    day: date
    period: Period | None = None
    by_source: bool = False

    def late(self, today: date) -> int:
        """Return how many days have passed since the day; 0 on the day and before."""
        return max(0, (today - self.day).days)


def rhythm(periods: Iterable[Period]) -> int:
    """Return how many years usually lie between two periods; 1 when there is nothing to tell by."""
    ends = sorted({period.end for period in periods})
    steps = Counter(later - earlier for earlier, later in pairwise(ends))
    # Among equally usual steps the longer: better to expect late than to complain early.
    return max(steps, key=lambda step: (steps[step], step)) if steps else 1


def following(latest: Period, step: int = 1) -> Period:
    """Return the period that comes after ``latest`` in a rhythm of ``step`` years."""
    return Period(latest.start + step, latest.end + step)


def next_due(
    latest: Period | None,
    step: int = 1,
    *,
    announced: date | None = None,
    updated: str = "",
    known_from: KnownFrom | None = None,
) -> Due | None:
    """Return when the next figures are due; None when neither the source nor a rule says.

    A day that the source has announced counts until it has updated the table on that day or later; after that the rule
    stands in until a new day is announced.
    """
    if announced is not None and not _came(announced, updated):
        return Due(announced, by_source=True)
    if latest is None or known_from is None:
        return None
    period = following(latest, step)
    return Due(known_from(period), period)


def missed(latest: Period, step: int, known_from: KnownFrom, today: date) -> tuple[Period, ...]:
    """Return the periods that by the rule ought to be known by ``today`` (with grace) and are later than ``latest``."""
    found: list[Period] = []
    period = following(latest, step)
    while period.end <= today.year and known_from(period) + GRACE < today:
        found.append(period)
        period = following(period, step)
    return tuple(found)


def _came(announced: date, updated: str) -> bool:
    """Tell whether the source's stamp is of the announced day or later; a stamp that is no date tells nothing."""
    try:
        return date.fromisoformat(updated[:10]) >= announced
    except ValueError:
        return False
