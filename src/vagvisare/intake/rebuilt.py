"""Reading vintages anew from the raw replies they came from: without a network, and held against what was recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from vagvisare.intake.calls import Replaying, queries_of
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import checksum
from vagvisare.sources.contract import Ask, Receipt
from vagvisare.sources.registry import source_of
from vagvisare.terms.errors import FigureError, VagvisareError
from vagvisare.terms.language import Text


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of reading a vintage anew: ``same`` when every figure is what was recorded; else ``error`` says why."""

    receipt: Receipt
    same: bool
    error: VagvisareError | None = None


def rebuild(store: Store, dataset: str = "") -> Iterator[Rebuilt]:
    """Read every fetched vintage anew from its raw replies, of one data set or of all, and compare.

    Vintages that were typed, or recorded from a file somebody sent, have no calls and are passed over.
    """
    for receipt in store.receipts(dataset):
        if receipt.calls:
            yield _rebuilt(store, receipt)


def _rebuilt(store: Store, receipt: Receipt) -> Rebuilt:
    try:
        figures = read_anew(store, receipt)
    except VagvisareError as error:
        return Rebuilt(receipt, same=False, error=error)
    same = checksum(figures) == receipt.sha256
    return Rebuilt(receipt, same, None if same else _different(receipt))


def read_anew(store: Store, receipt: Receipt) -> pa.Table:
    """Return the figures of a vintage as its raw replies give them today, in schema ``FIGURES``.

    Raises:
        FigureError: when the replies are damaged, or the list of calls is none.
        SourceError: when the replies no longer answer what the client asks.
    """
    try:
        document = json.loads(store.replies.get(receipt.calls))
        source, queries = str(document["dataset"]["source"]), queries_of(document["dataset"])
        wire = Replaying(document, store)
    except (KeyError, TypeError, ValueError) as error:
        raise FigureError(
            Text(
                f"Listan över anropen bakom {receipt.dataset} {receipt.recorded} går inte att läsa.",
                f"The list of calls behind {receipt.dataset} {receipt.recorded} cannot be read.",
            ),
            meaning=Text(
                "Årgången kan inte läsas om; siffrorna är kvar.", "It cannot be read anew; the figures remain."
            ),
            remedy=Text("Hämta datamängden på nytt.", "Fetch the data set anew."),
        ) from error
    client = source_of(source).client
    parts = [client.fetch(Ask(receipt.dataset, query), wire) for query in queries]
    return pa.concat_tables(part.figures for part in parts)


def _different(receipt: Receipt) -> FigureError:
    return FigureError(
        Text(
            f"{receipt.dataset} {receipt.recorded}: de råa svaren ger i dag andra siffror än de som sparades.",
            f"{receipt.dataset} {receipt.recorded}: the raw replies give other figures today than those recorded.",
        ),
        meaning=Text(
            "De sparade siffrorna gäller; sättet att läsa svaren har ändrats sedan dess.",
            "The recorded figures stand; the way replies are read has changed since.",
        ),
        remedy=Text(
            "Jämför versionerna av Vägvisare; rapportera det.", "Compare the versions of Vägvisare; report it."
        ),
    )
