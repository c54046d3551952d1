"""The United Nations' progress chart of 2023 and 2024, as its technical note and Eustat's page on method tell it.

Growth from 2015 is carried on to the target's year, and the share of the whole way that would then be covered decides;
without a target growth of 2 and 0.5 per cent a year. A figure that meets its target is on track, whatever the trend,
and so is one within one percentage point of a target of 0 or 100 per cent. When the target's year has passed, the
figures up to that year count.

The share counts the way in whichever direction it goes: a figure that was past its target in the base year and has
fallen back beyond it is "on track". That is kept.

Sources: United Nations Statistics Division, "Progress Chart Technical Note 2023"; Eustat, "Measuring progress on the
Sustainable Development Goals".
"""

from __future__ import annotations

from dataclasses import replace

from vagvisare.assessment.translations.case_series import (
    NOT_AVAILABLE,
    Answer,
    CaseSeries,
    each_alone,
    percent,
    plain,
    unavailable,
)
from vagvisare.assessment.translations.growth import BASE_YEAR, TARGET_YEAR, quotient, yearly
from vagvisare.terms.language import Text

NAME = "un"
ON_TRACK = "on_track"
FAIR = "fair_progress"
STAGNATION = "stagnation_or_regression"
STATUSES = (ON_TRACK, FAIR, STAGNATION, NOT_AVAILABLE)

NEAR_ENOUGH = 1.0
"""Percentage points within which a target of 0 or 100 per cent counts as met."""

_WITH_TARGET = (0.95, 0.10)
_WITHOUT = (0.02, 0.005)


def judge(case: CaseSeries) -> Answer:
    """Judge one series."""
    case = _until_target(case)
    base_year = _base_year(case)
    base = None if base_year is None else case.at(base_year)
    rate = _rate(case, base_year, base)
    value = None if rate is None or base is None else _value(case, base, rate)
    said = _said(case, base_year, base, rate)
    if case.target is not None and _met(case, case.target):
        reason = Text(f"Den senaste siffran når målet. {said.sv}", f"The latest figure meets the target. {said.en}")
        return Answer(case.name, NAME, ON_TRACK, value, None, 0, reason)
    if value is None:
        return unavailable(NAME, case, said)
    status = _status(value, _WITHOUT if case.target is None else _WITH_TARGET)
    return Answer(case.name, NAME, status, value, None, _direction(status, value), said)


def _until_target(case: CaseSeries) -> CaseSeries:
    """Leave out what came after the target's year."""
    if case.target is None or case.target_year is None or case.periods[0] > case.target_year:
        return case
    kept = sum(year <= case.target_year for year in case.periods)
    return replace(case, periods=case.periods[:kept], values=case.values[:kept])


def _base_year(case: CaseSeries) -> int | None:
    """Return the base year, or the first after it, or the last before it, that leaves two figures."""
    asked = case.base_year if case.base_year is not None else BASE_YEAR
    earlier = case.periods[:-1]
    after = next((year for year in earlier if year >= asked), None)
    return after if after is not None else (earlier[-1] if earlier else None)


def _rate(case: CaseSeries, base_year: int | None, base: float | None) -> float | None:
    """Return the growth a year; None where there is none to compute."""
    year, value = case.latest
    if base_year is None or base is None or base == 0 or (base > 0 > value) or (base < 0 < value):
        return None
    if base < 0 and case.target is None:
        return None
    return yearly(value, base, year - base_year)


def _value(case: CaseSeries, base: float, rate: float) -> float | None:
    """Return the share of the way that growth would cover by the target's year; growth the good way without one."""
    if case.target is None:
        return case.sense * rate
    year, value = case.latest
    ahead = (case.target_year if case.target_year is not None else TARGET_YEAR) - year
    try:
        expected = value * (1 + rate) ** ahead
    except (OverflowError, ZeroDivisionError):
        return None
    if case.target == base:
        # No way to go at the outset: whatever is not met has moved away.
        return quotient(-abs(expected - base), 0.0)
    return (expected - base) / (case.target - base)


def _met(case: CaseSeries, target: float) -> bool:
    if case.meets(target):
        return True
    return target in (0, 100) and case.is_share and abs(case.values[-1] - target) <= NEAR_ENOUGH


def _status(value: float, thresholds: tuple[float, float]) -> str:
    if value >= thresholds[0]:
        return ON_TRACK
    return FAIR if value >= thresholds[1] else STAGNATION


def _direction(status: str, value: float) -> int:
    if status == STAGNATION:
        return -1 if value < 0 else 0
    return 1


def _said(case: CaseSeries, base_year: int | None, base: float | None, rate: float | None) -> Text:
    year, value = case.latest
    if base_year is None or base is None:
        return Text("Minst två år med siffror behövs.", "At least two years of figures are needed.")
    first, last = plain(base), plain(value)
    if rate is None:
        return Text(
            f"Ingen tillväxt går att räkna från {first.sv} ({base_year}) till {last.sv} ({year}).",
            f"No growth can be computed from {first.en} ({base_year}) to {last.en} ({year}).",
        )
    growth = percent(rate)
    return Text(
        f"Från {first.sv} ({base_year}) till {last.sv} ({year}), {growth.sv} om året.",
        f"From {first.en} ({base_year}) to {last.en} ({year}), {growth.en} a year.",
    )


method = each_alone(NAME, judge)
