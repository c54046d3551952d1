"""A cell's content as text a person reads and writes, and back, without loss.

Lists stand one thing a line, rows of several fields with bars between them. What cannot be written so is written as
JSON, which is read back the same: nothing is lost in a spreadsheet.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from vagvisare.terms.language import Language, Text
from vagvisare.web.registers.definition import Column, Kind

BAR = " | "
YES = Text("ja", "yes")
NO = Text("nej", "no")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class CellError(ValueError):
    """A text that the column cannot hold; ``said`` says why."""

    def __init__(self, said: Text) -> None:
        self.said = said
        super().__init__(said.sv)


def write(column: Column, plain: Any, language: Language) -> str:
    """Return a cell's plain content as text; an empty text for nothing."""
    if plain is None or plain in ([], ""):
        return ""
    if column.kind is Kind.YES_NO:
        return (YES if plain else NO).to(language)
    if column.kind is Kind.CHOICE:
        return column.choice(plain, language)
    if column.kind is Kind.ROWS:
        return _write_rows(column, plain, language)
    if column.several:
        return "\n".join(plain) if all(_plain_line(item) for item in plain) else json.dumps(plain, ensure_ascii=False)
    return str(plain)


def read(column: Column, text: str) -> Any:
    """Return what a text means in a column, as the folder's plain form; None for nothing.

    Raises:
        CellError: when it can mean nothing there.
    """
    text = tidy(text)
    if not text:
        return None
    if column.kind is Kind.YES_NO:
        return _read_yes_no(text)
    if column.kind is Kind.NUMBER:
        return _read_number(text)
    if column.kind is Kind.CHOICE:
        return _read_choice(column, text)
    if column.kind is Kind.ROWS:
        return _read_rows(column, text)
    if column.several:
        listed = _json_list(text)
        return listed if listed is not None else [line.strip() for line in text.split("\n") if line.strip()]
    return text


def tidy(text: str) -> str:
    """Return a text without blanks around it and with plain line breaks.

    Raises:
        CellError: when it holds characters that cannot be seen or written.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _ILLEGAL.search(text):
        raise CellError(
            Text("Texten har osynliga tecken som inte kan sparas.", "The text has characters that cannot be kept.")
        )
    return text


def _plain_line(item: object) -> bool:
    """Tell whether a list item can stand as a line of its own and be read back as itself."""
    return isinstance(item, str) and bool(item) and item == tidy(item) and "\n" not in item and not item.startswith("[")


def _json_list(text: str) -> list[Any] | None:
    if not text.startswith("["):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, list) else None


def _read_yes_no(text: str) -> bool:
    said = text.casefold()
    if said in {"ja", "yes", "j", "y", "1", "true", "sant", "x"}:
        return True
    if said in {"nej", "no", "n", "0", "false", "falskt"}:
        return False
    raise CellError(Text(f"Skriv ja eller nej, inte ”{text}”.", f"Write yes or no, not “{text}”."))


def _read_number(text: str) -> int:
    try:
        return int(re.sub(r"\.0+$", "", text.replace("\u00a0", "").replace(" ", "")))
    except ValueError:
        raise CellError(Text(f"”{text}” är inget heltal.", f"“{text}” is no whole number.")) from None


def _read_choice(column: Column, text: str) -> str:
    said = text.casefold()
    for value, name in column.choices:
        if said in {value.casefold(), name.sv.casefold(), name.en.casefold()}:
            return value
    if column.free:
        return text
    known = [name for value, name in column.choices if value]
    raise CellError(
        Text(f"”{text}” finns inte. Välj bland: {', '.join(n.sv for n in known)}.",
             f"“{text}” does not exist. Choose among: {', '.join(n.en for n in known)}.")
    )  # fmt: skip


def _write_rows(column: Column, rows: Iterable[dict[str, Any]], language: Language) -> str:
    rows = list(rows)
    lines = []
    for row in rows:
        parts = [write(part, row.get(part.name), language) for part in column.parts]
        while parts and not parts[-1]:
            parts.pop()
        if not parts or any(part and (not _plain_line(part) or "|" in part) for part in parts):
            return json.dumps(rows, ensure_ascii=False)
        lines.append(BAR.join(parts))
    made = "\n".join(lines)
    # A free word may look like a choice's name; then only JSON reads back the same.
    return made if _read_rows(column, made) == rows else json.dumps(rows, ensure_ascii=False)


def _read_rows(column: Column, text: str) -> list[Any]:
    listed = _json_list(text)
    if listed is not None:
        return listed
    return [_read_row(column, line) for line in text.split("\n") if line.strip()]


def _read_row(column: Column, line: str) -> dict[str, Any]:
    words = [word.strip() for word in line.split("|")]
    if len(words) > len(column.parts):
        sv, en = (BAR.join(part.label.to(language).lower() for part in column.parts) for language in Language)
        raise CellError(Text(f"Raden har för många delar. Skriv: {sv}.", f"The line has too many parts. Write: {en}."))
    row = {}
    for part, word in zip(column.parts, words, strict=False):
        read_part = read(part, word)
        if read_part is not None:
            row[part.name] = read_part
    return row
