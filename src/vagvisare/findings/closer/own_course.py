"""The words for "is it us or the whole country?": a territory's change beside riket's."""

from __future__ import annotations

from dataclasses import replace

from vagvisare.assessment.closer.values import OwnCourse, Whose
from vagvisare.assessment.verdict import FEWEST
from vagvisare.findings.closer.differences import Differences
from vagvisare.findings.explain_trend import both
from vagvisare.findings.grammar import Topic, capital, counted, place_name, since
from vagvisare.terms.language import NO_BREAK_SPACE, Language, Text
from vagvisare.terms.series import NATION
from vagvisare.terms.unit import UNITS

SV = Language.SV

MEASURED = Text(
    "Intervallet räknas på avståndet till riket mätning för mätning, så att svängningar som båda delar inte "
    "räknas som osäkerhet.",
    "The interval is computed on the distance to Sweden measurement by measurement, so that swings shared by both are "
    "not counted as uncertainty.",
)
_FINEST = 3
_ITSELF = Text("Riket jämförs inte med sig självt.", "Sweden is not compared with itself.")


def own_courses(topic: Topic, found: tuple[OwnCourse, ...]) -> tuple[Text, ...]:
    """Say whether each course is the territory's own or everybody's; or why nothing can be said.

    Returns:
        One text for the change a year, one for each event, and one on how the difference is measured.
    """
    if topic.territory == NATION:
        return (_ITSELF,)
    if not found:
        return (both(_nothing),)
    said = [Text(*(own_course(topic, each, language) for language in Language)) for each in found]
    return (*said, MEASURED)


def own_course(topic: Topic, found: OwnCourse, language: Language) -> str:
    """Say one course: both changes, and whose it is."""
    numbers = (found.own, found.nation)
    changes = Differences(topic, numbers, found.relative, yearly=found.event is None, decimals=_decimals(topic, found))
    own, nation = changes.written(language, last=2)
    nation = nation.partition(NO_BREAK_SPACE)[0]
    return f"{_changes(topic, found, own, nation, language)} {_whose(topic, found, language)}"


def _changes(topic: Topic, found: OwnCourse, own: str, nation: str, language: Language) -> str:
    place = topic.place(language)
    if found.event is None:
        first = capital(since(found.since, language))
        if language is SV:
            return f"{first} är förändringen {own} {place}; i rikets takt hade den varit {nation}."
        return f"{first} the change is {own} {place}; at the pace of Sweden it would have been {nation}."
    name = found.event.name.to(language)
    if language is SV:
        return (
            f"Under {name} ({found.until.label}) låg siffran {place} {own} från sin egen linje; med rikets avvikelse "
            f"hade det blivit {nation}."
        )
    return (
        f"During {name} ({found.until.label}) the figure {place} was {own} off its own line; with the deviation of "
        f"Sweden it would have been {nation}."
    )


def _whose(topic: Topic, found: OwnCourse, language: Language) -> str:
    said = _interval(topic, found, language)
    name = capital(place_name(topic.territory, language))
    if language is SV:
        return {
            Whose.OURS: f"Skillnaden mot riket är tydlig: {said}. {name} har alltså en egen utveckling.",
            Whose.EVERYBODYS: (
                f"Skillnaden mot riket, {said}, är för liten eller för osäker för att räknas. Utvecklingen delas med "
                "hela landet."
            ),
            Whose.UNDETERMINED: f"Om skillnaden mot riket, {said}, är mer än en tillfällighet går inte att avgöra.",
        }[found.whose]
    return {
        Whose.OURS: f"The difference to Sweden is clear: {said}. {name} thus has a course of its own.",
        Whose.EVERYBODYS: (
            f"The difference to Sweden, {said}, is too small or too uncertain to count. The course is shared with the "
            "whole country."
        ),
        Whose.UNDETERMINED: f"Whether the difference to Sweden, {said}, is more than coincidence cannot be determined.",
    }[found.whose]


def _interval(topic: Topic, found: OwnCourse, language: Language) -> str:
    """Write the difference with its interval; the difference between two percentages is in percentage points."""
    numbers = (found.difference, found.low, found.high)
    unit = UNITS["percent"] if found.relative else topic.unit
    told = replace(topic, indicator=replace(topic.indicator, unit=unit.code))
    written = Differences(told, numbers, yearly=found.event is None, decimals=_decimals(topic, found))
    difference, low, high = written.written(language, last=3)
    low, high = (end.partition(NO_BREAK_SPACE)[0] for end in (low, high))
    if language is SV:
        return f"{difference} (95 procents intervall {low} till {high})"
    return f"{difference} (95 per cent interval {low} to {high})"


def _decimals(topic: Topic, found: OwnCourse) -> int:
    """Return the fewest decimals, at most three, at which the printed numbers agree with each other and the verdict.

    One printed change less the other is the printed difference, and an interval clear of nought does not end at 0,0.
    """
    usual = 1 if found.relative or found.event is None else topic.unit.decimals
    numbers = (found.own, found.nation, found.difference, found.low, found.high)
    shown = Differences(topic, numbers, found.relative).shown
    for decimals in range(usual, _FINEST):
        own, nation, difference, *ends = (round(value, decimals) for value in shown)
        adds_up = round(own - nation - difference, decimals) == 0 and (difference or not found.difference)
        if adds_up and (found.whose is not Whose.OURS or all(ends)):
            return decimals
    return max(usual, _FINEST)


def _nothing(language: Language) -> str:
    least = counted(FEWEST, language)
    if language is SV:
        return f"Det går inte att jämföra med riket: minst {least} gemensamma mätningar behövs, fler om de delar år."
    return (
        f"No comparison with Sweden as a whole can be made: at least {least} shared measurements are needed, more "
        "where they share years."
    )
