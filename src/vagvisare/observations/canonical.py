"""Figures in one order and one form: what a checksum is over, and how a vintage is written down.

The order is territory, sex, background, start, end, and after those whatever else tells two rows apart. The form
(``_FORM``) is fixed: the distinct strings of each text column in order of their bytes, then blocks of ``BLOCK`` rows,
column by column, as little-endian numbers. Neither depends on platform, on Arrow's version or on how it holds the rows.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.sources.contract import FIGURES

_FORM = b"vagvisare figures 1\n"
BLOCK = 1 << 16
"""Rows a block; part of the form."""
_SAMPLE = 4096
"""Rows by which it is judged whether words come in runs."""

_SORTED_BY = ("territory", "sex", "background", "start", "end")
_LARGEST_KEY = 1 << 62
_SMALL_KEY = 1 << 30

_Ints = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class _Words:
    """A text column: its distinct words in order of their bytes, and for every row which of them (0 for the first)."""

    words: tuple[str, ...]
    codes: _Ints

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> _Words:
        """Read a column of strings, dictionary-encoded or not; null is read as the empty text."""
        listed, lengths = pa.types.is_dictionary(column.type), None
        if not listed:
            column, lengths = _encoded(column)
        column = column.unify_dictionaries()
        if column.num_chunks == 0 or len(column) == 0:
            return cls((), np.zeros(0, np.int32))
        words = [word or "" for word in column.chunk(0).dictionary.to_pylist()]
        found = np.concatenate([_indices(chunk, len(words)) for chunk in column.chunks])
        # A dictionary made here has only words that some row has; another's can have more.
        used: Iterable[int] = range(len(words))
        words.append("")  # where null points to
        if listed or column.null_count:
            used = np.flatnonzero(np.bincount(found, minlength=len(words)))
        ranked = sorted({words[place] for place in used})
        rank = {word: place for place, word in enumerate(ranked)}
        table = np.array([rank.get(word, 0) for word in words], np.int32 if len(ranked) > 1 << 15 else np.int16)
        codes = table[found]
        return cls(tuple(ranked), codes if lengths is None else np.repeat(codes, lengths))


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A column of numbers, and which rows have one (None: all of them). ``values`` is None where no row has."""

    values: npt.NDArray[np.float64] | None
    there: npt.NDArray[np.bool_] | None

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> _Numbers:
        """Read a column of floats; -0.0 becomes 0.0 and every NaN the same NaN."""
        if column.null_count == len(column):
            return cls(None, None)
        values = np.concatenate([chunk.fill_null(0.0).to_numpy(zero_copy_only=False) for chunk in column.chunks])
        values += 0.0
        values[np.isnan(values)] = np.nan
        if not column.null_count:
            return cls(values, None)
        return cls(values, np.concatenate([chunk.is_valid().to_numpy(zero_copy_only=False) for chunk in column.chunks]))


class Canonical:
    """Figures brought into their one order; read once, then summed or written as often as wanted.

    Args:
        figures: a table with the columns of ``FIGURES``; text columns may be dictionary-encoded.

    Raises:
        ValueError: when a column is missing, or is not what ``FIGURES`` says.
    """

    def __init__(self, figures: pa.Table) -> None:
        self.rows = figures.num_rows
        self._words: dict[str, _Words] = {}
        self._years: dict[str, _Ints] = {}
        self._numbers: dict[str, _Numbers] = {}
        for field in FIGURES:
            column = _column(figures, field)
            if pa.types.is_string(field.type):
                self._words[field.name] = _Words.of(column)
            elif pa.types.is_integer(field.type):
                self._years[field.name] = _years(column)
            else:
                self._numbers[field.name] = _Numbers.of(column)
        self._order = self._arranged()

    def sha256(self) -> str:
        """Return the checksum, 64 letters."""
        whole = hashlib.sha256(_FORM)
        whole.update(struct.pack("<q", self.rows))
        for text in self._words.values():
            whole.update(struct.pack("<q", len(text.words)))
            for word in text.words:
                spelt = word.encode("utf-8", "surrogatepass")
                whole.update(struct.pack("<q", len(spelt)) + spelt)
        whole.update(bytes(0 if n.values is None else 1 if n.there is None else 2 for n in self._numbers.values()))
        for rows in self._blocks(BLOCK):
            for text in self._words.values():
                whole.update(text.codes[rows].astype("<i4").tobytes())
            for years in self._years.values():
                whole.update(years[rows].astype("<i2").tobytes())
            for numbers in self._numbers.values():
                _sum_numbers(whole.update, numbers, rows)
        return whole.hexdigest()

    def batches(self, rows: int = 1 << 18) -> Iterator[pa.RecordBatch]:
        """Return the figures in order, so many rows at a time, text columns dictionary-encoded.

        A column of numbers that is empty throughout has Arrow's type null.
        """
        words = {name: pa.array(text.words, pa.string()) for name, text in self._words.items()}
        for part in self._blocks(rows):
            columns = []
            for field in FIGURES:
                if field.name in words:
                    codes = pa.array(self._words[field.name].codes[part].astype(np.int32))
                    columns.append(pa.DictionaryArray.from_arrays(codes, words[field.name]))
                elif field.name in self._years:
                    columns.append(pa.array(self._years[field.name][part], field.type))
                else:
                    columns.append(_arrow(self._numbers[field.name], part, self.rows))
            yield pa.RecordBatch.from_arrays(columns, names=FIGURES.names)

    def _blocks(self, size: int) -> Iterator[slice | _Ints]:
        for start in range(0, self.rows, size):
            stop = min(start + size, self.rows)
            yield slice(start, stop) if self._order is None else self._order[start:stop]

    def _arranged(self) -> _Ints | None:
        """Return the rows in order; None when they stand in it already."""
        ranks = [self._words[name].codes if name in self._words else self._years[name] for name in _SORTED_BY]
        key = _one_key(ranks)
        if key is None:
            return self._by_everything()
        if (key[1:] > key[:-1]).all():
            return None
        order = np.argsort(key)
        key = key[order]
        same = bool((key[1:] == key[:-1]).any())
        return self._by_everything() if same else order

    def _by_everything(self) -> _Ints:
        """Return the rows in order of every column: slower, for rows that claim the same figure."""
        keys: list[Any] = [self._words["status"].codes]
        for numbers in reversed(self._numbers.values()):
            if numbers.values is not None:
                keys.append(numbers.values)
                keys += [] if numbers.there is None else [numbers.there]
        keys += [self._words[n].codes if n in self._words else self._years[n] for n in reversed(_SORTED_BY)]
        order: _Ints = np.lexsort(keys)
        return order


def _one_key(ranks: list[_Ints]) -> _Ints | None:
    """Fold columns into one whole number a row that orders as they do; None where it would not fit."""
    if not len(ranks[0]):
        return np.zeros(0, np.int64)
    lows = [int(rank.min()) for rank in ranks]
    spans = [int(rank.max()) - low + 1 for rank, low in zip(ranks, lows, strict=True)]
    if prod(spans) > _LARGEST_KEY:
        return None
    key: _Ints = np.zeros(len(ranks[0]), np.int32 if prod(spans) <= _SMALL_KEY else np.int64)
    for rank, low, span in zip(ranks, lows, spans, strict=True):
        # Where every row has the same, nothing is ordered by it.
        if span > 1:
            key *= span
            key += rank
            key -= low
    return key


def _column(figures: pa.Table, field: pa.Field) -> pa.ChunkedArray:
    place = figures.schema.get_field_index(field.name)
    if place < 0:
        raise ValueError(f"figures have no column {field.name}")
    column = figures.column(place)
    said = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if said != field.type:
        raise ValueError(f"column {field.name} of figures is {column.type}, not {field.type}")
    return column


def _encoded(column: pa.ChunkedArray) -> tuple[pa.ChunkedArray, _Ints | None]:
    """Return the words by dictionary, each run of the same word once, and how long every run is.

    Where words come in no order they are encoded one by one, and there are no lengths.
    """
    if column.num_chunks != 1 or 4 * len(pc.run_end_encode(column.chunk(0)[:_SAMPLE]).values) > min(
        len(column), _SAMPLE
    ):
        return column.dictionary_encode(), None
    runs = pc.run_end_encode(column.chunk(0), run_end_type=pa.int64())
    return pa.chunked_array([runs.values.dictionary_encode()]), np.diff(runs.run_ends.to_numpy(), prepend=0)


def _indices(chunk: pa.DictionaryArray, null: int) -> _Ints:
    indices = chunk.indices.fill_null(null) if chunk.null_count else chunk.indices
    found: _Ints = indices.to_numpy(zero_copy_only=False)
    return found


def _years(column: pa.ChunkedArray) -> _Ints:
    if column.null_count:
        raise ValueError("a figure without a period")
    return np.concatenate([np.zeros(0, np.int16), *(chunk.to_numpy() for chunk in column.chunks)])


def _sum_numbers(update: Any, numbers: _Numbers, rows: slice | _Ints) -> None:
    if numbers.values is None:
        return
    update(numbers.values[rows].astype("<f8").tobytes())
    if numbers.there is not None:
        update(numbers.there[rows].astype("<u1").tobytes())


def _arrow(numbers: _Numbers, rows: slice | _Ints, whole: int) -> pa.Array:
    if numbers.values is None:
        many = len(range(whole)[rows]) if isinstance(rows, slice) else len(rows)
        return pa.nulls(many)
    missing = None if numbers.there is None else ~numbers.there[rows]
    return pa.array(numbers.values[rows], pa.float64(), mask=missing)
