"""Every finding that could be said about one series: the sentence, its figures and the parameters behind it.

Nothing is chosen here; ``choose`` decides what is worth saying. Figures are unrounded; what has no number is None.
"""

from __future__ import annotations

from vagvisare.assessment.definition import Group
from vagvisare.assessment.judgement import (
    Comparison,
    Gap,
    GapVerdict,
    Pace,
    Reversal,
    Run,
    Shock,
    Spread,
)
from vagvisare.findings import english, english_pace, swedish, swedish_pace
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
from vagvisare.findings.labels import place_label
from vagvisare.terms.language import Language, Text


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
    judgement, target = case.judgement, judged.target
    sentence = Text(swedish_pace.pace(case.topic, judged, judgement), english_pace.pace(case.topic, judged, judgement))
    parameters: dict[str, Plain] = {
        **trend_parameters(case, judgement.trend),
        "target": target.kind.value,
        "target_wording": target.wording,
        "target_source": target.source,
        "target_change_or_level": target.value,
        "base_year": target.base_year,
        "target_year": target.year,
        "peers": list(target.peers),
        "beaten": list(judged.beaten),
    }
    figures: dict[str, Plain] = {
        "level": judgement.level.value,
        "target_value": judged.target_value,
        "level_now": judged.level_now,
        "needed": judged.needed,
        "achieved": judged.achieved,
        "achieved_low": judged.achieved_low,
        "achieved_high": judged.achieved_high,
        "ratio": judged.ratio,
        "share_of_way": judged.share_of_way,
    }
    tone = PACE_TONES[judged.verdict]
    return case.finding(FindingType.PACE, judged.verdict.value, sentence, tone, parameters, figures, (part,))


def gap(case: Case, judged: Gap) -> Finding:
    """Say how far apart two groups are."""
    sentence = Text(swedish.gap(case.topic, judged), english.gap(case.topic, judged))
    parameters: dict[str, Plain] = {
        **trend_parameters(case, judged.trend),
        "a": judged.contrast.a.name.sv,
        "b": judged.contrast.b.name.sv,
        "period": str(judged.period),
        "first_period": str(judged.first_period),
        "levelling_down": judged.levelling_down,
    }
    figures: dict[str, Plain] = {
        "a": judged.a,
        "b": judged.b,
        "difference": judged.difference,
        "first_difference": judged.first_difference,
        "p": judged.trend.p,
    }
    tone = {"ökar": WORSE, "minskar": BETTER, "oförändrat": STEADY}.get(judged.verdict.value, UNSURE)
    return case.finding(
        FindingType.GAP,
        "skillnaden är oförändrad" if judged.verdict is GapVerdict.UNCHANGED else f"skillnaden {judged.verdict.value}",
        sentence,
        tone,
        parameters,
        figures,
        (gap_part(judged),),
    )


def gap_part(judged: Gap) -> str:
    """Name a contrast in an address: letters, digits, hyphens and underscores only."""
    return f"{_code(judged.contrast.a)}-{_code(judged.contrast.b)}"


def spread(case: Case, judged: Spread) -> Finding:
    """Say how far the municipalities of the county lie apart."""
    sentence = Text(swedish.spread(case.topic, judged), english.spread(case.topic, judged))
    parameters: dict[str, Plain] = {
        "period": str(judged.period),
        "lowest": judged.lowest[0],
        "highest": judged.highest[0],
        "of": judged.of,
    }
    figures: dict[str, Plain] = {
        "lowest": judged.lowest[1],
        "highest": judged.highest[1],
        "median": judged.median,
        "range": judged.highest[1] - judged.lowest[1],
    }
    verdict = "skillnad mellan kommunerna"
    return case.finding(FindingType.GAP, verdict, sentence, NEUTRAL, parameters, figures, ("kommuner",))


def _code(group: Group) -> str:
    """Write a group's codes as an address part."""
    words = f"{group.sex} {group.background}".lower()
    return "_".join("".join(c if c.isascii() and c.isalnum() else " " for c in words).split())
