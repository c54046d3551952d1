"""Statistics Canada's progress measure, as Open SDG 2.4 computes it for one series.

Growth from 2015 (or the next year with a figure) is compared with the growth that the target needs, or without a
target with 1.5 and 0.5 per cent a year, scaled down near a natural limit. Without a declared direction *lower* is
better: that is Open SDG's default. Its weaknesses are kept, since they are part of the published results: only two
figures count, and a base or target of nought becomes 0.001.

Source: Open SDG, "Progress measurement methodology", docs/progress-methodology.md, and sdg-build 2.4, ProgressMeasure.
"""

from __future__ import annotations

from vagvisare.assessment.translations.case_series import (
    NOT_AVAILABLE,
    Answer,
    CaseSeries,
    each_alone,
    unavailable,
)
from vagvisare.assessment.translations.growth import Growth, growth_of, next_year
from vagvisare.terms.language import Text

NAME = "statcan"
ACHIEVED = "target_achieved"
SUBSTANTIAL = "substantial_progress"
MODERATE = "moderate_progress"
LIMITED = "limited_progress"
DETERIORATION = "deterioration"
STATUSES = (ACHIEVED, SUBSTANTIAL, MODERATE, LIMITED, DETERIORATION, NOT_AVAILABLE)

HIGHEST = 5.0

_WITH_TARGET = (0.95, 0.60)
_WITHOUT = (0.015, 0.005)


def judge(case: CaseSeries) -> Answer:
    """Judge one series."""
    found = growth_of(case, next_year(case), sense_of(case))
    if found.achieved:
        return Answer(case.name, NAME, ACHIEVED, found.value, HIGHEST, 0, reached(found))
    if found.value is None:
        return unavailable(NAME, case, sentence(found.reason))
    status = _status(found.value, found)
    direction = -1 if status == DETERIORATION else int(found.value > 0)
    return Answer(case.name, NAME, status, found.value, _score(found.value, found), direction, sentence(found.reason))


def sense_of(case: CaseSeries) -> int:
    """Return which way is better; lower where nobody has said, which is Open SDG's default."""
    return case.direction if case.direction is not None else -1


def _status(value: float, found: Growth) -> str:
    high, medium = _thresholds(found)
    if value >= high:
        return SUBSTANTIAL
    if value >= medium:
        return MODERATE
    return LIMITED if value >= 0 else DETERIORATION


def _thresholds(found: Growth) -> tuple[float, float]:
    high, medium = _WITHOUT if found.target is None else _WITH_TARGET
    return high * found.factor, medium * found.factor


def _score(value: float, found: Growth) -> float:
    """Return the score from −5 to 5: straight lines between the thresholds."""
    if found.target is not None:
        if value >= _WITH_TARGET[1]:
            return min(7.1429 * value - 4.2857, HIGHEST)
        return max(4.1667 * value - 2.5, -HIGHEST)
    if value < 0:
        return max(125 * value - 2.5, -HIGHEST)
    if found.factor == 0:
        return HIGHEST
    high, medium = _thresholds(found)
    if value >= high:
        return min(500 * value / found.factor - 5, HIGHEST)
    if value >= medium:
        return 250 * value / found.factor - 1.25
    return 500 * value / found.factor - 2.5


def reached(found: Growth) -> Text:
    """Say that the target is met, with the growth where there is one."""
    if found.problem:
        return Text("Den senaste siffran når målet.", "The latest figure meets the target.")
    return Text(
        f"Den senaste siffran når målet. {found.reason.sv}.", f"The latest figure meets the target. {found.reason.en}."
    )


def sentence(reason: Text) -> Text:
    """End a reason as a sentence."""
    return Text(f"{reason.sv}.", f"{reason.en}.")


method = each_alone(NAME, judge, usual=-1)
