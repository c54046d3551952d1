"""Presentations (.pptx): a slide's title is a heading, its text points and paragraphs, its tables cells."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from vagvisare.manuscripts.manuscript import Cell, Manuscript, Notice, Piece, PieceKind, Unit, Where
from vagvisare.manuscripts.mending import one_line
from vagvisare.manuscripts.refusals import MOST_SLIDES, broken, refuse_package, too_large
from vagvisare.terms.language import Text

KIND = Text("en presentation", "a presentation")
_EVERY = 0.6
"""The share of the slides on which a text must stand to be furniture, and no part of what is said."""


def read_slides(name: str, data: bytes) -> Manuscript:
    """Read a presentation, slide by slide, with its speaker notes.

    Raises:
        UnreadableManuscriptError: when it is damaged, or larger than we read.
    """
    refuse_package(data, KIND)
    from pptx import Presentation  # noqa: PLC0415  slow to load

    try:
        opened = Presentation(io.BytesIO(data))
        slides = list(opened.slides)
    except Exception as error:  # the library tells damage in many ways
        raise broken(KIND) from error
    if len(slides) > MOST_SLIDES:
        raise too_large(Text(f"Presentationen har fler än {MOST_SLIDES} bilder.",
                             f"The presentation has more than {MOST_SLIDES} slides."))  # fmt: skip
    try:
        pieces, notices = _read(slides)
    except Exception as error:
        raise broken(KIND) from error
    return Manuscript(name, tuple(pieces), tuple(notices))


def _read(slides: list[Any]) -> tuple[list[Piece], list[Notice]]:
    pieces: list[Piece] = []
    notices: list[Notice] = []
    tables = 0
    for number, slide in enumerate(slides, 1):
        where = Where(Unit.SLIDE, number, number)
        here: list[Piece] = []
        for shape in _in_reading_order(slide):
            if getattr(shape, "has_table", False) and shape.has_table:
                here += _cells(shape.table, where, tables)
                tables += 1
            elif shape.has_text_frame:
                here += _texts(shape, where)
        pictures = sum(1 for shape in _every(slide.shapes) if _is_picture(shape))
        notices += _lacking(here, where, pictures)
        pieces += here + _notes(slide, where)
    return _without_furniture(pieces, len(slides), notices)


def _every(shapes: Iterable[Any], depth: int = 0) -> Iterator[Any]:
    for shape in shapes:
        if hasattr(shape, "shapes") and depth < 10:
            yield from _every(shape.shapes, depth + 1)
        else:
            yield shape


def _in_reading_order(slide: Any) -> list[Any]:
    """Title first, then from top to bottom and left to right; what stands in the margins is left out."""
    title = slide.shapes.title
    shapes = [shape for shape in _every(slide.shapes) if not _is_margin(shape)]

    def place(shape: Any) -> tuple[bool, int, int]:
        first = title is not None and shape.shape_id == title.shape_id
        return (not first, (shape.top or 0) // 360_000, shape.left or 0)

    return sorted(shapes, key=place)


def _is_margin(shape: Any) -> bool:
    if not shape.is_placeholder:
        return False
    return shape.placeholder_format.type.name in {"DATE", "SLIDE_NUMBER", "FOOTER", "HEADER"}


def _is_picture(shape: Any) -> bool:
    kind = getattr(shape, "shape_type", None)
    return kind is not None and kind.name in {"PICTURE", "LINKED_PICTURE", "DIAGRAM", "IGX_GRAPHIC", "MEDIA"}


def _is_title(shape: Any) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type.name in {"TITLE", "CENTER_TITLE", "VERTICAL_TITLE"}


def _texts(shape: Any, where: Where) -> Iterator[Piece]:
    if _is_title(shape):
        text = one_line(shape.text_frame.text)
        if text:
            yield Piece(PieceKind.HEADING, 1, text, where)
        return
    body = shape.is_placeholder
    for paragraph in shape.text_frame.paragraphs:
        if text := one_line(paragraph.text):
            kind = PieceKind.BULLET if body or paragraph.level or _has_mark(paragraph) else PieceKind.PARAGRAPH
            yield Piece(kind, paragraph.level + 1 if kind is PieceKind.BULLET else 0, text, where)


def _has_mark(paragraph: Any) -> bool:
    properties = paragraph._p.pPr  # noqa: SLF001  the library has no word for it
    return properties is not None and any(child.tag.endswith(("}buChar", "}buAutoNum")) for child in properties)


def _cells(table: Any, where: Where, number: int) -> Iterator[Piece]:
    for row, line in enumerate(table.rows):
        for column, cell in enumerate(line.cells):
            if cell.is_spanned:
                continue
            paragraphs = [one_line(paragraph.text) for paragraph in cell.text_frame.paragraphs]
            told = [text for text in paragraphs if text]
            for text in told:
                depth = int(len(told) > 1)
                yield Piece(PieceKind.CELL, depth, text, where, Cell(number, row, column))


def _notes(slide: Any, where: Where) -> list[Piece]:
    if not slide.has_notes_slide or slide.notes_slide.notes_text_frame is None:
        return []
    paragraphs = slide.notes_slide.notes_text_frame.paragraphs
    return [Piece(PieceKind.NOTE, 0, text, where) for paragraph in paragraphs if (text := one_line(paragraph.text))]


def _lacking(here: list[Piece], where: Where, pictures: int) -> Iterator[Notice]:
    if not here:
        what = Text("Bilden har ingen text", "The slide has no text")
        held = Text(", bara illustrationer.", ", only pictures.") if pictures else Text(".", ".")
        yield Notice(Text(what.sv + held.sv, what.en + held.en), where)
    elif pictures and not any(piece.kind is PieceKind.HEADING for piece in here):
        yield Notice(
            Text("Bilden har ingen rubrik som text; den kan vara en illustration.",
                 "The slide has no heading as text; it may be a picture."), where,
        )  # fmt: skip


def _without_furniture(pieces: list[Piece], slides: int, notices: list[Notice]) -> tuple[list[Piece], list[Notice]]:
    """Take away what stands on most slides, such as the owner's name; say so."""
    places: dict[str, set[int]] = {}
    for piece in pieces:
        if piece.kind in {PieceKind.PARAGRAPH, PieceKind.BULLET}:
            places.setdefault(piece.text, set()).add(piece.where.first)
    furniture = {text for text, at in places.items() if slides >= 4 and len(at) >= _EVERY * slides}
    kept = [piece for piece in pieces if piece.text not in furniture or piece.kind is PieceKind.HEADING]
    count = Counter(piece.text for piece in pieces)
    notices += [
        Notice(Text(f"”{text}” står på {count[text]} bilder och är utelämnat.",
                    f"“{text}” stands on {count[text]} slides and is left out."))
        for text in sorted(furniture)
    ]  # fmt: skip
    return kept, notices
