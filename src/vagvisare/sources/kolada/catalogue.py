"""Kolada's KPIs as they were listed in March 2026, bundled so that they can be searched without a network.

The list is a snapshot of facts (id, title, kind of unit, area, days of publication); ``README.md`` beside this module
says where it is from and how it is made. What Kolada itself answers goes before it.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from vagvisare.sources.contract import Found
from vagvisare.sources.kolada.description import KINDS, today

AS_LISTED = "mars 2026"
"""When the bundled list was made."""

_PLAIN = dict(zip("åäöéüèá", "aaoeuea", strict=True))
_SEPARATORS = "!\"#&'()*+,-./:;<=>?@[\\]^_`{|}~–—‐‑’‘”“„…·\t\r\u00a0"
_ENDINGS_SAID = """
    heterna heten heter hets het arnas ernas ornas arna erna orna andets andet ande ningarna ningar ningen nings ning
    skapen skaper skaps skap tionerna tioner tionens tionen tions tion ares aren arens are ast ste ade ats
    ens ets ar er or en et an na ad at as es ns ts a e s n t
"""
_ENDINGS = tuple(sorted(_ENDINGS_SAID.split(), key=len, reverse=True))
_STEM_LEAST = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One KPI of a list; ``kind`` is K (municipalities), L (regions) or A (both)."""

    id: str
    title: str
    kind: str = ""
    area: str = ""
    releases: tuple[date, ...] = ()
    by_sex: bool = False
    listed: bool = False
    """Known only from the bundled list."""


@dataclass(frozen=True, slots=True)
class _Text:
    """An entry's searchable text: words in lower case with a space before each, as written and without diacritics."""

    title: str
    plain_title: str
    area: str
    plain_area: str


def _texts(entries: Sequence[Entry]) -> list[_Text]:
    """Make all entries' text at once: a handful of sweeps over one long string, not thousands over short ones."""
    titles = "\n".join(f"{entry.id} {' '.join(entry.title.split())}" for entry in entries)
    areas = "\n".join(" ".join(entry.area.split()) for entry in entries)
    columns = (_spaced(titles), _plain(_spaced(titles)), _spaced(areas), _plain(_spaced(areas)))
    lines = [column.split("\n") for column in columns]
    return [_Text(*(f" {part}" for part in parts)) for parts in zip(*lines, strict=True)] if entries else []


def search(words: str, limit: int = 20, live: Sequence[Entry] = ()) -> list[Found]:
    """Return KPIs that have every word in title, id or area, best first.

    A word is looked for by its stem, so ”behörighet” finds ”behöriga till yrkesprogram”; a and o find å, ä and ö, but
    not the other way round. A title where the words begin words comes before one where they stand inside words, and
    that before one where only the area has them; then KPIs of regions before those of municipalities alone, and short
    titles before long. ``live`` are entries the source itself has just given; they go before the list's own.
    """
    stems = [_stem(word) for word in _spaced(words).split()]
    if not stems or limit <= 0:
        return []
    fresh = {entry.id for entry in live}
    pool = list(zip(live, _texts(live), strict=True))
    pool += [pair for pair in _listed() if pair[0].id not in fresh]
    ranked = []
    for entry, text in pool:
        score = _score(stems, text)
        if score is not None:
            ranked.append(((score, entry.kind == "K", len(entry.title), entry.id), entry))
    ranked.sort(key=lambda pair: pair[0])
    return [_found(entry) for _, entry in ranked[:limit]]


def entries() -> tuple[Entry, ...]:
    """Return every KPI of the bundled list."""
    return tuple(entry for entry, _ in _listed())


def longest_stem(words: str) -> str:
    """Return the piece of the longest word that a search should ask the source for; "" for no words."""
    return max((_stem(word) for word in _spaced(words).split()), key=len, default="")


def direction_of(kpi: str) -> str:
    """Return ``higher_is_better``, ``lower_is_better`` or ``context`` where somebody has said so, otherwise "".

    Kolada does not say which way is good; ``directions.csv`` names for each KPI where its direction was seen.
    """
    return _directions().get(kpi, "")


def _score(stems: Sequence[str], text: _Text) -> int | None:
    """Return how far the worst-placed words are from beginning a word of the title; None when one is nowhere."""
    total = 0
    for stem in stems:
        marked = not _PLAIN.keys().isdisjoint(stem)
        title, area = (text.title, text.area) if marked else (text.plain_title, text.plain_area)
        if f" {stem}" in title:
            continue
        if stem in title:
            total += 1
        elif stem in area:
            total += 10
        else:
            return None
    return total


def _stem(word: str) -> str:
    """Take one Swedish ending off a word, as long as enough of it is left to mean something.

    A consonant doubled before the ending is written once: programmen, program.
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM_LEAST:
            stem = word[: -len(ending)]
            return stem[:-1] if stem[-1] == stem[-2] and len(stem) > _STEM_LEAST else stem
    return word


def _spaced(text: str) -> str:
    text = text.lower()
    for separator in _SEPARATORS:
        text = text.replace(separator, " ")
    return text


def _plain(text: str) -> str:
    for letter, plain in _PLAIN.items():
        text = text.replace(letter, plain)
    return text


def _found(entry: Entry) -> Found:
    parts = (entry.area, KINDS.get(entry.kind, "").lower(), "könsuppdelad" if entry.by_sex else "")
    listed = f"enligt förteckningen {AS_LISTED}" if entry.listed else ""
    note = " · ".join(part for part in (*parts, listed) if part)
    coming = [day for day in entry.releases if day >= today()]
    return Found("kolada", entry.id, entry.title, next_release=min(coming, default=None), note=note)


@cache
def _listed() -> tuple[tuple[Entry, _Text], ...]:
    packed = files(__package__).joinpath("catalogue.csv.gz").read_bytes()
    lines = io.StringIO(gzip.decompress(packed).decode("utf-8"))
    rows = csv.reader(lines)
    next(rows)
    found = []
    for name, kind, by_sex, publication, preliminary, area, title in rows:
        days = tuple(_day(day) for day in (preliminary, publication) if day)
        found.append(Entry(name, title, kind, area, days, by_sex == "1", listed=True))
    return tuple(zip(found, _texts(found), strict=True))


@cache
def _day(text: str) -> date:
    return date.fromisoformat(text)


@cache
def _directions() -> dict[str, str]:
    text = files(__package__).joinpath("directions.csv").read_text(encoding="utf-8")
    return {row["kpi"]: row["direction"] for row in csv.DictReader(io.StringIO(text))}
