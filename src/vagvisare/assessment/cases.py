"""Judging any table of series, without a strategy: what ``vagvisare judge`` does."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from vagvisare.assessment.case import Case, contract_of, is_unknown_unit, series_of
from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.judgement import Pace, Reason, Trend
from vagvisare.assessment.pace import pace
from vagvisare.assessment.trend import judge_trends
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series

__all__ = ["Case", "CaseJudgement", "judge_cases"]

METHOD = "default"
"""The name of the method: METHODS §3, the recommended transparent default."""


@dataclass(frozen=True, slots=True)
class CaseJudgement:
    """The answer for one case.

    ``status`` is one of the four verdicts' words and ``movement`` one of the movements'. ``value`` is the slope
    per year on the model scale ``scale``; ``level`` the robust level at the window's end, or the latest figure
    where the window is too short. ``pace`` is a pace verdict's word, None where there is no target. Numbers that
    do not exist are None.
    """

    series: str
    method: str
    status: str
    movement: str
    scale: str
    value: float | None
    value_low: float | None
    value_high: float | None
    p: float
    n: int
    window: str
    level: float
    pace: str | None
    needed: float | None
    achieved: float | None
    ratio: float | None
    reason: str

    def as_dict(self) -> dict[str, str | float | int | None]:
        """Return the answer as plain values, ready for JSON.

        The fields every method answers come first: ``series, method, status, value, score, reason``. ``score`` is
        null, since this method gives none; ``verdict`` repeats ``status`` under the name that findings use.
        """
        own = asdict(self)
        shared = {name: own.pop(name) for name in ("series", "method", "status", "value")}
        return {**shared, "score": None, "reason": own.pop("reason"), "verdict": self.status, **own}


def judge_cases(cases: Iterable[Case], *, fast: bool = True) -> list[CaseJudgement]:
    """Judge any number of series by the default method.

    Args:
        cases: the series, in any order; the answer keeps it.
        fast: use the array kernels; False uses the plain reference.

    Raises:
        FigureError: when a case has no figures, two figures for one period, a figure that is no number, or a
            direction, limit or target that means nothing.
    """
    asked = [(case, series_of(case), contract_of(case)) for case in cases]
    trends = judge_trends([trend_request(series, indicator) for _, series, indicator in asked], fast=fast)
    return [
        _answer(case, series, indicator, trend) for (case, series, indicator), trend in zip(asked, trends, strict=True)
    ]


def _answer(case: Case, series: Series, indicator: Indicator, trend: Trend) -> CaseJudgement:
    paces = [pace(target, series, trend, indicator) for target in indicator.targets]
    found = paces[0] if paces else None
    window = trend.window.used
    return CaseJudgement(
        series=case.name,
        method=METHOD,
        status=trend.verdict.value,
        movement=trend.movement.value,
        scale=trend.scale.value,
        value=_finite(trend.slope),
        value_low=_finite(trend.slope_low),
        value_high=_finite(trend.slope_high),
        p=trend.p,
        n=trend.window.n,
        window=str(Period(window[0].start, window[-1].end)),
        level=trend.level_end if math.isfinite(trend.level_end) else series.values[-1],
        pace=found.verdict.value if found is not None else None,
        needed=_finite(found.needed) if found is not None else None,
        achieved=_finite(found.achieved) if found is not None else None,
        ratio=_finite(found.ratio) if found is not None else None,
        reason=_reason(case, series, trend, found),
    )


def _reason(case: Case, series: Series, trend: Trend, found: Pace | None) -> str:
    """Say in one English sentence why the verdict is what it is, with what was taken for granted."""
    parts = [_why(trend, series)]
    if found is not None:
        parts.append(f"against the target {case.target:g}{_by(case)} the pace verdict is “{found.verdict.value}”")
    if not case.direction.strip():
        parts.append("no direction was given, so higher is taken as better")
    if is_unknown_unit(case):
        parts.append(f"the unit “{case.unit.strip()}” is unknown, so the scale follows the figures")
    return "; ".join(parts) + "."


def _by(case: Case) -> str:
    return f" by {case.target_year}" if case.target_year is not None else ""


def _why(trend: Trend, series: Series) -> str:
    n = trend.window.n
    if trend.reason is Reason.TOO_FEW:
        latest = f"{series.values[-1]:g} in {series.periods[-1]}"
        return f"Only {n} independent {_points(n)}, at least five are needed, so only the level is stated ({latest})"
    test = f"{_points(n)} {trend.window.used[0]} to {trend.window.used[-1]}, {trend.scale.value} scale"
    p = f"p = {trend.p:.3g}" if trend.p >= 0.001 else "p < 0.001"
    sentences = {
        Reason.SIGNIFICANT: f"The Mann–Kendall test finds a trend ({p})",
        Reason.INSIDE_SMALLEST_CHANGE: "The 90 % interval of the total change is smaller than any change that matters",
        Reason.NOISE: f"Neither a trend nor its absence can be told from noise ({p})",
        Reason.NO_VARIATION: "Every figure is the same",
    }
    return f"{sentences[trend.reason]} over {n} independent {test}"


def _points(n: int) -> str:
    return "point" if n == 1 else "points"


def _finite(value: float | None) -> float | None:
    """Return a number that JSON can hold, else None: rates of figures near the end of what a float holds have none."""
    return value if value is not None and math.isfinite(value) else None
