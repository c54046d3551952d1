"""What is to be done: the files of a folder cut into pieces of whole indicators, each small enough to hold at once.

Everything that is compared (women with men, a county with the others) lies within an indicator, so pieces know nothing
of each other: they can be judged in any order, twice, or on other machines, with the same answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vagvisare.engines.contracts import Book, is_text, unreadable
from vagvisare.engines.figures import coded
from vagvisare.engines.layout import CONTRACTS_FILE, FIGURES, KEYS, NOTE, OPTIONAL
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text

PIECE_ROWS = 1_000_000
"""A piece is closed when it has this many rows: about 40 MB while it is judged."""

RESULT_VERSION = 1
"""Raised whenever the same figures would give other rows, so that what was judged before is judged anew."""


class Piece(NamedTuple):
    """Whole indicators that stand together in one file: ``rows`` rows after ``skip`` in ``groups`` (row groups)."""

    number: int
    path: Path
    groups: tuple[int, ...]
    skip: int
    rows: int
    indicators: tuple[str, ...]


class Plan(NamedTuple):
    """The pieces in order, and the remark the figures carry (empty where they carry none)."""

    pieces: tuple[Piece, ...]
    note: str

    @property
    def rows(self) -> int:
        """All rows of all pieces."""
        return sum(piece.rows for piece in self.pieces)


def make_plan(folder: Path) -> Plan:
    """Look through a folder of figures and cut it into pieces of ``PIECE_ROWS`` rows or a little more.

    Only the column of indicators is read.

    Raises:
        FigureError: when there are no figures, a column is missing or of the wrong type, a file cannot be read, or
            an indicator's rows do not stand together.
    """
    pieces: list[Piece] = []
    home: dict[str, Path] = {}
    notes: dict[str, None] = {}
    for path in figure_files(folder):
        file, runs = _indicators(path)
        for name, _ in runs:
            if name in home:
                raise _scattered(name, home[name], path)
            home[name] = path
        notes.update(dict.fromkeys(_note(file)))
        pieces += _cut(path, file, runs, len(pieces))
    if not pieces:
        raise _no_figures(folder)
    return Plan(tuple(pieces), " ".join(notes))


def figure_files(folder: Path) -> list[Path]:
    """Return the files of figures in a folder, by name; hidden ones and the contracts left out.

    Raises:
        FigureError: when there is no such folder.
    """
    if not folder.is_dir():
        raise FigureError(
            Text(f"{folder} är ingen mapp.", f"{folder} is no folder."),
            meaning=Text("Det finns inga siffror att bedöma.", "There are no figures to judge."),
            remedy=Text("Ange en mapp med Parquet-filer.", "Name a folder of Parquet files."),
        )
    return sorted(p for p in folder.glob("*.parquet") if p.name != CONTRACTS_FILE and not p.name.startswith((".", "_")))


def read(piece: Piece) -> pa.Table:
    """Read the rows of a piece.

    Raises:
        FigureError: when the file cannot be read.
    """
    try:
        file = _open(piece.path)
        columns = [name for name in FIGURES if name in file.schema_arrow.names]
        rows = file.read_row_groups(list(piece.groups), columns=columns, use_threads=False)
    except (OSError, pa.ArrowException) as error:
        raise unreadable(piece.path) from error
    return rows.slice(piece.skip, piece.rows)


def digest(piece: Piece, book: Book, engine: str) -> str:
    """Return what a piece's answers depend on, in 64 letters: its bytes, its contracts, the method, the engine."""
    whole = hashlib.sha256(f"{version('vagvisare')} {RESULT_VERSION} {engine} {piece.skip} {piece.rows}".encode())
    row = book.rows(piece.indicators)
    for name, column in zip(book._fields, book, strict=True):
        own = list(piece.indicators) if name == "indicators" else np.asarray(column)[row].tolist()
        whole.update(f"{name}={own}".encode())
    file = _open(piece.path)
    whole.update(str(file.schema_arrow).encode())
    with piece.path.open("rb") as source:
        for start, size in _extents(file.metadata, piece.groups):
            source.seek(start)
            whole.update(source.read(size))
    return whole.hexdigest()


def _open(path: Path) -> pq.ParquetFile:
    metadata = pq.read_metadata(path)
    found = metadata.schema.to_arrow_schema()
    text = [name for name in KEYS if name in found.names and is_text(found.field(name).type)]
    return pq.ParquetFile(path, metadata=metadata, read_dictionary=text)


def _extents(metadata: pq.FileMetaData, groups: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Return where each column of each row group starts, and how many bytes it takes."""
    for group in groups:
        for number in range(metadata.num_columns):
            column = metadata.row_group(group).column(number)
            start = column.data_page_offset
            if column.dictionary_page_offset is not None:
                start = min(start, column.dictionary_page_offset)
            yield start, column.total_compressed_size


def _indicators(path: Path) -> tuple[pq.ParquetFile, list[tuple[str, int]]]:
    """Return the indicators of a file in the order they stand, each with its number of rows."""
    try:
        if not path.is_file():
            raise unreadable(path)  # a pipe would be waited for without end
        file = _open(path)
        _check(path, file.schema_arrow)
        runs: list[tuple[str, int]] = []
        for group in range(file.num_row_groups):
            column = coded(file.read_row_group(group, columns=["indicator"], use_threads=False), "indicator", str(path))
            starts = np.flatnonzero(np.concatenate([[True], np.diff(column.codes) != 0])[: len(column.codes)])
            sizes = np.diff(np.append(starts, len(column.codes)))
            for code, size in zip(column.codes[starts].tolist(), sizes.tolist(), strict=True):
                name = column.words[code]
                if runs and runs[-1][0] == name:
                    size += runs.pop()[1]  # noqa: PLW2901  an indicator goes on from the row group before
                if runs and runs[-1][0] > name:
                    raise _scattered(name, path, path)
                runs.append((name, size))
    except (OSError, pa.ArrowException) as error:
        raise unreadable(path) from error
    return file, runs


def _cut(path: Path, file: pq.ParquetFile, runs: Sequence[tuple[str, int]], number: int) -> Iterator[Piece]:
    groups = [0, *accumulate(file.metadata.row_group(g).num_rows for g in range(file.num_row_groups))]
    first, names, end = 0, [], 0
    for place, (name, size) in enumerate(runs):
        names.append(name)
        end += size
        if end - first >= PIECE_ROWS or place == len(runs) - 1:
            touched = tuple(g for g in range(file.num_row_groups) if groups[g] < end and groups[g + 1] > first)
            yield Piece(number, path, touched, first - groups[touched[0]], end - first, tuple(names))
            first, names, number = end, [], number + 1


def _note(file: pq.ParquetFile) -> list[str]:
    metadata: Mapping[bytes, bytes] = file.schema_arrow.metadata or {}
    return [metadata[NOTE.encode()].decode()] if NOTE.encode() in metadata else []


def _check(path: Path, found: pa.Schema) -> None:
    """Refuse a file without the columns, or with columns of the wrong type."""
    missing = [name for name in FIGURES if name not in found.names and name != OPTIONAL]
    if missing:
        raise FigureError(
            Text(f"{path} saknar kolumnen {missing[0]}.", f"{path} lacks the column {missing[0]}."),
            meaning=Text("Inget har bedömts.", "Nothing was judged."),
            remedy=Text(
                f"Kolumnerna ska heta {', '.join(FIGURES)}; {OPTIONAL} får utelämnas.",
                f"The columns are called {', '.join(FIGURES)}; {OPTIONAL} may be left out.",
            ),
        )
    for name in FIGURES:
        if name not in found.names:
            continue
        kind = found.field(name).type
        number = pa.types.is_integer(kind) or (name == "value" and pa.types.is_floating(kind))
        if not (is_text(kind) if name in KEYS else number):
            wanted = Text("text", "text") if name in KEYS else Text("tal", "numbers")
            wanted = Text("hela år", "whole years") if name == "period" else wanted
            raise FigureError(
                Text(f"{path}: kolumnen {name} är {kind}.", f"{path}: the column {name} is {kind}."),
                meaning=Text(f"Den ska vara {wanted.sv}.", f"It is to hold {wanted.en}."),
                remedy=Text("Skriv filen på nytt med rätt typ.", "Write the file anew with the right type."),
            )


def _no_figures(folder: Path) -> FigureError:
    return FigureError(
        Text(f"{folder} har inga siffror.", f"{folder} has no figures."),
        meaning=Text("Det finns inget att bedöma.", "There is nothing to judge."),
        remedy=Text(
            f"Lägg Parquet-filer med kolumnerna {', '.join(FIGURES)} där.",
            f"Put Parquet files with the columns {', '.join(FIGURES)} there.",
        ),
    )


def _scattered(name: str, first: Path, second: Path) -> FigureError:
    where = (
        Text(f"på flera ställen i {first}", f"in several places of {first}")
        if first == second
        else Text(f"både i {first} och i {second}", f"both in {first} and in {second}")
    )
    return FigureError(
        Text(f"Raderna står inte i ordning: {name} finns {where.sv}.", f"Rows are not in order: {name} is {where.en}."),
        meaning=Text(
            "En indikator måste stå samlad för att jämföras.", "An indicator must stand together to be compared."
        ),
        remedy=Text(
            "Sortera på indicator, territory, sex, background, period, med varje indikator i en enda fil.",
            "Sort by indicator, territory, sex, background, period, with each indicator in one file only.",
        ),
    )
