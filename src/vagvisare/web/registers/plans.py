"""What a file would change in a register, worked out before anything is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from vagvisare.strategy_folder.names import is_key
from vagvisare.terms.language import Language, Text
from vagvisare.web.registers import actions, cells, contents, sheets, snapshot, uses
from vagvisare.web.registers.actions import Row
from vagvisare.web.registers.definition import Column, Definition
from vagvisare.web.registers.models import Entry
from vagvisare.web.registers.sheets import SheetRow

CHANGES = ("added", "changed", "removed")


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that would change: from and to, as text."""

    column: Column
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Planned:
    """One row that would be added, changed or removed; or that cannot be, and why."""

    what: str
    line: int
    key: str
    content: Mapping[str, Any] | None
    version: int
    differences: tuple[Difference, ...] = ()
    wrong: tuple[tuple[Text, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a file would do."""

    rows: tuple[Planned, ...] = ()
    same: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Planned, ...]:
        """The rows that cannot be kept; while there is one, nothing is."""
        return tuple(row for row in self.rows if row.wrong)

    @property
    def keepable(self) -> bool:
        """Whether there is something to keep and nothing in the way."""
        return bool(self.rows) and not self.errors

    def to_keep(self) -> list[Row]:
        """Return the rows for the verb that keeps them."""
        return [Row(row.key, row.content, row.version) for row in self.rows]

    def digest(self) -> str:
        """Return what tells whether another plan is the same: made again just before it is kept."""
        told = [[row.what, row.key, row.content, row.version] for row in self.rows]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def plan(
    definition: Definition,
    rows: Sequence[SheetRow],
    entries: Iterable[Entry],
    addresses: Mapping[str, Any],
    *,
    whole: bool,
) -> Plan:
    """Work out what a file's rows would change.

    Args:
        definition: the register.
        rows: the file.
        entries: the register's entries as they are.
        addresses: the nodes that may be named.
        whole: the file is the whole register, so that what is not in it is removed.
    """
    known = {entry.key: entry for entry in entries}
    planned, same, seen = [], 0, set[str]()
    for row in rows:
        made = _planned(definition, row, known, repeated=bool(row.key) and row.key in seen)
        seen.add(row.key)
        if made is None:
            same += 1
        else:
            planned.append(made)
    if whole:
        gone = (entry for key, entry in known.items() if key not in seen)
        planned += [Planned("removed", 0, entry.key, None, entry.version) for entry in gone]
    planned = _weighed(definition, planned, addresses)
    counts = {what: sum(row.what == what and not row.wrong for row in planned) for what in CHANGES}
    return Plan(tuple(planned), same, counts)


def _planned(definition: Definition, row: SheetRow, known: Mapping[str, Entry], *, repeated: bool) -> Planned | None:
    entry = known.get(row.key)
    before = definition.full(entry.content) if entry else {}
    content, wrong = dict(before), list[tuple[Text, Text]]()
    for name, text in row.texts.items():
        column = definition.by_name[name]
        if sheets.is_formula(text):
            wrong.append((column.label, Text("formler läses inte in.", "formulas are not taken in.")))
            continue
        if entry and any(cells.write(column, before.get(name), language) == text for language in Language):
            continue
        try:
            content[name] = cells.read(column, text)
        except cells.CellError as error:
            wrong.append((column.label, error.said))
    content["key"] = row.key
    if row.key and entry is None and not is_key(row.key):
        wrong.append((sheets.KEY, Text("kan inte vara en nyckel.", "cannot be a key.")))
    if repeated:
        wrong.append((sheets.KEY, Text("nyckeln står två gånger i filen.", "the key stands twice in the file.")))
    content = {name: item for name, item in content.items() if item is not None}
    differences = _differences(definition, before, content)
    if entry and not differences and not wrong:
        return None
    if entry and row.version and row.version != str(entry.version):
        late = Text("har ändrats här sedan filen togs ut.", "has been changed here since the file was exported.")
        wrong.append((Text("Raden", "The row"), late))
    what, version = ("changed", entry.version) if entry else ("added", 0)
    return Planned(what, row.line, row.key, content, version, differences, tuple(wrong))


def _differences(definition: Definition, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    found = []
    for column in definition.columns:
        was, now = (cells.write(column, said.get(column.name), Language.SV) for said in (before, after))
        if was != now:
            found.append(Difference(column, was, now))
    return tuple(found)


def _weighed(definition: Definition, planned: list[Planned], addresses: Mapping[str, Any]) -> list[Planned]:
    """Check what can be read against the registers as they would be with all of it in place."""
    values: dict[int, Any] = {}
    wrong: dict[int, dict[str, Text]] = {}
    for number, row in enumerate(planned):
        if row.content is None or row.wrong:
            continue
        try:
            # A new entry gets its key when it is kept; until then any will do.
            given = {**row.content, "key": row.key or f"rad-{row.line}"}
            values[number] = contents.value_of(definition, given)
        except contents.ContentError as error:
            wrong[number] = error.wrong
    gone = {row.key for row in planned if row.what == "removed"}
    register = contents.with_values(snapshot.register(), definition.key, list(values.values()), gone)
    numbers = {id(value): number for number, value in values.items()}
    for value, said in contents.amiss(definition, list(values.values()), register, addresses):
        wrong[numbers[id(value)]] = said
    wrong |= _still_used(definition, planned, gone)
    return [_refused(definition, row, wrong[n]) if n in wrong else row for n, row in enumerate(planned)]


def _still_used(
    definition: Definition, planned: Sequence[Planned], gone: Collection[str]
) -> dict[int, dict[str, Text]]:
    """Return the rows to remove that entries which stay name, by their number."""
    if not gone:
        return {}
    others = list(Entry.objects.filter(register__in=uses.pointing_at(definition.key)))
    staying = [entry for entry in others if entry.register != definition.key or entry.key not in gone]
    found = {}
    for number, row in enumerate(planned):
        if row.what == "removed":
            users = uses.of(Entry(register=definition.key, key=row.key), staying)
            if users:
                found[number] = {"": actions.InUseError([used.title.sv for used in users]).what}
    return found


def _refused(definition: Definition, row: Planned, said: Mapping[str, Text]) -> Planned:
    wrong = tuple(
        (definition.by_name[name].label if name in definition.by_name else definition.name, words)
        for name, words in said.items()
    )
    return replace(row, wrong=wrong)
