"""A page of Kolada's data read into columns, without an object a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Any

import numpy as np

from vagvisare.sources.kolada.pages import another_form
from vagvisare.sources.kolada.question import GENDERS, Segment
from vagvisare.sources.wire import Reply

STATUSES = frozenset({"", "P", "E", "B", "M", "Q", "L", "U"})
_ROW = itemgetter("kpi", "municipality", "period", "values")
_CELL = itemgetter("gender", "value", "count", "isdeleted", "status")
_NUMBERS = frozenset({int, float, type(None)})


@dataclass(frozen=True, slots=True)
class Columns:
    """Figures of one page: indices into the segment's ids and into ``GENDERS``, the year itself, and what is said.

    ``value`` is NaN where there is a cell but no figure; ``status`` is in CL_OBS_STATUS, None where nothing is said.
    ``count`` is how many units a figure is the mean of. ``deleted`` marks figures that have been taken back.
    """

    kpi: np.ndarray
    unit: np.ndarray
    year: np.ndarray
    gender: np.ndarray
    value: np.ndarray
    count: np.ndarray
    deleted: np.ndarray
    status: Sequence[str] | None = None

    def __len__(self) -> int:
        """Return the number of figures, deleted ones included."""
        return len(self.value)


def read(reply: Reply, page: Mapping[str, Any], segment: Segment) -> Columns:
    """Read a page of data.

    Raises:
        UnreadableError: when a row is not as the interface promises, or about something that was not asked.
    """
    try:
        return _columns(page["values"], segment)
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise another_form(reply.url) from error


def _columns(rows: list[Any], segment: Segment) -> Columns:
    """Take the fields of every row, and of every figure in it, in one sweep each; nothing is kept of the rows."""
    kpi, unit, period, inner = zip(*map(_ROW, rows), strict=True) if rows else ((), (), (), ())
    if not set(map(type, inner)) <= {list}:
        raise TypeError("values")
    cells = list(chain.from_iterable(inner))
    lengths = list(map(len, inner))
    once = set(lengths) <= {1}

    def spread(column: np.ndarray) -> np.ndarray:
        return column if once else np.repeat(column, lengths)

    gender, said, counts, flags, words = _fields(cells)
    value = _numbers(said)
    return Columns(
        kpi=spread(_places(kpi, segment.kpis)),
        unit=spread(_places(unit, segment.units)),
        year=spread(_years(period)),
        gender=_places(gender, GENDERS),
        value=value,
        count=_whole(counts),
        deleted=_flags(flags),
        status=_statuses(words, value),
    )


def _fields(cells: list[Any]) -> Iterable[tuple[Any, ...]]:
    """Return sex, value, count, whether taken back, and status, of every figure; the last three may be left out."""
    if not cells:
        return ((),) * 5
    try:
        return zip(*map(_CELL, cells), strict=True)
    except KeyError:
        whole = [{"count": 1, "isdeleted": False, "status": "", **cell} for cell in cells]
        return zip(*map(_CELL, whole), strict=True)


def _places(said: Sequence[Any], names: Sequence[str]) -> np.ndarray:
    """Return the place of each name among ``names``; a KeyError when it is none of them."""
    known = {name: place for place, name in enumerate(names)}
    alike = set(said)
    if len(alike) == 1:
        return np.full(len(said), known[alike.pop()], np.int32)
    return np.fromiter(map(known.__getitem__, said), np.int32, len(said))


def _years(said: Sequence[Any]) -> np.ndarray:
    if set(map(type, said)) <= {int}:
        years = np.array(said, np.int64)
    else:
        years = np.array([_year(each) for each in said], np.int64)
    if len(years) and not (years.min() >= 1700 and years.max() <= 2200):
        raise ValueError("period")
    return years.astype(np.int32)


def _numbers(values: Sequence[Any]) -> np.ndarray:
    if not set(map(type, values)) <= _NUMBERS:
        raise TypeError("value")
    return np.array(values, np.float64)


def _year(period: Any) -> int:
    if type(period) is int:
        return period
    if type(period) is str and len(period) == 4 and period.isascii() and period.isdecimal():
        return int(period)
    raise TypeError("period")


def _whole(counts: Sequence[Any]) -> np.ndarray:
    if set(counts) <= {1, None}:
        return np.ones(len(counts), np.int32)
    return np.fromiter((1 if each is None else int(each) for each in counts), np.int32, len(counts))


def _flags(flags: Sequence[Any]) -> np.ndarray:
    if not set(flags) <= {True, False, None}:
        raise TypeError("isdeleted")
    return np.fromiter(map(bool, flags), np.bool_, len(flags))


def _statuses(said: Sequence[Any], value: np.ndarray) -> list[str] | None:
    """Return statuses in CL_OBS_STATUS, or None when nothing is said.

    Every figure seen so far has an empty status. A word of Kolada's own where there is no figure says that it is
    missing; beside a figure it is something we do not understand, and then the page cannot be read.
    """
    if set(said) <= {"", None}:
        return None
    words = {word or "" for word in said}
    if words <= STATUSES:
        return [word or "" for word in said]
    told = [word or "" for word in said]
    for place, word in enumerate(told):
        if word not in STATUSES:
            if not np.isnan(value[place]):
                raise ValueError(word)
            told[place] = "M"
    return told
