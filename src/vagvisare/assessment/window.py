"""Which points a trend is judged on: after the last break, at most fifteen (more where windows overlap)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from vagvisare.assessment.definition import Break
from vagvisare.assessment.effective import effective_size, overlapping
from vagvisare.assessment.judgement import Window
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series

LONGEST = 15
"""The most points a trend looks back on."""

LONGEST_OVERLAPPING = 25
"""The most overlapping windows a trend looks back on: of four years each they are worth fewer than seven points."""


def select(series: Series, breaks: Sequence[Break] = ()) -> Window:
    """Choose the points of ``series`` that a trend may use; figures that are not numbers count as missing.

    Since the last break that cuts (a break later than the latest figure has not happened yet), the last fifteen. Of
    windows of several years that share years the last twenty-five are used, and ``effective`` says what they are worth.
    """
    present = tuple(p for p, v in series if math.isfinite(v))
    return plan(present, tuple(breaks))


@lru_cache(maxsize=4096)
def plan(periods: tuple[Period, ...], breaks: tuple[Break, ...]) -> Window:
    """Choose among ``periods`` (in order of time); cached, as most series of an indicator share their periods."""
    cut = _last_cut(periods, breaks)
    since = tuple(p for p in periods if cut is None or p.start >= cut.at.start)
    since = _in_step(since)
    used = since[-(LONGEST_OVERLAPPING if overlapping(since) else LONGEST) :]
    return Window(used, effective_size(used), cut if cut is not None and periods[0].start < cut.at.start else None)


def _in_step(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """Leave out periods that lie within a later one: they measure part of the same years and have no place in order."""
    kept: list[Period] = []
    for period in reversed(periods):
        if not kept or (period.start < kept[-1].start and period.end < kept[-1].end):
            kept.append(period)
    return tuple(reversed(kept))


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
