"""The words for shocks and breaks nobody has declared: what stands out, and that nothing has been done about it."""

from __future__ import annotations

from vagvisare.assessment.closer.candidate import FEWEST_FOR_RULES
from vagvisare.assessment.closer.values import Candidate, Rule
from vagvisare.assessment.definition import Break
from vagvisare.assessment.judgement import Trend
from vagvisare.assessment.verdict import FEWEST
from vagvisare.assessment.window import independent
from vagvisare.findings.explain_trend import both, chance
from vagvisare.findings.grammar import Topic, again, amount, capital, counted, since, when
from vagvisare.findings.provisos import prices
from vagvisare.terms.language import Language, Text

SV = Language.SV

NONE_FOUND = Text("Ingen odeklarerad brytning hittades.", "No undeclared break was found.")
OFFERED = Text(
    "Det här är förslag att granska. Bedömningen tar hänsyn till dem först när någon har angett en händelse eller ett "
    "brott i serien.",
    "These are suggestions to look into. The verdict takes account of them only once somebody has declared an event or "
    "a break in the series.",
)


def candidates(topic: Topic, found: tuple[Candidate, ...], trend: Trend) -> tuple[Text, ...]:
    """Say what stands out, each in a text of its own, and that it is only offered; or that nothing was found.

    Args:
        topic: what the series measures.
        found: the candidates, in order of time.
        trend: the trend in whose window they were looked for.
    """
    n = len(independent(trend.window.used))
    if n < FEWEST:
        return (both(lambda language: _too_few(n, language)),)
    if not found:
        return (NONE_FOUND if n >= FEWEST_FOR_RULES else both(_only_odd_ones),)
    said = tuple(Text(*(candidate(topic, each, language) for language in Language)) for each in found)
    return (*said, OFFERED) if any(each.declared is None for each in found) else said


def candidate(topic: Topic, found: Candidate, language: Language) -> str:
    """Say of one candidate where it is, how large, what explains it, and whether riket shows the same."""
    parts = [_what(topic, found, language), _explained(found, language), _nation(found, language)]
    return " ".join(part for part in parts if part)


def _too_few(n: int, language: Language) -> str:
    least = counted(FEWEST, language)
    if language is SV:
        return (
            f"Mätningarna är för få för att leta efter brytningar: minst {least} fristående behövs, och "
            f"{counted(n, SV)} finns."
        )
    there = "there is one" if n == 1 else f"there are {counted(n, language)}"
    return f"The measurements are too few to look for breaks: at least {least} separate ones are needed, and {there}."


def _only_odd_ones(language: Language) -> str:
    least = counted(FEWEST_FOR_RULES, language)
    if language is SV:
        return f"Ingen enstaka mätning sticker ut. För att leta efter nya nivåer behövs minst {least} mätningar."
    return f"No single measurement stands out. To look for new levels at least {least} measurements are needed."


def _what(topic: Topic, found: Candidate, language: Language) -> str:
    after = amount(topic, found.after, language) + prices(topic, language)
    before = again(topic, found.before, language)
    start = capital(since(found.period, language)) if language is not SV else ""
    date = when(found.period, language)
    onwards = f"Från och med {date}" if language is SV else start
    up = found.after > found.before
    if found.rule is Rule.LEVEL_SHIFT:
        p = chance(found.p or 0.0, language)
        if language is SV:
            level = "högre" if up else "lägre"
            return f"{onwards} ligger serien på en {level} nivå: {after} i stället för {before} ({p})."
        level = "higher" if up else "lower"
        return f"{onwards} the series stands at a {level} level: {after} instead of {before} ({p})."
    if found.rule is Rule.OUTSIDE:
        if language is SV:
            return f"Mätningen för {date} sticker ut: {after}, när serien i övrigt pekar mot {before}."
        return f"The measurement for {found.period.label} stands out: {after}, where the rest points to {before}."
    return _row(found.rule, onwards, after, before, language, up=up)


def _row(rule: Rule, onwards: str, after: str, before: str, language: Language, *, up: bool) -> str:
    """Say what a row of several measurements does beside the line."""
    if language is SV:
        side, way = ("över", "uppåt") if up else ("under", "nedåt")
        what = {
            Rule.SAME_SIDE: f"ligger minst sju mätningar i rad {side} trendens linje",
            Rule.TREND: f"rör sig minst sju mätningar i rad stadigt bort från trendens linje, till sist {way}",
            Rule.TWO_IN_THREE: f"ligger mätningarna tätt ihop långt {side} trendens linje",
        }[rule]
        return f"{onwards} {what}: omkring {after}, när linjen pekar mot {before}."
    side, way = ("above", "upwards") if up else ("below", "downwards")
    what = {
        Rule.SAME_SIDE: f"at least seven measurements in a row lie {side} the trend line",
        Rule.TREND: f"at least seven measurements in a row move steadily away from the trend line, at last {way}",
        Rule.TWO_IN_THREE: f"measurements close together lie far {side} the trend line",
    }[rule]
    return f"{onwards} {what}: about {after}, where the line points to {before}."


def _explained(found: Candidate, language: Language) -> str:
    known = found.declared
    if known is None:
        return Text("Ingen har angett någon förklaring.", "Nobody has given an explanation.").to(language)
    if isinstance(known, Break):
        return Text("Där är ett brott i serien redan angivet.", "A break in the series is already declared there.").to(
            language
        )
    name = known.name.to(language)
    if language is SV:
        return f"Det sammanfaller med {name}, som redan är angiven."
    return f"It coincides with {name}, which is already declared."


def _nation(found: Candidate, language: Language) -> str:
    if found.nation is None:
        return ""
    if found.nation:
        return Text("Riket visar samma sak.", "Sweden as a whole shows the same.").to(language)
    return Text("Riket visar inget liknande.", "Sweden as a whole shows nothing like it.").to(language)
