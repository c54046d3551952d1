"""Two editions side by side: what became of every node and every connection between them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from vagvisare.editions.alignment import longest_rising
from vagvisare.editions.comparison import Comparison, Fate, LinkChange, NodeChange
from vagvisare.editions.document import Edition, Link, Node


def compare(
    before: Edition, after: Edition, links_before: Sequence[Link] = (), links_after: Sequence[Link] = ()
) -> Comparison:
    """Compare two editions as values; wordings are told apart here and shown word by word elsewhere.

    A node is the same when its address is, or when ``after.lineage`` says so (also row by row with any other kind
    than "split" and "merged", for a node that only changed its address). ``links_before`` and ``links_after`` are
    connections stated beside the editions; those in them count anyway. The comparison's links hold the kept, too:
    without them nobody can say that something contributes to more than before.
    """
    descent = _Descent(before, after)
    moved = {node.address: descent.is_moved(node) for node in after.nodes}
    jumped = _jumped(descent, moved)
    nodes = [_change(descent, node, moved=moved[node.address], jumped=node.address in jumped) for node in after.nodes]
    nodes += [
        NodeChange(node.address, frozenset({Fate.REMOVED}), node, None, (node.address,))
        for node in before.nodes
        if not descent.became(node.address)
    ]
    links = _links(descent, (*before.links, *links_before), (*after.links, *links_after))
    return Comparison(before, after, tuple(nodes), links)


def same_words(one: str, two: str) -> bool:
    """Tell whether two texts read the same: how many spaces stand between the words is not read."""
    return one == two or _read(one) == _read(two)


def _read(text: str) -> list[list[str]]:
    lines = [line.split() for line in unicodedata.normalize("NFC", text).splitlines()]
    return [line for line in lines if line]


class _Descent:
    """Which nodes come from which, by address and by what the later edition says of its lineage."""

    def __init__(self, before: Edition, after: Edition) -> None:
        self.before, self.after = before, after
        rows = [
            row
            for row in after.lineage
            if row.before in before.by_address and row.after in after.by_address and row.before != row.after
        ]
        self.heirs: dict[str, list[str]] = defaultdict(list)
        self.origins: dict[str, list[str]] = defaultdict(list)
        self.ways: dict[str, set[Fate]] = defaultdict(set)
        for address in before.by_address:
            if address in after.by_address:
                self._descends(address, address)
        for row in rows:
            self._descends(row.before, row.after)
        self._name_the_ways((row.kind, row.before, row.after) for row in after.lineage)

    def _descends(self, before: str, after: str) -> None:
        if after not in self.heirs[before]:
            self.heirs[before].append(after)
            self.origins[after].append(before)

    def _name_the_ways(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """A split node's part under the old address is a part, too; a merger of one is a change of address."""
        for kind, before, after in rows:
            if kind == "split" and len(self.heirs.get(before, ())) > 1:
                for heir in self.heirs[before]:
                    self.ways[heir].add(Fate.SPLIT)
            if kind == "merged" and len(self.origins.get(after, ())) > 1:
                self.ways[after].add(Fate.MERGED)

    def became(self, address: str) -> Sequence[str]:
        """Return what a node of the earlier edition became: nothing, itself, another, or several."""
        return self.heirs.get(address, ())

    def earlier(self, address: str) -> Node | None:
        """Return the node that a node of the later edition is read against."""
        origins = self.origins.get(address, ())
        if not origins:
            return None
        return self.before.by_address[address if address in origins else origins[0]]

    def is_moved(self, node: Node) -> bool:
        """Tell whether a node lies under something that is not what became of its earlier parent."""
        earlier = self.earlier(node.address)
        if earlier is None or earlier.parent == node.parent:
            return False
        return not earlier.parent or node.parent not in self.became(earlier.parent)


def _change(descent: _Descent, node: Node, *, moved: bool, jumped: bool) -> NodeChange:
    earlier = descent.earlier(node.address)
    if earlier is None:
        return NodeChange(node.address, frozenset({Fate.NEW}), None, node)
    fates = set(descent.ways.get(node.address, ()))
    told = (
        (Fate.REWORDED, not same_words(earlier.text, node.text)),
        (Fate.MOVED, moved),
        (Fate.REORDERED, jumped),
        (Fate.RENUMBERED, earlier.number != node.number),
        (Fate.RELEVELLED, earlier.level != node.level),
    )
    fates.update(fate for fate, is_so in told if is_so)
    origins = tuple(descent.origins[node.address])
    return NodeChange(node.address, frozenset(fates or {Fate.KEPT}), earlier, node, origins)


def _jumped(descent: _Descent, moved: Mapping[str, bool]) -> set[str]:
    """Return the nodes that changed places with siblings: the fewest that must, so those pushed aside do not count."""
    places = {node.address: place for place, node in enumerate(descent.before.nodes)}
    siblings: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for node in descent.after.nodes:
        origins = descent.origins.get(node.address, ())
        if len(origins) == 1 and len(descent.became(origins[0])) == 1 and not moved[node.address]:
            siblings[node.parent].append((node.address, places[origins[0]]))
    jumped: set[str] = set()
    for row in siblings.values():
        stay = set(longest_rising([place for _, place in row]))
        jumped.update(address for at, (address, _) in enumerate(row) if at not in stay)
    return jumped


def _links(descent: _Descent, before: Iterable[Link], after: Iterable[Link]) -> tuple[LinkChange, ...]:
    """Pair connections by kind, origin and target, then by what became of origin and target."""
    earlier = {_key(link): link for link in reversed(tuple(before))}
    later = {_key(link): link for link in reversed(tuple(after))}
    inherited = _inherited(descent, earlier.values(), later)
    told = []
    for key, link in reversed(later.items()):
        was = earlier.get(key) or inherited.get(key)
        told.append(LinkChange(_fate(was, link), was, link))
    passed_on = {id(link) for link in inherited.values()}
    gone = [link for key, link in reversed(earlier.items()) if key not in later and id(link) not in passed_on]
    return (*told, *(LinkChange(Fate.REMOVED, link, None) for link in gone))


def _key(link: Link) -> tuple[str, str, str]:
    return link.kind, link.origin, link.target


def _inherited(
    descent: _Descent, earlier: Iterable[Link], later: Mapping[tuple[str, str, str], Link]
) -> dict[tuple[str, str, str], Link]:
    """Find the connections that follow a node to a new address, or to the parts or the whole it became."""
    found: dict[tuple[str, str, str], Link] = {}
    for link in earlier:
        for origin in descent.became(link.origin):
            for target in descent.became(link.target):
                key = (link.kind, origin, target)
                if key in later and key != _key(link):
                    found.setdefault(key, link)
    return found


def _fate(was: Link | None, link: Link) -> Fate:
    if was is None:
        return Fate.NEW
    same = was.denied == link.denied and same_words(was.rationale, link.rationale)
    return Fate.KEPT if same else Fate.REWORDED
