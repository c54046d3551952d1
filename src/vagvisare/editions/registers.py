"""The registers of a strategy: what steers it, what it builds on, who takes part and when, how it hangs together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vagvisare.editions.document import Edition, LevelName, Link, Source
from vagvisare.terms.language import Text


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item of the evidence report (underlagsrapport).

    ``areas_affected`` is the source's own count. ``areas`` are the areas known to be affected and ``other_areas``
    those known not to be: both fill up cell by cell, and the rest is unknown. ``dated`` is ISO text of the precision
    known: 2021, 2021-06 or 2021-06-17.
    """

    key: str
    title: str
    kind: str
    areas_affected: int
    source: Source
    english: str = ""
    areas: tuple[str, ...] = ()
    note: str = ""
    note_en: str = ""
    other_areas: tuple[str, ...] = ()
    dated: str = ""
    link: str = ""
    summary: str = ""
    summary_en: str = ""


@dataclass(frozen=True, slots=True)
class TrendItem:
    """A trend in the world around (omvärldstrend) as one document words it; ``continues`` names its earlier wording.

    ``driven_by`` are the keys of the megatrends behind it. ``reach`` is "eu", "national", "regional" or empty.
    """

    key: str
    text: str
    year: int
    source: Source
    english: str = ""
    megatrend: bool = False
    continues: str = ""
    driven_by: tuple[str, ...] = ()
    reach: str = ""


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

    Where sources contradict each other each stands as its own claim. ``after`` are the keys of the steps that must be
    done before this one begins.
    """

    key: str
    what: str
    claims: tuple[DateClaim, ...]
    english: str = ""
    body: str = ""
    after: tuple[str, ...] = ()

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
class SteeringInput:
    """What somebody with a right to it has asked of the revision (medskick), and what became of it.

    ``giver`` is the key of an actor. ``kind`` is "why", "constraint", "deadline", "method" or "question"; ``status``
    "open", "met" or "not_met", with ``how`` in words.
    """

    key: str
    text: str
    giver: str
    kind: str
    source: Source
    english: str = ""
    dated: str = ""
    status: str = "open"
    how: str = ""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item on a meeting's agenda."""

    what: str
    english: str = ""
    presenter: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting (möte) of a body: when, who is invited beside its members, what is on the agenda.

    ``body`` and ``invited`` are keys of actors.
    """

    key: str
    body: str
    dated: str
    source: Source
    title: str = ""
    english: str = ""
    invited: tuple[str, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """Who had a hand in what: an actor or a named group, a node, and how ("wrote", "reviewed", "contributed")."""

    key: str
    who: str
    node: str
    how: str
    source: Source
    note: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A policy that the strategy is to agree with (styrdokument), and the nodes that take it up.

    ``level`` is "global", "eu", "national", "regional" or "local"; ``frame`` the family it belongs to
    ("agenda_2030", "national_strategy", "s3", "environmental_objectives", or empty).
    """

    key: str
    title: str
    level: str
    source: Source
    english: str = ""
    frame: str = ""
    nodes: tuple[str, ...] = ()
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that runs across areas (digitalisering, hållbarhet): the words that betray it, nodes tagged by hand."""

    key: str
    name: str
    english: str = ""
    words: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the strategy's own list (ordlista): ``text`` as it is to be written, ``avoid`` the forms that are not.

    ``english`` is what the term is called in English.
    """

    key: str
    text: str
    english: str = ""
    avoid: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Screening:
    """Whether a direction takes up a perspective: ``answer`` is "yes", "no" or "partly", ``how`` says how."""

    key: str
    perspective: str
    node: str
    answer: str
    how: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Erratum:
    """A mistake in a sealed edition and what should stand there. The edition itself is never changed."""

    key: str
    edition: str
    address: str
    was: str
    now: str
    dated: date
    reason: str
    by: str = ""


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
    mandate: tuple[SteeringInput, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    themes: tuple[Theme, ...] = ()
    terms: tuple[Term, ...] = ()
    screenings: tuple[Screening, ...] = ()
    errata: tuple[Erratum, ...] = ()


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

    def links_of(self, edition: Edition) -> tuple[Link, ...]:
        """Return every link stated for an edition: in it, and beside it in the register."""
        return (*edition.links, *self.links_beside(edition))

    def links_beside(self, edition: Edition) -> tuple[Link, ...]:
        """Return the links the register states for an edition, beside those in it."""
        return tuple(link for link in self.register.links if (link.edition or self.current) == edition.key)
