"""Changes per year: how they are computed from a trend or a pace, and how they are written.

The sign is dropped only by ``Rate.size``, whose neighbour in the sentence must then carry it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from vagvisare.assessment.judgement import Movement, Pace, Trend, Window
from vagvisare.findings.grammar import Topic
from vagvisare.terms.language import NO_BREAK_SPACE, Language, Text, number
from vagvisare.terms.unit import Scale, Unit, UnitClass


@dataclass(frozen=True, slots=True)
class Rate:
    """A change per year: per cent where ``relative``, otherwise in the unit of differences."""

    value: float
    relative: bool
    unit: Unit

    def decimals(self, *others: Rate) -> int:
        """Return the fewest decimals (one to three) at which no rate vanishes and no two differ yet look alike."""
        values = [self.shown, *(other.shown for other in others)]
        for places in (1, 2):
            rounded = [round(abs(value), places) for value in values]
            distinct = len(set(rounded)) == len({abs(value) for value in values})
            if distinct and all(rounded):
                return places
        return 3

    @property
    def shown(self) -> float:
        """The number as read: divided as the unit is, unless it is per cent."""
        return self.value if self.relative else self.value / self.unit.divide

    @property
    def vanishes(self) -> bool:
        """Tell whether nothing is left at three decimals."""
        return round(self.shown, 3) == 0

    def size(self, language: Language, decimals: int | None = None) -> str:
        """Write how fast, without sign: "2,1 procent om året"; the verb beside it must come from the sign."""
        return self._written(abs(self.shown), language, decimals, signed=False)

    def signed(self, language: Language, decimals: int | None = None) -> str:
        """Write the rate with its sign: "−2,1 procent om året"."""
        return self._written(self.shown, language, decimals, signed=True)

    def _written(self, value: float, language: Language, decimals: int | None, *, signed: bool) -> str:
        figure = number(value, language, self.decimals() if decimals is None else decimals, signed=signed)
        name = Text("procent", "per cent") if self.relative else self.unit.difference
        words = figure + NO_BREAK_SPACE + name.to(language) if name.sv else figure
        return f"{words} {'om året' if language is Language.SV else 'a year'}"


def yearly(topic: Topic, trend: Trend) -> Rate:
    """Return a trend's pace: per cent a year on the log scale, otherwise the robust change shared over the years.

    Durations (years of life, days of absence) are said in their own unit, as nobody reads them in per cent.
    """
    if trend.scale is Scale.LOG and topic.unit.unit_class is not UnitClass.DURATION:
        return Rate(math.expm1(trend.slope) * 100, relative=True, unit=topic.unit)
    return Rate(trend.change / span(trend.window), relative=False, unit=topic.unit)


def span(window: Window) -> float:
    """Return the years between the middle of the first and of the last period; one where there is a single point."""
    if window.n < 2:
        return 1.0
    return window.used[-1].middle - window.used[0].middle


def paces(topic: Topic, pace: Pace, scale: Scale) -> dict[str, Rate]:
    """Return the rates of a pace that have a number: needed, achieved, and its interval's ends."""
    named = {
        "needed": pace.needed,
        "achieved": pace.achieved,
        "low": pace.achieved_low,
        "high": pace.achieved_high,
    }
    return {
        name: Rate(value, relative=scale is Scale.LOG, unit=topic.unit)
        for name, value in named.items()
        if value is not None and math.isfinite(value)
    }


def moving(change: float) -> Movement:
    """Return the movement of a signed change."""
    if change > 0:
        return Movement.RISING
    return Movement.FALLING if change < 0 else Movement.STILL
