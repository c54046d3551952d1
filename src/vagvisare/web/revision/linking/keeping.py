"""Keeping what a draft links: cells, screenings and tags are changed, told and undone in the same way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import OvertakenError
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import fitting, record
from vagvisare.web.revision.models import Cell, Draft, Screening, ThemeTag
from vagvisare.web.revision.writing.tree import hold_draft

NEED = "draft.link"
"""What changing any of it needs."""

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing that is kept: what the trail calls it, its table, what names a row, and what a row says."""

    name: str
    model: type[Model]
    identity: tuple[str, ...]
    content: tuple[str, ...]
    versioned: bool = True


CELLS = Kept("cell", Cell, ("kind", "origin", "target"), ("answer", "rationale", "english", "source"))
SCREENINGS = Kept("screening", Screening, ("perspective", "address"), ("answer", "how"))
TAGS = Kept("theme_tag", ThemeTag, ("theme", "address"), (), versioned=False)
EVERY = {kept.name: kept for kept in (CELLS, SCREENINGS, TAGS)}


def put(
    by: Person,
    kept: Kept,
    draft: Draft,
    identity: Mapping[str, str],
    content: Mapping[str, str] | None,
    *,
    version: int | None,
    title: str,
    reason: str = "",
) -> Event | None:
    """Make a row say something, or (``content`` None) take it away; nothing is told where nothing changes.

    Args:
        by: who does it; the verb has asked whether they may.
        kept: what kind of thing it is.
        draft: whose it is; locked for the change, so that a row is made once.
        identity: the fields that name the row.
        content: the fields to set, those left out stay; None takes the row away.
        version: the version the person saw (0 for no row); None where it does not matter.
        title: what people call it.
        reason: why, for the trail.

    Raises:
        SealedDraftError: when the draft is sealed.
        OvertakenError: when somebody else has changed the row since the person saw it.
    """
    hold_draft(draft)
    row: Any = kept.model._default_manager.filter(draft=draft, **identity).first()  # noqa: SLF001  any of the tables
    before = state(kept, row)
    if version is not None and version != _version(before):
        raise OvertakenError(before)
    if content is None:
        if row is None:
            return None
        row.delete()
        after = None
    else:
        said = {name: content.get(name, (before or {}).get(name, "")) for name in kept.content}
        if before is not None and said == {name: before[name] for name in kept.content}:
            return None
        after = _write(by, kept, draft, row, identity, said)
    return record(
        by.key,
        NEED,
        kept.name,
        key_of(kept, draft, identity),
        title=title,
        before=before and {"draft": draft.key, **before},
        after=after and {"draft": draft.key, **after},
        reason=reason,
    )


def undo(by: Person, draft: Draft, event: Event) -> Event | None:
    """Put back what stood before an event, unless somebody has changed it since.

    Raises:
        UnknownError: when the event is none of this draft's links.
        OvertakenError: when it has been changed since.
    """
    before, after = (json.loads(words) if words else None for words in (event.before, event.after))
    known = told(event)
    kept = EVERY.get(event.kind)
    if kept is None or known.get("draft") != draft.key:
        raise UnknownError(
            Text("Det finns inget sådant att ångra här.", "There is nothing of the kind to undo here."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Se efter i spåret vad som hände.", "See in the trail what happened."),
        )
    identity = {name: known[name] for name in kept.identity}
    hold_draft(draft)
    now = state(kept, kept.model._default_manager.filter(draft=draft, **identity).first())  # noqa: SLF001  any table
    if _content(kept, now) != _content(kept, after):
        raise OvertakenError(now)
    reason = f"ångrar händelse {event.number}"
    return put(by, kept, draft, identity, _content(kept, before), version=None, title=event.title, reason=reason)


def _content(kept: Kept, seen: State | None) -> dict[str, str] | None:
    """Return what a row says, without the version: undoing one's undoing gives the words back, not the number."""
    return None if seen is None else {name: seen[name] for name in kept.content}


def told(event: Event) -> State:
    """Return what an event tells of its row, before or after; nothing for an event of another kind."""
    words = event.before or event.after
    return json.loads(words) if words and event.kind in EVERY else {}


def state(kept: Kept, row: Any) -> State | None:
    """Return a row as the trail remembers it, None for no row."""
    if row is None:
        return None
    said = {name: getattr(row, name) for name in (*kept.identity, *kept.content)}
    return said | {"version": row.version if kept.versioned else 1}


def _version(seen: State | None) -> int:
    return 0 if seen is None else int(seen["version"])


def _write(
    by: Person, kept: Kept, draft: Draft, row: Any, identity: Mapping[str, str], said: Mapping[str, str]
) -> State | None:
    if row is None:
        row = kept.model(draft=draft, **identity)
        if kept.versioned:
            # A row that comes back goes on counting, so that whoever saw an earlier one finds out.
            row.version = 1 + Event.objects.filter(kind=kept.name, key=key_of(kept, draft, identity)).count()
    elif kept.versioned:
        row.version += 1
    if kept.versioned:
        row.by = by.key
    for name, words in said.items():
        setattr(row, name, words)
    row.save()
    return state(kept, row)


def key_of(kept: Kept, draft: Draft, identity: Mapping[str, str]) -> str:
    """Return the row's key in the trail, shortened by a digest where addresses are long."""
    return fitting(" ".join([draft.key, *(identity[name] for name in kept.identity)]))
