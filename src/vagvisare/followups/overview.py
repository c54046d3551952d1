"""A whole strategy small enough to see: goals, areas, evidence and efforts, with the rest counted into them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from vagvisare.editions.graph import Graph, Thing, Tie

OWNING = ("part_of", "said_of", "result_of", "concerns", "watches")
"""Ties by which a thing is counted into another in an overview: it is counted where it leads."""

OVERVIEW = frozenset(
    {
        "vision",
        "mandate",
        "policy",
        "evidence",
        "trend",
        "area",
        "perspective",
        "effect_goal",
        "overarching_goal",
        "effort",
    }
)
"""Kinds that stand for themselves in an overview; what else there is, is counted into them."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A whole strategy small enough to see: ``counted`` is how many of each kind were counted into a thing."""

    graph: Graph
    counted: Mapping[str, Mapping[str, int]]
    alone: tuple[Thing, ...]


def overview(graph: Graph, kinds: Collection[str] = OVERVIEW) -> Overview:
    """Count everything that is not of ``kinds`` into what it belongs to, and let its ties go from there.

    Things that then hang on nothing are left out of the picture and returned as ``alone``.
    """
    owner = {thing.name: _owner(graph, thing, kinds) for thing in graph.things}
    counted: dict[str, dict[str, int]] = {}
    for thing in graph.things:
        into = owner[thing.name]
        if into and into != thing.name:
            there = counted.setdefault(into, {})
            there[thing.kind] = there.get(thing.kind, 0) + 1
    ties: dict[tuple[str, str, str], Tie] = {}
    for tie in graph.ties:
        ends = owner[tie.origin], owner[tie.target]
        lifted = tie.kind in OWNING and ends[0] != tie.origin  # it is counted, not drawn
        if all(ends) and ends[0] != ends[1] and not lifted:
            ties.setdefault((tie.kind, *ends), replace(tie, origin=ends[0], target=ends[1]))
    tied = {end for tie in ties.values() for end in (tie.origin, tie.target)}
    shown = [thing for thing in graph.things if owner[thing.name] == thing.name]
    return Overview(
        Graph(tuple(thing for thing in shown if thing.name in tied), tuple(ties.values())),
        counted,
        tuple(thing for thing in graph.things if owner[thing.name] not in tied),
    )


def _owner(graph: Graph, thing: Thing, kinds: Collection[str]) -> str:
    """Return the name of what a thing is counted into, itself where it stands for itself; empty for nothing."""
    at, passed = thing, {thing.name}
    while at.kind not in kinds:
        further = [
            step.end for step in graph.steps[at.name]
            if step.tie.kind in OWNING and step.start == step.tie.origin and step.end not in passed
        ]  # fmt: skip
        if not further:
            return ""
        at = graph.named[further[0]]
        passed.add(at.name)
    return at.name
