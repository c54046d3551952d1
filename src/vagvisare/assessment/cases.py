"""Judging any table of series, without a strategy: what ``vagvisare judge`` does."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from vagvisare.assessment.definition import (
    Collection,
    Direction,
    Indicator,
    Target,
    TargetKind,
)
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.judgement import Pace, Reason, Trend
from vagvisare.assessment.pace import pace
from vagvisare.assessment.scale import fitting_scale
from vagvisare.assessment.trend import judge_trends
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Language, Text, number
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import UNITS, Scale

METHOD = "default"
"""The name of the method: METHODS §3, the recommended transparent default."""

DIRECTIONS = {
    "higher": Direction.HIGHER,
    "1": Direction.HIGHER,
    "+1": Direction.HIGHER,
    "lower": Direction.LOWER,
    "-1": Direction.LOWER,
    "none": Direction.NEUTRAL,
    "0": Direction.NEUTRAL,
}
"""The words and numbers a case may give its direction in."""

_UNIT_OF_SCALE = {Scale.LOGIT: "percent", Scale.LOG: "companies", Scale.LINEAR: "number"}
"""A unit with the right scale, for cases that name none; its words are never shown."""


@dataclass(frozen=True, slots=True)
class Case:
    """One series to judge.

    ``direction`` is a word or number of :data:`DIRECTIONS`; empty means that higher is better, and the answer says
    that nobody declared it. ``unit`` is a unit's code, or ``%``; empty leaves the scale to the figures. ``limit``
    is the natural upper limit of a share-like quantity. ``target`` is a level in the figures' own unit; without
    ``target_year`` it is compared with the level only.
    """

    name: str
    points: tuple[tuple[Period, float], ...]
    direction: str = ""
    unit: str = ""
    target: float | None = None
    target_year: int | None = None
    base_year: int | None = None
    limit: float | None = None


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
        """Return the answer as plain values, in the order of the fields, ready for JSON."""
        return asdict(self)


def judge_cases(cases: Iterable[Case], *, fast: bool = True) -> list[CaseJudgement]:
    """Judge any number of series by the default method.

    Args:
        cases: the series, in any order; the answer keeps it.
        fast: use the array kernels; False uses the plain reference.

    Raises:
        FigureError: when a case has no figures, two figures for one period, a figure that is no number, or a
            direction, unit, limit or target that means nothing.
    """
    asked = [(case, _series(case), _indicator(case)) for case in cases]
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
        window=f"{window[0].start}-{window[-1].end}",
        level=series.values[-1] if math.isnan(trend.level_end) else trend.level_end,
        pace=found.verdict.value if found is not None else None,
        needed=found.needed if found is not None else None,
        achieved=found.achieved if found is not None else None,
        ratio=found.ratio if found is not None else None,
        reason=_reason(case, series, trend, found),
    )


def _series(case: Case) -> Series:
    """Return the figures of a case as a series."""
    periods = [period for period, _ in case.points]
    if not periods:
        raise _mistake(
            case,
            Text("har inga siffror", "has no figures"),
            Text("Ange minst en rad med period och värde.", "Give at least one row with a period and a value."),
        )
    twice = sorted({period for period in periods if periods.count(period) > 1})
    if twice:
        raise _mistake(
            case,
            Text(f"har två siffror för {twice[0]}", f"has two figures for {twice[0]}"),
            Text("Behåll en rad per serie och period.", "Keep one row per series and period."),
        )
    if not all(math.isfinite(value) for _, value in case.points):
        raise _mistake(
            case,
            Text("har ett värde som inte är ett tal", "has a figure that is no number"),
            Text("Utelämna raden där värdet saknas.", "Leave the row out where no figure exists."),
        )
    return Series.of(SeriesKey(case.name, "00"), dict(case.points))


def _indicator(case: Case) -> Indicator:
    """Return the contract a case implies."""
    words = Text(case.name, case.name)
    unit, limits = _unit(case)
    return Indicator(
        key=case.name,
        dataset=case.name,
        title=words,
        subject=words,
        unit=unit,
        direction=_direction(case),
        collection=Collection.REGISTER,
        definition=words,
        limits=limits,
        # One hundredth of the way between the limits: one percentage point where the limits are 0 and 100.
        smallest_change=limits[1] / 100 if limits is not None else None,
        targets=_targets(case),
    )


def _direction(case: Case) -> Direction:
    word = case.direction.strip().lower().replace("\u2212", "-")
    if not word:
        return Direction.HIGHER
    # "1.0" is how a spreadsheet writes the number 1.
    plain = word.removesuffix(".0")
    if plain not in DIRECTIONS:
        raise _mistake(
            case,
            Text(f"har den okända riktningen ”{word}”", f"has the unknown direction “{word}”"),
            Text("Skriv higher, lower, none, 1, -1 eller 0.", "Write higher, lower, none, 1, -1 or 0."),
        )
    return DIRECTIONS[plain]


def _unit(case: Case) -> tuple[str, tuple[float, float] | None]:
    """Return the unit and limits that give the case its scale; a limit it keeps within makes it a share of it."""
    limits = _limits(case)
    code = case.unit.strip()
    if code in {"%", "percent"}:
        return "percent", limits
    if code and code not in UNITS:
        known = ", ".join(UNITS)
        raise _mistake(
            case,
            Text(f"har den okända enheten ”{code}”", f"has the unknown unit “{code}”"),
            Text(f"Använd någon av {known}, eller lämna fältet tomt.", f"Use one of {known}, or leave it empty."),
        )
    if limits is not None:
        return "percent", limits
    if code:
        return code, None
    return _UNIT_OF_SCALE[fitting_scale(_values(case), Scale.LOG)], None


def _limits(case: Case) -> tuple[float, float] | None:
    """Return 0 to the limit where every figure lies strictly between them."""
    if case.limit is None:
        return None
    if not (math.isfinite(case.limit) and case.limit > 0):
        raise _mistake(
            case,
            Text(f"har gränsen {case.limit:g}", f"has the limit {case.limit:g}"),
            Text("Ange en naturlig gräns som är större än noll.", "Give a natural limit greater than zero."),
        )
    inside = fitting_scale(_values(case), Scale.LOGIT, (0.0, case.limit)) is Scale.LOGIT
    return (0.0, case.limit) if inside else None


def _targets(case: Case) -> tuple[Target, ...]:
    if case.target is None:
        return ()
    if not math.isfinite(case.target):
        raise _mistake(
            case,
            Text("har ett målvärde som inte är ett tal", "has a target that is no number"),
            Text("Ange målet som ett tal, eller lämna fältet tomt.", "Give the target as a number, or leave it empty."),
        )
    return (
        Target(
            TargetKind.ABSOLUTE,
            wording=f"{case.target:g}",
            source="table",
            value=case.target,
            base_year=case.base_year,
            year=case.target_year,
        ),
    )


def _reason(case: Case, series: Series, trend: Trend, found: Pace | None) -> str:
    """Say in one English sentence why the verdict is what it is, with what was taken for granted."""
    parts = [_why(trend, series)]
    if found is not None:
        parts.append(f"against the target {case.target:g}{_by(case)} the pace verdict is “{found.verdict.value}”")
    if not case.direction.strip():
        parts.append("no direction was given, so higher is taken as better")
    return "; ".join(parts) + "."


def _by(case: Case) -> str:
    return f" by {case.target_year}" if case.target_year is not None else ""


def _why(trend: Trend, series: Series) -> str:
    n = trend.window.n
    if trend.reason is Reason.TOO_FEW:
        latest = f"{series.values[-1]:g} in {series.periods[-1]}"
        return f"Only {n} independent {_points(n)}, at least five are needed, so only the level is stated ({latest})"
    test = f"{_points(n)} {trend.window.used[0]} to {trend.window.used[-1]}, {trend.scale.value} scale"
    p = f"p = {number(trend.p, Language.EN, 3)}" if trend.p >= 0.001 else "p < 0.001"
    sentences = {
        Reason.SIGNIFICANT: f"The Mann–Kendall test finds a trend ({p})",
        Reason.INSIDE_SMALLEST_CHANGE: "The 90 % interval of the total change is smaller than any change that matters",
        Reason.NOISE: f"Neither a trend nor its absence can be told from noise ({p})",
        Reason.NO_VARIATION: "Every figure is the same",
    }
    return f"{sentences[trend.reason]} over {n} independent {test}"


def _points(n: int) -> str:
    return "point" if n == 1 else "points"


def _values(case: Case) -> Sequence[float]:
    return [value for _, value in case.points]


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _mistake(case: Case, what: Text, remedy: Text) -> FigureError:
    return FigureError(
        Text(f"Serien ”{case.name}” {what.sv}.", f"The series “{case.name}” {what.en}."),
        meaning=Text("Ingenting har bedömts.", "Nothing was judged."),
        remedy=remedy,
    )
