"""What is asked of a source, as text in the strategy folder: a data set, its queries, and what must hold of the answer.

Every source speaks of dimensions with codes (SDMX, JSON-stat, PxWeb) or can be read as if it did (Kolada: kpi,
municipality, year, gender; a sheet: columns and headings). A query names each dimension by the source's own code, says
which part it plays here (its role), and which of its codes are wanted. Codes are matched, never labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vagvisare.terms.language import Text
from vagvisare.terms.sampling import COLUMNS


class Role(StrEnum):
    """What a dimension of a source's table is to us."""

    TERRITORY = "territory"
    PERIOD = "period"
    SEX = "sex"
    BACKGROUND = "background"
    """Splits people or things; several such dimensions are joined with " / ". The code "" means everybody."""
    MEASURE = "measure"
    """Says what the number is; ``ours`` names it: value, low, high, se, n, count, or margin (half an interval)."""
    FIXED = "fixed"
    """Held at exactly one code; leaves no trace in the figures."""


MARGIN = "margin"
"""Half the width of the producer's 95 % interval; becomes ``low`` and ``high``."""
NUMBERS = ("value", *COLUMNS)
"""The columns of figures that hold numbers."""
MEASURES = (*NUMBERS, MARGIN)
"""What a measure dimension may name."""


class Scheme(StrEnum):
    """Whose codes a territory dimension uses."""

    OFFICIAL = "official"
    """SCB's: 00, 18, 1880; a longer text that begins with such a code ("18 Örebro län") is read by it."""
    KOLADA = "kolada"
    """0000, 0018, 1880."""
    NUTS = "nuts"
    """SE, SE124; which version holds depends on the year."""
    ISO = "iso"
    """Countries only: SE or SWE."""


class Yearly(StrEnum):
    """How months and quarters become a year; a year with any part missing gives no figure."""

    NONE = ""
    SUM = "sum"
    MEAN = "mean"


class Standing(StrEnum):
    """How far a definition has been checked."""

    TO_VERIFY = "to_verify"
    """Written from what is known of the source; first to be held against its live answer."""
    DOCUMENTATION = "documentation"
    """Table or KPI and its codes were read in the source's own published documentation or catalogue."""
    LIVE = "live"
    """The source has answered this very query."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of a source's table.

    ``values`` are the source's own codes, or expressions it understands (``*``, ``TOP(5)``, ``FROM(2010)``); for
    territories also the words ``@nation``, ``@counties`` and ``@municipalities:18``, written out as codes of ``scheme``
    before anything is asked. Empty: everything the source has. ``ours`` gives our code for each of ``values``, in the
    same order; empty: codes as they are (territories by ``scheme``, periods by their form). ``codelist``
    is the source's grouping of codes where the table has several.

    In a delivered sheet ``code`` is a column's heading or letter, ``row:3`` for codes that stand side by side in
    heading row 3, or ``cell:B2`` where one cell gives the code for the whole sheet. A dimension that the sheet lacks is
    taken as its only listed code, and the preview says so.
    """

    code: str
    role: Role = Role.FIXED
    values: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    codelist: str = ""
    scheme: Scheme | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a delivered sheet is laid out, so that it can be read as dimensions with codes.

    ``sheet`` is its name (empty: the first). ``header_rows`` are the rows, counted from 1, that head the columns:
    ``Dimension.code`` is then a column's heading, or ``row:3`` for a dimension whose codes stand side by side in
    heading row 3 (a wide table; merged headings reach over their columns). ``first_row`` is where figures begin (0: the
    row after the last heading) and ``last_row`` where they end (0: at the first wholly empty row). ``value`` heads the
    column of figures in a long table.
    ``decimal`` is the decimal mark. ``missing`` are the marks that stand for no figure, ``footnotes`` marks to strip
    after a figure. ``fill_down`` names columns where an empty cell means the same as above.
    """

    sheet: str = ""
    header_rows: tuple[int, ...] = (1,)
    first_row: int = 0
    last_row: int = 0
    value: str = ""
    decimal: str = ","
    missing: tuple[str, ...] = ("..", ".", "-", "–", "…", "x", "E/T")
    footnotes: tuple[str, ...] = ("*", "¹", "²", "³", "1)", "2)", "3)")
    fill_down: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """One question to one source.

    ``table`` is the source's own id: a PxWeb table (TAB5278) or path, a Kolada KPI, a Eurostat data set, an SDMX flow,
    a file name. ``scale`` multiplies every figure (1 000 where the source counts thousands).
    """

    table: str
    dimensions: tuple[Dimension, ...] = ()
    scale: float = 1.0
    yearly: Yearly = Yearly.NONE
    layout: Layout | None = None

    def by_role(self, role: Role) -> tuple[Dimension, ...]:
        """Return the dimensions that play ``role``, in order."""
        return tuple(dimension for dimension in self.dimensions if dimension.role is role)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must hold of every answer before it is believed.

    ``low`` and ``high`` bound what a figure can plausibly be, in the data set's unit. ``territories`` must all be there
    in the latest period (codes, or words as in ``Dimension.values``), ``sexes`` and ``backgrounds`` likewise. ``jump``
    is the largest credible change of one series from one period to the next (percentage points for shares, per cent for
    other units); None: twice the largest seen in its history. ``additive`` says that the source promises that
    municipalities make their county, counties riket, and women and men everybody.
    """

    low: float | None = None
    high: float | None = None
    territories: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    backgrounds: tuple[str, ...] = ()
    jump: float | None = None
    additive: bool = False


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set that is fetched: which source, which queries, and what is expected.

    ``key`` is the name that indicators and files of figures use. ``source`` names a known source (``scb``, ``kolada``).
    The figures are the union of what the ``queries`` give. ``producer`` and ``licence`` go on the receipt, in Swedish;
    ``reference`` says where table, KPI and codes were read. ``notes`` are open remarks for whoever verifies it live.
    """

    key: str
    source: str
    title: str
    producer: str
    unit: str
    queries: tuple[Query, ...]
    licence: str = ""
    licence_en: str = ""
    typical_release: str = ""
    standing: Standing = Standing.TO_VERIFY
    reference: str = ""
    expects: Expectation = Expectation()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a strategy folder or the environment changes about one source; 0 and "" leave it as it is.

    ``url`` is its base address (a mirror, a proxy, a test server); an address given here may lie in a private network.
    At most ``calls`` calls are made per ``seconds``.
    """

    url: str = ""
    calls: int = 0
    seconds: float = 0.0
