"""The changes worth telling ("Viktigaste ändringarna"), computed, each with a sentence to begin from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vagvisare.editions.alignment import hunks, is_word, tokens
from vagvisare.editions.change_sentences import Sentences
from vagvisare.editions.comparison import ChangeKind, Comparison, Fate, KeyChange, LinkChange, NodeChange
from vagvisare.editions.contributions import AREA, DESIRED_STATE, DIRECTION, PERSPECTIVE
from vagvisare.editions.document import LevelName, Link, Node
from vagvisare.editions.registers import Theme
from vagvisare.editions.screening import area_above
from vagvisare.editions.themes import hits
from vagvisare.terms.language import Text

HEADINGS = frozenset({AREA, "chapter"})
"""Levels whose wording is a heading."""
FEW_WORDS = 4
"""Words that may come in as a qualifier; words that carry a theme may be twice as many."""
_TURNS = frozenset("aldrig ej icke inga ingen inget inte utan no none not without".split())  # noqa: SIM905  (a list of words reads best as one line)
_NEW = {
    DIRECTION: ChangeKind.NEW_DIRECTION,
    DESIRED_STATE: ChangeKind.NEW_STATE,
    PERSPECTIVE: ChangeKind.NEW_PERSPECTIVE,
}
_REMOVED = {
    DIRECTION: ChangeKind.REMOVED_DIRECTION,
    DESIRED_STATE: ChangeKind.REMOVED_STATE,
    PERSPECTIVE: ChangeKind.REMOVED_PERSPECTIVE,
}


def key_changes(
    comparison: Comparison, levels: Sequence[LevelName], themes: Sequence[Theme] = ()
) -> tuple[KeyChange, ...]:
    """Return the changes worth telling, area by area in the later edition's order.

    Places and numbers that follow from others are not told. Where the earlier edition is partial nothing is called
    new, and where the later one is, nothing removed: what is missing there is unknown, not absent. Nor is a heading
    that is a working name, on either side, a change of heading.
    """
    telling = _Telling(comparison, Sentences(levels), themes)
    found = [*telling.nodes(), *telling.links()]
    order = [node.address for node in (*comparison.after.at(AREA), *comparison.before.at(AREA))]
    place = {address: at for at, address in reversed(list(enumerate(order, start=1)))}
    return tuple(sorted(found, key=lambda change: place.get(change.area, 0)))


def area_of(comparison: Comparison, address: str) -> str:
    """Return the area a node lies in, in the later edition or, for a removed one, in the earlier; or nothing."""
    for edition in (comparison.after, comparison.before):
        if node := edition.by_address.get(address):
            return area_above(edition, node, AREA)
    return ""


def areas(comparison: Comparison) -> dict[str, str]:
    """Return ``area_of`` for every node of both editions at once: each way up is walked once."""
    found: dict[str, str] = {}
    for edition in (comparison.before, comparison.after):
        here = {node.address: node.address for node in edition.at(AREA)}
        for node in edition.nodes:
            path: dict[str, None] = {}
            at = node.address
            while at in edition.by_address and at not in here and at not in path:
                path[at] = None
                at = edition.by_address[at].parent
            here.update(dict.fromkeys(path, here.get(at, "")))
        found.update(here)
    return found


class _Telling:
    def __init__(self, comparison: Comparison, say: Sentences, themes: Sequence[Theme]) -> None:
        self.comparison, self.say, self.themes = comparison, say, themes
        self.areas = areas(comparison)
        self.bearing = Bearing(comparison, self.areas)

    def nodes(self) -> Iterator[KeyChange]:
        split: set[str] = set()
        for change in self.comparison.changed:
            if Fate.SPLIT in change.fates and change.before:
                if change.before.address not in split:
                    split.add(change.before.address)
                    yield self._split(change.before)
            elif Fate.MERGED in change.fates and change.after:
                origins = [self.comparison.before.by_address[address] for address in change.origins]
                yield self._told(ChangeKind.MERGED, change, self.say.merged(origins, change.after))
            else:
                yield from self._plain(change)
            yield from self._placed(change)

    def _split(self, before: Node) -> KeyChange:
        heirs = [
            change.after
            for change in self.comparison.nodes
            if change.after and Fate.SPLIT in change.fates and before.address in change.origins
        ]
        area = self.areas[heirs[0].address]
        addresses = tuple(heir.address for heir in heirs)
        key = f"{ChangeKind.SPLIT}:{before.address}"
        return KeyChange(key, ChangeKind.SPLIT, area, addresses, self.say.split(before, heirs))

    def _plain(self, change: NodeChange) -> Iterator[KeyChange]:
        before, after = change.before, change.after
        if before is None and after is not None:
            if not self.comparison.before.partial:
                yield self._told(_NEW.get(after.level, ChangeKind.NEW_NODE), change, self.say.new(after))
        elif after is None and before is not None:
            if not self.comparison.after.partial:
                yield self._told(_REMOVED.get(before.level, ChangeKind.REMOVED_NODE), change, self.say.removed(before))
        elif before and after and Fate.REWORDED in change.fates:
            yield from self._reworded(change, before, after)

    def _reworded(self, change: NodeChange, before: Node, after: Node) -> Iterator[KeyChange]:
        if after.level in HEADINGS:
            if not (before.working_name or after.working_name):
                yield self._told(ChangeKind.HEADING, change, self.say.heading(before, after))
            return
        came = inserted(before.text, after.text)
        theme = next((theme for theme in self.themes if came and hits(" ".join(came), theme.words)), None)
        if came and len(came) <= (2 * FEW_WORDS if theme else FEW_WORDS):
            name = Text(theme.name, theme.english or theme.name) if theme else None
            yield self._told(ChangeKind.EMPHASIS, change, self.say.emphasised(before, after, name))
        else:
            yield self._told(ChangeKind.REFORMULATION, change, self.say.reworded(before, after))

    def _placed(self, change: NodeChange) -> Iterator[KeyChange]:
        before, after = change.before, change.after
        if before is None or after is None:
            return
        if Fate.MOVED in change.fates:
            was = self.comparison.before.by_address.get(before.parent)
            now = self.comparison.after.by_address.get(after.parent)
            yield self._told(ChangeKind.MOVED, change, self.say.moved(after, was, now))
        if Fate.RELEVELLED in change.fates:
            sentence = self.say.relevelled(before, after)
            yield self._told(ChangeKind.MOVED, change, sentence, key=f"relevelled:{change.address}")

    def _told(self, kind: ChangeKind, change: NodeChange, sentence: Text, key: str = "") -> KeyChange:
        area = self.areas[change.address]
        return KeyChange(key or f"{kind}:{change.address}", kind, area, (change.address,), sentence)

    def links(self) -> Iterator[KeyChange]:
        """Tell connections that came and went, those of one area to one level together."""
        groups: dict[tuple[ChangeKind, str, bool, str, str], list[str]] = defaultdict(list)
        for change in self.comparison.links:
            kind = self._link_kind(change)
            link = change.after or change.before
            target = self._node(link.target) if link else None
            if kind is None or link is None or target is None or self._node(link.origin) is None:
                continue
            bearer = self._bearer(change, link)
            if change.after is None and {bearer, link.target} - self.comparison.after.by_address.keys():
                continue  # that the node itself is gone is told already
            group = groups[kind, link.kind, link.denied, bearer, target.level]
            group += [link.target] if link.target not in group else []
        for (kind, link_kind, denied, bearer, level), addresses in groups.items():
            yield self._link(kind, link_kind, denied=denied, bearer=bearer, level=level, addresses=addresses)

    def _link_kind(self, change: LinkChange) -> ChangeKind | None:
        """Tell whether a connection came, went or neither; what a partial edition lacks is unknown."""
        was = change.before is not None and not change.before.denied
        stands = change.after is not None and not change.after.denied
        if stands and not was and (change.before is not None or not self.comparison.before.partial):
            return ChangeKind.ADDED_LINK
        if was and not stands and (change.after is not None or not self.comparison.after.partial):
            return ChangeKind.REMOVED_LINK
        return None

    def _bearer(self, change: LinkChange, link: Link) -> str:
        """Name the area where the area as a whole gained or lost the target, else the node itself."""
        area = self.areas.get(link.origin, "")
        came = change.after is not None and not change.after.denied
        other = self.bearing.before(area) if came else self.bearing.after(area)
        return area if area and link.kind == "contributes_to" and link.target not in other else link.origin

    def _link(
        self, kind: ChangeKind, link_kind: str, *, denied: bool, bearer: str, level: str, addresses: list[str]
    ) -> KeyChange:
        targets = [node for node in map(self._node, addresses) if node]
        node = self._node(bearer)
        assert node is not None  # noqa: S101  (both ends were looked up when the group was made)
        if kind is ChangeKind.REMOVED_LINK and not denied:
            sentence = self.say.link_dropped(link_kind, node, targets)
        elif kind is ChangeKind.ADDED_LINK and link_kind == "contributes_to" and self._more(bearer, level):
            sentence = self.say.bears_more(node, targets)
        else:
            sentence = self.say.link_stated(link_kind, node, targets, denied=denied)
        key = f"{'denied_link' if denied else kind}:{link_kind}:{bearer}:{level}"
        return KeyChange(key, kind, self.areas.get(bearer, ""), (bearer, *addresses), sentence)

    def _more(self, bearer: str, level: str) -> bool:
        """Tell whether what was borne before is known in part, all of it is borne still, and more."""
        was, now = (
            {address for address in side if self._level(address) == level}
            for side in (self.bearing.before(bearer), self.bearing.after(bearer))
        )
        return bool(was) and was < now

    def _level(self, address: str) -> str:
        node = self._node(address)
        return node.level if node else ""

    def _node(self, address: str) -> Node | None:
        return self.comparison.after.by_address.get(address) or self.comparison.before.by_address.get(address)


class Bearing:
    """What every node, and every area through anything in it, is stated to contribute to, in both editions."""

    def __init__(self, comparison: Comparison, areas: Mapping[str, str]) -> None:
        self._before: dict[str, set[str]] = defaultdict(set)
        self._after: dict[str, set[str]] = defaultdict(set)
        for change in comparison.links:
            for link, kept in ((change.before, self._before), (change.after, self._after)):
                if link and link.kind == "contributes_to" and not link.denied:
                    kept[link.origin].add(link.target)
                    kept[areas.get(link.origin, "")].add(link.target)

    def before(self, address: str) -> frozenset[str]:
        """Return the addresses borne in the earlier edition."""
        return frozenset(self._before.get(address, ()))

    def after(self, address: str) -> frozenset[str]:
        """Return the addresses borne in the later edition."""
        return frozenset(self._after.get(address, ()))


def inserted(before: str, after: str) -> tuple[str, ...]:
    """Return the words that came in where every word that stood before still stands, else nothing.

    Capital letters and marks do not count. Words that turn the meaning ("inte") and figures make it another wording.
    """
    old, new = ([token for token in tokens(text) if is_word(token)] for text in (before, after))
    found = hunks([word.casefold() for word in old], [word.casefold() for word in new])
    if any(hunk.first < hunk.last for hunk in found):
        return ()
    came = [word for hunk in found for word in new[hunk.first_after : hunk.last_after]]
    return () if _turns(came) else tuple(came)


def _turns(came: Iterable[str]) -> bool:
    return any(word.casefold() in _TURNS or any(letter.isdigit() for letter in word) for word in came)
