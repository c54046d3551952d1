"""What is said about nodes, and who is to write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.rules import MATRIX, may
from vagvisare.web.access.verbs import RefusedError, verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.trail import record
from vagvisare.web.revision.models import Assignment, Comment, DraftNode
from vagvisare.web.revision.writing.keeping import cleaned
from vagvisare.web.revision.writing.tree import ANCESTORS, hold, named, path_of

COMMENT, ASSIGN, WRITE = "draft.comment", "draft.assign", "draft.write"
LONGEST = 10_000


class SayError(UserError):
    """A comment or an assignment cannot be kept as it is."""

    def __init__(self, what: Text, remedy: Text) -> None:
        super().__init__(what, meaning=Text("Ingenting har sparats.", "Nothing was saved."), remedy=remedy)


def readers(*, with_roles: bool = False) -> list[Person]:
    """Return everybody who may read the draft, by name; ``with_roles`` where somebody asks what they may do."""
    roles = [str(role) for role in MATRIX["draft.read"].roles]
    found = Person.objects.filter(is_active=True, grants__role__in=roles).distinct()
    return list(found.prefetch_related("grants") if with_roles else found)


def mentioned(text: str, people: Iterable[Person]) -> list[Person]:
    """Return the people whose whole name stands after an @ in the text; other names are only text."""
    found: dict[int, Person] = {}
    rest = text
    # The longest name first: ”@Anna Berg Ek” is not Anna Berg.
    for person in sorted(people, key=lambda each: -len(each.name)):
        if not person.name:
            continue
        name = re.compile(rf"(?<!\w)@{re.escape(person.name)}(?!\w)", re.IGNORECASE)
        if name.search(rest):
            found[person.pk] = person
            if not any(other.pk != person.pk and other.name == person.name for other in people):
                rest = name.sub(" ", rest)
    return sorted(found.values(), key=lambda each: each.name)


@verb(COMMENT, scope=lambda node, *_, **__: path_of(node))
def comment(by: Person, node: DraftNode, text: str, reply_to: Comment | None = None) -> Comment:
    """Say something about a node, or answer what was said; a resolved thread opens again when somebody answers.

    Raises:
        SayError: when there is nothing said, too much, or the answer is to something said elsewhere.
    """
    node = hold(node)
    said = cleaned(text).strip()
    if not said or len(said) > LONGEST:
        raise SayError(
            Text(f"En kommentar har mellan ett och {LONGEST} tecken.",
                 f"A comment has between one and {LONGEST} characters."),
            Text("Skriv något, eller korta texten.", "Write something, or shorten the text."),
        )  # fmt: skip
    first = _thread(node, reply_to)
    made = Comment.objects.create(node=node, author=by, text=said, reply_to=first)
    people = mentioned(said, readers(with_roles=True)) if "@" in said else []
    made.mentions.set(people)
    if first is not None and first.resolved_at is not None:
        first.resolved_at, first.resolved_by = None, ""
        first.save(update_fields=["resolved_at", "resolved_by"])
    told = {"act": "commented", "draft": node.draft.key, "node": str(node.uid), "text": said}
    told |= {"reply_to": first.pk} if first else {}
    told |= {"mentions": [person.key for person in people]} if people else {}
    record(by.key, COMMENT, "comment", str(made.pk), title=named(node), after=told)
    return made


def _thread(node: DraftNode, reply_to: Comment | None) -> Comment | None:
    if reply_to is None:
        return None
    first = reply_to.reply_to or reply_to
    if first.node_id != node.pk:
        raise SayError(
            Text("Kommentaren du svarar på hör till en annan del.", "The comment you answer belongs to another part."),
            Text("Ladda om sidan och svara igen.", "Load the page again and answer once more."),
        )
    return first


@verb(COMMENT, scope=lambda comment, *_, **__: path_of(comment.node))
def resolve(by: Person, comment: Comment, *, done: bool = True) -> Comment:
    """Mark a thread as dealt with, or open it again; what was said stays."""
    hold(comment.node)
    first = comment.reply_to or comment
    if (first.resolved_at is not None) == done:
        return first
    first.resolved_at, first.resolved_by = (datetime.now(UTC), by.key) if done else (None, "")
    first.save(update_fields=["resolved_at", "resolved_by"])
    act = {"act": "resolved" if done else "reopened", "draft": first.node.draft.key, "node": str(first.node.uid)}
    record(by.key, COMMENT, "comment", str(first.pk), title=named(first.node), after=act)
    return first


@verb(ASSIGN, scope=lambda node, *_, **__: path_of(node))
def assign(by: Person, node: DraftNode, person: Person, due: date | None = None, note: str = "") -> Assignment:
    """Ask somebody to write a node, by a day or without one; done again it changes day and note, and opens it anew.

    Raises:
        SayError: when that person may not write there.
    """
    node = hold(node)
    if not may(person, WRITE, path_of(node)):
        raise SayError(
            Text(f"{person} får inte skriva här.", f"{person} may not write here."),
            Text("Be en administratör om rollen skribent för delen först.",
                 "Ask an administrator for the role of writer for the part first."),
        )  # fmt: skip
    found = Assignment.objects.filter(node=node, person=person).first()
    before = None if found is None else _plain(found)
    given, _ = Assignment.objects.update_or_create(
        node=node, person=person, defaults={"due": due, "note": cleaned(note).strip(), "done_at": None}
    )
    if before != _plain(given):
        record(by.key, ASSIGN, "assignment", str(given.pk), title=named(node), before=before, after=_plain(given))
    return given


def _plain(given: Assignment) -> dict[str, object]:
    return {
        "draft": given.node.draft.key,
        "node": str(given.node.uid),
        "person": given.person.key,
        "due": given.due.isoformat() if given.due else "",
        "note": given.note,
        "done": given.done_at is not None,
    }


@verb(WRITE, scope=lambda assignment, *_, **__: path_of(assignment.node))
def assign_done(by: Person, assignment: Assignment, *, done: bool = True) -> Assignment:
    """Say that one has written what one was asked to, or that it is not done after all.

    Raises:
        RefusedError: for somebody who neither was asked nor divides the writing.
    """
    hold(assignment.node)
    if by.pk != assignment.person_id and not may(by, ASSIGN, path_of(assignment.node)):
        raise RefusedError(ASSIGN)
    if (assignment.done_at is not None) == done:
        return assignment
    before = _plain(assignment)
    assignment.done_at = datetime.now(UTC) if done else None
    assignment.save(update_fields=["done_at"])
    title = named(assignment.node)
    record(by.key, WRITE, "assignment", str(assignment.pk), title=title, before=before, after=_plain(assignment))
    return assignment


@verb(ASSIGN, scope=lambda assignment, *_, **__: path_of(assignment.node))
def unassign(by: Person, assignment: Assignment) -> None:
    """Take back that somebody is to write a node."""
    node = hold(assignment.node)
    before, key = _plain(assignment), str(assignment.pk)
    assignment.delete()
    record(by.key, ASSIGN, "assignment", key, title=named(node), before=before)


def comment_of(draft_key: str, pk: int) -> Comment:
    """Return a comment of a draft, with its node's path.

    Raises:
        Comment.DoesNotExist: when the draft has none of that number.
    """
    read = Comment.objects.select_related("reply_to", f"node__{ANCESTORS}", "node__draft")
    return read.get(pk=pk, node__draft__key=draft_key)


def assignment_of(draft_key: str, pk: int) -> Assignment:
    """Return an assignment of a draft, with its node's path and its person.

    Raises:
        Assignment.DoesNotExist: when the draft has none of that number.
    """
    read = Assignment.objects.select_related("person", f"node__{ANCESTORS}", "node__draft")
    return read.get(pk=pk, node__draft__key=draft_key)
