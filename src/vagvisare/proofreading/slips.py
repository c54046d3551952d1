"""Slips that every word taken by itself hides: doubled words, two verbs in a row, dashes, quotes, a loose genitive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from vagvisare.proofreading.dictionary import Dictionary
from vagvisare.proofreading.remark import Kind, Remark
from vagvisare.proofreading.words import Word, words_of
from vagvisare.terms.language import Text

_MAY_BE_DOUBLED = frozenset({"av", "på", "som", "i", "för", "till", "med", "är", "att", "den", "det", "de", "var"})
"""Words that two phrases side by side rightly repeat ("det vi tror på på lång sikt")."""
_NEVER_DOUBLED = frozenset({"är", "att", "den", "de", "och", "en", "ett"})
_OPEN_MAIN_CLAUSE = frozenset(
    {
        "är",
        "har",
        "kan",
        "ska",
        "skall",
        "bör",
        "får",
        "vill",
        "måste",
        "blir",
        "behöver",
        "kommer",
        "finns",
        "ger",
        "gör",
        "står",
        "går",
        "vet",
        "tror",
        "verkar",
        "känns",
    }
)
"""After "de som bor …" one of these rightly follows: then two verbs stand in a row."""
_STAND_ALONE = frozenset(
    {
        "bor",
        "lever",
        "växer",
        "arbetar",
        "jobbar",
        "deltar",
        "söker",
        "finns",
        "behöver",
        "vill",
        "kan",
        "berörs",
        "saknar",
        "flyttar",
        "studerar",
        "kommer",
    }
)
_AFTER_GENITIVE = frozenset(
    {
        "mellan",
        "i",
        "på",
        "av",
        "för",
        "med",
        "till",
        "från",
        "genom",
        "hos",
        "inom",
        "under",
        "över",
        "vid",
        "mot",
        "utan",
        "och",
        "eller",
        "samt",
        "som",
        "är",
        "har",
    }
)
_GENITIVE = re.compile(r".{3,}(?:ings|ions|hets|skaps|ments)")
_NO_SPACE_AFTER_DASH = re.compile(r"(?<=\s)[–—](?=[^\W\d_])")
_HYPHEN_AS_DASH = re.compile(r"(?<=[,;])\s+-\s+(?=\w)")
_SPACE_BEFORE = re.compile(r"(?<=\w)[ \t]+(?=[,;:.!?](?:\s|$))|(?<=[^\W\d_])  +(?=[^\W\d_])")
_QUOTE = re.compile(r"[\"”]")


def slips(text: str, dictionary: Dictionary) -> Iterator[Remark]:
    """Yield what is wrong between the words of one text."""
    words = words_of(text)
    yield from _doubled(text, words)
    yield from _two_verbs(words, dictionary)
    yield from _loose_genitives(words, dictionary)
    yield from _marks(text)


def _doubled(text: str, words: tuple[Word, ...]) -> Iterator[Remark]:
    for one, two in pairwise(words):
        same = one.text.casefold() == two.text.casefold() and two.gap.strip() == "" and not two.first
        if same and not one.text.isupper() and (one.plain not in _MAY_BE_DOUBLED or one.plain in _NEVER_DOUBLED):
            what = Text(f"”{one.text}” står två gånger i rad.", f"“{one.text}” stands twice in a row.")
            yield Remark(Kind.DOUBLED, one.start, two.end, what, text[one.start : one.end])


def _two_verbs(words: tuple[Word, ...], dictionary: Dictionary) -> Iterator[Remark]:
    """Two verbs in the present, side by side: right where a clause ends between them, which some verbs betray."""
    for one, two in pairwise(words):
        if two.gap != " " or one.plain in _STAND_ALONE | _OPEN_MAIN_CLAUSE or two.plain in _OPEN_MAIN_CLAUSE:
            continue
        if dictionary.present(one.plain) and dictionary.present(two.plain) and one.plain != two.plain:
            what = Text(
                f"Två verb i rad: ”{one.text} {two.text}”. Ska bara ett av dem stå kvar?",
                f"Two verbs in a row: “{one.text} {two.text}”. Should only one of them remain?",
            )
            yield Remark(Kind.TWO_VERBS, one.start, two.end, what)


def _loose_genitives(words: tuple[Word, ...], dictionary: Dictionary) -> Iterator[Remark]:
    """A genitive needs something to belong to; before a preposition its s is a slip more often than not."""
    for one, two in pairwise(words):
        if two.gap != " " or one.hanging or two.plain not in _AFTER_GENITIVE or not _GENITIVE.fullmatch(one.plain):
            continue
        if dictionary.known(one.plain[:-1]):
            better = one.text[:-1]
            what = Text(
                f"”{one.text}” står i genitiv men har inget efter sig att höra till.",
                f"“{one.text}” is in the genitive, but nothing follows for it to belong to.",
            )
            yield Remark(Kind.LOOSE_GENITIVE, one.start, one.end, what, better)


def _marks(text: str) -> Iterator[Remark]:
    for match in _NO_SPACE_AFTER_DASH.finditer(text):
        what = Text("Mellanslag saknas efter tankstrecket.", "The space after the dash is missing.")
        yield Remark(Kind.DASH, match.start(), match.end(), what, f"{match.group()} ")
    for match in _HYPHEN_AS_DASH.finditer(text):
        what = Text("Komma och streck efter varandra; ett av dem räcker.", "Comma and dash together; one is enough.")
        yield Remark(Kind.DASH, match.start(), match.end(), what)
    for match in _SPACE_BEFORE.finditer(text):
        what = Text("Ett mellanslag för mycket.", "One space too many.")
        better = "" if text[match.end()] in ",;:.!?" else " "
        yield Remark(Kind.SPACE, match.start(), match.end(), what, better)
    yield from _quotes(text)


def _quotes(text: str) -> Iterator[Remark]:
    """Every other mark opens and every other closes; where one is missing, nothing more can be said of the rest."""
    at = [match.start() for match in _QUOTE.finditer(text)]
    if len(at) % 2:
        what = Text("Ett citattecken saknar sitt andra.", "A quotation mark lacks its other.")
        yield Remark(Kind.QUOTES, at[-1], at[-1] + 1, what)
        return
    what = Text("Mellanslag innanför citattecknet.", "A space inside the quotation mark.")
    for opens, closes in zip(at[::2], at[1::2], strict=True):
        if text[opens + 1] == " ":
            yield Remark(Kind.SPACE, opens, opens + 2, what, text[opens])
        if text[closes - 1] == " " and closes - 1 > opens + 1:
            yield Remark(Kind.SPACE, closes - 1, closes + 1, what, text[closes])
