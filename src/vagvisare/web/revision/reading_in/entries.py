"""Keeping what a document brings to the registers, through the registers' own verbs, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import OvertakenError
from vagvisare.web.accounts.models import Person
from vagvisare.web.registers import actions as registers
from vagvisare.web.revision.reading_in.beside import Beside

Numbers = dict[str, list[int]]
"""The numbers of the events in which entries were added, by register."""


class UnsaidError(UserError):
    """Something that is to be kept lacks what the document does not say."""

    def __init__(self, offered: Beside) -> None:
        lacking = {group.register: group.lacking for group in offered.groups}
        sv, en = [], []
        if count := lacking.get("evidence", 0):
            sv.append(f"{count} underlag saknar slag.")
            en.append(f"{count} of the items of evidence lack a kind.")
        if lacking.get("trends", 0):
            sv.append("Det framgår inte vilket år trenderna gäller.")
            en.append("It does not appear which year the trends are of.")
        super().__init__(
            Text(" ".join(sv), " ".join(en)),
            meaning=Text("Ingenting har lästs in; dina val är sparade.", "Nothing was read in; your choices are kept."),
            remedy=Text("Fyll i det, eller avmarkera det som inte ska med.",
                        "Fill it in, or untick what is not to be kept."),
        )  # fmt: skip


class EntryChangedError(UserError):
    """An entry that was read in has been changed or removed since."""

    def __init__(self, title: str) -> None:
        shown = f": ”{title}”" if title else ""
        super().__init__(
            Text(f"Det inlästa har ändrats i registret sedan dess{shown}.",
                 f"What was read in has been changed in the register since{shown}."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Ångra ändringarna i registret först.", "Undo the changes in the register first."),
        )  # fmt: skip


def keep_entries(by: Person, offered: Beside, document: str) -> Numbers:
    """Add what was ticked to its registers and return the events.

    Raises:
        ContentError: when an entry cannot stand.
        UnsaidError: when one lacks something.
    """
    if any(group.lacking for group in offered.groups):
        raise UnsaidError(offered)
    numbers: Numbers = {}
    for group in offered.groups:
        if not group.register:
            continue
        done = [
            registers.add(by, register=group.register, content=offer.content, reason=f"ur dokumentet {document}")
            for offer in group.fresh
        ]
        numbers[group.register] = [each.event.number for each in done if each.event]
    return {register: told for register, told in numbers.items() if told}


def take_back_entries(by: Person, numbers: Mapping[str, Sequence[int]]) -> None:
    """Take back the entries that events added.

    Raises:
        EntryChangedError: when one of them has been changed since.
        InUseError: when another entry names one of them.
    """
    for register, told in numbers.items():
        try:
            registers.undo(by, register=register, numbers=told)
        except OvertakenError as error:
            content = error.now.content if error.now else {}
            raise EntryChangedError(content.get("title") or content.get("text", "")) from error
