"""Errata: what is wrong in a sealed edition, and what should stand there; the edition itself never changes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import cast

from vagvisare.editions.registers import Erratum
from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.plain import plain_of
from vagvisare.strategy_folder.writing import write
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.trail import record
from vagvisare.web.registers import snapshot as registers
from vagvisare.web.registers.models import Entry
from vagvisare.web.strategy import actions, opened, snapshot
from vagvisare.web.strategy.standing import agree, standing, values_of


class NotThereError(UserError):
    """An erratum corrects words that do not stand at that address, or lacks something; ``field`` is what is wrong."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(
            Text("Rättelsen saknar något, eller så står orden inte där.",
                 "The erratum lacks something, or the words do not stand there."),
            meaning=Text("Ingen rättelse är utfärdad.", "No erratum is issued."),
            remedy=Text("Ange stycke, de felaktiga orden precis som de står, de rätta och skälet.",
                        "Give the passage, the wrong words exactly as they stand, the right ones, and why."),
        )  # fmt: skip


@verb("registers.errata.change")
def issue_erratum(by: Person, edition: str, *, address: str, was: str, now: str, reason: str) -> Erratum:
    """Say what is wrong in a sealed edition and what should stand there; the edition itself stays as it is.

    How the words are broken into lines does not matter: a page shows them in its own way.

    Raises:
        NotThereError: when the edition has no such address, or what is corrected does not stand there.
    """
    node = snapshot.edition(edition).by_address.get(address)
    wrong = r"\s+".join(map(re.escape, was.split()))
    stands = re.search(wrong, node.text) if node and wrong else None
    if stands is None or not now or not reason:
        raise NotThereError("was" if stands is None else "reason" if now else "now")
    issued = list(Entry.objects.filter(register="errata"))
    said = {"edition": edition, "address": address, "was": stands[0], "now": now, "reason": reason}
    # Sent twice, as by a double click: an erratum is never taken away, so there must not be two of one.
    if twin := next((entry for entry in issued if said.items() <= entry.content.items()), None):
        return cast("Erratum", registers.value(twin))
    taken = [entry.key for entry in issued]
    key = next(made for number in count(len(taken) + 1) if (made := f"{edition}-{number}") not in taken)
    erratum = Erratum(key, edition, address, stands[0], now, datetime.now(UTC).date(), reason, by.name)
    content = plain_of(erratum)
    Entry.objects.create(register="errata", key=key, position=len(taken) + 1, content=content, changed_by=by.key)
    record(by.key, "registers.errata.change", "edition", edition, title=address, after=content, reason=reason)
    return erratum


@verb("registers.errata.change")
def write_errata(by: Person, folder: Folder, path: Path) -> Folder:
    """Write the errata of the editions in a strategy folder to it, and nothing else; the folder as written.

    Raises:
        ClashesError: when the folder says something else of an erratum that is issued.
        OutputError: when the folder cannot be written; nothing in it is then half-written.
    """
    folder = opened.afresh(folder, path)
    found = standing(folder.strategy)
    if clashes := [each for each in found.clashes if each.place[0] == "errata"]:
        raise actions.ClashesError(clashes)
    editions = {edition.key for edition in folder.strategy.editions}
    told = {place: content for place, content in found.together.items() if place[0] == "errata"}
    there = {place: content for place, content in told.items() if content["edition"] in editions}
    errata = tuple(item for place, content in there.items() for item in values_of(found, place, content))
    register = replace(folder.strategy.register, errata=errata)
    written = replace(folder, strategy=replace(folder.strategy, register=register))
    write(written, path)
    agree(found, there, found.here, only={"errata"})
    record(by.key, "registers.errata.change", "folder", path.name, after={"errata": len(errata)})
    return written
