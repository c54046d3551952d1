"""What has been done to an entry, said field by field."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vagvisare.terms.language import Language, Text
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import name_of
from vagvisare.web.registers.definition import Definition
from vagvisare.web.registers.lookups import Lookups
from vagvisare.web.registers.models import Entry


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, from and to, as people read it."""

    label: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One event: who, when, what in a word, why, and which fields."""

    number: int
    at: datetime
    who: str
    what: Text
    reason: str
    changes: tuple[FieldChange, ...]
    undoable: bool


def told(
    definition: Definition, events: Sequence[Event], entry: Entry, place: int, lookups: Lookups, language: Language
) -> list[Told]:
    """Return the events of an entry in the order given, in words; ``place`` is the entry's own, from 0."""
    return [_told(definition, event, entry, place, lookups, language) for event in events]


def _told(definition: Definition, event: Event, entry: Entry, place: int, lookups: Lookups, language: Language) -> Told:
    before, after = (_read(text) for text in (event.before, event.after))
    what = Text("ändrade", "changed")
    if before is None:
        what = Text("lade till", "added")
    elif after is None:
        what = Text("tog bort", "removed")
    elif after.keys() == {"position"}:
        what = Text("flyttade", "moved")
    changes = _changes(definition, before, after, lookups, language) if before is not None and after is not None else ()
    who = Text("systemet", "the system").to(language) if event.who == "system" else name_of(event.who)
    return Told(event.number, event.at, who, what, event.reason, changes, _as_left(after, entry, place))


def _as_left(after: Mapping[str, Any] | None, entry: Entry, place: int) -> bool:
    """Tell whether an entry is as an event left it: only then can the event be undone."""
    if after is None:
        return False
    return after["position"] == place if after.keys() == {"position"} else after == entry.content


def _changes(
    definition: Definition,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    lookups: Lookups,
    language: Language,
) -> tuple[FieldChange, ...]:
    found = []
    for column in definition.columns:
        was, now = (
            "; ".join(lookups.lines(column, definition.full(said).get(column.name), language))
            for said in (before, after)
        )
        if was != now:
            found.append(FieldChange(column.label, was, now))
    return tuple(found)


def _read(text: str) -> dict[str, Any] | None:
    return json.loads(text) if text else None
