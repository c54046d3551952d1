"""Spelling: words that neither the dictionary nor the strategy's terms know, and what was perhaps meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from vagvisare.proofreading.dictionary import Dictionary
from vagvisare.proofreading.remark import Kind, Remark
from vagvisare.proofreading.terms import ENDINGS, Terms
from vagvisare.proofreading.words import Word, masked, words_of
from vagvisare.terms.language import Text

_SHORT = re.compile(r"[A-ZÅÄÖ0-9]{2,6}")
_LAST_PARTS = ("arbete", "område", "miljö")
"""Words that may end nearly any compound: what stands before a hanging hyphen must be able to stand before one."""


def spelling(text: str, terms: Terms, dictionary: Dictionary, nearby: Iterable[str] = ()) -> Iterator[Remark]:
    """Yield a remark for each word nobody knows; ``nearby`` are words of the same strategy, suggested first."""
    near, words = tuple(nearby), words_of(text)
    discouraged = tuple(_discouraged(text, words, terms, dictionary))
    yield from discouraged
    settled = [(one.start, one.end) for one in discouraged] + _in_english(text, terms)
    for word in words:
        if any(start <= word.start < end for start, end in settled):
            continue
        if better := _shortening(word, terms):
            yield _remark(
                Kind.TERM, word, better,
                f"Förkortningen skrivs ”{better}”.", f"The abbreviation is written “{better}”.",
            )  # fmt: skip
        elif not acceptable(word, terms, dictionary):
            better = suggested(word.text, terms, dictionary, near)
            if _name_like(word) and not (better and distance(word.plain, better.casefold()) == 1):
                continue
            yield _remark(
                Kind.SPELLING, word, better,
                "Ordet finns varken i ordboken eller i strategins ordlista.",
                "The word is neither in the dictionary nor in the strategy’s list of terms.",
            )  # fmt: skip


def _name_like(word: Word) -> bool:
    """Tell whether a word is most likely a name: a capital in the midst of a sentence, and small letters after it."""
    return word.text[0].isupper() and not word.first and word.text[1:2].islower()


def acceptable(word: Word, terms: Terms, dictionary: Dictionary) -> bool:
    """Tell whether a word may stand: known, a term in some form, a shortening, or a part left hanging."""
    whole = word.text.rstrip("-").replace("’", "'")
    parts = [part for part in whole.split("-") if part]
    if len(parts) > 1:
        inner, last = parts[:-1], parts[-1]
        return _known(whole, terms, dictionary) or (
            all(_known(part, terms, dictionary) or _opens(part, dictionary) for part in inner)
            and (_known(last, terms, dictionary) or (word.hanging and _opens(last, dictionary)))
        )
    if word.joined and _two_words(whole.casefold(), 3, dictionary):
        return True
    return _known(whole, terms, dictionary) or (word.hanging and _opens(whole, dictionary))


def _known(word: str, terms: Terms, dictionary: Dictionary) -> bool:
    if len(word) == 1 or any(c.isdigit() for c in word) or ":" in word:
        return True
    if word in terms.shortenings or _SHORT.fullmatch(word):
        return True
    lowered = word.casefold()
    if terms.has(lowered):
        return True
    if dictionary.known(word) or (word[0].isupper() and dictionary.known(lowered)):
        return True
    return _two_words(lowered, 4, dictionary)


def _opens(part: str, dictionary: Dictionary) -> bool:
    return any(dictionary.known(part.casefold() + last) for last in _LAST_PARTS)


def _two_words(word: str, least: int, dictionary: Dictionary) -> bool:
    """Tell whether a word is two that are known, joined in a way the dictionary did not think of ("jämförelselän")."""
    return any(
        dictionary.simple(word[at:]) and (dictionary.simple(word[:at]) or _opens(word[:at], dictionary))
        for at in range(least, len(word) - least + 1)
    )


def _discouraged(text: str, words: Sequence[Word], terms: Terms, dictionary: Dictionary) -> Iterator[Remark]:
    """Yield a remark for each form to avoid, one word or several, in any inflection."""
    if not terms.preferred:
        return
    # Where two speak of one form, the first is heard.
    preferred = {_folded(form): (form, better) for form, better in reversed(terms.preferred)}
    begins = {word.start for word in words if word.first}
    for match in _any_of(tuple(preferred), inflected=True).finditer(masked(text)):
        (form, better), ending = preferred[_folded(match[1])], match[2]
        if " " not in form and _short_like(form) and match[0] != form:
            continue
        alike = not ending or better[-3:] == form[-3:] or dictionary.known(better + ending)
        made = better + ending if alike else better  # two words that do not end alike are not inflected alike
        if match[0][0].isupper() and (match.start() in begins or form[0].islower()):
            made = _cased(made, match[0])
        if made != match[0]:
            what = Text(f"Termen skrivs ”{made}”.", f"The term is written “{made}”.")
            yield Remark(Kind.TERM, match.start(), match.end(), what, made if alike else "")


def _in_english(text: str, terms: Terms) -> list[tuple[int, int]]:
    """Return where a term stands in English, in full."""
    if not terms.english:
        return []
    return [match.span() for match in _any_of(tuple(sorted(terms.english))).finditer(text)]


@lru_cache(8)
def _any_of(phrases: tuple[str, ...], *, inflected: bool = False) -> re.Pattern[str]:
    """Return what finds any of some phrases as words of their own: the phrase, and the ending it has."""
    longest_first = sorted(phrases, key=len, reverse=True)
    one = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    ending = "|".join(ENDINGS) if inflected else ""
    return re.compile(rf"(?<!\w)(?<!\w-)({one})({ending}|)(?!\w|[-:'’]\w)", re.IGNORECASE)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _short_like(text: str) -> bool:
    return sum(c.isupper() for c in text) > 1


def _shortening(word: Word, terms: Terms) -> str:
    """Return how an abbreviation should be written: its genitive takes a colon, its capitals are its own."""
    text = word.text
    if not _short_like(text) or text in terms.shortenings or "-" in text:
        return ""
    if text[-1] in "Ss" and text[:-1] in terms.shortenings:
        return f"{text[:-1]}:s"
    return text.upper() if text.upper() in terms.shortenings else ""


@lru_cache(4000)
def suggested(word: str, terms: Terms, dictionary: Dictionary, nearby: tuple[str, ...] = ()) -> str:
    """Return the likeliest word for one that nobody knows, or an empty text; the strategy's own words come first."""
    head, hyphen, last = word.rpartition("-")
    if hyphen and last:
        better = suggested(last, terms, dictionary, nearby)
        return f"{head}-{better}" if better else ""
    lowered = word.casefold()
    pool = (*nearby, *_inflected(terms))
    close = {own for own in pool if own != lowered and abs(len(own) - len(lowered)) <= 2 and _near(lowered, own)}
    if close:
        return _cased(min(close, key=lambda own: (distance(lowered, own), -_alike(lowered, own), own)), word)
    better = dictionary.near(lowered) or _last_part_mended(lowered, dictionary)
    return _cased(better, word) if better else ""


@lru_cache(4)
def _inflected(terms: Terms) -> tuple[str, ...]:
    return tuple(sorted(terms.words | {term + ending for term in terms.words for ending in ENDINGS}))


def _alike(a: str, b: str) -> int:
    """Return how many letters two words share at their ends."""
    ends = (zip(a, b, strict=False), zip(reversed(a), reversed(b), strict=False))
    return sum(1 for end in ends for _ in takewhile(lambda pair: pair[0] == pair[1], end))


def _last_part_mended(word: str, dictionary: Dictionary) -> str:
    for at in range(len(word) - 5, 3, -1):
        if _opens(word[:at], dictionary) and (better := dictionary.near(word[at:])):
            return word[:at] + better
    return ""


def _near(a: str, b: str) -> bool:
    allowed = 1 if len(a) < 6 else 2
    return len(a) > 3 and distance(a, b, allowed) <= allowed


def _cased(made: str, like: str) -> str:
    return made[0].upper() + made[1:] if like[0].isupper() else made


def distance(a: str, b: str, most: int = 9) -> int:
    """Return how many letters to change, add, take away or swap to make ``b`` of ``a``; gives up above ``most``."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]


def _remark(kind: Kind, word: Word, better: str, sv: str, en: str) -> Remark:
    end = word.end - (1 if word.hanging else 0)
    return Remark(kind, word.start, end, Text(sv, en), better)
