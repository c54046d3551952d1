"""What has been done to an entry, said field by field."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vagvisare.terms.language import Language, Text
from vagvisare.web.audit.models import Event
from vagvisare.web.registers.definition import Definition
from vagvisare.web.registers.lookups import Lookups

_NUMBER = re.compile(r" #\d+$")


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


def told(definition: Definition, events: Sequence[Event], lookups: Lookups, language: Language) -> list[Told]:
    """Return events in the order given, in words."""
    return [_told(definition, event, lookups, language) for event in events]


def _told(definition: Definition, event: Event, lookups: Lookups, language: Language) -> Told:
    before, after = (_read(text) for text in (event.before, event.after))
    what = Text("ändrade", "changed")
    if before is None:
        what = Text("lade till", "added")
    elif after is None:
        what = Text("tog bort", "removed")
    elif after.keys() == {"position"}:
        what = Text("flyttade", "moved")
    changes = _changes(definition, before, after, lookups, language) if before is not None and after is not None else ()
    who = Text("systemet", "the system").to(language) if event.who == "system" else _NUMBER.sub("", event.who)
    return Told(event.number, event.at, who, what, event.reason, changes)


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
