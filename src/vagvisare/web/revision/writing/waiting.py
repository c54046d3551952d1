"""What waits for a person in the drafts: what to write, what to answer, what to settle."""

from __future__ import annotations

from dataclasses import dataclass

from vagvisare.web.accounts.models import Person
from vagvisare.web.revision.models import Assignment, Clash, Comment

MOST = 50
"""So many of each are listed; whoever has more has enough to do."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Assignments not done (the most urgent first), open threads a person is named in, and clashes they are part of."""

    assignments: tuple[Assignment, ...]
    mentions: tuple[Comment, ...]
    clashes: tuple[Clash, ...]


def waiting_for(person: Person) -> Waiting:
    """Return what waits for a person in drafts that are not sealed, with three questions."""
    here = {"node__removed_at": None, "node__draft__sealed_as": ""}
    given = Assignment.objects.filter(person=person, done_at=None, **here).select_related("node__draft")
    named = (
        Comment.objects.filter(mentions=person, resolved_at=None, reply_to__resolved_at=None, **here)
        .exclude(author=person)
        .select_related("node__draft", "author")
    )
    clashes = Clash.objects.filter(by=person, settled_at=None, **here).select_related("node__draft")
    return Waiting(
        tuple(sorted(given, key=lambda each: (each.due is None, each.due or each.made_at.date(), each.pk))[:MOST]),
        tuple(named.order_by("-at", "-id")[:MOST]),
        tuple(clashes[:MOST]),
    )
