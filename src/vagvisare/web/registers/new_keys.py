"""The keys of new entries: made from their words, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vagvisare.terms.territory import slug
from vagvisare.web.access.verbs import OvertakenError
from vagvisare.web.registers import uses
from vagvisare.web.registers.definition import Definition
from vagvisare.web.registers.models import Entry

LONGEST = 60


def keyed(definition: Definition, fresh: Sequence[tuple[str, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Return new contents (key or nothing, content), each with its key; those without one get it from their words.

    Raises:
        OvertakenError: when somebody has taken a key that is asked for.
    """
    if not fresh:
        return []
    # One at a time: two who add the same words at once get a key each.
    list(Entry.objects.select_for_update().filter(register=definition.key)[:1])
    taken = set(Entry.objects.filter(register=definition.key).values_list("key", flat=True))
    made = []
    for given, content in fresh:
        words = definition.key_from(dict(content)) if definition.key_from else uses.title_of(definition, content, "")
        stem = slug(words)[:LONGEST].strip("-") or definition.key
        key = given or next(key for key in _numbered(stem) if key not in taken)
        if key in taken:
            raise OvertakenError
        taken.add(key)
        made.append({**content, "key": key})
    return made


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 1
    while True:
        number += 1
        yield f"{stem}-{number}"
