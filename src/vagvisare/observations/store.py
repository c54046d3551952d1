"""The store of vintages: Parquet files with a receipt each, asked through DuckDB. Nothing else knows either.

``Store(root)`` keeps vintages on disk under ``root/<dataset>/<recorded>-<sha>.parquet``; ``Store()`` keeps them in
memory, for runs that leave no trace. Both answer the same questions with the same query.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from vagvisare.observations.vintage import (
    SCHEMA,
    Chosen,
    KnownFrom,
    Snapshot,
    receipt_from,
    receipt_text,
    to_arrow,
)
from vagvisare.sources.contract import Receipt, Table
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import COLUMNS, Samples, Sampling
from vagvisare.terms.series import Series, SeriesKey

_KNOWN = """
    SELECT cells.dataset, territory, sex, background, cells.start, cells."end", value
    FROM cells
    JOIN wanted USING (dataset, sha256)
    LEFT JOIN release USING (dataset, start, "end")
    WHERE wanted.exact OR release.known_from <= $day
    ORDER BY cells.dataset, territory, sex, background, cells.start, cells."end"
"""
"""Every figure of the wanted vintages; where what was known is reconstructed, only those released by the day."""

_CERTAINTY = """
    SELECT cells.dataset, territory, sex, background, cells.start, cells."end", low, high, se, n, count
    FROM cells
    JOIN wanted USING (dataset, sha256)
    LEFT JOIN release USING (dataset, start, "end")
    WHERE (wanted.exact OR release.known_from <= $day) AND coalesce(low, high, se, n, count) IS NOT NULL
    ORDER BY cells.dataset, territory, sex, background, cells.start, cells."end"
"""
"""What is said of the certainty of those figures, where anything is."""


class Store:
    """Immutable vintages: recorded once, asked as of any day.

    Args:
        root: the folder that holds the vintages; None keeps them in memory.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = root
        self._memory: dict[str, tuple[Receipt, pa.Table]] = {}
        self._promised: set[tuple[str, str]] = set()

    def record(self, table: Table) -> bool:
        """Keep a vintage; return False when the very same figures are already kept.

        The Parquet file is complete before its receipt appears, and a vintage without a receipt is not seen:
        an interrupted recording leaves nothing half-written in view.

        Raises:
            FigureError: when another vintage of the same data set claims the same day with other figures.
        """
        receipt = table.receipt
        for kept in self.receipts():
            if kept.dataset == receipt.dataset and kept.sha256 == receipt.sha256:
                self._promised.add((receipt.dataset, receipt.sha256))
                return False
            if kept.dataset == receipt.dataset and kept.recorded == receipt.recorded:
                raise _taken(receipt, self.root)
        if self.root is None:
            self._memory[receipt.sha256 + receipt.dataset] = (receipt, to_arrow(table))
        else:
            self._write(self.root, receipt, to_arrow(table))
        self._promised.add((receipt.dataset, receipt.sha256))
        return True

    def receipts(self) -> tuple[Receipt, ...]:
        """Return the receipts of every vintage, by data set and day."""
        if self.root is None:
            found = [receipt for receipt, _ in self._memory.values()]
        else:
            paths = self.root.glob("*/*.receipt.json")
            found = [_receipt(path) for path in paths]
        return tuple(sorted(found, key=lambda r: (r.dataset, r.recorded)))

    def as_of(self, day: date, release: Mapping[str, KnownFrom | None]) -> Snapshot:
        """Return what was known on ``day``.

        For each data set the latest vintage recorded by then answers exactly. Where there is none, the earliest
        later one is cut by the release rule of ``release`` and marked as reconstructed; with no rule, nothing of
        the data set is taken as known.

        Raises:
            FigureError: when a vintage is damaged, or one recorded here has been removed since.
        """
        kept = self.receipts()
        if self._promised - {(receipt.dataset, receipt.sha256) for receipt in kept}:
            raise _gone(self.root)
        chosen = {
            dataset: _choose(list(own), day, release.get(dataset) is not None)
            for dataset, own in groupby(kept, key=lambda r: r.dataset)
        }
        wanted = [c for c in chosen.values() if not c.unknowable]
        with duckdb.connect(":memory:", config={"threads": 2}) as connection:
            cells = self._cells([c.receipt for c in wanted])
            connection.register("cells", cells)
            connection.register("wanted", _wanted(wanted))
            connection.register("release", self._release(connection, wanted, release))
            rows = connection.execute(_KNOWN, {"day": day}).fetchall()
            said = any(cells.column(name).null_count < cells.num_rows for name in COLUMNS)
            certain = connection.execute(_CERTAINTY, {"day": day}).fetchall() if said else []
        return Snapshot(day, _panel(rows), chosen, _samples(certain))

    def _cells(self, receipts: Iterable[Receipt]) -> pa.Table:
        if self.root is None:
            tables = [self._memory[r.sha256 + r.dataset][1] for r in receipts]
        else:
            tables = [_vintage(_path(self.root, r)) for r in receipts]
        return pa.concat_tables(tables) if tables else SCHEMA.empty_table()

    def _release(
        self, connection: duckdb.DuckDBPyConnection, wanted: list[Chosen], release: Mapping[str, KnownFrom | None]
    ) -> pa.Table:
        """Return the day each period of the reconstructed data sets became known, by the producers' rules."""
        rules = {c.receipt.dataset: release.get(c.receipt.dataset) for c in wanted if c.reconstructed}
        rows = connection.execute('SELECT DISTINCT dataset, start, "end" FROM cells').fetchall()
        known = [(d, s, e, rule(Period(s, e))) for d, s, e in rows if (rule := rules.get(d)) is not None]
        schema = pa.schema([SCHEMA.field("dataset"), SCHEMA.field("start"), SCHEMA.field("end")])
        schema = schema.append(pa.field("known_from", pa.date32()))
        columns = [list(column) for column in zip(*known, strict=True)] if known else [[], [], [], []]
        return pa.table(columns, schema=schema)

    @staticmethod
    def _write(root: Path, receipt: Receipt, cells: pa.Table) -> None:
        path = _path(root, receipt)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".recording-") as temporary:
            whole = Path(temporary, path.name)
            pq.write_table(cells, whole, compression="zstd")
            note = Path(temporary, "receipt.json")
            note.write_text(receipt_text(receipt), encoding="utf-8")
            whole.replace(path)
            note.replace(path.with_suffix(".receipt.json"))


def _vintage(path: Path) -> pa.Table:
    try:
        return pq.read_table(path, schema=SCHEMA)
    except (OSError, pa.ArrowException) as error:
        raise _broken(path) from error


def _receipt(path: Path) -> Receipt:
    try:
        return receipt_from(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _broken(path) from error


def _broken(path: Path) -> FigureError:
    return FigureError(
        Text(f"{path} går inte att läsa.", f"{path} cannot be read."),
        meaning=Text("En inläst årgång av siffror är skadad.", "A recorded vintage of figures is damaged."),
        remedy=Text(
            f"Ta bort mappen {path.parent} och kör igen; siffrorna läses då in på nytt.",
            f"Remove the folder {path.parent} and run again; the figures are then recorded anew.",
        ),
    )


def _gone(root: Path | None) -> FigureError:
    return FigureError(
        Text(f"Inlästa siffror i {root} har tagits bort.", f"Recorded figures in {root} have been removed."),
        meaning=Text("Vad som var känt går inte att säga utan dem.", "What was known cannot be said without them."),
        remedy=Text("Kör kommandot på nytt.", "Run the command again."),
    )


def _taken(receipt: Receipt, root: Path | None) -> FigureError:
    place = "" if root is None else f" ({root / receipt.dataset})"
    return FigureError(
        Text(
            f"{receipt.dataset} har redan andra siffror inlästa {receipt.recorded}{place}.",
            f"{receipt.dataset} already has other figures recorded {receipt.recorded}{place}.",
        ),
        meaning=Text("Inlästa siffror ändras aldrig.", "Recorded figures never change."),
        remedy=Text(
            "Skriv den dag de nya siffrorna lästes i kvittots recorded; var det ett skrivfel, ta bort den mappen.",
            "Write the day the new figures were read as recorded in the receipt; "
            "if it was a slip of the pen, remove that folder.",
        ),
    )


def _path(root: Path, receipt: Receipt) -> Path:
    return root / receipt.dataset / f"{receipt.recorded.isoformat()}-{receipt.sha256[:12]}.parquet"


def _choose(receipts: list[Receipt], day: date, has_rule: bool) -> Chosen:
    known = [receipt for receipt in receipts if receipt.recorded <= day]
    if known:
        return Chosen(known[-1], reconstructed=False)
    return Chosen(receipts[0], reconstructed=True, unknowable=not has_rule)


def _wanted(chosen: list[Chosen]) -> pa.Table:
    schema = pa.schema([SCHEMA.field("dataset"), SCHEMA.field("sha256"), pa.field("exact", pa.bool_())])
    rows = [
        [c.receipt.dataset for c in chosen],
        [c.receipt.sha256 for c in chosen],
        [not c.reconstructed for c in chosen],
    ]
    return pa.table(rows, schema=schema)


def _panel(rows: list[tuple[str, str, str, str, int, int, float]]) -> dict[SeriesKey, Series]:
    periods: dict[tuple[int, int], Period] = {}
    panel = {}
    for (dataset, territory, sex, background), own in groupby(rows, key=lambda row: row[:4]):
        points = list(own)
        key = SeriesKey(dataset, territory, sex, background)
        spans = [(row[4], row[5]) for row in points]
        for span in spans:
            if span not in periods:
                periods[span] = Period(*span)
        panel[key] = Series(key, tuple(periods[span] for span in spans), tuple(row[6] for row in points))
    return panel


def _samples(rows: Iterable[tuple[str, str, str, str, int, int, *tuple[float | None, ...]]]) -> Samples:
    samples: dict[SeriesKey, dict[Period, Sampling]] = {}
    for dataset, territory, sex, background, start, end, *said in rows:
        own = samples.setdefault(SeriesKey(dataset, territory, sex, background), {})
        own[Period(start, end)] = Sampling(*said)
    return samples
