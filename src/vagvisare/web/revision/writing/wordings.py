"""Saving words so that none is lost: idempotent, merged with what others wrote, or kept side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from vagvisare.editions.merge import merge
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.revision.models import Clash, DraftNode, Wording
from vagvisare.web.revision.writing.keeping import DETAILS, cleaned, state, states, tell, write
from vagvisare.web.revision.writing.tree import hold, path_of

NEED = "draft.write"
LONGEST_TICKET = 64


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: ``state`` is "saved", "merged" or "clash"; ``text`` is what the node says now.

    In a clash ``clash`` holds both wordings. ``event`` is the number of the trail's event, None where nothing changed.
    """

    state: str
    version: int
    text: str
    clash: Clash | None = None
    event: int | None = None


class TicketError(UserError):
    """A save came without a usable ticket, or with one that has been used for something else."""

    def __init__(self) -> None:
        super().__init__(
            Text("Sidan har blivit för gammal för att spara.", "The page has become too old to save from."),
            meaning=Text("Texten är inte sparad.", "The text has not been saved."),
            remedy=Text("Kopiera texten, ladda om sidan och spara igen.",
                        "Copy the text, load the page again and save once more."),
        )  # fmt: skip


def _scope(node: DraftNode, *_: object, **__: object) -> str:
    return path_of(node)


@verb(NEED, scope=_scope)
def save_wording(by: Person, node: DraftNode, text: str, base: int, ticket: str) -> Saved:
    """Save a node's wording, written upon version ``base`` of it. The same ticket again changes nothing.

    Where others have written since, the two are merged word by word; where that cannot be done, the node stays as it
    is and both wordings are kept until a person settles it.

    Raises:
        TicketError: when the ticket is empty, or has been used for another node.
        UserError: when ``base`` is a version that never was.
        SealedDraftError, RemovedNodeError: when nothing can be written there.
    """
    node = hold(node)
    mine = cleaned(text)
    if not ticket or len(ticket) > LONGEST_TICKET:
        raise TicketError
    done = _done_before(node, ticket)
    if done is not None:
        return done
    if mine == node.text:
        return Saved("saved", node.version, node.text)
    if base < node.version and node.wordings.filter(version__gt=base, text=mine).exists():
        # What the person wrote has been kept already, and others went on from it.
        return Saved("merged", node.version, node.text)
    before = state(node)
    if base == node.version:
        write(by, node, mine, ticket=ticket)
        return _told(by, node, before, "saved")
    ground = node.wordings.filter(version=base).values_list("text", flat=True).first()
    if ground is None:
        raise TicketError
    tried = merge(ground, node.text, mine)
    if not tried.clean:
        return _clash(by, node, base, mine, ticket)
    write(by, node, tried.text, base=base, merged=True, ticket=ticket)
    return _told(by, node, before, "merged")


def _done_before(node: DraftNode, ticket: str) -> Saved | None:
    wording = Wording.objects.filter(ticket=ticket).first()
    clash = None if wording else Clash.objects.filter(ticket=ticket).first()
    earlier = wording or clash
    if earlier is None:
        return None
    if earlier.node_id != node.pk:
        raise TicketError
    if clash is not None and clash.settled_as is None:
        now = node.clashes.filter(by=clash.by_id, base=clash.base, settled_at=None).last()
        return Saved("clash", node.version, node.text, now or clash)
    merged = wording is not None and (wording.merged or wording.version != node.version)
    return Saved("merged" if merged else "saved", node.version, node.text)


def _told(by: Person, node: DraftNode, before: dict[str, object], how: str, act: str = "") -> Saved:
    uid = str(node.uid)
    event = tell(by, NEED, act or how, node, {uid: before}, {uid: state(node)})
    return Saved(how, node.version, node.text, event=event.number)


def _clash(by: Person, node: DraftNode, base: int, mine: str, ticket: str) -> Saved:
    """Keep both. A person who writes on in the same clash replaces their own side; the earlier one stays a row."""
    node.clashes.filter(by=by, base=base, settled_at=None).update(settled_at=datetime.now(UTC), settled_by=by.key)
    clash = Clash.objects.create(node=node, base=base, theirs=node.version, mine=mine, by=by, ticket=ticket)
    known = states([node])
    event = tell(by, NEED, "clash", node, known, known, clash=clash.pk, theirs=node.version)
    return Saved("clash", node.version, node.text, clash, event.number)


def _scope_of_clash(clash: Clash, *_: object, **__: object) -> str:
    return path_of(clash.node)


@verb(NEED, scope=_scope_of_clash)
def settle_clash(by: Person, clash: Clash, text: str, base: int) -> Saved:
    """Settle a clash with the wording a person chose or wrote, having seen version ``base`` of the node.

    Raises:
        OvertakenInClashError: when somebody has since written over the same words; the clash stays, nothing is changed.
    """
    node = hold(clash.node)
    clash = Clash.objects.select_for_update(of=("self",)).get(pk=clash.pk)
    before, chosen = state(node), cleaned(text)
    if clash.settled_at is not None:
        if not node.wordings.filter(text=chosen).exists():
            raise OvertakenInClashError
        return Saved("saved" if chosen == node.text else "merged", node.version, node.text)
    if base != node.version:
        seen = node.wordings.filter(version=base).values_list("text", flat=True).first()
        tried = None if seen is None else merge(seen, node.text, chosen)
        if tried is None or not tried.clean:
            raise OvertakenInClashError
        chosen = tried.text
    if chosen != node.text:
        write(by, node, chosen, merged=True)
    clash.settled_at, clash.settled_by, clash.settled_as = datetime.now(UTC), by.key, node.version
    clash.save(update_fields=["settled_at", "settled_by", "settled_as"])
    uid = str(node.uid)
    event = tell(by, NEED, "settled", node, {uid: before}, {uid: state(node)}, clash=clash.pk)
    return Saved("saved", node.version, node.text, event=event.number)


class OvertakenInClashError(UserError):
    """The node was written in while a person chose between two wordings."""

    def __init__(self) -> None:
        super().__init__(
            Text("Någon har skrivit i delen medan du valde.", "Somebody wrote in the part while you were choosing."),
            meaning=Text("Krocken är kvar och ingen text är borta.", "The clash remains and no text is lost."),
            remedy=Text("Läs vad som står nu och välj igen.", "Read what stands there now and choose again."),
        )


@verb(NEED, scope=_scope)
def back_to(by: Person, node: DraftNode, version: int) -> Saved:
    """Make an older wording the newest; every wording in between stays in the history.

    Raises:
        Wording.DoesNotExist: when there is no such version.
    """
    node = hold(node)
    older = node.wordings.get(version=version)
    if older.text == node.text:
        return Saved("saved", node.version, node.text)
    before = state(node)
    write(by, node, older.text)
    return _told(by, node, before, "saved", "back")


@verb(NEED, scope=_scope)
def change_details(by: Person, node: DraftNode, details: dict[str, str]) -> Event | None:
    """Change a node's number, English or notes; only those given. Returns the event, None where nothing differed.

    Raises:
        UserError: when the number is longer than 40 characters.
    """
    node = hold(node)
    given = {name: cleaned(text).strip() for name, text in details.items() if name in DETAILS}
    if len(given.get("number", "")) > 40:
        raise UserError(
            Text("Numret är längre än 40 tecken.", "The number is longer than 40 characters."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Skriv ett kortare nummer, till exempel 5.1.", "Write a shorter number, such as 5.1."),
        )
    before = states([node])
    for name, text in given.items():
        setattr(node, name, text)
    after = states([node])
    if before == after:
        return None
    node.save(update_fields=list(given))
    return tell(by, NEED, "details", node, before, after)
