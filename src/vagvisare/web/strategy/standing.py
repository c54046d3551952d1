"""How the strategy folder and the workspace stand to each other: what each says, and what both last agreed on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vagvisare.editions.registers import Register, Strategy
from vagvisare.strategy_folder import three_way
from vagvisare.strategy_folder.names import REGISTER_FILES
from vagvisare.strategy_folder.plain import edition_digest, plain_of, value_of
from vagvisare.strategy_folder.three_way import Content, Difference, Place
from vagvisare.web.registers import snapshot as registers
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.models import Entry
from vagvisare.web.strategy.models import Agreed, Head

PARTS = frozenset({"editions", "register"})
HEAD: Place = (Agreed.HEAD, "")
FIXED = frozenset(definition.key for definition in DEFINITIONS.values() if definition.sealed)
"""Registers in which nothing changes once it is there."""
_TOLD = ("position", "content", "was", "event")
LONGEST_KEY = 200
"""Characters there is room for in the key of an entry."""


@dataclass(frozen=True)
class Standing:
    """The folder, the workspace and what both agreed on, entry by entry in the folder's plain form."""

    folder: Strategy
    head: Head | None
    entries: Mapping[Place, Entry]
    kept: Mapping[Place, Agreed]
    values: Mapping[Place, Sequence[Any]]
    """The folder's own values, without its head: one each, but for links that are stated twice."""
    there: Mapping[Place, Content]
    here: Mapping[Place, Content]
    base: Mapping[Place, Content]

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Everything that is not the same in both; last, the order of registers."""
        orders = (
            three_way.order_difference(name, *(_keys(each, name) for each in (self.base, self.there, self.here)))
            for name in REGISTER_FILES
        )
        return (*three_way.compare(self.base, self.there, self.here, FIXED), *filter(None, orders))

    @cached_property
    def clashes(self) -> tuple[Difference, ...]:
        """What a person must choose."""
        return tuple(each for each in self.differences if each.clashes)

    @cached_property
    def together(self) -> Mapping[Place, Content]:
        """What the two make together, in the order they make together; where they clash, as the workspace says it."""
        made: dict[Place, Content | None] = dict(self.here)
        made |= {each.place: three_way.merged(each) for each in self.differences if not is_order(each)}
        places = [HEAD, *((name, key) for name in REGISTER_FILES for key in self.orders[name])]
        return {place: content for place in places if (content := made.get(place)) is not None}

    @cached_property
    def digest(self) -> str:
        """What tells whether another comparison is the same: a person has seen it, and answers it."""
        told: list[object] = [[each.place, each.base, each.folder, each.workspace] for each in self.differences]
        told += [[edition.key, edition_digest(edition)] for edition in self.folder.editions]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def record(self, place: Place) -> Entry | Head | None:
        """Return the record of an entry or of the head."""
        return self.head if place == HEAD else self.entries.get(place)

    @cached_property
    def orders(self) -> Mapping[str, Sequence[str]]:
        """The keys of each register in the order the two make together; also of what only one of them has."""
        return {
            name: three_way.arranged(*(_keys(each, name) for each in (self.base, self.there, self.here)))
            for name in REGISTER_FILES
        }


def is_order(of: Difference) -> bool:
    """Tell whether a difference is that of the order of a register."""
    return of.place[0] in REGISTER_FILES and not of.place[1]


def standing(folder: Strategy) -> Standing:
    """Compare a strategy folder with the records: three questions, however much there is in either.

    Where nothing is known of what both agreed on (the records are older than that), it is what the folder says now of
    what both have.
    """
    values: dict[Place, list[Any]] = {}
    for name in REGISTER_FILES:
        for item in getattr(folder.register, name):
            values.setdefault((name, key_of(name, item)), []).append(item)
    there = {HEAD: plain_of(folder, PARTS)} | {place: plain_of(items[0]) for place, items in values.items()}
    head = Head.objects.first()
    entries = {(entry.register, entry.key): entry for entry in Entry.objects.all()}
    here: dict[Place, Content] = {} if head is None else {HEAD: head.content}
    for place, entry in entries.items():
        same = entry.content == there.get(place)
        here[place] = entry.content if same else plain_of(registers.value(entry))
    kept = {(row.register, row.key): row for row in Agreed.objects.all()}
    if kept:
        base: dict[Place, Content] = {place: row.content for place, row in kept.items() if row.content is not None}
    else:
        base = {place: content for place, content in there.items() if place in here}
    return Standing(folder, head, entries, kept, values, there, here, base)


def strategy_of(found: Standing, strategy: Strategy, contents: Mapping[Place, Content]) -> Strategy:
    """Return a strategy with the head and the registers of ``contents``, in that order."""
    made: dict[str, list[Any]] = {name: [] for name in REGISTER_FILES}
    for place, content in contents.items():
        if place != HEAD:
            made[place[0]] += values_of(found, place, content)
    register = Register(**{name: tuple(items) for name, items in made.items()})
    given: dict[str, object] = {"editions": strategy.editions, "register": register}
    return value_of(Strategy, dict(contents[HEAD]), "strategy", given)


def values_of(found: Standing, place: Place, content: Content) -> Sequence[Any]:
    """Return an entry's value; the folder's own where that is what it says, with what it says twice."""
    said = found.values.get(place, ())
    if content == found.there.get(place):
        return said
    return (value_of(registers.KINDS[place[0]], dict(content), ":".join(place)), *said[1:])


def agree(
    found: Standing,
    there: Mapping[Place, Content],
    here: Mapping[Place, Content],
    *,
    events: Mapping[Place, int] | None = None,
    only: Collection[str] | None = None,
) -> None:
    """Remember what the folder and the workspace now both say, of registers ``only`` those named.

    ``events`` are those of the trail that can be undone, by what they are about.
    """
    events = events or {}
    positions = _positions(there, here)
    rows = []
    for place in dict.fromkeys([*there, *here, *found.kept]):
        content = three_way.agreed(found.base.get(place), there.get(place), here.get(place))
        row = found.kept.get(place)
        if (only is not None and place[0] not in only) or (row is None and content is None and place not in events):
            continue
        position = positions.get(place, 0 if row is None else row.position)
        if place in events or row is None or row.content != content:
            rows.append(agreed_row(found, place, content, events.get(place), position))
        elif row.position != position:
            row.position = position
            rows.append(row)
    keep_rows(rows)


def _positions(there: Mapping[Place, Content], here: Mapping[Place, Content]) -> dict[Place, int]:
    """Return the place of each entry in the registers that both have in the same order."""
    found = {}
    for name in REGISTER_FILES:
        keys = _keys(there, name)
        if three_way.order_difference(name, (), keys, _keys(here, name)) is None:
            found |= {(name, key): at for at, key in enumerate(keys)}
    return found


def agreed_row(
    found: Standing, place: Place, content: Content | None, event: int | None = None, position: int | None = None
) -> Agreed:
    """Return what is to be remembered of one entry; what stood there before can be brought back with its event."""
    row = found.kept.get(place)
    at = position if position is not None else (0 if row is None else row.position)
    was = None if event is None else found.base.get(place)
    return Agreed(register=place[0], key=place[1], position=at, content=content, was=was, event=event)


def keep_rows(rows: Sequence[Agreed]) -> None:
    """Keep rows in place of those about the same entries."""
    rows = [Agreed(**{name: getattr(row, name) for name in ("register", "key", *_TOLD)}) for row in rows]
    Agreed.objects.bulk_create(rows, update_conflicts=True, unique_fields=["register", "key"], update_fields=_TOLD)


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


def _keys(places: Mapping[Place, Any], register: str) -> list[str]:
    return [key for name, key in places if name == register]
