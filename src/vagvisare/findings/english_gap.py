"""The English sentences about distances: between two groups, over groups in an order, among municipalities."""

from __future__ import annotations

from vagvisare.assessment.definition import Group
from vagvisare.assessment.judgement import Gap, GapVerdict, Moved, Movement, OrderedGap, Spread
from vagvisare.findings.facts import FEW_EXCEPTIONS, parts_ways
from vagvisare.findings.grammar import Topic, again, amount, capital, dated, place_name, since, size, vanishes, when
from vagvisare.terms.language import Language, listing
from vagvisare.terms.period import Period
from vagvisare.terms.unit import Scale

EN = Language.EN
_VERBS = {GapVerdict.WIDENING: "growing", GapVerdict.SHRINKING: "shrinking"}


def gap(topic: Topic, judged: Gap) -> str:
    """Say how far apart two groups are, which is ahead, and whether the distance grows."""
    subject = topic.measure(EN)
    a, b = judged.contrast.a.name.en, judged.contrast.b.name.en
    if vanishes(topic, judged.difference):
        return (
            f"{capital(subject)} {_differ(topic)} appreciably between {a} and {b} {topic.place(EN)}: "
            f"{dated(amount(topic, judged.a, EN), judged.period, EN)} in both groups."
        )
    way = "higher" if judged.difference > 0 else "lower"
    apart = f"{size(topic, judged.difference, EN)} {way} among {a} than among {b}"
    where = f"{capital(topic.place(EN))} {when(judged.period, EN)}"
    course = _course(topic, judged.verdict, judged.first_period, judged.first_difference)
    return f"{where}, {subject} {_was(topic)} {apart}{course}{price(judged)}{_relative(topic, judged)}."


def _differ(topic: Topic) -> str:
    return "do not differ" if topic.indicator.plural else "does not differ"


def _was(topic: Topic) -> str:
    return "were" if topic.indicator.plural else "was"


def _course(topic: Topic, verdict: GapVerdict, since_when: Period, first: float) -> str:
    if verdict is GapVerdict.UNDETERMINED:
        return "; it cannot be determined whether the gap is growing or shrinking"
    if verdict is GapVerdict.UNCHANGED:
        return f", and the gap has not changed appreciably {since(since_when, EN)}"
    return f", and the gap is {_VERBS[verdict]}: {when(since_when, EN)} it was {size(topic, first, EN)}"


def price(judged: Gap) -> str:
    """Say who pays where a gap shrinks because those ahead get worse."""
    if not judged.levelling_down or judged.ahead is None:
        return ""
    if judged.both_worsen:
        return f", but things are getting worse in both groups, fastest among {judged.ahead.name.en}"
    return _worse(judged.ahead)


def _worse(ahead: Group) -> str:
    return f", but meanwhile things are getting worse among {ahead.name.en}"


def _relative(topic: Topic, judged: Gap) -> str:
    """Say that the distance goes the other way when it is counted in per cent."""
    if judged.relative_verdict is None or not parts_ways(topic.indicator.scale, judged):
        return ""
    return f"; in per cent, however, it is {_VERBS[judged.relative_verdict]}"


def ordered_gap(topic: Topic, judged: OrderedGap) -> str:
    """Say how far apart the two ends of an ordered population are, and whether the distance grows."""
    steps, subject = judged.order.name.en, topic.measure(EN)
    across = f"Across all {steps} {topic.place(EN)} {when(judged.period, EN)}"
    if vanishes(topic, judged.slope.sii):
        nowhere = "did not differ appreciably between the top and the bottom of the scale"
        return f"{across}, {subject} {nowhere}.{_order(judged)}"
    way = "higher" if judged.slope.sii > 0 else "lower"
    course = _course(topic, judged.verdict, judged.first_period, judged.first.sii)
    price = _worse(judged.ahead) if judged.levelling_down and judged.ahead is not None else ""
    return (
        f"{across}, {subject} {_was(topic)} {size(topic, judged.slope.sii, EN)} {way} at the top of the scale than at "
        f"the bottom{course}{price}.{_order(judged)}"
    )


def _order(judged: OrderedGap) -> str:
    return "" if judged.in_order else " The groups do not follow the scale all the way, however."


def spread(topic: Topic, judged: Spread) -> str:
    """Say how far the municipalities of the county lie apart, whether they draw nearer, and how many have moved."""
    low, high = judged.lowest, judged.highest
    differ = "differ" if topic.indicator.plural else "differs"
    return (
        f"{capital(topic.subject(EN))} {differ} between the municipalities of {place_name(topic.territory, EN)}: from "
        f"{again(topic, low[1], EN)} in {place_name(low[0], EN)} to {amount(topic, high[1], EN)} in "
        f"{place_name(high[0], EN)} {when(judged.period, EN)}.{_together(topic, judged)}{_moved(judged.moved)}"
    )


def _together(topic: Topic, judged: Spread) -> str:
    if judged.first_period is None or judged.verdict not in _VERBS:
        return ""
    drawn = "drifted apart" if judged.verdict is GapVerdict.WIDENING else "drawn closer together"
    if topic.indicator.scale is Scale.LOG:
        return f" In per cent, the municipalities have {drawn} {since(judged.first_period, EN)}."
    return f" The municipalities have {drawn} {since(judged.first_period, EN)}."


def _moved(moved: Moved | None) -> str:
    if moved is None:
        return ""
    return f" {capital(_change(moved))} {_how_many(moved)}{_exceptions(moved)}."


def moved(topic: Topic, judged: Moved) -> str:
    """Say how many municipalities have moved, of a measure that grows with their size and compares in no other way."""
    where = f"{_how_many(judged)} of {place_name(topic.territory, EN)}"
    return f"For {topic.subject(EN)}, {_change(judged)} {where}{_exceptions(judged)}."


def _change(moved: Moved) -> str:
    way = "higher" if moved.movement is Movement.RISING else "lower"
    return f"the level was {way} {when(moved.until, EN)} than {when(moved.since, EN)}"


def _how_many(moved: Moved) -> str:
    if not moved.exceptions:
        return f"in all {moved.of} municipalities"
    return f"in {moved.count or 'none'} of the {moved.of} municipalities"


def _exceptions(moved: Moved) -> str:
    """Name those that did not go along, where they are few."""
    if not moved.count or not 0 < len(moved.exceptions) <= FEW_EXCEPTIONS:
        return ""
    noun = "the exception is" if len(moved.exceptions) == 1 else "the exceptions are"
    return f"; {noun} {listing([place_name(code, EN) for code in moved.exceptions], EN)}"
