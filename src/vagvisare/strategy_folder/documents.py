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
from vagvisare.terms.language import Text

LARGEST = 50_000_000
"""Bytes. A larger file in a strategy folder is a mistake, not a strategy."""

_POSITION = re.compile(r"\(at (?:line (?P<line>\d+), column \d+|end of document)\)")
_ENDLESS = re.compile(r"[0-9_]{1000}")
_SYNTAX = {
    "Expected '=' after a key": Text(
        "Efter fältets namn ska det stå ett likhetstecken.", "An equals sign should follow the name of the field."
    ),
    "Invalid value": Text(
        "Värdet går inte att läsa; text ska stå inom citattecken.",
        "The value cannot be read; text should be within quotation marks.",
    ),
    "Unclosed array": Text("Listan saknar avslutande ].", "The list has no closing ]."),
    "Unterminated string": Text("Texten saknar avslutande citattecken.", "The text has no closing quotation mark."),
    "Cannot overwrite a value": Text(
        "Fältet står två gånger i samma stycke.", "The field is given twice in the same section."
    ),
    "Cannot declare": Text(
        "Stycket är redan påbörjat på ett annat sätt.", "The section has already been opened in another way."
    ),
    "Illegal character": Text(
        "Ett tecken får inte stå så här; texten kanske saknar avslutande citattecken.",
        "A character is not allowed here; perhaps the text has no closing quotation mark.",
    ),
    "Expected newline or end of document": Text(
        "Efter värdet ska raden ta slut.", "The line should end after the value."
    ),
    "Unescaped '\\' in a string": Text(
        "Ett omvänt snedstreck i text ska skrivas \\\\.", "A backslash in text should be written \\\\."
    ),
    "Invalid statement": Text(
        "Raden går inte att läsa; skriv ett fält (namn = värde) eller ett stycke ([[namn]]).",
        "The line cannot be read; write a field (name = value) or a section ([[name]]).",
    ),
}


def read_text(root: Path, name: str, report: Report) -> str | None:
    """Return the text of the file ``name`` in the folder, or None after noting why it cannot be had."""
    path = root / name
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            what = Text("Filen är en länk som leder ut ur mappen.", "The file is a link that leads out of the folder.")
            report.add_line(name, 1, what, Text("Lägg själva filen i mappen.", "Put the file itself in the folder."))
            return None
        if not path.is_file():
            what = Text("Detta är ingen vanlig fil.", "This is no ordinary file.")
            report.add_line(name, 1, what, Text("Ersätt den med en textfil.", "Replace it with a text file."))
            return None
        size = path.stat().st_size
        if size > LARGEST:
            megabytes = f"{size / 1e6:.0f} MB"
            what = Text(f"Filen är för stor ({megabytes}).", f"The file is too large ({megabytes}).")
            report.add_line(name, 1, what, Text("Högst 50 MB läses.", "At most 50 MB is read."))
            return None
        raw = path.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead round in a ring
        report.add_line(name, 1, _unreadable(error), Text("Kontrollera rättigheterna.", "Check the permissions."))
        return None
    return _decoded(raw, name, report)


def _unreadable(error: Exception) -> Text:
    why = getattr(error, "strerror", None)
    said = Text(why, why) if why else Text("länken leder runt", "the link leads round in a ring")
    return Text(f"Filen kan inte läsas ({said.sv}).", f"The file cannot be read ({said.en}).")


def _decoded(raw: bytes, name: str, report: Report) -> str | None:
    try:
        return raw.removeprefix(b"\xef\xbb\xbf").decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = Text("Filen är inte skriven i UTF-8.", "The file is not written in UTF-8.")
        hint = Text("Spara den som UTF-8 i textredigeraren.", "Save it as UTF-8 in the text editor.")
        report.add_line(name, line, what, hint)
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
    return None if text is None else edition_document(text, name, report)


def edition_document(text: str, name: str, report: Report) -> Document | None:
    """Take an edition's Markdown apart, or return None after noting why it cannot be read."""
    parts = split_front_matter(text)
    if parts is None:
        what = Text(
            f"Filen börjar inte med uppgifter mellan två rader {FENCE}.",
            f"The file does not begin with fields between two {FENCE} lines.",
        )
        report.add_line(name, 1, what, Text("Se docs/reference/folder.md.", "See docs/reference/folder.md."))
        return None
    front, end = parts
    data = _parsed(front, name, 1, report)

    def complain(line: int, what: Text, hint: Text, path: line_index.Path | None) -> None:
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
        said = message.partition(" (at ")[0]
        untold = Text(f"Filen går inte att läsa: {said}.", f"The file cannot be read: {said}.")
        what = next((text for start, text in _SYNTAX.items() if message.startswith(start)), untold)
        hint = Text("Filen ska följa formen TOML.", "The file should follow the form TOML.")
        report.add_line(name, line + lines_before, what, hint)
    except ValueError:  # Python's own, for a number of thousands of digits
        found = _ENDLESS.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        what = Text("Talet har tusentals siffror.", "The number has thousands of digits.")
        report.add_line(name, line + lines_before, what, Text("Skriv ett rimligt tal.", "Write a reasonable number."))
    except RecursionError:
        what = Text("Listor ligger i varandra i för många led.", "Lists lie within each other to too many levels.")
        report.add_line(name, 1 + lines_before, what)
    return None
