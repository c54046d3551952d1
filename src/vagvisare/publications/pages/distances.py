"""Distances as an indicator's page shows them: a gap as a ratio, groups in an order, and the municipalities."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.judgement import Gap, GapVerdict, Judgement, Movement, OrderedGap, Spread
from vagvisare.findings.facts import FEW_EXCEPTIONS
from vagvisare.publications.pages.answers import is_sum
from vagvisare.publications.pages.view import View
from vagvisare.publications.pages.words import GAPS
from vagvisare.terms.language import listing, number


@dataclass(frozen=True, slots=True)
class OrderedShown:
    """Groups in an order: what it is over, the sentences, and the groups with figure and size."""

    heading: str
    said: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]


def ratio(view: View, gap: Gap) -> str:
    """Return the gap as a ratio, and what the relative distance does where that is not what the other does."""
    if gap.ratio is None or gap.first_ratio is None:
        return ""
    before, now = (number(value, view.language, 2) for value in (gap.first_ratio, gap.ratio))
    said = view.say("gap_ratio").format(before=before, first=gap.first_period.label, now=now, last=gap.period.label)
    if gap.relative_verdict is None or gap.relative_verdict is gap.verdict:
        return said
    verdict = GAPS[gap.relative_verdict].to(view.language)
    return f"{said} {view.say('gap_relative').format(verdict=verdict[:1].lower() + verdict[1:])}"


def ordered(view: View, indicator: Indicator, judgement: Judgement) -> tuple[OrderedShown, ...]:
    """Return the distances over groups in an order."""
    return tuple(_ordered(view, indicator, each) for each in judgement.ordered_gaps)


def _ordered(view: View, indicator: Indicator, judged: OrderedGap) -> OrderedShown:
    unit, language, slope = indicator.unit_words, view.language, judged.slope
    low, high = (number(v / unit.divide, language, unit.decimals, signed=True) for v in (slope.sii_low, slope.sii_high))
    said = [
        f"{GAPS[judged.verdict].to(language)}.",
        view.say("order_sii").format(value=unit.write_difference(slope.sii, language, signed=True), low=low, high=high),
        view.say("order_first").format(
            first=judged.first_period.label, value=unit.write_difference(judged.first.sii, language, signed=True)
        ),
    ]
    if slope.rii is not None:
        said.append(view.say("order_rii").format(value=number(slope.rii, language, 2)))
    if judged.levelling_down:
        said.append(view.say("levelling_down"))
    whole = sum(judged.order.shares)
    rows = tuple(
        (group.name.to(language), unit.figure(value, language), _per_cent(view, 100 * share / whole))
        for group, value, share in zip(judged.order.groups, judged.figures, judged.order.shares, strict=True)
    )
    heading = view.say("order_heading").format(steps=judged.order.name.to(language))
    return OrderedShown(heading, tuple(said), rows)


def _per_cent(view: View, value: float) -> str:
    return view.say("per_cent").format(value=view.number(value))


def spread(view: View, indicator: Indicator, judgement: Judgement) -> tuple[tuple[str, str], ...]:
    """Return what is said of the distance among the municipalities, as rows of name and words; none without figures.

    Where the figure grows with the size of the place only how many have moved is said: the rest tells who is large.
    """
    judged = judgement.spread
    return () if judged is None else tuple(_spread(view, indicator, judged))


def _spread(view: View, indicator: Indicator, judged: Spread) -> Iterator[tuple[str, str]]:
    unit, language = indicator.unit_words, view.language
    if judged.moved is not None:
        yield _moved(view, judged)
    if is_sum(indicator):
        return
    ends = view.say("spread_ends").format(
        low=unit.figure(judged.lowest[1], language),
        low_name=view.place_name(judged.lowest[0]),
        high=unit.write(judged.highest[1], language),
        high_name=view.place_name(judged.highest[0]),
    )
    yield view.say("spread_range").format(period=judged.period.label), ends
    if not math.isnan(judged.sd):
        yield view.say("spread_sd"), unit.write_difference(judged.sd, language)
    if judged.weighted_mean is not None and judged.weighted_sd is not None:
        mean, sd = unit.write(judged.weighted_mean, language), unit.write_difference(judged.weighted_sd, language)
        yield view.say("spread_weighted"), view.say("spread_mean_sd").format(mean=mean, sd=sd)
    if judged.first_period is not None:
        key = {
            GapVerdict.WIDENING: "spread_widening",
            GapVerdict.SHRINKING: "spread_shrinking",
            GapVerdict.UNCHANGED: "spread_unchanged",
            GapVerdict.UNDETERMINED: "spread_undetermined",
        }[judged.verdict]
        yield view.say("spread_course"), view.say(key)


def _moved(view: View, judged: Spread) -> tuple[str, str]:
    """Say how many municipalities have moved: ``11 av 12 kommuner``."""
    moved = judged.moved
    if moved is None:
        return "", ""
    key = "spread_moved_up" if moved.movement is Movement.RISING else "spread_moved_down"
    words = view.say(key).format(count=moved.count, of=moved.of)
    if moved.count and 0 < len(moved.exceptions) <= FEW_EXCEPTIONS:
        names = listing([view.place_name(code) for code in moved.exceptions], view.language)
        words = f"{words}; {view.say('spread_except').format(names=names)}"
    years = view.say("spread_between").format(since=moved.since.label, until=moved.until.label)
    return years, words
