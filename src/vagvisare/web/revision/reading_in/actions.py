"""What is done with documents: taken in, decided about, kept in the draft, taken back, discarded."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from vagvisare.manuscripts.manuscript import Manuscript as Read
from vagvisare.manuscripts.plain import to_plain
from vagvisare.manuscripts.reading import kind_of
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import record
from vagvisare.web.revision.models import Draft, Manuscript
from vagvisare.web.revision.reading_in.beside import chosen_beside
from vagvisare.web.revision.reading_in.deciding import BESIDE, NEED, SEEN, chosen, reading_of
from vagvisare.web.revision.writing.tree import hold_draft

UNCHANGED = Text("Ingenting har ändrats.", "Nothing was changed.")


class AlreadyKeptError(UserError):
    """The document has been read into the draft; what was decided of it stands."""

    def __init__(self) -> None:
        super().__init__(
            Text("Dokumentet är redan inläst i utkastet.", "The document has already been read into the draft."),
            meaning=UNCHANGED,
            remedy=Text("Ångra inläsningen först, om något ska ändras.", "Undo that first, if anything is to change."),
        )


class NoSuchPieceError(UserError):
    """The proposal has no such piece, or no longer has it."""

    def __init__(self) -> None:
        super().__init__(
            Text("Stycket finns inte längre i förslaget.", "The piece is no longer in the proposal."),
            meaning=UNCHANGED,
            remedy=Text("Ladda om sidan: något annat val har ändrat förslaget.",
                        "Load the page again: another choice has changed the proposal."),
        )  # fmt: skip


@verb(NEED)
def take_in(by: Person, draft: Draft, read: Read, data: bytes) -> Manuscript:
    """Keep a document beside the draft as it came, with what was read in it; nothing of the draft changes.

    Reading is done beforehand, outside the transaction: it may take a while.

    Raises:
        SealedDraftError: when the draft is sealed.
    """
    held = hold_draft(draft)
    digest = hashlib.sha256(data).hexdigest()
    row = Manuscript.objects.create(
        draft=held, name=read.name, kind=kind_of(read.name), sha256=digest, original=data, found=to_plain(read),
        by=by.key,
    )  # fmt: skip
    told = {"draft": held.key, "sha256": digest, "bytes": len(data), "pieces": len(read.pieces)}
    record(by.key, NEED, "manuscript", str(row.pk), title=read.name, after={"act": "taken-in"} | told)
    return row


@verb(NEED)
def decide(by: Person, row: Manuscript, key: str, form: Mapping[str, str]) -> dict[str, Any]:
    """Decide what becomes of one piece, or of one lost heading; an empty decision is to leave it as proposed.

    Raises:
        AlreadyKeptError: when the document has been kept.
        NoSuchPieceError: when there is no such piece.
    """
    held = hold(row)
    reading = reading_of(held)
    made = {} if form.get("reset") else chosen(reading, key, form)
    if key not in reading.proposal.by_key:
        raise NoSuchPieceError
    before = held.decisions.get(key)
    if (before or {}) != made:
        rest = {name: decision for name, decision in held.decisions.items() if name != key}
        _save(by, held, rest | ({key: made} if made else {}), key, before, made or None)
    return made


@verb(NEED)
def tick_off(by: Person, row: Manuscript, question: str, done: bool) -> None:
    """Tick off a question that has been looked at, or bring it back.

    Raises:
        AlreadyKeptError: when the document has been kept.
    """
    held = hold(row)
    known = {each.key for each in reading_of(held).proposal.questions if not each.must}
    before = set(held.decisions.get(SEEN, ()))
    after = (before | {question}) & known if done else before - {question}
    if after != before:
        _save(by, held, held.decisions | {SEEN: sorted(after)}, question, not done, done)


@verb(NEED)
def choose(
    by: Person,
    row: Manuscript,
    *,
    listed: Collection[str],
    ticked: Collection[str],
    kinds: Mapping[str, str],
    year: str = "",
) -> None:
    """Choose what of a document is kept beside its nodes.

    Args:
        by: who chooses.
        row: the document.
        listed: the keys of what the person was shown; of anything else nothing is chosen.
        ticked: the keys among them that are to be kept.
        kinds: the kind of evidence by key, empty for what the title says.
        year: of the trends; what is no year is left as it was.

    Raises:
        AlreadyKeptError: when the document has been kept.
    """
    held = hold(row)
    before = held.decisions.get(BESIDE, {})
    made = chosen_beside(reading_of(held), listed, ticked, kinds, year)
    if made != before:
        rest = {name: decision for name, decision in held.decisions.items() if name != BESIDE}
        _save(by, held, rest | ({BESIDE: made} if made else {}), BESIDE, before, made)


@verb(NEED)
def discard(by: Person, row: Manuscript) -> None:
    """Take a document away that has not been read into the draft, original and all.

    Raises:
        AlreadyKeptError: when it has.
    """
    held = hold(row)
    told = {"act": "discarded", "draft": held.draft.key, "sha256": held.sha256}
    record(by.key, NEED, "manuscript", str(held.pk), title=held.name, before=told)
    held.delete()


def hold(row: Manuscript) -> Manuscript:
    """Lock a document that has not been kept, with its draft, and return it as it is now.

    Raises:
        AlreadyKeptError: when it has been kept.
        SealedDraftError: when the draft is sealed.
    """
    draft = hold_draft(row.draft)
    held = Manuscript.objects.select_for_update(of=("self",)).defer("original").get(pk=row.pk)
    held.draft = draft
    if held.kept_at is not None:
        raise AlreadyKeptError
    return held


def _save(by: Person, row: Manuscript, decisions: dict[str, Any], key: str, before: Any, after: Any) -> None:
    row.decisions = decisions
    row.save(update_fields=["decisions"])
    record(by.key, NEED, "manuscript", str(row.pk), title=row.name, before={key: before}, after={key: after})


def kept_event(row: Manuscript) -> Event | None:
    """Return the event in which a document was kept, the latest if it was kept more than once."""
    found = Event.objects.filter(kind="manuscript", key=str(row.pk), after__contains='"act":"kept"')
    return found.order_by("-number").first()


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)
