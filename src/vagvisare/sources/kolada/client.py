"""The client of Kolada's interface, version 3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from vagvisare.sources.arrange import Long, arrange
from vagvisare.sources.contract import FIGURES, Ask, Delivery, Found, News, NewsState, Shape, note_news
from vagvisare.sources.errors import LimitedError, RefusedError, UnreachableError
from vagvisare.sources.kolada import catalogue
from vagvisare.sources.kolada.changes import changed_pairs
from vagvisare.sources.kolada.columns import Columns
from vagvisare.sources.kolada.data import opened
from vagvisare.sources.kolada.description import Described, all_described, described, shape_of
from vagvisare.sources.kolada.pages import PER_PAGE, Opened, turned
from vagvisare.sources.kolada.question import (
    GENDER,
    GENDERS,
    KPI,
    UNIT,
    YEAR,
    Question,
    Segment,
    kpi_ids,
    question,
)
from vagvisare.sources.query import Scheme
from vagvisare.sources.wire import Reply, Wire
from vagvisare.terms.language import Text
from vagvisare.terms.sampling import COLUMNS

AT_ONCE = 4
"""Segments asked for at the same time; the wire holds the pace."""

_FIND_MOST = 25_000


class Kolada:
    """Key figures of municipalities and regions; source: RKA, https://www.kolada.se.

    A query's ``table`` is one KPI id or several with commas between; its dimensions are ``kpi``, ``municipality``,
    ``year`` and ``gender``. Values of groups of units are unweighted means: they are given only when the group itself
    was asked for (its id begins with G), never as the figure of a place. Women and men are given wherever Kolada has
    them, whatever the KPI's description says, and the total stays beside them.
    """

    kind = "kolada"

    def news(self, asks: Sequence[Ask], wire: Wire) -> Mapping[str, News]:
        """Return what is new: whether each KPI is there, and whether any figure asked for has changed since last.

        An ask that was never checked is new, one that cannot be put to Kolada unknown. Changes are read from Kolada's
        own feed (``from_date``), a day further back than the oldest check of the segment, which can only make something
        unchanged look new, never the reverse.

        Raises:
            SourceError: when Kolada does not answer as it should.
        """
        found: dict[str, News] = {}
        questions: list[tuple[Ask, Question]] = []
        for ask in asks:
            try:
                questions.append((ask, question(ask.query)))
            except RefusedError:
                # Its own fetch says what is wrong with it; the others must not wait for that.
                found[ask.dataset] = News(NewsState.UNKNOWN)
        known = described(list(dict.fromkeys(kpi for _, own in questions for kpi in own.kpis)), wire)
        there = [(ask, own) for ask, own in questions if all(kpi in known for kpi in own.kpis)]
        changed = changed_pairs([(ask.checked, own) for ask, own in there if ask.checked], wire)
        for ask, own in questions:
            if any(kpi not in known for kpi in own.kpis):
                news = News(NewsState.GONE)
            else:
                same = ask.checked is not None and changed.isdisjoint((k, u) for k in own.kpis for u in own.units)
                news = News(NewsState.SAME if same else NewsState.NEW, shape_of(ask.query.table, own.kpis, known))
            note_news(found, ask.dataset, news)
        return found

    def fetch(self, ask: Ask, wire: Wire) -> Delivery:
        """Return every figure asked for, in segments of at most 25 KPIs × 25 units, several at a time.

        Raises:
            GoneError: when a KPI is not there.
            RefusedError: when the query is none Kolada can answer, or only unweighted means of groups came.
            SourceError: when Kolada does not answer as it should.
        """
        own = question(ask.query)
        shape = self.shape(ask.query.table, wire)
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="kolada") as pool:
            waiting = [pool.submit(_fetched, segment, own, wire) for segment in own.segments()]
            try:
                parts = [each.result() for each in waiting]
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise
        figures = pa.concat_tables([part.figures for part in parts])
        if not figures.num_rows and any(part.means for part in parts):
            raise _means_only(ask.query.table)
        return Delivery(figures, shape, tuple(sha for part in parts for sha in part.replies))

    def shape(self, table: str, wire: Wire) -> Shape:
        """Return how Kolada describes a KPI, or several.

        Raises:
            GoneError: when a KPI is not there.
            SourceError: when Kolada does not answer as it should.
        """
        kpis = kpi_ids(table)
        return shape_of(table, kpis, described(kpis, wire))

    def find(self, words: str, wire: Wire, limit: int = 20) -> Iterable[Found]:
        """Search Kolada's KPIs and the bundled catalogue, best first; the catalogue alone when Kolada is out of reach.

        Kolada looks for one piece of a title, so it is asked for the longest word and the rest is done here.

        Raises:
            SourceError: when Kolada answers, but not as it should.
        """
        try:
            live = [_entry(kpi) for kpi in _titled(catalogue.longest_stem(words), wire)]
        except (UnreachableError, LimitedError):
            live = []
        return catalogue.search(words, limit, live)


@dataclass(frozen=True, slots=True)
class _Part:
    """What a segment gave: figures, checksums of its replies, and how many unweighted means were left out."""

    figures: pa.Table
    replies: tuple[str, ...]
    means: int


def _fetched(segment: Segment, own: Question, wire: Wire) -> _Part:
    pages: list[Columns] = []
    replies: list[str] = []
    means = 0

    def open_page(reply: Reply) -> Opened[Columns]:
        return opened(reply, segment)

    for reply, every in turned(wire, segment.address, {"page": 1, "per_page": PER_PAGE}, open_page, kept=True):
        replies.append(reply.sha256)
        columns, left_out = _wanted(every, segment, own)
        means += left_out
        if len(columns):
            pages.append(columns)
    figures = _without_empty(arrange(own.query, _long(pages, segment), scheme=Scheme.KOLADA, address=segment.address))
    return _Part(figures, tuple(replies), means)


def _wanted(columns: Columns, segment: Segment, own: Question) -> tuple[Columns, int]:
    """Keep figures that stand, of the years and sexes asked for; count the means of groups that pose as a place."""
    keep = ~columns.deleted
    if len(own.genders) < len(GENDERS):
        keep &= np.isin(columns.gender, [place for place, name in enumerate(GENDERS) if name in own.genders])
    if own.spans and not segment.years:
        years = np.unique(columns.year)
        keep &= np.isin(columns.year, [year for year in years if own.wants(int(year))])
    groups = [place for place, unit in enumerate(segment.units) if unit.startswith("G")]
    means = keep & (columns.count > 1) & ~np.isin(columns.unit, groups)
    keep &= ~means
    if keep.all():
        return columns, 0
    status = None if columns.status is None else [s for s, kept in zip(columns.status, keep, strict=True) if kept]
    names = ("kpi", "unit", "year", "gender", "value", "count", "deleted")
    return Columns(**{name: getattr(columns, name)[keep] for name in names}, status=status), int(means.sum())


def _long(pages: list[Columns], segment: Segment) -> Long:
    """Put the pages of a segment together as columns of codes."""

    def joined(name: str) -> np.ndarray:
        parts = [getattr(page, name) for page in pages]
        return np.concatenate(parts) if parts else np.empty(0, np.int32)

    # Years are few and small: their places are looked up, not sorted out.
    each = joined("year")
    years = np.flatnonzero(np.bincount(each))
    place = np.searchsorted(years, np.arange(int(years.max(initial=0)) + 1))[each]
    codes = {
        KPI: _coded(joined("kpi"), segment.kpis),
        UNIT: _coded(joined("unit"), segment.units),
        YEAR: _coded(place, [str(year) for year in years]),
        GENDER: _coded(joined("gender"), GENDERS),
    }
    status = None
    if any(page.status for page in pages):
        said = [word for page in pages for word in (page.status or [""] * len(page))]
        status = pa.array(said, pa.string()).dictionary_encode()
    return Long(codes, pa.array(joined("value").astype(np.float64, copy=False), from_pandas=True), status)


def _coded(index: np.ndarray, names: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int32)), pa.array(list(names), pa.string()))


def _without_empty(figures: pa.Table) -> pa.Table:
    """Let the columns about certainty that say nothing share one array: they weigh more than the figures otherwise."""
    nothing = pa.nulls(figures.num_rows, pa.float64())
    for name in COLUMNS:
        if figures.column(name).null_count == figures.num_rows:
            figures = figures.set_column(figures.schema.get_field_index(name), FIGURES.field(name), nothing)
    return figures


def _titled(piece: str, wire: Wire) -> list[Described]:
    """Return KPIs with a piece of text in the title, as Kolada finds them."""
    found: list[Described] = []
    if not piece:
        return found
    for _, some in turned(wire, KPI, {"title": piece, "per_page": PER_PAGE}, all_described, kept=False):
        found += some
        if len(found) > _FIND_MOST:
            break
    return found


def _entry(kpi: Described) -> catalogue.Entry:
    return catalogue.Entry(kpi.id, kpi.title, kpi.kind, kpi.area, kpi.releases)


def _means_only(table: str) -> RefusedError:
    return RefusedError(
        Text(
            f"Kolada har bara ovägda medelvärden för de enheter som frågan om ”{table}” gäller.",
            f"Kolada has only unweighted means for the units that “{table}” is asked for.",
        ),
        meaning=Text(
            "Ett ovägt medelvärde av flera kommuner är inte områdets egen siffra och tas inte in som en sådan.",
            "An unweighted mean of several municipalities is not the figure of the area, and is not taken in as one.",
        ),
        remedy=Text(
            "Fråga efter gruppen själv (dess id börjar med G) eller efter de enskilda kommunerna.",
            "Ask for the group itself (its id begins with G), or for the municipalities one by one.",
        ),
    )
