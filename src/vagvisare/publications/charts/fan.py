"""The fan of a projection: its line and its two bands, opening from the last figure."""

from __future__ import annotations

from vagvisare.assessment.judgement import Outlook, Projection

Point = tuple[float, float]

FAR = 5
"""Years that are drawn, unless a target lies farther ahead: a longer fan would take the room of the figures."""


def coming(projection: Projection | None, far: int = FAR) -> tuple[Outlook, ...]:
    """Return the coming periods that have bands, nearest first; without bands no projection is drawn."""
    if projection is None:
        return ()
    return tuple(each for each in projection.ahead[:far] if each.low_80 is not None and each.low_95 is not None)


def course(projection: Projection, far: int = FAR) -> list[Point]:
    """Return the projection as (year, figure), from the last figure on."""
    return [_start(projection), *((each.period.middle, each.value) for each in coming(projection, far))]


def band(projection: Projection, share: int, far: int = FAR) -> list[Point]:
    """Return the outline of the 80 or 95 per cent band as (year, figure): out along its lower edge, back the upper."""
    lower, upper = [_start(projection)], [_start(projection)]
    for each in coming(projection, far):
        low, high = (each.low_80, each.high_80) if share == 80 else (each.low_95, each.high_95)
        if low is not None and high is not None:
            lower.append((each.period.middle, low))
            upper.append((each.period.middle, high))
    return [*lower, *reversed(upper)]


def _start(projection: Projection) -> Point:
    return projection.origin.middle, projection.last
