"""What waits for a person, and where the whole work stands: each in a fixed number of questions to the database."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime

from django.db.models import F, Q, QuerySet

from vagvisare.editions.registers import Occasion
from vagvisare.editions.timeline import ACTUAL, PLANNED, Window, window
from vagvisare.terms.errors import FolderError
from vagvisare.web.access.rules import may
from vagvisare.web.accounts import queries as people
from vagvisare.web.accounts.models import Invitation, Person
from vagvisare.web.desk.reasons import Owed, owed
from vagvisare.web.registers import snapshot
from vagvisare.web.registers.models import Entry
from vagvisare.web.revision.models import Assignment, Clash, Comment, Draft
from vagvisare.web.strategy.models import SealedEdition
from vagvisare.web.strategy.unwritten import unwritten

MOST = 50
"""Of each kind that is shown; whoever has more waiting begins with these."""


@dataclass(frozen=True, slots=True)
class Step:
    """The next step on the timeline, and the days it is planned for."""

    occasion: Occasion
    when: Window


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one person."""

    late: tuple[Assignment, ...]
    assignments: tuple[Assignment, ...]
    clashes: tuple[Clash, ...]
    mentions: tuple[Comment, ...]
    reasons: tuple[Owed, ...]
    invitations: tuple[Invitation, ...]
    unwritten: tuple[SealedEdition, ...]

    @property
    def count(self) -> int:
        """How many things wait."""
        return sum(len(getattr(self, kind.name)) for kind in fields(self))


@dataclass(frozen=True, slots=True)
class Begun:
    """How far a fresh workspace has come: the folder taken in, others invited, a draft opened."""

    taken_in: bool
    invited: bool
    draft: Draft | None

    @property
    def whole(self) -> bool:
        """Whether all three steps are taken."""
        return self.taken_in and self.invited and self.draft is not None


def waiting(person: Person, today: date | None = None) -> Waiting:
    """Return what waits for a person; nothing of a draft for somebody who may not read one."""
    now = today or _today()
    reads = may(person, "draft.read")
    assigned = tuple(_assignments(person)) if reads else ()
    return Waiting(
        late=tuple(a for a in assigned if a.due is not None and a.due < now),
        assignments=tuple(a for a in assigned if a.due is None or a.due >= now),
        clashes=tuple(_clashes(person)) if reads else (),
        mentions=tuple(_mentions(person)) if reads else (),
        reasons=owed(person, MOST) if reads else (),
        invitations=tuple(people.open_invitations()[:MOST]) if may(person, "people.manage") else (),
        unwritten=unwritten() if may(person, "registers.folder") else (),
    )


def begun() -> Begun:
    """Return how far the workspace has come."""
    others = Person.objects.count() > 1 or people.open_invitations().exists()
    return Begun(
        taken_in=SealedEdition.objects.exists() or Entry.objects.exists(),
        invited=others,
        draft=Draft.objects.filter(sealed_at=None).first(),
    )


def next_step(today: date | None = None) -> Step | None:
    """Return the next planned step of the timeline that has not been taken; None when nothing is ahead.

    A timeline that cannot be read tells nothing here; its own page says what is wrong with it.
    """
    now = today or _today()
    try:
        timeline = snapshot.register("timeline").timeline
    except FolderError:
        return None
    ahead = [
        Step(occasion, when)
        for occasion in timeline
        if not any(claim.kind == ACTUAL for claim in occasion.claims)
        for claim in occasion.claims
        if claim.kind == PLANNED and (when := _window(claim.start, claim.end)) is not None and when.last >= now
    ]
    return min(ahead, key=lambda step: (max(step.when.first, now), step.when.last, step.occasion.key), default=None)


def _today() -> date:
    """Return the day it is where the machine stands."""
    return datetime.now(UTC).astimezone().date()


def _window(start: str, end: str) -> Window | None:
    first, last = window(start), window(end or start)
    return None if first is None or last is None else Window(first.first, last.last)


def _assignments(person: Person) -> QuerySet[Assignment]:
    mine = Assignment.objects.filter(
        person=person, done_at=None, node__removed_at=None, node__draft__sealed_at=None
    ).select_related("node__draft")
    return mine.order_by(F("due").asc(nulls_last=True), "pk")[:MOST]


def _clashes(person: Person) -> QuerySet[Clash]:
    mine = Clash.objects.filter(by=person, settled_at=None, node__draft__sealed_at=None)
    return mine.select_related("node__draft").order_by("at", "pk")[:MOST]


def _mentions(person: Person) -> QuerySet[Comment]:
    """Comments that name the person, in threads that nobody has resolved."""
    named = Comment.objects.filter(
        Q(reply_to=None) | Q(reply_to__resolved_at=None),
        mentions=person, resolved_at=None, node__removed_at=None, node__draft__sealed_at=None,
    )  # fmt: skip
    return named.select_related("node__draft", "author").order_by("at", "pk")[:MOST]
