"""The trail as a file: one event a line, in order, that anybody can verify without the records.

A line is a JSON array of what the seal is made over, and the seal: number, moment (UTC), who, verb, kind, key, title,
before, after, reason, the previous event's seal, and the event's own: SHA-256 over the line without its last member,
written without blanks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import latest, told

_BATCH = 1000


def lines(events: QuerySet[Event] | None = None) -> Iterator[str]:
    """Return the events as lines, oldest first; those there are when the first line is asked for."""
    last = latest()
    chosen = Event.objects.all() if events is None else events
    for event in chosen.filter(number__lte=last).order_by("number").iterator(_BATCH):
        yield json.dumps([*told(event), event.seal], ensure_ascii=False, separators=(",", ":")) + "\n"


def read(written: Iterable[str]) -> Iterator[Event]:
    """Return the events that lines hold, in their order.

    Raises:
        FigureError: when a line is no event.
    """
    for number, line in enumerate(written, start=1):
        if line.strip():
            yield _event(number, line)


def missing_from_records(written: Iterable[str]) -> int | None:
    """Return the number of the first event of an export that the records no longer hold as it was; None when all stand.

    Raises:
        FigureError: when a line is no event.
    """
    exported = read(written)
    while batch := list(islice(exported, _BATCH)):
        kept = dict(Event.objects.filter(number__in=[e.number for e in batch]).values_list("number", "seal"))
        for event in batch:
            if kept.get(event.number) != event.seal:
                return event.number
    return None


def _event(number: int, line: str) -> Event:
    try:
        return _read(json.loads(line))
    except (ValueError, TypeError, RecursionError) as error:
        raise FigureError(
            Text(f"Rad {number} är ingen händelse ur ett spår.", f"Line {number} is no event of a trail."),
            meaning=Text("Filen kan inte kontrolleras.", "The file cannot be verified."),
            remedy=Text("Ange en fil från vagvisare trail export.", "Name a file made by vagvisare trail export."),
        ) from error


def _read(members: Any) -> Event:
    """Return the event that a line's members tell.

    Raises:
        ValueError, TypeError: when they tell none.
    """
    position, at, *words = members
    if not isinstance(position, int) or len(words) != 10 or not all(isinstance(word, str) for word in words):
        raise ValueError(members)
    who, verb, kind, key, title, before, after, reason, previous, seal = words
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError(at)
    return Event(
        number=position, at=moment.astimezone(UTC), who=who, verb=verb, kind=kind, key=key, title=title,
        before=before, after=after, reason=reason, previous=previous, seal=seal,
    )  # fmt: skip
