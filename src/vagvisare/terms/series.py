"""A series: one indicator, one territory, one group, figures in order of time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vagvisare.terms.period import Period

TOTAL = "T"
"""Both sexes together. ``K`` is women (kvinnor), ``M`` men, as Swedish official statistics code them."""

NATION = "00"
"""Riket: the whole of Sweden."""


@dataclass(frozen=True, slots=True, order=True)
class SeriesKey:
    """What identifies a series: indicator × territory × group."""

    indicator: str
    territory: str
    sex: str = TOTAL
    background: str = ""

    @property
    def is_total(self) -> bool:
        """Tell whether the series covers everybody."""
        return self.sex == TOTAL and not self.background

    def at(self, territory: str) -> SeriesKey:
        """Return the same measure and group in another territory."""
        return SeriesKey(self.indicator, territory, self.sex, self.background)


@dataclass(frozen=True, slots=True)
class Series:
    """Figures in strictly increasing order of period; missing periods are simply absent.

    Raises:
        ValueError: when periods and values differ in number, or periods are not strictly increasing.
    """

    key: SeriesKey
    periods: tuple[Period, ...]
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        """Hold the promise of order that every computation leans on."""
        if len(self.periods) != len(self.values):
            raise ValueError(f"{self.key}: {len(self.periods)} periods but {len(self.values)} values")
        if any(a >= b for a, b in zip(self.periods, self.periods[1:], strict=False)):
            raise ValueError(f"{self.key}: periods are not in strictly increasing order")

    @classmethod
    def of(cls, key: SeriesKey, points: Mapping[Period, float]) -> Series:
        """Build a series from points in any order."""
        periods = tuple(sorted(points))
        return cls(key, periods, tuple(float(points[period]) for period in periods))

    def __len__(self) -> int:
        """Number of points."""
        return len(self.periods)

    def __iter__(self) -> Iterator[tuple[Period, float]]:
        """Walk the points in order of time."""
        return iter(zip(self.periods, self.values, strict=True))

    def at(self, period: Period) -> float | None:
        """Return the value of ``period``, or None where there is none."""
        return dict(self).get(period)

    def only(self, periods: frozenset[Period]) -> Series:
        """Return the series with nothing but ``periods``."""
        kept = [(p, v) for p, v in self if p in periods]
        return Series(self.key, tuple(p for p, _ in kept), tuple(v for _, v in kept))


Panel = Mapping[SeriesKey, Series]
"""All series at hand, as known on one day. Values in the order of their keys."""
