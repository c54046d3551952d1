"""What becomes of addresses when nodes are split and merged: origins, and everything that points at them."""

from __future__ import annotations

from vagvisare.editions.document import Edition
from vagvisare.web.revision.models import (
    Assignment,
    Cell,
    Comment,
    Descent,
    Draft,
    DraftNode,
    Reason,
    Screening,
    ThemeTag,
)

Row = list[str]
POINTERS = {
    "cells-from": (Cell, "origin"),
    "cells-to": (Cell, "target"),
    "screenings": (Screening, "address"),
    "tags": (ThemeTag, "address"),
}
"""Rows that name a node by its address: model and field."""
TOGETHER = {Cell: ("kind", "origin", "target"), Screening: ("perspective", "address"), ThemeTag: ("theme", "address")}


def origins(draft: Draft, address: str, opened: Edition | None) -> set[str]:
    """Return the addresses of the opened edition that a node of the draft comes from."""
    told = set(draft.descents.filter(after=address).values_list("before", flat=True))
    return told or ({address} if opened is not None and address in opened.by_address else set())


def descend(draft: Draft, kind: str, befores: set[str], after: str) -> list[Row]:
    """Record where a node comes from; return the rows that were new, as undoing needs them."""
    known = set(draft.descents.filter(after=after).values_list("before", flat=True))
    fresh = [Descent(draft=draft, kind=kind, before=before, after=after) for before in sorted(befores - known)]
    Descent.objects.bulk_create(fresh)
    return [[row.kind, row.before, row.after] for row in fresh]


def forget(draft: Draft, rows: list[Row]) -> None:
    """Take back recorded descents."""
    for kind, before, after in rows:
        draft.descents.filter(kind=kind, before=before, after=after).delete()


def remember(draft: Draft, rows: list[Row]) -> None:
    """Record descents that were taken back."""
    for kind, before, after in rows:
        Descent.objects.get_or_create(draft=draft, before=before, after=after, defaults={"kind": kind})


def follow(away: DraftNode, kept: DraftNode) -> dict[str, list[int]]:
    """Let everything said of a node that is merged away follow to the one that stays; return what moved, by kind.

    What the kept node has already (the same person, the same cell) is left with the one that goes.
    """
    moved = {
        "comments": list(away.comments.values_list("pk", flat=True)),
        "assignments": list(
            away.assignments.exclude(person__in=kept.assignments.values("person")).values_list("pk", flat=True)
        ),
    }
    carry(moved, away, kept)
    for name, (model, field) in POINTERS.items():
        moved[name] = _repointed(model, field, away, kept)
    return {name: rows for name, rows in moved.items() if rows}


def _repointed(model: type[Cell | Screening | ThemeTag], field: str, away: DraftNode, kept: DraftNode) -> list[int]:
    """Point rows at the kept node, but none at itself and none into a cell that is filled in."""
    others = [name for name in TOGETHER[model] if name != field]
    there = {tuple(getattr(row, name) for name in others)
             for row in model.objects.filter(draft=kept.draft, **{field: kept.address})}  # fmt: skip
    rows = [
        row
        for row in model.objects.filter(draft=kept.draft, **{field: away.address})
        if (key := tuple(getattr(row, name) for name in others)) not in there and kept.address not in key
    ]
    model.objects.filter(pk__in=[row.pk for row in rows]).update(**{field: kept.address})
    return [row.pk for row in rows]


def carry(moved: dict[str, list[int]], origin: DraftNode, to: DraftNode) -> None:
    """Move the named comments, assignments and pointers from one node to another."""
    Comment.objects.filter(pk__in=moved.get("comments", []), node=origin).update(node=to)
    Assignment.objects.filter(pk__in=moved.get("assignments", []), node=origin).update(node=to)
    for name, (model, field) in POINTERS.items():
        rows = model.objects.filter(pk__in=moved.get(name, []), **{field: origin.address})
        rows.update(**{field: to.address})


def join_reasons(away: DraftNode, kept: DraftNode, by: str) -> dict[str, object] | None:
    """Add the reasons of the node merged away to those of the kept; return what was joined, None for nothing."""
    given = Reason.objects.filter(draft=kept.draft, address=away.address).first()
    if given is None:
        return None
    reason, _ = Reason.objects.get_or_create(draft=kept.draft, address=kept.address, defaults={"by": by})
    before = {"text": reason.text, "because": list(reason.because)}
    reason.text = "\n\n".join(part for part in (reason.text, given.text) if part)
    reason.because = list(dict.fromkeys([*reason.because, *given.because]))
    reason.save()
    return {"before": before, "after": {"text": reason.text, "because": list(reason.because)}}
