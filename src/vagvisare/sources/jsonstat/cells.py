"""The cells of a JSON-stat data set as columns: values, what is said of them, and the codes of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.sources.arrange import Long
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.jsonstat.status import NO_FIGURE, NOUGHT, meaning
from vagvisare.terms.language import Text

MOST_CELLS = 20_000_000
"""Rows of one reply; no source gives a hundredth of it in one call."""

MOST_PLACES = 10**15
"""Cells a sparse table may have room for: they are never laid out, but their numbers must be exact."""


def figures(
    said: Mapping[str, Any], sizes: Sequence[int], codes: Mapping[str, list[str]], url: str, statuses: Mapping[str, str]
) -> Long:
    """Return the figures of a data set whose dimensions have been read.

    Args:
        said: the whole reply, with ``value`` and perhaps ``status``.
        sizes: how many categories each dimension has, in order.
        codes: the categories of each dimension, in the same order.
        url: where it came from, for the sentence when it cannot be read.
        statuses: what the source's symbols mean.

    Raises:
        UnreadableError: when values, statuses and sizes do not fit together, or something is no number.
    """
    room = prod(sizes)
    places, values = _values(said.get("value"), room, url)
    symbols = _symbols(said.get("status"), room, url)
    if places is not None and isinstance(symbols, _Sparse):
        places, values = _with_said(places, values, symbols.places)
    rows = room if places is None else len(places)
    status, values = _judged(symbols, places, rows, values, statuses)
    columns = _spread(sizes, codes) if places is None else _placed(places, sizes, codes)
    return Long(columns, values, status)


def joined(parts: Sequence[Long]) -> Long:
    """Put parts of one table after each other; all have the same dimensions.

    ``parts`` holds at least one. Where only some have statuses the others say nothing.
    """
    if len(parts) == 1:
        return parts[0]
    codes = {code: _one([part.codes[code] for part in parts]) for code in parts[0].codes}
    values = pa.concat_arrays([part.values for part in parts])
    if all(part.status is None for part in parts):
        return Long(codes, values)
    status = [_silent(len(part.values)) if part.status is None else part.status for part in parts]
    return Long(codes, values, _one(status))


def _one(columns: list[pa.DictionaryArray]) -> pa.DictionaryArray:
    wide = pa.dictionary(pa.int32(), pa.string())
    return pa.chunked_array([column.cast(wide) for column in columns]).unify_dictionaries().combine_chunks()


def _silent(rows: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(np.zeros(rows, np.int32), pa.array([""]))


class _Sparse:
    """Some cells by number, and what is said of each."""

    def __init__(self, places: np.ndarray, symbols: pa.Array) -> None:
        self.places, self.symbols = places, symbols


def _values(value: Any, room: int, url: str) -> tuple[np.ndarray | None, pa.Array]:
    """Return the numbers; with the cells they stand in when only some are given."""
    if isinstance(value, list):
        if len(value) != room:
            raise _unequal(url, len(value), room)
        if room > MOST_CELLS:
            raise _too_large(url)
        return None, _numbers(value, url)
    if isinstance(value, dict):
        return _places(value, room, url), _numbers(list(value.values()), url)
    raise UnreadableError.of(url, Text("Där finns inga siffror.", "There are no figures in it."))


def _numbers(values: list[Any], url: str) -> pa.Array:
    wrong = UnreadableError.of(
        url, Text("Något bland siffrorna är inget tal.", "Something among the figures is no number.")
    )
    try:
        numbers = pa.array(values)
    except (pa.ArrowException, OverflowError, UnicodeEncodeError):
        raise wrong from None
    if not (pa.types.is_integer(numbers.type) or pa.types.is_floating(numbers.type) or pa.types.is_null(numbers.type)):
        raise wrong
    try:
        return numbers.cast(pa.float64())
    except pa.ArrowException:
        raise wrong from None


def _places(cells: Mapping[str, Any], room: int, url: str) -> np.ndarray:
    """Return the cells' numbers, each within the table and none twice."""
    if room > MOST_PLACES or len(cells) > MOST_CELLS:
        raise _too_large(url)
    wrong = UnreadableError.of(
        url, Text("Siffror pekar ut celler som inte finns.", "Figures point at cells that do not exist.")
    )
    try:
        places: np.ndarray = pa.array(list(cells), pa.string()).cast(pa.int64()).to_numpy()
    except (pa.ArrowException, UnicodeEncodeError):
        raise wrong from None
    if len(places) and (places.min() < 0 or places.max() >= room or len(np.unique(places)) != len(places)):
        raise wrong
    return places


def _symbols(status: Any, room: int, url: str) -> str | pa.Array | _Sparse | None:
    """Return what is said of every cell (one symbol, or one each), of some, or of none."""
    if status is None or isinstance(status, str):
        return status or None
    if isinstance(status, list):
        if len(status) != room:
            raise _unequal(url, len(status), room)
        return _texts(status, url)
    if isinstance(status, dict):
        return _Sparse(_places(status, room, url), _texts(list(status.values()), url)) if status else None
    raise _unreadable_status(url)


def _texts(values: list[Any], url: str) -> pa.Array:
    try:
        return pa.array(values, pa.string())
    except (pa.ArrowException, UnicodeEncodeError):
        raise _unreadable_status(url) from None


def _with_said(places: np.ndarray, values: pa.Array, said: np.ndarray) -> tuple[np.ndarray, pa.Array]:
    """Add the cells of which something is said although they have no figure."""
    bare = np.setdiff1d(said, places)
    if not len(bare):
        return places, values
    return np.concatenate([places, bare]), pa.concat_arrays([values, pa.nulls(len(bare), pa.float64())])


def _judged(
    symbols: str | pa.Array | _Sparse | None,
    places: np.ndarray | None,
    rows: int,
    values: pa.Array,
    statuses: Mapping[str, str],
) -> tuple[pa.DictionaryArray | None, pa.Array]:
    """Return each row's status, and the values without those that a status denies."""
    if symbols is None:
        return None, values
    names, index = _by_row(symbols, places, rows)
    words = [meaning(name, statuses) for name in names]
    denied = np.array([word in NO_FIGURE and name != NOUGHT for word, name in zip(words, names, strict=True)])
    noughts = [at for at, name in enumerate(names) if name == NOUGHT]
    if noughts or denied.any():
        known = values.is_valid().to_numpy(zero_copy_only=False)
        wrong = known & denied.take(index, mode="clip")
        if wrong.any():
            values = pc.if_else(pa.array(wrong), pa.scalar(None, pa.float64()), values)
        for at in noughts:
            # A figure beside "-" is a figure: nothing more is said of it.
            index = np.where(known & (index == at), index.dtype.type(len(names)), index)
    words.append("")
    distinct = list(dict.fromkeys(words))
    if len(distinct) < len(words):
        index = np.array([distinct.index(word) for word in words], np.int8).take(index)
    return pa.DictionaryArray.from_arrays(index, pa.array(distinct, pa.string())), values


def _by_row(symbols: str | pa.Array | _Sparse, places: np.ndarray | None, rows: int) -> tuple[list[str], np.ndarray]:
    """Return the distinct symbols, and which of them each row has."""
    if isinstance(symbols, str):
        return [symbols], np.zeros(rows, np.int8)
    sparse = symbols if isinstance(symbols, _Sparse) else None
    each = symbols.symbols if isinstance(symbols, _Sparse) else symbols
    encoded = each.fill_null("").dictionary_encode()
    names, given = encoded.dictionary.to_pylist(), encoded.indices.to_numpy()
    if sparse is None:
        return names, given if places is None else given[places]
    index = np.full(rows, len(names), np.min_scalar_type(-2 - len(names)))
    if places is None:
        index[sparse.places] = given
    else:
        # Every cell of which something is said is a row by now.
        order = np.argsort(places, kind="stable")
        index[order[np.searchsorted(places, sparse.places, sorter=order)]] = given
    return [*names, ""], index


def _spread(sizes: Sequence[int], codes: Mapping[str, list[str]]) -> dict[str, pa.DictionaryArray]:
    """Return the codes of every cell of a full table: the last dimension runs fastest."""
    columns, outer, inner = {}, 1, prod(sizes)
    for (name, own), size in zip(codes.items(), sizes, strict=True):
        inner = inner // size if size else 0
        # As few bytes a cell as will do: memory that is not touched costs nothing.
        numbers = np.arange(size, dtype=np.min_scalar_type(-1 - size))
        index = np.tile(np.repeat(numbers, inner), outer if inner else 0)
        columns[name] = pa.DictionaryArray.from_arrays(index, pa.array(own, pa.string()))
        outer *= size
    return columns


def _placed(places: np.ndarray, sizes: Sequence[int], codes: Mapping[str, list[str]]) -> dict[str, pa.DictionaryArray]:
    """Return the codes of the cells that are named by number."""
    columns, left = {}, places
    for (name, own), size in reversed(list(zip(codes.items(), sizes, strict=True))):
        # A remainder taken this way is several times as fast as with %.
        whole = left // max(size, 1)
        index = (left - whole * max(size, 1)).astype(np.int32)
        columns[name] = pa.DictionaryArray.from_arrays(index, pa.array(own, pa.string()))
        left = whole
    return dict(reversed(columns.items()))


def _unequal(url: str, given: int, room: int) -> UnreadableError:
    # A product of many sizes can be longer than a line.
    wanted = str(room) if room <= MOST_PLACES else f"> {MOST_PLACES}"
    return UnreadableError.of(
        url,
        Text(
            f"Antalet siffror ({given}) är ett annat än dimensionerna ger ({wanted}).",
            f"The number of figures ({given}) is not what the dimensions make ({wanted}).",
        ),
    )


def _too_large(url: str) -> UnreadableError:
    return UnreadableError.of(url, Text("Tabellen är orimligt stor.", "The table is unreasonably large."))


def _unreadable_status(url: str) -> UnreadableError:
    return UnreadableError.of(
        url, Text("Markeringarna vid siffrorna går inte att läsa.", "The marks beside the figures cannot be read.")
    )
