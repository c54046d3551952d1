"""Runs of changes the same way, and a latest change against the trend: ``shock`` and ``path`` for many series."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from vagvisare.assessment.judgement import Reason, Size
from vagvisare.assessment.kernels.blocks import by_length, gathered
from vagvisare.assessment.kernels.engine import Fit
from vagvisare.assessment.kernels.noises import rounding_step
from vagvisare.assessment.kernels.scales import fitting, steepness, to_model
from vagvisare.assessment.kernels.shapes import LOG, NONE, REASONS, SIZES, Codes, Floats, Marks, Ragged, Whole
from vagvisare.assessment.kernels.windows import FALLING, RISING, Judged, Terms, Windows, judged
from vagvisare.assessment.path import MOVING_RANGE, SHARP_CHANGE
from vagvisare.assessment.shock import BEYOND_NOISE

_NOTHING_EARLIER = np.int8(NONE)


class Runs(NamedTuple):
    """The runs of m series; NONE, 0 and NaN where there is none."""

    run_movement: Codes
    run_length: Whole
    run_since: Floats


class Reversals(NamedTuple):
    """The reversals of m series; NONE and NaN where there is none."""

    reversal: Codes
    reversal_change: Floats
    reversal_deviation: Floats


def runs(series: Ragged, since: Whole) -> Runs:
    """Count the changes in a row, ending with the latest, that went the same way, from the places ``since`` on."""
    m = len(since)
    way = np.sign(np.diff(series.values, prepend=np.nan))
    rows = np.flatnonzero(series.end - since > 1)
    rows = rows[way[series.end[rows] - 1] != 0]
    last = series.end[rows] - 1
    length = _unbroken(way, series, since, rows)
    movement, count, begun = np.full(m, NONE, dtype=np.int8), np.zeros(m, dtype=np.int64), np.full(m, np.nan)
    movement[rows] = np.where(way[last] > 0, RISING, FALLING)
    count[rows] = length
    begun[rows] = series.periods[last - length]
    return Runs(movement, count, begun)


def _unbroken(way: Floats, series: Ragged, since: Whole, rows: Whole) -> Whole:
    """Return how far back from each latest change the sign stays the same."""
    if not len(rows):
        return np.zeros(0, dtype=np.int64)
    latest = np.zeros(len(series.n))
    latest[rows] = way[series.end[rows] - 1]
    breaks = way != np.repeat(latest, series.n)
    # A series' first comparable figure has no change of its own: nothing goes on beyond it.
    breaks[since[series.end > since]] = True
    places = np.where(breaks, np.arange(len(way)), -1)
    last_break = np.maximum.accumulate(places)[series.end[rows] - 1]
    length: Whole = series.end[rows] - 1 - last_break
    return length


def reversals(series: Ragged, windows: Windows, terms: Terms, fit: Fit) -> Reversals:
    """Find the latest changes that go against the trend of the points before, and are larger than noise."""
    m = len(windows.n)
    found = Reversals(np.full(m, NONE, dtype=np.int8), np.full(m, np.nan), np.full(m, np.nan))
    prior_windows = Windows(np.maximum(windows.n - 1, 0), windows.end - 1)
    prior = judged(series, prior_windows, terms._replace(earlier=np.full(m, _NOTHING_EARLIER)), fit)
    rows = np.flatnonzero(prior.reason == REASONS.index(Reason.SIGNIFICANT))
    if not len(rows):
        return found
    last = windows.end[rows] - 1
    own = terms.at(rows)
    pair = np.stack([series.values[last - 1], series.values[last]], axis=1)
    years = np.stack([series.periods[last - 1], series.periods[last]], axis=1)
    scale, slope = prior.scale[rows], prior.fit.slope[rows]
    step = np.diff(to_model(pair, scale, own.limits), axis=1)[:, 0]
    broken = (years[:, 0] < own.last_break) & (own.last_break <= years[:, 1])
    holds = fitting(pair.min(axis=1), pair.max(axis=1), scale, own.limits) == scale
    against = holds & ~broken & (step * slope < 0) & _matters(pair, own)
    # Few are left: their noise is all that remains to be known.
    sd = np.ones(len(rows))
    sd[against] = _noise(series, prior_windows, prior, terms, rows[against])
    deviation = (step - slope * (years[:, 1] - years[:, 0])) / (math.sqrt(2) * sd)
    told = against & (np.abs(deviation) > BEYOND_NOISE)
    relative = np.where(scale == LOG, pair[:, 1] / pair[:, 0] - 1, 0.0)
    found.reversal[rows[told]] = _size(step / sd, relative)[told]
    found.reversal_change[rows[told]] = (pair[:, 1] - pair[:, 0])[told]
    found.reversal_deviation[rows[told]] = deviation[told]
    return found


def _matters(pair: Floats, terms: Terms) -> Marks:
    """Tell whether each change reaches the smallest that matters; every change does where none is declared."""
    smallest = np.where(terms.scale == LOG, terms.smallest_change / 100 * np.abs(pair[:, 0]), terms.smallest_change)
    return ~(np.abs(pair[:, 1] - pair[:, 0]) < smallest)


def _noise(series: Ragged, windows: Windows, trends: Judged, terms: Terms, rows: Whole) -> Floats:
    """Return the noise around the robust line, never less than one step of the figures' own rounding."""
    sd = np.empty(len(rows))
    for n, here in by_length(windows.n[rows]):
        chosen = rows[here]
        end, scale, limits = windows.end[chosen], trends.scale[chosen], terms.limits.at(chosen)
        years = gathered(series.periods, end, n)
        figures = gathered(series.values, end, n)
        above = to_model(figures, scale, limits) - trends.fit.slope[chosen][:, None] * (years - years[:, -1:])
        level = np.median(above, axis=1)
        mean_range = np.abs(np.diff(above, axis=1)).mean(axis=1) / MOVING_RANGE
        step = rounding_step(series, chosen) * steepness(figures[:, -1], scale, limits)
        floor = np.maximum(step, 1e-9 * np.maximum(1.0, np.abs(level)))
        sd[here] = np.maximum(mean_range, floor)
    return sd


def _size(deviation: Floats, relative: Floats) -> Codes:
    """Return the size code of each stray."""
    sharp = (np.abs(deviation) > 3) | (np.abs(relative) > SHARP_CHANGE)
    codes = np.select(
        [sharp, np.abs(deviation) < 1], [SIZES.index(Size.SHARP), SIZES.index(Size.SLIGHT)], SIZES.index(Size.PLAIN)
    )
    return codes.astype(np.int8)
