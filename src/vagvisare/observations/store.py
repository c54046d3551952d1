"""The store of vintages: Parquet files with a receipt each, asked through DuckDB. Nothing else knows either.

A store lies in a folder, in object storage or in memory (``place``)::

    <dataset>/<recorded>-<sha12>.parquet + .receipt.json    vintages (``shelf``); all that ``as_of`` sees
    _held/  _settled/                                       stopped by a check, and what was decided (``quarantine``)
    _replies/ab/cd/<sha>.zst                                raw replies of sources (``replies``)
    _papers/<kind>/<dataset>/<name>.json                    journal, questions, fetches under way (``papers``)

Vintages never change. Several processes may read and publish at once: everything appears whole, the receipt last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.observations.canonical import Canonical
from vagvisare.observations.known import snapshot
from vagvisare.observations.papers import Papers
from vagvisare.observations.place import place
from vagvisare.observations.quarantine import Held, Quarantine, signed, superseded
from vagvisare.observations.replies import Replies
from vagvisare.observations.shelf import InMemory, InPlace, Label, Shelf, plain
from vagvisare.observations.vintage import (
    SCHEMA,
    Chosen,
    KnownFrom,
    Snapshot,
    Vintage,
    receipt_text,
    to_figures,
)
from vagvisare.sources.contract import FIGURES, Receipt, Table
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text


class Store:
    """Immutable vintages: recorded once, asked as of any day.

    Args:
        root: the folder that holds the vintages, or an address that fsspec understands (``s3://bucket/prefix``); None
            keeps them in memory.
        options: what fsspec is told of the address besides; its own environment settings hold too.

    Raises:
        OutputError: when nothing here can read and write at such an address.
    """

    def __init__(self, root: Path | str | None = None, *, options: Mapping[str, Any] | None = None) -> None:
        self.root = root
        self.place = place(root, options)
        self.shelf: Shelf = InMemory() if root is None else InPlace(self.place)
        self.quarantine = Quarantine(self.place)
        self.replies = Replies(self.place)
        self.papers = Papers(self.place)
        self._promised: set[Label] = set()

    def record(self, table: Table) -> bool:
        """Keep a vintage that was typed or read from a file; return False when the very same figures are already kept.

        Raises:
            FigureError: when another such vintage of the same data set claims the same day with other figures.
            OutputError: when the store refuses.
        """
        receipt = table.receipt
        kept = self.shelf.labels(plain(receipt.dataset))
        for label in kept:
            if label.mark == Label.of(receipt).mark and self.shelf.receipt(label).sha256 == receipt.sha256:
                self._promised.add(label)
                return False
        self._one_a_day(receipt, kept)
        figures = to_figures(table)
        checksum = "" if self.root is None else Canonical(figures).sha256()
        self._put(receipt, lambda: iter(figures.to_batches()), checksum)
        return True

    def publish(self, vintage: Vintage) -> bool:
        """Keep a vintage that was fetched; return False when its figures equal the latest vintage of the data set.

        Equal figures that answer another question are a vintage all the same: the next are to be held against them.
        Of several on one day the one fetched last holds for that day. Should the same figures come back that day, the
        file stays as it is and gets the newer receipt. A receipt with no ``sha256`` gets the checksum of the figures.

        Raises:
            FigureError: when figures not ``fetched`` claim a day that others have, or the name cannot be one.
            OutputError: when the store refuses.
            ValueError: when figures or receipt are not what they say.
        """
        receipt, figures, checksum = _sealed(vintage)
        latest = self.latest(plain(receipt.dataset))
        if latest is not None and latest.sha256 == receipt.sha256 and latest.query == receipt.query:
            self._promised.add(Label.of(latest))
            return False
        if not receipt.fetched:
            self._one_a_day(receipt, self.shelf.labels(receipt.dataset))
        self._put(receipt, figures.batches, checksum)
        return True

    def receipts(self, dataset: str = "") -> tuple[Receipt, ...]:
        """Return the receipts of every vintage, of one data set or of all, by data set, day and moment.

        Raises:
            FigureError: when one is damaged.
        """
        datasets = (dataset,) if dataset else self.shelf.datasets()
        found = [self.shelf.receipt(label) for each in datasets for label in self.shelf.labels(each)]
        return tuple(sorted(found, key=lambda r: (r.dataset, r.recorded, r.fetched)))

    def latest(self, dataset: str) -> Receipt | None:
        """Return the receipt of the latest vintage of a data set; None when there is none.

        Raises:
            FigureError: when it is damaged.
        """
        labels = self.shelf.labels(dataset)
        return self._of_day(labels, labels[-1].recorded) if labels else None

    def figures(self, receipt: Receipt) -> pa.Table:
        """Return the figures of a vintage in the schema ``FIGURES``, as they were delivered.

        Raises:
            FigureError: when they are damaged or gone.
        """
        return _said(self.shelf.cells(Label.of(receipt), FIGURES.names))

    def times(self, receipt: Receipt) -> pa.Table:
        """Return start, end and value of every figure of a vintage, and nothing else of it.

        Raises:
            FigureError: when they are damaged or gone.
        """
        return self.shelf.cells(Label.of(receipt), ("start", "end", "value"))

    def hold(self, vintage: Vintage, report: Mapping[str, Any]) -> None:
        """Keep a vintage in quarantine, with a report that says why; the latest good one stays in use.

        Raises:
            OutputError: when the store refuses.
            ValueError: when figures or receipt are not what they say.
        """
        receipt, figures, checksum = _sealed(vintage)
        plain(receipt.dataset)
        self.quarantine.hold(receipt, figures, checksum, report)

    def held(self, dataset: str = "") -> tuple[Held, ...]:
        """Return what waits in quarantine, of one data set or of all.

        Raises:
            FigureError: when something there is damaged.
        """
        return self.quarantine.held(dataset)

    def held_figures(self, held: Held) -> pa.Table:
        """Return figures that wait in quarantine, in the schema ``FIGURES``.

        Raises:
            FigureError: when they have been decided on, or are damaged.
        """
        return _said(self.quarantine.cells(held))

    def release(self, held: Held, *, by: str, why: str, on: date | None = None) -> Receipt:
        """Publish a held vintage on somebody's word, and return its receipt, which bears it.

        It counts as recorded ``on`` the day of the decision (today, UTC): what was known before does not change.

        Raises:
            FigureError: when it has been decided on already, or newer figures have been accepted since.
            UserError: when ``by`` or ``why`` is empty.
            OutputError: when the store refuses.
        """
        by, why = signed(by, why)
        figures, latest = self.held_figures(held), self.latest(held.receipt.dataset)
        if latest is not None and held.receipt.fetched and latest.fetched > held.receipt.fetched:
            raise superseded(held.receipt, latest)
        recorded = on or datetime.now(tz=UTC).date()
        if latest is not None:
            # Should a clock be behind: what is let through now must not come before what it replaces.
            recorded = max(recorded, latest.recorded)
        receipt = replace(held.receipt, recorded=recorded, confirmed_by=by, confirmed_why=why)
        if not self.publish(Vintage(receipt, figures)) and latest is not None:
            receipt = latest
        self.quarantine.settle(held, "released", by=by, why=why)
        return receipt

    def discard(self, held: Held, *, by: str, why: str) -> None:
        """Decide that a held vintage is not to be used; figures, report and decision stay as a record.

        Raises:
            FigureError: when it has been decided on already.
            UserError: when ``by`` or ``why`` is empty.
            OutputError: when the store refuses.
        """
        by, why = signed(by, why)
        self.quarantine.keep_figures(held)
        self.quarantine.settle(held, "discarded", by=by, why=why)

    def as_of(
        self, day: date, release: Mapping[str, KnownFrom | None], datasets: Collection[str] | None = None
    ) -> Snapshot:
        """Return what was known on ``day``, of ``datasets`` or of everything.

        For each data set the vintage that ``chosen`` names answers; only those are read.

        Raises:
            FigureError: when a vintage is damaged, or one recorded here has been removed since.
        """
        chosen = self.chosen(day, release, datasets)
        cells = [self.shelf.cells(Label.of(each.receipt)) for each in chosen.values() if not each.unknowable]
        return snapshot(day, chosen, pa.concat_tables(cells) if cells else SCHEMA.empty_table(), release)

    def chosen(
        self, day: date, release: Mapping[str, KnownFrom | None], datasets: Collection[str] | None = None
    ) -> dict[str, Chosen]:
        """Return which vintage answers for each data set on ``day``, without reading any figures.

        The latest vintage recorded by then answers exactly. Where there is none, the earliest later one is cut by the
        release rule of ``release`` and marked as reconstructed; with no rule, nothing of the data set is taken as
        known. Names tell them apart: of a data set one receipt is read, or those of one day.

        Raises:
            FigureError: when a receipt is damaged, or a vintage recorded here has been removed since.
        """
        asked = self.shelf.datasets() if datasets is None else sorted(set(datasets))
        kept = {dataset: self.shelf.labels(plain(dataset)) for dataset in asked}
        promised = self._promised if datasets is None else {each for each in self._promised if each.dataset in kept}
        if promised.difference(*kept.values()):
            raise _gone(self.place.label())
        return {
            dataset: self._choose(labels, day, has_rule=release.get(dataset) is not None)
            for dataset, labels in kept.items()
            if labels
        }

    def _choose(self, labels: Iterable[Label], day: date, *, has_rule: bool) -> Chosen:
        labels = tuple(labels)
        known = [label for label in labels if label.recorded <= day]
        if known:
            return Chosen(self._of_day(known, known[-1].recorded), reconstructed=False)
        return Chosen(self._of_day(labels, labels[0].recorded), reconstructed=True, unknowable=not has_rule)

    def _of_day(self, labels: Iterable[Label], day: date) -> Receipt:
        """Return the receipt that holds for a day: the one fetched last."""
        receipts = [self.shelf.receipt(label) for label in labels if label.recorded == day]
        return max(receipts, key=lambda receipt: receipt.fetched)

    def _one_a_day(self, receipt: Receipt, kept: Iterable[Label]) -> None:
        """Refuse typed figures for a day that has other typed figures."""
        for label in kept:
            if label.recorded == receipt.recorded and not self.shelf.receipt(label).fetched:
                raise _taken(receipt, self.place.label(receipt.dataset) if self.root is not None else "")

    def _put(self, receipt: Receipt, batches: Any, checksum: str) -> None:
        self.shelf.put(receipt, receipt_text(receipt), batches, checksum)
        self._promised.add(Label.of(receipt))


def _sealed(vintage: Vintage) -> tuple[Receipt, Canonical, str]:
    """Return receipt, figures in order and their checksum, once the first is true of the second."""
    receipt, figures = vintage.receipt, Canonical(vintage.figures)
    checksum = figures.sha256()
    if receipt.fetched and receipt.sha256 not in {"", checksum}:
        raise ValueError(f"{receipt.dataset}: sha256 of the receipt is not vintage.checksum(figures)")
    return replace(receipt, sha256=receipt.sha256 or checksum, rows=figures.rows), figures, checksum


def _said(figures: pa.Table) -> pa.Table:
    """Let figures from before there was a status say nothing of it."""
    place = FIGURES.get_field_index("status")
    return figures.set_column(place, FIGURES.field(place), pc.fill_null(figures.column(place), ""))


def _gone(where: str) -> FigureError:
    return FigureError(
        Text(f"Inlästa siffror i {where} har tagits bort.", f"Recorded figures in {where} have been removed."),
        meaning=Text("Vad som var känt går inte att säga utan dem.", "What was known cannot be said without them."),
        remedy=Text("Kör kommandot på nytt.", "Run the command again."),
    )


def _taken(receipt: Receipt, where: str) -> FigureError:
    place = f" ({where})" if where else ""
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
