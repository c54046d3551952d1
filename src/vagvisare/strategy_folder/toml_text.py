"""Write plain values as TOML in one canonical way: the same values always give the same bytes.

Fields stand in the order given; a nested group of fields is written with dotted keys (``title.sv = "…"``), one
line a word, so that a changed word is one changed line in a diff; lists of groups become ``[[tables]]``.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date

Plain = str | int | float | bool | date | Sequence["Plain"] | Mapping[str, "Plain"]
"""What a TOML document can hold, as far as a strategy folder needs it."""

_WIDTH = 100
_INDENT = "    "
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


def toml_text(data: Mapping[str, Plain]) -> str:
    """Return ``data`` as a TOML document, ending with one line feed.

    Raises:
        ValueError: when a number is not finite.
    """
    lines: list[str] = []
    _table(lines, data, ())
    return "\n".join(lines).lstrip("\n") + "\n"


def number_text(value: float) -> str:
    """Return the shortest text that reads back as ``value``, without a needless ``.0``: ``84``, ``83.5``, ``2633457``.

    Raises:
        ValueError: when the number is not finite.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a finite number")
    text = repr(float(value)).removesuffix(".0")
    return "0" if text == "-0" else text


def _table(lines: list[str], data: Mapping[str, Plain], path: tuple[str, ...]) -> None:
    later: list[tuple[str, Sequence[Plain]]] = []
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            later.append((key, value))
        else:
            _field(lines, key, value)
    for key, items in later:
        for item in items:
            if isinstance(item, Mapping):
                lines.extend(["", f"[[{'.'.join([*path, key])}]]"])
                _table(lines, item, (*path, key))


def _field(lines: list[str], key: str, value: Plain) -> None:
    if isinstance(value, Mapping):
        for inner, content in value.items():
            _field(lines, f"{key}.{inner}", content)
    else:
        lines.append(f"{key} = {_value(value, len(key) + 3)}")


def _value(value: Plain, indent: int = 0) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, date):
        return value.isoformat()
    parts = [_value(item) for item in value] if isinstance(value, Sequence) else []
    line = f"[{', '.join(parts)}]"
    if len(line) + indent <= _WIDTH:
        return line
    if isinstance(value, Sequence) and all(isinstance(item, float) for item in value):
        # Long rows of numbers are filled, as nobody reads or changes one of them alone.
        rows = textwrap.fill(", ".join(parts), _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
        return f"[\n{rows},\n]"
    return "[\n" + "".join(f"{_INDENT}{part},\n" for part in parts) + "]"


def _string(text: str) -> str:
    if "\n" in text:
        # A space at the end of a line is written as an escape: editors strip it.
        lines = (_escape(line[:-1]) + "\\u0020" if line[-1:] == " " else _escape(line) for line in text.split("\n"))
        return '"""\n' + "\n".join(lines) + '"""'
    return f'"{_escape(text)}"'


def _escape(text: str) -> str:
    return "".join(_ESCAPES.get(c) or (f"\\u{ord(c):04X}" if ord(c) < 0x20 or ord(c) == 0x7F else c) for c in text)
