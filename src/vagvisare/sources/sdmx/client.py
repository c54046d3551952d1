"""The client of SDMX 2.1 REST services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

import numpy as np
import pyarrow as pa

from vagvisare.sources.arrange import Long, arrange
from vagvisare.sources.bounds import WHOLE, Bounds, bounds_of, is_expression
from vagvisare.sources.contract import Ask, Delivery, Found, News, NewsState, Shape
from vagvisare.sources.query import Dimension, Query, Role, Scheme
from vagvisare.sources.sdmx import table as tables
from vagvisare.sources.sdmx.structure import Flow, Structure, flows, structure
from vagvisare.sources.sdmx.wording import ambiguous, no_codes, no_dimension, no_expression, no_figures
from vagvisare.sources.territories import expand
from vagvisare.sources.wire import Reply, Wire

_STRUCTURE = "application/vnd.sdmx.structure+xml;version=2.1, application/xml;q=0.5"
_FIGURES = "application/vnd.sdmx.data+csv, application/vnd.sdmx.structurespecificdata+xml;version=2.1;q=0.5"
_ANY_XML = "application/vnd.sdmx.structurespecificdata+xml;version=2.1, application/xml;q=0.5"
_NONE_FOUND, _NOT_IN_THAT_FORM = 404, 406
_MOST_FLOWS = 100_000


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of a dataflow: the wanted codes of each dimension in the order of the key (None: all), and when."""

    wanted: tuple[tuple[str, ...] | None, ...]
    bounds: Bounds

    @property
    def key(self) -> str:
        """The key as SDMX writes it: dimensions with points between, codes with plus signs."""
        if all(codes is None for codes in self.wanted):
            return "all"
        return ".".join("+".join(quote(code, safe="") for code in codes or ()) for codes in self.wanted)

    @property
    def params(self) -> Mapping[str, str | int]:
        """The bounds in time as parameters; single periods are asked for as a span and picked out afterwards.

        The latest periods are picked out too: a source may refuse to look for last observations (OECD restricts it).
        """
        since = self.bounds.since or min(self.bounds.codes, default="")
        until = self.bounds.until or max(self.bounds.codes, default="")
        given: dict[str, str | int] = {"dimensionAtObservation": "AllDimensions"}
        given |= {"startPeriod": since} if since else {}
        return given | ({"endPeriod": until} if until else {})


class Sdmx:
    """Figures from OECD and others over SDMX.

    A query's ``table`` is ``AGENCY,FLOW,VERSION``; its dimensions are named as in the data structure (``REF_AREA``,
    ``TIME_PERIOD``). Territories are NUTS codes unless the dimension says otherwise; OECD's small regions (TL3) are the
    counties under the same codes, and the nation is SWE there.
    """

    kind = "sdmx"

    def news(self, asks: Sequence[Ask], wire: Wire) -> Mapping[str, News]:  # noqa: ARG002 the contract
        """Return that the source cannot tell: SDMX has no stamp of when figures last changed."""
        return {ask.dataset: News(NewsState.UNKNOWN) for ask in asks}

    def fetch(self, ask: Ask, wire: Wire) -> Delivery:
        """Return every figure the query asks for.

        Raises:
            SourceError: when the source does not answer as it should, has no figures of what was asked for, or sdmx1 is
                not installed.
        """
        flow = Flow.of(ask.query.table)
        about = _described(flow, wire, kept=True)
        described = structure(about, flow)
        question = _question(ask.query, described, flow)
        reply = _figures(flow, question, wire)
        long = _wanted(tables.read(reply, described), question, described)
        if not len(long.values):
            raise no_figures(flow.name)
        _held(ask.query, long, flow)
        figures = arrange(ask.query, long, scheme=Scheme.NUTS, address=reply.url)
        shape = replace(_shape(flow, described, question), unit=_unit(long))
        return Delivery(figures, shape, (about.sha256, reply.sha256))

    def shape(self, table: str, wire: Wire) -> Shape:
        """Return how the source describes a dataflow: every dimension with every code of its list.

        Raises:
            SourceError: when there is no such dataflow, the source does not answer as it should, or sdmx1 is not
                installed.
        """
        flow = Flow.of(table)
        described = structure(_described(flow, wire, kept=False), flow)
        return _shape(flow, described, _Question(tuple(None for _ in described.axes), WHOLE))

    def find(self, words: str, wire: Wire, limit: int = 20) -> Iterable[Found]:
        """Search the names and ids of the source's dataflows: those that have every word, shortest name first.

        Raises:
            SourceError: when the source does not answer as it should, or sdmx1 is not installed.
        """
        wanted = words.casefold().split()
        if not wanted:
            return []
        reply = wire.get("dataflow/all/all/latest", {"detail": "allstubs"}, accept=_STRUCTURE)
        hits = [
            found
            for found in list(flows(reply))[:_MOST_FLOWS]
            if all(word in f"{found.table} {found.title}".casefold() for word in wanted)
        ]
        return sorted(hits, key=lambda found: (len(found.title), found.table))[:limit]


def _described(flow: Flow, wire: Wire, *, kept: bool) -> Reply:
    return wire.get(flow.address, {"references": "descendants"}, kept=kept, accept=_STRUCTURE)


def _figures(flow: Flow, question: _Question, wire: Wire) -> Reply:
    """Ask for figures as SDMX-CSV, or SDMX-ML from a source without it.

    Raises:
        SourceError: when there are none. The dataflow has just been described, so that is what 404 means here.
    """
    address = f"data/{flow.name}/{question.key}"
    accepted = frozenset({_NONE_FOUND, _NOT_IN_THAT_FORM})
    reply = wire.get(address, question.params, kept=True, accept=_FIGURES, accept_status=accepted)
    if reply.status == _NOT_IN_THAT_FORM:
        reply = wire.get(address, question.params, kept=True, accept=_ANY_XML, accept_status=frozenset({_NONE_FOUND}))
    if reply.status == _NONE_FOUND:
        raise no_figures(flow.name)
    return reply


def _question(query: Query, described: Structure, flow: Flow) -> _Question:
    """Return the question in the order of the structure.

    Raises:
        RefusedError: when the query names a dimension or a code that the structure does not have.
        UnknownError: when a word for territories is not one.
    """
    known = [axis.code for axis in described.axes]
    for dimension in query.dimensions:
        if dimension.code not in (*known, described.time):
            raise no_dimension(flow.name, dimension.code, [*known, described.time])
    asked = {dimension.code: dimension for dimension in query.dimensions}
    wanted = []
    for axis in described.axes:
        codes = [code for code, _ in axis.categories]
        wanted.append(_codes(asked.get(axis.code), axis.code, codes, flow))
    time = asked.get(described.time)
    try:
        return _Question(tuple(wanted), bounds_of(time) if time else WHOLE)
    except ValueError as error:
        raise no_expression(flow.name, str(error)) from None


def _codes(dimension: Dimension | None, name: str, known: Sequence[str], flow: Flow) -> tuple[str, ...] | None:
    """Return the wanted codes of a dimension; None for all of them."""
    if dimension is None or not dimension.values or "*" in dimension.values:
        return None
    place = dimension.role is Role.TERRITORY
    codes = expand(dimension.values, dimension.scheme or Scheme.NUTS) if place else dimension.values
    if any(is_expression(code) for code in codes):
        raise no_expression(flow.name, next(code for code in codes if is_expression(code)))
    listed = set(known)
    if place and "SE" not in listed and "SWE" in listed:
        codes = tuple("SWE" if code == "SE" else code for code in codes)
    lost = [code for code in codes if listed and code not in listed]
    if lost:
        raise no_codes(flow.name, name, lost, known)
    return tuple(dict.fromkeys(codes))


def _wanted(long: Long, question: _Question, described: Structure) -> Long:
    """Leave out what was not asked for: a source may give more than it was asked."""
    rows = np.ones(len(long.values), bool)
    for axis, codes in zip(described.axes, question.wanted, strict=True):
        if codes is not None:
            rows &= _among(long.codes[axis.code], set(codes))
    time = long.codes[described.time]
    rows &= _among(time, question.bounds.within(tables.codes_of(time)))
    return tables.filtered(long, pa.array(rows))


def _among(column: pa.DictionaryArray, codes: Iterable[str]) -> np.ndarray:
    wanted = set(codes)
    listed = np.array([code in wanted for code in column.dictionary.to_pylist()] or [False])
    return listed[column.indices.to_numpy(zero_copy_only=False)] if len(column) else np.empty(0, bool)


def _held(query: Query, long: Long, flow: Flow) -> None:
    """Refuse a dimension of several codes that the query does not speak of, or holds at one.

    So too figures of several units: a thousand and a million would stand side by side.
    """
    roles = {dimension.code: dimension.role for dimension in query.dimensions}
    for name, column in long.codes.items():
        codes = [code for code in tables.codes_of(column) if code or name not in tables.UNITS]
        if len(codes) > 1 and roles.get(name, Role.FIXED) is Role.FIXED:
            raise ambiguous(flow.name, name, codes)


def _unit(long: Long) -> str:
    """Return the unit as the source gives it beside the figures, so that a change of it is seen."""
    given = {name: tables.codes_of(long.codes[name]) for name in tables.UNITS if name in long.codes}
    return ", ".join(f"{name} {code}" for name, codes in given.items() for code in codes if code)


def _shape(flow: Flow, described: Structure, question: _Question) -> Shape:
    """Return the dataflow's own description, each dimension with the codes that were asked for."""
    axes = tuple(
        axis if codes is None else replace(axis, categories=tuple(pair for pair in axis.categories if pair[0] in codes))
        for axis, codes in zip(described.axes, question.wanted, strict=True)
    )
    return Shape(flow.name, described.title, definition=described.description, axes=axes)
