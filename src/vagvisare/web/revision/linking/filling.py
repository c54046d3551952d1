"""Answers that were filled in elsewhere: kept in one step, and undone in one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import record
from vagvisare.web.revision.linking import actions, keeping
from vagvisare.web.revision.linking.export import SCREENING
from vagvisare.web.revision.models import Draft

FILE = "link"
"""The kind of the event that joins all those of one file."""


@dataclass(frozen=True, slots=True)
class Filling:
    """One answer: of which cell, which version of it was seen (0: none), and how (None: left as it is)."""

    origin: str
    target: str
    answer: str
    version: int
    how: str | None = None


@verb("draft.link")
def fill_in(by: Person, draft: Draft, *, matrix: str, answers: Iterable[Filling], name: str) -> Event | None:
    """Keep the answers of a file, all or none: an event for each, and one more that joins them.

    Args:
        by: who took the file in; every answer asks whether they may give it.
        draft: whose matrix it is.
        matrix: a kind of link, or "screening".
        answers: what the file says of each cell it changes.
        name: the file's.

    Raises:
        OvertakenError: when somebody else has changed one of the cells since.
        RefusedError: when one of the cells is not theirs to answer.
        UnknownError: when an answer or an address is none of the draft's.
    """
    reason = f"ur filen {name}"
    told = [_kept(by, draft, matrix, each, reason) for each in answers]
    return _joined(by, draft, [event for event in told if event], name)


def _kept(by: Person, draft: Draft, matrix: str, each: Filling, reason: str) -> Event | None:
    said = {"answer": each.answer, "version": each.version, "reason": reason}
    if matrix == SCREENING:
        return actions.screen(by, draft, perspective=each.target, address=each.origin, how=each.how, **said)
    return actions.set_cell(by, draft, kind=matrix, origin=each.origin, target=each.target, **said)


def _joined(by: Person, draft: Draft, events: list[Event], title: str, reason: str = "") -> Event | None:
    """Add the event that joins others: they follow upon each other, because verbs take turns."""
    if not events:
        return None
    numbers = sorted(event.number for event in events)
    after = {"draft": draft.key, "first": numbers[0], "last": numbers[-1], "answers": len(numbers)}
    return record(by.key, keeping.NEED, FILE, draft.key, title=title, after=after, reason=reason)


@verb("draft.link")
def undo_file(by: Person, draft: Draft, *, number: int) -> Event | None:
    """Undo everything that one file changed, the last first; undoing that brings it back.

    Args:
        by: who undoes it; every answer asks whether they may.
        draft: whose matrix it is.
        number: of the event that joins the others.

    Raises:
        UnknownError: when it is no such event of this draft's.
        OvertakenError: when one of the cells has been changed since; then nothing is undone.
    """
    event = Event.objects.filter(number=number, kind=FILE, key=draft.key).first()
    told = json.loads(event.after) if event else {}
    if event is None or not {"first", "last"} <= told.keys():
        raise UnknownError(
            Text("Det finns inget sådant att ångra här.", "There is nothing of the kind to undo here."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Se efter i spåret vad som hände.", "See in the trail what happened."),
        )
    undone = [actions.undo(by, draft, number=each) for each in range(told["last"], told["first"] - 1, -1)]
    return _joined(by, draft, [each for each in undone if each], event.title, f"ångrar händelse {number}")


def is_file(number: int) -> bool:
    """Tell whether an event joins those of a file."""
    return Event.objects.filter(number=number, kind=FILE).exists()
