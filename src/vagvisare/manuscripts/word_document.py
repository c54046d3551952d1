"""Word processors' documents (.docx): headings by style or outline level, lists, tables, and tracked changes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from vagvisare.manuscripts.manuscript import (
    Cell,
    Manuscript,
    Notice,
    Piece,
    PieceKind,
    Remark,
    Tracked,
    Tracking,
    Unit,
    Where,
)
from vagvisare.manuscripts.mending import one_line
from vagvisare.manuscripts.refusals import (
    MOST_PIECES,
    MOST_REMARKS,
    UnreadableManuscriptError,
    broken,
    refuse_package,
    too_large,
)
from vagvisare.terms.language import Text

KIND = Text("ett Word-dokument", "a Word document")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_STYLE = re.compile(r"(?:heading|rubrik|überschrift)\s*([1-9])", re.IGNORECASE)
_LIST_STYLE = re.compile(r"(?:list|lista|punktlista|numrerad lista)", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DEEPEST = 40
_LONGEST_NAME = 200


def read_word_document(name: str, data: bytes) -> Manuscript:
    """Read a document in the order it is written.

    Raises:
        UnreadableManuscriptError: when it is damaged, or larger than we read.
    """
    refuse_package(data, KIND)
    from docx import Document  # noqa: PLC0415  slow to load

    try:
        opened = Document(io.BytesIO(data))
        reader = _Reader(_styles(opened), _remarks(opened))
        reader.read(opened.element.body)
        reader.finish()
    except UnreadableManuscriptError:
        raise
    except RecursionError as error:
        raise broken(KIND) from error
    except _TooLongError as error:
        raise too_large(Text(f"Dokumentet har fler än {MOST_PIECES} stycken.",
                             f"The document has more than {MOST_PIECES} paragraphs.")) from error  # fmt: skip
    except Exception as error:  # the library tells damage in many ways
        raise broken(KIND) from error
    return Manuscript(name, tuple(reader.pieces), tuple(_notices(reader)))


class _TooLongError(Exception):
    """More pieces than we read."""


def _styles(opened: Any) -> dict[str, tuple[int, bool]]:
    """Return each style's heading depth (0 for none) and whether it is a list's."""
    found: dict[str, tuple[int, bool]] = {}
    for style in opened.styles.element.iter(f"{_W}style"):
        key = style.get(f"{_W}styleId") or ""
        name = style.find(f"{_W}name")
        said = (name.get(f"{_W}val") or "") if name is not None else ""
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        numbered = style.find(f"{_W}pPr/{_W}numPr") is not None
        heading = _HEADING_STYLE.match(said) or _HEADING_STYLE.match(key)
        depth = int(heading[1]) if heading else 1 if said.casefold() in {"title", "titel"} else 0
        if not depth and outline is not None and (level := int(outline.get(f"{_W}val") or 9)) < 9:
            depth = level + 1
        found[key] = (depth, not depth and (numbered or bool(_LIST_STYLE.match(said))))
    return found


def _remarks(opened: Any) -> dict[str, Remark]:
    """Return the comments in the margin by their id, as they stand in a part of their own."""
    found: dict[str, Remark] = {}
    for relation in opened.part.rels.values():
        if relation.is_external or not relation.reltype.endswith("/comments"):
            continue
        for told in relation.target_part.element.iter(f"{_W}comment"):
            lines = ("".join(words for words, kind in _parts(line) if kind is not Tracking.DELETED)
                     for line in told.iter(f"{_W}p"))  # fmt: skip
            text = "\n".join(shown for line in lines if (shown := one_line(line)))
            day = _DAY.match(told.get(f"{_W}date") or "")
            # Some programs sign with an address, which is nobody's to read in.
            by = one_line(told.get(f"{_W}author") or "").partition("@")[0]
            if len(found) >= MOST_REMARKS:
                raise too_large(Text(f"Dokumentet har fler än {MOST_REMARKS} kommentarer.",
                                     f"The document has more than {MOST_REMARKS} comments."))  # fmt: skip
            if text:
                found[told.get(f"{_W}id") or ""] = Remark(by[:_LONGEST_NAME], day[0] if day else "", text)
    return found


class _Reader:
    def __init__(self, styles: dict[str, tuple[int, bool]], remarks: dict[str, Remark]) -> None:
        self.pieces: list[Piece] = []
        self.pictures = 0
        self.unplaced = remarks
        self._waiting: list[Remark] = []
        self._styles = styles
        self._paragraphs = 0
        self._tables = 0

    def read(self, body: Any, cell: Cell | None = None, depth: int = 0) -> None:
        if depth > _DEEPEST:
            raise _TooLongError
        for child in body:
            if child.tag == f"{_W}p":
                self._paragraph(child, cell)
            elif child.tag == f"{_W}tbl":
                self._table(child, depth)
            elif child.tag == f"{_W}commentRangeStart":
                self._meet(child)
            elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"}:
                self.read(child, cell, depth + 1)

    def _table(self, table: Any, depth: int) -> None:
        number, self._tables = self._tables, self._tables + 1
        for row, line in enumerate(table.iter(f"{_W}tr") if depth == 0 else table.findall(f"{_W}tr")):
            for column, cell in enumerate(line.findall(f"{_W}tc")):
                self.read(cell, Cell(number, row, column), depth + 1)

    def _meet(self, mark: Any) -> None:
        """Meet the mark of a comment: it belongs to the text that follows, from its first mark on."""
        remark = self.unplaced.pop(mark.get(f"{_W}id") or "", None)
        self._waiting += [remark] if remark else []

    def finish(self) -> None:
        """Give comments that stand after the last text to that text."""
        if self.pieces and self._waiting:
            last = self.pieces[-1]
            self.pieces[-1] = replace(last, remarks=(*last.remarks, *self._waiting))

    def _paragraph(self, paragraph: Any, cell: Cell | None) -> None:
        self._paragraphs += 1
        if len(self.pieces) >= MOST_PIECES:
            raise _TooLongError
        parts = list(_parts(paragraph))
        text = one_line("".join(words for words, kind in parts if kind is not Tracking.DELETED))
        before = one_line("".join(words for words, kind in parts if kind is not Tracking.INSERTED))
        runs = [(kind, "".join(words for words, _ in run)) for kind, run in groupby(parts, key=lambda part: part[1])]
        tracked = tuple(Tracked(kind, one_line(words)) for kind, words in runs if kind and one_line(words))
        for mark in paragraph.iter(f"{_W}commentRangeStart", f"{_W}commentReference"):
            self._meet(mark)
        self.pictures += sum(1 for _ in paragraph.iter(f"{_W}drawing", f"{_W}pict"))
        if not text and not tracked:
            return
        kind, depth = self._kind(paragraph, cell)
        where = Where(Unit.PARAGRAPH, self._paragraphs, self._paragraphs)
        remarks, self._waiting = tuple(self._waiting), []
        self.pieces.append(Piece(kind, depth, text, where, cell, (), tracked, before if tracked else "", remarks))

    def _kind(self, paragraph: Any, cell: Cell | None) -> tuple[PieceKind, int]:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        heading, listed = self._styles.get(style.get(f"{_W}val"), (0, False)) if style is not None else (0, False)
        outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is not None and int(outline.get(f"{_W}val") or 9) < 9:
            heading = int(outline.get(f"{_W}val")) + 1
        numbering = paragraph.find(f"{_W}pPr/{_W}numPr")
        level = numbering.find(f"{_W}ilvl") if numbering is not None else None
        depth = int(level.get(f"{_W}val") or 0) + 1 if level is not None else 1
        if cell is not None:
            return PieceKind.CELL, depth if numbering is not None or listed else 0
        if heading:
            return PieceKind.HEADING, heading
        if numbering is not None or listed:
            return PieceKind.BULLET, min(depth, 9)
        return PieceKind.PARAGRAPH, 0


def _parts(element: Any, kind: Tracking | None = None, depth: int = 0) -> Iterator[tuple[str, Tracking | None]]:
    """Yield the words of a paragraph in order, each with the tracked change it belongs to."""
    if depth > _DEEPEST:
        raise _TooLongError
    for child in element:
        tag = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
        if tag in {"t", "delText"}:
            yield child.text or "", Tracking.DELETED if tag == "delText" else kind
        elif tag in {"tab", "br", "cr"}:
            yield " ", kind
        elif tag == "noBreakHyphen":
            yield "-", kind
        elif tag in {"ins", "moveTo"}:
            yield from _parts(child, Tracking.INSERTED, depth + 1)
        elif tag in {"del", "moveFrom"}:
            yield from _parts(child, Tracking.DELETED, depth + 1)
        elif tag in {"r", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml"}:
            yield from _parts(child, kind, depth + 1)


def _notices(reader: _Reader) -> Iterator[Notice]:
    if reader.pictures:
        yield Notice(
            Text(f"{reader.pictures} illustrationer i dokumentet är inte lästa.",
                 f"{reader.pictures} pictures in the document were not read.")
        )  # fmt: skip
    for remark in reader.unplaced.values():
        yield Notice(
            Text(f"En kommentar hör inte till någon text och läses inte in. {remark.by}: ”{remark.text}”",
                 f"A comment belongs to no text and is not read in. {remark.by}: “{remark.text}”")
        )  # fmt: skip
