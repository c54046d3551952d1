"""Tables on slides: thin rules between rows, no boxes, words large enough for the back of the room."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from vagvisare.publications.deck import Spoken, TableSlide
from vagvisare.publications.deck_charts import TAGS
from vagvisare.publications.deck_fit import height, lines, pages
from vagvisare.publications.deck_frame import BODY_BOTTOM, ROOM, SPOKEN_SIZE, TABLE_GAP, TITLE_SIZES, TITLE_TOP
from vagvisare.terms.language import NO_BREAK_SPACE

_SHARES = {2: (0.3, 0.7), 3: (0.385, 0.235, 0.38)}
_SIZES = {2: (18, 16, 15), 3: (SPOKEN_SIZE,)}
_LAST_SIZES = {2: (14, 13, 12), 3: (26, 24, 22, 20)}
_GLOSS_LESS = 12
_BRIEF = (240, 150, 1)
"""Letters an explanation may have, tried in turn."""
_LEAST_SAID = 50
"""An opening shorter than this ("Two measures differ.") says too little alone; the next sentence goes with it."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9])")
_PADDING = 0.07
_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own id for a table without style and without grid."""


def fitted(content: TableSlide, room: float) -> tuple[TableSlide, int]:
    """Return the table and the text size at which it fits in ``room`` inches.

    Explanations give way before the text becomes too small to read; the whole of them stands in the notes.
    """
    for letters in _BRIEF:
        brief = replace(content, rows=tuple(tuple(_shortened(cell, letters) for cell in row) for row in content.rows))
        for size in _SIZES[len(content.header)]:
            if sum(row_heights(brief, size)) <= room:
                return brief, size
    last = _LAST_SIZES[len(content.header)]
    return brief, next((size for size in last if sum(row_heights(brief, size)) <= room), last[-1])


def shared_out(header: tuple[str, ...], rows: Sequence[tuple[Spoken, ...]]) -> list[list[int]]:
    """Share rows over as few slides as hold them in text for reading aloud; returns indices per slide."""
    brief = tuple(tuple(_shortened(cell, 1) for cell in row) for row in rows)
    head, *heights = row_heights(TableSlide("", "", header, brief, "", ""), SPOKEN_SIZE)
    return pages(heights, BODY_BOTTOM - TITLE_TOP - height(2, TITLE_SIZES[-1]) - TABLE_GAP - head)


def in_brief(text: str, letters: int) -> str:
    """Return as many whole sentences as fit in ``letters``, at least one that says something, and … for the rest."""
    first, *rest = _SENTENCE.split(text)
    kept = first
    for sentence in rest:
        if len(kept) >= _LEAST_SAID and len(kept) + len(sentence) > letters:
            return f"{kept}{NO_BREAK_SPACE}…"
        kept = f"{kept} {sentence}"
    return kept


def _shortened(cell: Spoken, letters: int) -> Spoken:
    return cell if cell.quoted else replace(cell, gloss=in_brief(cell.gloss, letters))


def row_heights(content: TableSlide, size: int) -> list[float]:
    """Return the height of the header and every row in inches."""
    widths = _widths(content)
    header = height(max(lines(t, 14, w - 0.2) for t, w in zip(content.header, widths, strict=True)), 14)
    rows = [
        max(_cell_height(cell, wide - 0.2, size) for cell, wide in zip(row, widths, strict=True))
        for row in content.rows
    ]
    return [header + 2 * _PADDING, *(row + 2 * _PADDING for row in rows)]


def draw_table(slide: Any, content: TableSlide, left: float, top: float, size: int) -> None:
    """Draw the table with its upper left corner at ``left``, ``top`` inches."""
    heights = row_heights(content, size)
    widths = _widths(content)
    frame = slide.shapes.add_table(
        len(content.rows) + 1,
        len(content.header),
        *map(Inches, (left, top, ROOM, sum(heights))),
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", content.title)  # noqa: SLF001  no public setter
    grid = frame.table
    grid.horz_banding = False
    grid._tbl.tblPr.find(".//{*}tableStyleId").text = _PLAIN_STYLE  # noqa: SLF001  no public setter
    for index, wide in enumerate(widths):
        grid.columns[index].width = Inches(wide)
    for index, tall in enumerate(heights):
        grid.rows[index].height = Inches(tall)
    for column, text in enumerate(content.header):
        _head(grid.cell(0, column), text)
    for row, cells in enumerate(content.rows, start=1):
        for column, cell in enumerate(cells):
            _fill(grid.cell(row, column), cell, size)


def _widths(content: TableSlide) -> list[float]:
    return [share * ROOM for share in _SHARES[len(content.header)]]


def _cell_height(cell: Spoken, room: float, size: int) -> float:
    tall = height(lines(marked(cell), size, room), size)
    return tall + (height(lines(cell.gloss, size - _GLOSS_LESS, room), size - _GLOSS_LESS) if cell.gloss else 0.0)


def marked(item: Spoken) -> str:
    """Return the words, within quotation marks where they are somebody else's."""
    return f"”{item.text}”" if item.quoted else item.text


def _head(cell: Any, text: str) -> None:
    _prepare(cell)
    run = cell.text_frame.paragraphs[0].add_run()
    run.text = text
    run.font.size = Pt(14)
    run.font.bold = False
    run.font.color.theme_color = MSO_THEME_COLOR.TEXT_2


def _fill(cell: Any, content: Spoken, size: int) -> None:
    _prepare(cell)
    paragraph = cell.text_frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = marked(content)
    run.font.size = Pt(size)
    run.font.bold = bool(content.gloss) and not content.quoted
    run.font.italic = content.quoted
    run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    run._r.get_or_add_rPr().set("lang", TAGS[content.language])  # noqa: SLF001  no public setter
    if content.gloss:
        paragraph = cell.text_frame.add_paragraph()
        gloss = paragraph.add_run()
        gloss.text = content.gloss
        gloss.font.size = Pt(size - _GLOSS_LESS)
        gloss.font.color.theme_color = MSO_THEME_COLOR.TEXT_2


def _prepare(cell: Any) -> None:
    cell.vertical_anchor = MSO_ANCHOR.TOP
    cell.margin_left, cell.margin_right = 0, Inches(0.2)
    cell.margin_top = cell.margin_bottom = Inches(_PADDING)
    cell.text_frame.word_wrap = True
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001  borders have no public setter
    line = parse_xml(f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:schemeClr val="bg2"/></a:solidFill></a:lnB>')
    properties.insert(0, line)
