"""What an entry is called, and which other entries name it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vagvisare.terms.language import Text
from vagvisare.web.registers.definition import Column, Definition
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.models import Entry


@dataclass(frozen=True, slots=True)
class Use:
    """Another entry that names this one: in which register and column, and what it is called."""

    register: str
    key: str
    title: Text
    column: Column


def title_of(definition: Definition, content: Mapping[str, Any], key: str) -> str:
    """Return what an entry is called in Swedish: its own words, never a translation."""
    parts = [str(content[name]) for name in definition.named_by if content.get(name)]
    return " · ".join(parts) or key


def label_of(definition: Definition, content: Mapping[str, Any], key: str) -> Text:
    """Return what an entry is called, in English where there is a translation."""
    sv = title_of(definition, content, key)
    return Text(sv, str(content.get("english") or sv))


def of(entry: Entry, among: Iterable[Entry] | None = None) -> list[Use]:
    """Return every use of an entry in the registers: read in one question, or found ``among`` entries at hand."""
    found = []
    for other in Entry.objects.filter(register__in=pointing_at(entry.register)) if among is None else among:
        definition = DEFINITIONS.get(other.register)
        if definition is None or other.pk == entry.pk:
            continue
        found += [
            Use(other.register, other.key, label_of(definition, other.content, other.key), column)
            for column in definition.columns
            if column.register == entry.register and entry.key in _keys(other.content.get(column.name))
        ]
    return found


def pointing_at(register: str) -> list[str]:
    """Return the registers with a column that points into a register."""
    return [d.key for d in DEFINITIONS.values() if any(column.register == register for column in d.columns)]


def _keys(said: object) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said) if isinstance(said, list) else ()
