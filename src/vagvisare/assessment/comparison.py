"""The latest figure beside others': rank among the counties, riket, and the counties chosen for comparison."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from vagvisare.assessment.definition import Direction, Indicator
from vagvisare.assessment.judgement import Comparison, Movement, Trend
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, Panel, Series, SeriesKey

ENOUGH_COUNTIES = 15
"""The fewest counties a rank is given among; Sweden has 21."""

_Measure = tuple[str, str, str]
"""Indicator, sex, background: what territories are compared in."""


def is_county(territory: str) -> bool:
    """Tell whether a code is a county's: two digits, and not riket."""
    return len(territory) == 2 and territory != NATION


def is_municipality(territory: str) -> bool:
    """Tell whether a code is a municipality's: four digits."""
    return len(territory) == 4


@dataclass(frozen=True, slots=True)
class Field:
    """Every territory's figures by measure and period, gathered once so that each comparison is a look-up.

    ``ordered`` keeps the counties of a measure and period best first; it fills as comparisons are asked for.
    """

    figures: Mapping[tuple[_Measure, Period], Mapping[str, float]]
    ordered: dict[tuple[_Measure, Period, Direction], tuple[tuple[str, float], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, panel: Panel) -> Field:
        """Gather ``panel``."""
        figures: dict[tuple[_Measure, Period], dict[str, float]] = defaultdict(dict)
        for key, series in panel.items():
            for period, value in series:
                figures[_measure(key), period][key.territory] = value
        return cls(figures)

    def values(self, key: SeriesKey, period: Period) -> Mapping[str, float]:
        """Return the figure of every territory that has one, for the measure and group of ``key``."""
        return self.figures.get((_measure(key), period), {})

    def counties(self, key: SeriesKey, period: Period, direction: Direction) -> tuple[tuple[str, float], ...]:
        """Return the counties with a figure, best first (highest first where neither way is better)."""
        place = (_measure(key), period, direction)
        if place not in self.ordered:
            sign = -_better(direction)
            counties = [item for item in self.values(key, period).items() if is_county(item[0])]
            self.ordered[place] = tuple(sorted(counties, key=lambda item: (sign * item[1], item[0])))
        return self.ordered[place]


def compare(series: Series, indicator: Indicator, everyone: Field, nation_trend: Trend | None) -> Comparison:
    """Set the latest figure of ``series`` beside the others' of the same period, group and definition.

    Args:
        series: the series; must have at least one point.
        indicator: says which way is better, and whom to compare with.
        everyone: all figures of all territories.
        nation_trend: riket's own trend in the same measure and group, where there is one.

    Returns:
        Counties are ranked; a municipality is set beside riket and the comparison set only, and riket has no
        rank. Equal figures share the better rank, and nobody is best or worst when the place is shared.
    """
    period, value = series.periods[-1], series.values[-1]
    territory = series.key.territory
    figures = everyone.values(series.key, period)
    values = () if is_municipality(territory) else everyone.counties(series.key, period, indicator.direction)
    place = _rank(value, values, indicator.direction) if is_county(territory) else None
    enough = place is not None and len(values) >= ENOUGH_COUNTIES
    rank, tied = place if enough and place is not None else (None, 1)
    return Comparison(
        period=period,
        value=value,
        rank=rank,
        tied=tied,
        of=len(values),
        best=rank == 1 and tied == 1,
        worst=rank == len(values) and tied == 1,
        nation=figures.get(NATION),
        peers=tuple((p, figures[p]) for p in indicator.comparison if p in figures and p != territory),
        nation_movement=_movement(nation_trend, period),
        values=values,
    )


def _movement(nation: Trend | None, period: Period) -> Movement | None:
    """Return which way riket moves; None where its figures end in another period, since then it is another story."""
    if nation is None or not nation.window.used or nation.window.used[-1] != period:
        return None
    return nation.movement


def _rank(value: float, values: tuple[tuple[str, float], ...], direction: Direction) -> tuple[int, int]:
    """Return the rank from the best, and how many share it."""
    sign = -_better(direction)
    ordered = [sign * figure for _, figure in values]
    before = bisect_left(ordered, sign * value)
    return before + 1, bisect_right(ordered, sign * value) - before


def _better(direction: Direction) -> int:
    """Return 1 where higher comes first, −1 where lower does; neutral quantities are listed from the highest."""
    return -1 if direction is Direction.LOWER else 1


def _measure(key: SeriesKey) -> _Measure:
    return key.indicator, key.sex, key.background
