"""Figures in SDMX: from SDMX-CSV, or from SDMX-ML where a source has no other, to rows with the source's codes."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from math import isinf
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from vagvisare.sources.arrange import Long
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.jsonstat.status import NO_FIGURE
from vagvisare.sources.sdmx.structure import Structure, read_xml
from vagvisare.sources.sdmx.wording import not_sdmx
from vagvisare.sources.wire import Reply
from vagvisare.terms.language import Text

VALUE, STATUS = "OBS_VALUE", "OBS_STATUS"
UNITS = ("UNIT_MEASURE", "UNIT_MULT")
"""Attributes that say what the numbers count, and the power of ten they are counted in."""

_HEADING = 100_000

SAID: Mapping[str, str] = {
    "A": "",
    "B": "B",
    "D": "",
    "E": "E",
    "F": "E",
    "G": "",
    "H": "M",
    "I": "E",
    "J": "",
    "K": "",
    "L": "L",
    "M": "M",
    "N": "U",
    "O": "M",
    "P": "P",
    "Q": "Q",
    "S": "",
    "U": "U",
    "V": "P",
    "W": "",
}
"""SDMX's code list CL_OBS_STATUS (version 2.2) in the words of ``FIGURES``: forecast and imputed are estimated, not
significant is of low reliability, unvalidated is provisional; a missing figure is missing whatever the reason."""


def read(reply: Reply, described: Structure) -> Long:
    """Read figures, in whichever of the two forms they came.

    Beside the dimensions the columns of ``UNITS`` are there where the source gives them.

    Raises:
        UnreadableError: when it is neither, cut off, or not of the structure described.
        SourceError: when it is SDMX-ML and sdmx1 is not installed.
    """
    if reply.body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _from_xml(reply, described)
    return _from_csv(reply, described)


def _from_csv(reply: Reply, described: Structure) -> Long:
    names = _heading(reply)
    dimensions = [*(axis.code for axis in described.axes), described.time]
    if any(name not in names for name in (*dimensions, VALUE)):
        raise UnreadableError.of(
            reply.url,
            Text(
                "Kolumnerna är andra än dataflödets dimensioner.",
                "The columns are others than the dataflow's dimensions.",
            ),
        )
    extra = [name for name in (STATUS, *UNITS) if name in names and name not in dimensions]
    wanted = [*dimensions, VALUE, *extra]
    try:
        rows = arrow_csv.read_csv(
            pa.py_buffer(reply.body),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                include_columns=wanted, column_types=dict.fromkeys(wanted, pa.string()), strings_can_be_null=False
            ),
        )
    except (pa.ArrowException, UnicodeDecodeError):
        raise not_sdmx(reply.url) from None
    status = _encoded(rows.column(STATUS)) if STATUS in extra else None
    columns = {name: _encoded(rows.column(name)) for name in (*dimensions, *extra) if name != STATUS}
    return _long(columns, _numbers(rows.column(VALUE), reply.url), status)


def _heading(reply: Reply) -> list[str]:
    """Return the names of the columns; each may stand there once."""
    line, newline, _ = reply.body[:_HEADING].partition(b"\n")
    try:
        names = next(csv.reader([line.decode("utf-8-sig").rstrip("\r")], strict=True), [])
    except (UnicodeDecodeError, csv.Error):
        raise not_sdmx(reply.url) from None
    if not newline or len(set(names)) != len(names):
        raise not_sdmx(reply.url)
    return names


def _numbers(column: pa.ChunkedArray, url: str) -> pa.Array:
    """Return the values; an empty cell and NaN are no figure."""
    text = pc.utf8_trim_whitespace(column.combine_chunks())
    text = pc.if_else(pc.is_in(text, value_set=pa.array(["", "NaN", "nan"])), None, text)
    try:
        values = text.cast(pa.float64())
    except pa.ArrowException:
        raise UnreadableError.of(
            url, Text("Något bland siffrorna är inget tal.", "Something among the figures is no number.")
        ) from None
    if pc.any(pc.invert(pc.is_finite(values))).as_py():
        raise UnreadableError.of(
            url, Text("Något bland siffrorna är oändligt.", "Something among the figures is infinite.")
        )
    return values


def _from_xml(reply: Reply, described: Structure) -> Long:
    message = read_xml(reply, described.definition)
    dimensions = [*(axis.code for axis in described.axes), described.time]
    units = [name for name in UNITS if name not in dimensions]
    rows: dict[str, list[str]] = {name: [] for name in (*dimensions, *units)}
    values: list[float | None] = []
    status: list[str] = []
    try:
        for observation in (each for data in message.data for each in data.obs):
            for name in dimensions:
                rows[name].append(str(observation.key.values[name].value))
            for name in units:
                rows[name].append(_attribute(observation, name))
            value = observation.value
            values.append(None if value in (None, "", "NaN") else float(value))
            status.append(_attribute(observation, STATUS))
    except Exception:  # noqa: BLE001 whatever an observation lacks, it is not what was promised
        raise not_sdmx(reply.url) from None
    if any(value is not None and isinf(value) for value in values):
        raise not_sdmx(reply.url)
    columns = {name: pa.array(own, pa.string()).dictionary_encode() for name, own in rows.items()}
    numbers = pa.array(values, pa.float64(), from_pandas=True)
    return _long(columns, numbers, pa.array(status, pa.string()).dictionary_encode())


def _attribute(observation: Any, name: str) -> str:
    said = observation.attrib.get(name)
    return "" if said is None else str(said.value)


def _encoded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    return column.combine_chunks().dictionary_encode()


def _long(columns: Mapping[str, pa.DictionaryArray], values: pa.Array, status: pa.DictionaryArray | None) -> Long:
    """Put statuses into our words, and leave out rows that neither have a figure nor say why."""
    if status is None:
        return _kept(Long(columns, values), values.is_valid())
    words = [SAID.get(code.strip(), "") for code in status.dictionary.to_pylist()]
    distinct = list(dict.fromkeys([*words, ""]))
    lookup = np.array([distinct.index(word) for word in words] or [0], np.int32)
    index = lookup[status.indices.to_numpy(zero_copy_only=False)] if len(status) else np.empty(0, np.int32)
    said = pa.DictionaryArray.from_arrays(index, pa.array(distinct, pa.string()))
    denied = np.array([word in NO_FIGURE for word in distinct])[index]
    values = pc.if_else(pa.array(denied), pa.scalar(None, pa.float64()), values)
    tells = np.array([word not in ("", "M") for word in distinct])[index]
    return _kept(Long(columns, values, said), pc.or_(values.is_valid(), pa.array(tells)))


def _kept(long: Long, rows: pa.Array) -> Long:
    if pc.all(rows).as_py() is not False:
        return long
    return filtered(long, rows)


def filtered(long: Long, rows: pa.Array) -> Long:
    """Return the rows for which ``rows`` is true."""
    status = None if long.status is None else long.status.filter(rows)
    return Long({name: column.filter(rows) for name, column in long.codes.items()}, long.values.filter(rows), status)


def codes_of(column: pa.DictionaryArray) -> Sequence[str]:
    """Return the codes that occur in a column."""
    return list(pc.unique(column.cast(pa.string())).to_pylist())
