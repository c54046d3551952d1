"""The model scale: where equal steps mean equal change, and when the plain scale has to do.

A share is judged on the logit scale between its natural limits, a positive quantity on the log scale, anything
that can be negative on the plain (linear) scale. 78 → 80 per cent employed and 22 → 20 per cent not employed are
then the same change with opposite signs, and a figure in tonnes gives the verdict of the figure in kilograms.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from vagvisare.terms.unit import Scale

PERCENT = (0.0, 100.0)
"""The limits of a share that declares none."""

TOLERANCE = 1e-12
"""Figures closer than this, relative to their size, are the same figure: the rest is the computer's rounding."""

_LARGEST_EXPONENT = 700.0
"""Beyond this e^y no longer fits in a float; the inverse stops there instead of failing."""


def fitting_scale(values: Sequence[float], scale: Scale, bounds: tuple[float, float] | None = None) -> Scale:
    """Return the scale the values can be judged on: the declared one, or linear where it cannot hold them.

    A share of exactly 0 or 100 per cent has no logit and a zero no logarithm. Replacing them by a small number
    would let the choice of that number decide the verdict, so the plain scale is used.
    """
    if scale is Scale.LOG:
        return scale if all(value > 0 for value in values) else Scale.LINEAR
    if scale is Scale.LOGIT:
        low, high = bounds or PERCENT
        margin = TOLERANCE * (high - low)
        return scale if all(low + margin < value < high - margin for value in values) else Scale.LINEAR
    return scale


def to_model(value: float, scale: Scale, bounds: tuple[float, float] | None = None) -> float:
    """Move one figure from its own unit to the model scale.

    Raises:
        ValueError: when the figure lies on or beyond a limit of the scale; ask ``fitting_scale`` first.
    """
    if scale is Scale.LOG:
        return math.log(value)
    if scale is Scale.LOGIT:
        low, high = bounds or PERCENT
        return math.log((value - low) / (high - value))
    return value


def from_model(y: float, scale: Scale, bounds: tuple[float, float] | None = None) -> float:
    """Move one figure from the model scale back to its own unit; the inverse of ``to_model``."""
    if scale is Scale.LOG:
        return math.exp(min(y, _LARGEST_EXPONENT))
    if scale is Scale.LOGIT:
        low, high = bounds or PERCENT
        # Written from the nearer limit, so that a share and its complement give mirrored results to the last bit.
        distance = (high - low) / (1.0 + math.exp(min(abs(y), _LARGEST_EXPONENT)))
        return low + distance if y < 0 else high - distance
    return y


def settled(values: Sequence[float], scale: Scale, bounds: tuple[float, float] | None = None) -> tuple[float, ...]:
    """Return the figures with those that differ by rounding noise only made equal.

    Ties and order are decided here, on the original figures, before any logarithm can disturb them. The tolerance
    is relative to the figure itself on the log scale, to the distance between the limits where there are limits,
    and otherwise to the largest figure of the window.
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    fixed = _fixed_tolerance(values, scale, bounds)
    out = list(values)
    for before, here in pairwise(order):
        tolerance = TOLERANCE * values[here] if fixed is None else fixed
        if values[here] - values[before] <= tolerance:
            out[here] = out[before]
    return tuple(out)


def _fixed_tolerance(values: Sequence[float], scale: Scale, bounds: tuple[float, float] | None) -> float | None:
    if scale is Scale.LOG:
        return None
    if bounds is not None:
        return TOLERANCE * (bounds[1] - bounds[0])
    if scale is Scale.LOGIT:
        return TOLERANCE * (PERCENT[1] - PERCENT[0])
    return TOLERANCE * max((abs(value) for value in values), default=0.0)
