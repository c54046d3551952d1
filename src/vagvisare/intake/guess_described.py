"""What a source says of a table, as far as a definition can be guessed from it.

Asked live where that is possible; Kolada's KPIs are known from the bundled list too, and it is then said so.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from vagvisare.sources.contract import Axis, Shape, Source
from vagvisare.sources.kolada import catalogue
from vagvisare.sources.kolada.description import KINDS
from vagvisare.sources.pxweb import v2_table
from vagvisare.sources.pxweb.v1_asking import described as v1_described
from vagvisare.sources.pxweb.v1_table import address_of, limits_of
from vagvisare.sources.wire import Wire
from vagvisare.terms.errors import SourceError

KOLADA, PXWEB1, PXWEB2 = "kolada", "pxweb1", "pxweb2"
"""The interfaces that say more of a table than the contract's shape does."""

_ENGLISH = frozenset({"eurostat", "sdmx"})
"""Interfaces whose titles are English."""


@dataclass(frozen=True, slots=True)
class Column:
    """One dimension of a table, with what its source says of it besides the codes.

    ``role`` is JSON-stat's: ``time``, ``geo``, ``metric``, or "" where nothing is said. An ``optional`` dimension can
    be left out: the source then gives everybody. ``units`` are the units it states, by code.
    """

    axis: Axis
    role: str = ""
    optional: bool = False
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The source's own code of the dimension."""
        return self.axis.code


@dataclass(frozen=True, slots=True)
class Described:
    """A table as its source describes it, with what a definition can be guessed from.

    ``kind`` is the interface it was read through. ``units`` says which units of Kolada have the KPI (K municipalities,
    L regions, A both; "" where that is not known). ``english`` is the source's own English title, "" where it has
    none; ``is_english`` that its texts are English. ``listed`` is True when only the bundled list was read.
    """

    source: Source
    shape: Shape
    columns: tuple[Column, ...] = ()
    units: str = ""
    english: str = ""
    listed: bool = False

    @property
    def kind(self) -> str:
        """The interface."""
        return self.source.client.kind

    @property
    def is_english(self) -> bool:
        """Whether the source's texts are English."""
        return self.kind in _ENGLISH


def described(source: Source, table: str, wire: Wire) -> Described:
    """Ask a source about a table.

    Raises:
        SourceError: when there is no such table, or the source does not answer as it should.
    """
    if source.client.kind == PXWEB2:
        return _of_v2(source, table, wire)
    if source.client.kind == PXWEB1:
        return _of_v1(source, table, wire)
    shape = source.client.shape(table, wire)
    if source.client.kind == KOLADA:
        kinds = next((axis.categories for axis in shape.axes if axis.code == "municipality_type"), ())
        return Described(source, shape, units="".join(code for code, _ in kinds))
    roles = {"time": "time", "time_period": "time", "geo": "geo", "ref_area": "geo"}
    columns = tuple(Column(axis, roles.get(axis.code.lower(), "")) for axis in shape.axes)
    return Described(source, shape, columns)


def listed(source: Source, table: str) -> Described | None:
    """Return what the bundled list says of a KPI of Kolada; None for other sources, or a KPI that is not in it."""
    if source.client.kind != KOLADA:
        return None
    entry = next((each for each in catalogue.entries() if each.id == table.strip().upper()), None)
    if entry is None:
        return None
    shape = Shape(
        entry.id,
        entry.title,
        next_release=max(entry.releases, default=None),
        axes=(Axis("municipality_type", "Gäller", ((entry.kind, KINDS.get(entry.kind, entry.kind)),)),),
    )
    return Described(source, shape, units=entry.kind, listed=True)


def _of_v2(source: Source, table: str, wire: Wire) -> Described:
    read = v2_table.read(table, wire)
    roles = {code: role for role, codes in read.cube.roles.items() for code in codes}
    own = _mapping(read.cube.said.get("dimension"))
    columns = tuple(
        Column(axis, roles.get(axis.code, ""), axis.code in read.eliminable, _units(_mapping(own.get(axis.code))))
        for axis in read.cube.axes
    )
    return Described(source, read.shape, columns, english=_english(table, wire, read.shape.title))


def _of_v1(source: Source, table: str, wire: Wire) -> Described:
    address = address_of(table)
    metadata = v1_described(wire, table, address, limits_of(wire))
    columns = tuple(
        Column(Axis(each.code, each.label, each.categories), "time" if each.time else "", each.eliminable)
        for each in metadata.variables
    )
    return Described(source, metadata.shape(table, ""), columns)


def _units(dimension: Mapping[str, Any]) -> dict[str, str]:
    units = _mapping(_mapping(dimension.get("category")).get("unit"))
    told = {code: _mapping(each).get("base") for code, each in units.items()}
    return {code: base for code, base in told.items() if isinstance(base, str)}


def _english(table: str, wire: Wire, swedish: str) -> str:
    """Return the source's own English title; "" where it has none, or repeats the Swedish."""
    with suppress(SourceError):
        said = wire.get(v2_table.address(table), {"lang": "en"}).json()
        label = said.get("label") if isinstance(said, dict) else None
        if isinstance(label, str) and label.strip() and label.strip() != swedish.strip():
            return label
    return ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
