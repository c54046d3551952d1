"""What could have made the answer another: declared events left out, and breaks in the series."""

from __future__ import annotations

from vagvisare.assessment.definition import Break, Event
from vagvisare.assessment.judgement import Judgement, Overlap, WithoutEvent
from vagvisare.findings.explain_trend import SV, Step, both
from vagvisare.findings.grammar import Topic
from vagvisare.findings.labels import reason_sentence, verdict_word
from vagvisare.terms.language import Language, Text, number


def robustness(topic: Topic, judgement: Judgement) -> tuple[Step, ...]:
    """Return a step for each declared event in the window, and one for the breaks the series has."""
    steps = [_without(topic, each) for each in judgement.without_events]
    breaks = topic.indicator.breaks
    return (*steps, _breaks(topic, breaks, judgement.overlaps)) if breaks else tuple(steps)


def _without(topic: Topic, left_out: WithoutEvent) -> Step:
    event, trend = left_out.event, left_out.trend

    def write(language: Language) -> str:
        word = verdict_word(trend.movement if topic.indicator.direction == 0 else trend.verdict, language)
        if language is SV:
            same = f"Utan {_years(event, language)} blir bedömningen densamma: {word}."
            other = f"Utan {_years(event, language)} blir bedömningen i stället: {word}."
        else:
            same = f"Without {_years(event, language)} the verdict is the same: {word}."
            other = f"Without {_years(event, language)} the verdict would be: {word}."
        return f"{other} {reason_sentence(trend, language)}" if left_out.changes_verdict else same

    title = Text(f"Med och utan {event.name.sv}", f"With and without {event.name.en}")
    return Step(title, both(write))


def _years(event: Event, language: Language) -> str:
    if event.first == event.last:
        return str(event.first)
    span = f"{event.first}–{event.last}"
    return f"åren {span}" if language is SV else span


def _breaks(topic: Topic, breaks: tuple[Break, ...], overlaps: tuple[Overlap, ...]) -> Step:
    sizes = {each.at: each for each in overlaps}

    def write(language: Language) -> str:
        return " ".join(_break(topic, each, sizes.get(each), language) for each in breaks)

    return Step(Text("Brott i serien", "Breaks in the series"), both(write))


def _break(topic: Topic, at: Break, overlap: Overlap | None, language: Language) -> str:
    said = [f"{at.at.label}: {at.note.to(language)}"]
    if language is SV:
        said.append("Bedömningen börjar där." if at.cuts else "Det ligger kvar i bedömningen.")
    else:
        said.append("The judgement starts there." if at.cuts else "It stays within the judgement.")
    if overlap is not None:
        old, new = (topic.unit.figure(value, language) for value in (overlap.old, overlap.new))
        apart = number(overlap.per_cent, language, 1, signed=True)
        if language is SV:
            said.append(f"{overlap.period.label} gav den gamla metoden {old} och den nya {new} ({apart} procent).")
        else:
            said.append(f"For {overlap.period.label} the old method gave {old} and the new {new} ({apart} per cent).")
    return " ".join(said)
