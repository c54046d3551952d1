"""The trail as people read it: filtered by what stands in the address, one page at a time, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet

from vagvisare.terms.language import Text
from vagvisare.web.access.rules import MATRIX
from vagvisare.web.accounts.own_trail import UNKNOWN
from vagvisare.web.audit.differences import changed
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import name_of
from vagvisare.web.desk.field_words import field_name

PAGE = 50
_BIGGEST = 2**62

KINDS = {
    "person": Text("person", "person"),
    "invitation": Text("inbjudan", "invitation"),
    "entry": Text("post i ett register", "entry of a register"),
    "head": Text("strategins huvud", "the strategy's head"),
    "edition": Text("utgåva", "edition"),
    "draft": Text("utkast", "draft"),
    "node": Text("del av utkastet", "part of the draft"),
    "comment": Text("kommentar", "comment"),
    "assignment": Text("ansvar", "assignment"),
    "clash": Text("krock", "clash"),
    "cell": Text("ruta i en matris", "cell of a matrix"),
    "link": Text("samband", "link"),
    "screening": Text("perspektivprövning", "screening"),
    "theme": Text("tema", "theme"),
    "theme_tag": Text("temamärkning", "theme tag"),
    "reason": Text("skäl", "reason"),
    "change_note": Text("formulering av en ändring", "wording of a change"),
    "manuscript": Text("inläst dokument", "document read in"),
    "override": Text("kontroll som släppts igenom", "check let pass"),
    "erratum": Text("rättelse", "erratum"),
    "folder": Text("strategimapp", "strategy folder"),
    "strategy": Text("strategi", "strategy"),
}
"""What kinds of things are called; one that is not here is shown by its key."""

NOBODY = {
    "system": Text("vid datorn (kommando)", "at the machine (command)"),
    UNKNOWN: Text("okänd, inte inloggad", "unknown, not signed in"),
}
"""Who does things without being a person here."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the trail. Days are in the machine's own time; ``before`` is an event's number."""

    who: str = ""
    kind: str = ""
    verb: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None

    @property
    def narrowed(self) -> bool:
        """Whether not all of it is asked for."""
        return bool(self.who or self.kind or self.verb or self.since or self.until)

    def query(self, before: int | None = None) -> str:
        """Return the question of an address that asks the same, from another page."""
        told = {
            "vem": self.who,
            "sort": self.kind,
            "gjort": self.verb,
            "fran": self.since.isoformat() if self.since else "",
            "till": self.until.isoformat() if self.until else "",
            "fore": "" if before is None else str(before),
        }
        return urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True, slots=True)
class Line:
    """One field of an event in words, before and after; without a label where the state has no fields."""

    label: Text | None
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One event in words, with the fields it changed."""

    event: Event
    who: Text
    verb: Text
    kind: Text
    fields: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of events, newest first, and where the older ones begin (None when there are none)."""

    events: tuple[Told, ...]
    older: int | None


def asked(given: Mapping[str, str]) -> Asked:
    """Read the question of an address; what cannot be read is not asked."""
    before = given.get("fore", "")
    return Asked(
        who=given.get("vem", "").strip(),
        kind=given.get("sort", "").strip(),
        verb=given.get("gjort", "").strip(),
        since=_day(given.get("fran", "")),
        until=_day(given.get("till", "")),
        before=int(before) if before.isascii() and before.isdigit() and int(before[:20]) < _BIGGEST else None,
    )


def page(asked: Asked, events: QuerySet[Event] | None = None) -> Page:
    """Return one page of what is asked for."""
    found = (Event.objects.all() if events is None else events).order_by("-number")
    exact = {"who": asked.who, "kind": asked.kind, "verb": asked.verb}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if asked.since is not None:
        found = found.filter(at__gte=_midnight(asked.since))
    if asked.until is not None:
        found = found.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    if asked.before is not None:
        found = found.filter(number__lt=asked.before)
    rows = list(found[: PAGE + 1])
    return Page(told(rows[:PAGE]), rows[PAGE - 1].number if len(rows) > PAGE else None)


def told(events: Iterable[Event]) -> tuple[Told, ...]:
    """Return events in words."""
    return tuple(
        Told(event, who_name(event.who), verb_name(event.verb), kind_name(event.kind), _lines(event))
        for event in events
    )


def verb_name(verb: str) -> Text:
    """Return what was done in words: the permission's own, where there is one."""
    return MATRIX[verb].name if verb in MATRIX else Text(verb, verb)


def who_name(who: str) -> Text:
    """Return what somebody is called: people by their own name, without the number of their key, the rest in words."""
    name = name_of(who)
    return NOBODY.get(who, Text(name, name))


def kind_name(kind: str) -> Text:
    """Return what a kind of thing is called."""
    return KINDS.get(kind, Text(kind, kind))


def choices() -> dict[str, list[str]]:
    """Return what can be chosen in the filters: everything that stands in the trail."""
    return {
        name: list(Event.objects.order_by(name).values_list(name, flat=True).distinct())
        for name in ("who", "kind", "verb")
    }


def _lines(event: Event) -> tuple[Line, ...]:
    return tuple(
        Line(field_name(event.kind, event.key, field.name) if field.name else None, field.before, field.after)
        for field in changed(event.before, event.after)
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 < day.year < 9000 else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min).astimezone()  # a moment without a zone is the machine's own
