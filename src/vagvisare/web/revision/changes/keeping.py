"""Keeping reasons and wordings of changes: written, told in the trail and undone in the same way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import ChangedSinceError, OvertakenError
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import fitting, record
from vagvisare.web.revision.models import ChangeNote, Draft, Reason

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing: what the trail calls it, its table, the need, what names a row, and how an empty one reads."""

    name: str
    model: type[Model]
    need: str
    named_by: str
    empty: Mapping[str, Any]


REASONS = Kept("reason", Reason, "draft.reason", "address", {"text": "", "because": []})
NOTES = Kept("change_note", ChangeNote, "draft.describe", "key", {"sv": "", "en": "", "left_out": False})
EVERY = {kept.name: kept for kept in (REASONS, NOTES)}


def state(kept: Kept, row: Any) -> State:
    """Return what a row says; no row says nothing, in the same form."""
    return {name: kept.empty[name] if row is None else getattr(row, name) for name in kept.empty}


def stamp(kept: Kept, row: Any) -> str:
    """Return a mark of what a row says, which a form carries so that two who change it at once find out."""
    said = json.dumps(state(kept, row), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def put(
    by: Person, kept: Kept, draft: Draft, name: str, said: State, *, title: str, seen: str = "", reason: str = ""
) -> Event | None:
    """Make a row say something; what says nothing is taken away, and nothing is told where nothing changes.

    Args:
        by: who does it; the verb has asked whether they may.
        kept: what kind of thing it is.
        draft: whose it is; the caller has locked it.
        name: the row's address or key.
        said: everything the row is to say.
        title: what people call it.
        seen: the stamp of what the person saw; empty where it does not matter.
        reason: why, for the trail.

    Raises:
        OvertakenError: when somebody else has changed the row since the person saw it.
    """
    rows = kept.model._default_manager  # noqa: SLF001  any of the tables
    row: Any = rows.filter(draft=draft, **{kept.named_by: name}).first()
    before = state(kept, row)
    if seen and seen != stamp(kept, row):
        raise OvertakenError(before)
    if said == before:
        return None
    if said == dict(kept.empty):
        row.delete()
    else:
        rows.update_or_create(draft=draft, **{kept.named_by: name}, defaults={**said, "by": by.key})
    head = {"draft": draft.key, kept.named_by: name}
    return record(
        by.key, kept.need, kept.name, key_of(draft, name), title=title,
        before=head | before, after=head | said, reason=reason,
    )  # fmt: skip


def undo(by: Person, kept: Kept, draft: Draft, number: int) -> Event | None:
    """Put back what stood before an event, unless somebody has changed it since.

    Raises:
        UnknownError: when the event is none of this draft's of the kind.
        ChangedSinceError: when it has been changed since.
    """
    event = Event.objects.filter(number=number, kind=kept.name).first()
    told: State = json.loads(event.after) if event else {}
    if event is None or told.get("draft") != draft.key:
        raise UnknownError(
            Text("Det finns inget sådant att ångra här.", "There is nothing of the kind to undo here."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Se efter i spåret vad som hände.", "See in the trail what happened."),
        )
    name = str(told[kept.named_by])
    now = state(kept, kept.model._default_manager.filter(draft=draft, **{kept.named_by: name}).first())  # noqa: SLF001
    if now != {part: told[part] for part in kept.empty}:
        raise ChangedSinceError(now)
    was = json.loads(event.before)
    said = {part: was[part] for part in kept.empty}
    return put(by, kept, draft, name, said, title=event.title, reason=f"ångrar händelse {number}")


def name_in(event: Event) -> str:
    """Return the address or key that an event of ours is about."""
    return str(json.loads(event.after)[EVERY[event.kind].named_by])


def key_of(draft: Draft, name: str) -> str:
    """Return the row's key in the trail, shortened by a digest where it is long."""
    return fitting(f"{draft.key} {name}")
