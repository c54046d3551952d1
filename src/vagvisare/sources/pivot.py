"""Rows that each claim one number become figures: measures side by side, months made years, one row a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from vagvisare.sources.errors import UnreadableError
from vagvisare.terms.language import Text

_Ints = npt.NDArray[np.integer[Any]]
_Floats = npt.NDArray[np.float64]

_MOST_KEYS = 400_000_000
"""Territory × sex × group × period, times columns; more is no table of a region's figures. Fits in 32 bits."""

_MILDEST_FIRST = "PEBULMQ"
"""The words of CL_OBS_STATUS by how much they take away from a figure."""


@dataclass(frozen=True, slots=True)
class Key:
    """One part of a figure's identity: our names, in order, and which of them each row has.

    ``codes`` are the numbers of each row's own code (None: the same for all), ``lookup`` the place among ``names`` that
    such a code stands for (-1: none of ours).
    """

    names: Sequence[Any]
    lookup: _Ints
    codes: _Ints | None

    @classmethod
    def of(cls, ours: Sequence[Any], codes: _Ints | None) -> Key:
        """Make a key of what each code is called here; None for what is not ours."""
        names = sorted({name for name in ours if name is not None})
        place = {name: number for number, name in enumerate(names)}
        return cls(names, np.array([-1 if name is None else place[name] for name in ours], np.int32), codes)

    @classmethod
    def fixed(cls, name: Any) -> Key:
        """Make a key that is the same for every row."""
        return cls.of([name], None)

    def of_rows(self, rows: int) -> _Ints:
        """Return each row's place among the names."""
        if self.codes is None or not rows:
            return np.zeros(rows, np.int32)
        return self.lookup.take(self.codes)


@dataclass(frozen=True, slots=True)
class Claims:
    """Rows that each claim one number.

    ``number`` is the figure a row speaks of, ``column`` which of ``columns`` it fills (None: there is but one),
    ``status`` what is said of it, by place in ``said`` (None: nothing), ``source`` the source's own code of the place.
    """

    number: _Ints
    columns: Sequence[str]
    column: _Ints | None
    value: _Floats
    said: Sequence[str]
    status: _Ints | None
    source: _Ints | None


@dataclass(frozen=True, slots=True)
class Figures:
    """One entry a figure, in order of ``key``: its numbers by column, and its place in ``said`` (None: all the first).

    ``said`` goes from the mildest to the gravest.
    """

    key: _Ints
    columns: Mapping[str, _Floats]
    said: Sequence[str]
    status: _Ints | None


def numbered(keys: Sequence[Key], rows: int, columns: int, address: str) -> _Ints:
    """Return one number a row that tells its figure from every other; the first key weighs most.

    Raises:
        UnreadableError: when so many figures are unreasonable.
    """
    sizes = [max(len(key.names), 1) for key in keys]
    if prod(sizes) * columns > _MOST_KEYS:
        raise UnreadableError.of(address, Text("Tabellen är orimligt stor.", "The table is unreasonably large."))
    number: _Ints = keys[0].of_rows(rows)
    for key, size in zip(keys[1:], sizes[1:], strict=True):
        if size > 1:
            number *= size
            number += key.of_rows(rows)
    return number


def parted(number: _Ints, sizes: Sequence[int]) -> list[_Ints | None]:
    """Take numbers made of keys of such sizes apart; None where a key has one name for all."""
    parts: list[_Ints | None] = []
    for size in reversed(sizes):
        if size == 1:
            parts.append(None)
            continue
        # A remainder taken this way is several times as fast as with %.
        whole = number // size
        parts.append(number - whole * size)
        number = whole
    return parts[::-1]


def pivoted(claims: Claims, address: str) -> Figures:
    """Bring the measures of one figure together.

    The same number twice is one; of what is said of it the gravest stands. Where several of the source's codes are one
    place here, one without a figure gives way to one with.

    Raises:
        UnreadableError: when a figure is given with two values, or with and without by the same code.
    """
    present, place = _distinct(claims.number)
    once = len(present) == len(claims.number)
    columns = {}
    for number, name in enumerate(claims.columns):
        own = None if claims.column is None else np.flatnonzero(claims.column == number)
        columns[name] = _filled(len(present), place, claims, own, address, once=once)
    said, status = _ranked(claims)
    if status is not None:
        status = _gravest(columns["value"], place, claims, status) if "value" in columns else None
    return Figures(present, columns, said, status)


def of_years(figures: Figures, parts: int, *, mean: bool) -> Figures:
    """Make years of months or quarters, whose number (0: a whole year) is the last part of each figure's key.

    A year with a part missing gives no figure. A year that the source gives itself stands as given. What is measured
    besides the value has no year of its own.
    """
    (years, part) = figures.key // (parts + 1), figures.key % (parts + 1)
    given, made = np.flatnonzero(part == 0), np.flatnonzero(part)
    made = made[~np.isin(years[made], years[given])]
    present, place = np.unique(years[made], return_inverse=True)
    value = figures.columns.get("value", np.full(len(part), np.nan))
    total = np.bincount(place, weights=value[made], minlength=len(present))
    whole = np.isfinite(total) & (np.bincount(place, minlength=len(present)) == parts)
    order = np.argsort(np.concatenate([years[given], present[whole]]), kind="stable")
    nothing = np.full(int(whole.sum()), np.nan)
    columns = {
        name: np.concatenate([numbers[given], total[whole] / (parts if mean else 1) if name == "value" else nothing])[
            order
        ]
        for name, numbers in figures.columns.items()
    }
    status = figures.status
    if status is not None:
        gravest = np.zeros(len(present), status.dtype)
        np.maximum.at(gravest, place, status[made])
        status = np.concatenate([status[given], gravest[whole]])[order]
    return Figures(np.concatenate([years[given], present[whole]])[order], columns, figures.said, status)


def _distinct(number: _Ints) -> tuple[_Ints, _Ints | None]:
    """Return the distinct numbers in order, and each row's place among them (None: its own)."""
    if (number[1:] > number[:-1]).all():
        return number, None
    top = int(number.max()) + 1
    if top > 8 * len(number) + 1_000_000:
        return np.unique(number, return_inverse=True)
    there = np.zeros(top, bool)
    there[number] = True
    present = np.flatnonzero(there).astype(np.int32)
    if len(present) == top:
        return present, number
    return present, (np.cumsum(there, dtype=np.int32) - 1).take(number)


def _of(numbers: Any, own: _Ints | None) -> Any:
    return numbers if own is None or numbers is None else numbers[own]


def _filled(size: int, place: _Ints | None, claims: Claims, own: _Ints | None, address: str, *, once: bool) -> _Floats:
    """Return one measure of every figure."""
    given: _Floats = _of(claims.value, own)
    if place is None and own is None:
        return given
    where: Any = own if place is None else _of(place, own)
    filled = np.full(size, np.nan)
    filled[where] = given
    if once:
        return filled
    again = filled[where]
    if ((again == given) | (np.isnan(again) & np.isnan(given))).all():
        return filled
    return _agreed(size, where, given, _of(claims.source, own), address)


def _agreed(size: int, where: _Ints, given: _Floats, source: _Ints | None, address: str) -> _Floats:
    """Let numbers fill the places of those that are none; each place may have but one."""
    told = np.flatnonzero(~np.isnan(given))
    filled = np.full(size, np.nan)
    filled[where[told]] = given[told]
    untold = np.flatnonzero(np.isnan(given) & ~np.isnan(filled[where]))
    by = np.zeros(len(given), np.int64) if source is None else source.astype(np.int64)
    claim = where.astype(np.int64) * (int(by.max()) + 1) + by
    if (filled[where[told]] != given[told]).any() or np.isin(claim[untold], claim[told]).any():
        why = Text("Samma siffra står två gånger med olika värden.", "A figure is given with two values.")
        raise UnreadableError.of(address, why)
    return filled


def _ranked(claims: Claims) -> tuple[list[str], _Ints | None]:
    """Return what is said, mildest first, and each row's place among it."""
    if claims.status is None:
        return [""], None
    said = sorted({"", *claims.said}, key=lambda word: (word != "", _MILDEST_FIRST.find(word), word))
    return said, np.array([said.index(word) for word in claims.said], np.int16).take(claims.status)


def _gravest(values: _Floats, place: _Ints | None, claims: Claims, status: _Ints) -> _Ints:
    """Return what is said of each figure's value, by those rows that give it."""
    own = None if claims.column is None else np.flatnonzero(claims.column == claims.columns.index("value"))
    if place is None and own is None:
        return status
    where: Any = own if place is None else _of(place, own)
    gravest = np.zeros(len(values), status.dtype)
    if own is None and len(where) == len(values):
        gravest[where] = status
        return gravest
    gives = ~np.isnan(_of(claims.value, own)) | np.isnan(values[where])
    np.maximum.at(gravest, where[gives], _of(status, own)[gives])
    return gravest
