"""Write the trail, and prove that nobody has touched it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from vagvisare.terms.language import Text
from vagvisare.web.audit.models import Event

LONGEST_KEY = 300
"""Characters there is room for in the key of what an event is about."""

FIRST = "0" * 64
"""What stands before the first event."""

_LOCK = 0x76A9_0001
"""Names our lock in PostgreSQL: events are numbered one at a time."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the chain does not hold, and why."""

    number: int
    why: Text


def record(
    who: str,
    verb: str,
    kind: str,
    key: str,
    *,
    title: str = "",
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> Event:
    """Add one event within the transaction that makes the change.

    Args:
        who: the person's key (see ``accounts.models.Person.key``), or "system".
        verb: what was done, as a need of the permission matrix where there is one ("registers.evidence.change").
        kind: the kind of thing: "entry", "node", "draft", "person" …
        key: the thing's own key.
        title: what people call it.
        before: JSON-able state before, None for nothing.
        after: JSON-able state after, None for nothing.
        reason: why, in the person's words.
    """
    with transaction.atomic():
        take_turn()
        last = Event.objects.order_by("-number").values_list("number", "seal").first()
        number, previous = (1, FIRST) if last is None else (last[0] + 1, last[1])
        event = Event(
            number=number,
            at=datetime.now(UTC),
            who=who,
            verb=verb,
            kind=kind,
            key=key,
            title=title,
            before=_canonical(before),
            after=_canonical(after),
            reason=reason,
            previous=previous,
        )
        event.seal = seal_of(event)
        event.save(force_insert=True)
    return event


def take_turn() -> None:
    """Wait for one's turn to write, within a transaction; it lasts until the transaction ends.

    Events are numbered one at a time, so whoever writes several, or changes rows between them, takes the turn first:
    two who each held what the other waited for would otherwise both stop. SQLite gives turns by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def latest() -> int:
    """Return the number of the latest event, 0 before the first: another whenever anything has been changed."""
    return Event.objects.order_by("-number").values_list("number", flat=True).first() or 0


def name_of(who: str) -> str:
    """Return the name in what the trail calls a person ("Anna Berg #3")."""
    name, mark, number = who.rpartition(" #")
    return name if mark and number.isdecimal() else who


def told(event: Event) -> list[int | str]:
    """Return what an event tells: all that its seal is made over, in that order."""
    return [
        event.number,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.who,
        event.verb,
        event.kind,
        event.key,
        event.title,
        event.before,
        event.after,
        event.reason,
        event.previous,
    ]


def seal_of(event: Event) -> str:
    """Return the digest over an event and all before it."""
    return hashlib.sha256(json.dumps(told(event), ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def verify(events: Iterable[Event] | None = None) -> Broken | None:
    """Walk the chain from its first event and return the first break, or None when it holds."""
    number, previous = 0, FIRST
    for event in Event.objects.order_by("number").iterator(2000) if events is None else events:
        if event.number != number + 1:
            return Broken(number + 1, Text(f"händelse {number + 1} saknas", f"event {number + 1} is missing"))
        if event.previous != previous:
            return Broken(event.number, Text("hänger inte ihop med händelsen före", "does not follow the event before"))
        if seal_of(event) != event.seal:
            return Broken(event.number, Text("har ändrats efter att den skrevs", "was altered after it was written"))
        number, previous = event.number, event.seal
    return None


def fitting(key: str) -> str:
    """Return a key the trail has room for: a longer one ends in a digest of the whole."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 41]}#{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def of(kind: str, key: str) -> Iterator[Event]:
    """Return what has been done to one thing, newest first."""
    return iter(Event.objects.filter(kind=kind, key=key).order_by("-number"))


def _canonical(state: Any) -> str:
    return "" if state is None else json.dumps(state, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
