"""What a slide holds, whatever the format: titles, lines that are read aloud, pictures, sources and notes."""

from __future__ import annotations

from dataclasses import dataclass

from vagvisare.publications.deck_pictures import Picture
from vagvisare.terms.language import Language


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line of a list slide: quoted words keep their own language; ``gloss`` is our translation beneath."""

    text: str
    language: Language
    quoted: bool = False
    gloss: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class TitleSlide:
    """The first slide."""

    title: str
    subtitle: str
    small: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class FindingSlide:
    """One finding: the sentence as title, one picture, where the figures come from."""

    eyebrow: str
    title: str
    subtitle: str
    picture: Picture
    alt: str
    source: str
    notes: str
    dataset: str


@dataclass(frozen=True, slots=True)
class ListSlide:
    """A few lines that are read aloud."""

    eyebrow: str
    title: str
    items: tuple[Spoken, ...]
    source: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class TableSlide:
    """What was said beside what the figures show."""

    eyebrow: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Spoken, ...], ...]
    source: str
    notes: str


Slide = TitleSlide | FindingSlide | ListSlide | TableSlide
