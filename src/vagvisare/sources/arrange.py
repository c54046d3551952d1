"""From a source's own codes to figures: the one place where roles, recoding and years are applied.

Everything is done once per distinct code and then by index: ten million rows cost a handful of array operations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.sources import time_codes
from vagvisare.sources.contract import FIGURES
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.pivot import Claims, Figures, Key, numbered, of_years, parted, pivoted
from vagvisare.sources.query import MARGIN, MEASURES, NUMBERS, Dimension, Query, Role, Scheme, Yearly
from vagvisare.sources.territories import official
from vagvisare.terms.language import Text

_Ints = npt.NDArray[np.integer[Any]]

SEXES = {"T": "T", "K": "K", "M": "M", "F": "K", "1+2": "T", "1": "M", "2": "K"}
"""Codes that mean the same wherever they are met; others are given by ``Dimension.ours``."""

_MOST_GROUPS = 1_000_000
_SCALED = frozenset({"value", "low", "high", "se", MARGIN})


@dataclass(frozen=True, slots=True)
class Long:
    """What a reply says, one row a number.

    ``codes`` has, by dimension code, the source's code of every row (dictionary-encoded strings, equally long);
    ``values`` the numbers (null: no figure); ``status`` what is said of each (CL_OBS_STATUS), or None.
    Dimensions of the query that are not in ``codes`` are taken as fixed at their only value.
    """

    codes: Mapping[str, pa.DictionaryArray]
    values: pa.Array
    status: pa.DictionaryArray | None = None


def arrange(query: Query, long: Long, *, scheme: Scheme = Scheme.OFFICIAL, address: str = "") -> pa.Table:
    """Return the figures of ``long`` in the schema ``FIGURES``, in order of territory, sex, background and period.

    Codes become ours by ``Dimension.ours``; territories by their scheme (``scheme`` where the dimension names none) and
    the year; rows of territories we do not follow (parts of the country, other countries) are left out. Measures become
    columns. Months and quarters become years where ``query.yearly`` says how.

    Args:
        query: what was asked.
        long: what was answered.
        scheme: whose codes territories have where the query does not say.
        address: where the reply came from, for the sentence when it cannot be understood.

    Raises:
        UnreadableError: when a period cannot be read, a code that must be recoded is not listed, a dimension nobody
            asked for splits the figures, or two rows claim the same figure with different values.
    """
    _nothing_unasked(query, long, address)
    period, part = _periods(query, long, address)
    place = _territories(query, long, scheme, period, address)
    keys = [place, _sexes(query, long, address), _backgrounds(query, long, address), period]
    measure = _measures(query, long, address)
    rows = len(long.values)
    number = numbered([*keys, part] if part else keys, rows, len(measure.names), address)
    claims = _ours(
        Claims(
            number,
            [str(name) for name in measure.names],
            None if len(measure.names) == 1 else measure.of_rows(rows),
            _floats(long.values),
            *_said(long),
            place.codes,
        ),
        place,
    )
    figures = pivoted(claims, address)
    if part:
        figures = of_years(figures, len(part.names) - 1, mean=query.yearly is Yearly.MEAN)
    return _table(keys, figures, query.scale)


def _ours(claims: Claims, place: Key) -> Claims:
    """Leave out the rows of territories we do not follow."""
    if not (place.lookup < 0).any():
        return claims
    kept = np.flatnonzero(place.of_rows(len(claims.value)) >= 0)
    if len(kept) == len(claims.value):
        return claims

    def own(of_rows: _Ints | None) -> _Ints | None:
        return None if of_rows is None else of_rows[kept]

    return Claims(
        claims.number[kept],
        claims.columns,
        own(claims.column),
        claims.value[kept],
        claims.said,
        own(claims.status),
        own(claims.source),
    )


def _nothing_unasked(query: Query, long: Long, address: str) -> None:
    """Refuse figures split by a dimension that has no part to play: of several codes none could be chosen."""
    played = {dimension.code for dimension in query.dimensions if dimension.role is not Role.FIXED}
    for code, column in long.codes.items():
        if code not in played and len(column.dictionary) > 1:
            names, index = _codes(code, column, address)
            # An attribute may be said of some figures and left out of others.
            if len(_answered([at for at, name in enumerate(names) if name], index)) > 1:
                why = Text(
                    f"Siffrorna är uppdelade efter {code}, men definitionen säger inte hur.",
                    f"The figures are split by {code}, but the definition does not say how.",
                )
                raise UnreadableError.of(address, why)


def _periods(query: Query, long: Long, address: str) -> tuple[Key, Key | None]:
    """Return each row's years, and which part of a year it is where any is."""
    dimension = _only(query, Role.PERIOD)
    if dimension is None or dimension.code not in long.codes:
        raise UnreadableError.of(address, Text("Ingen tid är angiven.", "No time is given."))
    codes, index = _codes(dimension.code, long.codes[dimension.code], address)
    given, asked = _recoding(dimension), query.yearly is not Yearly.NONE
    spans = [time_codes.parse(given.get(code, code)) for code in codes]
    fit = [span if span is not None and (span.parts == 1 or asked) else None for span in spans]
    for at in _answered([at for at, span in enumerate(fit) if span is None], index):
        raise _no_time(codes[at], address, part=spans[at] is not None)
    period = Key.of([None if span is None else (span.start, span.end) for span in fit], index)
    forms = {span.parts for span in fit if span is not None and span.parts > 1}
    if len(forms) > 1:
        partial = [at for at, span in enumerate(fit) if span is not None and span.parts > 1]
        forms = {span.parts for at in _answered(partial, index) if (span := fit[at]) is not None}
    if len(forms) > 1:
        why = Text("Där finns både kvartal och månader.", "There are both quarters and months in it.")
        raise UnreadableError.of(address, why)
    parts = [0 if span is None or span.parts not in forms else span.part for span in fit]
    return period, Key(range(max(forms) + 1), np.array(parts, np.int32), index) if forms else None


def _no_time(code: str, address: str, *, part: bool) -> UnreadableError:
    why = Text(f"”{code}” är ingen tid som går att läsa.", f"“{code}” is no time that can be read.")
    if part:
        why = Text(
            f"”{code}” är en del av ett år, men frågan säger inte hur delarna blir år (yearly).",
            f"“{code}” is a part of a year, but the query does not say how parts become years (yearly).",
        )
    return UnreadableError.of(address, why)


def _territories(query: Query, long: Long, scheme: Scheme, period: Key, address: str) -> Key:
    """Return each row's territory; a code can mean different places in different years."""
    dimension = _only(query, Role.TERRITORY)
    if dimension is None:
        raise UnreadableError.of(address, Text("Inget område är angivet.", "No territory is given."))
    scheme = dimension.scheme or scheme
    if dimension.code not in long.codes:
        only: list[str | None] = [*dimension.ours] or [official(code, scheme) for code in dimension.values]
        if len(only) != 1 or only[0] is None:
            why = Text("Svaret säger inte vilka områden det gäller.", "The answer does not say which territories.")
            raise UnreadableError.of(address, why)
        return Key.fixed(only[0])
    codes, index = _codes(dimension.code, long.codes[dimension.code], address)
    given = _recoding(dimension)
    if scheme is not Scheme.NUTS:
        return Key.of([given[code] if code in given else official(code, scheme) for code in codes], index)
    # Only in NUTS does the year decide what a code means.
    ends = [end for _, end in period.names]
    ours = [given[code] if code in given else official(code, scheme, end) for code, end in product(codes, ends)]
    return Key.of(ours, index.astype(np.int32) * len(ends) + period.of_rows(len(index)))


def _sexes(query: Query, long: Long, address: str) -> Key:
    dimension = _only(query, Role.SEX)
    if dimension is None:
        return Key.fixed("T")
    return _named(dimension, long, SEXES.get, "T", address)


def _backgrounds(query: Query, long: Long, address: str) -> Key:
    """Return each row's group; several dimensions are joined, everybody ("") left out of the name."""
    joined = Key.fixed("")
    for dimension in query.by_role(Role.BACKGROUND):
        own = _named(dimension, long, lambda code: code, "", address)
        if len(joined.names) * len(own.names) > _MOST_GROUPS:
            raise UnreadableError.of(address, Text("Tabellen är orimligt stor.", "The table is unreasonably large."))
        pairs = [" / ".join(part for part in pair if part) for pair in product(joined.names, own.names)]
        rows = len(long.values)
        if joined.codes is None and own.codes is None:
            joined = Key.fixed(pairs[0])
        else:
            joined = Key.of(pairs, joined.of_rows(rows) * len(own.names) + own.of_rows(rows))
    return joined


def _measures(query: Query, long: Long, address: str) -> Key:
    dimension = _only(query, Role.MEASURE)
    if dimension is None:
        return Key.fixed("value")
    listed = frozenset(dimension.values)
    measure = _named(dimension, long, lambda code: "value" if code in listed else None, "value", address)
    for name in measure.names:
        if name not in MEASURES:
            why = Text(
                f"”{name}” är inget mått; skriv ett av {', '.join(MEASURES)} i ours.",
                f"“{name}” is no measure; write one of {', '.join(MEASURES)} in ours.",
            )
            raise UnreadableError.of(address, why)
    if dimension.ours and "value" not in dimension.ours:
        why = Text("Inget av måtten är själva siffran (value).", "None of the measures is the figure itself (value).")
        raise UnreadableError.of(address, why)
    return measure


def _named(dimension: Dimension, long: Long, usual: Callable[[str], str | None], everybody: str, address: str) -> Key:
    """Give every code its name here: by ``ours``, or by ``usual`` where the definition leaves it.

    A dimension that was not answered is fixed at its only value; ``everybody`` where none was asked for.
    """
    if dimension.code not in long.codes:
        return Key.fixed(_only_name(dimension, usual, everybody, address))
    codes, index = _codes(dimension.code, long.codes[dimension.code], address)
    given = _recoding(dimension)
    ours = [given.get(code) if given else usual(code) for code in codes]
    for at in _answered([at for at, name in enumerate(ours) if name is None], index):
        why = Text(
            f"Koden ”{codes[at]}” i {dimension.code} är ny eller saknas i definitionen.",
            f"The code “{codes[at]}” of {dimension.code} is new, or missing in the definition.",
        )
        raise UnreadableError.of(address, why)
    return Key.of(ours, index) if len(index) else Key.fixed(everybody)


def _only_name(dimension: Dimension, usual: Callable[[str], str | None], everybody: str, address: str) -> str:
    if not dimension.values and not dimension.ours:
        return everybody
    only: list[str | None] = [*dimension.ours] or [
        None if set(code) & set("*?(") else usual(code) for code in dimension.values
    ]
    if len(only) == 1 and only[0] is not None:
        return only[0]
    why = Text(
        f"Svaret säger inte vilken kod i {dimension.code} det gäller.",
        f"The answer does not say which code of {dimension.code} it is about.",
    )
    raise UnreadableError.of(address, why)


def _recoding(dimension: Dimension) -> dict[str, str]:
    return dict(zip(dimension.values, dimension.ours, strict=False)) if dimension.ours else {}


def _only(query: Query, role: Role) -> Dimension | None:
    found = query.by_role(role)
    return found[0] if found else None


def _codes(name: str, column: pa.DictionaryArray, address: str) -> tuple[list[str], _Ints]:
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if column.indices.null_count or column.dictionary.null_count:
        why = Text(f"En siffra saknar kod i {name}.", f"A figure has no code of {name}.")
        raise UnreadableError.of(address, why)
    return column.dictionary.to_pylist(), column.indices.to_numpy(zero_copy_only=False)


def _answered(doubtful: list[int], index: _Ints) -> list[int]:
    """Return those codes that some row has: what only a dictionary mentions is no part of the answer."""
    if not doubtful or not len(index):
        return []
    many = np.bincount(index, minlength=max(doubtful) + 1)
    return [code for code in doubtful if many[code]]


def _floats(values: pa.Array) -> npt.NDArray[np.float64]:
    numbers: npt.NDArray[np.float64] = values.to_numpy(zero_copy_only=False).astype(np.float64, copy=False)
    boundless = np.isinf(numbers)
    return np.where(boundless, np.nan, numbers) if boundless.any() else numbers


def _said(long: Long) -> tuple[list[str], _Ints | None]:
    """Return the words that are said of rows, and which of them each row has (None: nothing of any)."""
    status = long.status
    if isinstance(status, pa.ChunkedArray):
        status = status.combine_chunks()
    if status is None or not len(status.dictionary):
        return [""], None
    words = [word or "" for word in status.dictionary.to_pylist()]
    indices = status.indices.fill_null(len(words)) if status.indices.null_count else status.indices
    return [*words, ""], indices.to_numpy(zero_copy_only=False)


def _table(keys: Sequence[Key], figures: Figures, scale: float) -> pa.Table:
    rows = len(figures.key)
    parts = parted(figures.key, [max(len(key.names), 1) for key in keys])
    told = _with_interval(figures.columns)
    numbers = []
    for name in NUMBERS:
        own = told.get(name)
        if own is None:
            numbers.append(pa.nulls(rows, pa.float64()))
        else:
            numbers.append(pa.array(own * scale if name in _SCALED and scale != 1.0 else own, from_pandas=True))
    years = keys[3].names
    starts = _spread([start for start, _ in years], parts[3], rows, pa.int16())
    single = all(start == end for start, end in years)
    ends = starts if single else _spread([end for _, end in years], parts[3], rows, pa.int16())
    columns = [
        _spread(keys[0].names, parts[0], rows, pa.string()),
        starts,
        ends,
        _spread(keys[1].names, parts[1], rows, pa.string()),
        _spread(keys[2].names, parts[2], rows, pa.string()),
        *numbers,
        _spread(figures.said, figures.status, rows, pa.string()),
    ]
    return pa.table(columns, schema=FIGURES)


def _with_interval(columns: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the columns with the interval that a margin means, where the source gives none itself."""
    if MARGIN not in columns or "value" not in columns:
        return columns
    value, margin = columns["value"], columns[MARGIN]
    return {"low": value - margin, "high": value + margin, **columns}


def _spread(names: Sequence[Any], index: _Ints | None, rows: int, kind: pa.DataType) -> pa.Array:
    """Give each row its name; ``index`` None: the first for all."""
    if not rows:
        return pa.array([], kind)
    if index is None:
        return pa.repeat(pa.scalar(names[0], kind), rows)
    if pa.types.is_string(kind):
        ends = np.append(np.flatnonzero(index[1:] != index[:-1]) + 1, rows)
        if 4 * len(ends) < rows:
            # Figures come in order: a word is laid out once for as long as it lasts.
            words = pc.take(pa.array(names, kind), pa.array(index[ends - 1]))
            return pc.run_end_decode(pa.RunEndEncodedArray.from_arrays(ends.astype(np.int32), words))
    # Every index was made here from the very same names.
    return pc.take(pa.array(names, kind), pa.array(index), boundscheck=False)
