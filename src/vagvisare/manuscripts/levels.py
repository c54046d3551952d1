"""What a strategy's levels tell of a document: which headings begin which level, and what lies under what.

Nothing here knows the levels of one strategy: the names it gives them are what its documents write as headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vagvisare.editions.document import Edition, LevelName
from vagvisare.terms.territory import slug

CHANGES = "changes"
TRENDS = "trends"
_CHANGES_WORDS = ("viktigaste ändringarna", "viktigaste ändringar", "viktiga ändringar", "main changes")
_TRENDS = re.compile(r"omvärld|trend|megatrend", re.IGNORECASE)
_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?P<title>\S.*)")
_CONTINUED = re.compile(r"\s*[(,–-]?\s*\b(?:forts(?:ättning)?|cont(?:inued)?)\b\.?\)?\s*$", re.IGNORECASE)
STAMPS = ("REMISSVERSION", "REMISSUTGÅVA", "ARBETSMATERIAL", "ARBETSVERSION", "UTKAST", "KONCEPT", "SAMRÅDSVERSION")
_STAMP = re.compile(rf"\s*[-–(]*\s*\b({'|'.join(STAMPS)})\b\s*\)?\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading taken apart: its number, its words, and the stamp it carried."""

    number: str
    title: str
    stamp: str = ""

    @property
    def parts(self) -> int:
        """How many numbers there are in its number."""
        return len(self.number.split(".")) if self.number else 0


def take_apart(text: str) -> Heading:
    """Return a heading's number, words and stamp: "5.3 Kunskapslyft och utbildning REMISSVERSION"."""
    stamp = _STAMP.search(text)
    bare = _CONTINUED.sub("", text[: stamp.start()] if stamp else text)
    numbered = _NUMBER.fullmatch(bare)
    words = (numbered["number"], numbered["title"]) if numbered else ("", bare)
    return Heading(words[0], words[1].strip(), stamp[1] if stamp else "")


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels of a strategy, and where each has its place, as earlier editions show or its own names suggest."""

    names: tuple[LevelName, ...]
    known: tuple[Edition, ...] = ()
    parents: dict[str, str] = field(init=False)
    area: str = field(init=False)
    chapter: str = field(init=False)
    passage: str = field(init=False)
    vision: str = field(init=False)
    details: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Find the level of areas, of chapters and of running text, and what lies under what."""
        keys = [level.key for level in self.names]
        area = _first(self.names, "area", "område") or (keys[0] if keys else "")
        chapter = _first(self.names, "chapter", "kapitel") or area
        passage = _first(self.names, "passage", "text") or chapter
        vision = _first(self.names, "vision", "vision")
        details = tuple(keys[keys.index(area) + 1 :]) if area in keys else ()
        put = {"area": area, "chapter": chapter, "passage": passage, "vision": vision, "details": details}
        for name, value in put.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "parents", self._usual_parents() | _parents_in(self.known))

    def _usual_parents(self) -> dict[str, str]:
        usual = dict.fromkeys(self.details, self.area) | {self.passage: self.chapter, self.vision: self.chapter}
        between = [level.key for level in self.names if level.key not in {self.chapter, self.passage, self.vision}]
        goals = between[: between.index(self.area)] if self.area in between else []
        above = self.vision or self.chapter
        for key in goals:
            if re.search(r"mål|goal", self.name(key), re.IGNORECASE):
                usual[key] = above
                above = key
            else:
                usual[key] = self.chapter
        return usual | {self.area: "", self.chapter: ""}

    def name(self, key: str) -> str:
        """Return what a level is called, in the singular."""
        return next((level.name.sv for level in self.names if level.key == key), key)

    def section(self, title: str) -> str:
        """Return which level the heading ``title`` begins, CHANGES for the stated changes, or an empty text."""
        said = _plain(title)
        for level in self.names:
            if said in {_plain(level.name.sv), _plain(level.plural.sv), _plain(level.name.en), _plain(level.plural.en)}:
                return level.key
        return CHANGES if said in _CHANGES_WORDS else ""

    def told_in(self, title: str) -> tuple[str, ...]:
        """Return the levels that a chapter's heading names: "Vår vision och övergripande mål" names two."""
        said = _plain(title)
        return tuple(
            level.key
            for level in self.names
            if level.key not in {self.chapter, self.passage, self.area, *self.details}
            and re.search(rf"\b{re.escape(_plain(level.name.sv))}\b", said)
        )

    def is_detail(self, section: str) -> bool:
        """Tell whether a section is one that every area has."""
        return section in self.details or section == CHANGES

    def prefix(self, level: str) -> tuple[bool, str]:
        """Return whether a level's addresses begin with their parent's, and what stands before their last part."""
        habits = Counter(
            _habit(node.address, node.parent)
            for edition in self.known
            for node in edition.nodes
            if node.level == level and "/" in node.address
        )
        if habits:
            return habits.most_common(1)[0][0]
        if level == self.passage and level not in {self.chapter, self.area}:
            return True, ""
        words = self.name(level).split()
        return level in self.details, slug(words[-1]) if words else ""


def is_about_trends(title: str) -> bool:
    """Tell whether a heading announces trends in the world around."""
    return bool(_TRENDS.search(title))


def _plain(text: str) -> str:
    return " ".join(text.casefold().strip(" :.").split())


def _first(names: Sequence[LevelName], key: str, word: str) -> str:
    """Return the level with a key, else the first whose name has a word in it."""
    exact = (level.key for level in names if level.key == key)
    named = (level.key for level in names if word in level.name.sv.casefold())
    return next(exact, None) or next(named, "")


def _habit(address: str, parent: str) -> tuple[bool, str]:
    inside = bool(parent) and address.startswith(f"{parent}/")
    rest = address[len(parent) + 1 :] if inside else address
    return inside, rest.rpartition("/")[0]


def _parents_in(editions: Iterable[Edition]) -> dict[str, str]:
    seen: dict[str, Counter[str]] = {}
    for edition in editions:
        for node in edition.nodes:
            above = edition.by_address.get(node.parent)
            seen.setdefault(node.level, Counter())[above.level if above else ""] += 1
    return {level: parents.most_common(1)[0][0] for level, parents in seen.items()}
