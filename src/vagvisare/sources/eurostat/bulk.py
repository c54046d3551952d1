r"""Eurostat's bulk files: one table as tab-separated text, read line by line so that only what is wanted takes room.

The first column holds the codes of every dimension but time, with commas between; its heading ends with
``\TIME_PERIOD``. The other columns are periods. A cell is a number or ``:``, followed by flags: ``12.3 p``, ``: c``.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite

import numpy as np
import pyarrow as pa

from vagvisare.sources.arrange import Long
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.eurostat.asking import TIME, Question
from vagvisare.sources.jsonstat import EUROSTAT
from vagvisare.sources.jsonstat.status import NO_FIGURE, meaning
from vagvisare.terms.language import Text

MOST_UNPACKED = 8_000_000_000
"""Bytes of text a file may unpack to; it is read in pieces and never held whole."""

MOST_LINE = 4_000_000
"""Bytes of one line; a century of months takes a hundredth of it."""

MOST_FIGURES = 20_000_000

_PIECE = 1 << 18
_CELL = re.compile(r"(:|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?) *([a-z]*)", re.ASCII)
_GZIP = b"\x1f\x8b"


@dataclass(slots=True)
class Bulk:
    """What was wanted of a bulk file; ``seen`` has, by dimension, every code the file has, in its order."""

    long: Long
    seen: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class _Taken:
    """The wanted cells so far: each with its line, its period, its value; a line's codes stand once, in ``keys``."""

    codes: list[dict[str, int]]
    keys: list[list[int]]
    line: list[int] = field(default_factory=list)
    period: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    status: list[str] = field(default_factory=list)


def read(body: bytes, question: Question, url: str) -> Bulk:
    """Read what ``question`` wants of a bulk file, packed with gzip or not.

    A cell with ``:`` and no flag that says why is no figure, and is left out.

    Args:
        body: the file as it came.
        question: what is wanted of it.
        url: where it came from, for the sentence when it cannot be read.

    Raises:
        UnreadableError: when it is cut off, has another form, or is unreasonably large.
    """
    lines = _lines(body, url)
    dimensions, periods = _heading(next(lines, ""), url)
    wanted_periods = question.periods(periods)
    columns = [column for column, period in enumerate(periods) if period in wanted_periods]
    wanted = [question.wants(code) for code in dimensions]
    taken = _Taken([{} for _ in dimensions], [[] for _ in dimensions])
    for line in lines:
        key, _, cells = line.partition("\t")
        codes = [code.strip() for code in key.split(",")]
        if len(codes) != len(dimensions) or line.count("\t") != len(periods):
            raise _odd_line(url, line)
        places = [known.setdefault(code, len(known)) for code, known in zip(codes, taken.codes, strict=True)]
        if all(own is None or code in own for code, own in zip(codes, wanted, strict=True)):
            _take(taken, places, cells.split("\t"), columns, url)
    return _bulk(dimensions, periods, taken)


def _take(taken: _Taken, places: list[int], cells: list[str], columns: list[int], url: str) -> None:
    line = len(taken.keys[0])
    for own, place in zip(taken.keys, places, strict=True):
        own.append(place)
    for column in columns:
        value, status = _cell(cells[column].strip(), url)
        if value is None and status in {"", "M"}:
            continue
        taken.line.append(line)
        taken.period.append(column)
        taken.value.append(np.nan if value is None else value)
        taken.status.append(status)
    if len(taken.value) > MOST_FIGURES:
        raise UnreadableError.of(url, Text("Tabellen är orimligt stor.", "The table is unreasonably large."))


def _cell(text: str, url: str) -> tuple[float | None, str]:
    """Return the number, or None, and what is said of it."""
    found = _CELL.fullmatch(text) if text else None
    if found is None:
        raise _odd_line(url, text)
    number, flags = found.groups()
    status = _said(flags) if flags else ""
    if number == ":" or status in NO_FIGURE:
        return None, status or "M"
    value = float(number)
    if not isfinite(value):
        raise _odd_line(url, text)
    return value, status


@lru_cache(maxsize=1000)
def _said(flags: str) -> str:
    return meaning(flags, EUROSTAT)


def _heading(line: str, url: str) -> tuple[list[str], list[str]]:
    """Return the dimensions and the periods that the first line names."""
    first, *periods = [part.strip() for part in line.split("\t")]
    names, backslash, time = first.partition("\\")
    dimensions = [name.strip() for name in names.split(",")]
    whole = backslash and time.lower() in {"time_period", "time"} and all(dimensions) and all(periods) and periods
    if not whole or len(set(dimensions)) != len(dimensions) or len(set(periods)) != len(periods) or TIME in dimensions:
        raise UnreadableError.of(
            url,
            Text("Första raden är inte en tabells från Eurostat.", "Its first line is not that of a Eurostat table."),
        )
    return dimensions, periods


def _bulk(dimensions: list[str], periods: list[str], taken: _Taken) -> Bulk:
    seen = {code: tuple(known) for code, known in zip(dimensions, taken.codes, strict=True)}
    line = np.array(taken.line, np.int64)
    columns = {
        code: _column(np.array(places, np.int32)[line], list(seen[code]))
        for code, places in zip(dimensions, taken.keys, strict=True)
    }
    columns[TIME] = _column(np.array(taken.period, np.int32), periods)
    values = pa.array(np.array(taken.value, np.float64), from_pandas=True)
    status = pa.array(taken.status, pa.string()).dictionary_encode()
    return Bulk(Long(columns, values, status), {**seen, TIME: tuple(periods)})


def _column(places: np.ndarray, codes: list[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(places, pa.array(codes, pa.string()))


def _lines(body: bytes, url: str) -> Iterator[str]:
    """Yield the lines that hold something; the last one must end, or the file was cut off."""
    rest = b""
    for piece in _unpacked(body, url):
        *lines, rest = (rest + piece).split(b"\n")
        if len(rest) > MOST_LINE:
            raise _not_text(url)
        for line in lines:
            if text := _text(line, url):
                yield text
    if rest.strip():
        yield _text(rest, url)


def _text(line: bytes, url: str) -> str:
    try:
        return line.decode("utf-8-sig").strip("\r\n")
    except UnicodeDecodeError:
        raise _not_text(url) from None


def _unpacked(body: bytes, url: str) -> Iterator[bytes]:
    """Yield the file piece by piece, unpacked where it is packed: never more than a piece at a time.

    Eurostat sends the file itself packed (``compressed=true``); that is not the packing of the connection.
    """
    if not body.startswith(_GZIP):
        for start in range(0, len(body), _PIECE):
            yield body[start : start + _PIECE]
        return
    unpacker, left, total = zlib.decompressobj(wbits=31), body, 0
    while not unpacker.eof:
        try:
            piece = unpacker.decompress(left, _PIECE)
        except zlib.error:
            raise _badly_packed(url) from None
        left = unpacker.unconsumed_tail
        total += len(piece)
        if total > MOST_UNPACKED:
            raise UnreadableError.of(url, Text("Filen är orimligt stor.", "The file is unreasonably large."))
        if piece:
            yield piece
        elif not left and not unpacker.eof:
            raise _badly_packed(url)
    if unpacker.unused_data.strip(b"\x00"):
        raise _badly_packed(url)


def _badly_packed(url: str) -> UnreadableError:
    return UnreadableError.of(
        url,
        Text("Filen går inte att packa upp; kanske är den avhuggen.", "The file cannot be unpacked; perhaps cut off."),
    )


def _not_text(url: str) -> UnreadableError:
    return UnreadableError.of(url, Text("Det är inte text i tabellform.", "It is not text in the form of a table."))


def _odd_line(url: str, line: str) -> UnreadableError:
    start = "".join(sign if sign.isprintable() else " " for sign in line[:60])
    return UnreadableError.of(
        url,
        Text(
            f"En rad har annan form än första raden lovar (”{start}”); kanske är filen avhuggen.",
            f"A line has another form than the first line promises (“{start}”); perhaps the file was cut off.",
        ),
    )
