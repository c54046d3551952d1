"""The figures of a PX file: numbers and symbols in the order of stub and heading, the last variable fastest."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.px_file.header import Header
from vagvisare.sources.px_file.wording import shown, unreadable
from vagvisare.terms.language import Text

_SYMBOLS = ("-", ".", "..", "...", "....", ".....", "......")
_TOKEN = re.compile(r'"([^"]*)"|([^\s,;"]+)')
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,2})?", re.ASCII)
_SECRET = re.compile(r"sekre|röja|röjande|skydda|confiden|suppress|disclos", re.IGNORECASE)
_MISSING, _SUPPRESSED = "M", "Q"


@dataclass(frozen=True, slots=True)
class Figures:
    """Every cell of the table: numbers (null where a symbol stands) and what the symbols say (CL_OBS_STATUS)."""

    values: pa.Array
    status: pa.DictionaryArray


def read_figures(header: Header, sizes: Sequence[int]) -> Figures:
    """Read as many cells as the sizes multiply to.

    Raises:
        UnreadableError: when they are too few or too many, when one is neither number nor symbol, or when the semicolon
            that ends them is missing, which is how a file that was cut off gives itself away.
    """
    data = header.data
    if not data.endswith(";"):
        why = Text(
            "Siffrorna slutar utan semikolon; filen är avhuggen.",
            "The figures end without a semicolon; the file was cut off.",
        )
        raise unreadable(header.name, header.data_line + data.count("\n"), why)
    # Comma, semicolon and tabulator have all separated figures over the years; symbols stand in quotation marks.
    for mark in ',;"':
        data = data.replace(mark, " ")
    split = pc.ascii_split_whitespace(pa.array([data.strip()], pa.large_string()))
    return _numbers(header, split.values if data.strip() else pa.array([], pa.large_string()), math.prod(sizes))


def _numbers(header: Header, tokens: pa.Array, expected: int, *, keys: int = 0, step: int = 0) -> Figures:
    """Make numbers of tokens; where rows begin with ``keys`` keys, a row is ``step`` fields long."""
    if len(tokens) != expected:
        raise unreadable(header.name, header.data_line, _wrong_count(len(tokens), expected))
    symbol = pc.index_in(tokens, value_set=pa.array(_SYMBOLS, pa.large_string()))
    try:
        values = pc.if_else(pc.is_null(symbol), tokens, pa.scalar(None, pa.large_string())).cast(pa.float64())
    except pa.ArrowInvalid:
        raise _no_number(header, keys, step) from None
    if not pc.all(pc.is_finite(values), min_count=0).as_py():
        raise _no_number(header, keys, step)
    return Figures(values, _status(header, symbol))


def _status(header: Header, symbol: pa.Array) -> pa.DictionaryArray:
    """Return what each symbol says. What the file itself writes for one may tell that it hides a figure.

    A dash is shown for nought by some and for "nothing to report" by others: no figure is made of it.
    """
    meanings = [_MISSING] * len(_SYMBOLS)
    for dots in range(1, 7):
        if _SECRET.search(header.text(f"DATASYMBOL{dots}")):
            meanings[dots] = _SUPPRESSED
    words = ["", _MISSING, _SUPPRESSED]
    places = np.array([*(words.index(meaning) for meaning in meanings), 0], np.int32)
    marks = pc.fill_null(symbol, len(_SYMBOLS)).to_numpy(zero_copy_only=False)
    return pa.DictionaryArray.from_arrays(pa.array(places[marks], pa.int32()), pa.array(words, pa.string()))


def read_keyed(header: Header, by_key: Sequence[dict[str, int]], width: int) -> Figures:
    """Read rows that begin with the keys of the stub (KEYS); rows that are not there hold only noughts.

    Args:
        header: the file's keywords and figures.
        by_key: for each variable of the stub, the place of each of its codes (or texts, where KEYS says VALUES).
        width: cells of a row.

    Raises:
        UnreadableError: as ``read_figures``; also for a key that the variable does not have, or a row told twice.
    """
    height = math.prod(len(places) for places in by_key)
    if not header.data.endswith(";"):
        return read_figures(header, (height, width))
    tokens = [quoted or bare for quoted, bare in _TOKEN.findall(header.data)]
    step = len(by_key) + width
    if len(tokens) % step:
        raise unreadable(header.name, header.data_line, _wrong_rows(len(tokens), step))
    flat = np.full(height * width, "0", dtype=object)
    told: set[int] = set()
    for start in range(0, len(tokens), step):
        row = 0
        for places, key in zip(by_key, tokens[start : start + len(by_key)], strict=True):
            if key not in places:
                raise unreadable(header.name, _line_of(header, start), _unknown_key(key))
            row = row * len(places) + places[key]
        if row in told:
            raise unreadable(header.name, _line_of(header, start), _told_twice())
        told.add(row)
        flat[row * width : (row + 1) * width] = tokens[start + len(by_key) : start + step]
    return _numbers(header, pa.array(flat, pa.large_string()), height * width, keys=len(by_key), step=step)


def _line_of(header: Header, token: int) -> int:
    for place, found in enumerate(_TOKEN.finditer(header.data)):
        if place == token:
            return header.data_line + header.data.count("\n", 0, found.start())
    return header.data_line


def _no_number(header: Header, keys: int, step: int) -> UnreadableError:
    """Find the first cell that is neither number nor symbol, for the sentence."""
    for place, found in enumerate(_TOKEN.finditer(header.data)):
        if step and place % step < keys:
            continue
        for word in (found[1] if found[2] is None else found[2]).split() or [""]:
            if word not in _SYMBOLS and _NUMBER.fullmatch(word) is None:
                line = header.data_line + header.data.count("\n", 0, found.start())
                why = Text(f"”{shown(word)}” är inget tal.", f"“{shown(word)}” is no number.")
                return unreadable(header.name, line, why)
    why = Text("En av siffrorna är inget tal.", "One of the figures is no number.")
    return unreadable(header.name, header.data_line, why)


def _wrong_count(found: int, expected: int) -> Text:
    return Text(
        f"Där står {found} siffror, men variablerna ger {expected}.",
        f"There are {found} figures, but the variables make {expected}.",
    )


def _wrong_rows(found: int, step: int) -> Text:
    return Text(
        f"Raderna ska ha {step} fält var, men {found} fält går inte jämnt upp.",
        f"Rows have {step} fields each, but {found} fields do not come out even.",
    )


def _unknown_key(key: str) -> Text:
    return Text(
        f"Raden gäller ”{shown(key)}”, som inte finns bland variabelns värden.",
        f"The row is about “{shown(key)}”, which is not among the variable's values.",
    )


def _told_twice() -> Text:
    return Text("Samma rad står två gånger.", "The same row stands twice.")
