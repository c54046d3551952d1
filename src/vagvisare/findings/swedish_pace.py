"""The Swedish sentences about targets: whether the pace is enough, and for what."""

from __future__ import annotations

from collections.abc import Callable

from vagvisare.assessment.definition import Direction, Target, TargetKind
from vagvisare.assessment.judgement import Gap, Judgement, Level, Movement, Pace, PaceVerdict, Trend
from vagvisare.assessment.targets.milestones import next_due
from vagvisare.findings import swedish_gap, swedish_targets
from vagvisare.findings.facts import gap_of
from vagvisare.findings.grammar import Topic, again, amount, capital, dated, round_amount, when
from vagvisare.findings.provisos import TO_TARGET, beside, prices, sample, slightly, span
from vagvisare.findings.rates import Rate, moving, paces
from vagvisare.findings.swedish import NOUNS, VERBS, course, held, why_not
from vagvisare.findings.target_words import astride, is_level, round_size
from vagvisare.terms.language import Language, number

SV = Language.SV
_QUOTABLE = 60
"""Longer wordings of a target are left to the page; in a sentence they drown the finding."""


def pace(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say how the figure stands to one target; every kind of target has its own sentence.

    The next milestone is said first, where the target has one whose year has not come.
    """
    stage = next_due(judged, judgement.level.period)
    if stage is None:
        return _one(topic, judged, judgement, "målet")
    first = _one(topic, stage, judgement, "delmålet")
    return f"{first.removesuffix('.')}; {_final(topic, judged, stage)}."


def _one(topic: Topic, judged: Pace, judgement: Judgement, word: str) -> str:
    kind = judged.target.kind
    if kind is TargetKind.DIRECTION:
        return _direction(topic, judged, judgement)
    if kind is TargetKind.GAP_SHRINKS:
        return _gap(topic, judged, gap_of(judged, judgement))
    if not is_level(kind):
        return _BY_OTHERS[kind](topic, judged, judgement)
    if judged.verdict in (PaceVerdict.REACHED, PaceVerdict.NOT_REACHED):
        return _arrived(topic, judged, judgement.level, word)
    if astride(judged, judgement.level):
        return _astride(topic, judged, judgement.level, word)
    return _towards(topic, judged, judgement.trend, word)


_BY_OTHERS: dict[TargetKind, Callable[[Topic, Pace, Judgement], str]] = {
    TargetKind.ABOVE_NATION: swedish_targets.beside_nation,
    TargetKind.ABOVE_PEERS: swedish_targets.peers,
    TargetKind.ABOVE_COMPOSITE: swedish_targets.beside_composite,
    TargetKind.RANK: swedish_targets.rank,
    TargetKind.CONVERGES: swedish_targets.nearer,
    TargetKind.AS_FAST: swedish_targets.as_fast,
    TargetKind.FLOOR: swedish_targets.keep,
    TargetKind.CEILING: swedish_targets.keep,
}


def _final(topic: Topic, judged: Pace, stage: Pace) -> str:
    """Say of the target itself what has been said of its next milestone, or what differs."""
    aim = f"målet om {goal(topic, judged.target)}"
    if judged.verdict is stage.verdict:
        return f"detsamma gäller {aim}"
    return {
        PaceVerdict.REACHED: f"{aim} är redan nått",
        PaceVerdict.NOT_REACHED: f"{aim} är inte nått",
        PaceVerdict.ON_PACE: f"takten räcker för {aim}",
        PaceVerdict.TOO_SLOW: f"takten räcker inte för {aim}",
        PaceVerdict.WRONG_WAY: f"utvecklingen går tvärtemot {aim}",
    }.get(judged.verdict, f"om takten räcker för {aim} går inte att avgöra")


def goal(topic: Topic, target: Target) -> str:
    """Return the target as it follows "målet om": "60 procent lägre nivå 2030 än 2005", "80 procent till 2030"."""
    by = "" if target.year is None else f" {target.year}"
    if target.value is None:
        return f"”{target.wording}”"
    if target.kind is TargetKind.RELATIVE_TO_BASE:
        share = number(abs(target.value), SV, 0 if target.value == round(target.value) else 1)
        way = "lägre" if target.value < 0 else "högre"
        return f"{share} procent {way} nivå{by} än {target.base_year}"
    if target.kind is TargetKind.INCREMENT:
        noun = "en minskning" if target.value < 0 else "en ökning"
        until = "" if target.year is None else f" till {target.year}"
        return f"{noun} med {round_size(topic, target.value, SV)} från {target.base_year}{until}"
    return round_amount(topic, target.value, SV) + ("" if target.year is None else f" till {target.year}")


def _arrived(topic: Topic, judged: Pace, level: Level, word: str) -> str:
    then = judged.decided or level
    now = dated(amount(topic, then.value, SV), then.period, SV)
    sampled = sample(topic, SV, judged.target_value, TO_TARGET)
    if then.period != level.period:
        since_then = f"{again(topic, level.value, SV)} {when(level.period, SV)}"
        now, sampled = f"{now} och {since_then}", "" if topic.margin else sampled
    verb = "är nått" if judged.verdict is PaceVerdict.REACHED else "är inte nått"
    aim = ""
    if judged.target.kind is not TargetKind.ABSOLUTE and judged.target_value is not None:
        aim = f", och {word} motsvarar {again(topic, judged.target_value, SV)}"
    return (
        f"{capital(word)} om {goal(topic, judged.target)} {verb} {topic.place(SV)}: {topic.subject(SV)} var "
        f"{now}{prices(topic, SV)}{aim}{sampled}."
    )


def _towards(topic: Topic, judged: Pace, trend: Trend, word: str) -> str:
    rates = paces(topic, judged, trend.scale)
    needed, achieved = rates.get("needed"), rates.get("achieved")
    aim = f"{word} om {goal(topic, judged.target)}"
    if needed is None or achieved is None or needed.value == 0:
        return (
            f"Det går inte att avgöra om {topic.subject(SV)} utvecklas i takt med {aim} {topic.place(SV)}: "
            f"{_missing(judged, trend)}."
        )
    if judged.verdict is PaceVerdict.UNDETERMINED:
        return _unsure(topic, aim, rates, span(topic, trend, SV))
    compared = _compared(topic, judged.verdict, aim, needed, achieved, span(topic, trend, SV))
    # Only the wrong way rests on the verdict of the trend; the other answers rest on its interval.
    return compared if judged.verdict is not PaceVerdict.WRONG_WAY else f"{compared[:-1]}{held(trend)}."


def _astride(topic: Topic, judged: Pace, level: Level, word: str) -> str:
    """Say that the latest figure and the line through all figures disagree on whether the target is reached."""
    now = dated(amount(topic, level.value, SV), level.period, SV)
    ends = "" if judged.level_now is None else again(topic, judged.level_now, SV)
    aim = "" if judged.target_value is None else again(topic, judged.target_value, SV)
    return (
        f"Det går inte att avgöra om {word} om {goal(topic, judged.target)} är nått {topic.place(SV)}: "
        f"{topic.subject(SV)} var {now}{prices(topic, SV)} och trendlinjen slutar vid {ends}, på var sin sida av "
        f"målnivån {aim}."
    )


def _compared(topic: Topic, verdict: PaceVerdict, aim: str, needed: Rate, achieved: Rate, start: str) -> str:
    subject, place = capital(topic.subject(SV)), topic.place(SV)
    wanted, seen = moving(needed.value), moving(achieved.value)
    places = needed.decimals(achieved)
    need, have = needed.size(SV, places), f"{achieved.size(SV, places)}{prices(topic, SV)} {start}"
    if verdict is PaceVerdict.ON_PACE:
        return (
            f"{subject} {VERBS[wanted]} {place} i den takt som behövs för att nå {aim}: {NOUNS[seen]} är ungefär "
            f"{have}, och det behövs {need}."
        )
    if wanted is seen:
        return (
            f"{subject} {VERBS[wanted]} för långsamt {place} för att nå {aim}: {NOUNS[seen]} är ungefär {have}, men "
            f"det behövs {need}."
        )
    noun = "minskning" if wanted is Movement.FALLING else "ökning"
    if verdict is PaceVerdict.WRONG_WAY:
        return (
            f"{subject} {VERBS[seen]} {place}, tvärtemot {aim}: {NOUNS[seen]} är ungefär {have}, men det behövs en "
            f"{noun} med {need}."
        )
    return (
        f"{subject} {VERBS[wanted]} inte {place} i den takt som behövs för att nå {aim}: förändringen är ungefär "
        f"{achieved.signed(SV, places)} {start}, men det behövs en {noun} med {need}."
    )


def _unsure(topic: Topic, aim: str, rates: dict[str, Rate], start: str) -> str:
    needed, achieved = rates["needed"], rates["achieved"]
    wanted = moving(needed.value)
    noun = "minskning" if wanted is Movement.FALLING else "ökning"
    places = needed.decimals(achieved)
    if "low" in rates and "high" in rates:
        low, high = sorted((rates["low"], rates["high"]), key=lambda rate: rate.shown)
        reach = f"från {number(low.shown, SV, places, signed=True)} till {high.signed(SV, places)}"
        known = f"takten {start} kan vara allt {reach}"
    else:
        known = f"takten {start}, ungefär {achieved.signed(SV, places)}, är osäker"
    return (
        f"Det går inte att avgöra om {topic.subject(SV)} {VERBS[wanted]} tillräckligt snabbt {topic.place(SV)} för att "
        f"nå {aim}: det behövs en {noun} med {needed.size(SV, places)}, och {known}."
    )


def _missing(judged: Pace, trend: Trend) -> str:
    if judged.target_value is None and judged.target.base_year is not None:
        return f"uppgift för basåret {judged.target.base_year} saknas"
    if judged.needed is None and judged.target.year is None:
        return "målet anger inget år"
    return why_not(trend) if trend.movement is Movement.UNKNOWN else "uppgifterna räcker inte"


def _direction(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    trend, level = judgement.trend, judgement.level
    nation = None if judgement.comparison is None else judgement.comparison.nation_movement
    wording = judged.target.wording
    aim = f"målet ”{wording}”" if wording and len(wording) <= _QUOTABLE and ":" not in wording else "målet"
    subject, place = topic.subject(SV), topic.place(SV)
    wanted = VERBS[Movement.FALLING if topic.indicator.direction is Direction.LOWER else Movement.RISING]
    if judged.verdict in (PaceVerdict.RIGHT_WAY, PaceVerdict.WRONG_WAY) and trend.movement in VERBS:
        way = "i linje med" if judged.verdict is PaceVerdict.RIGHT_WAY else "tvärtemot"
        moves = f"{VERBS[trend.movement]}{slightly(topic, trend, SV)} {place}{beside(trend, nation, SV)}"
        return f"{capital(subject)} {moves}, {way} {aim}: {course(topic, trend, level)}."
    if judged.verdict is PaceVerdict.NOT_REACHED:
        now = dated(amount(topic, level.value, SV), level.period, SV)
        return (
            f"{capital(subject)} har inte förändrats nämnvärt {place} {span(topic, trend, SV)}, trots {aim}: "
            f"nivån var {now}{prices(topic, SV)}."
        )
    return f"Det går inte att avgöra om {subject} {wanted} {place}, i linje med {aim}: {why_not(trend)}."


def _gap(topic: Topic, judged: Pace, gap: Gap | None) -> str:
    subject, place = topic.measure(SV), topic.place(SV)
    if gap is None:
        aim = "Målet att skillnaden mellan grupper ska minska"
        return f"{aim} går inte att följa {place} när det gäller {subject}: uppgifter om grupperna saknas."
    between = f"skillnaden mellan {gap.contrast.a.name.sv} och {gap.contrast.b.name.sv} när det gäller {subject}"
    if judged.verdict is PaceVerdict.RIGHT_WAY:
        return f"{capital(between)} minskar {place}, i linje med målet{swedish_gap.price(gap)}."
    if judged.verdict is PaceVerdict.WRONG_WAY:
        return f"{capital(between)} ökar {place}, tvärtemot målet."
    if judged.verdict is PaceVerdict.NOT_REACHED:
        return f"{capital(between)} har inte förändrats nämnvärt {place}, trots målet att den ska minska."
    return f"Det går inte att avgöra om {between} minskar {place}, i linje med målet: {why_not(gap.trend)}."
