"""The windows of many series and the trend of each with its verdict: ``window``, ``request`` and ``verdict``."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from vagvisare.assessment.judgement import Movement, Reason, Verdict
from vagvisare.assessment.kernels.blocks import by_length, gathered
from vagvisare.assessment.kernels.engine import Fit
from vagvisare.assessment.kernels.scales import Limits, fitting, from_model, settled, to_model
from vagvisare.assessment.kernels.shapes import (
    LOG,
    MOVEMENTS,
    REASONS,
    VERDICTS,
    Codes,
    Floats,
    Marks,
    Ragged,
    Trends,
    Whole,
    room_for_trends,
    write_too_few,
)
from vagvisare.assessment.verdict import FEWEST, LEAVES, SIGNIFICANT

UNKNOWN, STILL, RISING, FALLING = (
    MOVEMENTS.index(each) for each in (Movement.UNKNOWN, Movement.STILL, Movement.RISING, Movement.FALLING)
)


class Terms(NamedTuple):
    """What the contracts of some series say, one element a series; as ``Contracts``, with the limits read."""

    scale: Codes
    limits: Limits
    direction: Codes
    smallest_change: Floats
    cut: Floats
    target: Floats
    target_year: Floats
    last_break: Floats
    earlier: Codes

    def at(self, rows: Whole | Marks | slice) -> Terms:
        """Return the terms of some of the series."""
        return Terms(
            scale=self.scale[rows],
            limits=self.limits.at(rows),
            direction=self.direction[rows],
            smallest_change=self.smallest_change[rows],
            cut=self.cut[rows],
            target=self.target[rows],
            target_year=self.target_year[rows],
            last_break=self.last_break[rows],
            earlier=self.earlier[rows],
        )


class Windows(NamedTuple):
    """The points that m trends are judged on: the ``n`` before ``end``; oldest at ``end − n``."""

    n: Whole
    end: Whole


class Judged(NamedTuple):
    """m trends with their verdicts; ``fit`` on the model scale ``scale``, levels and changes in the own unit."""

    fit: Trends
    scale: Codes
    level_start: Floats
    level_end: Floats
    change: Floats
    change_low: Floats
    change_high: Floats
    movement: Codes
    reason: Codes
    verdict: Codes


def judged(series: Ragged, windows: Windows, terms: Terms, fit: Fit) -> Judged:
    """Judge the trend of every window."""
    m = len(windows.n)
    trends, scale, constant = room_for_trends(m), terms.scale.copy(), np.zeros(m, dtype=bool)
    span = np.zeros(m)
    for n, rows in by_length(windows.n):
        if n < FEWEST:
            write_too_few(trends, rows, n)
        if not n:
            continue
        raw = gathered(series.values, windows.end[rows], n)
        limits = terms.limits.at(rows)
        ordered = np.sort(raw, axis=1)
        scale[rows] = codes = fitting(ordered[:, 0], ordered[:, -1], terms.scale[rows], limits)
        if n < FEWEST:
            continue
        years = gathered(series.periods, windows.end[rows], n)
        values = settled(raw, ordered, codes, limits)
        found = fit(years, values, to_model(values, codes, limits), np.full(len(codes), np.nan))
        for column, numbers in zip(trends, found, strict=True):
            column[rows] = numbers
        constant[rows] = ordered[:, 0] == ordered[:, -1]
        span[rows] = years[:, -1] - years[:, 0]
    return _concluded(trends, scale, constant, span, terms)


def _concluded(trends: Trends, scale: Codes, constant: Marks, span: Floats, terms: Terms) -> Judged:
    """Turn the numbers into levels in the own unit, total change, movement, reason and verdict."""
    end = from_model(trends.end, scale, terms.limits)
    start = from_model(trends.start, scale, terms.limits)
    low, high = (
        end - from_model(trends.end - slope * span, scale, terms.limits)
        for slope in (trends.slope_low_90, trends.slope_high_90)
    )
    movement, reason = _movement(trends, constant, terms, start, (low, high))
    verdict = _verdict(movement, terms.direction)
    return Judged(trends, scale, start, end, end - start, low, high, movement, reason, verdict)


def _movement(
    trends: Trends, constant: Marks, terms: Terms, start: Floats, change_90: tuple[Floats, Floats]
) -> tuple[Codes, Codes]:
    """Decide which way each figure moves, and why we say so; the first rule that applies decides."""
    way = np.where(trends.s > 0, RISING, FALLING).astype(np.int8)
    moves = trends.slope != 0
    decided = np.isin(terms.earlier, (VERDICTS.index(Verdict.IMPROVING), VERDICTS.index(Verdict.WORSENING)))
    limit = np.where(terms.scale == LOG, terms.smallest_change / 100 * np.abs(start), terms.smallest_change)
    rules = (
        (trends.n < FEWEST, UNKNOWN, Reason.TOO_FEW),
        (constant, STILL, Reason.NO_VARIATION),
        ((trends.p < SIGNIFICANT) & moves, way, Reason.SIGNIFICANT),
        (
            decided & (trends.p <= LEAVES) & moves & (_verdict(way, terms.direction) == terms.earlier),
            way,
            Reason.HELD,
        ),
        ((-limit <= change_90[0]) & (change_90[1] <= limit), STILL, Reason.INSIDE_SMALLEST_CHANGE),
    )
    movement = np.select([rule[0] for rule in rules], [rule[1] for rule in rules], UNKNOWN)
    reason = np.select(
        [rule[0] for rule in rules], [REASONS.index(rule[2]) for rule in rules], REASONS.index(Reason.NOISE)
    )
    return movement.astype(np.int8), reason.astype(np.int8)


def _verdict(movement: Codes, direction: Codes) -> Codes:
    """Say whether a movement is good."""
    improving, worsening, unchanged, undetermined = (
        VERDICTS.index(each) for each in (Verdict.IMPROVING, Verdict.WORSENING, Verdict.UNCHANGED, Verdict.UNDETERMINED)
    )
    out = np.where((movement == RISING) == (direction > 0), improving, worsening)
    out[(movement == UNKNOWN) | (direction == 0)] = undetermined
    out[movement == STILL] = unchanged
    return out.astype(np.int8)
