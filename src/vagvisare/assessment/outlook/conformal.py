"""How far projections have missed: pooled sizes of misses, the bands they give, and the chance of reaching a level.

A calibration is a value: for each class of units and each horizon the sizes of earlier misses, in units of each series'
own typical change. ``calibration`` measures it; ``projection`` draws bands with it.

Misses upwards and downwards are pooled by size alone. A share and its complement have misses of opposite signs, and a
band must not depend on which of the two is written down.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from vagvisare.assessment.judgement import Measured

ALL = "all"
"""Every class of units pooled: what a class with too few measures of its own leans on."""

PROBABILITIES = (*(step / 20 for step in range(19)), 0.925, 0.95, 0.975, 0.99, 1.0)
"""The probabilities at which sizes of misses are kept; straight lines run between them."""

SUREST = 0.99
"""A chance is never said to be greater than this, nor smaller than its complement: what was measured ends."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """How projections ``years`` ahead have held for one class of units.

    ``checked`` is the class whose ``forecasts`` were held against later figures: from ``series`` series of
    ``indicators`` indicators, of which ``families`` speak of different things. The coverages are the shares of later
    figures inside the 80 and 95 % bands, drawn without the family that was checked; ``lowest_80`` is that of the family
    that fared worst. ``misses`` are the sizes of misses at ``PROBABILITIES``, in units of the series' own typical
    change; ``borrowed`` is how much of them (0 to 1) rests on all classes together.
    """

    years: int
    checked: str
    forecasts: int
    series: int
    indicators: int
    families: int
    coverage_80: float
    coverage_95: float
    lowest_80: float
    borrowed: float
    misses: tuple[float, ...]

    def half_width(self, probability: float) -> float:
        """Return the size that ``probability`` of the misses do not exceed."""
        return _between(probability, PROBABILITIES, self.misses)

    def chance_above(self, distance: float) -> float:
        """Return the probability that a figure comes to lie at least ``distance`` above what was projected.

        Up and down are equally likely, so the chance of lying below is that of the opposite distance.
        """
        beyond = max((1 - _between(abs(distance), self.misses, PROBABILITIES)) / 2, 1 - SUREST)
        return beyond if distance > 0 else 1 - beyond


@dataclass(frozen=True, slots=True)
class ClassMisses:
    """The horizons of one class of units, from one year ahead and on."""

    unit_class: str
    horizons: tuple[Horizon, ...]

    def at(self, years: int) -> Horizon | None:
        """Return the horizon ``years`` ahead, or None where nothing calibrates it."""
        return self.horizons[years - 1] if 0 < years <= len(self.horizons) else None

    def measured(self, day: date) -> Measured:
        """Return the receipt behind the bands."""
        return Measured(
            unit_class=self.unit_class,
            day=day,
            origins=sum(each.forecasts for each in self.horizons),
            coverage_80=tuple(each.coverage_80 for each in self.horizons),
            coverage_95=tuple(each.coverage_95 for each in self.horizons),
            forecasts=tuple(each.forecasts for each in self.horizons),
            borrowed=tuple(each.borrowed for each in self.horizons),
            checked=tuple(each.checked for each in self.horizons),
        )


@dataclass(frozen=True, slots=True)
class Used:
    """A data set that was calibrated on, and the checksum of its figures."""

    dataset: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was measured about projections on one folder's figures.

    ``day`` is the day of the newest vintage; ``method`` names the version of the arithmetic; ``classes`` begins with
    all classes together.
    """

    day: date
    method: str
    used: tuple[Used, ...]
    classes: tuple[ClassMisses, ...]

    @property
    def whole(self) -> ClassMisses:
        """All classes together."""
        return self.classes[0]

    def overall(self, years: int) -> tuple[int, float, float]:
        """Return how all bands as drawn have held ``years`` ahead: forecasts, and the shares inside 80 and 95 %."""
        own = [each for one in self.classes[1:] if (each := one.at(years)) and each.checked == one.unit_class]
        forecasts = sum(each.forecasts for each in own)
        narrow, wide = (
            sum(each.forecasts * share for each, share in zip(own, shares, strict=True))
            for shares in ([each.coverage_80 for each in own], [each.coverage_95 for each in own])
        )
        return (forecasts, narrow / forecasts, wide / forecasts) if forecasts else (0, 0.0, 0.0)

    def of(self, unit_class: str) -> ClassMisses:
        """Return what is known of a class of units; of all classes together where it has no figures of its own."""
        return next((each for each in self.classes if each.unit_class == unit_class), self.whole)


def _between(x: float, xs: tuple[float, ...], ys: tuple[float, ...]) -> float:
    """Return y at ``x`` on straight lines through points in order of x; beyond the ends, the ends."""
    if x <= xs[0]:
        return ys[0]
    if x >= xs[-1]:
        return ys[-1]
    right = bisect_left(xs, x)
    share = (x - xs[right - 1]) / (xs[right] - xs[right - 1])
    return ys[right - 1] + (ys[right] - ys[right - 1]) * share
