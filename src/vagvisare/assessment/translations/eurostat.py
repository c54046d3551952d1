"""Eurostat's monitoring rule with a neutral band and scores, as the Basque statistics office Eustat computes it.

Growth as in Open SDG, but from the year nearest 2015 (the later of two as near). With a target the ratio decides: 95
and 60 per cent, and everything below 60 is called deterioration. Without one, growth of ±0.1 and ±1 per cent a year.
The thresholds above nought are scaled down near a natural limit, those below are not. Without a declared direction
*lower* is better, as in the engine Eustat builds on. Eustat shows a reached target as significant progress; here it has
a word of its own.

Sources: Eurostat, "Sustainable development in the European Union", annex on methods; Eustat, published build of its
indicators (EUSTAT-DES/data).
"""

from __future__ import annotations

from vagvisare.assessment.translations.case_series import NOT_AVAILABLE, Answer, CaseSeries, each_alone, unavailable
from vagvisare.assessment.translations.growth import Growth, growth_of, nearest_year, next_year
from vagvisare.assessment.translations.statcan import HIGHEST, reached, sense_of, sentence

NAME = "eurostat"
ACHIEVED = "target_achieved"
SIGNIFICANT = "significant_progress"
MODERATE = "moderate_progress"
NONE = "no_progress"
WORSE = "moderate_deterioration"
MUCH_WORSE = "significant_deterioration"
STATUSES = (SIGNIFICANT, MODERATE, NONE, WORSE, MUCH_WORSE, ACHIEVED, NOT_AVAILABLE)

_FULL_SCORE = 0.02
"""Growth a year that gives the highest score: two per cent."""

_DIRECTIONS = {SIGNIFICANT: 1, MODERATE: 1, NONE: 0, WORSE: -1, MUCH_WORSE: -1}


def judge(case: CaseSeries) -> Answer:
    """Judge one series."""
    found = growth_of(case, nearest_year(case), sense_of(case))
    if found.achieved:
        return Answer(case.name, NAME, ACHIEVED, found.value, HIGHEST, 0, reached(found))
    if _at_limit(case, found):
        return Answer(case.name, NAME, SIGNIFICANT, found.value, HIGHEST, 1, sentence(found.reason))
    if found.value is None:
        return unavailable(NAME, case, sentence(found.reason))
    status = _with_target(found.value) if found.target is not None else _without(found.value, found.factor)
    return Answer(
        case.name, NAME, status, found.value, _score(found.value, found), _DIRECTIONS[status], sentence(found.reason)
    )


def _at_limit(case: CaseSeries, found: Growth) -> bool:
    """Tell whether the latest figure is the natural limit itself, which Eustat scores highest.

    Only where the base year was found going forward: Eustat computes the score anew, without this rule, when the
    nearest year lies before the one asked for.
    """
    return (
        found.target is None
        and case.limit is not None
        and case.values[-1] == case.limit
        and found.base_year == next_year(case)
    )


def _with_target(value: float) -> str:
    if value >= 0.95:
        return SIGNIFICANT
    if value >= 0.60:
        return MODERATE
    return WORSE if value >= 0 else MUCH_WORSE


def _without(value: float, factor: float) -> str:
    if value >= 0.01 * factor:
        return SIGNIFICANT
    if value >= 0.001 * factor:
        return MODERATE
    if value >= -0.001:
        return NONE
    return WORSE if value >= -0.01 else MUCH_WORSE


def _score(value: float, found: Growth) -> float:
    """Return the score from −5 to 5."""
    if found.target is not None:
        return _ratio_score(value)
    if value < -_FULL_SCORE:
        return -HIGHEST
    if found.factor == 0:
        return HIGHEST
    if value < 0:
        return value / _FULL_SCORE * HIGHEST
    return min(value / (_FULL_SCORE * found.factor) * HIGHEST, HIGHEST)


def _ratio_score(ratio: float) -> float:
    """Return the score of a ratio: 5 above 1.3, 0 at 0.6, −5 at −0.6, straight lines between."""
    if ratio > 1.3:
        return HIGHEST
    if ratio >= 0.6:
        return (5.0 / 0.7) * (ratio - 0.6)
    return (5.0 / 1.2) * (ratio + 0.6) - 5 if ratio > -0.6 else -HIGHEST


method = each_alone(NAME, judge, usual=-1)
