"""Compound yearly growth from a base year: what Open SDG, Eurostat and the United Nations build their rules on."""

from __future__ import annotations

import math
from dataclasses import dataclass

from vagvisare.assessment.translations.case_series import CaseSeries, percent, plain
from vagvisare.terms.language import Text

BASE_YEAR = 2015
TARGET_YEAR = 2030
"""The years of the 2030 Agenda, taken where a series declares none."""

INSTEAD_OF_NOUGHT = 0.001
"""What stands in for a base or a target of nought, from which no growth can be computed."""

STEEPNESS = 4.44
"""How fast the thresholds shrink near a natural limit."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The way from the base year to the latest figure.

    ``target`` is the target used in the arithmetic, None without one. ``value`` is growth achieved over growth needed
    with a target, growth the good way without; None where ``problem`` says why there is none. ``factor`` is what a
    natural limit leaves of the thresholds (0 to 1).
    """

    base_year: int | None
    target: float | None
    achieved: bool
    value: float | None
    factor: float
    reason: Text
    problem: bool = False


def growth_of(case: CaseSeries, base_year: int | None, sense: int) -> Growth:
    """Compute the growth of a series as Open SDG does.

    Args:
        case: a series with at least one figure.
        base_year: the year to count from; None where no year can serve.
        sense: which way is better, 1 or −1.

    Source: Open SDG, documentation of the progress measure, version 2.4, and its published computation.
    """
    target = INSTEAD_OF_NOUGHT if case.target == 0 else case.target
    year, value = case.latest
    achieved = target is not None and sense * (value - target) >= 0
    base = None if base_year is None else case.at(base_year)
    if base is None or base_year is None:
        why = Text(
            f"Ingen siffra från basåret {case.base_year or BASE_YEAR} eller senare",
            f"No figure from the base year {case.base_year or BASE_YEAR} or later",
        )
        return Growth(None, target, achieved, None, 1.0, why, problem=True)
    factor = limit_factor(base, case.limit) if target is None else 1.0
    base_used = INSTEAD_OF_NOUGHT if base == 0 else base
    problem = _problem(base_used, value, base_year, year)
    if problem is not None:
        return Growth(base_year, target, achieved, None, factor, problem, problem=True)
    return _computed(case, base_year, base_used, target, sense, achieved, factor)


def _problem(base: float, value: float, base_year: int, year: int) -> Text | None:
    if (base > 0 > value) or (base < 0 < value):
        return Text("Siffran har bytt tecken sedan basåret", "The figure has changed sign since the base year")
    if year <= base_year:
        return Text("Minst två år med siffror behövs, från basåret", "At least two years of figures are needed")
    return None


def _computed(
    case: CaseSeries, base_year: int, base: float, target: float | None, sense: int, achieved: bool, factor: float
) -> Growth:
    year, value = case.latest
    mirrored = -1 if base < 0 else 1
    achieved_rate = yearly(value, base, year - base_year)
    said = _said(base, base_year, value, year, achieved_rate)
    if target is None:
        return Growth(base_year, None, False, mirrored * sense * achieved_rate, factor, said)
    target_year = case.target_year if case.target_year is not None else TARGET_YEAR
    if (target < 0) != (base < 0) or target_year == base_year:
        why = Text("Ingen tillväxt leder från basåret till målet", "No growth leads from the base year to the target")
        return Growth(base_year, target, achieved, None, factor, why, problem=True)
    needed = yearly(target, base, target_year - base_year)
    rate, to = percent(needed), plain(target)
    said = Text(
        f"{said.sv}; {rate.sv} om året behövs för att nå målet {to.sv} till {target_year}",
        f"{said.en}; {rate.en} a year is needed to reach the target {to.en} by {target_year}",
    )
    return Growth(base_year, target, achieved, quotient(mirrored * sense * achieved_rate, abs(needed)), factor, said)


def _said(base: float, base_year: int, value: float, year: int, rate: float) -> Text:
    first, last, growth = plain(base), plain(value), percent(rate)
    return Text(
        f"Från {first.sv} ({base_year}) till {last.sv} ({year}), {growth.sv} om året",
        f"From {first.en} ({base_year}) to {last.en} ({year}), {growth.en} a year",
    )


def next_year(case: CaseSeries) -> int | None:
    """Return the declared base year (2015 without one) or the next with a figure; None where there is none."""
    asked = case.base_year if case.base_year is not None else BASE_YEAR
    return next((year for year in case.periods if year >= asked), None)


def nearest_year(case: CaseSeries) -> int:
    """Return the year with a figure nearest the declared base year (2015 without one); the later of two as near."""
    asked = case.base_year if case.base_year is not None else BASE_YEAR
    return min(case.periods, key=lambda year: (abs(year - asked), -year))


def yearly(later: float, earlier: float, years: int) -> float:
    """Return the compound growth a year, 0.01 for one per cent; infinite where a float cannot hold it."""
    try:
        return float((later / earlier) ** (1 / years)) - 1
    except (OverflowError, ZeroDivisionError):
        return math.inf


def quotient(above: float, below: float) -> float | None:
    """Return a quotient; infinite over nought, None for nought over nought."""
    if below == 0:
        return math.copysign(math.inf, above) if above else None
    return above / below


def limit_factor(base: float, limit: float | None) -> float:
    """Return what a natural limit leaves of the thresholds: 1 far from it, 0 at it, 1 without one."""
    if limit is None:
        return 1.0
    size, edge = abs(base), abs(limit)
    if size >= 2 * edge:
        return 1.0
    if size <= edge:
        return float(1 - (size / edge) ** STEEPNESS)
    return float(1 - ((2 * edge - size) / edge) ** STEEPNESS)
