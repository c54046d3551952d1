"""What a producer says of a figure's certainty: an interval, a standard error, how many were asked or counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vagvisare.terms.period import Period
from vagvisare.terms.series import SeriesKey


@dataclass(frozen=True, slots=True, order=True)
class Sampling:
    """What is known of how certain one figure is; None where nothing is.

    ``low`` and ``high`` are the producer's 95 % interval and ``se`` the standard error, both in the figure's own unit.
    ``n`` is how many people were asked (or make up the denominator), ``count`` how many of them, or how many events,
    the figure rests on.
    """

    low: float | None = None
    high: float | None = None
    se: float | None = None
    n: float | None = None
    count: float | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is known at all."""
        return any(value is not None for value in self.fields())

    def fields(self) -> tuple[float | None, float | None, float | None, float | None, float | None]:
        """Return the five numbers in the order of ``COLUMNS``."""
        return self.low, self.high, self.se, self.n, self.count


COLUMNS = ("low", "high", "se", "n", "count")
"""The names of the five numbers, as columns in files."""

Samples = Mapping[SeriesKey, Mapping[Period, Sampling]]
"""Every figure about whose certainty something is known; the others are simply absent."""
