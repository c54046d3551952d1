"""What a change may be because of: entries of the registers, by ``register:key``, with what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vagvisare.terms.language import Text
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.models import Entry
from vagvisare.web.registers.uses import label_of

REGISTERS = ("evidence", "trends", "mandate")
"""The registers a reason may name, in the order they are offered."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One entry that a reason may name."""

    reference: str
    register: str
    key: str
    name: Text


def causes() -> dict[str, Cause]:
    """Return every entry a reason may name, by reference, in a single question."""
    rows = sorted(Entry.objects.filter(register__in=REGISTERS), key=lambda row: REGISTERS.index(row.register))
    return {
        f"{row.register}:{row.key}": Cause(
            f"{row.register}:{row.key}",
            row.register,
            row.key,
            label_of(DEFINITIONS[row.register], row.content, row.key),
        )
        for row in rows
    }


def named(references: Iterable[str], known: Mapping[str, Cause]) -> tuple[Cause, ...]:
    """Return the entries that references name; one that is no longer in its register is called by its key."""
    found = []
    for reference in references:
        register, _, key = reference.partition(":")
        found.append(known.get(reference) or Cause(reference, register, key, Text(key, key)))
    return tuple(found)


def by_register(known: Mapping[str, Cause]) -> list[tuple[Text, list[Cause]]]:
    """Return the entries register by register, those without any left out."""
    return [
        (DEFINITIONS[register].name, entries)
        for register in REGISTERS
        if (entries := [cause for cause in known.values() if cause.register == register])
    ]
