"""Which node of an earlier edition a proposed one is a wording of: the same words, or nearly."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from vagvisare.editions.document import Edition, Node
from vagvisare.manuscripts.levels import Levels
from vagvisare.manuscripts.proposal import Becomes, Match, Proposed

LIKELY = 0.72
"""From here on a likeness is proposed as the same node; a person sees both wordings and may say no."""
_WORD = re.compile(r"\w+")
_SHARED = 0.34
_FROM_TO = re.compile(r"\b[Ff]rån\s+[\"”“]\s*([^\"”“]+?)\s*[\"”]\s+till\s+[\"”“]\s*([^\"”“]+?)\s*[\"”]")


def full_texts(items: Sequence[Proposed]) -> dict[str, str]:
    """Return the whole text of every node and change, with what is joined to it."""
    texts = {item.key: item.text for item in items if item.becomes in {Becomes.NODE, Becomes.CHANGE}}
    decided = {item.key for item in items if item.decided and item.becomes is not Becomes.JOIN}
    for item in items:
        # Words a person has written for the whole stand as they wrote them.
        if item.becomes is Becomes.JOIN and item.joins in texts:
            kept = texts[item.joins]
            if item.joins in decided and kept.rstrip().endswith(item.text):
                continue
            texts[item.joins] = f"{kept}{item.between}{item.text}"
    return texts


def matched(items: Sequence[Proposed], known: Sequence[Edition]) -> list[Proposed]:
    """Return the items with the node each most likely is, each node given away once and the best likeness first.

    What the document itself states (from "…" to "…") comes before any likeness.
    """
    texts = full_texts(items)
    earlier = _by_level(known)
    found = _stated(items, texts, earlier)
    given = {match.address for match in found.values()}
    wanted: list[tuple[float, int, Node]] = []
    for number, item in enumerate(items):
        if item.becomes is Becomes.NODE and texts[item.key]:
            wanted += [(score, number, node) for node, score in _alike(texts[item.key], earlier[item.level])]
    for score, number, node in sorted(wanted, key=lambda one: (-one[0], one[1], one[2].address)):
        if number not in found and node.address not in given:
            found[number] = Match(node.address, node.text, score)
            given.add(node.address)
    return [replace(item, match=found.get(number)) for number, item in enumerate(items)]


def _stated(items: Sequence[Proposed], texts: dict[str, str], earlier: dict[str, list[Node]]) -> dict[int, Match]:
    """Return the matches that stated changes tell of in so many words."""
    found: dict[int, Match] = {}
    told = [pair for item in items if item.becomes is Becomes.CHANGE for pair in _FROM_TO.findall(texts[item.key])]
    for before, after in told:
        scored = [
            (likeness(after, texts[item.key]), -number)
            for number, item in enumerate(items)
            if item.becomes is Becomes.NODE
        ]
        score, at = max(scored, default=(0.0, 0))
        if score < LIKELY:
            continue
        item = items[-at]
        candidates = _alike(before, earlier[item.level])
        if candidates and -at not in found:
            node = max(candidates, key=lambda one: one[1])[0]
            found[-at] = Match(node.address, node.text, likeness(texts[item.key], node.text), stated=True)
    return found


def _by_level(known: Sequence[Edition]) -> dict[str, list[Node]]:
    """Return the nodes of each level; a node of several editions as the nearest of them words it."""
    by_level: dict[str, list[Node]] = defaultdict(list)
    seen: set[str] = set()
    for edition in known:
        for node in edition.nodes:
            if node.address not in seen:
                by_level[node.level].append(node)
                seen.add(node.address)
    return by_level


def _alike(text: str, nodes: Sequence[Node]) -> list[tuple[Node, float]]:
    return [(node, score) for node in nodes if (score := likeness(text, node.text)) >= LIKELY]


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are: 1 for the same words, whatever their marks and capitals."""
    a, b = words_of(one), words_of(other)
    if a == b:
        return 1.0
    if not a or not b or 2 * len(set(a) & set(b)) < _SHARED * (len(set(a)) + len(set(b))):
        return 0.0
    by_letters = difflib.SequenceMatcher(None, " ".join(a), " ".join(b), autojunk=False).ratio()
    return min(by_letters, 0.99)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text without marks and capitals: two texts with the same are worded the same."""
    return tuple(_WORD.findall(text.casefold()))


def lost_names(
    items: Sequence[Proposed], at: Proposed, known: Sequence[Edition], levels: Levels
) -> tuple[tuple[str, ...], str]:
    """Return the names earlier editions have left for a lost heading, and the likely one.

    Likely is that of the area whose points stand here, or else of the one with the same number; it may be none.
    """
    parents = {node.address: node.parent for edition in reversed(known) for node in edition.nodes}
    votes: dict[str, float] = defaultdict(float)
    for item in items:
        if item.parent == at.key and item.match:
            votes[parents.get(item.match.address, "")] += item.match.score
    taken = {item.match.address for item in items if item.match and item.level == levels.area}
    names: dict[str, str] = {}
    for edition in known:
        for node in edition.at(levels.area):
            if node.address not in taken:
                names.setdefault(node.address, node.text)
                votes[node.address] += 0.1 * (bool(at.number) and node.number == at.number)
    order = sorted(names, key=lambda address: -votes[address])
    likely = names[order[0]] if order and votes[order[0]] > 0 else ""
    return tuple(dict.fromkeys(names[address] for address in order)), likely
