"""Everything that is done to a draft's contributions, goal conflicts, perspectives and themes."""

from __future__ import annotations

from vagvisare.editions.check import LINK_KINDS
from vagvisare.editions.contributions import MUTUAL, conflict_text
from vagvisare.terms.errors import UnknownError, UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.registers.models import Entry
from vagvisare.web.revision.linking import keeping
from vagvisare.web.revision.linking.keeping import CELLS, SCREENINGS, TAGS
from vagvisare.web.revision.models import Cell, Draft, DraftNode
from vagvisare.web.revision.writing.keeping import fitting
from vagvisare.web.revision.writing.tree import ANCESTORS, named, path_of

CELL_ANSWERS = ("yes", "no")
SCREENING_ANSWERS = ("yes", "partly", "no")
UNKNOWN = "unknown"
"""Said of a cell it takes the answer away: nobody has then said anything."""


def _within(draft: Draft, **told: object) -> str:
    """Return the path of what a verb is about; a link between two places may be stated from either."""
    addresses = [told[name] for name in ("address", "origin", "target") if name in told]
    nodes = DraftNode.objects.filter(draft=draft, address__in=addresses).select_related(ANCESTORS)
    return " ".join(path_of(node) for node in nodes)


def _within_origin(draft: Draft, **told: object) -> str:
    return _within(draft, origin=told["origin"])


def _within_event(draft: Draft, number: int) -> str:
    event = _event(number)
    known = keeping.told(event)
    return _within(draft, **{name: known[name] for name in ("address", "origin", "target") if name in known})


@verb("draft.link", scope=_within_origin)
def set_cell(
    by: Person,
    draft: Draft,
    *,
    kind: str,
    origin: str,
    target: str,
    answer: str,
    version: int | None = None,
    rationale: str | None = None,
    reason: str = "",
) -> Event | None:
    """Say of a cell yes, no, or nothing ("unknown"), and why.

    Args:
        by: who says it.
        draft: whose matrix it is.
        kind: a kind of link.
        origin: address of the row.
        target: address of the column.
        answer: "yes", "no" or "unknown".
        version: the version the person saw, 0 for a cell without an answer.
        rationale: why; left as it is when None. It is dropped with the answer.
        reason: why it was done, for the trail.

    Raises:
        OvertakenError: when somebody else has changed the cell since.
        UnknownError: when kind, answer or addresses are none of the draft's.
        UserError: when the rationale is too long.
    """
    _among(kind, LINK_KINDS)
    _among(answer, (*CELL_ANSWERS, UNKNOWN))
    ends = _nodes(draft, origin, target)
    row = _stated(draft, kind, origin, target)
    identity = {"kind": kind, "origin": origin, "target": target}
    if row is not None:
        identity |= {"origin": row.origin, "target": row.target}
    content = None if answer == UNKNOWN else {"answer": answer}
    if content is not None and rationale is not None:
        content["rationale"] = fitting(rationale)
    elif content is not None and row is not None and row.answer != answer:
        content["rationale"] = ""  # the words were said for the other answer
    words = _own_words(content)
    return keeping.put(by, CELLS, draft, identity, words, version=version, title=_title(*ends), reason=reason)


@verb("draft.link", scope=_within)
def state_conflict(
    by: Person,
    draft: Draft,
    *,
    origin: str,
    target: str,
    conflict: str,
    handling: str = "",
    version: int | None = None,
) -> Event | None:
    """State that two nodes conflict: in what, and how it is handled.

    Raises:
        OvertakenError: when somebody else has changed it since.
        UnknownError: when the addresses are none of the draft's.
        UserError: when the conflict is not said in words, or a thing is said to conflict with itself.
    """
    if not conflict.strip():
        wordless = UserError(
            Text("Målkonflikten saknar beskrivning.", "The goal conflict has no description."),
            meaning=Text("Den är inte sparad.", "It has not been saved."),
            remedy=Text("Skriv med ord vad som står mot vad.", "Write in words what stands against what."),
        )
        wordless.field = "conflict"
        raise wordless
    ends = _nodes(draft, origin, target)
    identity = {"kind": "conflicts_with", "origin": origin, "target": target}
    if (row := _stated(draft, "conflicts_with", origin, target)) is not None:
        identity |= {"origin": row.origin, "target": row.target}
    content = {"answer": "yes", "rationale": fitting(conflict_text(conflict, handling))}
    return keeping.put(by, CELLS, draft, identity, _own_words(content), version=version, title=_title(*ends))


@verb("draft.link", scope=_within)
def remove_conflict(by: Person, draft: Draft, *, origin: str, target: str, version: int | None = None) -> Event | None:
    """Take a goal conflict off the register; undone through the trail.

    Raises:
        OvertakenError: when somebody else has changed it since.
    """
    ends = _titles(draft, origin, target)
    identity = {"kind": "conflicts_with", "origin": origin, "target": target}
    if (row := _stated(draft, "conflicts_with", origin, target)) is not None:
        identity |= {"origin": row.origin, "target": row.target}
    return keeping.put(by, CELLS, draft, identity, None, version=version, title=ends)


@verb("draft.link", scope=_within)
def screen(
    by: Person,
    draft: Draft,
    *,
    perspective: str,
    address: str,
    answer: str,
    version: int | None = None,
    how: str | None = None,
    reason: str = "",
) -> Event | None:
    """Say whether a direction takes up a perspective: "yes", "partly", "no" or "unknown", and how.

    ``reason`` is why it was done, for the trail.

    Raises:
        OvertakenError: when somebody else has changed the answer since.
        UnknownError: when answer or addresses are none of the draft's.
        UserError: when the words are too many.
    """
    _among(answer, (*SCREENING_ANSWERS, UNKNOWN))
    ends = _nodes(draft, address, perspective)
    content = None if answer == UNKNOWN else {"answer": answer}
    if content is not None and how is not None:
        content["how"] = fitting(how)
    identity = {"perspective": perspective, "address": address}
    return keeping.put(by, SCREENINGS, draft, identity, content, version=version, title=_title(*ends), reason=reason)


@verb("draft.link", scope=_within)
def tag(by: Person, draft: Draft, *, theme: str, address: str) -> Event | None:
    """Tag a node with a theme of the register.

    Raises:
        UnknownError: when there is no such theme or node.
    """
    (node,) = _nodes(draft, address)
    if not Entry.objects.filter(register="themes", key=theme).exists():
        raise _unknown(theme)
    identity = {"theme": theme, "address": address}
    return keeping.put(by, TAGS, draft, identity, {}, version=None, title=f"{theme}: {named(node)}")


@verb("draft.link", scope=_within)
def untag(by: Person, draft: Draft, *, theme: str, address: str) -> Event | None:
    """Take a tag away."""
    identity = {"theme": theme, "address": address}
    title = f"{theme}: {_titles(draft, address)}"
    return keeping.put(by, TAGS, draft, identity, None, version=None, title=title)


@verb("draft.link", scope=_within_event)
def undo(by: Person, draft: Draft, *, number: int) -> Event | None:
    """Undo one event of the draft's links, by its number in the trail.

    Raises:
        UnknownError: when it is no such event.
        OvertakenError: when the same thing has been changed since.
    """
    return keeping.undo(by, draft, _event(number))


def _event(number: int) -> Event:
    event = Event.objects.filter(number=number).first()
    if event is None:
        raise _unknown(str(number))
    return event


def _stated(draft: Draft, kind: str, origin: str, target: str) -> Cell | None:
    """Return the row of a link; what says the same in both directions has one row, whichever way it was stated."""
    rows = {(row.origin, row.target): row
            for row in Cell.objects.filter(draft=draft, kind=kind, origin__in=(origin, target))}  # fmt: skip
    return rows.get((origin, target)) or (rows.get((target, origin)) if kind in MUTUAL else None)


def _own_words(content: dict[str, str] | None) -> dict[str, str] | None:
    """Take away what vouched for an earlier answer: translation and source are another's words, not the person's."""
    return content if content is None or "rationale" not in content else {**content, "english": "", "source": ""}


def _nodes(draft: Draft, *addresses: str) -> list[DraftNode]:
    """Return the living nodes of the addresses, in their order."""
    found = {node.address: node for node in DraftNode.objects.filter(draft=draft, address__in=addresses)}
    for address in addresses:
        if address not in found or found[address].removed_at is not None:
            raise _unknown(address)
    if len(set(addresses)) != len(addresses):
        same = UserError(
            Text("En sak kan inte länkas till sig själv.", "A thing cannot be linked to itself."),
            meaning=Text("Ingenting har sparats.", "Nothing was saved."),
            remedy=Text("Välj två olika.", "Choose two that differ."),
        )
        same.field = "target"
        raise same
    return [found[address] for address in addresses]


def _titles(draft: Draft, *addresses: str) -> str:
    """Return what people call nodes, also those that have been removed."""
    found = {node.address: node for node in DraftNode.objects.filter(draft=draft, address__in=addresses)}
    return " – ".join(named(found[address]) if address in found else address for address in addresses)


def _title(*nodes: DraftNode) -> str:
    return " – ".join(named(node) for node in nodes)


def _among(said: str, known: tuple[str, ...]) -> None:
    if said not in known:
        raise _unknown(said)


def _unknown(name: str) -> UnknownError:
    return UnknownError(
        Text(f"”{name}” finns inte i utkastet.", f"“{name}” is not in the draft."),
        meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
        remedy=Text("Ladda om sidan och välj på nytt.", "Load the page again and choose anew."),
    )
