"""What only shows when the texts of a strategy are held against each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vagvisare.proofreading.dictionary import Dictionary
from vagvisare.proofreading.remark import Found, Kind, Remark, TextAt
from vagvisare.proofreading.spelling import distance
from vagvisare.proofreading.terms import Terms
from vagvisare.proofreading.words import Word, words_of
from vagvisare.terms.language import Text

_TELLING = 8
"""Letters: a word this long before a noun says which noun is to be expected; a shorter one stands before any."""
_LOOSE_ENDS = re.compile(r"(?:[.!?:;]|[\"”])\s*$")
_SAME = re.compile(r"[\s:’'-]+")

Cut = Sequence[tuple[TextAt, tuple[Word, ...]]]


def across(texts: Sequence[TextAt], terms: Terms, dictionary: Dictionary) -> Iterator[Found]:
    """Yield what is said in two ways, stands beside another word than elsewhere, or was cut in two."""
    cut = [(at, words_of(at.text)) for at in texts]
    yield from _split_words(cut, terms, dictionary)
    yield from _odd_neighbours(cut, dictionary)
    yield from _variants(cut)
    yield from _split_points(texts)


def _split_words(cut: Cut, terms: Terms, dictionary: Dictionary) -> Iterator[Found]:
    """Two words that elsewhere, or in the dictionary, are one ("konkurrens kraften")."""
    stems = {dictionary.stem(word.plain) for _, words in cut for word in words if len(word.plain) > 6} | terms.words
    beginnings = {stem[:5] for stem in stems}
    for at, words in cut:
        for one, two in pairwise(words):
            if two.gap != " " or min(len(one.text), len(two.text)) < 4 or one.hanging or two.text[0].isupper():
                continue
            joined = one.plain + two.plain
            if joined[:5] not in beginnings:
                continue
            usual = dictionary.simple(joined) and dictionary.stem(joined) in stems
            if (usual or terms.has(joined)) and not dictionary.present(two.plain):
                better = one.text + two.text
                what = Text(f"Skrivs i ett ord: ”{better}”.", f"Written as one word: “{better}”.")
                yield Found(at.address, Remark(Kind.SPLIT_WORD, one.start, two.end, what, better))


def _odd_neighbours(cut: Cut, dictionary: Dictionary) -> Iterator[Found]:
    """A telling word that elsewhere stands before one noun, and here before another that is nearly spelled so."""
    after: dict[str, list[tuple[TextAt, Word, Word]]] = defaultdict(list)
    for at, words in cut:
        for one, two in pairwise(words):
            if two.gap == " " and len(one.plain) >= _TELLING and len(two.plain) >= 4 and not one.hanging:
                after[_bare(one.plain)].append((at, one, two))
    for places in after.values():
        if len(places) < 3:
            continue
        stems = Counter(dictionary.stem(two.plain) for _, _, two in places)
        for at, one, two in places:
            here = dictionary.stem(two.plain)
            usual, often = stems.most_common(1)[0]
            if (
                stems[here] > 1
                or often < 2
                or here.startswith(usual)
                or usual.startswith(here)
                or not 0 < distance(here, usual, 2) <= 2
            ):
                continue
            better = _in_form(two.plain, here, usual, dictionary)
            what = Text(
                f"På andra ställen står ”{one.text}” före ”{usual}”, här före ”{two.text}”. Är det rätt ord?",
                f"Elsewhere “{one.text}” stands before “{usual}”, here before “{two.text}”. Is it the right word?",
            )
            yield Found(at.address, Remark(Kind.ODD_NEIGHBOUR, two.start, two.end, what, better))


def _bare(word: str) -> str:
    """Return an adjective without the ending it takes from its noun: only to hold places against each other."""
    return re.sub(r"(?:ade|at|ad|a|e|t)$", "", word)


def _in_form(word: str, stem: str, other: str, dictionary: Dictionary) -> str:
    ending = word[len(stem) :] if word.startswith(stem) else ""
    made = other + ending
    return made if dictionary.known(made) else other


def _variants(cut: Cut) -> Iterator[Found]:
    """One thing spelled in two ways: joined, with a hyphen, or apart. The rarer way is remarked upon."""
    ways: dict[str, dict[str, list[tuple[str, int, int]]]] = defaultdict(lambda: defaultdict(list))
    for at, words in cut:
        for word in words:
            if not word.hanging and len(word.plain) > 5:
                _note(ways, at, word.text, word.start, word.end)
        for one, two in pairwise(words):
            if two.gap == " " and not one.hanging and not two.hanging and len(two.plain) > 2 and len(one.plain) > 2:
                _note(ways, at, at.text[one.start : two.end], one.start, two.end)
    for spelled in ways.values():
        if len(spelled) < 2 or not any("-" in way for way in spelled):
            continue
        usual = max(spelled, key=lambda way: (len(spelled[way]), "-" in way, way))
        for way, places in spelled.items():
            if way == usual:
                continue
            for address, start, end in places:
                what = Text(f"På andra ställen skrivs det ”{usual}”.", f"Elsewhere it is written “{usual}”.")
                yield Found(address, Remark(Kind.VARIANT, start, end, what, usual))


def _note(ways: dict[str, dict[str, list[tuple[str, int, int]]]], at: TextAt, way: str, start: int, end: int) -> None:
    folded = way.casefold() if not way[0].isupper() or way[1:2].islower() else way[0] + way[1:].casefold()
    kept = way if any(c.isupper() for c in way[1:]) else folded
    ways[_SAME.sub("", way.casefold())][kept].append((at.address, start, end))


def _split_points(texts: Sequence[TextAt]) -> Iterator[Found]:
    """A point that begins in small letters after one without an end: most likely one point that became two."""
    for one, two in pairwise(texts):
        if not one.group or one.group != two.group or not two.text[:1].islower():
            continue
        if not _LOOSE_ENDS.search(one.text) and one.text[:1].isupper():
            what = Text(
                f"Punkten fortsätter kanske den förra: ”{one.text} {two.text}”.",
                f"The point may continue the one before: “{one.text} {two.text}”.",
            )
            yield Found(two.address, Remark(Kind.SPLIT_POINT, 0, len(two.text), what))
