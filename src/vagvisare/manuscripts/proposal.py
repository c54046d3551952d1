"""What becomes of each piece of a manuscript: proposed first, then as a person has decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vagvisare.editions.document import Node, Source, StatedChange
from vagvisare.manuscripts.manuscript import Remark, Where
from vagvisare.terms.language import Text


class Becomes(StrEnum):
    """What a piece may become."""

    NODE = "node"
    JOIN = "join"
    SECTION = "section"
    CHANGE = "change"
    TREND = "trend"
    EVIDENCE = "evidence"
    SKIP = "skip"


BECOMES_WORDS = {
    Becomes.NODE: Text("nod i utkastet", "node in the draft"),
    Becomes.JOIN: Text("fogas till den förra", "joined to the one before"),
    Becomes.SECTION: Text("rubrik som bara sorterar", "heading that only sorts"),
    Becomes.CHANGE: Text("angiven ändring", "stated change"),
    Becomes.TREND: Text("omvärldstrend", "trend"),
    Becomes.EVIDENCE: Text("underlag", "evidence"),
    Becomes.SKIP: Text("läses inte in", "not read in"),
}


class Asked(StrEnum):
    """What a person is asked about. The first must be answered; the others have been answered for them, visibly."""

    LOST_HEADING = "lost_heading"
    LATE_HEADING = "late_heading"
    SPLIT_POINT = "split_point"
    DUPLICATE_HEADING = "duplicate_heading"
    DUPLICATE_NUMBER = "duplicate_number"
    SIMILAR = "similar"
    TRACKED = "tracked"
    DATES = "dates"
    EMPTY_HEADING = "empty_heading"
    STAMP = "stamp"


@dataclass(frozen=True, slots=True)
class Match:
    """The node of an earlier edition that a proposed node is most likely a new wording of.

    ``score`` is how alike they are, 0 to 1. ``stated`` where the document itself says that one became the other.
    """

    address: str
    text: str
    score: float
    stated: bool = False

    @property
    def exact(self) -> bool:
        """Whether the wording is the same."""
        return self.score >= 1


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is to become of one piece, or of a heading that no piece gives (``piece`` is then None).

    ``key`` is "p17" for piece 17, "h17" for a heading lost before it. ``parent`` is the key of the one it lies under,
    ``joins`` of the one it is joined to with ``between``. ``address`` is the one a person has chosen, "new" for a new
    one, empty where the match decides. ``count`` is what stands beside an item of evidence, ``remarks`` what somebody
    wrote in the margin.
    """

    key: str
    piece: int | None
    becomes: Becomes
    where: Where
    text: str = ""
    level: str = ""
    number: str = ""
    parent: str = ""
    joins: str = ""
    between: str = " "
    address: str = ""
    working_name: bool = False
    match: Match | None = None
    count: int = 0
    remarks: tuple[Remark, ...] = ()
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Something a person should look at: ``at`` is the key of what it is about.

    ``options`` may be chosen from; ``likely`` is the one of them that something speaks for, where anything does.
    """

    kind: Asked
    at: str
    what: Text
    options: tuple[str, ...] = ()
    likely: str = ""

    @property
    def key(self) -> str:
        """The question's own key, under which it can be ticked off."""
        return f"{self.kind.value}-{self.at}"

    @property
    def must(self) -> bool:
        """Whether nothing can be kept until it is answered."""
        return self.kind is Asked.LOST_HEADING


@dataclass(frozen=True, slots=True)
class Proposal:
    """Every piece in order with what becomes of it, and the questions."""

    items: tuple[Proposed, ...]
    questions: tuple[Question, ...] = ()
    by_key: dict[str, Proposed] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the items by key."""
        object.__setattr__(self, "by_key", {item.key: item for item in self.items})

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions that must be answered before anything is kept."""
        return tuple(question for question in self.questions if question.must)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person has chosen for one piece or lost heading; None is for what they have left as proposed."""

    becomes: Becomes | None = None
    level: str | None = None
    text: str | None = None
    parent: str | None = None
    address: str | None = None
    working_name: bool | None = None
    untracked: bool = False


Decisions = Mapping[str, Decision]


@dataclass(frozen=True, slots=True)
class FoundChange:
    """A change that the document says was made; ``key`` is that of the proposed item, here and below."""

    key: str
    stated: StatedChange


@dataclass(frozen=True, slots=True)
class FoundEvidence:
    """An item of evidence with the number of areas beside it."""

    key: str
    title: str
    areas_affected: int
    source: Source


@dataclass(frozen=True, slots=True)
class FoundTrend:
    """A trend as the document words it."""

    key: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class FoundRemark:
    """What somebody wrote in the margin of what becomes the node at ``address``."""

    address: str
    remark: Remark


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be kept: nodes with their addresses in the order of the tree, and what belongs beside the tree.

    ``known`` are the addresses among them that an earlier edition has.
    """

    nodes: tuple[Node, ...]
    changes: tuple[FoundChange, ...]
    evidence: tuple[FoundEvidence, ...]
    trends: tuple[FoundTrend, ...]
    remarks: tuple[FoundRemark, ...] = ()
    known: frozenset[str] = frozenset()
