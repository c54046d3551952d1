"""The contract of every source: a table of cells, and a receipt that says where they came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

import pyarrow as pa

from vagvisare.sources.query import Query
from vagvisare.sources.wire import Wire
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import COLUMNS, Sampling


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

    Fetched figures also tell by which ``source``, at which moment (``fetched``, ISO 8601 in UTC), the source's own
    stamp of the edition (``updated``), a checksum of the ``query``, the checksums of the raw ``replies`` they were read
    from, of the table's ``shape`` as the source described it and of the list of ``calls`` by which they can be read
    anew; and, where a check had stopped them, who ``confirmed_by`` and ``confirmed_why``.
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
    source: str = ""
    fetched: str = ""
    updated: str = ""
    query: str = ""
    replies: tuple[str, ...] = ()
    shape: str = ""
    calls: str = ""
    confirmed_by: str = ""
    confirmed_why: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What a source returns: cells in order of territory, sex, background and period, with their receipt."""

    receipt: Receipt
    cells: tuple[Cell, ...]


FIGURES = pa.schema(
    [
        ("territory", pa.string()),
        ("start", pa.int16()),
        ("end", pa.int16()),
        ("sex", pa.string()),
        ("background", pa.string()),
        ("value", pa.float64()),
        *((name, pa.float64()) for name in COLUMNS),
        ("status", pa.string()),
    ]
)
"""Figures as a source delivers them, many at a time: one row a figure, in no particular order.

``value`` is null where the source says that there is a cell but no figure. ``status`` is what the source says of it, in
SDMX's code list CL_OBS_STATUS: "" (nothing said), P provisional, E estimated, B break, M missing, Q suppressed, L not
collected, and U low reliability. ``sex`` is T, K or M; ``background`` "" for everybody.
"""


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension as the source describes it: its code, its label, and code and label of each category."""

    code: str
    label: str
    categories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as its source describes it: what alarms compare from one fetch to the next.

    ``updated`` is the source's own stamp of the edition, and the key of a vintage; "" where it has none.
    ``next_release`` is when the source says that new figures come. ``definition`` is its own text.
    """

    table: str
    title: str
    definition: str = ""
    unit: str = ""
    updated: str = ""
    next_release: date | None = None
    discontinued: bool = False
    axes: tuple[Axis, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """An answer to a query: the figures, the table's shape, and checksums of the raw replies (kept by the wire)."""

    figures: pa.Table
    shape: Shape
    replies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A query about to be put: for which data set, and what is already had.

    ``updated`` is the stamp of the last good vintage ("" when there is none), ``checked`` the day the source last said
    that nothing was new.
    """

    dataset: str
    query: Query
    updated: str = ""
    checked: date | None = None


class NewsState(StrEnum):
    """What a source says when asked whether anything is new."""

    NEW = "new"
    SAME = "same"
    GONE = "gone"
    """The table or KPI is no longer there, or has been closed."""
    UNKNOWN = "unknown"
    """The source cannot tell; it must be fetched to know."""


@dataclass(frozen=True, slots=True)
class News:
    """Whether anything is new, with the shape where the source gave it in the same breath."""

    state: NewsState
    shape: Shape | None = None


_GRAVITY = (NewsState.SAME, NewsState.UNKNOWN, NewsState.NEW, NewsState.GONE)


def note_news(found: dict[str, News], dataset: str, news: News) -> None:
    """Note an answer about a data set; of several, the more alarming is kept."""
    known = found.get(dataset)
    if known is None or _GRAVITY.index(news.state) > _GRAVITY.index(known.state):
        found[dataset] = news


@dataclass(frozen=True, slots=True)
class Found:
    """Something a search came upon: enough to choose by, and to write a definition from."""

    source: str
    table: str
    title: str
    first: str = ""
    last: str = ""
    next_release: date | None = None
    note: str = ""


class Client(Protocol):
    """Speaks one kind of interface. Holds no state between calls; everything goes through the wire it is given."""

    kind: str

    def news(self, asks: Sequence[Ask], wire: Wire) -> Mapping[str, News]:
        """Return, by data set, whether anything is new: many asks in as few calls as the interface allows.

        Two asks of one data set are two entries of the same key: the more alarming answer is kept
        (gone > new > unknown > same).

        Raises:
            SourceError: when the source does not answer as it should.
        """

    def fetch(self, ask: Ask, wire: Wire) -> Delivery:
        """Return every figure the query asks for.

        Raises:
            SourceError: when the source does not answer as it should; nothing half-read is returned.
        """

    def shape(self, table: str, wire: Wire) -> Shape:
        """Return how the source describes a table.

        Raises:
            SourceError: when there is no such table, or the source does not answer as it should.
        """

    def find(self, words: str, wire: Wire, limit: int = 20) -> Iterable[Found]:
        """Search the source's own catalogue, best first; nothing where it has no search.

        Raises:
            SourceError: when the source does not answer as it should.
        """


@dataclass(frozen=True, slots=True)
class Source:
    """A source by name: which interface it speaks, where, and how often it may be asked."""

    name: str
    title: str
    client: Client
    url: str
    calls: int
    seconds: float
    licence: str = ""
