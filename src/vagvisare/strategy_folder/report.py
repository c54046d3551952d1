"""Collect every mistake of a folder with its file and line, so that all can be told at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from vagvisare.strategy_folder.line_index import Path, line_of
from vagvisare.terms.errors import NOTHING, Mistake
from vagvisare.terms.language import Text


@dataclass(slots=True)
class Document:
    """One file of the folder: its name inside the folder, its plain content, and where each thing stands.

    ``locate`` builds the line index; it is called only when a mistake needs a line.
    """

    file: str
    data: dict[str, object]
    locate: Callable[[], dict[Path, int]]
    lines: dict[Path, int] | None = None

    def line(self, path: Path) -> int:
        """Return the line (from 1) where ``path`` stands."""
        if self.lines is None:
            self.lines = self.locate()
        return line_of(self.lines, path)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document."""

    document: Document
    path: Path = ()

    def at(self, *steps: str | int) -> Place:
        """Return the place ``steps`` further in."""
        return Place(self.document, (*self.path, *steps))


@dataclass(slots=True)
class Report:
    """All mistakes found so far, and the place of every value read.

    A place that has been reported is not reported again: later checks may stumble over the same thing. ``lost`` are
    names (kind, name) whose values could not be read, ``blind`` kinds of names where a whole file could not be.
    """

    mistakes: list[Mistake] = field(default_factory=list)
    lost: set[tuple[str, str]] = field(default_factory=set)
    blind: set[str] = field(default_factory=set)
    _told: set[tuple[str, Path]] = field(default_factory=set)
    _places: dict[int, tuple[object, Place]] = field(default_factory=dict)

    def add(self, place: Place, what: Text, suggestion: Text = NOTHING) -> None:
        """Note a mistake at ``place``."""
        key = (place.document.file, place.path)
        if key not in self._told:
            self._told.add(key)
            line = place.document.line(place.path)
            self.mistakes.append(Mistake(place.document.file, line, what, suggestion))

    def add_line(self, file: str, line: int, what: Text, suggestion: Text = NOTHING, path: Path | None = None) -> None:
        """Note a mistake on a line that is not (yet) a place; ``path`` where it also would be found later."""
        self.mistakes.append(Mistake(file, line, what, suggestion))
        if path is not None:
            self._told.add((file, path))

    def stands(self, value: object, place: Place) -> None:
        """Remember where ``value`` was read."""
        self._places[id(value)] = (value, place)

    def place(self, value: object) -> Place | None:
        """Return where ``value`` was read, or None for a value nobody read."""
        found = self._places.get(id(value))
        return found[1] if found else None

    def may_exist(self, kind: str, name: str) -> bool:
        """Tell whether a name not found may stand in something that could not be read."""
        return kind in self.blind or (kind, name) in self.lost

    def about(self, value: object, steps: Path, what: Text, suggestion: Text = NOTHING) -> None:
        """Note a mistake in the field ``steps`` of a value that was read."""
        place = self.place(value)
        if place is not None:
            self.add(place.at(*steps), what, suggestion)
