"""Targets set by others' courses: come nearer to riket, or improve at least as fast as riket or named peers."""

from __future__ import annotations

import math
from dataclasses import replace

from vagvisare.assessment.definition import Direction, Indicator, Target
from vagvisare.assessment.judgement import Pace, PaceVerdict, Trend, Verdict
from vagvisare.assessment.rate import per_year
from vagvisare.assessment.reference import Z_95
from vagvisare.assessment.targets.level import SAME
from vagvisare.assessment.targets.surroundings import Distance, Pair, Surroundings
from vagvisare.terms.series import NATION, Series

_BY_DISTANCE = {
    Verdict.IMPROVING: PaceVerdict.RIGHT_WAY,
    Verdict.WORSENING: PaceVerdict.WRONG_WAY,
    Verdict.UNCHANGED: PaceVerdict.NOT_REACHED,
    Verdict.UNDETERMINED: PaceVerdict.UNDETERMINED,
}

Difference = tuple[float, float, float]
"""A difference between two slopes and its 95 % interval, on the model scale."""


def converges(target: Target, series: Series, around: Surroundings, indicator: Indicator) -> Pace:
    """Judge a target to come nearer to riket.

    A county already level with riket or better, by the latest figure and by the robust level both, has nothing to
    come nearer to: the target is reached. Otherwise the trend of the distance answers. Where county and riket have
    changed places inside the window the distance first shrinks and then grows, and nothing is said.
    """
    distance = around.distance
    if distance is None:
        return Pace(target, PaceVerdict.UNDETERMINED, level_now=series.values[-1], lacking=(NATION,))
    latest = distance.signed.periods[-1]
    inside = [value for period, value in distance.signed if period in distance.trend.window.used]
    first = inside[0] if inside else distance.signed.values[-1]
    numbers = Pace(
        target=target,
        verdict=PaceVerdict.UNDETERMINED,
        level_now=series.at(latest),
        distance=distance.signed.values[-1],
        first_distance=first,
        beside=((NATION, _theirs(series, distance)),),
        course=distance.trend,
    )
    pair = around.pairs.get(NATION)
    ahead = _ahead(distance, pair, indicator.direction)
    if ahead is None or min(inside, default=0.0) < 0 < max(inside, default=0.0):
        return replace(numbers, verdict=PaceVerdict.REACHED) if ahead else numbers
    verdict = PaceVerdict.REACHED if ahead else _BY_DISTANCE[distance.trend.verdict]
    return replace(numbers, verdict=verdict, levelling_down=verdict is PaceVerdict.RIGHT_WAY and _only_riket(pair))


def _only_riket(pair: Pair | None) -> bool:
    """Tell whether riket gets worse while the county does not get better, over the periods they share."""
    if pair is None:
        return False
    own, nation = pair
    return nation.verdict is Verdict.WORSENING and own.verdict is not Verdict.IMPROVING


def _theirs(series: Series, distance: Distance) -> float:
    """Return riket's figure in the latest period both have."""
    own = series.at(distance.signed.periods[-1])
    return math.nan if own is None else own - distance.signed.values[-1]


def _ahead(distance: Distance, pair: Pair | None, direction: Direction) -> bool | None:
    """Tell whether the county is level with riket or better; None where latest figure and robust level disagree."""
    if direction is Direction.NEUTRAL:
        return False
    now = direction * distance.signed.values[-1] >= 0
    if pair is None or math.isnan(pair[0].level_end) or math.isnan(pair[1].level_end):
        return now
    own, nation = pair
    slack = SAME * max(abs(own.level_end), abs(nation.level_end))
    steady = direction * (own.level_end - nation.level_end) >= -slack
    return now if now == steady else None


def as_fast(target: Target, series: Series, around: Surroundings, indicator: Indicator) -> Pace:
    """Judge a target to improve at least as fast as riket, or as every peer.

    Slopes are compared on the model scale, where a share's last points count for more and a rate is a rate whatever
    the size. The difference has the standard error of two independent slopes, each read from its own 95 % interval;
    county and riket share good and bad years, so that it errs on the side of saying nothing. *In pace* when the whole
    interval is at or above nought, *too slow* when it is below for anyone, and *wrong way* when the own figure
    worsens as far as can be told, whatever the others do.
    """
    wanted = [code for code in target.peers or (NATION,) if code != series.key.territory]
    pairs = {code: around.pairs[code] for code in wanted if code in around.pairs}
    lacking = tuple(code for code in wanted if code not in pairs)
    known = {code: pair for code, pair in pairs.items() if not any(math.isnan(trend.slope) for trend in pair)}
    numbers = Pace(target, PaceVerdict.UNDETERMINED, level_now=series.values[-1], lacking=lacking)
    if not known or indicator.direction is Direction.NEUTRAL:
        course = next((own for own, _ in pairs.values()), None)
        return replace(numbers, course=course)
    differences = {code: _difference(own, other) for code, (own, other) in known.items()}
    good = {code: _for_the_better(difference, indicator.direction) for code, difference in differences.items()}
    # First those that are ahead beyond doubt, then the quickest.
    order = sorted(known, key=lambda code: (good[code][2] >= 0, good[code][0]))
    own, other = known[order[0]]
    slopes = (own.slope, own.slope_low, own.slope_high, other.slope, *differences[order[0]])
    said = [per_year(slope, own.scale, own.level_end, indicator.bounds) for slope in slopes]
    return replace(
        numbers,
        verdict=_weighed(own, list(good.values()), everyone=len(known) == len(wanted)),
        level_now=own.level_end,
        needed=said[3],
        achieved=said[0],
        achieved_low=said[1],
        achieved_high=said[2],
        ratio=own.slope / other.slope + 0.0 if other.slope * indicator.direction > 0 else None,
        course=own,
        difference=(said[4], said[5], said[6]),
        beside=tuple(
            (code, per_year(known[code][1].slope, own.scale, own.level_end, indicator.bounds)) for code in order
        ),
    )


def _difference(own: Trend, other: Trend) -> Difference:
    errors = [(trend.slope_high - trend.slope_low) / (2 * Z_95) for trend in (own, other)]
    middle = own.slope - other.slope
    margin = Z_95 * math.hypot(*errors)
    return middle, middle - margin, middle + margin


def _for_the_better(difference: Difference, direction: Direction) -> Difference:
    """Turn a difference so that more is better."""
    middle, low, high = difference
    return difference if direction is Direction.HIGHER else (-middle, -high, -low)


def _weighed(own: Trend, differences: list[Difference], *, everyone: bool) -> PaceVerdict:
    if own.verdict is Verdict.WORSENING:
        return PaceVerdict.WRONG_WAY
    slack = SAME * max(abs(own.slope), abs(own.slope_low), abs(own.slope_high))
    if any(high < -slack for _, _, high in differences):
        return PaceVerdict.TOO_SLOW
    if everyone and all(low >= -slack for _, low, _ in differences):
        return PaceVerdict.ON_PACE
    return PaceVerdict.UNDETERMINED
