"""Which nodes of two editions are probably the same, for a person to confirm where addresses do not tell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vagvisare.editions.alignment import is_word, tokens
from vagvisare.editions.document import Edition, Lineage, Node
from vagvisare.editions.wording import is_small
from vagvisare.terms.language import Text

LEAST = 0.5
"""How alike two texts must be to be suggested as the same node, from 0 to 1."""
LEAST_PART = 0.75
"""How much of a text must stand in another to be suggested as a part of it."""
_TELLING = 60
"""A beginning of a word that more nodes than this hold does not tell them apart."""
_NEAREST = 12
"""How many nodes are weighed against each, those with the most telling words in common first."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A suggestion: the row of lineage it would make, how alike the two are (0 to 1), and by what."""

    lineage: Lineage
    score: float
    why: Text


class _Pair(NamedTuple):
    score: float
    before: str
    after: str
    why: Text


class _Shared(NamedTuple):
    """A node of each edition: how many pieces of words they share, and how many each has."""

    before: Node
    after: Node
    common: int
    size: int
    size_after: int


_PART = Text("Orden står till största delen i den andra texten.", "Most of the words stand in the other text.")


def suggest_lineage(before: Edition, after: Edition) -> tuple[Likeness, ...]:
    """Suggest which nodes without a counterpart by address or lineage come from which.

    First the same words, then similar words (counted in pieces of words, since Swedish compounds) with the same
    headings above; what is left is looked for as a part of another: "split" and "merged". A plain counterpart has
    the kind "kept". In the order of the later edition.
    """
    gone, come = {row.before for row in after.lineage}, {row.after for row in after.lineage}
    old = [node for node in before.nodes if node.address not in after.by_address and node.address not in gone]
    new = [node for node in after.nodes if node.address not in before.by_address and node.address not in come]
    shared = tuple(_sharing(old, new))
    pairs = _one_to_one(sorted([*_same(old, new), *_alike(before, after, shared)], key=_order))
    found = [*pairs, *_parts(shared, pairs)]
    heirs, origins = Counter(pair.before for pair in found), Counter(pair.after for pair in found)
    place = {node.address: at for at, node in enumerate(after.nodes)}
    found.sort(key=lambda pair: (place[pair.after], -pair.score, pair.before))
    return tuple(
        Likeness(Lineage(_kind(heirs[pair.before], origins[pair.after]), pair.before, pair.after), pair.score, pair.why)
        for pair in found
    )


def _kind(heirs: int, origins: int) -> str:
    return "split" if heirs > 1 else "merged" if origins > 1 else "kept"


def _order(pair: _Pair) -> tuple[float, str, str]:
    return -pair.score, pair.before, pair.after


def _one_to_one(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Take the best pairs first, each node once."""
    taken: set[tuple[str, str]] = set()
    kept = []
    for pair in pairs:
        ends = {("before", pair.before), ("after", pair.after)}
        if not ends & taken:
            taken |= ends
            kept.append(pair)
    return kept


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.casefold() for token in tokens(text) if is_word(token))


def _same(old: Sequence[Node], new: Sequence[Node]) -> Iterator[_Pair]:
    """Pair nodes with the same words; the same words at another level count for a little less."""
    by_words: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in old:
        by_words[_words(node.text)].append(node)
    for node in new:
        for twin in by_words.get(_words(node.text), ())[:20]:
            why = Text("Samma ord.", "The same words.")
            yield _Pair(1.0 if twin.level == node.level else 0.95, twin.address, node.address, why)


def _alike(before: Edition, after: Edition, shared: Sequence[_Shared]) -> Iterator[_Pair]:
    """Pair nodes by the pieces of words they share, and by the headings they lie under."""
    for twin, node, common, size, size_new in shared:
        alike = 2 * common / (size + size_new)
        above = _above(before, twin) == _above(after, node) != ()
        score = round(min(0.94, 0.8 * alike + 0.15 * above + 0.05 * (twin.level == node.level)), 3)
        if score >= LEAST:
            yield _Pair(score, twin.address, node.address, _because(alike, above=above))


def _parts(shared: Sequence[_Shared], pairs: Sequence[_Pair]) -> list[_Pair]:
    """Find what is left over as a part of a longer text on the other side: of the one it stands in most."""
    paired, paired_new = {pair.before for pair in pairs}, {pair.after for pair in pairs}
    split: dict[str, _Pair] = {}
    merged: dict[str, _Pair] = {}
    for twin, node, common, size, size_new in shared:
        pair = _Pair(round(common / min(size, size_new), 3), twin.address, node.address, _PART)
        if pair.score < LEAST_PART:
            continue
        if node.address not in paired_new and size_new < size:
            split[node.address] = min(pair, split.get(node.address, pair), key=_order)
        elif twin.address not in paired and size < size_new:
            merged[twin.address] = min(pair, merged.get(twin.address, pair), key=_order)
    return [*split.values(), *merged.values()]


def _because(alike: float, *, above: bool) -> Text:
    percent = round(100 * alike)
    if above:
        return Text(
            f"Orden liknar varandra till {percent} procent, och rubrikerna ovanför är desamma.",
            f"The words are {percent} per cent alike, and the headings above are the same.",
        )
    return Text(f"Orden liknar varandra till {percent} procent.", f"The words are {percent} per cent alike.")


def _above(edition: Edition, node: Node) -> tuple[str, ...]:
    """Return the words of the headings a node lies under, from the nearest."""
    path: list[str] = []
    at = edition.by_address.get(node.parent)
    while at is not None and len(path) < 12:
        path.append(" ".join(_words(at.text)))
        at = edition.by_address.get(at.parent)
    return tuple(path)


def _sharing(old: Sequence[Node], new: Sequence[Node]) -> Iterator[_Shared]:
    """Yield the pairs worth weighing, with how many pieces of words they share."""
    pieces = {node.address: _pieces(node.text) for node in old}
    stems = {node.address: _stems(node.text) for node in old}
    holders: dict[str, list[Node]] = defaultdict(list)
    for node in old:
        for stem in stems[node.address]:
            holders[stem].append(node)
    for node in new:
        held, weight = _pieces(node.text), Counter[str]()
        near = {}
        for stem in _stems(node.text):
            for twin in holders.get(stem, ()) if len(holders.get(stem, ())) <= _TELLING else ():
                weight[twin.address] += 100 // len(holders[stem])
                near[twin.address] = twin
        for address, _ in weight.most_common(_NEAREST):
            common = len(held & pieces[address])
            yield _Shared(near[address], node, common, len(pieces[address]), len(held))


def _stems(text: str) -> list[str]:
    """Return how the words that carry meaning begin, each beginning once, in order."""
    return list(dict.fromkeys(word[:6] for word in _words(text) if not is_small(word)))


def _pieces(text: str) -> frozenset[str]:
    """Return the text's runs of three letters, word by word with its edges."""
    return frozenset(f" {word} "[at : at + 3] for word in _words(text) for at in range(len(word)))
