"""Whether an entry may stand as it is: the folder's own rules, said with the names people see."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from vagvisare.editions.check import check_strategy
from vagvisare.editions.document import Edition, Node, Source
from vagvisare.editions.registers import Register, Strategy
from vagvisare.editions.timeline import window
from vagvisare.strategy_folder.codec import decode
from vagvisare.strategy_folder.plain import plain_of
from vagvisare.strategy_folder.report import Document, Place, Report
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.registers.definition import Column, Definition, Kind, required

_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
_WHOLE = ""


class ContentError(UserError):
    """An entry cannot stand as it is. ``wrong`` says why, by the column's name; "" is about the whole entry."""

    def __init__(self, wrong: Mapping[str, Text], definition: Definition) -> None:
        self.wrong = dict(wrong)
        told = [_with_label(definition, name, said) for name, said in wrong.items()]
        super().__init__(
            Text(" ".join(t.sv for t in told), " ".join(t.en for t in told)),
            meaning=Text("Ingenting är sparat.", "Nothing is saved."),
        )


def value_of(definition: Definition, content: Mapping[str, Any]) -> Any:
    """Build the value of an entry.

    Raises:
        ContentError: with every column that cannot be read, or that lacks what it must hold.
    """
    wrong = {
        column.name: Text("måste fyllas i.", "must be filled in.")
        for column in definition.columns
        if required(definition, column) and content.get(column.name) in (None, "", [])
    }
    raw = {name: item for name, item in content.items() if item is not None}
    for column in definition.columns:
        if column.kind is Kind.DATE and isinstance(raw.get(column.name), str):
            raw[column.name] = _day(raw[column.name])
        if column.optional and column.name not in raw:
            raw[column.name] = ""
    names = [column.name for column in definition.columns]
    lines = {(name,): number for number, name in enumerate(names, start=2)}
    report = Report()
    value = decode(definition.value, raw, Place(Document(definition.key, {}, lambda: lines)), report)
    for mistake in report.mistakes:
        # The line of a mistake is the number of its column: that is how it finds its way back.
        name = names[mistake.line - 2] if mistake.line >= 2 else _WHOLE
        wrong.setdefault(name, _joined(mistake.what, mistake.suggestion))
    wrong |= {name: said for name, said in _own_rules(definition, raw) if name not in wrong}
    if wrong:
        raise ContentError(wrong, definition)
    return value


def plain(value: Any) -> dict[str, Any]:
    """Return a value's plain form, as an entry keeps it."""
    return plain_of(value)


def weigh(definition: Definition, values: list[Any], register: Register, addresses: Collection[str]) -> None:
    """Check new or changed ``values`` among all the others: ``register`` is the registers as they are to be.

    Raises:
        ContentError: with what is wrong with the first value that cannot stand.
    """
    for _, wrong in amiss(definition, values, register, addresses):
        raise ContentError(wrong, definition)


def amiss(
    definition: Definition, values: list[Any], register: Register, addresses: Collection[str]
) -> Iterator[tuple[Any, dict[str, Text]]]:
    """Yield each value that cannot stand in ``register``, and why, by the column's name."""
    keys = {name: {item.key for item in getattr(register, name)} for name in _referred(definition)}
    problems = list(check_strategy(_around(register, addresses)))
    for value in values:
        wrong = dict(_unknown_references(definition, value, keys))
        for problem in problems:
            if not _about(problem.subject, value) or _excused(problem, value, addresses):
                continue
            name = str(problem.steps[0]) if problem.subject is value and problem.steps else _row_name(definition)
            wrong.setdefault(name, _joined(problem.what, problem.suggestion))
        if wrong:
            yield value, wrong


def with_values(register: Register, name: str, values: list[Any], gone: Collection[str] = ()) -> Register:
    """Return the registers with values put in (by key) and others taken away."""
    new = {value.key: value for value in values}
    old = [new.pop(item.key, item) for item in getattr(register, name) if item.key not in gone]
    return replace(register, **{name: (*old, *new.values())})


def _own_rules(definition: Definition, raw: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    for column in definition.columns:
        item = raw.get(column.name)
        if column.kind is Kind.ROWS:
            for row in item or ():
                if isinstance(row, Mapping):
                    for part in column.parts:
                        if said := _amiss(part, row.get(part.name)):
                            yield column.name, said
        elif said := _amiss(column, item):
            yield column.name, said


def _amiss(column: Column, item: Any) -> Text | None:
    if column.required and item in (None, ""):
        return Text(f"{column.label.sv} saknas på en rad.", f"{column.label.en} is missing on a line.")
    if not isinstance(item, str) or not item:
        return None
    if column.kind is Kind.DAY and not (_DAY.fullmatch(item) and window(item)):
        return Text(f"”{item}” är inget datum. Skriv 2021, 2021-06 eller 2021-06-17.",
                    f"“{item}” is no date. Write 2021, 2021-06 or 2021-06-17.")  # fmt: skip
    if column.kind is Kind.CHOICE and not column.free and item not in dict(column.choices):
        return Text(f"”{item}” finns inte att välja.", f"“{item}” is not among the choices.")
    return None


def _unknown_references(
    definition: Definition, value: Any, keys: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, Text]]:
    for column in definition.columns:
        if not column.register or column.free:
            continue
        said = getattr(value, column.field)
        for key in (said,) if isinstance(said, str) else said:
            if key and key not in keys[column.register]:
                yield column.name, Text(f"”{key}” finns inte i registret.", f"“{key}” is not in the register.")
            elif key == value.key and column.register == definition.key:
                yield column.name, Text("kan inte peka på sig själv.", "cannot point to itself.")


def _referred(definition: Definition) -> set[str]:
    return {column.register for column in definition.columns if column.register and not column.free}


def _around(register: Register, addresses: Collection[str]) -> Strategy:
    """Return just as much of a strategy as the checks of registers need."""
    nodes = tuple(Node(address, "", address, Source("-")) for address in addresses)
    edition = Edition("-", "", "", None, Source("-"), partial=True, nodes=nodes)
    empty = Text("", "")
    return Strategy("-", empty, empty, "00", ("sv",), (), (), "-", (edition,), register)


def _about(subject: object, value: Any) -> bool:
    inside = (item for field in ("claims", "agenda") for item in getattr(value, field, ()))
    return subject is value or any(subject is item for item in inside)


def _excused(problem: Any, value: Any, addresses: Collection[str]) -> bool:
    """Tell whether a problem is none here: where no addresses are known, and while a matrix is still being filled."""
    if problem.missing and problem.missing[0] == "adress" and not addresses:
        return True
    if problem.missing == ("adress", ""):
        return True
    filling = problem.steps[:1] == ("areas_affected",) and len(value.areas) < value.areas_affected
    return filling or problem.steps[:1] == ("edition",)


def _row_name(definition: Definition) -> str:
    return next((column.name for column in definition.columns if column.kind is Kind.ROWS), _WHOLE)


def _joined(what: Text, more: Text) -> Text:
    return Text(f"{what.sv} {more.sv}".strip(), f"{what.en} {more.en}".strip())


def _with_label(definition: Definition, name: str, said: Text) -> Text:
    column = definition.by_name.get(name)
    return Text(f"{column.label.sv}: {said.sv}", f"{column.label.en}: {said.en}") if column else said


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
