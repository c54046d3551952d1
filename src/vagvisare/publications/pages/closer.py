"""Does the verdict hold, and what do other methods say: the closer look as an indicator's page shows it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from vagvisare.assessment.closer.values import Candidate, Closer, Noise, OwnCourse, Splice, Translated, Whose
from vagvisare.assessment.definition import Direction, Event, Indicator
from vagvisare.assessment.judgement import Judgement, Trend
from vagvisare.assessment.translations import CaseSeries, case_series
from vagvisare.findings.closer import candidate, noise, own_course, progress, robustness, splice, translation
from vagvisare.findings.grammar import Topic, capital
from vagvisare.findings.labels import rate_label
from vagvisare.publications.pages.answers import SHAPES, Status, trend_status, trend_word
from vagvisare.publications.pages.view import ReplayShown, View
from vagvisare.terms.language import Language, Text

FIRST_CANDIDATES = 2
"""How many candidates are shown before the rest is folded."""


@dataclass(frozen=True, slots=True)
class Table:
    """A small table: its caption, its columns, and rows of cells; ``marked`` cells have a shape and a style."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | ReplayShown, ...], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the short answer, the sentences beside it, and what is folded under ``summary``."""

    question: str
    answer: ReplayShown
    said: tuple[str, ...]
    summary: str = ""
    more: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class MethodRow:
    """One method beside ours: name, body, its answer with a shape, its own measure, and why it differs."""

    name: str
    body: Markup
    answer: ReplayShown
    value: str
    why: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Methods:
    """What published methods say; ``note`` alone where none can be used."""

    note: str
    rows: tuple[MethodRow, ...] = ()


def questions(view: View, indicator: Indicator, judgement: Judgement) -> tuple[Question, ...]:
    """Return the questions that a closer look answers about one series; none where nobody has looked."""
    found = view.outcome.closer.get(judgement.key)
    if found is None:
        return ()
    topic = Topic.of(judgement.key, indicator)
    return tuple(_questions(view, topic, judgement, found))


def _questions(view: View, topic: Topic, judgement: Judgement, found: Closer) -> Iterator[Question]:
    if found.robustness is not None:
        yield _choices(view, found)
    if found.noise is not None:
        yield _noise(view, topic, found.noise)
    yield _course(view, topic, found.own_courses)
    yield _candidates(view, topic, found.candidates, judgement.trend)
    if found.splice is not None:
        yield _splice(view, topic, found.splice, judgement.trend)


def _choices(view: View, found: Closer) -> Question:
    held = found.robustness
    question = view.say("holds_choices")
    if held is None or not held.of:
        told = _said(view, robustness.sentence(held, {}, {})) if held is not None else ()
        return Question(question, _plain(view.say("holds_untried"), "◇", "undetermined"), told)
    events: Mapping[str, Event] = {event.key: event for event in view.outcome.events}
    known = view.outcome.indicators
    some = ("◐", "depends") if held.holds else ("✗", "contradicted")
    shape, style = ("✓", "agrees") if held.holds == held.of else some
    rows = tuple(
        (
            robustness.choice(each, known, events).to(view.language),
            robustness.answer(each).to(view.language),
            ReplayShown("✓", view.say("holds_yes"), "agrees")
            if each.holds
            else ReplayShown("✗", view.say("holds_no"), "contradicted"),
        )
        for each in held.alternatives
    )
    columns = (view.say("holds_choice"), view.say("holds_verdict"), view.say("holds_column"))
    return Question(
        question,
        _plain(robustness.short(held).to(view.language), shape, style),
        _said(view, robustness.exceptions(held, known, events)),
        view.say("holds_table"),
        table=Table(view.say("holds_table"), columns, rows),
    )


def _noise(view: View, topic: Topic, found: Noise) -> Question:
    *certain, change = (text.to(view.language) for text in noise.noise(topic, found))
    word = view.say({True: "yes", False: "no", None: "cannot_tell"}[found.news])
    return Question(view.say("noise_question"), _plain(word), (change,), view.say("noise_more"), tuple(certain))


def _course(view: View, topic: Topic, found: tuple[OwnCourse, ...]) -> Question:
    first, *rest = (text.to(view.language) for text in own_course.own_courses(topic, found))
    word = view.say(_WHOSE[found[0].whose] if found else "cannot_tell")
    return Question(view.say("course_question"), _plain(word), (first,), view.say("course_more"), tuple(rest))


_WHOSE = {
    Whose.OURS: "course_ours",
    Whose.EVERYBODYS: "course_everybodys",
    Whose.UNDETERMINED: "course_undetermined",
}


def _candidates(view: View, topic: Topic, found: tuple[Candidate, ...], trend: Trend) -> Question:
    said = tuple(text.to(view.language) for text in candidate.candidates(topic, found, trend))
    new = sum(each.declared is None for each in found)
    if new:
        word = view.say("candidates_one" if new == 1 else "candidates_several").format(count=new)
    elif found:
        word = view.say("candidates_declared")
    else:
        word = view.say("no") if candidate.NONE_FOUND.to(view.language) in said else view.say("cannot_tell")
    offered = said[len(found) :]
    kept = min(len(found), FIRST_CANDIDATES)
    return Question(
        view.say("candidates_question"),
        _plain(word),
        (*said[:kept], *offered),
        view.say("candidates_more"),
        said[kept : len(found)],
    )


def _splice(view: View, topic: Topic, found: Splice, trend: Trend) -> Question:
    *joined, verdict = (text.to(view.language) for text in splice.splice(topic, found, trend))
    same = trend_word(found.trend, view.language) == trend_word(trend, view.language)
    rows = tuple(
        (view.say(name), _years(each), _status(each, view.language), rate_label(topic.indicator, each, view.language))
        for name, each in (("splice_own", trend), ("splice_joined", found.trend))
    )
    columns = tuple(view.say(key) for key in ("splice_series", "splice_years", "holds_verdict", "splice_rate"))
    return Question(
        view.say("splice_question"),
        _plain(view.say("splice_same" if same else "splice_other")),
        (verdict,),
        view.say("splice_table"),
        tuple(joined),
        Table(view.say("splice_table"), columns, rows),
    )


def _years(trend: Trend) -> str:
    used = trend.window.used
    return f"{used[0].start}–{used[-1].end}" if used else ""


def _said(view: View, text: Text) -> tuple[str, ...]:
    words = text.to(view.language)
    return (words,) if words else ()


def _plain(word: str, shape: str = "", style: str = "") -> ReplayShown:
    return ReplayShown(shape, capital(word), style)


def _status(trend: Trend, language: Language) -> ReplayShown:
    status = trend_status(trend)
    return ReplayShown(SHAPES[status], trend_word(trend, language), status.value)


def methods(view: View, indicator: Indicator, judgement: Judgement) -> Methods | None:
    """Return what published methods say of one series beside our verdict; None where nobody has looked."""
    found, own = view.outcome.closer.get(judgement.key), view.outcome.panel.get(judgement.key)
    if found is None or own is None:
        return None
    if not found.translations:
        neutral = indicator.direction is Direction.NEUTRAL
        return Methods(view.say("methods_neutral" if neutral else "methods_none"))
    case, topic = case_series(own, indicator), Topic.of(judgement.key, indicator)
    trend = judgement.trend
    ours = MethodRow(
        view.say("method_ours"),
        escape(view.say("method_theil_sen")),
        _status(trend, view.language),
        "" if math.isnan(trend.slope) else rate_label(indicator, trend, view.language),
        "",
        own=True,
    )
    rows = (_method(view, topic, judgement, each, case) for each in found.translations)
    return Methods(view.say("methods_note"), (ours, *rows))


def _method(view: View, topic: Topic, judgement: Judgement, each: Translated, case: CaseSeries) -> MethodRow:
    """Return one row; a method is held against our pace towards the same target, the first that is a level."""
    language = view.language
    pace = next((one for one in judgement.paces if one.target_value is not None), None) if case.target else None
    why = translation.disagreement(each, judgement.trend, pace)
    value = progress.progress(topic, each, case)
    status = {1: Status.BETTER, 0: Status.SAME, -1: Status.WORSE}[translation.tone(each)]
    return MethodRow(
        translation.NAMES[each.method].to(language),
        _body(translation.BODIES[each.method].to(language), language),
        ReplayShown(SHAPES[status], translation.label(each).to(language), status.value),
        "" if value is None else value.to(language),
        "" if why is None else why.to(language),
    )


_FOREIGN = {
    "Statistics Canada": "en",
    "NHS England": "en",
    "Statistisches Bundesamt": "de",
}
"""Bodies under their own names, and the language of those names."""


def _body(words: str, language: Language) -> Markup:
    """Return who publishes a method; a name in another language than the page's is marked with its own."""
    shown = escape(words)
    for name, spoken in _FOREIGN.items():
        if spoken != language.value:
            shown = shown.replace(name, Markup('<span lang="{}">{}</span>').format(spoken, name))
    return shown
