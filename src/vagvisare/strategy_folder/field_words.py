"""What a field should hold and what it holds instead, in words of both languages."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum, IntEnum
from typing import Any, get_origin

from vagvisare.editions.document import Source
from vagvisare.terms.errors import NOTHING
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

_WORDS = {
    str: Text("text inom citattecken", "text within quotation marks"),
    int: Text("ett heltal", "a whole number"),
    float: Text("ett tal", "a number"),
    bool: Text("true eller false", "true or false"),
    date: Text("ett datum (ÅÅÅÅ-MM-DD)", "a date (YYYY-MM-DD)"),
    list: Text("en lista inom [ ]", "a list within [ ]"),
    dict: Text("en grupp av fält", "a group of fields"),
}


def instead_of(kind: type, raw: object) -> Text:
    """Return the sentence that something of ``kind`` was wanted where ``raw`` stands."""
    wanted, got = _WORDS[kind], describe(raw)
    return Text(f"Här ska stå {wanted.sv}, inte {got.sv}.", f"This should be {wanted.en}, not {got.en}.")


def describe(raw: object) -> Text:
    """Name what stands in a file, short enough for a sentence."""
    if isinstance(raw, bool):
        word = "true" if raw else "false"
        return Text(word, word)
    if isinstance(raw, str):
        short = raw if len(raw) <= 40 else raw[:39] + "…"
        return Text(f"texten ”{short}”", f"the text “{short}”")
    if isinstance(raw, int | float):
        return Text(f"talet {raw}", f"the number {raw}")
    if isinstance(raw, datetime | date):
        return Text(f"datumet {raw}", f"the date {raw}")
    if isinstance(raw, list):
        return Text("en lista", "a list")
    return _WORDS[dict] if isinstance(raw, dict) else Text("något annat", "something else")


def such_as(hint: Any) -> Text:
    """Return ``, such as 2021`` for a field of the type ``hint``, or nothing where an example would say nothing."""
    example = example_of(hint)
    if "…" in example.sv:
        return NOTHING
    return Text(f", till exempel {example.sv}", f", such as {example.en}")


def for_example(hint: Any) -> Text:
    """Return the sentence that shows how a field of the type ``hint`` is written."""
    example = example_of(hint)
    return Text(f"Till exempel {example.sv}", f"For instance {example.en}")


def example_of(hint: Any) -> Text:
    """Return a field of the type ``hint`` as it is written in a file."""
    if hint is Period:
        return Text('"2021" eller "2021-2024"', '"2021" or "2021-2024"')
    if hint is Source:
        return Text('"dokument:12-14"', '"document:12-14"')
    if get_origin(hint) is tuple:
        plain = "[…]"
    elif isinstance(hint, type) and issubclass(hint, Enum):
        first = next(iter(hint))
        plain = f'"{first.name.lower() if isinstance(first, IntEnum) else first.value}"'
    else:
        examples = {str: '"…"', int: "2021", float: "83.5", bool: "true", date: "2021-06-17"}
        plain = examples.get(hint) or ('{ sv = "…", en = "…" }' if hint is Text else "…")
    return Text(plain, plain)
