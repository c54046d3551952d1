"""Deliveries in files: surveys, and counts that somebody sends. Read where they lie, without a network."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.sources.arrange import Long, arrange
from vagvisare.sources.contract import FIGURES, Ask, Axis, Delivery, Found, News, NewsState, Shape, note_news
from vagvisare.sources.errors import GoneError, RefusedError, UnreadableError
from vagvisare.sources.px_file import read_px
from vagvisare.sources.query import Dataset, Query, Role
from vagvisare.sources.spreadsheet.cells import Complaints
from vagvisare.sources.spreadsheet.delivery_keys import Keys, keys_of, likely_code
from vagvisare.sources.spreadsheet.layout_codes import Wanted
from vagvisare.sources.spreadsheet.layout_file import grid_of, kind_of
from vagvisare.sources.spreadsheet.layout_grid import letters
from vagvisare.sources.spreadsheet.layout_read import Reading, dictionary, read_sheet
from vagvisare.sources.spreadsheet.tables import TableError
from vagvisare.sources.spreadsheet.texts import LARGEST, file_bytes, too_large
from vagvisare.sources.wire import Wire
from vagvisare.terms.errors import FigureError, SourceError, UserError
from vagvisare.terms.language import Text

_LONGEST_NOTES = 4_000


@dataclass(frozen=True, slots=True)
class Understood:
    """One query's part of a file: how it was read, and which figure each number is."""

    query: Query
    reading: Reading
    keys: Keys


@dataclass(frozen=True, slots=True)
class FileDelivery(Delivery):
    """What a file delivered, the file itself (``raw``), and what a reviewer needs to see how it was understood."""

    name: str = ""
    raw: bytes = b""
    parts: tuple[Understood, ...] = ()


class Spreadsheet:
    """Reads files that lie in the strategy folder; ``wire.base`` is that folder, and nothing outside it is opened."""

    kind = "spreadsheet"

    def news(self, asks: Sequence[Ask], wire: Wire) -> Mapping[str, News]:
        """Return, by data set, whether its files are others than last time (by their checksum).

        Raises:
            SourceError: when a file cannot be opened.
        """
        found: dict[str, News] = {}
        for ask in asks:
            try:
                same = ask.updated == _stamp(_opened(wire.base, ask.query.table))
                news = News(NewsState.SAME if same else NewsState.NEW)
            except GoneError:
                news = News(NewsState.GONE)
            note_news(found, ask.dataset, news)
        return found

    def fetch(self, ask: Ask, wire: Wire) -> FileDelivery:
        """Return every figure the query asks for.

        Raises:
            SourceError: when the file is not there, lies outside the folder, or cannot be understood.
        """
        raw = _opened(wire.base, ask.query.table)
        try:
            return read_delivery(raw, Path(ask.query.table).name, (ask.query,))
        except SourceError:
            raise
        except UserError as error:
            raise UnreadableError(error.what, meaning=error.meaning, remedy=error.remedy) from error

    def shape(self, table: str, wire: Wire) -> Shape:
        """Return how a file describes itself: a PX file's variables, or the first row of a sheet as its columns.

        Raises:
            SourceError: when there is no such file, or it cannot be read.
        """
        raw, name = _opened(wire.base, table), Path(table).name
        try:
            if kind_of(name) == ".px":
                return replace(read_px(raw, name)[1], updated=_stamp(raw))
            grid = grid_of(raw, name)
        except FigureError as error:
            raise UnreadableError(error.what, meaning=error.meaning, remedy=error.remedy) from error
        heads = [(letters(at), grid.text(0, at)) for at in range(min(grid.width, 1000))]
        axes = tuple(Axis(letter, label) for letter, label in heads if label)
        return Shape(table, grid.sheet or name, updated=_stamp(raw), axes=axes)

    def find(self, words: str, wire: Wire, limit: int = 20) -> Iterable[Found]:  # noqa: ARG002  the contract's
        """Return nothing: files have no catalogue."""
        return ()


def deliver(raw: bytes, name: str, dataset: Dataset) -> FileDelivery:
    """Read a file as a data set's definition says: every query of the table with that name, or of the only one.

    Args:
        raw: the file.
        name: what it is called, by which its kind is known.
        dataset: whose figures it brings.

    Raises:
        FigureError: when the file cannot be understood; with every mistake, each with its row.
        SourceError: when it is a broken PX file.
    """
    tables = dict.fromkeys(Path(query.table).name for query in dataset.queries)
    wanted = Path(name).name if Path(name).name in tables else next(iter(tables), "")
    if not tables or (len(tables) > 1 and wanted != Path(name).name):
        every = ", ".join(tables) or "–"
        raise FigureError(
            Text(
                f"{Path(name).name} hör inte till någon av frågorna i {dataset.key}.",
                f"{Path(name).name} belongs to none of the queries of {dataset.key}.",
            ),
            meaning=Text("Inget av den har lästs in.", "Nothing of it was loaded."),
            remedy=Text(f"Döp filen till det den heter där: {every}.", f"Name the file as it is there: {every}."),
        )
    return read_delivery(raw, Path(name).name, tuple(q for q in dataset.queries if Path(q.table).name == wanted))


def read_delivery(raw: bytes, name: str, queries: tuple[Query, ...]) -> FileDelivery:
    """Read a file by queries; see :func:`deliver`.

    Raises:
        FigureError: when the file cannot be understood.
        SourceError: when it is a broken PX file.
    """
    if len(raw) > LARGEST:
        raise too_large(Path(name))
    kind = kind_of(name)
    parts, tables = [], []
    shape = Shape(queries[0].table if queries else name, name, updated=_stamp(raw))
    for query in queries:
        if kind == ".px":
            reading, shape = _px(raw, name, query)
        else:
            reading = read_sheet(grid_of(raw, name, query.layout.sheet if query.layout else ""), query)
        complaints = Complaints(name)
        keys = keys_of(query, reading, complaints)
        if complaints.found:
            raise TableError(name, complaints.all())
        figures = arrange(query, reading.long, address=name)
        if not figures.num_rows:
            raise _nothing(name, keys)
        parts.append(Understood(query, reading, keys))
        tables.append(figures)
    figures = pa.concat_tables(tables) if tables else FIGURES.empty_table()
    if kind != ".px":
        shape = _shape(shape, parts)
    return FileDelivery(figures, shape, (hashlib.sha256(raw).hexdigest(),), name, raw, tuple(parts))


def _px(raw: bytes, name: str, query: Query) -> tuple[Reading, Shape]:
    """Read a PX file, keep the codes that are wanted, and complain of variables the query does not speak of."""
    long, shape = read_px(raw, name)
    complaints = Complaints(name)
    asked = {dimension.code: dimension for dimension in query.dimensions}
    codes, wanted = {}, {}
    mask = pa.array([True] * len(long.values), pa.bool_())
    for code, column in long.codes.items():
        present = column.dictionary.to_pylist()
        if code not in asked:
            if len(present) > 1:
                complaints.add(1, *_unasked(code, present))
            continue
        wanted[code] = Wanted(asked[code], [])
        accepted = wanted[code].accepted(present)
        mask = pc.and_(mask, pc.is_in(column, pa.array(sorted(accepted), pa.string())))
        codes[code] = column
    for dimension in query.dimensions:
        only = dimension.values or dimension.ours
        if dimension.code not in codes and dimension.role is not Role.FIXED:
            if len(only) != 1:
                complaints.add(1, *_lacking(dimension.code, list(long.codes)))
            codes[dimension.code] = pa.array([only[0] if only else ""] * len(long.values)).dictionary_encode()
    if complaints.found:
        raise TableError(name, complaints.all())
    kept = {code: _compact(column.filter(mask)) for code, column in codes.items()}
    status = None if long.status is None else long.status.filter(mask)
    reading = Reading(name, "", Long(kept, long.values.filter(mask), status), shape.title)
    reading.places = {code: Text(f"variabeln ”{code}”", f"the variable “{code}”") for code in wanted}
    reading.absent = {code: each.absent(long.codes[code].dictionary.to_pylist()) for code, each in wanted.items()}
    return reading, replace(shape, updated=_stamp(raw))


def _compact(column: pa.DictionaryArray) -> pa.DictionaryArray:
    return dictionary(column.dictionary.to_pylist(), column.indices.to_numpy(zero_copy_only=False))


def _shape(shape: Shape, parts: list[Understood]) -> Shape:
    """Describe a sheet as its source would: title, columns with their codes, and the notes under the table."""
    axes: dict[str, dict[str, str]] = {}
    notes: dict[str, None] = {}
    for part in parts:
        for code, column in part.reading.long.codes.items():
            axes.setdefault(code, {}).update({each: each for each in column.dictionary.to_pylist()})
        notes.update(dict.fromkeys(words for _, words in part.reading.below))
    title = next((part.reading.title for part in parts if part.reading.title), shape.title)
    described = tuple(Axis(code, code, tuple(categories.items())) for code, categories in axes.items())
    return replace(shape, title=title, definition="\n".join(notes)[:_LONGEST_NOTES], axes=described)


def _opened(base: str, table: str) -> bytes:
    """Return the bytes of a file in the folder; a path that leads out of it, by itself or by a link, is refused."""
    named = re.split(r"[/\\]", table)
    if not table or ".." in named or named[0] in ("", "~") or ":" in table or "\0" in table or not base:
        raise _outside(table)
    try:
        root = Path(base).resolve(strict=True)
        path = (root / Path(*named)).resolve(strict=True)
    except (OSError, RuntimeError):
        raise _gone(table) from None
    if not path.is_relative_to(root):
        raise _outside(table)
    try:
        return file_bytes(path)
    except FigureError as error:
        raise UnreadableError(error.what, meaning=error.meaning, remedy=error.remedy) from error


def _stamp(raw: bytes) -> str:
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def _outside(table: str) -> RefusedError:
    return RefusedError(
        Text(f"”{table}” leder ut ur strategimappen.", f"“{table}” leads out of the strategy folder."),
        meaning=Text("Filen har inte öppnats.", "The file was not opened."),
        remedy=Text(
            "Lägg filen i strategimappen och skriv sökvägen dit, till exempel deliveries/enkat.xlsx.",
            "Put the file in the strategy folder and write the path to it, for example deliveries/survey.xlsx.",
        ),
    )


def _gone(table: str) -> GoneError:
    return GoneError(
        Text(f"Filen {table} finns inte i strategimappen.", f"There is no file {table} in the strategy folder."),
        meaning=Text("De senast godkända siffrorna gäller.", "The last good figures stand."),
        remedy=Text(
            "Lägg tillbaka filen, eller rätta table i indicators.toml.",
            "Put the file back, or correct table in indicators.toml.",
        ),
    )


def _nothing(name: str, keys: Keys) -> FigureError:
    said = next(iter(keys.unknown), "")
    code = likely_code(said) if said else ""
    sv, en = ("", "")
    if code:
        sv, en = f" ”{said}” är troligen {code}.", f" “{said}” is probably {code}."
    return FigureError(
        Text(f"{name} gav inga siffror om områden vi följer.", f"{name} gave no figures of territories we follow."),
        meaning=Text("Inget av den har lästs in.", "Nothing of it was loaded."),
        remedy=Text(
            f"Kontrollera values och first_row, och ge områden som står med namn sina koder i values och ours.{sv}",
            f"Check values and first_row, and give territories that go by name their codes in values and ours.{en}",
        ),
    )


def _unasked(code: str, present: list[str]) -> tuple[Text, Text]:
    some = ", ".join(present[:8])
    return (
        Text(f"Filen delas också upp efter ”{code}”.", f"The file is also divided by “{code}”."),
        Text(
            f"Lägg till den som en dimension med en av koderna: {some}.",
            f"Add it as a dimension with one of the codes: {some}.",
        ),
    )


def _lacking(code: str, present: list[str]) -> tuple[Text, Text]:
    every = ", ".join(present)
    return (
        Text(f"Filen har ingen variabel ”{code}”.", f"The file has no variable “{code}”."),
        Text(f"Den har: {every}.", f"It has: {every}."),
    )
