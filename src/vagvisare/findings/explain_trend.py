"""How a direction was reached, step by step with its numbers: figures, window, scale, test, slope, verdict."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Reason, Trend
from vagvisare.assessment.reference import mann_kendall
from vagvisare.findings.grammar import Topic, again, amount, size
from vagvisare.findings.labels import reason_sentence, verdict_word
from vagvisare.findings.rates import yearly
from vagvisare.terms.language import Language, Text, number
from vagvisare.terms.series import Series
from vagvisare.terms.unit import Scale

SV, EN = Language.SV, Language.EN

_SCALES = {
    Scale.LOGIT: Text(
        "Andelar räknas på logit-skala, så att ”har” och ”har inte” ger samma svar och 0 och 100 procent är gränser.",
        "Shares are judged on the logit scale, so that “have” and “have not” give one answer and 0 and 100 are limits.",
    ),
    Scale.LOG: Text(
        "Mängder som alltid är positiva räknas på logaritmisk skala, så att lika många procent räknas lika.",
        "Quantities that are always positive are judged on a log scale, so that equal per cent are equal change.",
    ),
    Scale.LINEAR: Text(
        "Måttet räknas på sin egen skala, eftersom det kan vara noll eller negativt.",
        "The measure is judged on its own scale, as it can be zero or negative.",
    ),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a computation: a heading and one or a few plain sentences with their numbers."""

    title: Text
    text: Text


def both(write: Callable[[Language], str]) -> Text:
    """Write the same step in both languages."""
    return Text(write(SV), write(EN))


def trend_steps(topic: Topic, trend: Trend, series: Series) -> tuple[Step, ...]:
    """Return the steps from figures to trend verdict.

    Args:
        topic: what is judged.
        trend: the judged trend.
        series: the figures it was judged on.
    """
    steps = [_window(topic, trend, series)]
    if trend.reason is not Reason.TOO_FEW:
        steps += [Step(Text("Skala", "Scale"), _SCALES[trend.scale]), _test(trend, series), _slope(topic, trend)]
    return (*steps, _verdict(topic, trend))


def _window(topic: Topic, trend: Trend, series: Series) -> Step:
    points = [(period, series.at(period)) for period in trend.window.used]

    def write(language: Language) -> str:
        shown = "; ".join(
            f"{period.label}: {topic.unit.figure(value, language)}" for period, value in points if value is not None
        )
        unit = topic.unit.name.to(language)
        return f"{_why_window(trend, language)} {shown}{f' ({unit})' if unit else ''}."

    return Step(Text("Vilka mätningar", "Which measurements"), both(write))


def _why_window(trend: Trend, language: Language) -> str:
    window = trend.window
    if language is SV:
        why = f"{window.n} mätningar används"
        if window.cut_by is not None:
            why += f", från och med {window.cut_by.at.label} då måttet fick en ny metod"
        if window.overlapping:
            worth = number(window.effective, SV, 1)
            return f"{why}; de delar år med varandra och är tillsammans värda ungefär {worth} fristående mätningar."
        return why + " (högst de femton senaste)."
    why = f"{window.n} measurements are used"
    if window.cut_by is not None:
        why += f", from {window.cut_by.at.label} on, when the measure got a new method"
    if window.overlapping:
        worth = number(window.effective, EN, 1)
        return f"{why}; they share years and are together worth about {worth} separate measurements."
    return why + " (at most the fifteen latest)."


def _test(trend: Trend, series: Series) -> Step:
    values = [value for value in (series.at(period) for period in trend.window.used) if value is not None]
    _, variance = mann_kendall(values)
    pairs = len(values) * (len(values) - 1) // 2

    def write(language: Language) -> str:
        def figure(value: float, decimals: int) -> str:
            return number(value, language, decimals)

        s, v, rho = figure(trend.s, 0), figure(variance, 1), figure(trend.rho, 2)
        f, p = figure(trend.inflation, 2), chance(trend.p, language)
        if language is SV:
            how = "exakt fördelning" if trend.exact else "normalfördelning"
            alike = (
                f"Mätningar som delar år liknar varandra, och det gör åren själva (autokorrelation {rho})"
                if trend.window.overlapping
                else f"Närliggande mätningar liknar varandra (autokorrelation {rho})"
            )
            return (
                f"Varje mätning jämförs med alla senare ({pairs} par): stigande par minus fallande ger S = {s}, med "
                f"variansen {v}. {alike}, så variansen räknas upp {f} gånger. Sannolikheten att slumpen ensam ger "
                f"ett så stort S är {p} ({how})."
            )
        how = "exact distribution" if trend.exact else "normal distribution"
        alike = (
            f"Measurements that share years are alike, and so are the years themselves (autocorrelation {rho})"
            if trend.window.overlapping
            else f"Neighbours are alike (autocorrelation {rho})"
        )
        return (
            f"Each measurement is compared with every later one ({pairs} pairs): rising minus falling pairs give "
            f"S = {s}, with variance {v}. {alike}, so the variance is multiplied by {f}. The probability that chance "
            f"alone gives so large an S is {p} ({how})."
        )

    return Step(Text("Test: är det en trend?", "Test: is there a trend?"), both(write))


def chance(p: float, language: Language) -> str:
    """Write a p-value with four decimals: "p = 0,0167", "p < 0,0001"."""
    if p < 0.0001:
        return f"p < {number(0.0001, language, 4)}"
    return f"p = {number(p, language, 4)}"


def _slope(topic: Topic, trend: Trend) -> Step:
    rate = yearly(topic, trend)

    def write(language: Language) -> str:
        unit = topic.unit.difference.to(language) or ("enheter" if language is SV else "units")
        low, high = (number(v, language, 4, signed=True) for v in (trend.slope_low, trend.slope_high))
        slope = number(trend.slope, language, 4, signed=True)
        start, end = amount(topic, trend.level_start, language), again(topic, trend.level_end, language)
        change, *ends = (
            number(v / topic.unit.divide, language, topic.unit.decimals, signed=True)
            for v in (trend.change, trend.change_low, trend.change_high)
        )
        if language is SV:
            return (
                f"Den mellersta av alla lutningar mellan två mätningar är {slope} om året på skalan (95 procents "
                f"intervall {low} till {high}), alltså {rate.signed(SV)}. Linjen går från {start} till {end}: "
                f"{change} {unit} (90 procents intervall {ends[0]} till {ends[1]})."
            )
        return (
            f"The median of all slopes between two measurements is {slope} a year on the scale (95 per cent interval "
            f"{low} to {high}), that is {rate.signed(EN)}. The line runs from {start} to {end}: {change} {unit} "
            f"(90 per cent interval {ends[0]} to {ends[1]})."
        )

    return Step(Text("Hur stor är förändringen?", "How large is the change?"), both(write))


def _verdict(topic: Topic, trend: Trend) -> Step:
    smallest = topic.indicator.meaningful_change

    def write(language: Language) -> str:
        limit = _smallest(topic, smallest, language)
        word = verdict_word(trend.verdict, language)
        moved = verdict_word(trend.movement, language)
        rule = _rule(limit, language) + _kept(trend, language)
        return f"{reason_sentence(trend, language)} {rule} {_better(topic, moved, word, language)}"

    return Step(Text("Bedömning", "Verdict"), both(write))


def _smallest(topic: Topic, smallest: float | None, language: Language) -> str:
    if smallest is None or not math.isfinite(smallest):
        return ""
    if topic.indicator.scale is Scale.LOG:
        return f"{number(smallest, language, 1)} {'procent' if language is SV else 'per cent'}"
    return size(topic, smallest, language)


def _rule(limit: str, language: Language) -> str:
    if language is SV:
        still = f"; ”oförändrat” när hela förändringens intervall ligger inom ± {limit}" if limit else ""
        return f"Regeln: en riktning när p är under 0,05{still}; annars ”går inte att avgöra”."
    still = f"; “unchanged” when the whole interval of the change lies within ± {limit}" if limit else ""
    return f"The rule: a direction when p is below 0.05{still}; otherwise “cannot be determined”."


def _kept(trend: Trend, language: Language) -> str:
    """Return the rule about earlier verdicts, where one was given to weigh in."""
    if trend.earlier is None:
        return ""
    word = verdict_word(trend.earlier, language)
    if language is SV:
        return f" En riktning från förra uppföljningen (då: {word}) står kvar tills p är över 0,20."
    return f" A direction from the previous follow-up (then: {word}) stands until p is above 0.20."


def _better(topic: Topic, moved: str, word: str, language: Language) -> str:
    direction = topic.indicator.direction
    if language is SV:
        way = {Direction.HIGHER: "Högre är bättre.", Direction.LOWER: "Lägre är bättre."}
        return f"{way.get(direction, 'Varken högre eller lägre är bättre.')} Siffran: {moved}. Bedömning: {word}."
    ways = {Direction.HIGHER: "Higher is better.", Direction.LOWER: "Lower is better."}
    return f"{ways.get(direction, 'Neither higher nor lower is better.')} The figure: {moved}. Verdict: {word}."
