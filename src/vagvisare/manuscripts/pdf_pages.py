"""PDF: lines joined into paragraphs and points, headings by size, what repeats at the edges of pages left out.

A page in two columns is read column by column (``pdf_columns``), any other as its lines stand.
"""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from vagvisare.manuscripts.manuscript import Manuscript, Notice, Piece, PieceKind, Unit, Where
from vagvisare.manuscripts.mending import joined_lines, one_line
from vagvisare.manuscripts.pdf_columns import GAP, Band, Gutter, Rule, Shape, Stretch, bands, gutter_of
from vagvisare.manuscripts.refusals import MOST_PAGES, UnreadableManuscriptError, broken, too_large, too_slow
from vagvisare.terms.language import Text

KIND = Text("en PDF", "a PDF")
LONGEST = 40.0
"""Seconds for a whole document."""
_LARGER = 1.12
"""How much larger than the running text a line must be to be a heading."""
_MARK = re.compile(r"^(?:[•·▪●◦‣–-]|\uf0b7)\s+")
_DASH_WITHIN = re.compile(r"^[–-]\s+[a-zåäö]")
"""A dash before small letters, further in than the point it may belong to, is a dash within it that began a line."""
_EDGE = 3
"""Lines at the top and at the bottom of a page among which headers and footers are looked for."""


_MOST_GUTTERS = 4
"""Places between columns that are remembered; pages to the left and to the right may have one each."""
_MOST_RULES = 1_000
_THIN = 2.0
"""Points: what is drawn no higher than this is a line, whatever it was drawn as."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it is read; ``column`` counts the parts of its page in the order they are read."""

    text: str
    size: float
    left: float
    top: float
    bottom: float
    page: int
    column: int = 0


def read_pdf(name: str, data: bytes) -> Manuscript:
    """Read a PDF page by page.

    Raises:
        UnreadableManuscriptError: when it is damaged or protected, larger than we read, or takes too long.
    """
    import pdfplumber  # noqa: PLC0415  slow to load

    if not data[:1024].lstrip().startswith(b"%PDF"):
        raise broken(KIND)
    try:
        with pdfplumber.open(io.BytesIO(data)) as opened:
            _refuse_length(len(opened.pages))
            pages = _pages(opened)
    except UnreadableManuscriptError:
        raise
    except Exception as error:  # the library tells damage in many ways
        raise broken(KIND) from error
    furniture = _furniture(pages)
    lines = [line for page in pages for line in page if _key(line.text) not in furniture]
    notices = [
        Notice(Text(f"”{text}” upprepas på sidorna och är utelämnat.",
                    f"“{text}” is repeated on the pages and is left out."))
        for text in sorted(set(furniture.values()))
    ]  # fmt: skip
    notices += [
        Notice(Text("Sidan har ingen text; den kan vara en bild.", "The page has no text; it may be a picture."),
               Where(Unit.PAGE, number, number))
        for number, page in enumerate(pages, 1) if not page
    ]  # fmt: skip
    return Manuscript(name, tuple(_pieces(lines)), tuple(notices))


def _refuse_length(pages: int) -> None:
    if pages > MOST_PAGES:
        raise too_large(
            Text(f"Dokumentet har fler än {MOST_PAGES} sidor.", f"The document has more than {MOST_PAGES} pages.")
        )


def _pages(opened: Any) -> list[list[_Line]]:
    end = time.monotonic() + LONGEST
    pages: list[list[_Line]] = []
    known: list[Gutter] = []
    for number, page in enumerate(opened.pages, 1):
        if time.monotonic() > end:
            raise too_slow()
        found = page.extract_text_lines(return_chars=True)
        shape = _shape(page, found)
        own = gutter_of(shape)
        if own and own not in known:
            known = [own, *known][:_MOST_GUTTERS]
        laid = bands(shape, [own] if own else known)
        pages.append(list(_by_column(page, laid, number)) if laid else [_line(line, number) for line in found])
        page.close()
    return [[line for line in page if line.text] for page in pages]


def _shape(page: Any, found: list[dict[str, Any]]) -> Shape:
    """Return where words stand on a page and where lines are drawn."""
    drawn = [*page.lines, *page.rects][:_MOST_RULES]
    thin = (each for each in drawn if each["bottom"] - each["top"] < _THIN)
    rules = tuple(Rule(float(each["x0"]), float(each["x1"]), float(each["top"])) for each in thin)
    return Shape(tuple(stretch for line in found for stretch in _stretches(line["chars"])), rules)


def _stretches(chars: list[dict[str, Any]]) -> Iterator[Stretch]:
    """Yield a line's words without a gap between them."""
    run: list[dict[str, Any]] = []
    for char in sorted((char for char in chars if char["text"].strip()), key=lambda char: char["x0"]):
        if run and char["x0"] - max(each["x1"] for each in run[-3:]) >= GAP:
            yield _stretch(run)
            run = []
        run.append(char)
    if run:
        yield _stretch(run)


def _stretch(run: list[dict[str, Any]]) -> Stretch:
    begins = "".join(char["text"] for char in run[:8])
    return Stretch(
        float(run[0]["x0"]),
        float(max(char["x1"] for char in run)),
        float(min(char["top"] for char in run)),
        float(max(char["bottom"] for char in run)),
        begins,
    )


def _by_column(page: Any, laid: tuple[Band, ...], number: int) -> Iterator[_Line]:
    """Yield a page's lines band by band, and in each the left column before the right."""
    column = 0
    for band in laid:
        # A column's lines are placed as if it stood to the left, so that what is further in is so in both.
        places = [(False, 0.0)]
        if band.gutter:
            places.append((True, band.gutter.right - band.gutter.left))
        for right, by in places:
            part = page.filter(_within(band, right=right))
            for line in part.extract_text_lines(return_chars=True):
                yield _line(line, number, by, column)
            column += 1


def _within(band: Band, *, right: bool) -> Callable[[dict[str, Any]], bool]:
    def inside(thing: dict[str, Any]) -> bool:
        if thing["object_type"] != "char" or not band.top < (thing["top"] + thing["bottom"]) / 2 <= band.bottom:
            return False
        return band.gutter is None or ((thing["x0"] + thing["x1"]) / 2 > band.gutter.at) == right

    return inside


def _line(found: dict[str, Any], page: int, by: float = 0.0, column: int = 0) -> _Line:
    sizes = Counter(round(float(char["size"]), 1) for char in found["chars"])
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    text = one_line(re.sub(r"\(cid:\d+\)", "•", found["text"]))
    return _Line(text, size, float(found["x0"]) - by, float(found["top"]), float(found["bottom"]), page, column)


def _key(text: str) -> str:
    """Return what makes two headers the same: their words, whatever page number stands in them."""
    return re.sub(r"\d+", "#", text.casefold())


def _furniture(pages: list[list[_Line]]) -> dict[str, str]:
    """Return what stands at the edge of most pages, by its key."""
    count: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for page in pages:
        in_columns = any(line.column for line in page)
        above = sorted(page, key=lambda line: line.top) if in_columns else page
        edge = {_key(line.text): line.text for line in (*above[:_EDGE], *above[-_EDGE:])}
        count.update(edge.keys())
        shown |= {key: text for key, text in edge.items() if key not in shown}
    enough = max(3, round(0.6 * len(pages)))
    return {key: shown[key] for key, times in count.items() if times >= enough}


def _pieces(lines: list[_Line]) -> list[Piece]:
    if not lines:
        return []
    letters = Counter[float]()
    for line in lines:
        letters[line.size] += len(line.text)
    body = letters.most_common(1)[0][0]
    larger = sorted({line.size for line in lines if line.size > body * _LARGER}, reverse=True)
    depths = {size: min(depth, 6) for depth, size in enumerate(larger, 1)}
    pieces: list[Piece] = []
    for _, run in groupby(_in_blocks(lines), key=lambda block: block[0]):
        block = [line for _, line in run]
        text = joined_lines([_MARK.sub("", block[0].text), *(line.text for line in block[1:])])
        where = Where(Unit.PAGE, block[0].page, block[-1].page)
        if block[0].size in depths:
            pieces.append(Piece(PieceKind.HEADING, depths[block[0].size], text, where))
        elif _MARK.match(block[0].text):
            pieces.append(Piece(PieceKind.BULLET, 1, text, where))
        else:
            pieces.append(Piece(PieceKind.PARAGRAPH, 0, text, where))
    return pieces


def _in_blocks(lines: list[_Line]) -> list[tuple[int, _Line]]:
    """Number the lines by the block they belong to: a new one at a mark, another size, or a wider gap."""
    numbered: list[tuple[int, _Line]] = []
    block, before, first = 0, None, None
    for line in lines:
        if before is None or first is None or _begins(line, before, first):
            block, first = block + 1, line
        numbered.append((block, line))
        before = line
    return numbered


def _begins(line: _Line, before: _Line, first: _Line) -> bool:
    within = _DASH_WITHIN.match(line.text) and line.left > first.left + 2 and _MARK.match(first.text)
    if abs(line.size - before.size) > 0.5 or (_MARK.match(line.text) and not within):
        return True
    if (line.page, line.column) != (before.page, before.column):
        return before.text.endswith((".", "!", "?", ":")) or not line.text[:1].islower()
    return line.top - before.bottom > 0.6 * max(line.size, 1)
