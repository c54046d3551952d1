"""The XmR chart of NHS England's Making Data Count: is the latest figure anything but ordinary variation?

The process limits are the mean ± 2.66 mean moving ranges, where moving ranges of 3.267 times their mean or more are
left out once. A point is special cause when it lies outside the limits, belongs to seven points rising or falling, to
two of three beyond two thirds of the way to the same limit, or to seven on one side of the mean, looked for in that
order. Beside it stands assurance: whether a target lies outside the limits (consistently passed or failed) or within
them. ``value`` is the latest figure's distance from the mean, good way positive, in thirds of the way to the limit (one
third is one standard deviation of the process).

The guidance asks for at least ten points; with fewer the answer is given and says so.

Source: NHS England, "Making Data Count"; NHS-R Community, NHSRplotthedots.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vagvisare.assessment.translations.case_series import (
    NOT_AVAILABLE,
    Answer,
    CaseSeries,
    each_alone,
    plain,
    unavailable,
)
from vagvisare.terms.language import Text

NAME = "xmr"
IMPROVEMENT = "special_cause_improvement"
CONCERN = "special_cause_concern"
COMMON = "common_cause"
STATUSES = (IMPROVEMENT, CONCERN, COMMON, NOT_AVAILABLE)

FEW = 10
RUN = 7
_LIMIT = 2.66
_SCREEN = 3.267

_RULES = {
    "outside": Text("ligger utanför gränserna", "lies outside the limits"),
    "trend": Text("hör till sju punkter i stigande eller fallande följd", "is one of seven points rising or falling"),
    "two_in_three": Text("är en av två av tre nära samma gräns", "is one of two in three near the same limit"),
    "one_side": Text("hör till sju punkter på samma sida om medelvärdet", "is one of seven on one side of the mean"),
    "": Text("ligger inom den vanliga variationen", "lies within ordinary variation"),
}
_ASSURANCE = {
    "consistent_pass": Text("målet nås hela tiden", "the target is consistently met (consistent_pass)"),
    "consistent_fail": Text("målet missas hela tiden", "the target is consistently missed (consistent_fail)"),
    "inconsistent": Text("målet nås bara ibland", "the target is met only at times (inconsistent)"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean of a process and its limits, in the figures' unit; ``width`` is 2.66 mean moving ranges."""

    mean: float
    width: float

    @property
    def low(self) -> float:
        """The lower process limit."""
        return self.mean - self.width

    @property
    def high(self) -> float:
        """The upper process limit."""
        return self.mean + self.width


def limits_of(values: Sequence[float], *, screened: bool = True) -> Limits:
    """Return the limits of a process; of figures without variation they fall on the mean.

    Args:
        values: at least one figure, in order of time.
        screened: leave out moving ranges of 3.267 times their mean or more, once.
    """
    mean = math.fsum(values) / len(values)
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    average = math.fsum(ranges) / len(ranges) if ranges else 0.0
    if screened:
        ranges = [each for each in ranges if each < _SCREEN * average]
        average = math.fsum(ranges) / len(ranges) if ranges else 0.0
    return Limits(mean, _LIMIT * average)


def rules_of(values: Sequence[float], limits: Limits) -> list[tuple[str, int]]:
    """Return for every point the rule that makes it special cause ("" for none) and whether it speaks up or down."""
    sides = [_sign(value - limits.mean) for value in values]
    outside = [limits.width > 0 and abs(value - limits.mean) > limits.width for value in values]
    near = [
        not out and limits.width > 0 and abs(value - limits.mean) > limits.width * 2 / 3
        for value, out in zip(values, outside, strict=True)
    ]
    trends = part_of_run(seven_point_trend(values))
    sided = part_of_run(one_side(sides))
    two = two_in_three(near, sides)
    found: list[tuple[str, int]] = []
    for i, side in enumerate(sides):
        if outside[i]:
            found.append(("outside", side))
        elif trends[i]:
            found.append(("trend", _slope_at(values, trends, i)))
        elif near[i] and two[i]:
            found.append(("two_in_three", side))
        elif sided[i]:
            found.append(("one_side", side))
        else:
            found.append(("", 0))
    return found


def one_side(sides: Sequence[int]) -> list[int]:
    """Mark every point that is the seventh (or later) in a row on its side of the mean."""
    return [
        int(i >= RUN - 1 and sides[i] != 0 and all(each == sides[i] for each in sides[i - RUN + 1 : i]))
        for i in range(len(sides))
    ]


def seven_point_trend(values: Sequence[float]) -> list[int]:
    """Mark every point that ends seven in a row rising (1) or falling (−1)."""
    marks = [0] * len(values)
    for i in range(RUN - 1, len(values)):
        steps = {_sign(later - earlier) for earlier, later in pairwise(values[i - RUN + 1 : i + 1])}
        if steps in ({1}, {-1}):
            marks[i] = steps.pop()
    return marks


def part_of_run(marks: Sequence[int]) -> list[int]:
    """Mark every point that a run ending at it or at one of the six after it includes."""
    return [int(any(marks[i : i + RUN])) for i in range(len(marks))]


def two_in_three(near: Sequence[int], sides: Sequence[int]) -> list[int]:
    """Mark every point of three in a row on the same side of the mean, of which two or more are near a limit."""
    marks = [0] * len(near)
    for i in range(len(near) - 2):
        if sum(near[i : i + 3]) >= 2 and abs(sum(sides[i : i + 3])) == 3:
            marks[i : i + 3] = [1, 1, 1]
    return marks


def assurance_of(limits: Limits, target: float, sense: int) -> str:
    """Return whether a process passes or fails a target consistently, or neither."""
    if limits.low <= target <= limits.high:
        return "inconsistent"
    return "consistent_pass" if (target < limits.low) == (sense > 0) else "consistent_fail"


def judge(case: CaseSeries) -> Answer:
    """Judge the latest figure of one series."""
    if len(case.values) < 2:
        return unavailable(NAME, case, Text("Minst två mätpunkter behövs.", "At least two points are needed."))
    limits = limits_of(case.values)
    rule, way = rules_of(case.values, limits)[-1]
    direction = way * case.sense
    status = {1: IMPROVEMENT, -1: CONCERN}.get(direction, COMMON)
    distance = case.sense * (case.values[-1] - limits.mean)
    value = 3 * distance / limits.width if limits.width else 0.0
    return Answer(case.name, NAME, status, value, None, direction, _reason(case, limits, rule))


def _reason(case: CaseSeries, limits: Limits, rule: str) -> Text:
    low, high = plain(limits.low, 4), plain(limits.high, 4)
    sv = f"Den senaste punkten {_RULES[rule].sv} (gränser {low.sv} och {high.sv})"
    en = f"The latest point {_RULES[rule].en} (limits {low.en} and {high.en})"
    if case.target is not None:
        assurance = _ASSURANCE[assurance_of(limits, case.target, case.sense)]
        sv, en = f"{sv}; {assurance.sv}", f"{en}; {assurance.en}"
    if len(case.values) < FEW:
        sv, en = f"{sv}; färre än de tio punkter vägledningen begär", f"{en}; fewer points than the ten asked for"
    return Text(f"{sv}.", f"{en}.")


def _slope_at(values: Sequence[float], trends: Sequence[int], i: int) -> int:
    """Return the way of the trend a point belongs to; of two that meet in it, the later."""
    goes_on = i + 1 < len(values) and bool(trends[i + 1])
    return _sign(values[i + 1] - values[i]) if goes_on else _sign(values[i] - values[i - 1])


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


method = each_alone(NAME, judge)
