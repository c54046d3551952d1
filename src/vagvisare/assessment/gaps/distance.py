"""What a distance *is*: between two groups, over groups in an order, between the municipalities of a county."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import nan
from typing import TYPE_CHECKING

from vagvisare.assessment.definition import Contrast, Group, OrderedGroups
from vagvisare.terms.period import Period
from vagvisare.terms.unit import Scale

if TYPE_CHECKING:
    from vagvisare.assessment.judgement import Movement, Trend


class GapVerdict(StrEnum):
    """What the distance between two groups does."""

    WIDENING = "ökar"
    SHRINKING = "minskar"
    UNCHANGED = "oförändrat"
    UNDETERMINED = "går inte att avgöra"


@dataclass(frozen=True, slots=True)
class Gap:
    """The distance between two groups, ``a`` minus ``b``, in the indicator's unit.

    ``levelling_down`` is True when the gap shrinks because the better-off group gets worse; ``both_worsen`` when the
    other group gets worse too. ``ahead`` is the group better off through the whole window: None where they change
    places, never differ, or neither direction is better.

    ``ratio`` is ``a`` over ``b`` (None unless both are positive on a log or logit scale). ``relative`` is the trend of
    the distance on the model scale, which is the log of the ratio for quantities and of the odds ratio for shares, so
    that a share and its complement give one answer; ``relative_verdict`` what that distance does. Both are None where
    the model scale cannot hold the figures.
    """

    contrast: Contrast
    period: Period
    a: float
    b: float
    difference: float
    first_period: Period
    first_difference: float
    trend: Trend
    verdict: GapVerdict
    levelling_down: bool
    both_worsen: bool = False
    ahead: Group | None = None
    ratio: float | None = None
    first_ratio: float | None = None
    relative: Trend | None = None
    relative_verdict: GapVerdict | None = None


@dataclass(frozen=True, slots=True)
class Slope:
    """How far the two ends of an ordered population lie apart, by a line through the groups (docs/method).

    ``sii`` is the slope index of inequality: the highest end minus the lowest, in the indicator's unit. ``rii`` is the
    relative index, the highest end over the lowest; None where that has no meaning. Their 95 % intervals tell how well
    a line describes the groups, not how sure each group's figure is. ``bottom`` and ``top`` are the line's ends.
    """

    sii: float
    sii_low: float
    sii_high: float
    rii: float | None
    rii_low: float | None
    rii_high: float | None
    bottom: float
    top: float
    scale: Scale


@dataclass(frozen=True, slots=True)
class OrderedGap:
    """The distance over groups that stand in an order, weighed by their size.

    ``figures`` are the groups' latest, in order; ``in_order`` tells whether they rise or fall all the way. ``first`` is
    the slope at ``first_period``, the window's first. ``trend`` is that of the slope index's size; ``levelling_down``
    is True when it shrinks because the group at the better-off end, ``ahead``, gets worse.
    """

    order: OrderedGroups
    period: Period
    figures: tuple[float, ...]
    slope: Slope
    first_period: Period
    first: Slope
    trend: Trend
    verdict: GapVerdict
    levelling_down: bool
    ahead: Group | None = None

    @property
    def in_order(self) -> bool:
        """Tell whether the groups' figures rise all the way, or fall all the way."""
        steps = [later - earlier for earlier, later in pairwise(self.figures)]
        return all(step > 0 for step in steps) or all(step < 0 for step in steps)


@dataclass(frozen=True, slots=True)
class Moved:
    """How many municipalities have moved one way between two periods ("11 av 12 kommuner").

    ``movement`` is the good way, or where neither is better the way most have gone. ``exceptions`` are the codes of
    those that stood still or went the other way. A municipality without a figure for both periods is not counted.
    """

    since: Period
    until: Period
    movement: Movement
    of: int
    exceptions: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many went that way."""
        return self.of - len(self.exceptions)


@dataclass(frozen=True, slots=True)
class Spread:
    """How far municipalities of a county lie apart: range, standard deviation, and who is at the ends.

    ``sd`` is around the plain mean, every municipality alike (all are counted, so it is divided by their number).
    ``weighted_mean`` and ``weighted_sd`` count every inhabitant alike; None unless all their populations are known.
    ``best`` and ``worst`` follow the indicator's direction; None where neither is better. ``trend`` is that of the
    standard deviation among the municipalities that have figures all through ``first_period`` to ``period``
    (``followed`` of them): as it is for shares and signed units, in per cent of their mean for others, which would
    otherwise lie further apart merely for having grown. ``first_sd`` and ``last_sd`` are its first and last value.
    """

    period: Period
    lowest: tuple[str, float]
    highest: tuple[str, float]
    median: float
    of: int
    sd: float = nan
    weighted_mean: float | None = None
    weighted_sd: float | None = None
    best: tuple[str, float] | None = None
    worst: tuple[str, float] | None = None
    followed: int = 0
    first_period: Period | None = None
    first_sd: float = nan
    last_sd: float = nan
    trend: Trend | None = None
    verdict: GapVerdict = GapVerdict.UNDETERMINED
    moved: Moved | None = None

    @property
    def range(self) -> float:
        """The highest minus the lowest, in the indicator's unit."""
        return self.highest[1] - self.lowest[1]
