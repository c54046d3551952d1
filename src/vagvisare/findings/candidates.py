"""Every finding that could be said about one series: the sentence, its figures and the parameters behind it.

Nothing is chosen here; ``choose`` decides what is worth saying. Figures are unrounded; what has no number is None.
"""

from __future__ import annotations

from vagvisare.assessment.definition import Group
from vagvisare.assessment.judgement import (
    Comparison,
    Gap,
    GapVerdict,
    OrderedGap,
    Pace,
    Reversal,
    Run,
    Shock,
    Spread,
)
from vagvisare.findings import english, english_gap, english_pace, swedish, swedish_gap, swedish_pace
from vagvisare.findings.case import (
    BETTER,
    NEUTRAL,
    PACE_TONES,
    STEADY,
    UNSURE,
    WORSE,
    Case,
    nation_movement,
    trend_figures,
    trend_parameters,
    trend_tone,
    trend_verdict,
    way_tone,
)
from vagvisare.findings.facts import Extreme, nation_during, with_nation
from vagvisare.findings.finding import Finding, FindingType, Plain
from vagvisare.findings.labels import pace_word, place_label
from vagvisare.findings.pace_numbers import pace_figures, pace_parameters
from vagvisare.terms.language import Language, Text
from vagvisare.terms.territory import slug


def trend(case: Case) -> Finding:
    """Say which way the figure moves, or why that cannot be told."""
    judged, topic, level = case.judgement.trend, case.topic, case.judgement.level
    nation = nation_movement(case)
    sentence = Text(swedish.trend(topic, judged, level, nation), english.trend(topic, judged, level, nation))
    parameters = {**trend_parameters(case, judged), "with_nation": with_nation(judged, nation)}
    return case.finding(
        FindingType.TREND, trend_verdict(case), sentence, trend_tone(case), parameters, trend_figures(case)
    )


def persist(case: Case, run: Run) -> Finding:
    """Say that the figure keeps moving the way its trend goes."""
    judged, topic, level = case.judgement.trend, case.topic, case.judgement.level
    sentence = Text(swedish.persist(topic, judged, run, level), english.persist(topic, judged, run, level))
    parameters = {**trend_parameters(case, judged), "run_since": str(run.since)}
    figures = {**trend_figures(case), "run": run.length}
    return case.finding(FindingType.PERSIST, trend_verdict(case), sentence, trend_tone(case), parameters, figures)


def shock(case: Case, judged: Shock) -> Finding:
    """Say how far the figure strayed during an event."""
    sentence = Text(swedish.shock(case.topic, judged), english.shock(case.topic, judged))
    higher = judged.observed > judged.expected
    parameters: dict[str, Plain] = {
        "event": judged.event.key,
        "event_years": [judged.event.first, judged.event.last],
        "period": str(judged.period),
        "size": judged.size.name.lower(),
        "nation": nation_during(judged).value,
        "verdict_without_event": judged.without.verdict.value,
        "changes_verdict": judged.changes_verdict,
    }
    figures: dict[str, Plain] = {
        "observed": judged.observed,
        "expected": judged.expected,
        "deviation_sd": judged.deviation,
        "nation_deviation_sd": judged.nation_deviation,
    }
    verdict = "högre än väntat" if higher else "lägre än väntat"
    tone = way_tone(case, 1 if higher else -1)
    return case.finding(FindingType.SHOCK, verdict, sentence, tone, parameters, figures, (judged.event.key,))


def reversal(case: Case, judged: Reversal) -> Finding:
    """Say that the latest change goes against the earlier trend."""
    topic, level = case.topic, case.judgement.level
    sentence = Text(swedish.reversal(topic, judged, level), english.reversal(topic, judged, level))
    parameters: dict[str, Plain] = {
        "period": str(judged.period),
        "previous": str(judged.previous),
        "size": judged.size.name.lower(),
    }
    figures: dict[str, Plain] = {
        "change": judged.change,
        "nation_change": judged.nation_change,
        "deviation_sd": judged.deviation,
        "level": level.value,
    }
    tone = way_tone(case, 1 if judged.change > 0 else -1)
    return case.finding(FindingType.REVERSAL, judged.movement.value, sentence, tone, parameters, figures)


def rank(case: Case, judged: Comparison, place: Extreme) -> Finding:
    """Say that the county stands at an end of the ranking."""
    sentence = Text(swedish.rank(case.topic, judged, place), english.rank(case.topic, judged, place))
    parameters: dict[str, Plain] = {
        "period": str(judged.period),
        "of": judged.of,
        "from": "highest" if place.highest else "lowest",
        "place": place.place,
    }
    figures: dict[str, Plain] = {
        "value": judged.value,
        "rank": judged.rank,
        "nation": judged.nation,
        "margin_to_next": place.margin,
    }
    tone = way_tone(case, 1 if place.highest else -1)
    verdict = place_label(place, judged.of, Language.SV)
    return case.finding(FindingType.RANK, verdict, sentence, tone, parameters, figures)


def level(case: Case, judged: Comparison, nation: float, threshold: float) -> Finding:
    """Say how the latest figure stands to riket's."""
    sentence = Text(swedish.level(case.topic, judged, nation), english.level(case.topic, judged, nation))
    higher = judged.value > nation
    parameters: dict[str, Plain] = {
        "period": str(judged.period),
        "comparator": "riket",
        "threshold": threshold,
        "interval": "missing" if case.topic.is_survey else "none needed",
    }
    figures: dict[str, Plain] = {
        "value": judged.value,
        "nation": nation,
        "difference": judged.value - nation,
        "rank": judged.rank,
    }
    tone = way_tone(case, 1 if higher else -1)
    verdict = "högre än riket" if higher else "lägre än riket"
    return case.finding(FindingType.LEVEL, verdict, sentence, tone, parameters, figures)


def pace(case: Case, judged: Pace, part: str) -> Finding:
    """Say whether the pace towards one target is enough."""
    judgement = case.judgement
    sentence = Text(swedish_pace.pace(case.topic, judged, judgement), english_pace.pace(case.topic, judged, judgement))
    parameters = {**trend_parameters(case, judgement.trend), **pace_parameters(judged)}
    figures = {"level": judgement.level.value, **pace_figures(judged)}
    verdict = pace_word(judged, Language.SV)
    # A distance that shrinks only because those ahead get worse is not good news.
    tone = NEUTRAL if judged.levelling_down else PACE_TONES[judged.verdict]
    return case.finding(FindingType.PACE, verdict, sentence, tone, parameters, figures, (part,))


def gap(case: Case, judged: Gap) -> Finding:
    """Say how far apart two groups are."""
    sentence = Text(swedish_gap.gap(case.topic, judged), english_gap.gap(case.topic, judged))
    parameters: dict[str, Plain] = {
        **trend_parameters(case, judged.trend),
        "a": judged.contrast.a.name.sv,
        "b": judged.contrast.b.name.sv,
        "period": str(judged.period),
        "first_period": str(judged.first_period),
        "levelling_down": judged.levelling_down,
        "both_worsen": judged.both_worsen,
        "relative_verdict": None if judged.relative_verdict is None else judged.relative_verdict.value,
    }
    figures: dict[str, Plain] = {
        "a": judged.a,
        "b": judged.b,
        "difference": judged.difference,
        "first_difference": judged.first_difference,
        "p": judged.trend.p,
        "ratio": judged.ratio,
        "first_ratio": judged.first_ratio,
        "relative_p": None if judged.relative is None else judged.relative.p,
    }
    verdict, tone = _gap_verdict(judged.verdict), _gap_tone(judged)
    return case.finding(FindingType.GAP, verdict, sentence, tone, parameters, figures, (gap_part(judged),))


def _gap_verdict(verdict: GapVerdict) -> str:
    return "skillnaden är oförändrad" if verdict is GapVerdict.UNCHANGED else f"skillnaden {verdict.value}"


def _gap_tone(judged: Gap | OrderedGap) -> str:
    """Return whether a distance is good news; one that shrinks because those ahead get worse is not."""
    if judged.levelling_down:
        return NEUTRAL
    tones = {GapVerdict.WIDENING: WORSE, GapVerdict.SHRINKING: BETTER, GapVerdict.UNCHANGED: STEADY}
    return tones.get(judged.verdict, UNSURE)


def ordered_gap(case: Case, judged: OrderedGap) -> Finding:
    """Say how far apart the ends of an ordered population are."""
    sentence = Text(swedish_gap.ordered_gap(case.topic, judged), english_gap.ordered_gap(case.topic, judged))
    parameters: dict[str, Plain] = {
        **trend_parameters(case, judged.trend),
        "steps": [group.name.sv for group in judged.order.groups],
        "shares": list(judged.order.shares),
        "line_scale": judged.slope.scale.value,
        "period": str(judged.period),
        "first_period": str(judged.first_period),
        "levelling_down": judged.levelling_down,
    }
    figures: dict[str, Plain] = {
        "slope_index": judged.slope.sii,
        "slope_index_low": judged.slope.sii_low,
        "slope_index_high": judged.slope.sii_high,
        "relative_index": judged.slope.rii,
        "relative_index_low": judged.slope.rii_low,
        "relative_index_high": judged.slope.rii_high,
        "first_slope_index": judged.first.sii,
        "p": judged.trend.p,
    }
    verdict, tone = _gap_verdict(judged.verdict), _gap_tone(judged)
    return case.finding(FindingType.GAP, verdict, sentence, tone, parameters, figures, (order_part(judged),))


def order_part(judged: OrderedGap) -> str:
    """Name an order of groups in an address."""
    return f"ordning-{slug(judged.order.key)}"


def gap_part(judged: Gap) -> str:
    """Name a contrast in an address: letters, digits, hyphens and underscores only."""
    return f"{_code(judged.contrast.a)}-{_code(judged.contrast.b)}"


def spread(case: Case, judged: Spread) -> Finding:
    """Say how far the municipalities of the county lie apart, and how many have moved the good way.

    Of a measure that grows with their size only the latter is said.
    """
    topic, moved, verdict = case.topic, judged.moved, "skillnad mellan kommunerna"
    sentence = Text(swedish_gap.spread(topic, judged), english_gap.spread(topic, judged))
    if topic.is_total_of_territory and moved is not None:
        sentence = Text(swedish_gap.moved(topic, moved), english_gap.moved(topic, moved))
        verdict = f"{moved.count} av {moved.of} kommuner"
    parameters: dict[str, Plain] = {
        "period": str(judged.period),
        "lowest": judged.lowest[0],
        "highest": judged.highest[0],
        "of": judged.of,
        "best": None if judged.best is None else judged.best[0],
        "worst": None if judged.worst is None else judged.worst[0],
        "followed": judged.followed,
        "first_period": None if judged.first_period is None else str(judged.first_period),
        "course": judged.verdict.value,
        "moved_since": None if moved is None else str(moved.since),
        "exceptions": None if moved is None else list(moved.exceptions),
    }
    figures: dict[str, Plain] = {
        "lowest": judged.lowest[1],
        "highest": judged.highest[1],
        "median": judged.median,
        "range": judged.range,
        "sd": judged.sd,
        "weighted_mean": judged.weighted_mean,
        "weighted_sd": judged.weighted_sd,
        "first_sd": judged.first_sd,
        "last_sd": judged.last_sd,
        "p": None if judged.trend is None else judged.trend.p,
        "moved": None if moved is None else moved.count,
        "moved_of": None if moved is None else moved.of,
    }
    return case.finding(FindingType.GAP, verdict, sentence, NEUTRAL, parameters, figures, ("kommuner",))


def _code(group: Group) -> str:
    """Write a group's codes as an address part."""
    words = f"{group.sex} {group.background}".lower()
    return "_".join("".join(c if c.isascii() and c.isalnum() else " " for c in words).split())
