"""Taking a strategy folder in, and writing it out again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from vagvisare.editions.document import Edition
from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.plain import edition_bytes, edition_digest
from vagvisare.strategy_folder.three_way import Difference, Side
from vagvisare.strategy_folder.writing import write
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import OvertakenError, verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.trail import record
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.strategy import opened, snapshot
from vagvisare.web.strategy.models import SealedEdition
from vagvisare.web.strategy.settling import TAKEN, refuse_worse, take_in_entries, title_of
from vagvisare.web.strategy.standing import PARTS, Standing, agree, key_of, standing, strategy_of

__all__ = ["PARTS", "keep", "key_of", "take_in", "unbroken", "write_out", "write_sealed"]
_SHOWN = 3
OTHERS = {
    "strategy": Text("Strategin", "The strategy"),
    "links": Text("Samband", "Connections"),
    "screenings": Text("Perspektiv", "Perspectives"),
}
"""What is called something but is no register with a page of its own."""


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


class EditedEditionError(UserError):
    """The folder has another text than the one sealed under an edition's key, and whoever writes has not seen it."""

    def __init__(self, keys: Sequence[str]) -> None:
        told = ", ".join(keys)
        super().__init__(
            Text(f"I strategimappen står en annan text än den förseglade: {told}.",
                 f"The strategy folder has another text than the one sealed: {told}."),
            meaning=Text("Ingenting är skrivet, för då hade mappens text gått förlorad.",
                         "Nothing is written, for the folder's text would have been lost."),
            remedy=Text("Spara mappens text under en egen nyckel om den behövs. Öppna sedan Utgåvor, välj Jämför "
                        "mappen med arbetsytan och skriv därifrån.",
                        "Keep the folder's text under a key of its own if it is needed. Then open Editions, choose "
                        "Compare the folder with the workspace and write from there."),
        )  # fmt: skip


class ClashesError(UserError):
    """The folder and the workspace have each changed the same thing; written, one of them would be lost."""

    def __init__(self, clashes: Sequence[Difference]) -> None:
        named = [_named(each) for each in clashes[:_SHOWN]]
        sv, en = ", ".join(each.sv for each in named), ", ".join(each.en for each in named)
        more = len(clashes) - _SHOWN
        super().__init__(
            Text(f"Ändrat både i strategimappen och här: {sv}{f' och {more} till' if more > 0 else ''}.",
                 f"Changed both in the strategy folder and here: {en}{f' and {more} more' if more > 0 else ''}."),
            meaning=Text("Ingenting är skrivet, för då hade mappens ändringar gått förlorade.",
                         "Nothing is written, for the folder's changes would have been lost."),
            remedy=Text("Öppna Utgåvor, välj Jämför mappen med arbetsytan och säg vilket som ska gälla. Skriv sedan.",
                        "Open Editions, choose Compare the folder with the workspace and say which is to stand. "
                        "Then write."),
        )  # fmt: skip


@verb("registers.folder")
def take_in(by: Person, folder: Folder, seen: str = "", path: Path | None = None) -> list[int]:
    """Take a strategy folder in: its editions as sealed, and what only it has changed of its head and its registers.

    What the workspace has changed is left alone, and so is what both have, so that it can be done again. Returns the
    numbers of the events that can be undone.

    Args:
        by: who takes it in.
        folder: the folder as it was read last.
        seen: the digest of the comparison that the person has seen, where there is one.
        path: where the folder lies, when it is to be read again if it is the one that is served.

    Raises:
        OtherTextError: when an edition of the same key is sealed here with another text.
        OvertakenError: when something has changed since it was seen.
        NotTogetherError: when what the folder has changed does not go with what stands here.
    """
    folder = opened.afresh(folder, path)
    found = standing(folder.strategy)
    if seen and seen != found.digest:
        raise OvertakenError
    for edition in folder.strategy.editions:
        keep(by, edition, why=TAKEN)
    return _take_in_registers(by, found)


def _take_in_registers(by: Person, found: Standing) -> list[int]:
    return [event.number for event in take_in_entries(by, found)]


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
def write_out(by: Person, folder: Folder, path: Path, seen: str = "") -> Folder:
    """Write the records to a strategy folder: head, sealed editions and registers; the rest of ``folder`` stays.

    So does what only the folder has changed of its head and its registers since both last agreed.

    Returns the folder as written.

    Args:
        by: who writes.
        folder: the folder as it was read last; the one that is served is read again.
        path: where it is written.
        seen: the digest of the comparison that the person has seen: an edition edited by hand is then written over
            with what is sealed.

    Raises:
        EditedEditionError: when the folder has another text of a sealed edition, and nobody has seen it.
        NotTakenInError: when the folder holds editions that are not here.
        ClashesError: when the folder and the workspace have each changed the same thing.
        NotTogetherError: when what only the folder has changed does not go with what stands here.
        OutputError: when the folder cannot be written; nothing in it is then half-written.
    """
    return _written(by, folder, path, seen)


@verb("edition.seal")
def write_sealed(by: Person, folder: Folder, path: Path) -> Folder:
    """Write the records to a strategy folder as part of a sealing; see ``write_out``."""
    return _written(by, folder, path)


def _written(by: Person, folder: Folder, path: Path, seen: str = "") -> Folder:
    folder = opened.afresh(folder, path)
    strategy = snapshot.strategy()
    here = {edition.key: edition for edition in strategy.editions}
    if strangers := [edition.key for edition in folder.strategy.editions if edition.key not in here]:
        raise NotTakenInError(strangers)
    found = standing(folder.strategy)
    if found.clashes:
        raise ClashesError(found.clashes)
    other = [edition.key for edition in folder.strategy.editions if edition != here[edition.key]]
    if other and seen != found.digest:
        raise EditedEditionError(other)
    together = strategy_of(found, strategy, found.together)
    if any(Side.FOLDER in each.sides for each in found.differences):
        refuse_worse(strategy, folder.strategy, together, writing=True)
    written = replace(folder, strategy=together)
    write(written, path)
    agree(found, found.together, found.here)
    record(by.key, "registers.folder", "folder", path.name, after={"editions": len(written.strategy.editions)})
    return written


def _named(of: Difference) -> Text:
    """Name what clashes: its register, and what the entry is called where it is one."""
    register, content = of.place[0], of.folder or of.workspace or {}
    definition = DEFINITIONS.get(register)
    name = OTHERS[register] if definition is None else definition.name
    title = title_of(content) or of.place[1]
    return Text(f"{name.sv} ”{title}”", f"{name.en} “{title}”") if of.place[1] else name


def unbroken(row: SealedEdition) -> bool:
    """Tell whether a sealed edition's text still has the digest it was sealed with."""
    return hashlib.sha256(row.text.encode()).hexdigest() == row.sha256
