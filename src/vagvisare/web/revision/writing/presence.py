"""Who is here now, and whether somebody has changed what one is looking at: one cheap question every few seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.trail import latest, name_of
from vagvisare.web.revision.models import Draft, DraftNode, Presence, Wording

GONE_AFTER = timedelta(seconds=30)
"""Somebody not heard of for so long is not here."""
RENEW_AFTER = timedelta(seconds=10)
"""So old may one's own row be before it is written again: forty people who only read must not keep the disk busy."""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else who is here: at which node (its uid, empty for none), and whether they write."""

    name: str
    node: str
    writing: bool


@verb("draft.read", traced=False)
def be_here(by: Person, draft: Draft, node: DraftNode | None, *, writing: bool = False) -> None:
    """Say where one is. It is no change of any record, and leaves no trail."""
    Presence.objects.update_or_create(
        draft=draft, person=by, defaults={"node": node, "writing": writing, "seen_at": datetime.now(UTC)}
    )


def around(by: Person, draft: Draft, node: DraftNode | None, *, writing: bool) -> tuple[Present, ...]:
    """Return who else is here, having said where one is oneself when that is news."""
    now = datetime.now(UTC)
    rows = list(
        Presence.objects.filter(draft=draft, seen_at__gt=now - GONE_AFTER)
        .select_related("person", "node")
        .order_by("person__name", "person_id")
    )
    own = next((row for row in rows if row.person_id == by.pk), None)
    place = None if node is None else node.pk
    if own is None or (own.node_id, own.writing) != (place, writing) or own.seen_at < now - RENEW_AFTER:
        be_here(by, draft, node, writing=writing)
    return tuple(
        Present(str(row.person), "" if row.node is None else str(row.node.uid), row.writing)
        for row in rows
        if row.person_id != by.pk
    )


def newer(node: DraftNode | None, version: int) -> dict[str, object]:
    """Return the node's version, and its text with who wrote it when it is newer than ``version``."""
    if node is None:
        return {}
    told: dict[str, object] = {"version": node.version, "removed": node.removed_at is not None}
    if node.version > version:
        by = Wording.objects.filter(node=node, version=node.version).values_list("by", flat=True).first()
        told |= {"text": node.text, "by": name_of(by or "")}
    return told


def stamp() -> str:
    """Return something that is another whenever anything has been changed: the number of the latest event."""
    return str(latest())
