"""Themes that run across areas: where each occurs, by its words and by the tags people have set.

The words of a theme are stems. How a stem finds words in Swedish text:

* It finds every word that begins with it, capital letters aside: ``digital`` finds "digitaliseringens".
* It finds it inside a compound, after a first part of three letters or more that could be a word (it has a vowel):
  ``hållbar`` finds "miljöhållbarhet", but not "ohållbar", where the first part is a mere o.
* A hyphen begins a new word: ``AI`` finds "AI-stöd".
* A stem of up to three letters is too short to be looked for inside words: it finds whole words only, and one in
  capitals is found in capitals only, so that ``AI`` does not find "ai" in other text.
* A stem of several words finds them side by side, each with its own ending: ``grön omställning``.
* A word with a minus before it is left out with all its endings: ``-företagsklimat`` beside ``klimat``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from vagvisare.editions.document import Edition
from vagvisare.editions.registers import Theme
from vagvisare.editions.screening import area_above

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_VOWEL = re.compile("[aeiouyåäöéü]", re.IGNORECASE)
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”\"–])|\n+")
_SHORT_FORMS = re.compile(r"(?:\b[a-zåäö]|\bbl|\bdvs|\bm\.?fl|\bosv|\bca|\bkl|\bnr)\.$", re.IGNORECASE)
SHORT = 3
"""Letters up to which a stem is too short to be found inside words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A run of text in which a stem was found: where it begins and ends, and the stem."""

    start: int
    end: int
    stem: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A theme in one node: the hits in its text, and whether a person has tagged it."""

    theme: str
    address: str
    area: str
    hits: tuple[Hit, ...]
    tagged: bool

    @property
    def words(self) -> int:
        """How many times the words occur."""
        return len(self.hits)


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of a sentence, marked where a word of the theme stands."""

    text: str
    marked: bool


def hits(text: str, words: Iterable[str]) -> tuple[Hit, ...]:
    """Return where the words of a theme occur in a text, in its order; no two overlap."""
    stems = [word.strip() for word in words if word.strip()]
    left_out = [stem[1:].strip() for stem in stems if stem.startswith("-")]
    tokens = [(found.start(), found.group()) for found in _WORD.finditer(text)]
    barred = {place for stem in left_out for place, _ in _found(text, tokens, stem)}
    spans: list[Hit] = []
    taken: set[int] = set()
    # The longest stem first: "digital infrastruktur" is said once, not as two.
    for stem in sorted((stem for stem in stems if not stem.startswith("-")), key=len, reverse=True):
        for first, last in _found(text, tokens, stem):
            places = set(range(first, last + 1))
            if not places & (taken | barred):
                taken |= places
                start, word = tokens[last]
                spans.append(Hit(tokens[first][0], start + len(word), stem))
    return tuple(sorted(spans, key=lambda hit: hit.start))


def _found(text: str, tokens: list[tuple[int, str]], stem: str) -> list[tuple[int, int]]:
    """Return the first and last token of every place where a stem stands."""
    parts = tuple(_WORD.findall(stem))
    if not parts:
        return []
    return [
        (at, at + len(parts) - 1)
        for at in range(len(tokens) - len(parts) + 1)
        if all(_fits(part, tokens[at + step][1], inside=step == 0) for step, part in enumerate(parts))
        and all(_side_by_side(text, tokens[at + step], tokens[at + step + 1]) for step in range(len(parts) - 1))
    ]


def _side_by_side(text: str, left: tuple[int, str], right: tuple[int, str]) -> bool:
    return text[left[0] + len(left[1]) : right[0]] in {" ", "-", "\u00a0"}


@lru_cache(maxsize=20_000)
def _fits(stem: str, word: str, *, inside: bool) -> bool:
    """Tell whether a stem is found in one word: at its start, or after the first part of a compound."""
    if len(stem) <= SHORT:
        return word == stem if stem.isupper() else word.lower() == stem.lower()
    lower, wanted = word.lower(), stem.lower()
    if lower.startswith(wanted):
        return True
    at = lower.find(wanted, SHORT)
    return inside and at >= SHORT and _VOWEL.search(lower[:at]) is not None


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each sentence begins and ends; shortened words such as "t.ex." end none."""
    found, start = [], 0
    for gap in _END.finditer(text):
        if "\n" in gap.group() or not _SHORT_FORMS.search(text[: gap.start()]):
            found.append((start, gap.start()))
            start = gap.end()
    found.append((start, len(text)))
    return tuple((first, last) for first, last in found if text[first:last].strip())


def marked_sentences(text: str, found: Iterable[Hit]) -> tuple[tuple[Marked, ...], ...]:
    """Return the sentences of a text that hold a hit, in pieces, the hits marked."""
    every = tuple(found)
    told = []
    for first, last in sentences(text):
        inside = [hit for hit in every if first <= hit.start < last]
        if inside:
            told.append(_in_pieces(text, first, last, inside))
    return tuple(told)


def _in_pieces(text: str, first: int, last: int, inside: list[Hit]) -> tuple[Marked, ...]:
    pieces, at = [], first
    for hit in inside:
        pieces += [Marked(text[at : hit.start], marked=False), Marked(text[hit.start : hit.end], marked=True)]
        at = hit.end
    pieces.append(Marked(text[at : max(at, last)], marked=False))
    return tuple(piece for piece in pieces if piece.text)


def occurrences(
    edition: Edition, themes: Iterable[Theme], area_level: str, tags: Iterable[tuple[str, str]] = ()
) -> tuple[Occurrence, ...]:
    """Return every node in which a theme occurs, theme by theme and in the edition's order.

    Args:
        edition: whose nodes are read, in Swedish.
        themes: with their words; the nodes they name count as tagged.
        area_level: level of the areas; nodes outside them have an empty ``area``.
        tags: further tags, as (theme, address).
    """
    by_hand = set(tags)
    areas = {node.address: area_above(edition, node, area_level) for node in edition.nodes}
    told = []
    for theme in themes:
        tagged = {*theme.nodes} | {address for key, address in by_hand if key == theme.key}
        for node in edition.nodes:
            found = hits(node.text, theme.words)
            if found or node.address in tagged:
                told.append(Occurrence(theme.key, node.address, areas[node.address], found, node.address in tagged))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class Heat:
    """A theme in one area: nodes in which it occurs, times its words occur, nodes tagged; ``before`` is nodes before.

    ``before`` is None where there is no edition before, or where the area was not in it.
    """

    nodes: int
    words: int
    tagged: int
    before: int | None = None


def heat(
    edition: Edition,
    found: Iterable[Occurrence],
    area_level: str,
    before: tuple[Edition, Iterable[Occurrence]] | None = None,
) -> dict[tuple[str, str], Heat]:
    """Count every theme in every area (and, under an empty address, outside them): ``{(theme, area): Heat}``."""
    now, earlier = tuple(found), () if before is None else tuple(before[1])
    known = set() if before is None else {node.address for node in before[0].at(area_level)} | {""}
    areas = [*(node.address for node in edition.at(area_level)), ""]
    counted = {}
    for theme in dict.fromkeys(each.theme for each in (*now, *earlier)):
        for area in areas:
            here = [each for each in now if (each.theme, each.area) == (theme, area)]
            then = sum((each.theme, each.area) == (theme, area) for each in earlier) if area in known else None
            counted[theme, area] = Heat(
                len(here), sum(each.words for each in here), sum(each.tagged for each in here), then
            )
    return counted
