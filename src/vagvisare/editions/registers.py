"""The registers of a strategy: evidence, trends, actors, the timeline, and links between nodes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vagvisare.editions.document import Edition, LevelName, Source
from vagvisare.terms.language import Text


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item of the evidence report (underlagsrapport). ``areas`` is empty where the source gives only a count."""

    key: str
    title: str
    kind: str
    areas_affected: int
    source: Source
    english: str = ""
    areas: tuple[str, ...] = ()
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class TrendItem:
    """A trend in the world around (omvärldstrend) as one document words it; ``continues`` names its earlier wording."""

    key: str
    text: str
    year: int
    source: Source
    english: str = ""
    megatrend: bool = False
    continues: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation or body with a role in the strategy, the role in our words (``role``, ``role_en``)."""

    key: str
    name: str
    kind: str
    role: str
    source: Source
    english: str = ""
    territory: str = ""
    role_en: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One step on the timeline. Dates are ISO text of the precision the source gives: 2021, 2021-06 or 2021-06-17.

    Where sources contradict each other each stands as its own claim.
    """

    key: str
    what: str
    claims: tuple[DateClaim, ...]
    english: str = ""
    body: str = ""

    @property
    def in_conflict(self) -> bool:
        """Tell whether two claims of the same kind give different dates."""
        kinds: dict[str, set[tuple[str, str]]] = {}
        for claim in self.claims:
            kinds.setdefault(claim.kind, set()).add((claim.start, claim.end))
        return any(len(dates) > 1 for dates in kinds.values())


@dataclass(frozen=True, slots=True)
class DateClaim:
    """What one source says about when: ``kind`` is "planned" or "actual"."""

    kind: str
    start: str
    source: Source
    end: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A stated connection between two nodes, with its reason and where it stands. What is not stated stays unknown.

    ``rationale`` is the source's wording, ``english`` our translation of it.
    """

    kind: str
    origin: str
    target: str
    rationale: str
    source: Source
    english: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that sources point into: ``key`` is its name there (a file, mostly), ``title`` its own."""

    key: str
    title: str
    english: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """Everything beside the text of the editions."""

    evidence: tuple[Evidence, ...] = ()
    trends: tuple[TrendItem, ...] = ()
    actors: tuple[Actor, ...] = ()
    timeline: tuple[Occasion, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Strategy:
    """A strategy: who owns it, which places it compares with, its levels, its editions and its registers.

    ``current`` is the key of the edition that indicators and follow-ups refer to.
    """

    key: str
    owner: Text
    title: Text
    territory: str
    languages: tuple[str, ...]
    comparison: tuple[str, ...]
    levels: tuple[LevelName, ...]
    current: str
    editions: tuple[Edition, ...]
    register: Register
    synthetic: bool = False
    updated: date | None = None
    notes: tuple[Text, ...] = ()
    documents: tuple[Document, ...] = ()

    @property
    def edition(self) -> Edition:
        """The edition in force in this folder."""
        return next(edition for edition in self.editions if edition.key == self.current)
