"""The keywords of a PX file: ``KEYWORD[language]("sub-key")=values;`` one after another, until DATA."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vagvisare.sources.px_file.wording import shown, unreadable
from vagvisare.terms.language import Text

LARGEST = 300_000_000
"""Bytes of a file."""

_MOST_KEYWORDS = 100_000
_ONCE = frozenset({"STUB", "HEADING", "VALUES", "CODES", "TIMEVAL", "KEYS", "ELIMINATION"})
"""Keywords that decide what the figures mean: told twice, they are told in vain."""


_NAME = re.compile(
    r"""\s*+ (?P<name>[A-Za-z][A-Za-z0-9_-]{0,60}) \s*+
        (?: \[ \s*+ "?(?P<language>[A-Za-z0-9_-]{0,20})"? \s*+ \] \s*+ )?
        (?: \( (?P<keys> \s*+ "[^"]*+" \s*+ (?: , \s*+ "[^"]*+" \s*+ )*+ ) \) \s*+ )?
        =""",
    re.VERBOSE,
)
_VALUE = re.compile(r'(?:[^";]++|"[^"]*+")*+;')
_PIECE = re.compile(r'"([^"]*)"|(,)|([^",\s]+)')
_CODEPAGE = re.compile(rb'^[ \t]*CODEPAGE[ \t]*=[ \t]*"([^"\r\n]{1,30})"', re.MULTILINE | re.IGNORECASE)
_CHARSET = re.compile(rb"^[ \t]*CHARSET[ \t]*=", re.MULTILINE | re.IGNORECASE)

_DOS_LETTERS, _WINDOWS_LETTERS = b"\x84\x86\x94\x8e\x8f\x99", "åäöÅÄÖ".encode("cp1252")
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "ansi": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-15": "iso-8859-15",
    "cp850": "cp850",
    "ibm850": "cp850",
    "cp437": "cp437",
    "ibm437": "cp437",
}
"""What writers call their code pages. Files that say iso-8859-1 often hold windows-1252, which only adds to it."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """One keyword with its value as written; ``keys`` are its sub-keys, ``line`` where it stands."""

    name: str
    language: str
    keys: tuple[str, ...]
    raw: str
    line: int

    def texts(self) -> list[str]:
        """Return the values: quoted or bare, separated by commas; pieces that follow without a comma are one text."""
        found: list[str] = []
        joined = False
        for quoted, comma, bare in _PIECE.findall(self.raw):
            if comma:
                joined = False
            elif joined:
                found[-1] += bare or quoted
            else:
                found.append(bare or quoted)
                joined = True
        return found

    def text(self) -> str:
        """Return the value as one text on one line; ``#`` stands for a line break in the format."""
        return " ".join(" ".join(self.texts()).replace("#", " ").split())


@dataclass(frozen=True, slots=True)
class Header:
    """Everything before the figures, in the file's own language; and the text of the figures themselves.

    ``data_line`` is the line where the figures begin.
    """

    name: str
    keywords: dict[tuple[str, tuple[str, ...]], Keyword]
    notes: tuple[Keyword, ...] = field(repr=False)
    data: str = field(repr=False)
    data_line: int = 0

    def get(self, name: str, *keys: str) -> Keyword | None:
        """Return a keyword, or None."""
        return self.keywords.get((name, keys))

    def text(self, name: str, *keys: str) -> str:
        """Return a keyword's value as one text; "" when it is not there."""
        found = self.get(name, *keys)
        return found.text() if found else ""

    def texts(self, name: str, *keys: str) -> list[str]:
        """Return a keyword's values; none when it is not there."""
        found = self.get(name, *keys)
        return found.texts() if found else []

    def every(self, name: str) -> list[Keyword]:
        """Return a keyword with any sub-keys, in the order of the file."""
        return [keyword for (called, _), keyword in self.keywords.items() if called == name]


def read_header(raw: bytes, name: str) -> Header:
    """Read the keywords of a PX file; keywords in other languages than the file's own are passed over.

    Raises:
        UnreadableError: when it is no PX file, or where it stops being one.
    """
    text = _decoded(raw, name)
    keywords: dict[tuple[str, tuple[str, ...]], Keyword] = {}
    notes: list[Keyword] = []
    main = ""
    for keyword in _scan(text, name):
        if keyword.name == "LANGUAGE" and not keyword.language:
            main = keyword.text().lower()
        if keyword.language and keyword.language.lower() != main:
            continue
        if keyword.name == "DATA":
            return Header(name, keywords, tuple(notes), keyword.raw, keyword.line)
        if keyword.name in {"NOTE", "NOTEX"} and not keyword.keys:
            notes.append(keyword)
            continue
        first = keywords.setdefault((keyword.name, keyword.keys), keyword)
        if first is not keyword and keyword.name in _ONCE and first.language == keyword.language:
            raise unreadable(name, keyword.line, _twice(keyword))
    raise unreadable(
        name,
        0,
        Text("Den har inga siffror: nyckelordet DATA saknas.", "It has no figures: the keyword DATA is missing."),
    )


def _twice(keyword: Keyword) -> Text:
    called = keyword.name + (f"({shown(', '.join(keyword.keys))})" if keyword.keys else "")
    return Text(f"Nyckelordet {called} står två gånger.", f"The keyword {called} stands twice.")


def _scan(text: str, name: str) -> Iterator[Keyword]:
    """Yield every keyword; the last is DATA, whose raw value is the rest of the file."""
    place, line, count = 0, 1, 0
    while place < len(text):
        found = _NAME.match(text, place)
        if found is None:
            here = line + _breaks(text, place, place + _blank(text, place))
            raise unreadable(name, here, _no_keyword(text[place : place + 400]))
        line += _breaks(text, place, found.start("name"))
        count += 1
        if count > _MOST_KEYWORDS:
            raise unreadable(name, line, Text("Filen har för många nyckelord.", "The file has too many keywords."))
        word = found["name"].upper()
        keys = tuple(re.findall(r'"([^"]*)"', found["keys"] or ""))
        if word == "DATA":
            begins = line + _breaks(text, found.start("name"), found.end())
            yield Keyword(word, "", keys, text[found.end() :], begins)
            return
        value = _VALUE.match(text, found.end())
        if value is None:
            raise unreadable(name, line, _no_end(word))
        yield Keyword(word, found["language"] or "", keys, value[0][:-1], line)
        line += _breaks(text, found.start("name"), value.end())
        place = value.end()


def _breaks(text: str, start: int, end: int) -> int:
    return text.count("\n", start, end)


def _blank(text: str, place: int) -> int:
    """Return how much white space stands at ``place``."""
    ahead = text[place : place + 4000]
    return len(ahead) - len(ahead.lstrip())


def _no_keyword(ahead: str) -> Text:
    word = shown(ahead)
    return Text(
        f"Här väntades ett nyckelord och ett likhetstecken, men det står ”{word}”.",
        f"A keyword and an equals sign were expected here, but it says “{word}”.",
    )


def _no_end(word: str) -> Text:
    return Text(
        f"Värdet på {word} tar inte slut: ett citattecken eller ett semikolon saknas.",
        f"The value of {word} does not end: a quotation mark or a semicolon is missing.",
    )


def _decoded(raw: bytes, name: str) -> str:
    if len(raw) > LARGEST:
        most = LARGEST // 1_000_000
        why = Text(f"Den är större än {most} megabyte.", f"It is larger than {most} megabytes.")
        raise unreadable(name, 0, why)
    raw = raw.rstrip(b"\x1a\r\n\t ")  # DOS programs end a text with Ctrl-Z
    if b"\0" in raw:
        why = Text("Den är ingen textfil.", "It is no text file.")
        raise unreadable(name, raw[: raw.index(b"\0")].count(b"\n") + 1, why)
    encoding = _encoding(raw, name)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "cp1252":  # five bytes mean nothing there; in iso-8859-1 they are control characters
            text = raw.decode("iso-8859-1")
        else:
            why = Text(f"Där står tecken som inte är {encoding}.", f"There are characters that are not {encoding}.")
            raise unreadable(name, raw[: error.start].count(b"\n") + 1, why) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding(raw: bytes, name: str) -> str:
    """Return the encoding the file declares; without a code page, the one its bytes speak for."""
    if raw.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    head = raw[:20_000]
    declared = _CODEPAGE.search(head)
    if declared:
        called = declared[1].decode("ascii", "replace").strip().lower()
        if called in _ENCODINGS:
            return _ENCODINGS[called]
        line = raw[: declared.start(1)].count(b"\n") + 1
        why = Text(f"Teckentabellen ”{shown(called)}” är okänd.", f"The code page “{shown(called)}” is not known.")
        raise unreadable(name, line, why)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        dos = _CHARSET.search(head) is None and _count(raw, _DOS_LETTERS) > _count(raw, _WINDOWS_LETTERS)
        return "cp850" if dos else "cp1252"
    return "utf-8"


def _count(raw: bytes, letters: bytes) -> int:
    return sum(raw.count(letter) for letter in letters)
