"""Judging any table of series, without a strategy: what ``vagvisare judge`` does."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from vagvisare.assessment.case import Case, contract_of, is_unknown_unit, published_case, series_of
from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.judgement import Pace, PaceVerdict, Reason, Trend, Window
from vagvisare.assessment.targets.pace import pace
from vagvisare.assessment.translations import METHODS, Answer
from vagvisare.assessment.trend import judge_trends
from vagvisare.assessment.verdict import FEWEST
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series
from vagvisare.terms.unit import Scale

__all__ = ["METHOD", "Case", "CaseJudgement", "judge_cases", "translate_cases"]

METHOD = "default"
"""The name of the method: the one told in docs/method."""

_PACES = {
    PaceVerdict.REACHED: "the target is reached",
    PaceVerdict.ON_PACE: "on pace",
    PaceVerdict.TOO_SLOW: "too slow",
    PaceVerdict.WRONG_WAY: "wrong direction",
    PaceVerdict.RIGHT_WAY: "right direction",
    PaceVerdict.NOT_REACHED: "the target is not reached",
    PaceVerdict.UNDETERMINED: "cannot be determined",
}
"""The pace verdicts in English, for reasons."""

_SCALES = {Scale.LOGIT: "logitskala", Scale.LOG: "logaritmisk skala", Scale.LINEAR: "linjär skala"}


@dataclass(frozen=True, slots=True)
class CaseJudgement:
    """The answer for one case.

    ``status`` is one of the four verdicts' words and ``movement`` one of the movements'. ``value`` is the slope
    per year on the model scale ``scale``; ``level`` the robust level at the window's end, or the latest figure
    where the window is too short. ``pace`` is a pace verdict's word, None where there is no target. Numbers that
    do not exist are None. ``reason`` is an English sentence, ``reason_sv`` the same in Swedish.
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
    reason_sv: str = ""

    def as_dict(self) -> dict[str, str | float | int | None]:
        """Return the answer as plain values, ready for JSON.

        The fields every method answers come first: ``series, method, status, value, score, reason``. ``score`` is
        null, since this method gives none; ``verdict`` repeats ``status`` under the name that findings use;
        ``reason_sv`` comes last.
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


def translate_cases(cases: Iterable[Case], method: str) -> list[Answer]:
    """Judge any number of series by a published method, one answer for each in the same order.

    Args:
        cases: the series; all at once, since some methods rank them.
        method: a name in ``translations.METHODS``.

    Raises:
        FigureError: when a case has no figures, two figures for one period, a figure, target or limit that is no
            number, or a direction that means nothing.
    """
    return list(METHODS[method]([published_case(case) for case in cases]))


def _answer(case: Case, series: Series, indicator: Indicator, trend: Trend) -> CaseJudgement:
    paces = [pace(target, series, trend, indicator) for target in indicator.targets]
    found = paces[0] if paces else None
    window = trend.window.used
    reason = _reason(case, series, trend, found)
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
        reason=reason.en,
        reason_sv=reason.sv,
    )


def _reason(case: Case, series: Series, trend: Trend, found: Pace | None) -> Text:
    """Say in one sentence why the verdict is what it is, with what was taken for granted."""
    parts = [_why(trend, series)]
    if found is not None:
        parts.append(_against_target(case, found))
    if not case.direction.strip():
        parts.append(
            Text(
                "ingen riktning är angiven, så högre räknas som bättre",
                "no direction was given, so higher is taken as better",
            )
        )
    if is_unknown_unit(case):
        unit = case.unit.strip()
        parts.append(
            Text(
                f"enheten ”{unit}” är okänd, så skalan följer siffrorna",
                f"the unit “{unit}” is unknown, so the scale follows the figures",
            )
        )
    return Text("; ".join(part.sv for part in parts) + ".", "; ".join(part.en for part in parts) + ".")


def _against_target(case: Case, found: Pace) -> Text:
    target = f"{case.target:g}"
    sv, en = ("", "") if case.target_year is None else (f" till {case.target_year}", f" by {case.target_year}")
    return Text(
        f"mot målet {_comma(target)}{sv} är omdömet om takten ”{found.verdict.value}”",
        f"against the target {target}{en} the pace verdict is “{_PACES[found.verdict]}”",
    )


def _why(trend: Trend, series: Series) -> Text:
    points = _points(trend.window)
    if trend.reason is Reason.TOO_FEW:
        shared = trend.window.overlapping and trend.window.n >= FEWEST
        least = Text("fyra", "four") if shared else Text("fem", "five")
        latest, period = f"{series.values[-1]:g}", series.periods[-1]
        return Text(
            f"Bara {points.sv}, minst {least.sv} behövs, så bara nivån anges ({_comma(latest)} för {period})",
            f"Only {points.en}, at least {least.en} are needed, so only the level is stated ({latest} in {period})",
        )
    first, last = trend.window.used[0], trend.window.used[-1]
    p = f"p = {trend.p:.3g}" if trend.p >= 0.001 else "p < 0.001"
    why = _sentence(trend.reason, p)
    return Text(
        f"{why.sv}: {points.sv} från {first} till {last}, {_SCALES[trend.scale]}",
        f"{why.en} over {points.en} {first} to {last}, {trend.scale.value} scale",
    )


def _sentence(reason: Reason, p: str) -> Text:
    return {
        Reason.SIGNIFICANT: Text(
            f"Mann–Kendalls test finner en trend ({_comma(p)})", f"The Mann–Kendall test finds a trend ({p})"
        ),
        Reason.INSIDE_SMALLEST_CHANGE: Text(
            "90-procentsintervallet för hela förändringen är mindre än varje förändring som betyder något",
            "The 90 % interval of the total change is smaller than any change that matters",
        ),
        Reason.NOISE: Text(
            f"En trend, eller att den saknas, går inte att skilja från brus ({_comma(p)})",
            f"Neither a trend nor its absence can be told from noise ({p})",
        ),
        Reason.NO_VARIATION: Text("Alla siffror är lika", "Every figure is the same"),
    }[reason]


def _points(window: Window) -> Text:
    """Count the points; of those that share years also say what they are worth."""
    n = window.n
    if window.overlapping:
        worth = f"{window.effective:.1f}"
        return Text(
            f"{n} mätpunkter som delar år, värda {_comma(worth)} fristående,",
            f"{n} points that share years, worth {worth} separate ones,",
        )
    if n == 1:
        return Text("1 oberoende mätpunkt", "1 independent point")
    return Text(f"{n} oberoende mätpunkter", f"{n} independent points")


def _comma(number: str) -> str:
    return number.replace(".", ",")


def _finite(value: float | None) -> float | None:
    """Return a number that JSON can hold, else None: rates of figures near the end of what a float holds have none."""
    return value if value is not None and math.isfinite(value) else None
