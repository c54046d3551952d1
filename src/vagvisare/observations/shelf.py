"""Where vintages stand: one file of figures and one receipt each, found by their names alone.

``<dataset>/<recorded>-<sha12>.parquet`` holds the figures and ``….receipt.json`` the receipt. The receipt comes last,
and figures without one are not seen: an interrupted recording leaves nothing half-written in view.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vagvisare.observations.place import Place
from vagvisare.observations.vintage import IDENTITY, SCHEMA, identified, receipt_from
from vagvisare.sources.contract import FIGURES, Receipt
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text
from vagvisare.terms.sampling import COLUMNS

FIGURE_ENDING, RECEIPT_ENDING = ".parquet", ".receipt.json"
CHECKSUM = b"vagvisare.figures.sha256"
"""Under this key a file of figures holds its own checksum: what ``verify`` holds it against."""

_LATER = frozenset([*COLUMNS, "status"])
"""Columns that the first vintages did not have."""

_WORD = pa.dictionary(pa.int32(), pa.string())
_STORED = pa.schema(
    [
        field.with_type(_WORD if pa.types.is_string(field.type) else field.type).with_nullable(
            pa.types.is_floating(field.type)
        )
        for field in SCHEMA
    ]
)
"""How a vintage is written: words by number; only a figure can be missing."""
_SOUGHT = ["territory"]
"""What part of a vintage is asked for by, and figures are in order of: each row group tells its lowest and highest."""
_SAMPLE = 4096
"""Rows by which it is judged whether a column's numbers come again."""

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-([^/.]{1,12})")


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """What the name of a vintage says: which data set, recorded when, and how its checksum begins."""

    dataset: str
    recorded: date
    mark: str

    @classmethod
    def of(cls, receipt: Receipt) -> Label:
        """Return the label of a receipt."""
        return cls(receipt.dataset, receipt.recorded, receipt.sha256[:12])

    @classmethod
    def parse(cls, dataset: str, name: str, ending: str) -> Label | None:
        """Read a file's name; None when it is not one of ours."""
        found = _NAME.fullmatch(name.removesuffix(ending)) if name.endswith(ending) else None
        if found is None:
            return None
        with suppress(ValueError):
            return cls(dataset, date.fromisoformat(found[1]), found[2])
        return None

    def name(self, ending: str) -> str:
        """Return where it stands, below its shelf."""
        return f"{self.dataset}/{self.recorded.isoformat()}-{self.mark}{ending}"


class Shelf(Protocol):
    """Where vintages stand."""

    def datasets(self) -> tuple[str, ...]:
        """Return the data sets that have vintages, in order."""

    def labels(self, dataset: str) -> tuple[Label, ...]:
        """Return the vintages of a data set, by day."""

    def receipt(self, label: Label) -> Receipt:
        """Return a receipt.

        Raises:
            FigureError: when it is damaged or gone.
        """

    def cells(self, label: Label, columns: Sequence[str] = SCHEMA.names, only: Any = None) -> pa.Table:
        """Return figures with their identity (``SCHEMA``, or some of its columns), or those that ``only`` lets through.

        Raises:
            FigureError: when they are damaged or gone.
        """

    def put(self, receipt: Receipt, text: str, figures: Callable[[], Iterator[pa.RecordBatch]], checksum: str) -> None:
        """Stand a vintage here: figures in the schema ``FIGURES``, batch by batch, then ``text``, the receipt.

        Raises:
            OutputError: when the place refuses.
        """

    def remove(self, label: Label) -> None:
        """Take a vintage away, the receipt first."""


class InMemory:
    """A shelf that is forgotten with the run."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[Label, tuple[Receipt, pa.Table]]] = {}

    def datasets(self) -> tuple[str, ...]:
        """Return the data sets that have vintages."""
        return tuple(sorted(self._kept))

    def labels(self, dataset: str) -> tuple[Label, ...]:
        """Return the vintages of a data set."""
        return tuple(sorted(self._kept.get(dataset, {})))

    def receipt(self, label: Label) -> Receipt:
        """Return a receipt."""
        return self._at(label)[0]

    def cells(self, label: Label, columns: Sequence[str] = SCHEMA.names, only: Any = None) -> pa.Table:
        """Return figures with their identity."""
        cells = self._at(label)[1]
        return (cells if only is None else cells.filter(only)).select(list(columns))

    def put(self, receipt: Receipt, text: str, figures: Callable[[], Iterator[pa.RecordBatch]], checksum: str) -> None:
        """Stand a vintage here."""
        del text, checksum
        batches = [pa.Table.from_batches([batch]).cast(FIGURES) for batch in figures()]
        whole = pa.concat_tables(batches) if batches else FIGURES.empty_table()
        self._kept.setdefault(receipt.dataset, {})[Label.of(receipt)] = (receipt, identified(receipt, whole))

    def remove(self, label: Label) -> None:
        """Take a vintage away."""
        self._kept.get(label.dataset, {}).pop(label, None)

    def _at(self, label: Label) -> tuple[Receipt, pa.Table]:
        try:
            return self._kept[label.dataset][label]
        except KeyError:
            raise broken(label.name(FIGURE_ENDING), label.dataset, alone=True) from None


class InPlace:
    """A shelf in a place: Parquet with a receipt beside it.

    Args:
        place: where the store lies.
        folder: the folder of this shelf in it; "" for the store's own root.
        note: how the names of receipts end here.
    """

    def __init__(self, place: Place, folder: str = "", note: str = RECEIPT_ENDING) -> None:
        self._place, self._folder, self._note = place, folder, note

    def datasets(self) -> tuple[str, ...]:
        """Return the folders, without those that are not data sets."""
        return tuple(name for name in self._place.folders(self._folder) if name[0] not in "._")

    def labels(self, dataset: str) -> tuple[Label, ...]:
        """Return the vintages of a data set that have a receipt."""
        found = self._place.names(self._within(dataset))
        read = (Label.parse(dataset, name, self._note) for name in found)
        return tuple(sorted(label for label in read if label is not None))

    def receipt(self, label: Label) -> Receipt:
        """Return a receipt."""
        name = self.path(label, self._note)
        try:
            return receipt_from(self._place.read(name).decode())
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._broken(name, label) from error

    def cells(self, label: Label, columns: Sequence[str] = SCHEMA.names, only: Any = None) -> pa.Table:
        """Return figures with their identity."""
        name = self.path(label, FIGURE_ENDING)
        try:
            if only is not None:
                return pq.read_table(self._place.opened(name), schema=SCHEMA, filters=only).select(list(columns))
            with pq.ParquetFile(self._place.opened(name)) as file:
                read = file.read([name for name in columns if name in file.schema_arrow.names])
            return completed(read, columns).cast(pa.schema([SCHEMA.field(name) for name in columns]))
        except (OSError, KeyError, pa.ArrowException) as error:
            raise self._broken(name, label) from error

    def put(self, receipt: Receipt, text: str, figures: Callable[[], Iterator[pa.RecordBatch]], checksum: str) -> None:
        """Stand a vintage here: the figures, whole, and only then the receipt."""
        label = Label.of(receipt)
        with self._place.filling(self.path(label, FIGURE_ENDING)) as file:
            fill(file, receipt, figures(), checksum)
        self._place.write(self.path(label, self._note), text.encode())

    def file(self, label: Label) -> pq.ParquetFile:
        """Open the file of figures as it is, text as dictionaries.

        Raises:
            FileNotFoundError: when it is not there.
            OSError, pyarrow.ArrowException: when it is no such file.
        """
        name = self.path(label, FIGURE_ENDING)
        with pq.ParquetFile(self._place.opened(name)) as file:
            text = [field.name for field in file.schema_arrow if pa.types.is_string(field.type)]
        return pq.ParquetFile(self._place.opened(name), read_dictionary=text)

    def remove(self, label: Label) -> None:
        """Take a vintage away, the receipt first: what is left unseen is swept by ``prune``."""
        self._place.remove(self.path(label, self._note))
        self._place.remove(self.path(label, FIGURE_ENDING))

    def path(self, label: Label, ending: str) -> str:
        """Return where a file of a vintage lies in the place."""
        return self._within(label.name(ending))

    def folder_of(self, dataset: str) -> str:
        """Return where the vintages of a data set lie in the place."""
        return self._within(dataset)

    def _within(self, name: str) -> str:
        return f"{self._folder}/{name}" if self._folder else name

    def _broken(self, name: str, label: Label) -> FigureError:
        alone = len(self.labels(label.dataset)) < 2
        return broken(self._place.label(name), self._place.label(name.rpartition("/")[0]), alone=alone)


def plain(dataset: str) -> str:
    """Return the name of a data set, which is also the name of a folder.

    Raises:
        FigureError: when it could lead elsewhere, or would be taken for one of the store's own folders.
    """
    if dataset and dataset[0] not in "._" and dataset.isprintable() and not set(dataset) & set("/\\"):
        return dataset
    raise FigureError(
        Text(
            f"”{dataset!r}” kan inte vara namnet på en datamängd.", f"“{dataset!r}” cannot be the name of a data set."
        ),
        meaning=Text("Namnet är också en mapp i lagret.", "The name is also a folder in the store."),
        remedy=Text(
            "Välj ett namn som börjar med en bokstav eller siffra och saknar snedstreck.",
            "Choose a name that begins with a letter or digit and has no slash.",
        ),
    )


def broken(where: str, folder: str, *, alone: bool) -> FigureError:
    """Say that a vintage cannot be read; where it is not ``alone`` the others must not be thrown away with it."""
    anew = Text(
        f"Ta bort mappen {folder} och kör igen; siffrorna läses då in på nytt.",
        f"Remove the folder {folder} and run again; the figures are then recorded anew.",
    )
    beside = Text(
        "Lägg tillbaka den från en säkerhetskopia, eller ta bort just den filen; de andra årgångarna är orörda.",
        "Put it back from a backup, or remove that very file; the other vintages are untouched.",
    )
    return FigureError(
        Text(f"{where} går inte att läsa.", f"{where} cannot be read."),
        meaning=Text("En inläst årgång av siffror är skadad.", "A recorded vintage of figures is damaged."),
        remedy=anew if alone else beside,
    )


def completed(read: pa.Table, columns: Sequence[str]) -> pa.Table:
    """Return columns of a table read from a vintage; what older vintages lack is null.

    Raises:
        KeyError: when a column is missing that every vintage has.
    """
    whole = [
        pa.nulls(read.num_rows, SCHEMA.field(name).type)
        if name in _LATER and name not in read.column_names
        else read.column(name)
        for name in columns
    ]
    return pa.table(whole, names=list(columns))


def fill(file: Path, receipt: Receipt, figures: Iterator[pa.RecordBatch], checksum: str) -> None:
    """Write figures with their identity, one row group a batch: no more than a batch is held at once.

    A column that the first batch has of Arrow's type null is empty throughout, and left out.
    """
    first = next(figures, pa.RecordBatch.from_pylist([], schema=FIGURES))
    stored = pa.schema([field for field in _STORED if field.name not in _empty(first)])
    said = (receipt.dataset, receipt.recorded, receipt.sha256)
    own = [_stored(pa.array([each], field.type), field)[0] for each, field in zip(said, IDENTITY, strict=True)]
    # The Arrow schema is left out: text is dictionary-encoded in the file, and plain text to whoever reads it.
    with pq.ParquetWriter(
        file,
        stored,
        compression="snappy",
        store_schema=False,
        use_dictionary=_repeating(first),
        write_statistics=_SOUGHT,
        write_batch_size=1 << 14,
    ) as writer:
        for batch in chain([first], figures):
            rows = batch.num_rows
            columns = [pa.repeat(each, rows) for each in own]
            columns += [_stored(batch.column(f.name), f) for f in FIGURES if f.name in stored.names]
            if rows:
                writer.write_table(pa.table(columns, schema=stored), row_group_size=rows)
        writer.add_key_value_metadata({CHECKSUM: checksum.encode()})


def _empty(batch: pa.RecordBatch) -> list[str]:
    return [field.name for field in batch.schema if pa.types.is_null(field.type)]


def _repeating(batch: pa.RecordBatch) -> list[str]:
    """Return the columns to write by dictionary: words, and numbers that come again and again.

    Judged by the first rows: a dictionary halves shares with one decimal; counts it makes slower, and larger.
    """
    numbers = [field.name for field in batch.schema if pa.types.is_floating(field.type)]
    words = [field.name for field in _STORED if pa.types.is_dictionary(field.type)]
    return [*words, *(name for name in numbers if _repeats(batch.column(name)[:_SAMPLE]))]


def _repeats(sample: pa.Array) -> bool:
    distinct: int = pc.count_distinct(sample).as_py()
    return bool(0 < 2 * distinct < len(sample) - sample.null_count)


def _stored(column: pa.Array, field: pa.Field) -> pa.Array:
    """Return a column as it is written, text as numbers of words: the writer need not look each word up anew."""
    if not pa.types.is_string(field.type):
        return column.cast(field.type)
    return (column if pa.types.is_dictionary(column.type) else column.dictionary_encode()).cast(_WORD)
