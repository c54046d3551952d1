"""The distance between women and men in each indicator and territory, judged as ``assessment.gaps`` judges it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vagvisare.assessment import kernels
from vagvisare.assessment.judgement import GapVerdict, Verdict
from vagvisare.engines.contracts import Book
from vagvisare.engines.figures import Codes, Flags, Floats, Ragged, Whole
from vagvisare.engines.layout import GAPS

WOMEN, MEN = "K", "M"

_VERDICTS = {
    Verdict.IMPROVING: GapVerdict.SHRINKING,
    Verdict.WORSENING: GapVerdict.WIDENING,
    Verdict.UNCHANGED: GapVerdict.UNCHANGED,
    Verdict.UNDETERMINED: GapVerdict.UNDETERMINED,
}
GAP_OF = np.array([GAPS.index(_VERDICTS[verdict]) for verdict in kernels.VERDICTS], dtype=np.int32)
"""The code of a gap's verdict by the code of its trend's: a distance is better the smaller it is."""

UNDETERMINED = GAPS.index(GapVerdict.UNDETERMINED)
SHRINKING = GAPS.index(GapVerdict.SHRINKING)
WORSENING = kernels.VERDICTS.index(Verdict.WORSENING)


class Gaps(NamedTuple):
    """Distances women − men, arrays of length k; ``total`` is the series of everybody that carries each."""

    total: Whole
    period: Whole
    difference: Floats
    first_period: Whole
    first_difference: Floats
    verdict: Codes
    p: Floats
    levelling_down: Flags


class _Differences(NamedTuple):
    """Women minus men over the years both have; series i is ``offsets[i]:offsets[i + 1]``, none is empty."""

    total: Whole
    women: Whole
    men: Whole
    offsets: Whole
    periods: Whole
    signed: Floats


def gaps(series: Ragged, verdicts: Codes, book: Book, threads: int | None = None) -> Gaps:
    """Judge the distance between women and men wherever there is a total, and both share a year.

    Args:
        series: whole indicators.
        verdicts: code of each series' own verdict, to see who gets worse when a gap shrinks.
        book: the contracts.
        threads: for the kernels.
    """
    found = _differences(series)
    row = book.rows(series.indicator.words)[series.indicator.codes[found.total]]
    last = found.offsets[1:] - 1
    asked = book.gap_contracts(row, found.periods[last])
    judged = kernels.judge(
        np.abs(found.signed), found.periods.astype(np.float64), found.offsets, asked, threads=threads
    )
    start = np.where(judged.n > 0, found.offsets[1:] - judged.n, last)
    side, crosses = _sides(found, start)
    verdict = np.where(crosses, UNDETERMINED, GAP_OF[judged.verdict]).astype(np.int32)
    # Where neither is ahead, or neither way is better, nobody's verdict can be that things get worse.
    ahead = np.where(side * book.direction[row] > 0, found.women, found.men)
    return Gaps(
        total=found.total,
        period=found.periods[last],
        difference=found.signed[last],
        first_period=found.periods[start],
        first_difference=found.signed[start],
        verdict=verdict,
        p=judged.p,
        levelling_down=(verdict == SHRINKING) & (verdicts[ahead] == WORSENING),
    )


def _differences(series: Ragged) -> _Differences:
    sex, background = series.sex, series.background
    total = np.flatnonzero(series.everybody)
    women, men = (
        series.place(series.indicator.codes[total], series.territory.codes[total], sex.code(who), background.code(""))
        for who in (WOMEN, MEN)
    )
    both = (women >= 0) & (men >= 0)
    total, women, men = total[both], women[both], men[both]
    first, years = _span(series)
    signed = _grid(series, women, first, years) - _grid(series, men, first, years)
    shared = np.isfinite(signed)
    some = shared.any(axis=1)
    offsets = np.concatenate([[0], np.cumsum(shared[some].sum(axis=1))]).astype(np.int64)
    periods = (np.nonzero(shared)[1] + first).astype(np.int64)
    return _Differences(total[some], women[some], men[some], offsets, periods, signed[shared])


def _span(series: Ragged) -> tuple[int, int]:
    if not len(series.periods):
        return 0, 1
    first = int(series.periods.min())
    return first, int(series.periods.max()) - first + 1


def _grid(series: Ragged, chosen: Whole, first: int, years: int) -> Floats:
    """Return the figures of ``chosen`` series, one row a series and one column a year; NaN where there is none."""
    grid = np.full((len(chosen), years), np.nan)
    sizes = np.diff(series.offsets)[chosen]
    row = np.repeat(np.arange(len(chosen)), sizes)
    within = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    place = np.repeat(series.offsets[:-1][chosen], sizes) + within
    grid[row, series.periods[place] - first] = series.values[place]
    return grid


def _sides(found: _Differences, start: Whole) -> tuple[Whole, Flags]:
    """Tell on which side of nought the distance lies through the window that begins at ``start``.

    Returns:
        1 where women are at or above men throughout and somewhere above, −1 the other way round, else 0; and whether
        women and men change places inside the window.
    """
    if not len(found.total):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
    inside = np.arange(len(found.signed)) >= np.repeat(start, np.diff(found.offsets))
    # Nought stands for what lies outside: it is neither below nor above.
    signed = np.where(inside, found.signed, 0.0)
    below = np.minimum.reduceat(signed, found.offsets[:-1]) < 0
    above = np.maximum.reduceat(signed, found.offsets[:-1]) > 0
    crosses: Flags = below & above
    return np.where(crosses, 0, above.astype(np.int64) - below), crosses
