"""A page of data read in whole arrays, when it is spelled exactly as Kolada spells it; otherwise not at all.

A page is five thousand times the same text with a few things changed in it. It is cut where its braces open, every
byte of it is held against that text, and what changes is read where it stands. A page that differs in a single byte is
left to the reader of JSON, which is the one that says what a page means: this one only gets there sooner.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import orjson

from vagvisare.sources.kolada.columns import Columns
from vagvisare.sources.kolada.numerals import figures
from vagvisare.sources.kolada.question import GENDERS, Segment
from vagvisare.sources.kolada.windows import AnotherSpellingError, alike, digits, expect, pieces, places

_FRAME_MOST = 20_000
"""Bytes around the rows at most: a count and an address."""

_SHORTEST = 16
"""Bytes an object has at least; where braces open more often than that, no page of data is being read."""

_ID_MOST = 8
"""Bytes of the longest id read here."""

_COUNT_MOST = 3
"""Digits at most of how many units a figure is the mean of."""

# How a page is spelled; <…> is what changes from one row to the next.
_ROW = '{"kpi":"<kpi>","municipality":"<unit>","period":<year>,"values":['
_CELL = '{"gender":"<gender>","count":<count>,"status":"","value":'
_REST = ',"isdeleted":<deleted>}'
_ROW_ENDS = b"]}"

_GENDER = np.full(256, -1, np.int32)
_GENDER[[ord(name) for name in GENDERS]] = np.arange(len(GENDERS))


@dataclass(frozen=True, slots=True)
class Spelled:
    """What a page holds: what stands around its rows, how many rows there are, and their figures."""

    frame: Mapping[str, Any]
    rows: int
    columns: Columns


def spelled(body: bytes, segment: Segment) -> Spelled | None:
    """Read a page, or return None when it is spelled otherwise, has no figures, or tells of what was not asked."""
    try:
        page = _Page.of(body)
        outer, inner = page.rows(segment), page.cells()
    except AnotherSpellingError:
        return None
    if len(page.lengths) < len(inner["value"]):
        outer = {name: np.repeat(column, page.lengths) for name, column in outer.items()}
    return Spelled(page.frame, len(page.lengths), Columns(**outer, **inner, status=None))


@dataclass(frozen=True, slots=True)
class _Signs:
    """What parts members from each other, and a name from its value: with or without a space."""

    comma: bytes
    colon: bytes


@lru_cache(maxsize=256)
def _template(text: str, signs: _Signs, **widths: int) -> tuple[bytes, Mapping[str, slice]]:
    """Return a text as it is spelled, open for as many bytes as its parts are wide, and where those stand."""
    spelt, where = b"", {}
    for place, part in enumerate(re.split("<(.*?)>", text)):
        if place % 2:
            where[part] = slice(len(spelt), len(spelt) + widths[part])
            spelt += bytes(widths[part])
        else:
            spelt += re.sub(b"[,:]", lambda sign: signs.comma if sign[0] == b"," else signs.colon, part.encode())
    return spelt, where


@dataclass(frozen=True, slots=True)
class _Page:
    """A page cut where its braces open.

    ``opens`` are those places in order, and last where the next one would be; ``is_row`` tells which of them open a row
    (the last counts as one), the others opening a figure. ``lengths`` is how many figures each row has.
    """

    body: bytes
    text: np.ndarray
    signs: _Signs
    frame: Mapping[str, Any]
    opens: np.ndarray
    is_row: np.ndarray
    lengths: np.ndarray

    @classmethod
    def of(cls, body: bytes) -> _Page:
        """Cut a page up.

        Raises:
            AnotherSpellingError: when it is spelled otherwise, or has no rows.
        """
        start, stop = body.find(b"[") + 1, body.rfind(b"]")
        frame = _frame(body, start, stop)
        signs = _Signs(b", ", b": ") if body.startswith(b'{"kpi": ', start) else _Signs(b",", b":")
        text = np.frombuffer(body, np.uint8)
        braces = text[start:stop] == ord("{")
        if np.count_nonzero(braces) > (stop - start) // _SHORTEST:
            raise AnotherSpellingError
        opens = np.append(np.flatnonzero(braces) + start, stop + len(signs.comma))
        # A row begins with "kpi", a figure with "gender"; that this is so to the end is seen when they are read.
        is_row = np.append(text[opens[:-1] + 2] == ord("k"), True)
        lengths = np.diff(np.flatnonzero(is_row)) - 1
        if opens[0] != start or not is_row[0]:
            raise AnotherSpellingError
        parted = opens[1:-1][~is_row[:-2]] - len(signs.comma)  # the first figure of a row comes at once
        expect(pieces(text, parted, len(signs.comma)), signs.comma)
        return cls(body, text, signs, frame, opens, is_row, lengths)

    def rows(self, segment: Segment) -> dict[str, np.ndarray]:
        """Read what stands before the first figure of every row: which KPI, which unit, which year.

        Raises:
            AnotherSpellingError: when it is spelled otherwise, or was not asked for.
        """
        kpis, units = _by_width(segment.kpis), _by_width(segment.units)
        if len(kpis) > 1:
            raise AnotherSpellingError
        first = np.flatnonzero(self.is_row[:-1])
        starts = self.opens[first]
        kpi, unit, year = (np.empty(len(starts), np.int32) for _ in range(3))
        (kpi_wide,) = kpis
        bare = len(_template(_ROW, self.signs, kpi=kpi_wide, unit=0, year=4)[0])
        for width, own in alike(self.opens[first + 1] - starts, len(units)):
            if width - bare not in units:
                raise AnotherSpellingError
            template, at = _template(_ROW, self.signs, kpi=kpi_wide, unit=width - bare, year=4)
            found = pieces(self.text, starts[own], width)
            expect(found, template)
            kpi[own] = places(found[:, at["kpi"]], kpis[kpi_wide])
            unit[own] = places(found[:, at["unit"]], units[width - bare])
            year[own] = digits(found[:, at["year"]])
        if year.min() < 1700 or year.max() > 2200:
            raise AnotherSpellingError
        return {"kpi": kpi, "unit": unit, "year": year}

    def cells(self) -> dict[str, np.ndarray]:
        """Read every figure: what stands before its value, what after it, and then the value.

        Raises:
            AnotherSpellingError: when it is spelled otherwise.
        """
        own = np.flatnonzero(~self.is_row)
        starts, stops = self.opens[own], self.opens[own + 1] - len(self.signs.comma)
        gender, count, begins = self._before(starts)
        deleted, ends = self._after(stops, last=self.is_row[own + 1])
        value = figures(self.body, self.text, begins, ends)
        return {"gender": gender, "value": value, "count": count, "deleted": deleted}

    def _before(self, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return sex, how many units the figure is the mean of, and where its value begins."""
        at_count = _template(_CELL, self.signs, gender=1, count=0)[1]["count"].start
        ahead = pieces(self.text, starts + at_count, _COUNT_MOST + 1) == ord(",")
        gender, count, begins = (np.empty(len(starts), np.int32) for _ in range(3))
        for wide, own in alike(np.argmax(ahead, axis=1), _COUNT_MOST + 1):
            template, at = _template(_CELL, self.signs, gender=1, count=wide)
            found = pieces(self.text, starts[own], len(template))
            expect(found, template)
            gender[own] = _GENDER[found[:, at["gender"].start]]
            count[own] = digits(found[:, at["count"]])
            begins[own] = starts[own] + len(template)
        if gender.min() < 0:
            raise AnotherSpellingError
        return gender, count, begins

    def _after(self, stops: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return whether a figure is taken back, and where its value ends; ``last`` marks the last figure of a row."""
        ends = np.where(last, stops - len(_ROW_ENDS), stops)
        # The fourth letter from the end of "true}" and of "false}" tells which it is.
        deleted = self.text[ends - len("rue}") - 1] == ord("t")
        for kind, own in alike(deleted * 2 + last, 4):
            word = "true" if kind & 2 else "false"
            template = _template(_REST.replace("<deleted>", word), self.signs)[0] + (_ROW_ENDS if kind & 1 else b"")
            expect(pieces(self.text, stops[own] - len(template), len(template)), template)
            ends[own] = stops[own] - len(template)
        return deleted, ends


def _frame(body: bytes, start: int, stop: int) -> Mapping[str, Any]:
    """Read what stands around the rows, which must be all that is in any list.

    Raises:
        AnotherSpellingError: when it is more than that.
    """
    if not 0 < start < stop or start + len(body) - stop > _FRAME_MOST:
        raise AnotherSpellingError
    try:
        # The first bracket and the last are kept: the empty list that this leaves can only be that of the rows.
        frame = orjson.loads(body[:start] + body[stop:])
    except orjson.JSONDecodeError:
        raise AnotherSpellingError from None
    if not isinstance(frame, dict) or frame.get("values") != []:
        raise AnotherSpellingError
    return frame


def _by_width(ids: Sequence[str]) -> dict[int, dict[bytes, int]]:
    """Return the place of each id that can be read here, by how many bytes it has."""
    found: dict[int, dict[bytes, int]] = {}
    for place, name in enumerate(ids):
        found.setdefault(len(name.encode()), {})[name.encode()] = place
    if any(width > _ID_MOST for width in found):
        raise AnotherSpellingError
    return found
