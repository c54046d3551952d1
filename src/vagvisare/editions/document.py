"""An edition of a strategy: a tree of nodes, each with an address that survives editions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from vagvisare.terms.language import Text


@dataclass(frozen=True, slots=True)
class Source:
    """Where a wording stands: a document and its lines, or a reference in words."""

    document: str
    first: int | None = None
    last: int | None = None

    def __str__(self) -> str:
        """Return ``document:first-last``, as written in the folder."""
        if self.first is None:
            return self.document
        lines = f"{self.first}" if self.last in (None, self.first) else f"{self.first}-{self.last}"
        return f"{self.document}:{lines}"


@dataclass(frozen=True, slots=True)
class LevelName:
    """What a strategy calls one of its levels: data, not code, so any region's strategy fits."""

    key: str
    name: Text
    plural: Text


@dataclass(frozen=True, slots=True)
class Node:
    """One thing the strategy says, in its own words.

    ``address`` is stable across editions and is the page's URL ("effektmal/minskad-klimatpaverkan"). ``level`` is a
    key of the strategy's level names. ``text`` is the source's wording, untouched; ``english`` our translation,
    shown as such.
    ``working_name`` is True where the source gives no wording and a name was lent ("arbetsnamn").
    ``note`` and ``note_en`` say what a reader should know (a slip in the source, a repaired split line).
    """

    address: str
    level: str
    text: str
    source: Source
    parent: str = ""
    number: str = ""
    english: str = ""
    working_name: bool = False
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class StatedChange:
    """A change the edition's authors say they made ("viktigaste ändringar"), as stated, not computed.

    ``nodes`` are the addresses it is about. ``reasons`` name what made them do it, each as ``register:key``
    ("evidence:grona-given", "trends:2021-digitalisering", "mandate:behall-strukturen"); ``why`` says it in words.
    """

    area: str
    text: str
    source: Source
    english: str = ""
    kind: str = ""
    nodes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A stated connection between two nodes, with its reason and where it stands. What is not stated stays unknown.

    ``rationale`` is the source's wording, ``english`` our translation of it. ``edition`` is the edition it is stated
    in, where it is kept outside one; empty means the edition in force. ``denied`` is True where it is stated that
    there is no such connection: that is known, too.
    """

    kind: str
    origin: str
    target: str
    rationale: str
    source: Source
    english: str = ""
    edition: str = ""
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a node comes from when its address does not tell: ``kind`` is "split", "merged" or "kept" (a new address).

    A node that was split has one ``before`` and several rows; one that was merged from several has one ``after``.
    """

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """The decision (beslut) behind an edition: which body, when, and under which paragraph of its minutes."""

    body: str
    dated: date
    reference: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition, sealed or partial. ``partial`` means that only the nodes the sources give are here.

    ``english`` is our translation of the title, ``note_en`` the note in English. ``links`` are the connections the
    edition itself states. ``lineage`` tells what became of the nodes of the edition it ``follows``, where addresses do
    not. It is in force from ``valid_from`` to ``valid_to``, as far as is decided.
    """

    key: str
    title: str
    status: str
    dated: date | None
    source: Source
    partial: bool
    nodes: tuple[Node, ...]
    changes: tuple[StatedChange, ...] = ()
    follows: str = ""
    note: str = ""
    english: str = ""
    note_en: str = ""
    adopted: Adoption | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    links: tuple[Link, ...] = ()
    lineage: tuple[Lineage, ...] = ()
    by_address: dict[str, Node] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the nodes by address."""
        object.__setattr__(self, "by_address", {node.address: node for node in self.nodes})

    def at(self, level: str) -> tuple[Node, ...]:
        """Return the nodes of one level, in the edition's order."""
        return tuple(node for node in self.nodes if node.level == level)

    def under(self, address: str) -> tuple[Node, ...]:
        """Return the direct children of a node, in the edition's order."""
        return tuple(node for node in self.nodes if node.parent == address)
