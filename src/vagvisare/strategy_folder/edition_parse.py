"""Read an edition's Markdown into plain tables with the line of everything; see ``edition_text`` for the form."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from vagvisare.strategy_folder.edition_text import CHANGES, DEEPEST, FENCE, NODES, unescape
from vagvisare.strategy_folder.line_index import Path
from vagvisare.terms.errors import NOTHING
from vagvisare.terms.language import Text

_HEADING = re.compile(r"(?P<hashes>#+)(?: (?P<rest>.*))?")
_ANCHORED = re.compile(r"(?:(?P<text>.*) )?\{#(?P<address>[^{}]*)\}\s*")
_LABEL = re.compile(r"- (?P<name>\w+):(?: (?P<value>.*))?")

Complain = Callable[[int, Text, Text, Path | None], None]
"""Called with line, what is wrong, a suggestion, and the place that is thereby accounted for."""

_SECTIONS = {NODES: "node", CHANGES: "change"}
LISTED = ("nodes", "reasons")
"""Fields of a change that hold several names, written with commas between."""


def split_front_matter(text: str) -> tuple[str, int] | None:
    """Return the TOML between the ``+++`` lines and the number of lines up to and with the closing one."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return None
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1 : number - 1]), number
    return None


def parse_blocks(text: str, start: int, complain: Complain) -> tuple[dict[str, object], dict[Path, int]]:
    """Read the sections after line ``start``; return plain tables and the line of each thing in them."""
    parse = _Parse(complain)
    for number, line in enumerate(text.split("\n")[start:], start=start + 1):
        parse.take(line, number)
    parse.close()
    return {"node": parse.found["node"], "change": parse.found["change"]}, parse.lines


@dataclass(slots=True)
class _Parse:
    complain: Complain
    found: dict[str, list[dict[str, object]]] = field(default_factory=lambda: {"node": [], "change": []})
    lines: dict[Path, int] = field(default_factory=lambda: {(): 1})
    section: str = ""
    at: Path = ()
    open_at: list[tuple[int, str]] = field(default_factory=list)
    block: dict[str, object] | None = None
    quoted: list[str] | None = None
    labelled: bool = False

    def take(self, line: str, number: int) -> None:
        """Read one line."""
        if line.rstrip() in _SECTIONS:
            self.close()
            self.section = _SECTIONS[line.rstrip()]
            self.lines.setdefault((self.section,), number)
        elif line.startswith("#"):
            self.close()
            self._heading(line, number)
        elif line.startswith(">"):
            self._quote(line, number)
        elif line.startswith("- "):
            self._label(line, number)
        elif line.strip():
            self.complain(
                number,
                Text(
                    "Raden är varken rubrik (##), citat (>) eller uppgift (- namn: värde).",
                    "The line is neither heading (##), quotation (>) nor field (- name: value).",
                ),
                Text(
                    "Sätt > framför om raden är strategins text.", "Put > before it if the line is the strategy's text."
                ),
                None,
            )

    def close(self) -> None:
        """Finish the open block."""
        if self.block is not None and self.quoted is not None:
            self.block["text"] = "\n".join(self.quoted)
        self.block, self.quoted, self.labelled = None, None, False

    def _heading(self, line: str, number: int) -> None:
        found = _HEADING.fullmatch(line)
        if found is None or len(found["hashes"]) == 1 or len(found["hashes"]) > DEEPEST:
            self.block, self.at = {}, ("", number)  # what follows belongs to this heading, and is told once
            what = Text("Rubriken har fel form.", "The heading has the wrong form.")
            hint = Text("Skriv ## till ###### och ett mellanslag.", "Write ## to ###### and a space.")
            self.complain(number, what, hint, None)
            return
        if not self.section:
            self.block, self.at = {}, ("", number)
            what = Text("Rubriken står före första avsnittet.", "The heading comes before the first part.")
            hint = Text(f"Skriv raden ”{NODES}” ovanför.", f"Write the line “{NODES}” above it.")
            self.complain(number, what, hint, None)
            return
        self.block = {}
        self.at = (self.section, len(self.found[self.section]))
        self.found[self.section].append(self.block)
        self.lines[self.at] = number
        if self.section == "node":
            self._node_heading(found, number)

    def _node_heading(self, found: re.Match[str], number: int) -> None:
        anchored = _ANCHORED.fullmatch(found["rest"] or "")
        if anchored is None:
            what = Text("Rubriken saknar adress.", "The heading has no address.")
            hint = Text(
                "Avsluta rubriken med till exempel {#mal/klimat}.", "End the heading with, for instance, {#mal/klimat}."
            )
            self.complain(number, what, hint, (*self.at, "address"))
            anchored = _ANCHORED.fullmatch(f"{found['rest'] or ''} {{#}}")
        if self.block is None or anchored is None:
            return
        depth = len(found["hashes"])
        while self.open_at and self.open_at[-1][0] >= depth:
            self.open_at.pop()
        if self.open_at:
            self.block["parent"] = self.open_at[-1][1]
        if anchored["text"]:
            self._set("text", anchored["text"], number)
        self._set("address", anchored["address"], number)
        self.open_at.append((depth, str(self.block["address"])))

    def _quote(self, line: str, number: int) -> None:
        if self.block is None:
            what = Text("Citatet hör inte till någon rubrik.", "The quotation belongs to no heading.")
            self.complain(number, what, NOTHING, None)
            return
        if "text" in self.block or self.labelled:
            what = Text(
                "Texten står redan i rubriken eller ovanför uppgifterna.",
                "The text is already in the heading or above the fields.",
            )
            self.complain(number, what, Text("Behåll en av dem.", "Keep one of them."), None)
            return
        if self.quoted is None:
            self.quoted = []
            self.lines[(*self.at, "text")] = number
        self.quoted.append(self._plain(line[2:] if line.startswith("> ") else line[1:], number))

    def _label(self, line: str, number: int) -> None:
        found = _LABEL.fullmatch(line)
        if self.block is None or found is None:
            what = Text("Uppgiften har fel form.", "The field has the wrong form.")
            hint = Text("Skriv ”- namn: värde” under en rubrik.", "Write “- name: value” under a heading.")
            self.complain(number, what, hint, None)
            return
        name = found["name"]
        own = ("address", "text") if self.section == "node" else ("text",)
        if name in own or (name in self.block and (name != "parent" or (*self.at, name) in self.lines)):
            what = Text(
                f"”{name}” står redan på annan plats i samma stycke.",
                f"“{name}” is already elsewhere in the same section.",
            )
            self.complain(number, what, Text("Ta bort raden.", "Remove the line."), None)
            return
        self.labelled = True
        self._set(name, found["value"] or "", number)
        if name == "working_name" and self.block is not None and self.block[name] in ("true", "false"):
            self.block[name] = self.block[name] == "true"

    def _set(self, name: str, text: str, number: int) -> None:
        if self.block is not None:
            plain = self._plain(text, number)
            listed = self.section == "change" and name in LISTED
            self.block[name] = [part.strip() for part in plain.split(",")] if listed else plain
            self.lines[(*self.at, name)] = number

    def _plain(self, text: str, number: int) -> str:
        try:
            return unescape(text)
        except ValueError:
            what = Text(
                "Ett ensamt omvänt snedstreck (\\) betyder inget här.", "A backslash (\\) alone means nothing here."
            )
            self.complain(number, what, Text("Skriv \\\\ för \\.", "Write \\\\ for \\."), None)
            return text
