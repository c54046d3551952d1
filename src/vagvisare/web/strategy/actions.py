"""Taking a strategy folder in, and writing it out again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from vagvisare.editions.document import Edition
from vagvisare.editions.registers import Erratum, Register
from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.names import REGISTER_FILES
from vagvisare.strategy_folder.plain import edition_bytes, edition_digest, plain_of
from vagvisare.strategy_folder.writing import write
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.trail import record
from vagvisare.web.registers.models import Entry
from vagvisare.web.strategy import snapshot
from vagvisare.web.strategy.models import Head, SealedEdition

PARTS = frozenset({"editions", "register"})


class OtherTextError(UserError):
    """A folder holds an edition under a key that is sealed here with another text."""

    def __init__(self, key: str) -> None:
        super().__init__(
            Text(f"Utgåvan {key} är redan förseglad här, med en annan text.",
                 f"The edition {key} is already sealed here, with another text."),
            meaning=Text("Ingenting har lästs in.", "Nothing was taken in."),
            remedy=Text("Det förseglade ändras aldrig: ge mappens utgåva en egen nyckel, eller rätta med ett erratum.",
                        "What is sealed never changes: give the folder's edition its own key, or issue an erratum."),
        )  # fmt: skip


class NotThereError(UserError):
    """An erratum corrects words that do not stand at that address."""

    def __init__(self) -> None:
        super().__init__(
            Text("Rättelsen saknar något, eller så står orden inte där.",
                 "The erratum lacks something, or the words do not stand there."),
            meaning=Text("Ingen rättelse är utfärdad.", "No erratum is issued."),
            remedy=Text("Ange stycke, de felaktiga orden precis som de står, de rätta och skälet.",
                        "Give the passage, the wrong words exactly as they stand, the right ones, and why."),
        )  # fmt: skip


@verb("registers.folder")
def take_in(by: Person, folder: Folder) -> None:
    """Take a strategy folder in: its head, its editions as sealed, and the entries of its registers.

    What is there already is left alone, so that it can be done again; entries a folder no longer has are kept.

    Raises:
        OtherTextError: when an edition of the same key is sealed here with another text.
    """
    strategy = folder.strategy
    head = Head.objects.first()
    content = plain_of(strategy, PARTS)
    if head is None:
        Head.objects.create(content=content)
        record(by.key, "registers.folder", "strategy", strategy.key, title=strategy.title.sv, after=content)
    for edition in strategy.editions:
        keep(by, edition, why="inläst från strategimappen")
    _take_in_registers(by, strategy.register)


def _take_in_registers(by: Person, register: Register) -> None:
    known = set(Entry.objects.values_list("register", "key"))
    fresh = []
    for name in REGISTER_FILES:
        for position, item in enumerate(getattr(register, name)):
            key = key_of(name, item)
            if (name, key) not in known:
                known.add((name, key))
                fresh.append(
                    Entry(register=name, key=key, position=position, content=plain_of(item), changed_by=by.key)
                )
    Entry.objects.bulk_create(fresh)
    for entry in fresh:
        record(by.key, "registers.folder", "entry", str(entry), title=title_of(entry), after=entry.content)


def key_of(register: str, item: object) -> str:
    """Return the key of a register's entry; a link has none of its own, and is known by its ends."""
    if register == "links":
        return " ".join(str(getattr(item, part)) for part in ("kind", "origin", "target", "edition")).strip()
    return str(getattr(item, "key"))  # noqa: B009  which field it is depends on the register


def title_of(entry: Entry) -> str:
    """Return what people call an entry."""
    return next((str(entry.content[name]) for name in ("title", "name", "text", "what") if entry.content.get(name)), "")


def keep(by: Person, edition: Edition, *, why: str, overrides: list[dict[str, str]] | None = None) -> SealedEdition:
    """Keep an edition as sealed, within the transaction of the verb that calls it; one that is here is left alone.

    Raises:
        OtherTextError: when it is here with another text.
    """
    digest = edition_digest(edition)
    found = SealedEdition.objects.filter(key=edition.key).first()
    if found is not None:
        if found.sha256 != digest:
            raise OtherTextError(edition.key)
        return found
    row = SealedEdition.objects.create(
        key=edition.key,
        position=SealedEdition.objects.count(),
        title=edition.title,
        text=edition_bytes(edition).decode(),
        sha256=digest,
        sealed_at=datetime.now(UTC),
        sealed_by=by.key,
        overrides=overrides or [],
    )
    record(by.key, "edition.seal", "edition", edition.key, title=edition.title, after={"sha256": digest}, reason=why)
    return row


@verb("registers.folder")
def write_out(by: Person, folder: Folder, path: Path) -> Folder:
    """Write the records to a strategy folder: head, sealed editions and registers; its figures stay as they are.

    Returns the folder as written.

    Raises:
        OutputError: when the folder cannot be written; nothing in it is then half-written.
    """
    return _written(by, folder, path)


@verb("edition.seal")
def write_sealed(by: Person, folder: Folder, path: Path) -> Folder:
    """Write the records to a strategy folder as part of a sealing; see ``write_out``."""
    return _written(by, folder, path)


def _written(by: Person, folder: Folder, path: Path) -> Folder:
    written = replace(folder, strategy=snapshot.strategy())
    write(written, path)
    record(by.key, "registers.folder", "folder", path.name, after={"editions": len(written.strategy.editions)})
    return written


def unbroken(row: SealedEdition) -> bool:
    """Tell whether a sealed edition's text still has the digest it was sealed with."""
    return hashlib.sha256(row.text.encode()).hexdigest() == row.sha256


@verb("registers.errata.change")
def issue_erratum(by: Person, edition: str, *, address: str, was: str, now: str, reason: str) -> Erratum:
    """Say what is wrong in a sealed edition and what should stand there; the edition itself stays as it is.

    Raises:
        NotThereError: when the edition has no such address, or what is corrected does not stand there.
    """
    node = snapshot.edition(edition).by_address.get(address)
    if node is None or was not in node.text or not was or not now or not reason:
        raise NotThereError
    number = Entry.objects.filter(register="errata").count() + 1
    erratum = Erratum(f"{edition}-{number}", edition, address, was, now, datetime.now(UTC).date(), reason, by.name)
    content = plain_of(erratum)
    Entry.objects.create(register="errata", key=erratum.key, position=number, content=content, changed_by=by.key)
    record(by.key, "registers.errata.change", "edition", edition, title=address, after=content, reason=reason)
    return erratum
