"""Pages of the strategy itself: the start page, a page for every node, and the lists of nodes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.judgement import Judgement
from vagvisare.editions.document import Link, Node, StatedChange
from vagvisare.editions.registers import Occasion
from vagvisare.findings.finding import Finding
from vagvisare.publications import layout
from vagvisare.publications.charts import spark
from vagvisare.publications.pages import editions
from vagvisare.publications.pages.answers import Status, is_sum, trend_word
from vagvisare.publications.pages.followup import tally
from vagvisare.publications.pages.view import Mark, View
from vagvisare.terms.language import listing

ON_START = 4
"""How many changes the start page has room for."""
BEST_ON_START = 6
"""How many findings the start page shows below the fold."""


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator beneath a goal: its mark, its best sentence and the small line."""

    mark: Mark
    sentence: str
    spark: Markup
    reconstructed: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """Something new about an indicator: its mark now, and in words what it is and what it was."""

    mark: Mark
    words: str


def start(view: View) -> dict[str, Any]:
    """Return what the start page shows: vision, goals with marks, what is new, efforts, the next date."""
    digest, outcome = view.digest, view.outcome
    since, turns = changed(view)
    vision = next(iter(digest.edition.at("vision")), None)
    last = max(outcome.follow_ups, key=lambda f: f.dated, default=None)
    efforts = [(focus, tally(view, last, focus)) for focus in last.focuses] if last else []
    coming, latest = next_date(outcome.strategy.register.timeline, outcome.as_of)
    return {
        "plain": _any_plain(view),
        "vision": vision,
        "vision_text": view.wording(vision) if vision else "",
        "columns": [(top, [(goal, view.marks(goal)) for goal in goals]) for top, goals in digest.goal_columns],
        "since": since,
        "turns": turns[:ON_START],
        "more": max(len(turns) - ON_START, 0),
        "best": best_spread(view, BEST_ON_START),
        "follow_up": last,
        "efforts": efforts,
        "coming": coming,
        "latest": latest,
    }


def best_spread(view: View, count: int) -> list[Finding]:
    """Return the weightiest findings, at most one an indicator, about everybody."""
    seen: set[str] = set()
    chosen: list[Finding] = []
    for finding in sorted(view.outcome.findings, key=lambda f: -f.weight):
        known = finding.key.indicator in view.outcome.indicators
        if known and finding.key.is_total and finding.key.indicator not in seen and len(chosen) < count:
            seen.add(finding.key.indicator)
            chosen.append(finding)
    return chosen


def changed(view: View) -> tuple[date | None, list[Turn]]:
    """Return the latest earlier day of the history, and what is new since: changed verdicts first, then figures."""
    history = view.outcome.history or {}
    days = [entry.as_of for past in history.values() for entry in past if entry.as_of < view.outcome.as_of]
    if not days:
        return None, []
    since = max(days)
    verdicts, figures = [], []
    for key, past in history.items():
        indicator, now = view.outcome.indicators.get(key), view.digest.judgement(key)
        then = next((entry.judgement for entry in past if entry.as_of == since), None)
        if indicator is None or then is None or now is None:
            continue
        if then.trend.verdict is not now.trend.verdict:
            verdicts.append(Turn(view.mark(indicator), _new_verdict(view, then, now)))
        elif then.level.period < now.level.period:
            figures.append(Turn(view.mark(indicator), _new_figure(view, indicator, then, now)))
    return since, verdicts + figures


def _new_verdict(view: View, then: Judgement, now: Judgement) -> str:
    before = trend_word(then.trend, view.language)
    return view.say("new_verdict").format(now=trend_word(now.trend, view.language), before=before)


def _new_figure(view: View, indicator: Indicator, then: Judgement, now: Judgement) -> str:
    unit, language = indicator.unit_words, view.language
    return view.say("new_figure").format(
        now=unit.write(now.level.value, language),
        period=now.level.period.label,
        before=unit.figure(then.level.value, language),
        earlier=then.level.period.label,
    )


def next_date(
    timeline: tuple[Occasion, ...], as_of: date
) -> tuple[tuple[Occasion, str] | None, tuple[Occasion, str] | None]:
    """Return the first occasion after ``as_of`` and the latest one up to it, each with its date as written."""
    dated = [(claim.start, o) for o in timeline for claim in o.claims if claim.start[:4].isdigit()]
    today = as_of.isoformat()
    after = sorted(((when, o) for when, o in dated if when > today), key=lambda item: item[0])
    before = sorted(((when, o) for when, o in dated if when <= today), key=lambda item: item[0])
    coming = (after[0][1], after[0][0]) if after else None
    latest = (before[-1][1], before[-1][0]) if before else None
    return coming, latest


@dataclass(frozen=True, slots=True)
class Section:
    """Children of a node that share a level: what the level is called, and the nodes with their marks."""

    name: str
    nodes: tuple[tuple[Node, tuple[Mark, ...]], ...]


def node(view: View, subject: Node) -> dict[str, Any]:
    """Return what a node's page shows: what is wanted, known, done and missing."""
    digest, address = view.digest, subject.address
    links = view.outcome.strategy.links_of(digest.edition)
    parent = digest.edition.by_address.get(subject.parent)
    lines = [_line(view, key.key) for key in digest.watched.get(address, [])]
    return {
        "node": subject,
        "title": view.title_of(subject),
        "level": view.level_name(subject),
        "parent": parent,
        "sections": _sections(view, subject),
        "lines": lines,
        "tally": marks_sentence(view, view.marks(subject)),
        "headline": _opening(view, subject),
        "changes": [c for c in digest.edition.changes if c.area == address],
        "changed": editions.changed_at(view.outcome.strategy, digest.edition, address),
        "links_out": _linked(view, links, "origin", address),
        "links_in": _linked(view, links, "target", address),
        "is_goal": subject.level == digest.goal_level,
        "is_area": subject.level == "area",
        "statements": _statements(view, address),
        "unwatched": [
            n for n in digest.children.get(address, []) if n.level == digest.goal_level and not view.marks(n)
        ],
        "reconstructed": any(line.reconstructed for line in lines),
    }


def _opening(view: View, subject: Node) -> Finding | None:
    found = [f for i in view.digest.watched.get(subject.address, []) if (f := view.headline(i))]
    return max(found, key=lambda f: f.weight, default=None)


def _line(view: View, key: str) -> Line:
    indicator = view.outcome.indicators[key]
    headline, own = view.headline(indicator), view.digest.own(key)
    drawn = spark.draw(own, None if is_sum(indicator) else view.digest.nation(key)) if own else Markup("")
    vintage = view.outcome.vintages.get(indicator.dataset)
    sentence = view.sentence(headline) if headline else ""
    return Line(view.mark(indicator), sentence, drawn, bool(vintage and vintage.reconstructed))


def _sections(view: View, subject: Node) -> list[Section]:
    levels: dict[str, list[Node]] = {}
    for child in view.digest.children.get(subject.address, []):
        levels.setdefault(child.level, []).append(child)
    return [
        Section(view.level_name(nodes[0], plural=True), tuple((n, tuple(view.marks(n))) for n in nodes))
        for nodes in levels.values()
    ]


def _linked(view: View, links: tuple[Link, ...], side: str, address: str) -> list[tuple[Node, Link]]:
    known = view.digest.edition.by_address
    found = []
    for link in links:
        here, there = (link.origin, link.target) if side == "origin" else (link.target, link.origin)
        if here == address and there in known:
            found.append((known[there], link))
    return found


def _statements(view: View, address: str) -> list[tuple[str, str, str]]:
    keys = {indicator.key for indicator in view.digest.watched.get(address, [])}
    found = []
    for follow_up in view.outcome.follow_ups:
        for focus in follow_up.focuses:
            for statement in focus.statements:
                if keys & {claim.indicator for claim in statement.claims}:
                    place = layout.follow_up_place(follow_up)
                    found.append((place, statement.text, statement.english))
    return found


def node_index(view: View, prefix: str, nodes: list[Node]) -> dict[str, Any]:
    """Return what a list of nodes shows: every node whose address begins with ``prefix``, with its marks."""
    names = {view.level_name(n, plural=True) for n in nodes}
    return {
        "prefix": prefix,
        "title": min(names) if len(names) == 1 else prefix.rstrip("/").capitalize(),
        "nodes": [(n, view.marks(n), view.digest.edition.by_address.get(n.parent)) for n in nodes],
    }


def goals(view: View) -> dict[str, Any]:
    """Return what the overview of all goals shows: overarching goals, their goals, each with its indicators."""
    columns = []
    for top, under in view.digest.goal_columns:
        lines = [(goal, [_line(view, i.key) for i in view.digest.watched.get(goal.address, [])]) for goal in under]
        columns.append((top, lines))
    return {"columns": columns, "plain": _any_plain(view)}


def _any_plain(view: View) -> bool:
    watching = {i.key: i for found in view.digest.watched.values() for i in found}
    return any(view.mark(indicator).status is Status.PLAIN for indicator in watching.values())


def marks_sentence(view: View, marks: list[Mark]) -> str:
    """Write how many indicators watch a goal and where they are heading; empty when none does."""
    if not marks:
        return ""
    key = "indicator_count" if len(marks) == 1 else "indicators_count"
    counted = [(status, sum(mark.status is status for mark in marks)) for status in Status]
    parts = [view.say(f"part_{status.value}").format(n=n) for status, n in counted if n]
    count = view.say(key).format(count=len(marks))
    return view.say("marks_tally").format(count=count, parts=listing(parts, view.language))


def matrix(view: View) -> dict[str, Any]:
    """Return the table of areas and goals: stated links with their reason, everything else unknown."""
    digest = view.digest
    links = view.outcome.strategy.links_of(digest.edition)
    areas = list(digest.edition.at("area"))
    tops = [top for top, _ in digest.goal_columns if top is not None]
    goals_ = [goal for _, under in digest.goal_columns for goal in under]
    stated = {(link.origin, link.target): link for link in links if not link.denied}
    rows = [(goal, [stated.get((area.address, goal.address)) for area in areas]) for goal in goals_]
    known = sum(cell is not None for _, cells in rows for cell in cells)
    by_address = digest.edition.by_address
    named = [(by_address.get(link.origin), by_address.get(link.target), link) for link in links if not link.denied]
    return {
        "areas": areas,
        "rows": rows,
        "known": known,
        "cells": len(areas) * len(goals_),
        "tops": tops,
        "named": [(a, b, link) for a, b, link in named if a and b],
    }


def change_words(view: View, change: StatedChange) -> str:
    """Return a stated change in the page's language."""
    return change.english if view.language.value == "en" and change.english else change.text
