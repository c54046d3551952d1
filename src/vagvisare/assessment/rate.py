"""Rates of change in words people use: a slope on the model scale as per cent or percentage points a year."""

from __future__ import annotations

import math
import sys

from vagvisare.assessment.scale import PERCENT, TOLERANCE
from vagvisare.terms.unit import Scale

_LARGEST_EXPONENT = 700.0
"""Beyond this e^y no longer fits in a float."""


def steepness(value: float, scale: Scale, bounds: tuple[float, float] | None = None) -> float:
    """Return how far the model scale moves when the figure moves by one, at ``value``.

    Args:
        value: a figure in its own unit, inside the limits of the scale.
        scale: the model scale.
        bounds: the limits of a logit scale; 0 to 100 where none are declared.
    """
    if scale is Scale.LOG:
        return 1 / max(value, sys.float_info.min)
    if scale is Scale.LOGIT:
        low, high = bounds or PERCENT
        # A robust line carried far can round to the limit itself, where the scale is infinitely steep.
        nearest = TOLERANCE * (high - low)
        return 1 / max(value - low, nearest) + 1 / max(high - value, nearest)
    return 1.0


def per_year(slope: float, scale: Scale, level: float, bounds: tuple[float, float] | None = None) -> float:
    """Write a slope on the model scale as people say it.

    Args:
        slope: change a year on the model scale.
        scale: the model scale.
        level: the figure at which the slope is read; matters on the logit scale only.
        bounds: the limits of a logit scale.

    Returns:
        Per cent a year on the log scale, otherwise units (percentage points for shares) a year.
    """
    if scale is Scale.LOG:
        return math.expm1(min(slope, _LARGEST_EXPONENT)) * 100
    return slope / steepness(level, scale, bounds)
