"""The arrows of the SDG Index (Sustainable Development Solutions Network).

The mean yearly change since 2015, in the figures' own unit, over the yearly change that would lead in a straight line
from 2015 to the target in 2030: below nought decreasing, under half stagnating, under one moderately improving, from
one on track. A figure at its target is on track ("on track or maintaining achievement").

Source: Sustainable Development Report, annex "Methods summary", section on trends.
"""

from __future__ import annotations

from vagvisare.assessment.translations.case_series import (
    NOT_AVAILABLE,
    Answer,
    CaseSeries,
    each_alone,
    plain,
    unavailable,
)
from vagvisare.assessment.translations.growth import TARGET_YEAR, next_year, quotient
from vagvisare.terms.language import Text

NAME = "sdsn"
ON_TRACK = "on_track"
IMPROVING = "moderately_improving"
STAGNATING = "stagnating"
DECREASING = "decreasing"
STATUSES = (ON_TRACK, IMPROVING, STAGNATING, DECREASING, NOT_AVAILABLE)

_DIRECTIONS = {ON_TRACK: 1, IMPROVING: 1, STAGNATING: 0, DECREASING: -1}


def judge(case: CaseSeries) -> Answer:
    """Judge one series."""
    if case.target is None:
        return unavailable(NAME, case, Text("Metoden kräver ett mål.", "The method needs a target."))
    base_year = next_year(case)
    base = None if base_year is None else case.at(base_year)
    year, value = case.latest
    target_year = case.target_year if case.target_year is not None else TARGET_YEAR
    met = case.meets(case.target)
    if base_year is None or base is None or year <= base_year or target_year <= base_year:
        why = Text("Minst två år med siffror behövs.", "At least two years of figures are needed.")
        return Answer(case.name, NAME, ON_TRACK, None, None, 0, _reached()) if met else unavailable(NAME, case, why)
    achieved = (value - base) / (year - base_year)
    needed = (case.target - base) / (target_year - base_year)
    ratio = quotient(case.sense * achieved, abs(needed))
    said = _said(achieved, needed, base_year)
    if met or ratio is None:
        reason = Text(f"{_reached().sv} {said.sv}", f"{_reached().en} {said.en}")
        return Answer(case.name, NAME, ON_TRACK, ratio, None, 0, reason)
    status = _status(ratio)
    return Answer(case.name, NAME, status, ratio, None, _DIRECTIONS[status], said)


def _status(ratio: float) -> str:
    if ratio >= 1:
        return ON_TRACK
    if ratio >= 0.5:
        return IMPROVING
    return STAGNATING if ratio >= 0 else DECREASING


def _reached() -> Text:
    return Text("Den senaste siffran når målet.", "The latest figure meets the target.")


def _said(achieved: float, needed: float, base_year: int) -> Text:
    had, wanted = plain(achieved, 4), plain(needed, 4)
    return Text(
        f"I medeltal {had.sv} om året sedan {base_year}; {wanted.sv} om året behövs för att nå målet.",
        f"{had.en} a year on average since {base_year}; {wanted.en} a year needed to reach the target.",
    )


method = each_alone(NAME, judge)
