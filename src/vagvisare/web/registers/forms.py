"""A register's entry as a form, and what a person sent back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from vagvisare.terms.language import Language, Text
from vagvisare.web.registers import cells
from vagvisare.web.registers.definition import Column, Definition, Kind, required
from vagvisare.web.registers.lookups import Lookups

SPARE_ROWS = 2
"""Empty lines at the end of a list of rows, for those who have no scripts to add more."""

TICKED = frozenset({Kind.REFS, Kind.NODES})
"""Kinds chosen by ticking boxes."""

INLINE = frozenset(Kind) - TICKED
"""Kinds that can be edited in the table."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form, with what stands in it and what is wrong with it."""

    column: Column
    text: str
    must: bool
    options: list[tuple[str, str]] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    wrong: Text | None = None
    now: str = ""


def fields(
    definition: Definition,
    content: Mapping[str, Any],
    lookups: Lookups,
    language: Language,
    *,
    sent: QueryDict | None = None,
    wrong: Mapping[str, Text] | None = None,
    now: Mapping[str, Any] | None = None,
) -> list[Field]:
    """Return the form of an entry: from its ``content``, or from what was ``sent`` and could not be kept.

    ``now`` is what stands there when somebody else was first; what differs is shown beside.
    """
    made = []
    content = definition.full(content)
    for column in definition.columns:
        plain = content.get(column.name)
        text = cells.write(column, plain, language)
        theirs = "" if now is None else cells.write(column, now.get(column.name), language)
        if sent is not None:
            text = sent.get(column.name, text)
            plain = _ticked(column, sent) if column.kind in TICKED else plain
        made.append(
            Field(
                column,
                text,
                required(definition, column),
                _options(column, plain, lookups, language),
                list(plain or []) if column.kind in TICKED else [],
                _rows(column, content, sent, language),
                (wrong or {}).get(column.name),
                theirs if theirs != text else "",
            )
        )
    return made


def sent(definition: Definition, post: QueryDict) -> tuple[dict[str, Any], dict[str, Text]]:
    """Return what a person sent: content by name (None for nothing), and what could not be read."""
    content: dict[str, Any] = {}
    wrong: dict[str, Text] = {}
    for column in definition.columns:
        try:
            if column.kind in TICKED and f"{column.name}-ticked" in post:
                content[column.name] = _ticked(column, post) or None
            elif column.kind is Kind.ROWS and f"{column.name}-rows" in post:
                content[column.name] = _sent_rows(column, post) or None
            elif column.name in post:
                content[column.name] = cells.read(column, post[column.name])
        except cells.CellError as error:
            wrong[column.name] = error.said
    return content, wrong


def _options(column: Column, plain: Any, lookups: Lookups, language: Language) -> list[tuple[str, str]]:
    """Return what may be chosen; what is ticked stands first and in its own order, which the form thereby keeps."""
    if column.kind is Kind.ROWS:
        return []
    options = lookups.options(column, language)
    if column.kind not in TICKED or not plain:
        return options
    names = dict(options)
    return [(value, names.get(value, value)) for value in plain] + [each for each in options if each[0] not in plain]


def _ticked(column: Column, post: QueryDict) -> list[str]:
    """Return what is ticked, in the order it stands in, each once."""
    return list(dict.fromkeys(value for value in post.getlist(column.name) if value))


def _sent_rows(column: Column, post: QueryDict) -> list[dict[str, Any]]:
    rows = []
    for number in range(_count(column, post)):
        row = {}
        for part in column.parts:
            read = cells.read(part, post.get(f"{column.name}-{number}-{part.name}", ""))
            if read is not None:
                row[part.name] = read
        # A choice alone is the form's own first choice, not something a person has entered.
        if any(part.name in row for part in column.parts if part.kind is not Kind.CHOICE):
            rows.append(row)
    return rows


def _rows(
    column: Column, content: Mapping[str, Any], post: QueryDict | None, language: Language
) -> list[dict[str, str]]:
    if column.kind is not Kind.ROWS:
        return []
    if post is not None and f"{column.name}-rows" in post:
        return [
            {part.name: post.get(f"{column.name}-{number}-{part.name}", "") for part in column.parts}
            for number in range(_count(column, post))
        ]
    rows = [
        {part.name: _as_value(part, row.get(part.name), language) for part in column.parts}
        for row in content.get(column.name) or ()
    ]
    return rows + [{part.name: "" for part in column.parts} for _ in range(SPARE_ROWS)]


def _as_value(part: Column, plain: Any, language: Language) -> str:
    return str(plain or "") if part.kind is Kind.CHOICE else cells.write(part, plain, language)


def _count(column: Column, post: QueryDict) -> int:
    text = post.get(f"{column.name}-rows", "0")
    return min(int(text), 200) if text.isdecimal() and len(text) < 10 else 0
