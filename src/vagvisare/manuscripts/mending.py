"""Small mends of a piece's text, each said: emphasis marks, hard breaks, invisible characters."""

from __future__ import annotations

import re
import unicodedata

_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1|(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\3(?!\w)", re.DOTALL)
_SPACES = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n", "\r": "\n", "\x85": "\n"})


def clean(text: str) -> str:
    """Return text without invisible and control characters, in composed form, with ordinary spaces."""
    text = unicodedata.normalize("NFC", text.translate(_BREAKS))
    text = _INVISIBLE.sub("", text)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def one_line(text: str) -> str:
    """Return text on one line."""
    return " ".join(clean(text).split())


def plain_emphasis(text: str) -> str:
    """Return text without the stars and underlines that Markdown writes emphasis with."""
    before = ""
    while before != text:
        before = text
        text = _EMPHASIS.sub(lambda match: match[2] or match[4], text)
    return text


def joined_lines(lines: list[str]) -> str:
    """Return lines as running text: a word divided at the end of a line becomes whole again."""
    made = ""
    for line in lines:
        if made.endswith("-") and line[:1].islower() and not re.match(r"(?:och|eller|samt|till)\b", line):
            divided = re.search(r"[^\W\d_]{2,}-$", made)
            made = (made[:-1] if divided else made) + line
        else:
            made = f"{made} {line}" if made else line
    return made
