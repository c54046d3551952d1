"""What a document brings beside nodes: evidence and trends for the registers, and the changes it says were made.

Each is offered with a tick. What a register has already, by its words, is recognised and not offered again. What the
document does not say, the kind of a piece of evidence or the year of its trends, is asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from vagvisare.editions.document import StatedChange
from vagvisare.manuscripts.dates import year_of
from vagvisare.manuscripts.kinds import kind_said
from vagvisare.manuscripts.matching import words_of
from vagvisare.strategy_folder.plain import plain_of, value_of
from vagvisare.strategy_folder.source_text import source_text
from vagvisare.terms.language import Text
from vagvisare.web.access.rules import may
from vagvisare.web.accounts.models import Person
from vagvisare.web.registers.described import EVIDENCE, TRENDS
from vagvisare.web.registers.models import Entry
from vagvisare.web.revision.models import Draft, Manuscript
from vagvisare.web.revision.reading_in.deciding import BESIDE, NEED, STATED, Reading

KINDS: dict[str, Text] = dict(EVIDENCE.by_name["kind"].choices)
"""The word list that kinds of evidence are chosen from."""
CHANGES = Text("Angivna ändringar", "Stated changes")
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be kept beside the nodes.

    ``content`` is what its register would hold, or a stated change in its plain form. ``there`` says that the same
    words are kept already, in ``entry`` where that is a register's. ``lacks`` says that something must be filled in.
    """

    key: str
    text: str
    where: Text
    content: Mapping[str, Any]
    about: str = ""
    entry: str = ""
    there: bool = False
    lacks: bool = False
    ticked: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Offers of one sort. ``register`` is where they are kept, empty for what is kept with the draft."""

    name: Text
    register: str
    allowed: bool
    offers: tuple[Offer, ...]

    @property
    def need(self) -> str:
        """What a person needs to keep them, besides reading in."""
        return f"registers.{self.register}.change" if self.register else NEED

    @property
    def fresh(self) -> tuple[Offer, ...]:
        """Those that are to be kept."""
        return tuple(offer for offer in self.offers if offer.ticked and not offer.there and self.allowed)

    @property
    def lacking(self) -> int:
        """How many of those to be kept lack something."""
        return sum(offer.lacks for offer in self.fresh)

    @property
    def there(self) -> int:
        """How many are kept already."""
        return sum(offer.there for offer in self.offers)


@dataclass(frozen=True, slots=True)
class Beside:
    """Every group that has something, and the year of the document's trends (None while nobody has said it)."""

    groups: tuple[Group, ...]
    year: int | None

    @property
    def fresh(self) -> int:
        """How many are to be kept."""
        return sum(len(group.fresh) for group in self.groups)


def beside(reading: Reading, by: Person) -> Beside:
    """Return what a document brings beside its nodes, with what has been chosen of it."""
    chosen: Mapping[str, Any] = reading.row.decisions.get(BESIDE, {})
    year = chosen.get("year") or year_of(reading.read.pieces)
    planned = reading.planned
    registers = ["evidence"] * bool(planned.evidence) + ["trends"] * bool(planned.trends)
    entries = list(Entry.objects.filter(register__in=registers)) if registers else []
    off = frozenset(chosen.get("off", ()))
    found = (
        (EVIDENCE.name, "evidence", _evidence(reading, entries, off, chosen.get("kinds", {}))),
        (TRENDS.name, "trends", _trends(reading, entries, off, year)),
        (CHANGES, "", _changes(reading, off)),
    )
    groups = [Group(name, register, True, tuple(offers)) for name, register, offers in found]
    allowed = (replace(group, allowed=may(by, group.need)) for group in groups if group.offers)
    return Beside(tuple(allowed), year)


def _where(reading: Reading, key: str) -> Text:
    return reading.proposal.by_key[key].where.words


def _evidence(
    reading: Reading, entries: list[Entry], off: Collection[str], kinds: Mapping[str, str]
) -> Iterator[Offer]:
    """Yield the items of evidence; one with the same title as an entry, or as one before it, is that one."""
    known = {words_of(each.content["title"]): each.key for each in entries if each.register == "evidence"}
    for found in reading.planned.evidence:
        kind = kinds.get(found.key) or kind_said(found.title, KINDS)
        content = {
            "title": found.title, "kind": kind, "areas_affected": found.areas_affected,
            "source": source_text(found.source),
        }  # fmt: skip
        words = words_of(found.title)
        yield Offer(
            found.key, found.title, _where(reading, found.key), content, str(found.areas_affected),
            known.get(words, ""), words in known, not kind, found.key not in off,
        )  # fmt: skip
        known.setdefault(words, "")


def _trends(reading: Reading, entries: list[Entry], off: Collection[str], year: int | None) -> Iterator[Offer]:
    """Yield the trends; the same words of another year are another entry, which continues the latest before it."""
    told = sorted((each for each in entries if each.register == "trends"), key=lambda each: each.content["year"])
    known = {(words_of(each.content["text"]), each.content["year"]): each.key for each in told}
    earlier = {words: key for (words, when), key in known.items() if year and when < year}
    for found in reading.planned.trends:
        words = words_of(found.text)
        content = {"text": found.text, "year": year, "source": source_text(found.source)}
        content |= {"megatrend": True} if found.text.casefold().startswith("megatrend") else {}
        content |= {"continues": earlier[words]} if words in earlier else {}
        yield Offer(
            found.key, found.text, _where(reading, found.key), content, "",
            known.get((words, year or 0), ""), (words, year or 0) in known, year is None, found.key not in off,
        )  # fmt: skip
        known.setdefault((words, year or 0), "")


def _changes(reading: Reading, off: Collection[str]) -> Iterator[Offer]:
    """Yield the stated changes; one that a document of the same draft has stated of the same area is that one."""
    if not reading.planned.changes:
        return
    known = {(each.area, words_of(each.text)) for each in stated_changes(reading.row.draft)}
    names = {node.address: f"{node.number} {node.text}".strip() for node in reading.planned.nodes}
    for found in reading.planned.changes:
        said = (found.stated.area, words_of(found.stated.text))
        yield Offer(
            found.key, found.stated.text, _where(reading, found.key), plain_of(found.stated),
            names.get(found.stated.area, ""), there=said in known, ticked=found.key not in off,
        )  # fmt: skip
        known.add(said)


def stated_changes(draft: Draft) -> tuple[StatedChange, ...]:
    """Return the changes that the documents read into a draft say were made, as they were kept."""
    rows = Manuscript.objects.filter(draft=draft).exclude(kept_at=None).order_by("kept_at", "pk")
    decided = rows.values_list("decisions", flat=True)
    return tuple(value_of(StatedChange, plain, "change") for each in decided for plain in each.get(STATED, ()))


def chosen_beside(
    reading: Reading, listed: Collection[str], ticked: Collection[str], kinds: Mapping[str, str], year: str
) -> dict[str, Any]:
    """Return what is chosen beside the nodes with one more choice made: only what differs from what is proposed."""
    before: Mapping[str, Any] = reading.row.decisions.get(BESIDE, {})
    shown = set(listed) & reading.proposal.by_key.keys()
    said = {found.key: kind_said(found.title, KINDS) for found in reading.planned.evidence}
    given = {**before.get("kinds", {}), **{key: kind for key, kind in kinds.items() if key in shown}}
    when = int(year) if year.isdecimal() and int(year) in _YEARS else before.get("year")
    made: dict[str, Any] = {
        "off": sorted((set(before.get("off", ())) - shown) | (shown - set(ticked))),
        "kinds": {key: kind for key, kind in given.items() if kind in KINDS and kind != said.get(key)},
        "year": None if when == year_of(reading.read.pieces) else when,
    }
    return {name: value for name, value in made.items() if value}
