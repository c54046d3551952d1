"""The XmR chart: a mean, the moving ranges around it, limits drawn from them, and four rules for what is no chance.

As NHS England's "Making Data Count" draws it. Everything takes plain sequences of figures in order of time and knows
nothing of series, periods or units.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

SCREEN = 3.267
"""A moving range this many times the mean of them or more is taken for an event and left out of the limits."""

LIMIT = 2.66
"""The limits stand this many mean moving ranges from the mean: three standard deviations of normal noise."""

NEAR = 2 / 3
"""The near limits stand at this part of the way to the limits."""

RUN = 7
"""How many points in a row on one side, or in one direction, are no chance."""


class Signal(StrEnum):
    """What marks a point as no chance variation, the strongest first."""

    OUTSIDE = "outside"
    """Outside the limits."""
    TREND = "trend"
    """One of seven or more points in a row, each higher (or each lower) than the one before."""
    TWO_IN_THREE = "two_in_three"
    """One of at least two in three successive points near the same limit, all three on that side of the mean."""
    SAME_SIDE = "same_side"
    """One of seven or more points in a row on one side of the mean."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Mean, mean moving range (screened) and limits of a process, in the figures' own unit."""

    mean: float
    moving_range: float

    @property
    def lower(self) -> float:
        """The lower process limit."""
        return self.mean - LIMIT * self.moving_range

    @property
    def upper(self) -> float:
        """The upper process limit."""
        return self.mean + LIMIT * self.moving_range

    def side(self, value: float) -> int:
        """Return 1 above the mean, −1 below it, 0 on it."""
        return (value > self.mean) - (value < self.mean)

    def outside(self, value: float) -> bool:
        """Tell whether a figure lies beyond a limit; on the limit is inside."""
        return value > self.upper or value < self.lower

    def near(self, value: float) -> bool:
        """Tell whether a figure lies between a near limit and the limit on its side."""
        close = 2 * (LIMIT / 3) * self.moving_range
        return not self.outside(value) and (value > self.mean + close or value < self.mean - close)


def moving_ranges(values: Sequence[float]) -> list[float]:
    """Return the size of the change between each figure and the next."""
    return [abs(later - earlier) for earlier, later in pairwise(values)]


def mean_moving_range(values: Sequence[float], *, screened: bool = True) -> float:
    """Return the mean moving range of at least two figures.

    With ``screened`` the ranges of 3.267 times their mean or more are left out once, and the mean taken again.
    """
    ranges = moving_ranges(values)
    mean = math.fsum(ranges) / len(ranges)
    kept = [each for each in ranges if each < SCREEN * mean] if screened else ranges
    # Only ranges that are all nought are all screened away, and their mean is nought with or without screening.
    return math.fsum(kept) / len(kept) if kept else mean


def chart(values: Sequence[float], *, screened: bool = True) -> Chart:
    """Return the chart of at least two figures.

    Raises:
        ValueError: when there are fewer than two.
    """
    if len(values) < 2:
        raise ValueError("an XmR chart needs at least two figures")
    return Chart(math.fsum(values) / len(values), mean_moving_range(values, screened=screened))


def signals(values: Sequence[float], drawn: Chart) -> tuple[Signal | None, ...]:
    """Return for each figure the strongest rule that marks it, or None: one entry a figure."""
    sides = [drawn.side(value) for value in values]
    near = [drawn.near(value) for value in values]
    rising = part_of_seven(seven_trend(values))
    pairs = part_of_two_in_three(two_in_three(near, sides), near)
    shifted = part_of_seven(seven_one_side(sides))
    return tuple(
        _strongest(drawn.outside(value), trend, pair, side)
        for value, trend, pair, side in zip(values, rising, pairs, shifted, strict=True)
    )


def _strongest(outside: bool, trend: bool, pair: bool, side: bool) -> Signal | None:
    return next((signal for signal, holds in zip(Signal, (outside, trend, pair, side), strict=True) if holds), None)


def seven_one_side(sides: Sequence[int]) -> tuple[int, ...]:
    """Mark each point that ends seven on the same side of the mean: 1, else 0; sides are −1, 0 or 1."""
    return tuple(
        int(place >= RUN - 1 and side != 0 and all(other == side for other in sides[place - RUN + 1 : place]))
        for place, side in enumerate(sides)
    )


def seven_trend(values: Sequence[float]) -> tuple[int, ...]:
    """Mark each point that ends seven in strict order: 1 rising, −1 falling, else 0."""
    marks = []
    for place in range(len(values)):
        steps = list(pairwise(values[place - RUN + 1 : place + 1])) if place >= RUN - 1 else []
        rises = bool(steps) and all(later > earlier for earlier, later in steps)
        falls = bool(steps) and all(later < earlier for earlier, later in steps)
        marks.append(int(rises) - int(falls))
    return tuple(marks)


def part_of_seven(marks: Sequence[int]) -> tuple[bool, ...]:
    """Tell of each point whether it, or one of the six after it, ends seven in a row: then it is one of the seven."""
    return tuple(any(marks[place : place + RUN]) for place in range(len(marks)))


def two_in_three(near: Sequence[bool | int], sides: Sequence[int]) -> tuple[int, ...]:
    """Mark each point in any three successive ones on one side of the mean, at least two of which are near a limit."""
    marks = [0] * len(near)
    for start in range(len(near) - 2):
        three = range(start, start + 3)
        if abs(sum(sides[place] for place in three)) == 3 and sum(bool(near[place]) for place in three) >= 2:
            for place in three:
                marks[place] = 1
    return tuple(marks)


def part_of_two_in_three(marks: Sequence[int], near: Sequence[bool | int]) -> tuple[bool, ...]:
    """Keep the marks of the points that are near a limit themselves: the third of the three is no signal."""
    return tuple(bool(mark and close) for mark, close in zip(marks, near, strict=True))
