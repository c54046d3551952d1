"""The steps behind comparisons, deviations, reversals and runs, with their numbers."""

from __future__ import annotations

from vagvisare.assessment.judgement import Comparison, Reversal, Shock
from vagvisare.findings.explain_trend import SV, Step, both
from vagvisare.findings.finding import Finding
from vagvisare.findings.grammar import Topic, amount, place_name
from vagvisare.findings.labels import rank_label, verdict_word
from vagvisare.terms.language import Language, Text, number
from vagvisare.terms.unit import Scale


def comparison(topic: Topic, compared: Comparison) -> Step:
    """List the counties of the same period, with the place among them."""

    def write(language: Language) -> str:
        listed = "; ".join(
            f"{place_name(code, language)} {topic.unit.figure(value, language)}" for code, value in compared.values
        )
        place = rank_label(compared, topic.indicator.direction, language)
        nation = "" if compared.nation is None else amount(topic, compared.nation, language)
        own = amount(topic, compared.value, language)
        if language is SV:
            parts = [f"{compared.period.label}: {own}"]
            parts += [f"riket {nation}"] if nation else []
            parts += [place] if place else []
            field = f" Länen, bäst först: {listed}." if listed else ""
            return f"{'; '.join(parts)}. Samma period och definition för alla.{field}"
        parts = [f"{compared.period.label}: {own}"]
        parts += [f"Sweden {nation}"] if nation else []
        parts += [place] if place else []
        field = f" The counties, best first: {listed}." if listed else ""
        return f"{'; '.join(parts)}. Same period and definition for all.{field}"

    return Step(Text("Jämförelse", "Comparison"), both(write))


def shock(topic: Topic, strayed: Shock) -> Step:
    """Show expected and observed figure, the deviation, and the trend without the event."""

    def write(language: Language) -> str:
        seen, expected = amount(topic, strayed.observed, language), amount(topic, strayed.expected, language)
        deviation = number(strayed.deviation, language, 1, signed=True)
        nation = strayed.nation_deviation
        riket = "" if nation is None else number(nation, language, 1, signed=True)
        without, changes = verdict_word(strayed.without.verdict, language), strayed.changes_verdict
        if language is SV:
            beside = f" För riket är samma tal {riket}." if riket else ""
            verdict = "ett annat" if changes else "samma"
            return (
                f"Linjen genom åren före {strayed.event.name.sv} pekar mot {expected} för {strayed.period.label}; det "
                f"blev {seen}. Avståndet är {deviation} gånger det vanliga bruset; två eller mer räknas som avvikelse, "
                f"om avståndet också har vuxit så mycket sedan den sista mätningen före {strayed.event.name.sv}."
                f"{beside} Utan {strayed.event.first}–{strayed.event.last} blir trendens svar {verdict}: {without}."
            )
        beside = f" For Sweden the same number is {riket}." if riket else ""
        verdict = "another" if changes else "the same"
        return (
            f"The line through the years before {strayed.event.name.en} points to {expected} for "
            f"{strayed.period.label}; it was {seen}. The distance is {deviation} times the usual noise; two "
            f"or more counts as a deviation, if the distance has also grown as much since the last measurement before "
            f"{strayed.event.name.en}.{beside} Without {strayed.event.first}–{strayed.event.last} the trend's "
            f"answer is {verdict}: {without}."
        )

    return Step(Text("Avvikelse", "Deviation"), both(write))


def reversal(topic: Topic, turned: Reversal, level: float) -> Step:
    """Show the latest change beside the step the earlier trend expected."""

    def write(language: Language) -> str:
        before, now = amount(topic, level - turned.change, language), amount(topic, level, language)
        deviation = number(turned.deviation, language, 1, signed=True)
        riket = _riket(topic, turned, level, language)
        if language is SV:
            return (
                f"Från {turned.previous.label} till {turned.period.label} gick nivån från {before} till {now}. Jämfört "
                f"med det steg som den tidigare trenden väntade är det {deviation} gånger bruset i en förändring; "
                f"mer än 1,96 räknas som en vändning när förändringen går emot trenden.{riket}"
            )
        return (
            f"From {turned.previous.label} to {turned.period.label} the level went from {before} to {now}. Against the "
            f"step that the earlier trend expected this is {deviation} times the noise in a change; more than 1.96 "
            f"against the trend counts as a reversal.{riket}"
        )

    return Step(Text("Senaste förändringen", "The latest change"), both(write))


def _riket(topic: Topic, turned: Reversal, level: float, language: Language) -> str:
    """Set riket's change beside the county's: per cent where sizes differ, otherwise the unit of differences."""
    own, nation = turned.change, turned.nation_change
    if nation is None or turned.nation_before is None:
        return ""
    unit = topic.unit.difference.to(language)
    if topic.indicator.scale is Scale.LOG:
        own, nation = 100 * own / (level - own), 100 * nation / turned.nation_before
        unit = Text("procent", "per cent").to(language)
    ours, theirs = number(own, language, 1, signed=True), number(nation, language, 1, signed=True)
    place = place_name(topic.territory, language)
    if language is SV:
        return f" Förändringen var {ours} {unit} i {place} och {theirs} {unit} i riket."
    return f" The change was {ours} {unit} in {place} and {theirs} {unit} in Sweden as a whole."


def run(finding: Finding) -> Step:
    """Say how many changes in a row went the way of the trend."""
    length, start = finding.figures.get("run"), finding.parameters.get("run_since")
    since = str(start).replace("-", "–")
    return Step(
        Text("I rad", "In a row"),
        Text(
            f"{length} förändringar i rad sedan {since} har gått åt samma håll som trenden; minst tre krävs.",
            f"{length} changes in a row since {since} have gone the way of the trend; at least three are required.",
        ),
    )
