"""What two editions differ in, as values: computed, never written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vagvisare.editions.document import Edition, Link, Node
from vagvisare.terms.language import Text


class PieceKind(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, came or went; the pieces joined without the added give the earlier text, exactly."""

    kind: PieceKind
    text: str


class Fate(StrEnum):
    """What became of a node. It may be reworded, moved and renumbered at once."""

    KEPT = "kept"
    REWORDED = "reworded"
    MOVED = "moved"
    REORDERED = "reordered"
    RENUMBERED = "renumbered"
    RELEVELLED = "relevelled"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class NodeChange:
    """What became of one node.

    ``address`` is its address in the later edition (in the earlier for one that was removed). ``origins`` are the
    addresses in the earlier edition it comes from: none for a new node, several for one that was merged. ``fates``
    holds KEPT alone when nothing about it changed.
    """

    address: str
    fates: frozenset[Fate]
    before: Node | None
    after: Node | None
    origins: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether a reader meets anything else than before: numbers and places that follow from others do not count."""
        return bool(self.fates - {Fate.KEPT, Fate.RENUMBERED, Fate.REORDERED})


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A connection that came or went, or that is stated in other words."""

    fate: Fate
    before: Link | None
    after: Link | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions side by side: every node of the later one in its order, then the removed; and the links."""

    before: Edition
    after: Edition
    nodes: tuple[NodeChange, ...]
    links: tuple[LinkChange, ...]

    @property
    def changed(self) -> tuple[NodeChange, ...]:
        """The nodes that a reader meets changed."""
        return tuple(change for change in self.nodes if change.changed)

    @property
    def known(self) -> tuple[NodeChange, ...]:
        """The changed nodes, without those that only seem new or gone because an edition is partial here."""
        return tuple(change for change in self.changed if self.is_known(change))

    def is_known(self, change: NodeChange) -> bool:
        """Tell whether a change is known: what a partial edition lacks is neither new nor gone."""
        unsure = {fate for fate, edition in ((Fate.NEW, self.before), (Fate.REMOVED, self.after)) if edition.partial}
        return not change.fates <= unsure


class ChangeKind(StrEnum):
    """How a change is told in "Viktigaste ändringarna"."""

    EMPHASIS = "emphasis"
    HEADING = "heading"
    REFORMULATION = "reformulation"
    NEW_DIRECTION = "new_direction"
    REMOVED_DIRECTION = "removed_direction"
    NEW_STATE = "new_state"
    REMOVED_STATE = "removed_state"
    NEW_PERSPECTIVE = "new_perspective"
    REMOVED_PERSPECTIVE = "removed_perspective"
    ADDED_LINK = "added_link"
    REMOVED_LINK = "removed_link"
    NEW_NODE = "new_node"
    REMOVED_NODE = "removed_node"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One computed change worth telling: what kind, in which area, about which nodes, and a sentence to begin from.

    ``key`` is stable for the same change between the same editions ("reformulation:omrade/…/inriktning/…"), so that a
    person's own wording of it finds its way back. ``area`` is empty for what lies in none.
    """

    key: str
    kind: ChangeKind
    area: str
    nodes: tuple[str, ...]
    wording: Text


class Holds(StrEnum):
    """Whether what was stated of a change is what was done."""

    HOLDS = "holds"
    DOES_NOT_HOLD = "does_not_hold"
    CANNOT_BE_CHECKED = "cannot_be_checked"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A stated change held against the computed ones: the verdict, why, and the nodes it rests on."""

    holds: Holds
    why: Text
    nodes: tuple[str, ...] = ()
