"""Plain text and Markdown, as people write them and as slides become when turned into text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from vagvisare.manuscripts.manuscript import Cell, Manuscript, Piece, PieceKind, Unit, Where
from vagvisare.manuscripts.mending import clean, one_line, plain_emphasis
from vagvisare.manuscripts.refusals import broken
from vagvisare.terms.language import Text

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"(\s*)(?:[-*•·▪–]|\d{1,2}\))\s+(\S.*)$")
_RULED = re.compile(r"\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?\s*")
_STARRED_POINT = re.compile(r"([*_]{1,2})[-•]\s+(.*)\1$")
_LONGEST_TITLE = 110
_TAB_WIDTH = 4

HARD_BREAK = Text("Radbrytningar mitt i stycket är borttagna.", "Line breaks within the paragraph were removed.")
EMPHASIS = Text("Markeringar för fet och kursiv stil är borttagna.", "Marks for bold and italics were removed.")
IN_A_CELL = Text("Punkten stod i en lista inuti en tabellruta.", "The point stood in a list within a table cell.")


def read_plain_text(name: str, data: bytes) -> Manuscript:
    """Read a text file, whatever of the usual encodings it is in.

    Raises:
        UnreadableManuscriptError: when it is no text.
    """
    lines = _decoded(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Manuscript(name, tuple(_Reader(lines).read()))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise broken(Text("text", "text"))
    return text


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._marked = any(_HEADING.match(line) for line in lines)
        self._pieces: list[Piece] = []
        self._tables = 0

    def read(self) -> list[Piece]:
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            if not line.strip() or re.fullmatch(r"\s*([-*_])(?:\s*\1){2,}\s*", line):
                at += 1
            elif _in_table(line):
                at = self._table(at)
            elif heading := _HEADING.match(line):
                self._add(PieceKind.HEADING, len(heading[1]), [heading[2].removeprefix("- ")], at)
                at += 1
            elif bullet := _BULLET.match(_unstarred(line)):
                at = self._bullet(at, bullet)
            else:
                at = self._paragraph(at)
        return self._pieces

    def _add(self, kind: PieceKind, depth: int, lines: list[str], at: int, cell: Cell | None = None) -> None:
        raw = "\n".join(line.strip() for line in lines)
        text = one_line(plain_emphasis(raw))
        if not text:
            return
        repaired = tuple(
            said for said, true in ((HARD_BREAK, len(lines) > 1), (EMPHASIS, plain_emphasis(raw) != raw)) if true
        )
        where = Where(Unit.LINE, at + 1, at + len(lines))
        self._pieces.append(Piece(kind, depth, text, where, cell, repaired))

    def _bullet(self, at: int, bullet: re.Match[str]) -> int:
        end = self._run(at + 1)
        indent = len(bullet[1].expandtabs(_TAB_WIDTH))
        depth = 1 + (max(1, indent // 2) if indent else 0)
        self._add(PieceKind.BULLET, min(depth, 4), [bullet[2], *self._lines[at + 1 : end]], at)
        return end

    def _paragraph(self, at: int) -> int:
        end = self._run(at + 1)
        lines = self._lines[at:end]
        kind = PieceKind.HEADING if self._is_title(lines, end) else PieceKind.PARAGRAPH
        self._add(kind, 1 if kind is PieceKind.HEADING else 0, lines, at)
        return end

    def _run(self, at: int) -> int:
        """Return the end of the lines that continue what began before ``at``."""
        while at < len(self._lines):
            line = self._lines[at]
            if not line.strip() or _in_table(line) or _HEADING.match(line) or _BULLET.match(_unstarred(line)):
                break
            at += 1
        return at

    def _is_title(self, lines: list[str], end: int) -> bool:
        """In a text without marked headings: a short line by itself, above points or above nothing, is one."""
        line = lines[0].strip()
        if self._marked or len(lines) > 1 or len(line) > _LONGEST_TITLE or line.endswith((".", ",", ";", "?", "!")):
            return False
        if not line[0].isalnum() or line[0].islower():
            return False
        following = end
        while following < len(self._lines) and not self._lines[following].strip():
            following += 1
        alone = following - end > 1 or following == len(self._lines)
        return alone or bool(_BULLET.match(self._lines[following]))

    def _table(self, at: int) -> int:
        row = 0
        while at < len(self._lines) and _in_table(self._lines[at]):
            if not _RULED.fullmatch(self._lines[at]):
                for column, cell in enumerate(_cells(self._lines[at])):
                    self._cell(cell, at, Cell(self._tables, row, column))
                row += 1
            at += 1
        self._tables += 1
        return at

    def _cell(self, cell: str, at: int, place: Cell) -> None:
        if "<" not in cell:
            self._add(PieceKind.CELL, 0, [cell], at, place)
            return
        where = Where(Unit.LINE, at + 1, at + 1)
        for depth, text in in_markup(cell):
            repaired = (IN_A_CELL,) if depth else ()
            self._pieces.append(Piece(PieceKind.CELL, depth, text, where, place, repaired))


def _unstarred(line: str) -> str:
    """Return a point that is emphasised as a whole with its mark outside ("*- Vad bör …*" is a point in italics)."""
    starred = _STARRED_POINT.match(line.strip())
    return f"- {starred[2]}" if starred else line


def _in_table(line: str) -> bool:
    tabbed = "\t" in line.strip(" ") and bool(line.strip()) and not line.startswith("\t")
    return tabbed or line.lstrip().startswith("|")


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return line.split("\t")
    return [cell.replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def in_markup(text: str) -> list[tuple[int, str]]:
    """Return (depth, text) of what stands in HTML: 0 for running text, 1 and up for points of lists."""
    reader = _Markup()
    reader.feed(text)
    reader.close()
    return reader.told()


class _Markup(HTMLParser):
    _BLOCKS = frozenset({"p", "li", "ul", "ol", "br", "div", "td", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[tuple[int, str]] = []
        self._depth = 0
        self._words = ""
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin anew at each block."""
        del attrs
        self._hidden += tag in {"script", "style"}
        if tag in self._BLOCKS:
            self._end()
        self._depth += tag in {"ul", "ol"}

    def handle_endtag(self, tag: str) -> None:
        """End what a block held."""
        self._hidden -= tag in {"script", "style"} and self._hidden > 0
        if tag in self._BLOCKS:
            self._end()
        self._depth -= tag in {"ul", "ol"} and self._depth > 0

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self._hidden:
            self._words += data

    def told(self) -> list[tuple[int, str]]:
        """Return what was found."""
        self._end()
        return self._found

    def _end(self) -> None:
        text = re.sub(r"^[•·▪–-]\s+", "", one_line(clean(self._words)))
        if text:
            self._found.append((min(self._depth, 4), text))
        self._words = ""
