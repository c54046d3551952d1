"""Two points against a criterion for change, as Scotland's National Performance Framework does.

The last two figures are compared: a change of the criterion or more is improving or worsening, less is maintaining. The
framework sets a criterion for each indicator; without one it is one percentage point for per cent and one per cent of
the figure before otherwise.

Source: Scottish Government, National Performance Framework, technical notes on "criteria for change".
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
from vagvisare.terms.language import Text

NAME = "scotland"
IMPROVING = "performance_improving"
MAINTAINING = "performance_maintaining"
WORSENING = "performance_worsening"
STATUSES = (IMPROVING, MAINTAINING, WORSENING, NOT_AVAILABLE)

_HAIR = 1e-9
"""A change this near the criterion reaches it: 50.1 − 49.1 is not quite 1 to a computer."""


def judge(case: CaseSeries) -> Answer:
    """Judge one series."""
    if len(case.values) < 2:
        return unavailable(NAME, case, Text("Minst två mätpunkter behövs.", "At least two points are needed."))
    before, latest = case.values[-2:]
    change = case.sense * (latest - before)
    criterion = _criterion(case, before)
    said = Text(
        f"Från {plain(before).sv} till {plain(latest).sv} mellan de två senaste mätningarna; minst "
        f"{plain(criterion).sv} räknas som förändring.",
        f"From {plain(before).en} to {plain(latest).en} between the last two measurements; at least "
        f"{plain(criterion).en} counts as a change.",
    )
    if change == 0 or abs(change) < criterion * (1 - _HAIR):
        return Answer(case.name, NAME, MAINTAINING, change, None, 0, said)
    if change > 0:
        return Answer(case.name, NAME, IMPROVING, change, None, 1, said)
    return Answer(case.name, NAME, WORSENING, change, None, -1, said)


def _criterion(case: CaseSeries, before: float) -> float:
    if case.criterion is not None:
        return case.criterion
    return 1.0 if case.is_share else abs(before) / 100


method = each_alone(NAME, judge)
