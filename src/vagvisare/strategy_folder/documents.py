"""Open the files of a folder safely, and read each into a document whose places can be named."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from vagvisare.strategy_folder import line_index
from vagvisare.strategy_folder.edition_parse import parse_blocks, split_front_matter
from vagvisare.strategy_folder.edition_text import FENCE
from vagvisare.strategy_folder.report import Document, Report

LARGEST = 50_000_000
"""Bytes. A larger file in a strategy folder is a mistake, not a strategy."""

_POSITION = re.compile(r"\(at (?:line (?P<line>\d+), column \d+|end of document)\)")
_ENDLESS = re.compile(r"[0-9_]{1000}")
_SYNTAX = {
    "Expected '=' after a key": "Efter fältets namn ska det stå ett likhetstecken.",
    "Invalid value": "Värdet går inte att läsa; text ska stå inom citattecken.",
    "Unclosed array": "Listan saknar avslutande ].",
    "Unterminated string": "Texten saknar avslutande citattecken.",
    "Cannot overwrite a value": "Fältet står två gånger i samma stycke.",
    "Cannot declare": "Stycket är redan påbörjat på ett annat sätt.",
    "Illegal character": "Ett tecken får inte stå så här; texten kanske saknar avslutande citattecken.",
    "Expected newline or end of document": "Efter värdet ska raden ta slut.",
    "Unescaped '\\' in a string": "Ett omvänt snedstreck i text ska skrivas \\\\.",
    "Invalid statement": "Raden går inte att läsa; skriv ett fält (namn = värde) eller ett stycke ([[namn]]).",
}


def read_text(root: Path, name: str, report: Report) -> str | None:
    """Return the text of the file ``name`` in the folder, or None after noting why it cannot be had."""
    path = root / name
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            report.add_line(name, 1, "Filen är en länk som leder ut ur mappen.", "Lägg själva filen i mappen.")
            return None
        if not path.is_file():
            report.add_line(name, 1, "Detta är ingen vanlig fil.", "Ersätt den med en textfil.")
            return None
        size = path.stat().st_size
        if size > LARGEST:
            report.add_line(name, 1, f"Filen är för stor ({size / 1e6:.0f} MB).", "Högst 50 MB läses.")
            return None
        raw = path.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead round in a ring
        why = getattr(error, "strerror", None) or "länken leder runt"
        report.add_line(name, 1, f"Filen kan inte läsas ({why}).", "Kontrollera rättigheterna.")
        return None
    return _decoded(raw, name, report)


def _decoded(raw: bytes, name: str, report: Report) -> str | None:
    try:
        return raw.removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        report.add_line(name, line, "Filen är inte skriven i UTF-8.", "Spara den som UTF-8 i textredigeraren.")
        return None


def read_toml(root: Path, name: str, report: Report) -> Document | None:
    """Read a TOML file of the folder, or return None after noting why not."""
    text = read_text(root, name, report)
    if text is None:
        return None
    data = _parsed(text, name, 0, report)
    return None if data is None else Document(name, data, lambda: line_index.index_lines(text))


def read_edition(root: Path, name: str, report: Report) -> Document | None:
    """Read the Markdown file of an edition, or return None after noting why not."""
    text = read_text(root, name, report)
    if text is None:
        return None
    parts = split_front_matter(text)
    if parts is None:
        report.add_line(
            name, 1, f"Filen börjar inte med uppgifter mellan två rader {FENCE}.", "Se docs/reference/folder.md."
        )
        return None
    front, end = parts
    data = _parsed(front, name, 1, report)

    def complain(line: int, what: str, hint: str, path: line_index.Path | None) -> None:
        report.add_line(name, line, what, hint, path)
        report.blind.add("adress")  # the address may be on the very line that cannot be read

    blocks, lines = parse_blocks(text, end, complain)
    if data is None:
        return None

    def locate() -> dict[line_index.Path, int]:
        shifted = {path: line + 1 for path, line in line_index.index_lines(front).items()}
        return {**shifted, **lines}

    return Document(name, {**data, **blocks}, locate)


def _parsed(text: str, name: str, lines_before: int, report: Report) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = _POSITION.search(message)
        line = int(found["line"]) if found and found["line"] else text.rstrip("\n").count("\n") + 1
        plain = next((said for start, said in _SYNTAX.items() if message.startswith(start)), message)
        report.add_line(name, line + lines_before, plain, "Filen ska följa formen TOML.")
    except ValueError:  # Python's own, for a number of thousands of digits
        found = _ENDLESS.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        report.add_line(name, line + lines_before, "Talet har tusentals siffror.", "Skriv ett rimligt tal.")
    except RecursionError:
        report.add_line(name, 1 + lines_before, "Listor ligger i varandra i för många led.")
    return None
