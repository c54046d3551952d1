"""A vintage: one table of figures as it stood on the day it was recorded. It never changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

import pyarrow as pa

from vagvisare.observations.canonical import Canonical
from vagvisare.sources.contract import FIGURES, Receipt, Table
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import COLUMNS, Samples, Sampling
from vagvisare.terms.series import Panel, SeriesKey

KnownFrom = Callable[[Period], date]
"""A producer's release rule: from which day a period's figure is taken as known."""

IDENTITY = pa.schema([("dataset", pa.string()), ("recorded", pa.date32()), ("sha256", pa.string())])
"""Which vintage a row belongs to."""

SCHEMA = pa.schema([*IDENTITY, *FIGURES])
"""The columns of every vintage: which table, recorded when, and one figure a row with what is said of it.

Vintages recorded before the columns about certainty and status existed have none of them, and read as if nothing were
said.
"""

PROVISIONAL = "P"
"""The status of a figure that its source will replace (CL_OBS_STATUS)."""

_NOTHING_SAID = Sampling()


@dataclass(frozen=True, slots=True)
class Vintage:
    """A table of figures on its way into the store, in the schema ``FIGURES``, with its receipt."""

    receipt: Receipt
    figures: pa.Table


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which vintage answers for a data set on a day.

    ``reconstructed`` is True when no vintage had been recorded by then, so that the release rule stood in.
    ``unknowable`` is True when there is no release rule either: then nothing of the data set is taken as known.
    """

    receipt: Receipt
    reconstructed: bool
    unknowable: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything known on one day: series by data set, the vintage each came from, and what is said of certainty.

    ``preliminary`` are the figures that their source itself calls provisional.
    """

    as_of: date
    panel: Panel
    chosen: Mapping[str, Chosen]
    samples: Samples = field(default_factory=dict)
    preliminary: frozenset[tuple[SeriesKey, Period]] = frozenset()


def checksum(figures: pa.Table) -> str:
    """Return the sha256 of figures in one order and one form, so that equal figures have equal checksums anywhere.

    The order of rows and how Arrow holds them do not matter; one changed figure, mark or null does.

    Raises:
        ValueError: when a column of ``FIGURES`` is missing.
    """
    return Canonical(figures).sha256()


def to_arrow(table: Table) -> pa.Table:
    """Return the figures of ``table`` as Arrow, with the vintage's identity on every row."""
    return identified(table.receipt, to_figures(table))


def to_figures(table: Table) -> pa.Table:
    """Return the figures of ``table`` in the schema ``FIGURES``; nothing is said of their status."""
    cells = table.cells
    return pa.table(
        [
            [cell.territory for cell in cells],
            [cell.period.start for cell in cells],
            [cell.period.end for cell in cells],
            [cell.sex for cell in cells],
            [cell.background for cell in cells],
            [cell.value for cell in cells],
            *_certainty(table),
            pa.repeat("", len(cells)),
        ],
        schema=FIGURES,
    )


def identified(receipt: Receipt, figures: pa.Table) -> pa.Table:
    """Put the vintage's identity on every row of its figures; the figures themselves are not copied."""
    said = (receipt.dataset, receipt.recorded, receipt.sha256)
    own = [pa.repeat(pa.scalar(each, field.type), figures.num_rows) for each, field in zip(said, IDENTITY, strict=True)]
    return pa.table([*own, *figures.columns], schema=SCHEMA)


def _certainty(table: Table) -> list[pa.Array | list[float | None]]:
    """Return the columns about certainty, empty ones quickly: few tables say anything of it."""
    if not any(cell.sampling for cell in table.cells):
        return [pa.nulls(len(table.cells), pa.float64()) for _ in COLUMNS]
    rows = [(cell.sampling or _NOTHING_SAID).fields() for cell in table.cells]
    return [[row[place] for row in rows] for place in range(len(COLUMNS))]


def receipt_text(receipt: Receipt) -> str:
    """Return the receipt as JSON, keys in the order of the contract."""
    return json.dumps(asdict(receipt), ensure_ascii=False, indent=2, default=str) + "\n"


def receipt_from(text: str) -> Receipt:
    """Read a receipt written by ``receipt_text``.

    Raises:
        KeyError, TypeError, ValueError: when it is none.
    """
    fields = json.loads(text)
    fields["recorded"] = date.fromisoformat(fields["recorded"])
    fields["replies"] = tuple(map(str, fields.get("replies", ())))
    return Receipt(**fields)
