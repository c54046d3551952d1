"""What an event changed, field by field, out of the plain states it carries. Thinking only: no records are read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One field before and after; empty where there was or is nothing. The name is empty for a state without fields."""

    name: str
    before: str
    after: str


def changed(before: str, after: str) -> tuple[Field, ...]:
    """Return the fields in which two states (as the trail keeps them: JSON, or an empty text) differ."""
    old, new = _state(before), _state(after)
    names = [*old, *(name for name in new if name not in old)]
    return tuple(Field(name, _shown(old.get(name)), _shown(new.get(name))) for name in names
                 if old.get(name) != new.get(name))  # fmt: skip


def _state(kept: str) -> dict[str, Any]:
    if not kept:
        return {}
    try:
        state = json.loads(kept)
    except ValueError:
        return {"": kept}
    return state if isinstance(state, dict) else {"": state}


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
