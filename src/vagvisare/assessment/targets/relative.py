"""Targets set by others' figures of the same period: better than riket or peers, level with a composite, a rank.

There is no fixed level to hold a pace against: the others move too. The answer is reached or not, today; towards riket
in a year to come, what would be needed a year stands beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from vagvisare.assessment.definition import Direction, Target
from vagvisare.assessment.judgement import Comparison, Pace, PaceVerdict
from vagvisare.assessment.rate import per_year
from vagvisare.assessment.scale import fitting_scale, to_model
from vagvisare.assessment.targets.level import SAME
from vagvisare.assessment.targets.surroundings import Pair, Surroundings
from vagvisare.terms.series import NATION, Series

COMPOSITE = "composite"
"""What a composite is called beside territories' codes."""


def above_nation(target: Target, series: Series, around: Surroundings, direction: Direction) -> Pace:
    """Judge a target to be better than riket; level with riket is not better."""
    latest, nation = series.values[-1], around.others.get(NATION)
    if nation is None or series.key.territory == NATION:
        return Pace(target, PaceVerdict.UNDETERMINED, level_now=latest, lacking=(NATION,))
    if direction is Direction.NEUTRAL:
        return Pace(target, PaceVerdict.UNDETERMINED, level_now=latest, beside=((NATION, nation),))
    verdict = PaceVerdict.REACHED if direction * (latest - nation) > 0 else PaceVerdict.NOT_REACHED
    return Pace(target, verdict, level_now=latest, beside=((NATION, nation),))


def catching_up(judged: Pace, pair: Pair | None, years: float | None, bounds: tuple[float, float] | None) -> Pace:
    """Add what is needed a year to be level with riket in the target's year, should riket go on as before.

    Both start where their robust lines end. Nothing is added where the target is reached or names no year to come.
    """
    if judged.verdict is not PaceVerdict.NOT_REACHED or pair is None or years is None:
        return judged
    own, nation = pair
    ends = (own.level_end, nation.level_end)
    if any(math.isnan(end) for end in ends) or fitting_scale(ends, own.scale, bounds) is not own.scale:
        return judged
    here, there = (to_model(end, own.scale, bounds) for end in ends)
    needed = nation.slope + (there - here) / years
    return replace(judged, needed=per_year(needed, own.scale, own.level_end, bounds), course=own)


def above_peers(target: Target, series: Series, others: Mapping[str, float], direction: Direction) -> Pace:
    """Judge a target to be better than every peer, by the figures of the same period."""
    peers = [peer for peer in target.peers if peer != series.key.territory]
    latest = series.values[-1]
    known = {peer: others[peer] for peer in peers if peer in others}
    if direction is Direction.NEUTRAL or not known:
        return Pace(target, PaceVerdict.UNDETERMINED, level_now=latest)
    beaten = tuple(peer for peer, value in known.items() if direction * (latest - value) > 0)
    reached = PaceVerdict.REACHED if len(beaten) == len(peers) else PaceVerdict.NOT_REACHED
    return Pace(
        target=target,
        verdict=reached if len(known) == len(peers) else PaceVerdict.UNDETERMINED,
        target_value=max(known.values(), key=lambda value: direction * value),
        level_now=latest,
        beaten=beaten,
        beside=tuple(known.items()),
    )


def above_composite(target: Target, series: Series, around: Surroundings, direction: Direction) -> Pace:
    """Judge a target to be at least as good as a composite; level with it is enough."""
    latest = series.values[-1]
    mean = None if target.composite is None else around.means.get(target.composite)
    if mean is None or mean.value is None:
        lacking = () if mean is None else mean.lacking
        weighed = None if mean is None else mean.weighed
        return Pace(target, PaceVerdict.UNDETERMINED, level_now=latest, lacking=lacking, weighed=weighed)
    beside = ((COMPOSITE, mean.value),)
    if direction is Direction.NEUTRAL:
        return Pace(target, PaceVerdict.UNDETERMINED, level_now=latest, beside=beside, weighed=mean.weighed)
    # The composite is computed, so that being level with it is a matter of the computer's rounding.
    slack = SAME * max(abs(latest), abs(mean.value))
    good = direction * (latest - mean.value) >= -slack
    verdict = PaceVerdict.REACHED if good else PaceVerdict.NOT_REACHED
    return Pace(target, verdict, level_now=latest, beside=beside, weighed=mean.weighed)


def holds_rank(target: Target, series: Series, compared: Comparison | None) -> Pace:
    """Judge a target to hold a place among the counties; counties with equal figures share the better place.

    ``beside`` names the county that has the place aimed at, with its figure.
    """
    latest = series.values[-1]
    if target.value is None or compared is None or compared.rank is None:
        of = None if compared is None else compared.of
        return Pace(target, PaceVerdict.UNDETERMINED, level_now=latest, of=of)
    reached = compared.rank <= target.value
    wanted = int(target.value)
    return Pace(
        target=target,
        verdict=PaceVerdict.REACHED if reached else PaceVerdict.NOT_REACHED,
        level_now=latest,
        rank=compared.rank,
        of=compared.of,
        beside=compared.values[wanted - 1 : wanted] if wanted >= 1 else (),
    )
