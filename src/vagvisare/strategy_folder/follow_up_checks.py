"""Checks of a follow-up: what its claims and its parts name must exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from vagvisare.editions.check import Problem, repeated, unknown
from vagvisare.followups.claims import ASPECTS
from vagvisare.followups.document import Claim, FollowUp, Said
from vagvisare.strategy_folder.indicator_checks import Contents
from vagvisare.terms.language import Text

EXPECTED = (
    "rising",
    "falling",
    "lowest",
    "highest",
    "better_than_nation",
    "better_than_before",
    "too_slow",
    "wide",
)


def check_follow_up(
    follow_up: FollowUp,
    addresses: frozenset[str],
    indicators: Mapping[str, Contents | None],
    events: frozenset[str],
) -> Iterator[Problem]:
    """Yield every problem of one follow-up.

    Args:
        follow_up: what to check.
        addresses: every address of the current edition.
        indicators: the figures behind each indicator's key, or None where they could not be read.
        events: keys of declared events.
    """
    yield from repeated(follow_up.focuses, "key", "Kraftsamlingen")
    statements = [statement for focus in follow_up.focuses for statement in focus.statements]
    yield from repeated(statements, "key", "Påståendet")
    for focus in follow_up.focuses:
        for number, goal in enumerate(focus.goals):
            yield from unknown(focus, ("goals", number), goal, addresses, "adress")
        yield from _said(focus.results)
    for items in (follow_up.shifts, follow_up.insights, follow_up.principles, follow_up.questions):
        yield from _said(items)
    for claim in chain.from_iterable(statement.claims for statement in statements):
        yield from _claim(claim, indicators, events)


def _said(items: tuple[Said, ...]) -> Iterator[Problem]:
    yield from repeated(items, "key", "Nyckeln")
    keys = {item.key for item in items}
    for item in items:
        if item.parent:
            yield from unknown(item, ("parent",), item.parent, keys - {item.key}, "överordnad nyckel")


def _claim(claim: Claim, indicators: Mapping[str, Contents | None], events: frozenset[str]) -> Iterator[Problem]:
    yield from unknown(claim, ("indicator",), claim.indicator, indicators, "indikator")
    yield from unknown(claim, ("aspect",), claim.aspect, ASPECTS, "sida av siffrorna")
    yield from unknown(claim, ("expected",), claim.expected, EXPECTED, "förväntning")
    if claim.event:
        yield from unknown(claim, ("event",), claim.event, events, "händelse")
    elif claim.aspect == "shock":
        what = Text("Ett påstående om en chock behöver event.", "A claim about a shock needs event.")
        yield Problem(claim, ("event",), what, Text("Lägg till event.", "Add event."))
    contents = indicators.get(claim.indicator)
    if claim.group and contents is not None and contents.groups:
        # a gap is between two groups ("K/|M/"); everything else is about one
        for group in claim.group.split("|") if claim.aspect == "gap" else [claim.group]:
            yield from unknown(claim, ("group",), group, contents.groups, "grupp")
