"""The review: each piece of a document beside what becomes of it, drawn from a reading without further questions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from vagvisare.manuscripts.levels import Levels
from vagvisare.manuscripts.manuscript import PieceKind, Remark, Tracked, Tracking
from vagvisare.manuscripts.planning import NEW
from vagvisare.manuscripts.proposal import BECOMES_WORDS, Becomes, Proposed, Question
from vagvisare.terms.language import Text
from vagvisare.web.revision.reading_in.deciding import Reading

PER_PAGE = 300
KIND_WORDS = {
    PieceKind.HEADING: Text("rubrik", "heading"),
    PieceKind.BULLET: Text("punkt", "point"),
    PieceKind.PARAGRAPH: Text("stycke", "paragraph"),
    PieceKind.CELL: Text("tabellruta", "table cell"),
    PieceKind.NOTE: Text("talarstöd", "speaker notes"),
}
LOST = Text("förlorad rubrik", "lost heading")
SHOWN = ("alla", "noder", "fragor")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the original to the left, what becomes of it to the right."""

    item: Proposed
    kind: Text
    original: str
    depth: int
    indented: bool
    repaired: tuple[Text, ...]
    tracked: tuple[Tracked, ...]
    remarks: tuple[Remark, ...]
    becomes: Text
    level: Text
    under: str
    questions: tuple[Question, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen for the row that is open: levels, parents by key, and earlier nodes by address."""

    becomes: tuple[tuple[str, Text], ...]
    levels: tuple[tuple[str, Text], ...]
    parents: tuple[tuple[str, str], ...]
    earlier: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Review:
    """A page of rows, and what holds for the whole document."""

    rows: tuple[Row, ...]
    questions: tuple[Question, ...]
    seen: frozenset[str]
    counts: tuple[tuple[Text, int], ...]
    becoming: tuple[tuple[Text, int], ...]
    new: int
    reworded: int
    same: int
    untouched: int
    evidence_sum: int
    inserted: int
    deleted: int
    remarks: int
    remarks_lost: int
    page: int
    pages: int
    page_of: dict[str, int]

    @property
    def must(self) -> tuple[Question, ...]:
        """The questions that must be answered."""
        return tuple(question for question in self.questions if question.must)

    @property
    def rest(self) -> tuple[Question, ...]:
        """The questions that were answered on the way and may be looked at, those not yet ticked off first."""
        others = [question for question in self.questions if not question.must]
        return tuple(sorted(others, key=lambda question: question.key in self.seen))


def review(reading: Reading, show: str = "alla", page: int = 1) -> Review:
    """Return one page of the review."""
    proposal, names = reading.proposal, {level.key: level.name for level in reading.levels}
    asked: dict[str, list[Question]] = defaultdict(list)
    for question in proposal.questions:
        asked[question.at].append(question)
    shown = [item for item in proposal.items if _shown(item, show, bool(asked[item.key]))]
    pages = max(1, -(-len(shown) // PER_PAGE))
    page = min(max(1, page), pages)
    rows = [
        _row(reading, item, names, tuple(asked[item.key])) for item in shown[(page - 1) * PER_PAGE : page * PER_PAGE]
    ]
    planned = reading.planned
    now = {address: node for edition in reversed(reading.known) for address, node in edition.by_address.items()}
    here = reading.known[0].by_address
    same = sum(1 for node in planned.nodes if node.address in now and now[node.address].text == node.text)
    named = {node.address for node in planned.nodes}
    return Review(
        tuple(rows), proposal.questions, reading.seen, _level_counts(reading), _becoming(reading),
        new=len(planned.nodes) - len(planned.known), reworded=len(planned.known) - same, same=same,
        untouched=sum(1 for address in here if address not in named),
        evidence_sum=sum(found.areas_affected for found in planned.evidence), page=page, pages=pages,
        inserted=_tracked(reading, Tracking.INSERTED), deleted=_tracked(reading, Tracking.DELETED),
        remarks=len(planned.remarks),
        remarks_lost=sum(len(piece.remarks) for piece in reading.read.pieces) - len(planned.remarks),
        page_of={item.key: number // PER_PAGE + 1 for number, item in enumerate(shown)},
    )  # fmt: skip


def _tracked(reading: Reading, kind: Tracking) -> int:
    return sum(change.kind is kind for piece in reading.read.pieces for change in piece.tracked)


def _shown(item: Proposed, show: str, asked: bool) -> bool:
    if show == "noder":
        return item.becomes in {Becomes.NODE, Becomes.JOIN}
    return asked if show == "fragor" else True


def _row(reading: Reading, item: Proposed, names: dict[str, Text], asked: tuple[Question, ...]) -> Row:
    piece = reading.read.pieces[item.piece] if item.piece is not None else None
    above = reading.proposal.by_key.get(item.joins or item.parent)
    nothing = Text("", "")
    return Row(
        item=item,
        kind=KIND_WORDS[piece.kind] if piece else LOST,
        original=piece.text or piece.untracked if piece else "",
        depth=piece.depth if piece else 0,
        indented=piece is not None and piece.kind is not PieceKind.HEADING,
        repaired=piece.repaired if piece else (),
        tracked=piece.tracked if piece else (),
        remarks=piece.remarks if piece else (),
        becomes=BECOMES_WORDS[item.becomes],
        level=names.get(item.level, nothing) if item.becomes is Becomes.NODE else nothing,
        under=f"{above.number} {above.text}".strip() if above else "",
        questions=asked,
        changed=item.key in reading.decisions,
    )


def _level_counts(reading: Reading) -> tuple[tuple[Text, int], ...]:
    counted: dict[str, int] = defaultdict(int)
    for item in reading.proposal.items:
        if item.becomes is Becomes.NODE:
            counted[item.level] += 1
    every = ((level.name if counted[level.key] == 1 else level.plural, counted[level.key]) for level in reading.levels)
    return tuple((name, count) for name, count in every if count)


def _becoming(reading: Reading) -> tuple[tuple[Text, int], ...]:
    """Return how much becomes something else than nodes."""
    words = {
        Becomes.CHANGE: Text("angivna ändringar", "stated changes"),
        Becomes.EVIDENCE: Text("underlag", "items of evidence"),
        Becomes.TREND: Text("omvärldstrender", "trends"),
        Becomes.SKIP: Text("stycken som inte läses in", "pieces that are not read in"),
    }
    counted = {kind: sum(1 for item in reading.proposal.items if item.becomes is kind) for kind in words}
    return tuple((words[kind], count) for kind, count in counted.items() if count)


def choices(reading: Reading, key: str) -> Choices:
    """Return what may be chosen for one row."""
    item = reading.proposal.by_key[key]
    above = [each for each in reading.proposal.items if each.becomes is Becomes.NODE and each.key != key]
    shape, holding = Levels(reading.levels), {each.parent for each in above}
    homes = {shape.area, shape.chapter, shape.vision} | {each.level for each in above if each.key in holding}
    parents = [(each.key, f"{each.number} {each.text}".strip()) for each in above if each.level in homes and each.text]
    earlier: dict[str, str] = {}
    for edition in reading.known:
        for node in edition.at(item.level):
            earlier.setdefault(node.address, node.text)
    return Choices(
        tuple((becomes.value, words) for becomes, words in BECOMES_WORDS.items()),
        tuple((level.key, level.name) for level in reading.levels),
        tuple(parents),
        ((NEW, ""), *earlier.items()),
    )
