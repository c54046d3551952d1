"""Taking a strategy folder in, and writing it out again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from vagvisare.editions.document import Edition
from vagvisare.editions.registers import Register
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
LONGEST_KEY = 200
"""Characters there is room for in the key of an entry."""


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


class NotTakenInError(UserError):
    """The folder holds editions that are not here; written as it stands here, it would lose them."""

    def __init__(self, keys: Sequence[str]) -> None:
        told = ", ".join(keys)
        super().__init__(
            Text(f"Strategimappen har utgåvor som inte är inlästa: {told}.",
                 f"The strategy folder has editions that are not taken in: {told}."),
            meaning=Text("Ingenting är skrivet, för de hade tagits bort ur mappen.",
                         "Nothing is written, for they would have been removed from the folder."),
            remedy=Text("Läs in det som är nytt i mappen under Utgåvor, och skriv sedan.",
                        "Take in what is new in the folder under Editions, and then write."),
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
        key = " ".join(str(getattr(item, part)) for part in ("kind", "origin", "target", "edition")).strip()
        return (
            key
            if len(key) <= LONGEST_KEY
            else f"{key[: LONGEST_KEY - 41]}#{hashlib.sha256(key.encode()).hexdigest()[:40]}"
        )
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
    """Write the records to a strategy folder: head, sealed editions and registers; the rest of ``folder`` stays.

    Returns the folder as written.

    Raises:
        NotTakenInError: when the folder holds editions that are not here.
        OutputError: when the folder cannot be written; nothing in it is then half-written.
    """
    return _written(by, folder, path)


@verb("edition.seal")
def write_sealed(by: Person, folder: Folder, path: Path) -> Folder:
    """Write the records to a strategy folder as part of a sealing; see ``write_out``."""
    return _written(by, folder, path)


def _written(by: Person, folder: Folder, path: Path) -> Folder:
    strategy = snapshot.strategy()
    here = {edition.key for edition in strategy.editions}
    if strangers := [edition.key for edition in folder.strategy.editions if edition.key not in here]:
        raise NotTakenInError(strangers)
    written = replace(folder, strategy=strategy)
    write(written, path)
    record(by.key, "registers.folder", "folder", path.name, after={"editions": len(written.strategy.editions)})
    return written


def unbroken(row: SealedEdition) -> bool:
    """Tell whether a sealed edition's text still has the digest it was sealed with."""
    return hashlib.sha256(row.text.encode()).hexdigest() == row.sha256
