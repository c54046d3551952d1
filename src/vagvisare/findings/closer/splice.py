"""The words for a spliced series: what was joined, how it was moved, and what the verdict would then be."""

from __future__ import annotations

import math

from vagvisare.assessment.closer.values import Splice
from vagvisare.assessment.judgement import Trend
from vagvisare.assessment.rate import steepness
from vagvisare.assessment.scale import from_model, to_model
from vagvisare.findings.closer.differences import Differences
from vagvisare.findings.grammar import Topic
from vagvisare.findings.labels import verdict_word
from vagvisare.terms.language import Language, Text, number
from vagvisare.terms.unit import Scale

SV = Language.SV

NOTHING_TO_JOIN = Text("Det finns ingen äldre serie att skarva på.", "There is no older series to join on.")


def splice(topic: Topic, found: Splice | None, trend: Trend) -> tuple[Text, ...]:
    """Say what was joined and how, how certain that is, and whether the verdict would change.

    Args:
        topic: what the series measures.
        found: the splice; None where there is none.
        trend: the trend of the series itself, which stays the verdict.
    """
    if found is None:
        return (NOTHING_TO_JOIN,)
    return tuple(
        Text(*(write(topic, found, trend, language) for language in Language))
        for write in (_joined, _certain, _verdict)
    )


def _joined(topic: Topic, found: Splice, _: Trend, language: Language) -> str:
    first, last = found.moved[0].label.partition("–")[0], found.moved[-1].label.rpartition("–")[2]
    span = first if first == last else f"{first}–{last}"
    step = _step(topic, found)
    up = found.shift > 0
    (size,) = step.written(language, signed=False)
    if math.isclose(found.shift, 0.0, abs_tol=1e-12):
        return Text(
            f"Den äldre serien ({span}) är skarvad på som den är: metoderna ger samma värden där båda finns.",
            f"The older series ({span}) is joined on as it is: the methods agree where both have figures.",
        ).to(language)
    if language is SV:
        side, moved = ("högre", "höjda") if up else ("lägre", "sänkta")
        return (
            f"Den äldre serien ({span}) är skarvad på. Den nya metoden ger {size} {side} värden än den gamla där båda "
            f"finns, så de äldre siffrorna är {moved} i samma mån."
        )
    side, moved = ("higher", "raised") if up else ("lower", "lowered")
    return (
        f"The older series ({span}) is joined on. The new method gives figures {size} {side} than the old where both "
        f"exist, so the older figures are {moved} to match."
    )


def _step(topic: Topic, found: Splice) -> Differences:
    """Return the step between the methods: per cent on the log scale, else the difference in the last shared period."""
    if found.scale is Scale.LOG:
        return Differences(topic, (math.expm1(found.shift) * 100,), relative=True)
    value = found.series.at(found.overlap[-1]) or 0.0
    bounds = topic.indicator.bounds
    old = from_model(to_model(value, found.scale, bounds) - found.shift, found.scale, bounds)
    return Differences(topic, (value - old,))


def _certain(topic: Topic, found: Splice, _: Trend, language: Language) -> str:
    if found.apart is None:
        label = found.overlap[0].label
        return Text(
            f"Bara {label} har siffror med båda metoderna. Hur säker skarven är går därför inte att säga.",
            f"Only {label} has figures by both methods, so how certain the join is cannot be told.",
        ).to(language)
    n = number(len(found.overlap), language)
    (apart,) = _apart(topic, found, found.apart).written(language, signed=False)
    if language is SV:
        return (
            f"{n} mätningar finns med båda metoderna. Som mest skiljer sig avståndet mellan dem {apart} från skarvens."
        )
    return (
        f"{n} measurements exist by both methods. The distance between them differs by at most {apart} from the join's."
    )


def _apart(topic: Topic, found: Splice, apart: float) -> Differences:
    if found.scale is Scale.LOG:
        return Differences(topic, (math.expm1(apart) * 100,), relative=True)
    value = found.series.at(found.overlap[-1]) or 0.0
    return Differences(topic, (apart / steepness(value, found.scale, topic.indicator.bounds),))


def _verdict(topic: Topic, found: Splice, trend: Trend, language: Language) -> str:
    neutral = topic.indicator.direction == 0
    here, there = ((each.movement if neutral else each.verdict) for each in (trend, found.trend))
    word = verdict_word(there, language)
    if language is SV:
        said = f"blir svaret detsamma: {word}." if here == there else f"blir svaret i stället: {word}."
        return f"Med den skarvade serien {said} Den visas bredvid och ersätter inte bedömningen."
    said = f"the answer is the same: {word}." if here == there else f"the answer is instead: {word}."
    return f"With the joined series {said} It is shown beside the verdict and does not replace it."
