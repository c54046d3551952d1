"""The Swedish dictionary: loaded when first asked, once, and every answer remembered.

It is the dictionary of the package ``hunspell-sv``, read by ``spylls``. Of its two forms the one with fewer stems is
taken: it knows the same words, and takes half the room.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text

NAMES = ("sv_SE_expanded", "sv_SE")
_REMEMBERED = 60_000
_LONGEST = 60
_MOST_PARTS = 3
_LETTERS = "abcdefghijklmnopqrstuvwxyzåäöé"
"""Letters: a longer word than any in use costs more to take apart than it is worth."""
_loading = threading.Lock()


class NoDictionaryError(UserError):
    """The Swedish dictionary is not installed."""

    def __init__(self) -> None:
        super().__init__(
            Text("Den svenska ordboken finns inte här.", "The Swedish dictionary is not here."),
            meaning=Text("Stavning kan inte granskas.", "Spelling cannot be checked."),
            remedy=Text(
                "Be den som sköter installationen att installera paketet hunspell-sv.",
                "Ask whoever runs the installation to install the package hunspell-sv.",
            ),
        )


class Dictionary(Protocol):
    """What spelling needs to know of words."""

    def __hash__(self) -> int:
        """Tell one dictionary from another: what was looked up in it is remembered."""

    def known(self, word: str) -> bool:
        """Tell whether a word is Swedish, compounds included."""

    def simple(self, word: str) -> bool:
        """Tell whether a word stands in the dictionary by itself, in some inflection, not as a compound."""

    def stem(self, word: str) -> str:
        """Return the word it is a form of; the word itself where that is not known."""

    def present(self, word: str) -> bool:
        """Tell whether a word is a verb in the present tense and nothing else."""

    def near(self, word: str) -> str:
        """Return a word of the dictionary that is one slip of the finger away, or an empty text."""


class Hunspell:
    """The installed dictionary. Safe to ask from several threads: its files are read once and never changed."""

    def __init__(self, path: Path) -> None:
        from spylls.hunspell import (  # type: ignore[import-untyped]  # noqa: PLC0415  150 MB, for proofreading only
            Dictionary as Read,
        )

        self._look: Any = Read.from_files(str(path)).lookuper
        self.known = lru_cache(_REMEMBERED)(self._known)
        self.forms = lru_cache(_REMEMBERED)(self._forms)
        self.near = lru_cache(_REMEMBERED // 10)(self._near)

    def _known(self, word: str) -> bool:
        if len(word) > _LONGEST or word.count("-") + word.count(":") > _MOST_PARTS:
            return False
        return bool(self.forms(word)) or bool(self._look(word))

    def _forms(self, word: str) -> tuple[tuple[str, str], ...]:
        """Return (stem, ending) of the ways in which a word stands in the dictionary by itself."""
        if len(word) > _LONGEST:
            return ()
        found = islice(self._look.good_forms(word, compound_forms=False), 8)
        return tuple((form.stem, form.suffix.add if form.suffix else "") for form in found)

    def _near(self, word: str) -> str:
        if len(word) > _LONGEST:
            return ""
        # Hundreds of words that nobody wrote: they are not worth remembering.
        return next((made for made in _one_slip(word) if self._forms(made)), "")

    def simple(self, word: str) -> bool:
        """Tell whether a word stands in the dictionary by itself, in some inflection."""
        return bool(self.forms(word))

    def stem(self, word: str) -> str:
        """Return the shortest stem a word is a form of; the word itself where that is not known."""
        lowered = word.casefold()
        return min((stem.casefold() for stem, _ in self.forms(lowered)), key=len, default=lowered)

    def present(self, word: str) -> bool:
        """Tell whether every form the word may be is a verb in the present: -r or -er after an infinitive in -a."""
        forms = self.forms(word)
        return bool(forms) and all(stem.endswith("a") and ending in {"r", "er"} for stem, ending in forms)


def _one_slip(word: str) -> Iterator[str]:
    """Yield what a word becomes by adding, swapping, dropping or changing one letter, likeliest slip first."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (a + a[-1] + b for a, b in cuts if a)
    yield from (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    yield from (a + b[1:] for a, b in cuts if b)
    yield from (a + c + b for a, b in cuts for c in _LETTERS)
    yield from (a + c + b[1:] for a, b in cuts if b for c in _LETTERS)


def where() -> Path | None:
    """Return the path of the dictionary's files without their ending, or None where none is installed."""
    folder = Path(sys.prefix) / "share" / "hunspell"
    return next((folder / name for name in NAMES if (folder / f"{name}.dic").is_file()), None)


def swedish() -> Hunspell:
    """Return the Swedish dictionary, read when first asked for.

    Raises:
        NoDictionaryError: when it is not installed.
    """
    with _loading:
        return _read()


@cache
def _read() -> Hunspell:
    path = where()
    if path is None:
        raise NoDictionaryError
    return Hunspell(path)
