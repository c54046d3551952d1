"""Which points a trend is judged on: after the last break, independent of each other, at most fifteen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from vagvisare.assessment.definition import Break
from vagvisare.assessment.judgement import Window
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series

LONGEST = 15
"""The most points a trend looks back on."""


def select(series: Series, breaks: Sequence[Break] = ()) -> Window:
    """Choose the points of ``series`` that a trend may use; figures that are not numbers count as missing.

    Since the last break that cuts (a break later than the latest figure has not happened yet). Windows of several
    years that share a year measure partly the same thing, so they are thinned backwards from the latest until no
    year is counted twice. Of what remains the last fifteen are used.
    """
    present = tuple(p for p, v in series if math.isfinite(v))
    return plan(present, tuple(breaks))


@lru_cache(maxsize=4096)
def plan(periods: tuple[Period, ...], breaks: tuple[Break, ...]) -> Window:
    """Choose among ``periods`` (in order of time); cached, as most series of an indicator share their periods."""
    cut = _last_cut(periods, breaks)
    since = tuple(p for p in periods if cut is None or p.start >= cut.at.start)
    used = independent(since)[-LONGEST:]
    available = sum(1 for p in since if used and p.start >= used[0].start)
    return Window(
        used=used,
        available=available,
        cut_by=cut if len(since) < len(periods) else None,
        thinned=len(used) < available,
    )


def independent(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Return the periods that share no year, counted backwards from the latest; oldest first."""
    kept: list[Period] = []
    for period in reversed(periods):
        if not kept or period.end < kept[-1].start:
            kept.append(period)
    return tuple(reversed(kept))


def years(window: Window) -> tuple[float, ...]:
    """Return the time axis: the middle of each period, in years after the middle of the first."""
    return tuple(period.middle - window.used[0].middle for period in window.used)


def _last_cut(periods: tuple[Period, ...], breaks: tuple[Break, ...]) -> Break | None:
    """Return the latest break that cuts and that the figures have reached."""
    if not periods:
        return None
    reached = [b for b in breaks if b.cuts and b.at.start <= periods[-1].start]
    return max(reached, key=lambda b: b.at, default=None)
