"""From whole indicators to rows of the result: judge every series, its gap, and its place among the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from vagvisare.assessment import kernels
from vagvisare.assessment.kernels import Judgements
from vagvisare.engines.contracts import Book
from vagvisare.engines.figures import Key, Ragged
from vagvisare.engines.gaps import Gaps, gaps
from vagvisare.engines.layout import GAPS, JUDGED, KEYS, RESULT, Column, schema
from vagvisare.engines.peers import peers

Values = npt.NDArray[Any]

_CODED: Mapping[str, Sequence[str]] = {
    "scale": kernels.SCALES,
    "verdict": kernels.VERDICTS,
    "movement": kernels.MOVEMENTS,
    "reason": kernels.REASONS,
    "run_movement": kernels.MOVEMENTS,
    "reversal": tuple(size.name.lower() for size in kernels.SIZES),
    "pace": kernels.PACES,
    "gap_verdict": GAPS,
}
"""The words of each column of codes; a code below nought is an empty cell."""

_FROM_KERNELS = {
    "points": "n",
    "pace_needed": "needed",
    "pace_achieved": "achieved",
    "pace_low": "achieved_low",
    "pace_high": "achieved_high",
    "pace_ratio": "ratio",
}
"""Columns whose name in the kernels is another."""


def result(series: Ragged, book: Book, *, threads: int | None = None, note: str = "") -> pa.Table:
    """Judge whole indicators; every territory of each must be there for the places to be right."""
    found = judged_columns(series, book, threads) | peers(series, _directions(series, book))
    return _table(found, series, RESULT, note)


def judged(series: Ragged, book: Book, *, threads: int | None = None) -> pa.Table:
    """Judge series without the others: all but the places and riket's figure."""
    return _table(judged_columns(series, book, threads), series, JUDGED, "")


def judged_columns(series: Ragged, book: Book, threads: int | None = None) -> dict[str, Values]:
    """Return the columns of ``layout.JUDGED`` but the keys, as arrays of one element a series."""
    asked = book.contracts(series)
    own = kernels.judge(series.values, series.periods.astype(np.float64), series.offsets, asked, threads=threads)
    names = [column.name for column in JUDGED if column.name not in KEYS and "gap" not in column.name]
    columns: dict[str, Values] = {
        name: getattr(own, _FROM_KERNELS.get(name, name)) for name in names if name != "levelling_down"
    }
    columns["reversal"] = np.where(series.everybody, own.reversal, kernels.NONE)
    columns["reversal_change"] = np.where(series.everybody, own.reversal_change, np.nan)
    return columns | _gap_columns(series.number, gaps(series, _verdicts(own), book, threads))


def _verdicts(own: Judgements) -> npt.NDArray[np.int32]:
    return own.verdict.astype(np.int32)


def _directions(series: Ragged, book: Book) -> npt.NDArray[np.int32]:
    return book.direction[book.rows(series.indicator.words)][series.indicator.codes]


def _gap_columns(count: int, found: Gaps) -> dict[str, Values]:
    """Spread the gaps over all series: NaN, 0 and −1 where a row carries none."""
    parts: dict[str, tuple[Values, float]] = {
        "gap_period": (found.period, 0),
        "gap": (found.difference, np.nan),
        "gap_first_period": (found.first_period, 0),
        "gap_first": (found.first_difference, np.nan),
        "gap_verdict": (found.verdict, -1),
        "gap_p": (found.p, np.nan),
        "levelling_down": (found.levelling_down.astype(np.int8), -1),
    }
    columns: dict[str, Values] = {}
    for name, (values, nothing) in parts.items():
        whole = np.full(count, nothing, dtype=values.dtype)
        whole[found.total] = values
        columns[name] = whole
    return columns


def _table(found: Mapping[str, Values], series: Ragged, columns: Sequence[Column], note: str) -> pa.Table:
    keys = dict(zip(KEYS, (series.indicator, series.territory, series.sex, series.background), strict=True))
    arrays = [
        _key(keys[column.name], column) if column.name in keys else _column(found[column.name], column)
        for column in columns
    ]
    return pa.Table.from_arrays(arrays, schema=schema(tuple(columns), note))


def _key(key: Key, column: Column) -> pa.Array:
    indices = pa.array(key.codes.astype(column.type.index_type.to_pandas_dtype()))
    return pa.DictionaryArray.from_arrays(indices, pa.array(key.words, pa.string()))


def _column(values: Values, column: Column) -> pa.Array:
    """Return an Arrow column; what is NaN, a code below nought, or a year or a count of nought is empty."""
    if column.name in _CODED:
        codes = pa.array(values.astype(np.int8), mask=values < 0)
        return pa.DictionaryArray.from_arrays(codes, pa.array([str(word) for word in _CODED[column.name]], pa.string()))
    if pa.types.is_floating(column.type):
        return pa.array(values.astype(np.float64), mask=np.isnan(values))
    if pa.types.is_boolean(column.type):
        return pa.array(values > 0, mask=values < 0)
    whole = np.nan_to_num(values.astype(np.float64), nan=0.0).astype(np.int64)
    return pa.array(whole.astype(column.type.to_pandas_dtype()), mask=whole == 0)
