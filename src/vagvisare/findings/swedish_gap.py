"""The Swedish sentences about distances: between two groups, over groups in an order, among municipalities."""

from __future__ import annotations

from vagvisare.assessment.definition import Group
from vagvisare.assessment.judgement import Gap, GapVerdict, Moved, Movement, OrderedGap, Spread
from vagvisare.findings.facts import FEW_EXCEPTIONS, parts_ways
from vagvisare.findings.grammar import Topic, again, amount, capital, dated, place_name, since, size, vanishes, when
from vagvisare.terms.language import Language, listing
from vagvisare.terms.period import Period
from vagvisare.terms.unit import Scale

SV = Language.SV
_VERBS = {GapVerdict.WIDENING: "ökar", GapVerdict.SHRINKING: "minskar"}


def gap(topic: Topic, judged: Gap) -> str:
    """Say how far apart two groups are, which is ahead, and whether the distance grows."""
    subject = topic.measure(SV)
    a, b = judged.contrast.a.name.sv, judged.contrast.b.name.sv
    if vanishes(topic, judged.difference):
        return (
            f"{capital(subject)} skiljer sig inte nämnvärt mellan {a} och {b} {topic.place(SV)}: "
            f"{dated(amount(topic, judged.a, SV), judged.period, SV)} i båda grupperna."
        )
    way = "högre" if judged.difference > 0 else "lägre"
    course = _course(topic, judged.verdict, judged.first_period, judged.first_difference)
    return (
        f"{capital(topic.place(SV))} är {subject} {size(topic, judged.difference, SV)} {way} bland {a} än bland {b} "
        f"({judged.period.label}){course}{price(judged)}{_relative(topic, judged)}."
    )


def _course(topic: Topic, verdict: GapVerdict, since_when: Period, first: float) -> str:
    if verdict is GapVerdict.UNDETERMINED:
        return "; det går inte att avgöra om skillnaden ökar eller minskar"
    if verdict is GapVerdict.UNCHANGED:
        return f", och skillnaden har inte förändrats nämnvärt {since(since_when, SV)}"
    return f", och skillnaden {_VERBS[verdict]}: {when(since_when, SV)} var den {size(topic, first, SV)}"


def price(judged: Gap) -> str:
    """Say who pays where a gap shrinks because those ahead get worse."""
    if not judged.levelling_down or judged.ahead is None:
        return ""
    if judged.both_worsen:
        return f", men utvecklingen går åt fel håll i båda grupperna, snabbast bland {judged.ahead.name.sv}"
    return _worse(judged.ahead)


def _worse(ahead: Group) -> str:
    return f", men utvecklingen går samtidigt åt fel håll bland {ahead.name.sv}"


def _relative(topic: Topic, judged: Gap) -> str:
    """Say that the distance goes the other way when it is counted in per cent."""
    if judged.relative_verdict is None or not parts_ways(topic.indicator.scale, judged):
        return ""
    return f"; räknat i procent {_VERBS[judged.relative_verdict]} den däremot"


def ordered_gap(topic: Topic, judged: OrderedGap) -> str:
    """Say how far apart the two ends of an ordered population are, and whether the distance grows."""
    steps = judged.order.name.sv
    if vanishes(topic, judged.slope.sii):
        return (
            f"{capital(topic.measure(SV))} skiljer sig inte nämnvärt mellan den övre och den nedre änden av skalan, "
            f"räknat över alla {steps} {topic.place(SV)} ({judged.period.label}).{_order(judged)}"
        )
    way = "högre" if judged.slope.sii > 0 else "lägre"
    course = _course(topic, judged.verdict, judged.first_period, judged.first.sii)
    price = _worse(judged.ahead) if judged.levelling_down and judged.ahead is not None else ""
    apart = f"{size(topic, judged.slope.sii, SV)} {way} i den övre änden av skalan än i den nedre"
    return (
        f"Räknat över alla {steps} är {topic.measure(SV)} {apart} {topic.place(SV)} "
        f"({judged.period.label}){course}{price}.{_order(judged)}"
    )


def _order(judged: OrderedGap) -> str:
    return "" if judged.in_order else " Grupperna ligger dock inte i ordning längs hela skalan."


def spread(topic: Topic, judged: Spread) -> str:
    """Say how far the municipalities of the county lie apart, whether they draw nearer, and how many have moved."""
    low, high = judged.lowest, judged.highest
    ends = (
        f"från {again(topic, low[1], SV)} i {place_name(low[0], SV)} till {amount(topic, high[1], SV)} i "
        f"{place_name(high[0], SV)} {when(judged.period, SV)}"
    )
    apart = f"{capital(topic.subject(SV))} skiljer sig mellan kommunerna {topic.place(SV)}: {ends}."
    return f"{apart}{_together(topic, judged)}{_moved(judged.moved)}"


def _together(topic: Topic, judged: Spread) -> str:
    if judged.first_period is None or judged.verdict not in _VERBS:
        return ""
    drawn = "glidit isär" if judged.verdict is GapVerdict.WIDENING else "närmat sig varandra"
    if topic.indicator.scale is Scale.LOG:
        return f" Räknat i procent har kommunerna {drawn} {since(judged.first_period, SV)}."
    return f" Kommunerna har {drawn} {since(judged.first_period, SV)}."


def _moved(moved: Moved | None) -> str:
    if moved is None:
        return ""
    return f" {capital(_how_many(moved))} {_change(moved)}{_exceptions(moved)}."


def moved(topic: Topic, judged: Moved) -> str:
    """Say how many municipalities have moved, of a measure that grows with their size and compares in no other way."""
    return (
        f"När det gäller {topic.subject(SV)} {_change(judged)} {_how_many(judged)} {topic.place(SV)}"
        f"{_exceptions(judged)}."
    )


def _change(moved: Moved) -> str:
    way = "högre" if moved.movement is Movement.RISING else "lägre"
    return f"var nivån {way} {when(moved.until, SV)} än {when(moved.since, SV)}"


def _how_many(moved: Moved) -> str:
    if not moved.exceptions:
        return f"i alla {moved.of} kommuner"
    return f"i {moved.count} av {moved.of} kommuner" if moved.count else f"i ingen av de {moved.of} kommunerna"


def _exceptions(moved: Moved) -> str:
    """Name those that did not go along, where they are few."""
    if not moved.count or not 0 < len(moved.exceptions) <= FEW_EXCEPTIONS:
        return ""
    noun = "undantaget är" if len(moved.exceptions) == 1 else "undantagen är"
    return f"; {noun} {listing([place_name(code, SV) for code in moved.exceptions], SV)}"
