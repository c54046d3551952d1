"""Readability by LIX (läsbarhetsindex): a number for how hard a Swedish text is to get through.

C. H. Björnsson, *Läsbarhet*, 1968: LIX = words / sentences + 100 · long words / words, where a long word has more than
six letters. It measures length, not sense: a heading or a single point is too short to be measured.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vagvisare.proofreading.words import count, counted
from vagvisare.terms.language import Text

_END = re.compile(r"[.!?:](?=[\s\"”’)]|$)|\n\s*\n|\n(?=\s*[-•*] )")
_LONG = 6
ENOUGH = 20
"""Words. Below this the number says more of chance than of the text; it is still given, marked as such."""

SCALE: tuple[tuple[int, Text], ...] = (
    (30, Text("mycket lättläst, som barnböcker", "very easy, like children’s books")),
    (40, Text("lättläst, som skönlitteratur", "easy, like fiction")),
    (50, Text("medelsvår, som normal tidningstext", "medium, like ordinary newspapers")),
    (60, Text("svår, som officiella texter", "hard, like official texts")),
    (10_000, Text("mycket svår, som byråkratsvenska", "very hard, like bureaucratic prose")),
)
"""Each stretch of the scale by its upper end, with the words in common use for it."""


@dataclass(frozen=True, slots=True)
class Readability:
    """How hard a text is: ``lix`` as a whole number, and what it was reckoned from."""

    lix: int
    words: int
    sentences: int
    long_words: int

    @property
    def enough(self) -> bool:
        """Whether the text is long enough for the number to mean something."""
        return self.words >= ENOUGH

    @property
    def scale(self) -> Text:
        """The number in words."""
        return next(words for end, words in SCALE if self.lix < end)


def readability(text: str) -> Readability | None:
    """Return how hard a text is, or None for a text without words."""
    words = counted(text)
    if not words:
        return None
    sentences = sum(1 for part in _END.split(text) if count(part))
    long_words = sum(1 for word in words if sum(c.isalpha() for c in word) > _LONG)
    lix = len(words) / sentences + 100 * long_words / len(words)
    return Readability(int(lix + 0.5), len(words), sentences, long_words)
