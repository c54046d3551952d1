"""One judged series with all that its findings need, and the parameters and figures that findings share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from vagvisare.assessment.closer.values import Noise
from vagvisare.assessment.definition import Direction, Indicator
from vagvisare.assessment.judgement import Judgement, Movement, PaceVerdict, Trend, Verdict
from vagvisare.findings.finding import Finding, FindingType, Plain, VintageRef
from vagvisare.findings.grammar import SURVEY_MARGIN, Topic
from vagvisare.terms.language import Text
from vagvisare.terms.series import SeriesKey

WATCHED_BONUS = 6.0
NEUTRAL_DISCOUNT = 15.0
INFLATION_DISCOUNT = 10.0
_COURSES = (FindingType.TREND, FindingType.PERSIST, FindingType.PACE, FindingType.REVERSAL, FindingType.SHOCK)
BETTER, WORSE, NEUTRAL, UNSURE, STEADY = "better", "worse", "neutral", "undetermined", "unchanged"
"""The tone of a finding, for the shape beside it: parameter ``tone``."""

_TONES = {
    Verdict.IMPROVING: BETTER,
    Verdict.WORSENING: WORSE,
    Verdict.UNCHANGED: STEADY,
    Verdict.UNDETERMINED: UNSURE,
}
PACE_TONES = {
    PaceVerdict.REACHED: BETTER,
    PaceVerdict.ON_PACE: BETTER,
    PaceVerdict.RIGHT_WAY: BETTER,
    PaceVerdict.TOO_SLOW: WORSE,
    PaceVerdict.WRONG_WAY: WORSE,
    PaceVerdict.NOT_REACHED: WORSE,
    PaceVerdict.UNDETERMINED: UNSURE,
}


@dataclass(frozen=True, slots=True)
class Case:
    """One judged series with all that its findings need: contract, judgement, vintages of its data sets.

    ``noise`` is how certain the latest figure is, where somebody has measured it.
    """

    key: SeriesKey
    indicator: Indicator
    judgement: Judgement
    vintage: VintageRef
    others: tuple[VintageRef, ...] = ()
    noise: Noise | None = None

    @property
    def topic(self) -> Topic:
        """What the sentences speak of."""
        return replace(Topic.of(self.key, self.indicator), margin=self.margin)

    @property
    def margin(self) -> tuple[float, float] | None:
        """The 95 % interval of the latest figure, where it is known."""
        found = self.noise
        if found is None or found.low is None or found.high is None or found.period != self.judgement.level.period:
            return None
        return found.low, found.high

    @property
    def least_of_sample(self) -> float:
        """How far one figure of a survey may be off: its own margin where it is known, else the usual one."""
        if self.margin is None:
            return SURVEY_MARGIN
        return max(abs(end - self.judgement.level.value) for end in self.margin)

    @property
    def source(self) -> tuple[str, str, str]:
        """Which figures the case stands on: data set and headline group."""
        return self.indicator.dataset, self.indicator.sex, self.indicator.background

    def finding(
        self,
        kind: FindingType,
        verdict: str,
        sentence: Text,
        tone: str,
        parameters: Mapping[str, Plain],
        figures: Mapping[str, Plain],
        parts: tuple[str, ...] = (),
    ) -> Finding:
        """Build a finding, with the parameters every finding carries and neither weight nor reason yet."""
        shared: dict[str, Plain] = {
            "tone": tone,
            "unit": self.indicator.unit,
            "direction": self.indicator.direction.name.lower(),
            "collection": self.indicator.collection.value,
            "price_basis": self.indicator.price_basis,
            "definition": self.indicator.definition.sv,
        }
        if self.others:
            shared["other_figures"] = {other.dataset: other.sha256 for other in self.others}
        numbers = {name: _plain(value) for name, value in figures.items()}
        return Finding(
            kind, self.key, verdict, sentence, {**shared, **parameters}, numbers, self.vintage, 0.0, "", parts
        )


def weighed(finding: Finding, case: Case, weight: float, why: str) -> Finding:
    """Give a finding its weight, adjusted for what the indicator is to the strategy, and the rule's name."""
    if case.indicator.watches:
        weight += WATCHED_BONUS
    if case.indicator.direction is Direction.NEUTRAL:
        weight -= NEUTRAL_DISCOUNT
    if case.indicator.price_basis == "current" and finding.type in _COURSES:
        weight -= INFLATION_DISCOUNT
    return replace(finding, weight=round(weight, 3), why=why)


def trend_parameters(case: Case, judged: Trend) -> dict[str, Plain]:
    """Return the rule behind a trend: window, scale, reason, thresholds."""
    window = judged.window
    return {
        "window": [str(window.used[0]), str(window.used[-1])] if window.used else [],
        "points": window.n,
        "effective_points": round(window.effective, 2),
        "earlier_verdict": "" if judged.earlier is None else judged.earlier.value,
        "cut_by_break": "" if window.cut_by is None else str(window.cut_by.at),
        "scale": judged.scale.value,
        "reason": judged.reason.value,
        "smallest_change": case.indicator.meaningful_change,
        "level_of_significance": 0.05,
    }


def trend_figures(case: Case) -> dict[str, Plain]:
    """Return the numbers behind a trend, unrounded."""
    judged = case.judgement.trend
    return {
        "level": case.judgement.level.value,
        "slope": judged.slope,
        "slope_low": judged.slope_low,
        "slope_high": judged.slope_high,
        "change": judged.change,
        "change_low": judged.change_low,
        "change_high": judged.change_high,
        "s": judged.s,
        "p": judged.p,
        "rho": judged.rho,
    }


def nation_movement(case: Case) -> Movement | None:
    """Return which way riket's figure moves, where it is known."""
    comparison = case.judgement.comparison
    return None if comparison is None else comparison.nation_movement


def trend_verdict(case: Case) -> str:
    """Return the verdict's word; where neither direction is better, which way the figure moves."""
    trend = case.judgement.trend
    return (trend.movement if case.indicator.direction is Direction.NEUTRAL else trend.verdict).value


def trend_tone(case: Case) -> str:
    """Return whether the trend is good, bad, steady or unsure."""
    if case.indicator.direction is Direction.NEUTRAL and case.judgement.trend.movement is not Movement.UNKNOWN:
        return NEUTRAL
    return _TONES[case.judgement.trend.verdict]


def way_tone(case: Case, way: int) -> str:
    """Return whether a figure that is higher (1) or lower (−1) is better or worse."""
    good = way * case.indicator.direction
    return BETTER if good > 0 else WORSE if good < 0 else NEUTRAL


def _plain(value: Plain) -> Plain:
    """Return a figure as JSON can hold it: what is no number becomes None."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
