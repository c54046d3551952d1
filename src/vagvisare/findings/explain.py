"""How a finding was computed, in plain steps with every number: the text behind "så räknade vi".

Read on pages, by ``vagvisare explain ID`` and in speaker notes. Steps common to all findings come first (what is
measured), then what the type of finding needs, last where the figures come from.
"""

from __future__ import annotations

from dataclasses import dataclass

from vagvisare.assessment.definition import Collection, Direction, Indicator
from vagvisare.assessment.judgement import Judgement, Pace
from vagvisare.findings import explain_gaps, explain_news
from vagvisare.findings.explain_breaks import robustness
from vagvisare.findings.explain_pace import pace_steps
from vagvisare.findings.explain_trend import EN, SV, Step, both, trend_steps
from vagvisare.findings.finding import Finding, FindingType
from vagvisare.findings.grammar import Topic
from vagvisare.findings.labels import why_words, words_of
from vagvisare.terms.language import Language, Text, number
from vagvisare.terms.series import Series

__all__ = ["Explanation", "Step", "explain"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The steps behind one finding, in the order a reader would check them."""

    finding: str
    sentence: Text
    steps: tuple[Step, ...]


def explain(finding: Finding, judgement: Judgement, indicator: Indicator, series: Series) -> Explanation:
    """Show how ``finding`` was computed.

    Args:
        finding: the finding.
        judgement: the judgement of the series named by ``finding.key``.
        indicator: its contract.
        series: its figures.
    """
    topic = Topic.of(finding.key, indicator)
    middle = _middle(finding, judgement, topic, series)
    first = () if finding.type is FindingType.COMPOSITE else (_measure(topic),)
    steps = (*first, *middle, _choice(finding), _vintage(finding))
    return Explanation(finding.id, finding.sentence, steps)


def _middle(finding: Finding, judgement: Judgement, topic: Topic, series: Series) -> tuple[Step, ...]:
    kind = finding.type
    trend = (*trend_steps(topic, judgement.trend, series), *robustness(topic, judgement))
    if kind is FindingType.COMPOSITE:
        return (_composite(finding),)
    if kind in (FindingType.RANK, FindingType.LEVEL):
        return () if judgement.comparison is None else (explain_news.comparison(topic, judgement.comparison),)
    if kind is FindingType.SHOCK:
        return tuple(explain_news.shock(topic, shock) for shock in judgement.shocks if shock.event.key in finding.parts)
    if kind is FindingType.REVERSAL:
        return (
            ()
            if judgement.reversal is None
            else (explain_news.reversal(topic, judgement.reversal, judgement.level.value),)
        )
    if kind is FindingType.GAP:
        return explain_gaps.gap_steps(finding, judgement, topic)
    if kind is FindingType.PERSIST:
        return (*trend, explain_news.run(finding))
    if kind is FindingType.PACE:
        pace = _the_pace(finding, judgement)
        return trend if pace is None else (*trend, *pace_steps(topic, pace, judgement))
    return trend


def _measure(topic: Topic) -> Step:
    indicator = topic.indicator
    ways = {
        Direction.HIGHER: Text("Högre är bättre.", "Higher is better."),
        Direction.LOWER: Text("Lägre är bättre.", "Lower is better."),
        Direction.NEUTRAL: Text("Varken högre eller lägre är bättre.", "Neither higher nor lower is better."),
    }
    how = {
        Collection.REGISTER: Text("Registeruppgifter om alla.", "Register figures on everybody."),
        Collection.SURVEY: Text(
            "Urvalsundersökning: felmarginalen finns inte i uppgifterna.",
            "Sample survey: the figures carry no margin of error.",
        ),
        Collection.MODEL: Text("Beräknade uppgifter.", "Modelled figures."),
    }
    prices = {
        "current": Text(" Löpande priser: en ökning kan vara inflation.", " Current prices: a rise may be inflation."),
        "fixed": Text(" Fasta priser.", " Fixed prices."),
    }.get(indicator.price_basis, Text("", ""))
    text = both(
        lambda language: (
            f"{indicator.definition.to(language)} {how[indicator.collection].to(language)} "
            f"{ways[indicator.direction].to(language)}{prices.to(language)}"
        )
    )
    return Step(Text("Vad som mäts", "What is measured"), text)


def _the_pace(finding: Finding, judgement: Judgement) -> Pace | None:
    """Return the pace a finding speaks of: the n-th of its kind, as numbered in the finding's id."""
    kind, _, nth = (finding.parts[0] if finding.parts else "").partition("-")
    same = [pace for pace in judgement.paces if pace.target.kind.value == kind]
    index = int(nth or 1) - 1
    return same[index] if index < len(same) else None


def _composite(finding: Finding) -> Step:
    def write(language: Language) -> str:
        titles = finding.parameters.get("titles_sv" if language is SV else "titles_en")
        verdicts = finding.parameters.get("verdicts")
        if not isinstance(verdicts, dict) or not isinstance(titles, dict):
            return ""
        listed = "; ".join(f"{titles[key]}: {words_of(str(word), language)}" for key, word in verdicts.items())
        if language is SV:
            return f"{listed}. Varje underlag räknas en gång, och belopp i löpande priser räknas inte."
        return f"{listed}. Each set of figures is counted once, and money in current prices is left out."

    return Step(Text("Indikatorerna", "The indicators"), both(write))


def _choice(finding: Finding) -> Step:
    weight, kind = finding.weight, finding.type.value
    return Step(
        Text("Varför det sägs", "Why it is said"),
        Text(
            f"{why_words(finding.why, SV)} ({kind}, vikt {number(weight, SV, 1)}; högre vikt sägs först).",
            f"{why_words(finding.why, EN)} ({kind}, weight {number(weight, EN, 1)}; heavier is said first).",
        ),
    )


def _vintage(finding: Finding) -> Step:
    vintage = finding.vintage
    if vintage.reconstructed:
        known = Text(
            f"Vad som var känt {vintage.as_of.isoformat()} är rekonstruerat ur producentens vanliga publiceringsmånad.",
            f"What was known on {vintage.as_of.isoformat()} is reconstructed from the producer's usual release month.",
        )
    else:
        known = Text(
            f"Siffrorna är de som fanns inlästa {vintage.as_of.isoformat()}.",
            f"The figures are those on record on {vintage.as_of.isoformat()}.",
        )
    recorded, check = vintage.recorded.isoformat(), vintage.sha256[:12]
    return Step(
        Text("Underlag", "Source figures"),
        Text(
            f"Underlag: {vintage.dataset}, inläst {recorded}, kontrollsumma {check}. {known.sv}",
            f"Data set: {vintage.dataset}, recorded {recorded}, checksum {check}. {known.en}",
        ),
    )
