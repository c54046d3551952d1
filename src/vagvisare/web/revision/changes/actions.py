"""Everything that is done to what is told of a draft's changes: reasons, and the wording of the main changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from vagvisare.terms.errors import UnknownError, UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.registers.models import Entry
from vagvisare.web.revision.changes import keeping
from vagvisare.web.revision.changes.because import REGISTERS
from vagvisare.web.revision.changes.comparing import of_draft
from vagvisare.web.revision.changes.keeping import NOTES, REASONS
from vagvisare.web.revision.models import Draft, DraftNode, Reason
from vagvisare.web.revision.writing.keeping import fitting
from vagvisare.web.revision.writing.tree import ANCESTORS, hold_draft, must, named, path_of


def _nodes(draft: Draft, addresses: Iterable[str]) -> list[DraftNode]:
    """Return the nodes of addresses, the removed among them: why something is gone is asked, too."""
    asked = [address for address in addresses if "\x00" not in address]  # PostgreSQL does not even ask for it
    found = {
        node.address: node
        for node in DraftNode.objects.filter(draft=draft, address__in=asked).select_related(ANCESTORS)
    }
    return [found[address] for address in dict.fromkeys(addresses) if address in found]


def _within(draft: Draft, *, addresses: Sequence[str], **_: object) -> str:
    return " ".join(path_of(node) for node in _nodes(draft, addresses[:1]))


def _within_event(draft: Draft, number: int) -> str:
    event = Event.objects.filter(kind=REASONS.name, number=number, key__startswith=f"{draft.key} ").first()
    return "" if event is None else _within(draft, addresses=[keeping.name_in(event)])


@verb("draft.reason", scope=_within)
def give_reason(
    by: Person,
    draft: Draft,
    *,
    addresses: Sequence[str],
    text: str,
    because: Sequence[str] = (),
    seen: Mapping[str, str] | None = None,
) -> list[Event]:
    """Say why nodes were changed: one reason, for one or several of them; an empty one takes the reason away.

    Args:
        by: who gives it.
        draft: whose change it is.
        addresses: of the nodes, those that have been removed among them.
        text: why, in words.
        because: what it rests on, each ``register:key`` of ``because.REGISTERS``.
        seen: by address, the stamp of the reason the person saw there (``keeping.stamp``).

    Raises:
        OvertakenError: when somebody else has changed one of the reasons since; none is given then.
        RefusedError: when one of the nodes is not theirs.
        SealedDraftError: when the draft is sealed.
        UnknownError: when an address or a reference names nothing.
        UserError: when no node is named, or the words are too many.
    """
    held = hold_draft(draft)
    nodes = _nodes(held, addresses)
    _check(addresses, {node.address for node in nodes}, held, because)
    said = {"text": fitting(text), "because": list(dict.fromkeys(because))}
    done = []
    for node in nodes:
        must(by, REASONS.need, node)
        mark = (seen or {}).get(node.address, "")
        done.append(keeping.put(by, REASONS, held, node.address, said, title=named(node), seen=mark))
    return [event for event in done if event is not None]


@verb("draft.reason", scope=_within_event)
def undo_reason(by: Person, draft: Draft, number: int) -> Event | None:
    """Put a reason back as it was before an event of the trail.

    Raises:
        UnknownError, OvertakenError: see ``keeping.undo``.
    """
    return keeping.undo(by, REASONS, hold_draft(draft), number)


@verb("draft.describe")
def word_change(
    by: Person, draft: Draft, *, key: str, sv: str, en: str, left_out: bool = False, seen: str = ""
) -> Event | None:
    """Word a computed change in the strategist's own way, or leave it out; words as computed are not kept as one's own.

    Raises:
        OvertakenError: when somebody else has worded it since.
        SealedDraftError: when the draft is sealed.
        UnknownError: when no such change is computed.
        UserError: when the words are too many.
    """
    held = hold_draft(draft)
    change = next((each for each in of_draft(held).key_changes if each.key == key), None)
    if change is None:
        raise _unknown(key)
    sv, en = fitting(sv), fitting(en)
    said = {
        "sv": "" if sv == change.wording.sv else sv,
        "en": "" if en == change.wording.en else en,
        "left_out": left_out,
    }
    return keeping.put(by, NOTES, held, key, said, title=change.wording.sv[:200], seen=seen)


@verb("draft.describe")
def undo_wording(by: Person, draft: Draft, number: int) -> Event | None:
    """Put a wording back as it was before an event of the trail.

    Raises:
        UnknownError, OvertakenError: see ``keeping.undo``.
    """
    return keeping.undo(by, NOTES, hold_draft(draft), number)


def _check(addresses: Sequence[str], known: set[str], draft: Draft, because: Sequence[str]) -> None:
    if not addresses:
        raise UserError(
            Text("Ingen del är vald.", "No part is chosen."),
            meaning=Text("Inget skäl är sparat.", "No reason was saved."),
            remedy=Text("Kryssa för de delar som skälet gäller.", "Tick the parts that the reason is for."),
        )
    for address in addresses:
        if address not in known:
            raise _unknown(address)
    kept = {each for row in Reason.objects.filter(draft=draft, address__in=addresses) for each in row.because}
    there = {f"{register}:{key}" for register, key in
             Entry.objects.filter(register__in=REGISTERS).values_list("register", "key")}  # fmt: skip
    for reference in because:
        if reference not in there | kept:
            raise _unknown(reference)


def _unknown(name: str) -> UnknownError:
    return UnknownError(
        Text(f"”{name}” finns inte här.", f"“{name}” is not here."),
        meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
        remedy=Text("Ladda om sidan och välj på nytt.", "Load the page again and choose anew."),
    )
