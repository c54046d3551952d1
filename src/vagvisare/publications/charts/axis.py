"""Axes: where ticks stand, how figures become places on paper, and labels that do not collide."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Axis:
    """A linear map from figures (``low`` to ``high``) to coordinates (``start`` to ``end``)."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the coordinate of ``value``; values outside continue on the same line."""
        span = self.high - self.low
        return self.start + (value - self.low) / span * (self.end - self.start) if span else self.start


def step_for(span: float, count: int) -> float:
    """Return the round step (1, 2 or 5 times a power of ten) that divides ``span`` into about ``count`` parts."""
    if span <= 0:
        return 1.0
    rough = span / max(count, 1)
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1.0, 2.0, 5.0, 10.0) if m * power >= rough * 0.999)


def value_ticks(values: Sequence[float], count: int = 4, bounds: tuple[float, float] | None = None) -> list[float]:
    """Return round ticks that enclose ``values``.

    The axis starts at zero when the lowest figure is less than a third of the highest, so that a truncated axis
    only occurs where it is needed to see anything. ``bounds`` are natural limits that the axis does not leave.
    """
    low, high = min(values), max(values)
    if low > 0 and low < high / 3:
        low = 0.0
    if high == low:
        pad = abs(high) * 0.05 or 1.0
        low, high = low - pad, high + pad
    step = step_for(high - low, count)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = [round(i * step, 10) for i in range(first, last + 1)]
    if bounds is not None:
        ticks = [tick for tick in ticks if bounds[0] <= tick <= bounds[1]] or ticks
    return ticks


def year_ticks(first: float, last: float, count: int) -> list[int]:
    """Return years at an even step that people count in (1, 2, 5, 10), always with round years."""
    span = max(last - first, 1)
    step = next((s for s in (1, 2, 5, 10, 20, 50) if span / s <= count), 100)
    return list(range(math.ceil(first / step) * step, math.floor(last) + 1, step))


def spread_labels(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move label positions apart so that no two are closer than ``gap``, within ``low`` and ``high``, order kept."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed: list[float] = []
    for i in order:
        placed.append(max(wanted[i], placed[-1] + gap) if placed else max(wanted[i], low))
    ceiling = high
    for n in range(len(placed) - 1, -1, -1):
        placed[n] = min(placed[n], ceiling)
        ceiling = placed[n] - gap
    result = [0.0] * len(wanted)
    for position, i in zip(placed, order, strict=True):
        result[i] = position
    return result
