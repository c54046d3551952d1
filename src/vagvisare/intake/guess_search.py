"""Searching for an indicator in words: everyday words beside those of statistics, hits of several sources together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import islice, product

from vagvisare.intake.guess_wording import plain
from vagvisare.sources.contract import Found
from vagvisare.sources.kolada import catalogue
from vagvisare.sources.kolada.description import KINDS
from vagvisare.terms.language import Text

EVERYDAY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ungdom", ("18-24 år", "16-24 år", "15-24 år", "unga")),
    ("unga", ("18-24 år", "16-24 år", "ungdom")),
    ("jobb", ("sysselsatt", "sysselsättning", "arbetande")),
    ("invandrare", ("utrikes född", "utrikesfödda")),
    ("äldre", ("65+", "65-", "80+", "särskilt boende")),
    ("klimat", ("växthusgas", "koldioxid")),
    ("lön", ("inkomst", "förvärvsinkomst")),
    ("brott", ("anmälda brott", "utsatt")),
    ("internet", ("bredband",)),
    ("fattig", ("ekonomisk utsatthet", "låg ekonomisk standard")),
    ("buss", ("kollektivtrafik",)),
    ("tåg", ("kollektivtrafik",)),
    ("dagis", ("förskola",)),
    ("bnp", ("bruttoregionprodukt", "brp")),
)
"""Everyday words (as they begin) and what statistics calls the same thing; our own list, and no more than a help."""

_MOST_WAYS, _MORE = 30, 50
_PART = 4
"""The fewest letters of a part of a compound."""
_ASIDE = re.compile(r"\(-\d{4}\)\s*$|^osäkerhetstal|\bnedlagd\b", re.IGNORECASE)
_UNSAID = Text("", "")
_KINDS = {
    "K": Text("kommuner", "municipalities"),
    "L": Text("regioner", "regions"),
    "A": Text("kommuner och regioner", "municipalities and regions"),
}
_BY_SEX = re.compile(r"\bkön\b|\bsex\b|könsuppdelad", re.IGNORECASE)
_COVERS = (
    (re.compile(r"\bkommun", re.IGNORECASE), Text("kommuner", "municipalities")),
    (re.compile(r"\blän\b|\bcount(?:y|ies)\b", re.IGNORECASE), Text("län", "counties")),
    (re.compile(r"\bregion|nuts", re.IGNORECASE), Text("regioner", "regions")),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """Something to follow: where it is, what it is called, what it covers, and when there is more of it.

    ``covers`` is empty, and ``by_sex`` None, where the source does not say. ``last`` is its latest period, ``release``
    the day it announces next. ``listed`` hits come from the bundled list.
    """

    source: str
    table: str
    title: str
    covers: Text = _UNSAID
    by_sex: bool | None = None
    first: str = ""
    last: str = ""
    release: date | None = None
    subject: str = ""
    listed: bool = False

    @property
    def id(self) -> str:
        """What ``indicator add`` takes: ``kolada:N15428``."""
        return f"{self.source}:{self.table}"


def listed(words: str, limit: int) -> list[Hit]:
    """Return KPIs of the bundled list that fit the words, or the most of them, best first."""
    return ranked(words, [("kolada", tried(words, limit))], limit)


def tried(words: str, limit: int) -> list[Found]:
    """Search for the words, for what statistics calls the same, and then with a word less each time."""
    found: dict[str, Found] = {}
    # More than asked for: those no longer kept up are put last only afterwards.
    for way in _ways(words):
        for each in catalogue.search(way, limit + _MORE):
            found.setdefault(each.table, each)
        if len(found) >= limit:
            break
    return list(found.values())


def _ways(words: str) -> Iterable[str]:
    told = words.split()
    yield words
    yield from _renamed(told)
    yield " ".join(_divided(word) for word in told)
    if len(told) > 1:
        # The word that fewest titles have says most of what is meant: it is dropped last.
        rare = sorted(told, key=lambda word: len(catalogue.search(word, 10_000)) or 10_000)
        for kept in range(len(told) - 1, 0, -1):
            yield " ".join(rare[:kept])


def _renamed(words: Sequence[str]) -> Iterable[str]:
    """Give the words with one or more of them as statistics says it."""
    every = [(word, *_called(word)) for word in words]
    ways = (" ".join(way) for way in product(*every))
    yield from islice(ways, 1, _MOST_WAYS)


def _divided(word: str) -> str:
    """Return a compound that no title has as the two words it is made of, where titles have both."""
    if catalogue.search(word, 1):
        return word
    for place in range(_PART, len(word) - _PART + 1):
        first, second = word[:place], word[place:]
        pair = f"{first.removesuffix('s') if len(first) > _PART else first} {second}"
        if catalogue.search(pair, 1):
            return pair
    return word


def _called(word: str) -> tuple[str, ...]:
    """Return what statistics calls an everyday word; nothing where our list does not have it."""
    found = (terms for everyday, terms in EVERYDAY if word.casefold().startswith(everyday))
    return tuple(dict.fromkeys(term for terms in found for term in terms))


def ranked(words: str, found: Sequence[tuple[str, Sequence[Found]]], limit: int) -> list[Hit]:
    """Return what several sources found as one list, each thing once: those with most of the words first.

    Among equals those that are no longer kept up, or only tell of uncertainty, come last; otherwise each source keeps
    its own order, and the sources take turns.
    """
    wanted = [(stem, _terms(stem)) for stem in (catalogue.longest_stem(word) for word in words.split()) if stem]
    rows: dict[str, tuple[tuple[int, bool, int, int], Hit]] = {}
    for number, (source, hits) in enumerate(found):
        for place, each in enumerate(hits):
            title = f"{each.table} {each.title}".casefold()
            missing = sum(1 for _, terms in wanted if not any(term in title for term in terms))
            aside = bool(_ASIDE.search(each.title))
            rows.setdefault(f"{source}:{each.table}", ((missing, aside, place, number), hit(source, each)))
    return [row for _, row in sorted(rows.values(), key=lambda pair: pair[0])][:limit]


def _terms(stem: str) -> tuple[str, ...]:
    return (stem.casefold(), *(term.casefold() for term in _called(stem)))


def hit(source: str, found: Found) -> Hit:
    """Return what a source found, with what its title and notes say of places and sexes."""
    parts = [part.strip() for part in found.note.split(" · ") if part.strip()]
    kinds = {words.lower(): kind for kind, words in KINDS.items()}
    kind = next((kinds[part.lower()] for part in parts if part.lower() in kinds), "")
    entry = _entries().get(found.table) if source == "kolada" else None
    if source == "kolada":
        covers = _KINDS.get(kind, _UNSAID)
        by_sex = True if (entry is not None and entry.by_sex) or "könsuppdelad" in parts else None
    else:
        covers = next((words for pattern, words in _COVERS if pattern.search(found.title)), _UNSAID)
        by_sex = True if _BY_SEX.search(found.title) else None
    subject = next((part for part in parts if part.lower() not in kinds and not _BY_SEX.search(part)), "")
    return Hit(
        source,
        plain(found.table, 400),
        plain(found.title, 300),
        covers,
        by_sex,
        plain(found.first, 20),
        plain(found.last, 20),
        found.next_release,
        plain(subject, 80),
        listed=any(catalogue.AS_LISTED in part for part in parts),
    )


@cache
def _entries() -> dict[str, catalogue.Entry]:
    return {entry.id: entry for entry in catalogue.entries()}


def suggestions(words: str) -> list[tuple[str, int]]:
    """Return other words to search for, with how many KPIs of the bundled list have them: never one with none."""
    tried: dict[str, None] = {}
    for word in words.split():
        tried.update(dict.fromkeys(_near(word.casefold())))
        tried.update(dict.fromkeys(_called(word)))
        stem = catalogue.longest_stem(word)
        tried.update(dict.fromkeys(stem[:length] for length in range(len(stem) - 1, 4, -1)))
    counted = [(word, len(catalogue.search(word, 10_000))) for word in list(tried)[:12] if word]
    told = [(word, count) for word, count in counted if count]
    # A mere piece of another word that finds the very same is no suggestion of its own.
    return [each for each in told if not any(o != each[0] and o.startswith(each[0]) for o, n in told if n == each[1])][
        :4
    ]


def _near(word: str) -> list[str]:
    return get_close_matches(word, _vocabulary(), n=3, cutoff=0.75)


@cache
def _vocabulary() -> tuple[str, ...]:
    words = re.findall(r"[a-zåäöé]{5,}", "\n".join(entry.title for entry in catalogue.entries()).casefold())
    return tuple(dict.fromkeys(words))
