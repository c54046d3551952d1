"""The pace of many series towards a level each: ``level_target`` for absolute targets."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vagvisare.assessment.judgement import PaceVerdict, Reason
from vagvisare.assessment.kernels.scales import fitting, per_year, steepness, to_model
from vagvisare.assessment.kernels.shapes import LOG, NONE, PACES, REASONS, Codes, Floats, Marks, Ragged
from vagvisare.assessment.kernels.windows import FALLING, RISING, Judged, Terms
from vagvisare.assessment.targets.level import SAME


class Paces(NamedTuple):
    """The pace of m series towards their targets; NONE and NaN where there is no target or no such number."""

    pace: Codes
    needed: Floats
    achieved: Floats
    achieved_low: Floats
    achieved_high: Floats
    ratio: Floats


class _Rates(NamedTuple):
    """Slopes a year where needed and achieved are compared, and the same as people say them."""

    slopes: tuple[Floats, Floats, Floats]
    needed: Floats
    said: tuple[Floats, Floats, Floats]
    said_needed: Floats


def paces(series: Ragged, terms: Terms, trends: Judged, period: Floats) -> Paces:
    """Judge the pace of every series that has a target and a figure; ``period`` is the year of the latest."""
    m = len(period)
    aimed = ~np.isnan(terms.target) & ~np.isnan(period)
    if not aimed.any():
        return Paces(np.full(m, NONE, dtype=np.int8), *(np.full(m, np.nan) for _ in range(5)))
    latest = series.values[np.where(series.n > 0, series.end - 1, 0)]
    oldest = series.values[np.where(series.n > 0, series.begin, 0)]
    level = np.where(np.isnan(trends.level_end), latest, trends.level_end)
    start = np.where(np.isnan(trends.level_start), oldest, trends.level_start)
    sense = np.where(terms.direction != 0, terms.direction, np.sign(terms.target - start))
    sense = np.where(sense == 0, 1.0, sense)
    come = terms.target_year <= period
    rates = _rates(terms, trends, np.where(come, np.nan, terms.target_year - period))
    verdict = _verdict(series, terms, trends, rates, come, (latest, level), sense)
    ratio = np.where(rates.needed == 0, np.nan, rates.slopes[0] / rates.needed + 0.0)
    numbers = (rates.said_needed, *rates.said, ratio)
    return Paces(np.where(aimed, verdict, NONE).astype(np.int8), *(np.where(aimed, each, np.nan) for each in numbers))


def _verdict(
    series: Ragged,
    terms: Terms,
    trends: Judged,
    rates: _Rates,
    come: Marks,
    now: tuple[Floats, Floats],
    sense: Floats,
) -> Codes:
    """Return the verdict of each series; the first rule that applies decides.

    When the target's year has come its figure decides. Before that, a target counts as reached only when both the
    latest figure and the robust level are past it; without a year it is a matter of level alone.
    """
    code = {each: PACES.index(each) for each in PaceVerdict}
    past_latest, past_level = (_past(each, terms.target, sense) for each in now)
    final = _past(_figure_of(series, terms.target_year, now[0]), terms.target, sense)
    timeless = np.isnan(terms.target_year)
    ends = np.sort(np.stack([rates.slopes[1] / rates.needed, rates.slopes[2] / rates.needed]), axis=0)
    significant = trends.reason == REASONS.index(Reason.SIGNIFICANT)
    towards = np.where(sense > 0, RISING, FALLING)
    rules = (
        (come & final, PaceVerdict.REACHED),
        (come, PaceVerdict.NOT_REACHED),
        (past_latest & past_level, PaceVerdict.REACHED),
        (timeless & (past_latest | past_level), PaceVerdict.UNDETERMINED),
        (timeless, PaceVerdict.NOT_REACHED),
        (np.isnan(trends.fit.slope), PaceVerdict.UNDETERMINED),
        (significant & (trends.movement != towards), PaceVerdict.WRONG_WAY),
        (~(rates.needed * sense > 0), PaceVerdict.UNDETERMINED),
        (ends[0] >= 1 - SAME, PaceVerdict.ON_PACE),
        (ends[1] < 1 - SAME, PaceVerdict.TOO_SLOW),
    )
    chosen = np.select([rule[0] for rule in rules], [code[rule[1]] for rule in rules], code[PaceVerdict.UNDETERMINED])
    return chosen.astype(np.int8)


def _past(value: Floats, target: Floats, sense: Floats) -> Marks:
    """Tell whether each value is at its target or on its far side."""
    past: Marks = sense * (value - target) >= -SAME * np.maximum(np.abs(value), np.abs(target))
    return past


def _figure_of(series: Ragged, year: Floats, otherwise: Floats) -> Floats:
    """Return each series' figure of ``year``; ``otherwise`` where it has none."""
    here = np.flatnonzero(series.periods == np.repeat(year, series.n))
    out = otherwise.copy()
    out[np.searchsorted(series.end, here, side="right")] = series.values[here]
    return out


def _rates(terms: Terms, trends: Judged, years: Floats) -> _Rates:
    """Return the rates; NaN needed where no year lies ahead.

    A target on the limit of the scale itself is infinitely far away on a log or logit scale: its rates are compared as
    straight lines in the indicator's own unit.
    """
    scale, limits, level = trends.scale, terms.limits, trends.level_end
    slopes = (trends.fit.slope, trends.fit.slope_low, trends.fit.slope_high)
    ends = np.stack([terms.target, level], axis=1)
    curved = fitting(np.minimum(terms.target, level), np.maximum(terms.target, level), scale, limits) == scale
    steep = steepness(level, scale, limits)
    factor = np.where(scale == LOG, 100 * steep, 1.0)
    straight_needed = (terms.target - level) / years
    needed = np.diff(to_model(ends[:, ::-1], scale, limits), axis=1)[:, 0] / years
    said_needed = np.where(scale == LOG, per_year(needed, scale, level, limits), straight_needed)
    own = [slope / steep for slope in slopes]
    said = [
        np.where(curved, per_year(slope, scale, level, limits), each * factor)
        for slope, each in zip(slopes, own, strict=True)
    ]
    compared = [np.where(curved, slope, each) for slope, each in zip(slopes, own, strict=True)]
    return _Rates(
        (compared[0], compared[1], compared[2]),
        np.where(curved, needed, straight_needed),
        (said[0], said[1], said[2]),
        np.where(curved, said_needed, straight_needed * factor),
    )
