"""What is asked of a trend, and the points the answer is computed on."""

from __future__ import annotations

from dataclasses import dataclass

from vagvisare.assessment.definition import Break, Direction
from vagvisare.assessment.effective import known_inflation
from vagvisare.assessment.judgement import Verdict, Window
from vagvisare.assessment.scale import fitting_scale, settled, to_model
from vagvisare.assessment.window import select, years
from vagvisare.terms.series import Series
from vagvisare.terms.unit import Scale


@dataclass(frozen=True, slots=True)
class TrendRequest:
    """A series with what its contract says about judging it.

    ``bounds`` are the natural limits on a logit scale; ``smallest_change`` is in percentage points (logit), per
    cent (log) or the unit (linear); None means that absence of change is never declared. ``earlier`` is the verdict of
    the edition before, where there is one: a decided verdict then stands until p exceeds 0.20.
    """

    series: Series
    scale: Scale
    direction: Direction
    bounds: tuple[float, float] | None = None
    smallest_change: float | None = None
    breaks: tuple[Break, ...] = ()
    earlier: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one window, three numbers each, oldest first.

    ``times`` are years after the first point, ``values`` the figures in their own unit with rounding noise
    settled, ``y`` the same on the model scale ``scale``. ``inflation`` is how many times the variance of the test grows
    where that is known beforehand (windows that share years); None where it is estimated from the figures.
    """

    window: Window
    scale: Scale
    times: tuple[float, ...]
    values: tuple[float, ...]
    y: tuple[float, ...]
    inflation: float | None = None


def points_of(request: TrendRequest) -> Points:
    """Select the window of a request and move its figures to the model scale that can hold them."""
    return points_over(request, select(request.series, request.breaks))


def points_over(request: TrendRequest, window: Window) -> Points:
    """Move the figures of a chosen window to the model scale that can hold them."""
    figures = dict(zip(request.series.periods, request.series.values, strict=True))
    raw = [figures[period] for period in window.used]
    scale = fitting_scale(raw, request.scale, request.bounds)
    values = settled(raw, scale, request.bounds)
    y = tuple(to_model(value, scale, request.bounds) for value in values)
    return Points(window, scale, years(window), values, y, known_inflation(window.used))
