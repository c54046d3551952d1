"""The rules that are compared, each from a block of series to what it says: 1 rising, −1 falling, 0 neither."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import numpy.typing as npt
import pymannkendall

from honesty.worlds import OVERLAP, Floats, World
from vagvisare.assessment import kernels
from vagvisare.assessment.effective import effective_size, known_inflation
from vagvisare.assessment.judgement import Movement
from vagvisare.assessment.kernels.exact import table
from vagvisare.assessment.verdict import FEWEST_WORTH, SIGNIFICANT
from vagvisare.assessment.window import LONGEST_OVERLAPPING
from vagvisare.terms.period import Period

Signs = npt.NDArray[np.int8]
Rule = Callable[[World, Floats], Signs]

_SIGNS = np.array([{Movement.RISING: 1, Movement.FALLING: -1}.get(each, 0) for each in kernels.MOVEMENTS], np.int8)
FIRST_YEAR = 2000


def judged(world: World, y: Floats, earlier: npt.ArrayLike = kernels.NONE) -> kernels.Judgements:
    """Judge a block by the whole of our method: window, scale, test, verdict; higher is taken as better."""
    m, n = y.shape
    years = np.tile(np.arange(FIRST_YEAR, FIRST_YEAR + n, dtype=float), m)
    contracts = kernels.Contracts(scale=world.scale, direction=1, earlier=earlier)
    return kernels.judge(y.ravel(), years, np.arange(m + 1) * n, contracts, threads=1)


def signs_of(judgements: kernels.Judgements) -> Signs:
    """Return what the judgements say: 1 rising, −1 falling, 0 neither."""
    return _SIGNS[judgements.movement]


def ours(world: World, y: Floats) -> Signs:
    """Judge by our method as a follow-up does the first time, without an earlier verdict."""
    return _overlapping(y) if world.kind == "overlap" else signs_of(judged(world, y))


def _overlapping(y: Floats) -> Signs:
    """Judge windows of several years: the variance is known from the overlap, as ``request`` and ``window`` have it."""
    y = y[:, -LONGEST_OVERLAPPING:]
    m, n = y.shape
    periods = tuple(Period(FIRST_YEAR + i, FIRST_YEAR + i + OVERLAP - 1) for i in range(n))
    if effective_size(periods) < FEWEST_WORTH:
        return np.zeros(m, np.int8)
    years = np.tile([period.middle for period in periods], m)
    found = kernels.trend(y.ravel(), years, np.arange(m + 1) * n, inflation=known_inflation(periods), threads=1)
    return np.where((found.p < SIGNIFICANT) & (found.slope != 0), np.sign(found.s), 0).astype(np.int8)


def mann_kendall(_: World, y: Floats) -> Signs:
    """Judge by the exact test of Mann and Kendall alone, for figures that all differ."""
    s = counts(y)
    p = table((1,) * y.shape[1])[np.abs(s)]
    return np.where(p < SIGNIFICANT, np.sign(s), 0).astype(np.int8)


def counts(y: Floats) -> npt.NDArray[np.int64]:
    """Return later-is-higher pairs minus later-is-lower pairs of every series."""
    s = np.zeros(len(y), np.int64)
    for lag in range(1, y.shape[1]):
        s += np.sign(y[:, lag:] - y[:, :-lag]).astype(np.int64).sum(axis=1)
    return s


def last_change(_: World, y: Floats) -> Signs:
    """Believe the latest change."""
    return np.sign(y[:, -1] - y[:, -2]).astype(np.int8)


def ends(_: World, y: Floats) -> Signs:
    """Believe the first and the last figure: the sign of the growth a year between them."""
    return np.sign(y[:, -1] - y[:, 0]).astype(np.int8)


def five_changes(_: World, y: Floats) -> Signs:
    """Believe the mean of the last five changes."""
    return np.sign(y[:, -1] - y[:, -6]).astype(np.int8)


def xmr(_: World, y: Floats) -> Signs:
    """Judge the latest point by the four rules of the XmR chart, in their order; blocks without missing figures."""
    mean = y.mean(axis=1)
    width = 2.66 * _screened(np.abs(np.diff(y, axis=1)))
    side = np.sign(y - mean[:, None]).astype(np.int8)
    size = np.abs(y - mean[:, None])
    outside = (width[:, None] > 0) & (size > width[:, None])
    near = (width[:, None] > 0) & ~outside & (size > width[:, None] * 2 / 3)
    two = near[:, -1] & (near[:, -3:].sum(axis=1) >= 2) & (np.abs(side[:, -3:].sum(axis=1)) == 3)
    one_side = (side[:, -7:] == side[:, -1:]).all(axis=1) & (y.shape[1] >= 7)
    steps = np.sign(np.diff(y[:, -7:], axis=1)).astype(np.int8)
    monotone = (steps == steps[:, :1]).all(axis=1) & (y.shape[1] >= 7)
    chosen = [outside[:, -1], monotone, two | one_side]
    return np.select(chosen, [side[:, -1], steps[:, -1], side[:, -1]], default=0).astype(np.int8)


def _screened(ranges: Floats) -> Floats:
    """Return the mean moving range, ranges of 3.267 times the mean or more left out once."""
    kept = ranges < 3.267 * ranges.mean(axis=1, keepdims=True)
    total: Floats = np.where(kept, ranges, 0.0).sum(axis=1) / np.maximum(kept.sum(axis=1), 1)
    return total


FAST: Mapping[str, Rule] = {
    "ours": ours,
    "mann_kendall": mann_kendall,
    "last_change": last_change,
    "ends": ends,
    "five_changes": five_changes,
    "xmr": xmr,
}
"""Rules for whole blocks."""

PACKAGED: Mapping[str, Callable[..., pymannkendall.Mann_Kendall_Test]] = {
    "hamed_rao": pymannkendall.hamed_rao_modification_test,
    # With every lag, its setting unless told otherwise, it calls a third of short series without a trend a trend.
    "yue_wang": partial(pymannkendall.yue_wang_modification_test, lag=1),
    "prewhitening": pymannkendall.trend_free_pre_whitening_modification_test,
}
"""Tests of the package pymannkendall, one series at a time; Yue and Wang with the one lag that suits them best."""

_WAYS = {"increasing": 1, "decreasing": -1, "no trend": 0}


def packaged(name: str, y: Floats) -> Signs:
    """Judge series by a packaged test at the five per cent level."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # The widened variance of a short series can come out negative; the package then finds no trend.
        warnings.simplefilter("ignore")
        return np.array([_WAYS[PACKAGED[name](row, alpha=SIGNIFICANT).trend] for row in y], np.int8)
