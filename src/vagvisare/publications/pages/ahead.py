"""Where a figure goes, as its page shows it: what of the projection is drawn, the sentences, the targets, the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.judgement import Judgement, Outlook, Pace, Projection, Reason
from vagvisare.findings.closer import outlook
from vagvisare.findings.grammar import Topic
from vagvisare.publications.charts import fan
from vagvisare.publications.pages.view import View
from vagvisare.terms.period import Period


@dataclass(frozen=True, slots=True)
class Ahead:
    """The section on what may come.

    ``sentences`` begin with where the figure goes; ``targets`` are names and words; ``rows`` are period, projection,
    80 and 95 per cent band, and how such bands have held.
    """

    sentences: tuple[str, ...]
    targets: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str, str, str, str], ...] = ()


def reach(judgement: Judgement) -> int:
    """Return how many years ahead are shown: five, or as many as a target with a level needs."""
    projection = judgement.projection
    if projection is None:
        return fan.FAR
    levels = [p.target.year for p in judgement.paces if p.target_value is not None and p.target.year is not None]
    asked = [year - projection.origin.end for year in levels]
    return max([fan.FAR, *(years for years in asked if years <= len(projection.ahead))])


def shown(judgement: Judgement) -> tuple[Outlook, ...]:
    """Return the coming periods that the chart and the table show: those with bands, or all where none has."""
    projection = judgement.projection
    if projection is None:
        return ()
    years = reach(judgement)
    return fan.coming(projection, years) or projection.ahead[:years]


def chart_label(view: View, indicator: Indicator, coming: tuple[Outlook, ...], words: str) -> str:
    """Return the words at the end of the fan: the last year shown and its figure."""
    if not coming:
        return ""
    last = outlook.rough(indicator.unit_words, coming[-1])
    value = indicator.unit_words.figure(last.value, view.language)
    return view.say(words).format(period=last.period.label, value=value)


def reads(view: View, indicator: Indicator, coming: tuple[Outlook, ...]) -> tuple[str, ...]:
    """Return what is read at each coming period of the chart."""
    unit, language = indicator.unit_words, view.language
    return tuple(
        view.say("ahead_read").format(
            period=each.period.label,
            value=unit.write(each.value, language),
            low=unit.figure(each.low_80, language),
            high=unit.figure(each.high_80, language),
        )
        for each in (outlook.rough(unit, one) for one in coming)
        if each.low_80 is not None and each.high_80 is not None
    )


def section(view: View, indicator: Indicator, judgement: Judgement) -> Ahead | None:
    """Return the section; None where nothing can be said and no words are missed."""
    topic, projection = Topic.of(judgement.key, indicator), judgement.projection
    if projection is None:
        if judgement.trend.reason is not Reason.TOO_FEW:
            return None
        return Ahead(tuple(t.to(view.language) for t in outlook.outlook(topic, None, judgement.trend)))
    coming = shown(judgement)
    if not coming:
        return None
    year = coming[-1].period.end
    said = outlook.outlook(topic, projection, judgement.trend, year)
    return Ahead(
        tuple(text.to(view.language) for text in said),
        tuple(_targets(view, topic, judgement, year)),
        tuple(_row(view, indicator, projection, outlook.rough(indicator.unit_words, each)) for each in coming),
    )


def _targets(view: View, topic: Topic, judgement: Judgement, told: int) -> Iterator[tuple[str, str]]:
    """Yield each target with a year ahead, and its milestones; the projection for the year ``told`` is told already."""
    for pace in judgement.paces:
        yield from _target(view, topic, judgement, pace, told, "ahead_target")
        for milestone in pace.milestones:
            yield from _target(view, topic, judgement, milestone, told, "ahead_milestone")


def _target(
    view: View, topic: Topic, judgement: Judgement, pace: Pace, told: int, name: str
) -> Iterator[tuple[str, str]]:
    year = pace.target.year
    if year is None or judgement.projection is None or year <= judgement.projection.origin.end:
        return
    expected = "" if year == told else _expected(view, topic.indicator, pace)
    words = " ".join(part for part in (outlook.reaching(topic, pace).to(view.language), expected) if part)
    yield view.say(name).format(year=year), words


def _expected(view: View, indicator: Indicator, pace: Pace) -> str:
    unit, language = indicator.unit_words, view.language
    if pace.projected is None or pace.target.year is None:
        return ""
    there = Outlook(Period.year(pace.target.year), pace.projected, pace.projected_low, pace.projected_high)
    there = outlook.rough(unit, there)
    value = unit.write(there.value, language)
    if there.low_80 is None or there.high_80 is None:
        return view.say("ahead_expected_bare").format(value=value)
    low, high = unit.figure(there.low_80, language), unit.figure(there.high_80, language)
    return view.say("ahead_expected").format(value=value, low=low, high=high)


def _row(view: View, indicator: Indicator, projection: Projection, each: Outlook) -> tuple[str, str, str, str, str]:
    figure, language = indicator.unit_words.figure, view.language

    def band(low: float | None, high: float | None) -> str:
        if low is None or high is None:
            return ""
        return view.say("ahead_span").format(low=figure(low, language), high=figure(high, language))

    narrow, wide = band(each.low_80, each.high_80), band(each.low_95, each.high_95)
    held = _held(view, projection, each.period.end - projection.origin.end) if narrow else ""
    return each.period.label, figure(each.value, language), narrow, wide, held


def _held(view: View, projection: Projection, years: int) -> str:
    """Write how the two bands have held that many years ahead: ``78 % och 94 % av 819``."""
    measured = projection.measured
    if measured is None or not 0 < years <= len(measured.coverage_80):
        return ""
    narrow, wide = (view.number(100 * held[years - 1]) for held in (measured.coverage_80, measured.coverage_95))
    count = view.number(measured.forecasts[years - 1]) if measured.forecasts else view.say("none")
    return view.say("ahead_coverage").format(narrow=narrow, wide=wide, count=count)
