"""Where each key of a TOML text stands, so that a mistake can name its line.

The standard reader gives values without positions. This is a second, tolerant look at the same text that only
finds headers, keys and the elements of lists written over several lines; it never judges the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
"""The way to a value: keys, and positions in lists: ``("indicator", 0, "break", 1, "at")``."""

_KEY_PART = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")


def index_lines(text: str) -> dict[Path, int]:
    """Return the line (from 1) of every table header, key and multi-line list element in a TOML text."""
    scan = _Scan()
    for number, line in enumerate(text.split("\n"), start=1):
        scan.take(line, number)
    return scan.found


def line_of(found: dict[Path, int], path: Path) -> int:
    """Return the line of ``path``, or of the nearest thing around it that has one."""
    while path:
        if path in found:
            return found[path]
        path = path[:-1]
    return found.get((), 1)


@dataclass(slots=True)
class _Scan:
    found: dict[Path, int] = field(default_factory=lambda: {(): 1})
    counts: dict[Path, int] = field(default_factory=dict)
    base: Path = ()
    key: Path = ()
    quote: str = ""
    depth: int = 0
    commas: int = 0

    def take(self, line: str, number: int) -> None:
        """Read one physical line."""
        if self.quote or self.depth:
            if self.depth == 1 and not self.quote and line.strip(" \t],") and line.strip()[:1] != "#":
                self.found.setdefault((*self.key, self.commas), number)
            self._follow(line)
            return
        bare = line.strip()
        if not bare or bare.startswith("#"):
            return
        if bare.startswith("["):
            self._header(bare, number)
            return
        parts, rest = _parts(line)
        if parts and rest.startswith("="):
            self._mark((*self.base, *parts), number, len(self.base))
            self.key, self.commas = (*self.base, *parts), 0
            self._follow(rest[1:])

    def _header(self, bare: str, number: int) -> None:
        many = bare.startswith("[[")
        parts, _ = _parts(bare.lstrip("["))
        if not parts:
            return
        path: Path = ()
        for part in parts[:-1]:
            path = self._latest((*path, part))
        path = (*path, parts[-1])
        if many:
            at = self.counts.get(path, -1) + 1
            self.counts[path] = at
            self.found.setdefault(path, number)
            path = (*path, at)
        else:
            path = self._latest(path)
        self.base = path
        self.found.setdefault(path, number)

    def _latest(self, path: Path) -> Path:
        return (*path, self.counts[path]) if path in self.counts else path

    def _mark(self, path: Path, number: int, known: int) -> None:
        for end in range(known + 1, len(path) + 1):
            self.found.setdefault(path[:end], number)

    def _follow(self, text: str) -> None:
        """Walk over a value, remembering open strings and brackets."""
        at = 0
        while at < len(text):
            if self.quote:
                at = self._close(text, at)
                continue
            char = text[at]
            if char in "\"'":
                self.quote = char * 3 if text.startswith(char * 3, at) else char
                at += len(self.quote)
                continue
            if char == "#":
                return
            self.depth += (char in "[{") - (char in "]}")
            self.commas += char == "," and self.depth == 1
            at += 1
        if len(self.quote) == 1:
            self.quote = ""

    def _close(self, text: str, at: int) -> int:
        if text[at] == "\\" and self.quote[0] == '"':
            return at + 2
        if not text.startswith(self.quote, at):
            return at + 1
        at += len(self.quote)
        while len(self.quote) == 3 and text.startswith(self.quote[0], at):
            at += 1
        self.quote = ""
        return at


def _parts(text: str) -> tuple[tuple[str, ...], str]:
    """Split off the dotted key that opens ``text``; return its parts and the rest."""
    parts: list[str] = []
    at = 0
    while found := _KEY_PART.match(text, at):
        parts.append(next(group for group in found.groups() if group is not None))
        at = found.end()
        if not text.startswith(".", at):
            break
        at += 1
    return tuple(parts), text[at:]
