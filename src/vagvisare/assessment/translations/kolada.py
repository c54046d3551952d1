"""The colours of Kolada: how a figure stands among others', not whether it is good.

Every series of the table is one unit (a municipality, a region) with the same measure. They are ranked at the latest
period that all of them have: the best quarter is green, the worst quarter red, the rest yellow. Units with the same
figure share colour, and where a tie reaches both quarters it is yellow. At least four units are needed.

Source: Rådet för främjande av kommunala analyser, Kolada, guide to Jämföraren.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from vagvisare.assessment.translations.case_series import (
    NOT_AVAILABLE,
    Answer,
    CaseSeries,
    refusal,
    unavailable,
    with_assumption,
)
from vagvisare.terms.language import Text

NAME = "kolada"
GREEN = "green"
YELLOW = "yellow"
RED = "red"
STATUSES = (GREEN, YELLOW, RED, NOT_AVAILABLE)

FEWEST = 4
_QUARTER = 0.25


def method(cases: Sequence[CaseSeries]) -> tuple[Answer, ...]:
    """Colour every unit by its place among all."""
    refused = [refusal(NAME, case) for case in cases]
    units = [case for case, no in zip(cases, refused, strict=True) if no is None]
    shared = set.intersection(*(set(case.periods) for case in units)) if units else set()
    if len(units) < FEWEST or not shared:
        why = _too_few(len(units)) if len(units) < FEWEST else _apart()
        return tuple(no or unavailable(NAME, case, why) for case, no in zip(cases, refused, strict=True))
    year = max(shared)
    figures = sorted(case.sense * case.values[case.periods.index(year)] for case in units)
    return tuple(
        no or with_assumption(_coloured(case, year, figures), case, 1) for case, no in zip(cases, refused, strict=True)
    )


def _coloured(case: CaseSeries, year: int, figures: Sequence[float]) -> Answer:
    """Colour one unit; ``figures`` are everybody's, worst first."""
    own = case.sense * case.values[case.periods.index(year)]
    better, worse = len(figures) - bisect_right(figures, own), bisect_left(figures, own)
    edge = _QUARTER * len(figures)
    green, red = better < edge, worse < edge
    status = GREEN if green and not red else RED if red and not green else YELLOW
    reason = Text(
        f"Plats {better + 1} av {len(figures)} år {year}; färgen säger inget om nivån är bra.",
        f"Place {better + 1} of {len(figures)} in {year}; the colour does not say whether the level is good.",
    )
    return Answer(case.name, NAME, status, float(better + 1), None, 0, reason)


def _too_few(units: int) -> Text:
    return Text(
        f"Färgen kräver minst fyra enheter att jämföra; tabellen har {units}.",
        f"The colour needs at least four units to compare; the table has {units}.",
    )


def _apart() -> Text:
    return Text("Ingen period finns för alla enheter.", "No period has a figure for every unit.")
