"""What a published method is given and what it answers: the two values every translation shares."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from vagvisare.assessment.closer.values import Translated
from vagvisare.terms.language import Text

NOT_AVAILABLE = "not_available"
"""The status where a method cannot judge a series."""

LARGEST = 1e150
"""Figures beyond this overflow in the methods' arithmetic; no statistic has them."""


@dataclass(frozen=True, slots=True)
class CaseSeries:
    """One series as the published methods take it.

    ``periods`` are years in strictly increasing order, one for each value; a window of several years counts as its
    first, as Open SDG counts it. ``direction`` is 1 (higher is better), −1, 0 (neither) or None where nobody has
    said; each method then has its own default. ``target`` is a level in the figures' unit; ``further`` are more targets
    of the same series, each with its year. ``limit`` is a natural limit. ``share`` tells whether the figures are per
    cent of something, None where nobody has said. ``criterion`` is the smallest change between two figures that
    counts, in their unit (``scotland``).
    """

    name: str
    periods: tuple[int, ...]
    values: tuple[float, ...]
    direction: int | None = None
    target: float | None = None
    target_year: int | None = None
    base_year: int | None = None
    limit: float | None = None
    further: tuple[tuple[float, int | None], ...] = ()
    share: bool | None = None
    criterion: float | None = None

    @property
    def sense(self) -> int:
        """Which way is better, 1 or −1; higher where nobody has said."""
        return self.direction if self.direction is not None else 1

    @property
    def latest(self) -> tuple[int, float]:
        """The last year and its figure."""
        return self.periods[-1], self.values[-1]

    @property
    def is_share(self) -> bool:
        """Tell whether the figures are per cent: declared, else when nothing speaks against it."""
        if self.share is not None:
            return self.share
        return all(0 <= value <= 100 for value in self.values)

    def at(self, year: int) -> float | None:
        """Return the figure of ``year``; None where there is none."""
        return self.values[self.periods.index(year)] if year in self.periods else None

    def meets(self, target: float) -> bool:
        """Tell whether the latest figure is at the target or on its good side."""
        return self.sense * (self.values[-1] - target) >= 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What one method says of one series.

    ``status`` is one of the method's own words. ``value`` is its progress value, unrounded, and may be infinite;
    ``score`` its score where it has one, ``said`` how the status was reached. ``direction`` is −1, 0 or 1: does the
    status say worse, neither, better?
    """

    series: str
    method: str
    status: str
    value: float | None
    score: float | None
    direction: int
    said: Text

    @property
    def reason(self) -> str:
        """How the status was reached, in English."""
        return self.said.en

    @property
    def reason_sv(self) -> str:
        """The same in Swedish."""
        return self.said.sv

    @property
    def translated(self) -> Translated:
        """The answer as a closer look holds it."""
        return Translated(self.method, self.status, finite(self.value), self.score, self.reason, self.direction)

    def as_dict(self) -> dict[str, str | float | None]:
        """Return the answer as plain values, ready for JSON: the six fields every method answers come first."""
        return {
            "series": self.series,
            "method": self.method,
            "status": self.status,
            "value": finite(self.value),
            "score": self.score,
            "reason": self.reason,
            "reason_sv": self.reason_sv,
        }


Method = Callable[[Sequence[CaseSeries]], tuple[Answer, ...]]
"""A published method: all series in, one answer for each in the same order."""


def each_alone(name: str, judge: Callable[[CaseSeries], Answer], *, usual: int = 1) -> Method:
    """Turn the judgement of one series into a method, and refuse what no published method can judge.

    ``usual`` is the way the method takes as better where nobody has said.
    """

    def method(cases: Sequence[CaseSeries]) -> tuple[Answer, ...]:
        return tuple(refusal(name, case) or with_assumption(judge(case), case, usual) for case in cases)

    return method


def with_assumption(answer: Answer, case: CaseSeries, usual: int) -> Answer:
    """Say in the reason which way was taken as better, where nobody has said."""
    if case.direction is not None:
        return answer
    way = Text("högre", "higher") if usual > 0 else Text("lägre", "lower")
    sv = f"{answer.said.sv} Ingen riktning är angiven, så {way.sv} räknas som bättre."
    return replace(answer, said=Text(sv, f"{answer.said.en} No direction was given, so {way.en} is taken as better."))


def refusal(name: str, case: CaseSeries) -> Answer | None:
    """Return the answer to a series without figures, direction or order of time; None where there is nothing wrong."""
    if not case.values:
        return unavailable(name, case, Text("Serien har inga siffror.", "The series has no figures."))
    if case.direction == 0:
        return unavailable(
            name,
            case,
            Text(
                "Det är inte bestämt om högre eller lägre är bättre.",
                "Nobody has said whether higher or lower is better.",
            ),
        )
    stated = (*case.values, *(each for each in (case.target, case.limit) if each is not None))
    if any(abs(each) > LARGEST for each in stated):
        return unavailable(name, case, Text("Siffrorna är för stora att räkna med.", "The figures are too large."))
    if any(later <= earlier for earlier, later in zip(case.periods, case.periods[1:], strict=False)):
        return unavailable(
            name,
            case,
            Text("Två perioder börjar samma år.", "Two periods begin in the same year."),
        )
    return None


def unavailable(name: str, case: CaseSeries, reason: Text, value: float | None = None) -> Answer:
    """Return the answer to a series that a method cannot judge."""
    return Answer(case.name, name, NOT_AVAILABLE, value, None, 0, reason)


def finite(value: float | None) -> float | None:
    """Return a number that JSON can hold, else None; minus nought becomes nought."""
    return value + 0.0 if value is not None and math.isfinite(value) else None


def plain(value: float, digits: int = 6) -> Text:
    """Write a number for a reason, decimal comma in Swedish."""
    shown = f"{value:.0f}" if 1e5 <= abs(value) < 1e15 else f"{value + 0.0:.{digits}g}"
    return Text(shown.replace(".", ",").replace("-", "\u2212"), shown.replace("-", "\u2212"))


def percent(value: float) -> Text:
    """Write a rate as per cent with a sign and two decimals."""
    shown = f"{100 * value + 0.0:+.2f}".replace("-", "\u2212")
    return Text(f"{shown.replace('.', ',')} procent", f"{shown} %")
