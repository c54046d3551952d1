"""A vintage: one table of figures as it stood on the day it was recorded. It never changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

import pyarrow as pa

from vagvisare.sources.contract import Receipt, Table
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import COLUMNS, Samples, Sampling
from vagvisare.terms.series import Panel

KnownFrom = Callable[[Period], date]
"""A producer's release rule: from which day a period's figure is taken as known."""

SCHEMA = pa.schema(
    [
        ("dataset", pa.string()),
        ("recorded", pa.date32()),
        ("sha256", pa.string()),
        ("territory", pa.string()),
        ("start", pa.int16()),
        ("end", pa.int16()),
        ("sex", pa.string()),
        ("background", pa.string()),
        ("value", pa.float64()),
        *((name, pa.float64()) for name in COLUMNS),
    ]
)
"""The columns of every vintage: which table, recorded when, and one figure a row with what is said of its certainty.

Vintages recorded before the columns about certainty existed have none of them, and read as if nothing were said.
"""

_NOTHING_SAID = Sampling()


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
    """Everything known on one day: series by data set, the vintage each came from, and what is said of certainty."""

    as_of: date
    panel: Panel
    chosen: Mapping[str, Chosen]
    samples: Samples = field(default_factory=dict)


def to_arrow(table: Table) -> pa.Table:
    """Return the figures of ``table`` as Arrow, with the vintage's identity on every row."""
    cells, receipt = table.cells, table.receipt
    count = len(cells)
    return pa.table(
        [
            [receipt.dataset] * count,
            [receipt.recorded] * count,
            [receipt.sha256] * count,
            [cell.territory for cell in cells],
            [cell.period.start for cell in cells],
            [cell.period.end for cell in cells],
            [cell.sex for cell in cells],
            [cell.background for cell in cells],
            [cell.value for cell in cells],
            *_certainty(table),
        ],
        schema=SCHEMA,
    )


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
    """Read a receipt written by ``receipt_text``."""
    fields = json.loads(text)
    fields["recorded"] = date.fromisoformat(fields["recorded"])
    return Receipt(**fields)
