"""Records to values: every entry of every register as the values of the folder, in a single question."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from vagvisare.editions.registers import Register
from vagvisare.strategy_folder.names import REGISTER_FILES
from vagvisare.strategy_folder.plain import value_of
from vagvisare.web.registers.models import Entry

KINDS: dict[str, type] = {name: kind for name, (_, _, kind) in REGISTER_FILES.items()}
"""The type of value in each register, by the register's key."""


def value(entry: Entry) -> Any:
    """Return the value of one entry."""
    return value_of(KINDS[entry.register], entry.content, str(entry))


def register(*only: str) -> Register:
    """Return the registers as one value; ``only`` those named, the others empty."""
    found = Entry.objects.filter(register__in=only) if only else Entry.objects.all()
    told: dict[str, list[Any]] = defaultdict(list)
    for entry in found:
        told[entry.register].append(value(entry))
    return Register(**{name: tuple(values) for name, values in told.items()})
