"""A document as it was read: its pieces in order, each with where it stands, and what was mended on the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vagvisare.editions.document import Source
from vagvisare.terms.language import Language, Text


class PieceKind(StrEnum):
    """What a piece is in its document."""

    HEADING = "heading"
    BULLET = "bullet"
    PARAGRAPH = "paragraph"
    CELL = "cell"
    NOTE = "note"


class Unit(StrEnum):
    """What places are counted in: lines of text, slides, pages, or paragraphs of a word processor's document."""

    LINE = "line"
    SLIDE = "slide"
    PAGE = "page"
    PARAGRAPH = "paragraph"


UNIT_WORDS = {
    Unit.LINE: Text("rad", "line"),
    Unit.SLIDE: Text("bild", "slide"),
    Unit.PAGE: Text("sida", "page"),
    Unit.PARAGRAPH: Text("stycke", "paragraph"),
}


@dataclass(frozen=True, slots=True)
class Where:
    """Where a piece stands, from ``first`` to ``last``."""

    unit: Unit
    first: int
    last: int

    @property
    def words(self) -> Text:
        """The place in words: "rad 271–272", "bild 12"."""
        span = f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"
        name = UNIT_WORDS[self.unit]
        plural = self.first != self.last and self.unit is not Unit.PARAGRAPH
        return Text(f"{name.sv} {span}", f"{name.en}{'s' if plural else ''} {span}")

    def source(self, document: str) -> Source:
        """Return the place as a strategy's source: lines as lines, anything else in words."""
        if self.unit is Unit.LINE:
            return Source(document, self.first, self.last if self.last != self.first else None)
        return Source(f"{document}, {self.words.to(Language.SV)}")

    def to(self, other: Where) -> Where:
        """Return the stretch from here to the end of another place."""
        return Where(self.unit, min(self.first, other.first), max(self.last, other.last))


class Tracking(StrEnum):
    """Whether somebody's tracked change put text in or took it out."""

    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Tracked:
    """A tracked change that nobody has accepted: the words it puts in or takes out."""

    kind: Tracking
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody wrote in the margin: who, on which day (ISO text, empty where the document does not say), what."""

    by: str
    day: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Which cell of which table a piece stands in, counted from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Piece:
    """One heading, point, paragraph, cell or note.

    ``text`` has tracked insertions in it and deletions left out; ``untracked`` is the text as if no tracked change had
    been made, empty where there is none. ``repaired`` says what was mended in reading, in words. ``remarks`` are what
    stands beside it in the margin.
    """

    kind: PieceKind
    depth: int
    text: str
    where: Where
    cell: Cell | None = None
    repaired: tuple[Text, ...] = ()
    tracked: tuple[Tracked, ...] = ()
    untracked: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the document itself: what was left out in reading, or is likely lost."""

    what: Text
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A document that was read. ``name`` is the file's own name, without folders."""

    name: str
    pieces: tuple[Piece, ...]
    notices: tuple[Notice, ...] = ()
