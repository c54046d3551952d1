"""Which of many possible findings are worth saying, and in what order.

The rule, type by type. It is written for a reader who has time for one sentence per fact, and never says the same
fact twice.

=========  ==========================================================================================  =========
Type       Said when                                                                                   Weight
=========  ==========================================================================================  =========
PACE       always, once per verified target; a target of direction only weighs less                    24–100
RANK       the county holds one of the three highest or lowest figures, unshared; among surveys only   72–84
           the outermost place, and only 3 percentage points from the next; never for totals that grow
           with the county's size; nor where a target of a place (PACE) has said it
PERSIST    the trend is decided and at least three changes in a row went its way; replaces TREND       67
TREND      the trend is decided; or the indicator watches a goal, when "oförändrat" and "går inte att  20–64
           avgöra" are said too. A target of direction (PACE) says the same and replaces it. For groups
           only where the verdict is decided and differs from everybody's. What is decided but over the
           whole window smaller than the smallest change that matters is said as "mycket lite", weighs
           at most 30 (as TREND or PACE), and is not said of groups
COMPOSITE  a goal has at least two indicators that can be counted, of which one is decided             45–60
GAP        two groups are declared a contrast, or more an order, and their distance is at least the    44–60
           smallest change that matters or has a decided course; or the county's municipalities have
           figures that compare (of totals that grow with their size, only how many have moved)
REVERSAL   the latest change is larger than noise, goes against the earlier trend, crosses no break,   58
           and is no smaller than the smallest change that matters (3 percentage points in surveys)
SHOCK      the figure strayed two standard deviations or more during a declared event, having left     48–56
           its path since the last figure before it, by at least the smallest change that matters
           (3 percentage points in surveys)
LEVEL      the difference to riket exceeds the smallest change that matters (in surveys their margin   40–50
           of error, 3 percentage points where it is not known), and neither RANK nor a target to be
           better than riket has already given both figures
=========  ==========================================================================================  =========

To the weight is added 6 when the indicator watches a goal; 15 is taken off where neither direction is better, and 10
for the course of money in current prices, which is partly inflation.
Findings of equal weight stand in the order of their ids.

An indicator that only divides another's figures by the population (emissions per inhabitant) is compared and held
against its targets, but its course is said once, by the undivided one. COMPOSITE counts each set of figures once, and
neither quantities without a good direction nor money in current prices, whose rise may be inflation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from vagvisare.assessment.closer.values import Noise
from vagvisare.assessment.definition import Indicator, TargetKind
from vagvisare.assessment.judgement import (
    Comparison,
    GapVerdict,
    Judgement,
    Movement,
    PaceVerdict,
    Verdict,
)
from vagvisare.assessment.path import matters
from vagvisare.findings import candidates
from vagvisare.findings.case import Case, weighed
from vagvisare.findings.composite import composites
from vagvisare.findings.facts import Extreme, Nation, extreme, nation_during
from vagvisare.findings.finding import Finding, VintageRef
from vagvisare.findings.grammar import SURVEY_MARGIN, vanishes
from vagvisare.findings.provisos import small
from vagvisare.terms.language import Text
from vagvisare.terms.series import NATION, SeriesKey
from vagvisare.terms.unit import Scale

SMALL_WEIGHT = 30.0
"""The weight of a course that is decided and yet smaller than the smallest change that matters."""

LONG_RUN = 3
"""The fewest changes in a row that are called a continuation."""

_PACE_WEIGHTS = {
    PaceVerdict.TOO_SLOW: 100.0,
    PaceVerdict.WRONG_WAY: 100.0,
    PaceVerdict.NOT_REACHED: 96.0,
    PaceVerdict.REACHED: 94.0,
    PaceVerdict.ON_PACE: 94.0,
    PaceVerdict.RIGHT_WAY: 90.0,
    PaceVerdict.UNDETERMINED: 84.0,
}
_DIRECTION_WEIGHTS = {
    **_PACE_WEIGHTS,
    PaceVerdict.WRONG_WAY: 78.0,
    PaceVerdict.RIGHT_WAY: 70.0,
    PaceVerdict.NOT_REACHED: 56.0,
    PaceVerdict.UNDETERMINED: 24.0,
}
_TREND_WEIGHTS = {Verdict.WORSENING: 64.0, Verdict.IMPROVING: 62.0, Verdict.UNCHANGED: 34.0}
_GAP_WEIGHTS = {GapVerdict.WIDENING: 60.0, GapVerdict.SHRINKING: 56.0, GapVerdict.UNCHANGED: 50.0}
_SHOCK_WEIGHTS = {Nation.SAME: 48.0, Nation.LIKEWISE: 50.0}


def findings(
    judgements: Mapping[SeriesKey, Judgement],
    indicators: Mapping[str, Indicator],
    territory: str,
    vintages: Mapping[str, VintageRef],
    goals: Mapping[str, Text] | None = None,
    owner: str = "",
    noises: Mapping[SeriesKey, Noise] | None = None,
) -> tuple[Finding, ...]:
    """Say what deserves saying about one territory, most worth saying first.

    Args:
        judgements: every series judged; those of other territories are not read (comparisons and the spread among
            municipalities are already in the territory's own).
        indicators: contracts by key.
        territory: code of the territory.
        vintages: vintage by data set; a series whose data set has none is passed over, as nothing could vouch for it.
        goals: names of goals by address, for COMPOSITE sentences.
        noises: how certain figures are, where that is known; surveys without it are said to lack a margin of error.
        owner: the territory whose strategy set the targets; others are not held against them. Empty: everybody is.

    Returns:
        Findings with weight and the name of the rule that let them through (``why``; in words by
        ``labels.why_words``), heaviest first.
    """
    cases = {case.key: case for case in _cases(judgements, indicators, territory, vintages)}
    cases = {key: replace(case, noise=(noises or {}).get(key)) for key, case in cases.items()}
    if owner not in ("", territory):
        cases = {key: replace(case, judgement=replace(case.judgement, paces=())) for key, case in cases.items()}
    said = [finding for case in cases.values() for finding in _about(case, cases)]
    said += composites(cases.values(), goals or {})
    return tuple(sorted(said, key=lambda finding: (-finding.weight, finding.id)))


def _cases(
    judgements: Mapping[SeriesKey, Judgement],
    indicators: Mapping[str, Indicator],
    territory: str,
    vintages: Mapping[str, VintageRef],
) -> Iterator[Case]:
    for key in sorted(key for key in judgements if key.territory == territory):
        indicator = indicators.get(key.indicator)
        if indicator is None or indicator.dataset not in vintages:
            continue
        others = (vintages[indicator.per],) if indicator.per in vintages else ()
        yield Case(key, indicator, judgements[key], vintages[indicator.dataset], others)


def _about(case: Case, cases: Mapping[SeriesKey, Case]) -> Iterator[Finding]:
    if not case.key.is_total:
        yield from _about_group(case, cases)
        return
    yield from _paces(case)
    if not _divided_only(case, cases):
        yield from _course(case)
        yield from _events(case)
    yield from _beside_others(case)
    yield from _gaps(case)


def _divided_only(case: Case, cases: Mapping[SeriesKey, Case]) -> bool:
    """Tell whether the same figures, undivided, are an indicator of their own."""
    return bool(case.indicator.per) and any(
        other.key.is_total and not other.indicator.per and other.source == case.source for other in cases.values()
    )


def _paces(case: Case) -> Iterator[Finding]:
    seen: dict[str, int] = defaultdict(int)
    for judged in case.judgement.paces:
        kind = judged.target.kind.value
        seen[kind] += 1
        part = kind if seen[kind] == 1 else f"{kind}-{seen[kind]}"
        weights = _DIRECTION_WEIGHTS if judged.target.kind is TargetKind.DIRECTION else _PACE_WEIGHTS
        slight = judged.target.kind is TargetKind.DIRECTION and small(case.topic, case.judgement.trend)
        weight = min(weights[judged.verdict], SMALL_WEIGHT) if slight else weights[judged.verdict]
        yield weighed(candidates.pace(case, judged, part), case, weight, "target")


def _course(case: Case) -> Iterator[Finding]:
    """Say the direction once: by a target of direction, by a run, or by the trend."""
    if any(judged.target.kind is TargetKind.DIRECTION for judged in case.judgement.paces):
        return
    trend, run = case.judgement.trend, case.judgement.run
    moving = trend.movement in (Movement.RISING, Movement.FALLING)
    if small(case.topic, trend):
        yield weighed(candidates.trend(case), case, SMALL_WEIGHT, "small")
    elif moving and run is not None and run.length >= LONG_RUN and run.movement is trend.movement:
        yield weighed(candidates.persist(case, run), case, 67.0, "run")
    elif moving:
        yield weighed(candidates.trend(case), case, _TREND_WEIGHTS.get(trend.verdict, 60.0), "decided")
    elif case.indicator.watches:
        yield weighed(candidates.trend(case), case, _TREND_WEIGHTS.get(trend.verdict, 20.0), "watched")


def _about_group(case: Case, cases: Mapping[SeriesKey, Case]) -> Iterator[Finding]:
    """Say a group's trend only where it is decided and differs from everybody's."""
    declared = {(group.sex, group.background) for group in case.indicator.groups}
    verdict = case.judgement.trend.verdict
    if (case.key.sex, case.key.background) not in declared:
        return
    if verdict not in (Verdict.IMPROVING, Verdict.WORSENING) or small(case.topic, case.judgement.trend):
        return
    everybody = cases.get(SeriesKey(case.key.indicator, case.key.territory))
    if everybody is None or everybody.judgement.trend.verdict is not verdict:
        yield weighed(candidates.trend(case), case, 52.0, "group")


def _events(case: Case) -> Iterator[Finding]:
    for judged in case.judgement.shocks:
        if not _matters(case, judged.observed - judged.expected, judged.expected):
            continue
        weight = _SHOCK_WEIGHTS.get(nation_during(judged), 56.0)
        yield weighed(candidates.shock(case, judged), case, weight, "event")
    turned = case.judgement.reversal
    if turned is not None and _matters(case, turned.change, case.judgement.level.value - turned.change):
        yield weighed(candidates.reversal(case, turned), case, 58.0, "reversal")


def _matters(case: Case, change: float, start: float) -> bool:
    """Tell whether a change from ``start`` is at least the smallest that matters, and does not round away.

    Of a single figure in a survey the smallest is its margin of error.
    """
    sampled = case.topic.is_survey and case.indicator.scale is Scale.LOGIT
    large = matters(change, start, case.indicator) and (not sampled or abs(change) >= SURVEY_MARGIN)
    return large and not vanishes(case.topic, change)


def _beside_others(case: Case) -> Iterator[Finding]:
    compared = case.judgement.comparison
    if compared is None or case.topic.is_total_of_territory:
        return
    place = extreme(compared)
    if place is not None and _safe(case, place) and not _aimed_at(case, TargetKind.RANK):
        weight = 84.0 - 6.0 * (place.place - 1)
        yield weighed(candidates.rank(case, compared, place), case, weight, "extreme")
        return
    if not _aimed_at(case, TargetKind.ABOVE_NATION):
        yield from _level(case, compared)


def _aimed_at(case: Case, kind: TargetKind) -> bool:
    """Tell whether a target of this kind has already said how the figure stands to others'."""
    return any(
        judged.target.kind is kind and (judged.rank is not None or bool(judged.beside))
        for judged in case.judgement.paces
    )


def _safe(case: Case, place: Extreme) -> bool:
    """Tell whether a place would survive chance: in a survey only the outermost, well apart from the next."""
    return not case.topic.is_survey or (place.place == 1 and place.margin >= case.least_of_sample)


def _level(case: Case, compared: Comparison) -> Iterator[Finding]:
    threshold = level_threshold(case, compared)
    if compared.nation is None or threshold is None or case.key.territory == NATION:
        return
    distance = abs(compared.value - compared.nation)
    if distance < threshold or vanishes(case.topic, distance):
        return
    weight = 40.0 + min(10.0, 2.0 * (distance / threshold - 1))
    finding = candidates.level(case, compared, compared.nation, threshold)
    yield weighed(finding, case, weight, "level")


def level_threshold(case: Case, compared: Comparison) -> float | None:
    """Return the smallest difference to riket worth a sentence, in the unit; None where nobody has said."""
    smallest = case.indicator.meaningful_change
    if smallest is None or compared.nation is None:
        return None
    if case.indicator.scale is Scale.LOG:
        return smallest / 100 * abs(compared.nation)
    return max(smallest, case.least_of_sample) if case.topic.is_survey else smallest


def _gaps(case: Case) -> Iterator[Finding]:
    for judged in case.judgement.gaps:
        if judged.verdict is GapVerdict.UNDETERMINED and not _matters(case, judged.difference, judged.b):
            continue
        weight = _GAP_WEIGHTS.get(judged.verdict, 46.0)
        yield weighed(candidates.gap(case, judged), case, weight, "contrast")
    for ordered in case.judgement.ordered_gaps:
        small_one = not _matters(case, ordered.slope.sii, min(ordered.slope.bottom, ordered.slope.top))
        if ordered.verdict is GapVerdict.UNDETERMINED and small_one:
            continue
        weight = _GAP_WEIGHTS.get(ordered.verdict, 46.0)
        yield weighed(candidates.ordered_gap(case, ordered), case, weight, "contrast")
    spread = case.judgement.spread
    if spread is not None and (spread.moved is not None or not case.topic.is_total_of_territory):
        yield weighed(candidates.spread(case, spread), case, 44.0, "municipalities")
