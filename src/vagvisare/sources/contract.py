"""The contract of every source: a table of cells, and a receipt that says where they came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vagvisare.terms.period import Period
from vagvisare.terms.sampling import Sampling


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One figure: what, where, when, whom. ``sex`` is T, K or M; ``background`` is empty for everybody.

    ``sampling`` is what the producer says of its certainty; None when nothing.
    """

    territory: str
    period: Period
    sex: str
    background: str
    value: float
    sampling: Sampling | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a table of figures came from, and how to know that it has not changed.

    ``source_id`` is the producer's own table or KPI id. ``recorded`` is the day these figures were written down
    here (from that day on, what we knew is exact; before it, reconstructed). ``read_from`` names what was read when
    it was not the producer's own service. ``typical_release`` is the producer's rhythm in words. ``sha256`` is over the
    file's bytes. ``note_en`` and ``licence_en`` are our English of ``note`` and of a licence stated in Swedish.
    """

    dataset: str
    title: str
    producer: str
    source_id: str
    licence: str
    unit: str
    recorded: date
    read_from: str
    typical_release: str
    rows: int
    sha256: str
    note: str = ""
    note_en: str = ""
    licence_en: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What a source returns: cells in order of territory, sex, background and period, with their receipt."""

    receipt: Receipt
    cells: tuple[Cell, ...]
