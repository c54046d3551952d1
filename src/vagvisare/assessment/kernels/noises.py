"""Is the latest change larger than the process's own noise? ``noise`` for many series, without samples."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from vagvisare.assessment.closer.intervals import student
from vagvisare.assessment.closer.noise import FEWEST_FOR_PROCESS, FREEDOM
from vagvisare.assessment.closer.xmr import SCREEN
from vagvisare.assessment.kernels.blocks import by_length, gathered
from vagvisare.assessment.kernels.scales import from_model, steepness, to_model
from vagvisare.assessment.kernels.shapes import NONE, Codes, Floats, Marks, Ragged, Whole
from vagvisare.assessment.kernels.windows import Judged, Terms, Windows
from vagvisare.assessment.path import MOVING_RANGE

_MOST_DECIMALS = 6


class Noises(NamedTuple):
    """The latest changes of m series and the margins of noise, in the own unit; NaN and NONE where there is none."""

    latest_change: Floats
    process_margin: Floats
    news: Codes


def noises(series: Ragged, windows: Windows, terms: Terms, trends: Judged) -> Noises:
    """Measure the latest change of every series, and what the process alone may change it by."""
    m = len(windows.n)
    found = Noises(np.full(m, np.nan), np.full(m, np.nan), np.full(m, NONE, dtype=np.int8))
    finest = rounding_step(series)
    for n, rows in by_length(windows.n):
        if n < 2:
            continue
        figures = gathered(series.values, windows.end[rows], n)
        years = gathered(series.periods, windows.end[rows], n)
        change = figures[:, -1] - figures[:, -2]
        found.latest_change[rows] = change
        if n < FEWEST_FOR_PROCESS:
            continue
        scale, limits = trends.scale[rows], terms.limits.at(rows)
        model = to_model(figures[:, :-1], scale, limits)
        beside = model - trends.fit.slope[rows][:, None] * (years[:, :-1] - years[:, -2:-1])
        step = finest[rows] * steepness(figures[:, -2], scale, limits)
        floor = np.maximum(step, 1e-9 * np.ptp(model, axis=1) + 1e-12 * np.abs(model).max(axis=1))
        sd = _usual(np.abs(np.diff(beside, axis=1)) / MOVING_RANGE, floor)
        reach = student(FREEDOM * (n - 2)) * math.sqrt(2) * sd
        margin = np.abs(from_model(model[:, -1] + np.copysign(reach, change), scale, limits) - figures[:, -2])
        found.process_margin[rows] = margin
        last_break = terms.last_break[rows]
        broken = (years[:, -2] < last_break) & (last_break <= years[:, -1])
        found.news[rows] = np.where(broken, NONE, np.abs(change) > margin)
    return found


def _usual(ranges: Floats, floor: Floats) -> Floats:
    """Return the mean of each row, ranges far above it left out once, unless no more than ``floor`` then is left."""
    mean = ranges.mean(axis=1)
    kept = ranges < SCREEN * mean[:, None]
    screened = np.where(kept, ranges, 0.0).sum(axis=1) / np.maximum(kept.sum(axis=1), 1)
    usual: Floats = np.maximum(np.where(screened > floor, screened, mean), floor)
    return usual


def rounding_step(series: Ragged, rows: Whole | None = None) -> Floats:
    """Return the step the figures of each series look rounded to: 1, 0.1, … to a millionth; 0 where they are finer.

    Args:
        series: the series, all their figures counting.
        rows: which of them; None for all.
    """
    left = np.arange(len(series.n)) if rows is None else rows
    steps, where = np.zeros(len(left)), np.arange(len(left))
    for decimals in range(_MOST_DECIMALS + 1):
        rounded = np.ones(len(left), dtype=bool)
        for n, here in by_length(series.n[left]):
            if n:
                figures = gathered(series.values, series.end[left[here]], n)
                rounded[here] = _are_rounded(figures, decimals)
        steps[where[rounded]] = 10.0**-decimals
        left, where = left[~rounded], where[~rounded]
        if not len(left):
            break
    return steps


def _are_rounded(figures: Floats, decimals: int) -> Marks:
    """Tell of each row whether every figure is what it is when rounded, but for the computer's rounding."""
    rounded = np.round(figures, decimals)
    size = np.maximum(np.abs(figures), np.abs(rounded))
    near: Marks = np.abs(figures - rounded) <= np.maximum(1e-12 * size, 1e-12)
    whole: Marks = np.logical_and.reduce(near, axis=1)
    return whole
