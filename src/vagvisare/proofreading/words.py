"""A text cut into words, with where each stands and what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’:](?=[^\W\d_]))*(?:-[^\W_]+(?::[^\W\d_]+)?)*-?")
_COUNTED = re.compile(r"[^\W_]+(?:[-'’:.,][^\W_]+)*")
_SHORTENED = re.compile(r"(?<![^\W\d_])(?:[a-zåäö]{1,5}\.){2,}|(?<![^\W\d_])[Pp]rop\.(?=\s*\d)|\b[Kk]ap\.|\b[Dd]nr\b")
_ENDING_IN_A_POINT = re.compile(r"\b(?:dvs|etc|osv|jfr|ca|nr|kl|tel|resp|inkl|exkl|enl)\.", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|\b[\w-]+\.(?:se|com|org|eu|nu|txt|pdf|docx|pptx)\b")
_ENDS_SENTENCE = re.compile(r"[.!?:](?:[\"”’)\]]*)\s+$|\n\s*$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word. ``hanging`` ends in a hyphen ("hälso- och"); ``first`` begins a sentence, a quotation or a line.

    ``joined`` stands right after a slash or a hyphen that is not its own; ``gap`` is what stands before it.
    """

    text: str
    start: int
    end: int
    first: bool
    gap: str

    @property
    def hanging(self) -> bool:
        """Whether the word is left to be finished by a later one."""
        return self.text.endswith("-")

    @property
    def joined(self) -> bool:
        """Whether the word follows right upon another, with a slash between."""
        return self.gap.endswith("/")

    @property
    def plain(self) -> str:
        """The word in small letters, without a hanging hyphen."""
        return self.text.rstrip("-").casefold()


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order; shortenings ("t.ex."), addresses and numbers are no words."""
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(masked(text)):
        gap = text[end : match.start()]
        first = not found or bool(_ENDS_SENTENCE.search(gap)) or gap.rstrip(" ").endswith(tuple('"”“(\n•–—'))
        found.append(Word(match.group(), match.start(), match.end(), first, gap))
        end = match.end()
    return tuple(found)


def counted(text: str) -> list[str]:
    """Return what counts as a word of running text: a number with its decimals is one, a hyphenated compound too."""
    return _COUNTED.findall(text)


def count(text: str) -> int:
    """Return how many words a text has."""
    return len(counted(text))


def masked(text: str) -> str:
    """Return a text of the same length in which shortenings and addresses are neither words nor ends of sentences."""
    for pattern in (_ADDRESS, _SHORTENED, _ENDING_IN_A_POINT):
        text = pattern.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    """Put something of the same length that is neither word nor end of sentence."""
    return "0" * len(match.group())
