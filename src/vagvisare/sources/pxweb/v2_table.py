"""A table of PxWebApi 2 as its source describes it, and the limits the source sets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from vagvisare.sources import jsonstat
from vagvisare.sources.contract import Axis, Shape
from vagvisare.sources.errors import GoneError, RefusedError, UnreadableError
from vagvisare.sources.pxweb import v2_wording as wording
from vagvisare.sources.wire import Wire
from vagvisare.terms.language import Text

LANGUAGE = "sv"

USUAL_CELLS = 10_000
"""What PxWebApi 2 allows in one call when it is installed and nobody has said otherwise."""

_LONGEST_DEFINITION = 20_000
_TABLE = re.compile(r"(?!\.+$)[\w.-]{1,120}")
_CODELIST = re.compile(r"(?!\.+$)[^/?#\\\x00-\x20]{1,200}")
_SAYS_NOTHING = frozenset({"", "Other", "None", "NotApplicable"})


@dataclass(frozen=True, slots=True)
class Table:
    """A table's description: its shape for us, which dimensions it can be summed over, and code lists by dimension."""

    cube: jsonstat.Cube
    shape: Shape
    eliminable: frozenset[str]
    codelists: Mapping[str, tuple[str, ...]]


def address(table: str, what: str = "") -> str:
    """Return the address of a table, or of something about it.

    Raises:
        RefusedError: when it cannot be the id of a table.
    """
    if not _TABLE.fullmatch(table):
        raise wording.bad_table(table)
    return f"tables/{quote(table, safe='')}" + (f"/{what}" if what else "")


def read(table: str, wire: Wire) -> Table:
    """Ask the source to describe a table.

    Raises:
        GoneError: when there is no such table.
        SourceError: when the source does not answer as it should.
    """
    try:
        reply = wire.get(address(table, "metadata"), {"lang": LANGUAGE})
    except GoneError:
        raise wording.gone(table) from None
    cube = jsonstat.described(reply)
    own = _mapping(cube.said.get("dimension"))
    extensions = {axis.code: _mapping(_mapping(own.get(axis.code)).get("extension")) for axis in cube.axes}
    eliminable = frozenset(code for code, extension in extensions.items() if extension.get("elimination") is True)
    codelists = {code: tuple(_codelists(extension)) for code, extension in extensions.items()}
    return Table(cube, _shape(table, cube), eliminable, codelists)


def codelist(name: str, wire: Wire) -> Axis:
    """Ask the source for a code list; its categories are in the source's order.

    Raises:
        RefusedError: when there is no such list.
        SourceError: when the source does not answer as it should.
    """
    try:
        if not _CODELIST.fullmatch(name):
            raise wording.no_list(name)
        reply = wire.get(f"codelists/{quote(name, safe='')}", {"lang": LANGUAGE})
    except GoneError:
        raise wording.no_list(name) from None
    said = reply.json()
    values = said.get("values") if isinstance(said, dict) else None
    if not isinstance(values, list) or not all(isinstance(_mapping(each).get("code"), str) for each in values):
        raise UnreadableError.of(reply.url, Text("Det är ingen kodlista.", "It is no code list."))
    categories = {each["code"]: _text(each.get("label")) or each["code"] for each in values}
    return Axis(name, _text(said.get("label")), tuple(categories.items()))


def most_cells(wire: Wire) -> int:
    """Return how many cells the source gives in one call, and hold the wire to its limit of calls.

    A source that does not tell its limits is taken to have the usual ones.
    """
    try:
        said = _mapping(wire.get("config").json())
    except (GoneError, RefusedError):
        return USUAL_CELLS
    calls, seconds = _count(said.get("maxCallsPerTimeWindow")), _count(said.get("timeWindow"))
    if calls and seconds:
        wire.tighten(calls, float(seconds))
    return _count(said.get("maxDataCells")) or USUAL_CELLS


def later(one: str, other: str) -> bool:
    """Tell whether stamp ``one`` is later than ``other``; False where either is no moment."""
    moments = [_moment(one), _moment(other)]
    if moments[0] is None or moments[1] is None or (moments[0].tzinfo is None) != (moments[1].tzinfo is None):
        return False
    return moments[0] > moments[1]


def _shape(table: str, cube: jsonstat.Cube) -> Shape:
    extension = _mapping(cube.said.get("extension"))
    px = _mapping(extension.get("px"))
    return Shape(
        table,
        cube.label,
        definition="\n".join(dict.fromkeys(_definition(cube)))[:_LONGEST_DEFINITION],
        unit=", ".join(dict.fromkeys(_units(cube))),
        updated=cube.updated,
        next_release=_day(px.get("nextUpdate")),
        discontinued=extension.get("discontinued") is True,
        axes=cube.axes,
    )


def _definition(cube: jsonstat.Cube) -> Iterator[str]:
    """Give what the source says of the meaning of its figures: notes, reference periods, price basis; no contacts."""
    yield from _notes(cube.said.get("note"))
    for axis in cube.axes:
        own = _mapping(_mapping(cube.said.get("dimension")).get(axis.code))
        yield from (f"{axis.label}: {note}" for note in _notes(own.get("note")))
        notes = _mapping(_mapping(own.get("category")).get("note"))
        for code, label in axis.categories:
            yield from (f"{axis.label}, {label}: {note}" for note in _notes(notes.get(code)))
        extension = _mapping(own.get("extension"))
        for name in ("refperiod", "measuringType", "priceType", "adjustment", "basePeriod"):
            said = _mapping(extension.get(name))
            for code, label in axis.categories:
                text = _text(said.get(code)).strip()
                if text not in _SAYS_NOTHING:
                    yield f"{label}, {name}: {text}"


def _units(cube: jsonstat.Cube) -> Iterator[str]:
    for code in cube.roles.get("metric", ()):
        axis = cube.axis(code)
        own = _mapping(_mapping(cube.said.get("dimension")).get(code))
        units = _mapping(_mapping(own.get("category")).get("unit"))
        for each, _ in axis.categories if axis else ():
            base = _text(_mapping(units.get(each)).get("base")).strip()
            if base:
                yield base


def _codelists(extension: Mapping[str, Any]) -> Iterator[str]:
    """Give the ids of a dimension's code lists; servers spell the word in two ways."""
    listed = extension.get("codelists", extension.get("codeLists"))
    for each in listed if isinstance(listed, list) else ():
        name = _text(_mapping(each).get("id"))
        if name:
            yield name


def _notes(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        text = " ".join(_text(each).split())
        if text:
            yield text


def _moment(stamp: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(stamp)
    return None


def _day(value: Any) -> date | None:
    """Read a day, as a date or moment, with or without hyphens (PX files write 20260602 08:00)."""
    found = re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)", _text(value))
    with suppress(ValueError):
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    return None


def _count(value: Any) -> int:
    return value if type(value) is int and 0 < value <= 10**9 else 0


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
