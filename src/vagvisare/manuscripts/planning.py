"""From a proposal to what is to be kept: nodes with addresses in the order of the tree, and what belongs beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from vagvisare.editions.document import Edition, LevelName, Node, StatedChange
from vagvisare.manuscripts.levels import Levels
from vagvisare.manuscripts.manuscript import Where
from vagvisare.manuscripts.matching import full_texts
from vagvisare.manuscripts.proposal import (
    Becomes,
    FoundChange,
    FoundEvidence,
    FoundRemark,
    FoundTrend,
    Plan,
    Proposal,
    Proposed,
)
from vagvisare.terms.territory import slug

NEW = "new"
"""What stands for "a new address" where a person may choose one."""
_WORDS = 6
_LONGEST_PART = 60


def plan(
    proposal: Proposal,
    document: str,
    levels: Sequence[LevelName],
    known: Sequence[Edition] = (),
    taken: Iterable[str] = (),
) -> Plan:
    """Return what is to be kept.

    Args:
        proposal: with what was decided in it.
        document: what sources are to call the document.
        levels: the strategy's levels.
        known: earlier editions; an address of theirs is used where a node was matched or chosen so.
        taken: other addresses that a new node may not get.
    """
    shape = Levels(tuple(levels), tuple(known))
    earlier = {address for edition in known for address in edition.by_address}
    nodes = [item for item in _in_order(proposal.items) if item.becomes is Becomes.NODE]
    addresses = _addresses(nodes, full_texts(proposal.items), shape, earlier | set(taken))
    texts, reach = full_texts(proposal.items), _reach(proposal.items)
    joined = {item.joins for item in proposal.items if item.becomes is Becomes.JOIN and item.between == " "}
    made = tuple(
        Node(
            address=addresses[item.key], level=item.level, text=texts[item.key],
            source=reach[item.key].source(document), parent=addresses.get(item.parent, ""), number=item.number,
            working_name=item.working_name,
            note=f"Punkten var delad i källan ({reach[item.key].words.sv}) och är hopfogad." * (item.key in joined),
            note_en=f"The point was split in the source ({reach[item.key].words.en}) and has been joined."
            * (item.key in joined),
        )
        for item in nodes
        if texts[item.key].strip()
    )  # fmt: skip
    return Plan(
        made,
        tuple(
            FoundChange(
                item.key,
                StatedChange(addresses.get(item.parent, ""), texts[item.key], reach[item.key].source(document)),
            )
            for item in proposal.items
            if item.becomes is Becomes.CHANGE
        ),
        tuple(
            FoundEvidence(item.key, item.text, item.count, item.where.source(document))
            for item in proposal.items
            if item.becomes is Becomes.EVIDENCE
        ),
        tuple(
            FoundTrend(item.key, item.text, item.where.source(document))
            for item in proposal.items
            if item.becomes is Becomes.TREND
        ),
        tuple(_remarks(proposal.items, addresses, {node.address for node in made})),
        frozenset(node.address for node in made if node.address in earlier),
    )


def _remarks(items: Sequence[Proposed], addresses: dict[str, str], kept: set[str]) -> Iterator[FoundRemark]:
    """Yield what stands in the margin of each piece that becomes a node, or part of one."""
    for item in items:
        address = addresses.get(item.joins if item.becomes is Becomes.JOIN else item.key, "")
        if address in kept:
            yield from (FoundRemark(address, remark) for remark in item.remarks)


def _reach(items: Sequence[Proposed]) -> dict[str, Where]:
    """Return where each item stands, with what is joined to it."""
    reach = {item.key: item.where for item in items}
    for item in items:
        if item.becomes is Becomes.JOIN and item.joins in reach:
            reach[item.joins] = reach[item.joins].to(item.where)
    return reach


def _in_order(items: Sequence[Proposed]) -> Iterator[Proposed]:
    """Yield nodes with each parent before what lies under it, branches in the order they begin in the document.

    A circle (a person may point two items at each other) is cut where it is met: its first item becomes a root.
    """
    by_key = _without_circles({item.key: item for item in items if item.becomes is Becomes.NODE})
    below: dict[str, list[Proposed]] = defaultdict(list)
    for item in by_key.values():
        below[item.parent if item.parent in by_key else ""].append(item)
    first = {item.key: number for number, item in enumerate(items)}
    for key in reversed(by_key):
        at = by_key[key]
        while at.parent in by_key:
            first[at.parent] = min(first[at.parent], first[at.key])
            at = by_key[at.parent]
    waiting = sorted(below[""], key=lambda item: first[item.key], reverse=True)
    while waiting:
        item = waiting.pop()
        yield item
        waiting += sorted(below[item.key], key=lambda child: first[child.key], reverse=True)


def _without_circles(by_key: dict[str, Proposed]) -> dict[str, Proposed]:
    """Return the items with every circle cut above its first; what hangs below a circle still does."""
    made = dict(by_key)
    for key, item in by_key.items():
        seen, at = {key}, item.parent
        while at in made and at not in seen:
            seen.add(at)
            at = made[at].parent
        if at == key:
            made[key] = replace(item, parent="")
    return made


def _addresses(nodes: Sequence[Proposed], texts: dict[str, str], levels: Levels, taken: set[str]) -> dict[str, str]:
    """Return the address of each: chosen, matched, or made of its first words where its level's others stand."""
    given: dict[str, str] = {}
    used: set[str] = set()
    for item in nodes:
        chosen = item.address or (item.match.address if item.match else NEW)
        if chosen != NEW and chosen not in used:
            given[item.key] = chosen
            used.add(chosen)
    for item in nodes:
        if item.key not in given:
            made = _new(item, texts[item.key], given.get(item.parent, ""), levels)
            address, number = made, 1
            while address in taken | used:
                number += 1
                address = f"{made}-{number}"
            given[item.key] = address
            used.add(address)
    return given


def _new(item: Proposed, text: str, parent: str, levels: Levels) -> str:
    inside, middle = levels.prefix(item.level)
    part = slug(" ".join(text.split()[:_WORDS]))[:_LONGEST_PART].strip("-") or slug(item.key)
    return "/".join(piece for piece in (parent if inside else "", middle, part) if piece)
