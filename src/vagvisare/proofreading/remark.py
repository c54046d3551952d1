"""What proofreading has to say of a text: a remark points at a stretch of it, says what was seen, and may suggest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vagvisare.terms.language import Text


class Kind(StrEnum):
    """The kinds of remarks; each can be turned off on its own."""

    SPELLING = "spelling"
    TERM = "term"
    DOUBLED = "doubled"
    TWO_VERBS = "two_verbs"
    LOOSE_GENITIVE = "loose_genitive"
    SPLIT_WORD = "split_word"
    ODD_NEIGHBOUR = "odd_neighbour"
    VARIANT = "variant"
    DASH = "dash"
    SPACE = "space"
    QUOTES = "quotes"
    SPLIT_POINT = "split_point"


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark on ``text[start:end]``. ``suggestion`` could stand there instead; it is empty where none is known."""

    kind: Kind
    start: int
    end: int
    what: Text
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A remark on one text among many, by the text's address."""

    address: str
    remark: Remark


@dataclass(frozen=True, slots=True)
class TextAt:
    """A text among many: its address, and a group within which points follow on each other (a parent and a level)."""

    address: str
    text: str
    group: str = ""
