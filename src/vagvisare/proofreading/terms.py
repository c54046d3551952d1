"""Words that are right here though no dictionary has them, and the form in which a term is to be written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from vagvisare.editions.document import Edition, LevelName
from vagvisare.editions.registers import Register
from vagvisare.proofreading.words import words_of

ENDINGS = ("s", "n", "ns", "en", "ens", "et", "ets", "t", "a", "ar", "er", "or", "arna", "erna", "orna", "na", "nas")
"""What nouns and adjectives add to themselves."""
_SHORT = re.compile(r"[A-ZÅÄÖ]{2,6}")


@dataclass(frozen=True, slots=True)
class Terms:
    """A strategy's terms. ``phrases`` are terms as they are to be written; ``preferred`` has discouraged → preferred.

    ``english`` are terms in English, several words each. ``words`` holds every word of the phrases in small letters,
    ``shortenings`` those in capitals.
    """

    phrases: frozenset[str] = frozenset()
    preferred: tuple[tuple[str, str], ...] = ()
    english: frozenset[str] = frozenset()
    words: frozenset[str] = field(init=False)
    shortenings: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Take the phrases apart into words."""
        every = [word.text.rstrip("-") for phrase in self.phrases for word in words_of(phrase)]
        parts = [part for word in every for part in (word, *word.split("-"))]
        object.__setattr__(self, "words", frozenset(part.casefold() for part in parts if part))
        object.__setattr__(self, "shortenings", frozenset(part for part in parts if _SHORT.fullmatch(part)))

    def has(self, word: str) -> bool:
        """Tell whether a word in small letters is one of the terms, in some inflection."""
        return word in self.words or any(word.endswith(e) and word[: -len(e)] in self.words for e in ENDINGS)

    def __or__(self, other: Terms) -> Terms:
        """Return the terms of both."""
        preferred = tuple(dict.fromkeys((*self.preferred, *other.preferred)))
        return Terms(self.phrases | other.phrases, preferred, self.english | other.english)


def read_terms(text: str) -> Terms:
    """Read a list of terms: one a line, ``discouraged => preferred`` where a form is to be avoided, # for remarks."""
    phrases: set[str] = set()
    preferred: list[tuple[str, str]] = []
    for line in text.splitlines():
        said = line.split("#", 1)[0].strip()
        if not said:
            continue
        avoided, arrow, better = (part.strip() for part in said.partition("=>"))
        phrases.add(better if arrow else avoided)
        if arrow:
            preferred.append((avoided, better))
    return Terms(frozenset(phrases), tuple(preferred))


@cache
def public_sector() -> Terms:
    """Return the terms that come with the package: those of Swedish regional development."""
    return read_terms(resources.files(__package__).joinpath("terms.txt").read_text(encoding="utf-8"))


def terms_of(levels: Iterable[LevelName] = (), register: Register | None = None) -> Terms:
    """Return a strategy's terms: its own list, its levels, its actors and themes, and the package's.

    What the strategy says of a term goes before what the package says of it.
    """
    known = register or Register()
    names = [level.name.sv for level in levels] + [level.plural.sv for level in levels]
    names += [actor.name for actor in known.actors]
    names += [theme.name for theme in known.themes] + [word for theme in known.themes for word in theme.words]
    names += [term.text for term in known.terms]
    avoided = tuple((form, term.text) for term in known.terms for form in term.avoid if form.strip())
    # One English word in a Swedish text is a slip more often than not ("project"); several are English.
    english = frozenset(term.english for term in known.terms if len(term.english.split()) > 1)
    package = public_sector()
    kept = tuple(pair for pair in package.preferred if pair[0] not in names)
    return Terms(frozenset(name for name in names if name), avoided, english) | Terms(package.phrases, kept)


def names_in(edition: Edition) -> Terms:
    """Return what an edition itself vouches for: words in capitals mid-sentence that stand in more than one node."""
    seen: dict[str, set[str]] = {}
    for node in edition.nodes:
        for word in words_of(node.text):
            if word.text[0].isupper() and not word.first and "-" not in word.text:
                seen.setdefault(word.text, set()).add(node.address)
    return Terms(frozenset(text for text, at in seen.items() if len(at) > 1))
