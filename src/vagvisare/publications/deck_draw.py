"""Draw each kind of slide: what stands where, how large, and on how many slides when it does not fit on one."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from vagvisare.publications import deck_words as words
from vagvisare.publications.deck import FindingSlide, ListSlide, Spoken, TableSlide, TitleSlide
from vagvisare.publications.deck_charts import TAGS, draw
from vagvisare.publications.deck_fit import balanced, fit, height, pages
from vagvisare.publications.deck_fit import lines as lines_of
from vagvisare.publications.deck_frame import (
    BODY_BOTTOM,
    DETAIL_SIZE,
    EYEBROW_TOP,
    FOOT_SIZE,
    FOOT_TOP,
    LAYOUT_LINES,
    LAYOUT_PICTURE,
    LAYOUT_TITLE,
    MARGIN,
    ROOM,
    SMALL_SIZE,
    SPOKEN_SIZE,
    TABLE_GAP,
    TITLE_SIZES,
    TITLE_TOP,
    WIDTH,
    place,
)
from vagvisare.publications.deck_pictures import DotPicture
from vagvisare.publications.deck_table import draw_table, fitted, marked
from vagvisare.terms.language import Language

_COLUMN = 4.9
"""Width of the sentence where the picture stands beside it, in inches."""
_GAPS = (0.17, 0.1)
_PAUSE = re.compile(r"[:;] ")
"""Where a sentence pauses before the figures that say so."""
_MUTED, _PINE = MSO_THEME_COLOR.TEXT_2, MSO_THEME_COLOR.ACCENT_1


def title(deck: Any, content: TitleSlide) -> None:
    """Draw the first slide."""
    slide = deck.slides.add_slide(deck.slide_layouts[LAYOUT_TITLE])
    size = fit(content.title, (44, 40, 36), ROOM, 3, "serif").size
    _write(slide.shapes.title.text_frame, content.title, size)
    under = slide.placeholders[1]
    _write(under.text_frame, content.subtitle, SPOKEN_SIZE, _PINE)
    _box(slide, content.small, (MARGIN, 4.95, ROOM, 0.4), SMALL_SIZE, _MUTED)
    _notes(slide, content.notes)


def finding(deck: Any, content: FindingSlide, language: Language) -> None:
    """Draw one finding: sentence, what is measured, chart, source; a row of counties stands beside the sentence."""
    slide = deck.slides.add_slide(deck.slide_layouts[LAYOUT_PICTURE])
    beside = isinstance(content.picture, DotPicture)
    room = _COLUMN if beside else ROOM
    bottom = _sentence(slide, content, room) + 0.1
    said = fit(content.subtitle, (SMALL_SIZE, 16, 14), room, 4 if beside else 1)
    _box(slide, content.subtitle, (MARGIN, bottom, room, said.height), said.size, _MUTED)
    if beside:
        left = MARGIN + _COLUMN + 0.4
        box = (left, TITLE_TOP, WIDTH - MARGIN - left, BODY_BOTTOM - TITLE_TOP)
    else:
        top = bottom + said.height + 0.15
        box = (MARGIN, top, ROOM, BODY_BOTTOM - top)
    draw(slide, content.picture, box, content.alt, language)
    _foot(slide, content.source)
    _notes(slide, content.notes)


def lines(deck: Any, content: ListSlide, language: Language) -> None:
    """Draw lines that are read aloud, on as many slides as 28 points need."""
    top = _title_bottom(content.title) + 0.35
    heights = [_height(item) for item in content.items]
    roomy, tight = (pages([tall + gap for tall in heights], BODY_BOTTOM - top) for gap in _GAPS)
    shares, gap = (roomy, _GAPS[0]) if len(roomy) <= len(tight) else (tight, _GAPS[1])
    for number, share in enumerate(shares, start=1):
        slide = deck.slides.add_slide(deck.slide_layouts[LAYOUT_LINES])
        _headed(slide, content.title + _part(number, len(shares), language), content.eyebrow)
        body = slide.placeholders[1]
        place(body, MARGIN, top, ROOM, BODY_BOTTOM - top)
        for index, item in enumerate(content.items[i] for i in share):
            _line(body.text_frame, item, 0.0 if index == 0 else gap)
        _foot(slide, content.source)
        _notes(slide, content.notes)


def table(deck: Any, content: TableSlide) -> None:
    """Draw a table, in the largest text that fits."""
    slide = deck.slides.add_slide(deck.slide_layouts[LAYOUT_PICTURE])
    top = _headed(slide, content.title, content.eyebrow) + TABLE_GAP
    brief, size = fitted(content, BODY_BOTTOM - top)
    draw_table(slide, brief, MARGIN, top, size)
    _foot(slide, content.source)
    _notes(slide, content.notes)


def _title_bottom(text: str) -> float:
    return TITLE_TOP + fit(text, TITLE_SIZES, ROOM, 2, "serif").height


def _sentence(slide: Any, content: FindingSlide, room: float) -> float:
    """Write a finding as the title: what is the case, large; then the figures that say so, smaller.

    Returns where the title ends, in inches.
    """
    head, *rest = _PAUSE.split(content.title, maxsplit=1)
    tail = "".join(rest)
    bottom = _headed(slide, head, content.eyebrow, room)
    if not tail:
        return bottom
    told = fit(tail, (DETAIL_SIZE,), room, 2)
    _box(slide, tail[:1].upper() + tail[1:], (MARGIN, bottom + 0.08, room, told.height), told.size, _MUTED)
    return bottom + 0.08 + told.height


def _headed(slide: Any, text: str, eyebrow: str, room: float = ROOM) -> float:
    """Write title, its lines of even length, and eyebrow; return where the title ends, in inches."""
    said = fit(text, TITLE_SIZES, room, 2, "serif")
    place(slide.shapes.title, MARGIN, TITLE_TOP, balanced(text, said.size, room, "serif"), said.height)
    _write(slide.shapes.title.text_frame, text, said.size)
    _eyebrow(slide, eyebrow)
    return TITLE_TOP + said.height


def _eyebrow(slide: Any, text: str) -> None:
    if text:
        size = fit(text, (16, 14, 12), ROOM, 1).size
        _box(slide, text, (MARGIN, EYEBROW_TOP, ROOM, 0.3), size, _PINE)


def _height(item: Spoken) -> float:
    room = ROOM - 0.4 * item.level
    tall = height(lines_of(marked(item), SPOKEN_SIZE, room, _face(item)), SPOKEN_SIZE)
    return tall + (height(lines_of(item.gloss, SMALL_SIZE, room), SMALL_SIZE) if item.gloss else 0.0)


def _line(frame: Any, item: Spoken, gap: float) -> None:
    paragraph = frame.paragraphs[0] if not gap else frame.add_paragraph()
    paragraph.level = item.level
    paragraph.space_before = Pt(gap * 72)
    run = paragraph.add_run()
    run.text = marked(item)
    run.font.size = Pt(SPOKEN_SIZE)
    _quotation(run, item)
    run._r.get_or_add_rPr().set("lang", TAGS[item.language])  # noqa: SLF001  no public setter
    if item.gloss:
        paragraph.add_line_break()
        gloss = paragraph.add_run()
        gloss.text = item.gloss
        gloss.font.size = Pt(SMALL_SIZE)
        gloss.font.color.theme_color = _MUTED


def _face(item: Spoken) -> str:
    """Return the typeface a line is set in: somebody else's words in that of the headlines."""
    return "serif" if item.quoted else "sans"


def _quotation(run: Any, item: Spoken) -> None:
    """Set somebody else's words as a quotation, as on the pages: the headlines' typeface, in italics."""
    if item.quoted:
        run.font.name = "+mj-lt"
        run.font.italic = True


def _write(frame: Any, text: str, size: int, colour: Any = None) -> None:
    run = frame.paragraphs[0].add_run()
    run.text = text
    run.font.size = Pt(size)
    if colour is not None:
        run.font.color.theme_color = colour


def _box(slide: Any, text: str, box: tuple[float, float, float, float], size: int, colour: Any) -> None:
    shape = slide.shapes.add_textbox(*map(Inches, box))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    _write(frame, text, size, colour)


def _foot(slide: Any, source: str) -> None:
    """Write the source line and the slide's number at the foot."""
    if source:
        said = fit(source, (FOOT_SIZE, 11), ROOM - 1.2, 1)
        size = said.size if said.lines == 1 else FOOT_SIZE
        _box(slide, source, (MARGIN, FOOT_TOP, WIDTH - 2 * MARGIN - 1.2, 0.4), size, _MUTED)
    for shape in slide.slide_layout.placeholders:
        if shape.element.find(".//" + qn("p:ph")).get("type") == "sldNum":
            number = deepcopy(shape.element)
            tree = slide.shapes._spTree  # noqa: SLF001  the library leaves footers out
            number.nvSpPr.cNvPr.set("id", str(tree.max_shape_id + 1))
            tree.append(number)


def _notes(slide: Any, text: str) -> None:
    if text:
        slide.notes_slide.notes_text_frame.text = text


def _part(number: int, whole: int, language: Language) -> str:
    return f" ({words.OF.to(language).format(part=number, whole=whole)})" if whole > 1 else ""
