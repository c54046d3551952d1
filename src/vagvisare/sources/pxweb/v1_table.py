"""What PxWeb 1 says of a table and of a folder: metadata, listings, limits; checked piece by piece, never trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from vagvisare.sources.contract import Axis, Shape
from vagvisare.sources.errors import GoneError, RefusedError, UnreadableError
from vagvisare.sources.pxweb.v1_selection import Variable
from vagvisare.sources.pxweb.v1_wording import listed, refused, shown
from vagvisare.sources.wire import Reply, Wire
from vagvisare.terms.language import Text

_MOST_VARIABLES = 50
_LARGEST = 500_000
"""Cells of one call, however many the server allows: an interrupted fetch should not lose much."""

_NOTHING_SAID = frozenset({400, 403, 404, 405, 500, 501})
"""What servers answer that do not tell their limits, or do not list their folders."""

_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may ask for, and how many calls may be made in how many seconds; cautious where nothing is said."""

    cells: int = 1_000
    calls: int = 10
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Metadata:
    """A table's own description."""

    title: str
    variables: tuple[Variable, ...]

    def shape(self, table: str, updated: str) -> Shape:
        """Return it as the contract's shape."""
        axes = tuple(Axis(variable.code, variable.label, variable.categories) for variable in self.variables)
        return Shape(table, self.title, updated=updated, axes=axes)


def address_of(table: str) -> str:
    """Return a table's path, each part percent-encoded once, whether or not it was so already.

    Raises:
        RefusedError: when the path is empty or leads out of the database.
    """
    parts = [unquote(part) if _ESCAPED.search(part) else part for part in table.split("/") if part]
    if not parts or any(part in {".", ".."} or "/" in part for part in parts):
        what = Text("sökvägen leder ingenstans.", "the path leads nowhere.")
        remedy = Text("Skriv sökvägen under databasens adress.", "Write the path below the address of the database.")
        raise refused(table, what, remedy)
    return "/".join(quote(part, safe="") for part in parts)


def folder_of(address: str) -> tuple[str, str]:
    """Return the address of the folder a table stands in, and its name there."""
    folder, _, name = address.rpartition("/")
    return folder, unquote(name)


def limits_of(wire: Wire) -> Limits:
    """Ask the server for its limits; where it does not say, cautious ones hold.

    ``maxCells`` bounds what a query gives; older servers only say ``maxValues``.
    """
    cautious = Limits()
    said = _told(wire, "?config")
    if not isinstance(said, dict):
        return cautious
    return Limits(
        cells=min(_LARGEST, int(_positive(said.get("maxCells")) or _positive(said.get("maxValues")) or cautious.cells)),
        calls=int(_positive(said.get("maxCalls")) or cautious.calls),
        seconds=_positive(said.get("timeWindow")) or cautious.seconds,
    )


def _told(wire: Wire, address: str) -> Any:
    """Return what the server says of itself, or None where it does not."""
    try:
        reply = wire.get(address, accept_status=_NOTHING_SAID)
        return reply.json() if reply.status < 400 else None
    except (GoneError, RefusedError, UnreadableError):
        return None


def _positive(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value < 1e9 else 0.0


def metadata_of(table: str, reply: Reply) -> Metadata:
    """Read a table's description.

    Raises:
        RefusedError: when the path leads to a folder.
        UnreadableError: when it is not what the interface promises.
    """
    said = reply.json()
    if isinstance(said, list):
        tables = [
            (str(item["id"]), str(item.get("text", ""))) for item in said if isinstance(item, dict) and "id" in item
        ]
        if not tables:
            raise UnreadableError.of(reply.url, Text("Det är ingen tabell.", "It is no table."))
        what = Text(f"det är en mapp med {listed(tables)}.", f"it is a folder with {listed(tables)}.")
        raise refused(table, what, Text("Skriv tabellens hela sökväg.", "Write the whole path of the table."))
    variables = said.get("variables") if isinstance(said, dict) else None
    if not isinstance(variables, list) or not 0 < len(variables) <= _MOST_VARIABLES:
        raise UnreadableError.of(reply.url, Text("Där finns inga variabler.", "There are no variables."))
    read = tuple(_variable(variable, reply.url) for variable in variables)
    if len({variable.code for variable in read}) != len(read):
        raise UnreadableError.of(reply.url, Text("En variabel står två gånger.", "A variable stands twice."))
    title = said.get("title")
    return Metadata(shown(title, 500) if isinstance(title, str) else "", read)


def _variable(said: Any, url: str) -> Variable:
    code, codes = (said.get("code"), said.get("values")) if isinstance(said, dict) else (None, None)
    if not isinstance(code, str) or not isinstance(codes, list) or not codes:
        raise UnreadableError.of(url, Text("En variabel saknar kod eller värden.", "A variable has no code or values."))
    labels = said.get("valueTexts")
    if not isinstance(labels, list) or len(labels) != len(codes):
        labels = codes
    if not all(isinstance(text, str) for text in (*codes, *labels)) or len(set(codes)) != len(codes):
        name = shown(code)
        why = Text(f"Koderna i variabeln ”{name}” går inte att lita på.", f"The codes of “{name}” cannot be trusted.")
        raise UnreadableError.of(url, why)
    label = said.get("text")
    return Variable(
        code,
        label if isinstance(label, str) else code,
        tuple(zip(codes, labels, strict=True)),
        eliminable=said.get("elimination") is True,
        time=said.get("time") is True,
    )


def listing_of(folder: str, wire: Wire) -> dict[str, str] | None:
    """Return the stamps of the tables in a folder by name ("" for one without); None when the folder cannot tell."""
    said = _told(wire, folder)
    if not isinstance(said, list):
        return None
    found = {}
    for item in said:
        if isinstance(item, dict) and item.get("type") == "t" and isinstance(item.get("id"), str):
            stamp = item.get("updated")
            found[item["id"]] = shown(stamp) if isinstance(stamp, str) else ""
    return found
