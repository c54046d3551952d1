"""What PxWeb 1 answers: JSON-stat 2, JSON-stat 1 or its own rows of keys and values; told apart by what they are."""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from vagvisare.sources import jsonstat
from vagvisare.sources.arrange import Long
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.pxweb.v1_selection import Selection
from vagvisare.sources.pxweb.v1_wording import shown
from vagvisare.sources.wire import Reply
from vagvisare.terms.language import Text

_SYMBOL = re.compile(r"[^\d]{0,12}")
_WORDS = ("", "M")


@dataclass(frozen=True, slots=True)
class Piece:
    """One reply: its rows, and the source's stamp of the edition ("" where the form has none)."""

    long: Long
    updated: str


def piece_of(reply: Reply, asked: Selection) -> Piece:
    """Read a reply to a query for the codes of ``asked``.

    Raises:
        UnreadableError: when it is none of the forms, or not exactly what was asked for.
    """
    # PxWeb puts a byte order mark before its own form.
    reply = replace(reply, body=reply.body.removeprefix(codecs.BOM_UTF8))
    said = _document(reply)
    if "columns" in said or "data" in said:
        return _rows(said, asked, reply.url)
    if isinstance(said.get("dataset"), dict):
        said = _second(said["dataset"])
        reply = replace(reply, body=orjson.dumps(said))
    cube = jsonstat.read(reply)
    if cube.figures is None:  # read always has them; only a bare description has not
        raise UnreadableError.of(reply.url, Text("Där finns inga siffror.", "There are no figures in it."))
    whole = isinstance(said.get("value"), list)
    return Piece(_exactly(cube.figures, asked, reply.url, whole=whole), shown(cube.updated))


def joined(pieces: Sequence[Piece]) -> Long:
    """Put the rows of several replies after one another."""
    return jsonstat.joined([piece.long for piece in pieces])


def _document(reply: Reply) -> dict[str, Any]:
    try:
        said = orjson.loads(reply.body)
    except orjson.JSONDecodeError:
        # The plain reader knows how to say what is wrong; what it lets pass (NaN, endless numbers) is none.
        said = reply.json()
        said = None
    if not isinstance(said, dict):
        raise UnreadableError.of(reply.url, Text("Det är ingen tabell.", "It is no table."))
    return said


def _second(first: dict[str, Any]) -> dict[str, Any]:
    """Return a data set of JSON-stat 1 as one of JSON-stat 2: what stood inside ``dimension`` stands beside it."""
    dimension = first.get("dimension")
    inside = dimension if isinstance(dimension, dict) else {}
    beside = {name: inside.get(name) for name in ("id", "size", "role")}
    own = {name: value for name, value in inside.items() if name not in beside}
    return {**first, **beside, "class": "dataset", "dimension": own}


def _exactly(long: Long, asked: Selection, url: str, *, whole: bool) -> Long:
    """Return the columns asked for, having made sure that every cell is there once, and no other.

    Where the source leaves empty cells out (not ``whole``), fewer will do.
    """
    for name, column in long.codes.items():
        if name not in asked and len(column.dictionary) > 1:
            why = Text(
                f"Det har en variabel ingen frågat efter: ”{shown(name)}”.",
                f"It has a variable nobody asked for: “{shown(name)}”.",
            )
            raise UnreadableError.of(url, why)
    cell = np.zeros(len(long.values), np.int64)
    kept = {}
    for name, codes in asked.items():
        column = long.codes.get(name)
        if column is None and len(codes) > 1:
            why = Text(f"Variabeln ”{shown(name)}” saknas.", f"The variable “{shown(name)}” is missing.")
            raise UnreadableError.of(url, why)
        if column is None:  # held at its only code, it may go without saying
            column = pa.DictionaryArray.from_arrays(np.zeros(len(long.values), np.int32), pa.array(codes, pa.string()))
        places = {code: place for place, code in enumerate(codes)}
        of_code = np.array([places.get(code, -1) for code in column.dictionary.to_pylist()] or [0], np.int64)
        index = of_code[column.indices.to_numpy(zero_copy_only=False)]
        if np.any(index < 0):
            why = Text(
                f"Variabeln ”{shown(name)}” har koder ingen frågat efter.",
                f"The variable “{shown(name)}” has codes nobody asked for.",
            )
            raise UnreadableError.of(url, why)
        kept[name] = column
        cell = cell * len(codes) + index
    expected = math.prod(len(codes) for codes in asked.values())
    if len(np.unique(cell)) != len(cell) or (whole and len(cell) != expected):
        why = Text(
            f"Det har {len(cell)} siffror, men frågan gällde {expected}.",
            f"It has {len(cell)} figures, but {expected} were asked for.",
        )
        raise UnreadableError.of(url, why)
    return Long(kept, long.values, long.status)


def _rows(said: dict[str, Any], asked: Selection, url: str) -> Piece:
    """Read PxWeb's own form: a list of columns, and rows with keys (codes) and values (texts)."""
    columns, data = said.get("columns"), said.get("data")
    if not isinstance(columns, list) or not isinstance(data, list):
        raise UnreadableError.of(url, Text("Kolumner eller rader saknas.", "Columns or rows are missing."))
    keys, measures = _columns(columns, url)
    rows = [_row(row, len(keys), len(measures), url) for row in data]
    numbers = [_number(text, url) for _, values in rows for text in values]
    codes = {}
    for place, name in enumerate(keys):
        own = pa.array([key[place] for key, _ in rows], pa.string()).dictionary_encode()
        codes[name] = own.take(pa.array(np.repeat(np.arange(len(rows)), len(measures))))
    lost = [name for name in asked if name not in keys and len(measures) == len(asked[name])]
    if len(lost) == 1 and set(asked[lost[0]]) == set(measures):
        # The variable of contents is not among the keys: each of its codes heads a column of values.
        index = pa.array(np.tile(np.arange(len(measures), dtype=np.int32), len(rows)))
        codes[lost[0]] = pa.DictionaryArray.from_arrays(index, pa.array(measures, pa.string()))
    elif len(measures) != 1:
        raise UnreadableError.of(url, Text("Kolumnerna går inte att tyda.", "The columns cannot be told apart."))
    marks = pa.array([0 if number is not None else 1 for number in numbers], pa.int32())
    status = pa.DictionaryArray.from_arrays(marks, pa.array(_WORDS, pa.string()))
    long = Long(codes, pa.array(numbers, pa.float64()), status)
    return Piece(_exactly(long, asked, url, whole=True), _stamp(said.get("metadata")))


def _columns(columns: list[Any], url: str) -> tuple[list[str], list[str]]:
    """Return the codes of the columns that are keys, and of those that hold values (type "c")."""
    keys: list[str] = []
    measures: list[str] = []
    for column in columns:
        code = column.get("code") if isinstance(column, dict) else None
        if not isinstance(code, str):
            raise UnreadableError.of(url, Text("En kolumn saknar kod.", "A column has no code."))
        (measures if column.get("type") == "c" else keys).append(code)
    if len({*keys}) != len(keys) or len({*measures}) != len(measures) or not measures:
        raise UnreadableError.of(url, Text("Kolumnerna går inte att tyda.", "The columns cannot be told apart."))
    return keys, measures


def _row(row: Any, keys: int, values: int, url: str) -> tuple[list[str], list[Any]]:
    key, told = (row.get("key"), row.get("values")) if isinstance(row, dict) else (None, None)
    if not isinstance(key, list) or not isinstance(told, list) or len(key) != keys or len(told) != values:
        raise UnreadableError.of(url, Text("En rad har fel antal fält.", "A row has the wrong number of fields."))
    if not all(isinstance(code, str) for code in key):
        raise UnreadableError.of(url, Text("En rad har en kod som inte är text.", "A row has a code that is no text."))
    return key, told


def _number(text: Any, url: str) -> float | None:
    """Read one value; a symbol without digits ("..", ".", "-") is no figure, anything else must be a number."""
    if text is None or (isinstance(text, str) and _SYMBOL.fullmatch(text.strip())):
        return None
    try:
        number = float(text) if isinstance(text, str | int | float) and not isinstance(text, bool) else math.nan
    except (ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number) or (isinstance(text, str) and "_" in text):
        word = shown(str(text)[:200])
        raise UnreadableError.of(url, Text(f"”{word}” är inget tal.", f"“{word}” is no number."))
    return number


def _stamp(metadata: Any) -> str:
    first = metadata[0] if isinstance(metadata, list) and metadata else None
    stamp = first.get("updated") if isinstance(first, dict) else None
    return shown(stamp) if isinstance(stamp, str) else ""
