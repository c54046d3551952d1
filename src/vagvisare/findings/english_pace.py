"""The English sentences about targets: whether the pace is enough, and for what."""

from __future__ import annotations

from collections.abc import Callable

from vagvisare.assessment.definition import Direction, Target, TargetKind
from vagvisare.assessment.judgement import Gap, Judgement, Level, Movement, Pace, PaceVerdict, Trend
from vagvisare.assessment.targets.milestones import next_due
from vagvisare.findings import english_gap, english_targets
from vagvisare.findings.english import NOUNS, VERBS, are, course, has, held, why_not
from vagvisare.findings.facts import gap_of
from vagvisare.findings.grammar import Topic, again, amount, capital, dated, round_amount, when
from vagvisare.findings.provisos import TO_TARGET, beside, prices, sample, slightly, span
from vagvisare.findings.rates import Rate, moving, paces
from vagvisare.findings.target_words import astride, is_level, round_size
from vagvisare.terms.language import Language, number

EN = Language.EN


def pace(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say how the figure stands to one target; every kind of target has its own sentence.

    The next milestone is said first, where the target has one whose year has not come.
    """
    stage = next_due(judged, judgement.level.period)
    if stage is None:
        return _one(topic, judged, judgement, "target")
    first = _one(topic, stage, judgement, "milestone")
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
    TargetKind.ABOVE_NATION: english_targets.beside_nation,
    TargetKind.ABOVE_PEERS: english_targets.peers,
    TargetKind.ABOVE_COMPOSITE: english_targets.beside_composite,
    TargetKind.RANK: english_targets.rank,
    TargetKind.CONVERGES: english_targets.nearer,
    TargetKind.AS_FAST: english_targets.as_fast,
    TargetKind.FLOOR: english_targets.keep,
    TargetKind.CEILING: english_targets.keep,
}


def _final(topic: Topic, judged: Pace, stage: Pace) -> str:
    """Say of the target itself what has been said of its next milestone, or what differs."""
    aim = f"the target of {goal(topic, judged.target)}"
    if judged.verdict is stage.verdict:
        return f"the same holds for {aim}"
    return {
        PaceVerdict.REACHED: f"{aim} has already been reached",
        PaceVerdict.NOT_REACHED: f"{aim} has not been reached",
        PaceVerdict.ON_PACE: f"the pace is enough for {aim}",
        PaceVerdict.TOO_SLOW: f"the pace is not enough for {aim}",
        PaceVerdict.WRONG_WAY: f"the course is away from {aim}",
    }.get(judged.verdict, f"whether the pace is enough for {aim} cannot be determined")


def goal(topic: Topic, target: Target) -> str:
    """Return the target as it follows "the target of": "60 per cent below 2005 by 2030", "80 per cent by 2030"."""
    by = "" if target.year is None else f" by {target.year}"
    if target.value is None:
        return f"“{target.wording}”"
    if target.kind is TargetKind.RELATIVE_TO_BASE:
        share = number(abs(target.value), EN, 0 if target.value == round(target.value) else 1)
        return f"{share} per cent {'below' if target.value < 0 else 'above'} {target.base_year}{by}"
    if target.kind is TargetKind.INCREMENT:
        noun = "a decrease" if target.value < 0 else "an increase"
        until = "" if target.year is None else f" to {target.year}"
        return f"{noun} of {round_size(topic, target.value, EN)} from {target.base_year}{until}"
    return round_amount(topic, target.value, EN) + by


def _arrived(topic: Topic, judged: Pace, level: Level, word: str) -> str:
    then = judged.decided or level
    now = dated(amount(topic, then.value, EN), then.period, EN)
    sampled = sample(topic, EN, judged.target_value, TO_TARGET)
    if then.period != level.period:
        since_then = f"{again(topic, level.value, EN)} {when(level.period, EN)}"
        now, sampled = f"{now} and {since_then}", "" if topic.margin else sampled
    verb = "has been reached" if judged.verdict is PaceVerdict.REACHED else "has not been reached"
    aim = ""
    if judged.target.kind is not TargetKind.ABSOLUTE and judged.target_value is not None:
        aim = f", and the {word} corresponds to {again(topic, judged.target_value, EN)}"
    was = "were" if topic.indicator.plural else "was"
    return (
        f"The {word} of {goal(topic, judged.target)} {verb} {topic.place(EN)}: {topic.subject(EN)} {was} "
        f"{now}{prices(topic, EN)}{aim}{sampled}."
    )


def _towards(topic: Topic, judged: Pace, trend: Trend, word: str) -> str:
    rates = paces(topic, judged, trend.scale)
    needed, achieved = rates.get("needed"), rates.get("achieved")
    aim = f"the {word} of {goal(topic, judged.target)}"
    if needed is None or achieved is None or needed.value == 0:
        return (
            f"It cannot be determined whether {topic.subject(EN)} {are(topic)} keeping pace with {aim} "
            f"{topic.place(EN)}: {_missing(judged, trend)}."
        )
    if judged.verdict is PaceVerdict.UNDETERMINED:
        return _unsure(topic, aim, rates, span(topic, trend, EN))
    compared = _compared(topic, judged.verdict, aim, needed, achieved, span(topic, trend, EN))
    # Only the wrong way rests on the verdict of the trend; the other answers rest on its interval.
    return compared if judged.verdict is not PaceVerdict.WRONG_WAY else f"{compared[:-1]}{held(trend)}."


def _astride(topic: Topic, judged: Pace, level: Level, word: str) -> str:
    """Say that the latest figure and the line through all figures disagree on whether the target is reached."""
    now = dated(amount(topic, level.value, EN), level.period, EN)
    ends = "" if judged.level_now is None else again(topic, judged.level_now, EN)
    aim = "" if judged.target_value is None else again(topic, judged.target_value, EN)
    was = "were" if topic.indicator.plural else "was"
    return (
        f"It cannot be determined whether the {word} of {goal(topic, judged.target)} has been reached "
        f"{topic.place(EN)}: {topic.subject(EN)} {was} {now}{prices(topic, EN)} and the trend line ends at {ends}, on "
        f"either side of the level aimed at, {aim}."
    )


def _compared(topic: Topic, verdict: PaceVerdict, aim: str, needed: Rate, achieved: Rate, start: str) -> str:
    subject, place = f"{capital(topic.subject(EN))} {are(topic)}", topic.place(EN)
    wanted, seen = moving(needed.value), moving(achieved.value)
    places = needed.decimals(achieved)
    need, have = needed.size(EN, places), f"{achieved.size(EN, places)}{prices(topic, EN)} {start}"
    if verdict is PaceVerdict.ON_PACE:
        return (
            f"{subject} {VERBS[wanted]} fast enough {place} to meet {aim}: the {NOUNS[seen]} is about {have}, and "
            f"{need} is needed."
        )
    if wanted is seen:
        return (
            f"{subject} {VERBS[wanted]} too slowly {place} to meet {aim}: the {NOUNS[seen]} is about {have}, but "
            f"{need} is needed."
        )
    if verdict is PaceVerdict.WRONG_WAY:
        return (
            f"{subject} {VERBS[seen]} {place}, away from {aim}: the {NOUNS[seen]} is about {have}, but a "
            f"{NOUNS[wanted]} of {need} is needed."
        )
    return (
        f"{subject} not {VERBS[wanted]} {place} at the pace needed to meet {aim}: the change is about "
        f"{achieved.signed(EN, places)} {start}, but a {NOUNS[wanted]} of {need} is needed."
    )


def _unsure(topic: Topic, aim: str, rates: dict[str, Rate], start: str) -> str:
    needed, achieved = rates["needed"], rates["achieved"]
    wanted = moving(needed.value)
    places = needed.decimals(achieved)
    if "low" in rates and "high" in rates:
        low, high = sorted((rates["low"], rates["high"]), key=lambda rate: rate.shown)
        reach = f"from {number(low.shown, EN, places, signed=True)} to {high.signed(EN, places)}"
        known = f"the pace {start} may be anything {reach}"
    else:
        known = f"the pace {start}, about {achieved.signed(EN, places)}, is uncertain"
    return (
        f"It cannot be determined whether {topic.subject(EN)} {are(topic)} {VERBS[wanted]} fast enough "
        f"{topic.place(EN)} to meet {aim}: a {NOUNS[wanted]} of {needed.size(EN, places)} is needed, and {known}."
    )


def _missing(judged: Pace, trend: Trend) -> str:
    if judged.target_value is None and judged.target.base_year is not None:
        return f"there is no figure for the base year {judged.target.base_year}"
    if judged.needed is None and judged.target.year is None:
        return "the target names no year"
    return why_not(trend) if trend.movement is Movement.UNKNOWN else "the figures are not enough"


def _direction(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    trend, level = judgement.trend, judgement.level
    nation = None if judgement.comparison is None else judgement.comparison.nation_movement
    subject, place = topic.subject(EN), topic.place(EN)
    wanted = VERBS[Movement.FALLING if topic.indicator.direction is Direction.LOWER else Movement.RISING]
    if judged.verdict in (PaceVerdict.RIGHT_WAY, PaceVerdict.WRONG_WAY) and trend.movement in VERBS:
        way = "in line with" if judged.verdict is PaceVerdict.RIGHT_WAY else "contrary to"
        moves = f"{are(topic)} {VERBS[trend.movement]}{slightly(topic, trend, EN)} {place}{beside(trend, nation, EN)}"
        return f"{capital(subject)} {moves}, {way} the goal: {course(topic, trend, level)}."
    if judged.verdict is PaceVerdict.NOT_REACHED:
        now = dated(amount(topic, level.value, EN), level.period, EN)
        return (
            f"{capital(subject)} {has(topic)} not changed appreciably {place} {span(topic, trend, EN)}, "
            f"despite the goal, and stood at {now}{prices(topic, EN)}."
        )
    moves = f"{subject} {are(topic)} {wanted}"
    return f"It cannot be determined whether {moves} {place}, in line with the goal: {why_not(trend)}."


def _gap(topic: Topic, judged: Pace, gap: Gap | None) -> str:
    subject, place = topic.measure(EN), topic.place(EN)
    if gap is None:
        aim = "The goal that the gap between groups should shrink"
        return f"{aim} cannot be followed {place} for {subject}: there are no figures by group."
    between = f"the gap between {gap.contrast.a.name.en} and {gap.contrast.b.name.en} in {subject}"
    if judged.verdict is PaceVerdict.RIGHT_WAY:
        return f"{capital(between)} is shrinking {place}, in line with the goal{english_gap.price(gap)}."
    if judged.verdict is PaceVerdict.WRONG_WAY:
        return f"{capital(between)} is growing {place}, contrary to the goal."
    if judged.verdict is PaceVerdict.NOT_REACHED:
        return f"{capital(between)} has not changed appreciably {place}, although the goal is that it should shrink."
    return (
        f"It cannot be determined whether {between} is shrinking {place}, in line with the goal: {why_not(gap.trend)}."
    )
