"""A delivery laid beside the last good figures: the same place, group and period on the same row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.intake.words import who
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

Array: TypeAlias = npt.NDArray[Any]

KEYS = ("territory", "start", "end", "sex", "background")
"""The columns that together say which figure a row is."""

NOISE = 1e-9
"""Two figures that differ relatively less than this are the same figure, written by different machines."""

_FIRST, _YEARS = 1700, 501
"""The first year a period can have, and how many there are."""

_TABLE = 1 << 25
"""Up to so many different codes, and not too many for each row, are counted in a table: quicker than sorting."""

BLOCK = 1 << 20
"""So many figures are computed with at a time: ten million at once would take gigabytes in passing."""

_NAMES = ("territories", "sexes", "backgrounds")

PRELIMINARY = ("P", "E")
"""What a source says of figures that it expects to change (SDMX, CL_OBS_STATUS: provisional, estimated)."""


@dataclass(frozen=True, slots=True, eq=False)
class Paired:
    """Every figure of the delivery and of the last good vintage, once each, in order of series and period.

    The first five describe what the numbers stand for: ``territories``, ``sexes``, ``backgrounds`` and ``periods`` in
    order, and for every series a column of places in the first three (``names``). The rest have one element a figure:
    which series (``series``) and period (``period``), the delivered value (``new``) and the last good one (``old``),
    nan where there is none; whether the delivery has such a row at all, with or without a figure (``there``), whether
    the source then says something of it (``said``), and whether the old figure was preliminary (``loose``). ``rows`` is
    how many rows were delivered.
    """

    territories: tuple[str, ...]
    sexes: tuple[str, ...]
    backgrounds: tuple[str, ...]
    periods: tuple[Period, ...]
    names: Array
    series: Array
    period: Array
    new: Array
    old: Array
    there: Array
    said: Array
    loose: Array
    rows: int

    @property
    def has(self) -> Array:
        """Where the delivery has a figure."""
        found: Array = ~np.isnan(self.new)
        return found

    @property
    def had(self) -> Array:
        """Where the last good vintage has a figure."""
        found: Array = ~np.isnan(self.old)
        return found

    @property
    def fresh(self) -> Array:
        """Where the delivery has a figure that the last good vintage has not, or has otherwise."""
        found: Array = self.has
        if not _nowhere(self.old):
            found &= ~same(self.new, self.old)
        return found

    @property
    def repeated(self) -> bool:
        """Tell whether the delivery has several rows for one figure."""
        return int(np.count_nonzero(self.there)) < self.rows

    def among(self, what: str, where: Array) -> Array:
        """Return which ``territories``, ``sexes`` or ``backgrounds`` occur among the figures of ``where``."""
        seen = np.zeros(self.names.shape[1], dtype=bool)
        seen[self.series[where]] = True
        found: Array = np.zeros(len(getattr(self, what)), dtype=bool)
        found[self.names[_NAMES.index(what)][seen]] = True
        return found

    def during(self, where: Array) -> Array:
        """Return the places in ``periods`` that occur among the figures of ``where``, in order."""
        found: Array = np.flatnonzero(np.bincount(self.period[where], minlength=len(self.periods)))
        return found

    def column(self, name: str) -> Array:
        """Return, for every figure, its place in ``territories``, ``sexes`` or ``backgrounds``."""
        found: Array = self.names[_NAMES.index(name)][self.series]
        return found

    def key(self, cell: int) -> tuple[str, str, str]:
        """Return territory, sex and background of a figure."""
        territory, sex, background = self.names[:, self.series[cell]]
        return self.territories[territory], self.sexes[sex], self.backgrounds[background]

    def at(self, cell: int) -> Text:
        """Return place, group and period of a figure in words: ``Örebro län, kvinnor 2024``."""
        name, label = who(*self.key(cell)), self.periods[self.period[cell]].label
        return Text(f"{name.sv} {label}", f"{name.en} {label}")

    def latest(self, where: Array) -> int | None:
        """Return the place of the latest period among the figures of ``where``; None when there are none."""
        by_end = [(self.periods[place].end, self.periods[place].start, int(place)) for place in self.during(where)]
        return max(by_end)[2] if by_end else None


def same(new: Array, old: Array) -> Array:
    """Tell where two figures are the same but for noise; two absent ones are not."""
    close: Array = np.zeros(len(new), dtype=bool)
    with np.errstate(invalid="ignore", over="ignore"):
        for at in range(0, len(new), BLOCK):
            a, b = new[at : at + BLOCK], old[at : at + BLOCK]
            close[at : at + BLOCK] = np.abs(a - b) <= NOISE * np.maximum(np.abs(a), np.abs(b))
    return close


def _nowhere(column: Array) -> bool:
    """Tell whether a column stands for one value everywhere, and takes no room."""
    return bool(column.strides == (0,)) and len(column) > 0 and bool(np.isnan(column[0]))


def pair(after: pa.Table, before: pa.Table | None) -> Paired:
    """Lay a delivery beside the last good figures (both in schema ``FIGURES``, keys never null).

    Of several rows with one key that with the least value is taken, so that the order of rows means nothing; that there
    are several is told by another check.
    """
    both = (after,) if before is None else (after, before)
    columns = {name: _coded(both, name) for name in ("territory", "sex", "background")}
    distinct, period = _dense(np.concatenate([_span(table) for table in both]), _YEARS * _YEARS)
    names, series = _together([(codes, len(found)) for found, codes in columns.values()])
    keys = series.astype(np.int64)
    keys *= max(1, len(distinct))
    keys += period
    coded = {name: tuple(found) for name, (found, _) in columns.items()}
    del series, period, columns
    rows = after.num_rows
    key, new, there, said, _ = _once(keys[:rows], after)
    old: Array = np.broadcast_to(np.float64(np.nan), len(key))
    loose: Array = np.broadcast_to(np.bool_(False), len(key))
    if before is not None:
        earlier, was, _, _, soft = _once(keys[rows:], before)
        # Both are in order already, which a stable sort makes use of.
        whole = np.concatenate([key, earlier])
        whole.sort(kind="stable")
        whole = whole[_firsts(whole)]
        at = np.searchsorted(whole, key)
        new, there, said = (_spread(len(whole), at, column) for column in (new, there, said))
        at = np.searchsorted(whole, earlier)
        old, loose = (_spread(len(whole), at, column) for column in (was, soft))
        key = whole
    return Paired(
        coded["territory"],
        coded["sex"],
        coded["background"],
        tuple(Period(_FIRST + int(span) // _YEARS, _FIRST + int(span) % _YEARS) for span in distinct),
        names,
        *_apart(key, max(1, len(distinct))),
        new,
        old,
        there,
        said,
        loose,
        rows,
    )


def _span(table: pa.Table) -> Array:
    """Return one number for each row's period, in order of start and end."""
    span: Array = (number_of(table, "start") - _FIRST) * _YEARS + number_of(table, "end") - _FIRST
    return span


def number_of(table: pa.Table, name: str) -> Array:
    """Return a whole column as numbers, nan or 0 where there is nothing."""
    column = table.column(name)
    kind = np.float64 if pa.types.is_floating(column.type) else np.int32
    if column.null_count:
        column = pc.fill_null(column, np.nan if kind is np.float64 else 0)
    found: Array = column.to_numpy().astype(kind, copy=False)
    return found


def codes_of(table: pa.Table, name: str) -> tuple[list[str], Array]:
    """Return the distinct texts of a column in order, and for every row the place of its own."""
    return _coded((table,), name)


def _coded(tables: Sequence[pa.Table], name: str) -> tuple[list[str], Array]:
    whole = pa.chunked_array([chunk for table in tables for chunk in _plain(table.column(name)).chunks], pa.string())
    coded = pc.dictionary_encode(pc.fill_null(whole, "") if whole.null_count else whole).unify_dictionaries()
    if not coded.num_chunks:
        return [], np.zeros(0, dtype=np.int32)
    found: list[str] = coded.chunk(0).dictionary.to_pylist()
    order = sorted(range(len(found)), key=found.__getitem__)
    rank = np.empty(len(found), dtype=np.int32)
    rank[order] = np.arange(len(found), dtype=np.int32)
    indices = np.concatenate([chunk.indices.to_numpy() for chunk in coded.chunks])
    return [found[place] for place in order], rank[indices]


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _together(columns: Sequence[tuple[Array, int]]) -> tuple[Array, Array]:
    """Return the distinct combinations of codes, one a column, and for every row which one it has.

    Codes are joined two at a time and made dense again, so that no number of them can overflow.
    """
    joint: Array = np.zeros(len(columns[0][0]), dtype=np.int32)
    names: Array = np.zeros((0, 1), dtype=np.int32)
    for codes, many in columns:
        size = names.shape[1] * max(1, many)
        if size > np.iinfo(np.int32).max:
            joint = joint.astype(np.int64)
        distinct, joint = _dense(joint * max(1, many) + codes, size)
        names = np.vstack([names[:, distinct // max(1, many)], distinct % max(1, many)]).astype(np.int32)
    return names, joint


def _dense(codes: Array, size: int) -> tuple[Array, Array]:
    """Return the distinct codes, all below ``size``, in order, and for every element the place of its own."""
    if size > min(_TABLE, 64 * len(codes)):
        distinct, places = np.unique(codes, return_inverse=True)
        return distinct, places.astype(np.int32)
    seen = np.zeros(size, dtype=bool)
    seen[codes] = True
    place = np.cumsum(seen, dtype=np.int32) - 1
    return np.flatnonzero(seen), place[codes]


def _apart(key: Array, many: int) -> tuple[Array, Array]:
    """Return series and period of every key."""
    series, period = (
        np.empty(len(key), dtype=np.int32),
        np.empty(len(key), dtype=np.int16 if many < 1 << 15 else np.int32),
    )
    for at in range(0, len(key), BLOCK):
        series[at : at + BLOCK], period[at : at + BLOCK] = np.divmod(key[at : at + BLOCK], many)
    return series, period


def _once(key: Array, table: pa.Table) -> tuple[Array, Array, Array, Array, Array]:
    """Return the distinct keys in order and for each: value, True, whether anything is said of it, whether loosely."""
    value = number_of(table, "value")
    if bool(np.isinf(value).any()):
        value = np.where(np.isinf(value), np.nan, value)
    status, which = codes_of(table, "status")
    said = np.array([bool(code) for code in status], dtype=bool)[which]
    loose = np.array([code in PRELIMINARY for code in status], dtype=bool)[which]
    if len(key) > 1 and not bool((key[1:] > key[:-1]).all()):
        order = np.argsort(key, kind="stable")
        key = key[order]
        value, said, loose = value[order], said[order], loose[order]
        del order
        if bool((key[1:] == key[:-1]).any()):
            order = np.lexsort((value, key))
            key, value, said, loose = key[order], value[order], said[order], loose[order]
            first = _firsts(key)
            key, value, said, loose = key[first], value[first], said[first], loose[first]
    return key, value, np.ones(len(key), dtype=bool), said, loose


def _firsts(key: Array) -> Array:
    """Return which of some keys in order are the first of their kind."""
    found = np.ones(len(key), dtype=bool)
    found[1:] = key[1:] != key[:-1]
    return found


def _spread(size: int, at: Array, column: Array) -> Array:
    """Return ``column`` at the places ``at`` of ``size`` many; nan or False elsewhere."""
    found = np.full(size, np.nan) if column.dtype.kind == "f" else np.zeros(size, dtype=bool)
    found[at] = column
    return found
