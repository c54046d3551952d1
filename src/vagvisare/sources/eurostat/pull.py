"""From Eurostat's answers to one delivery: by small questions to API Statistics, or from the whole table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.sources.arrange import Long, arrange
from vagvisare.sources.contract import Axis, Delivery, Shape
from vagvisare.sources.eurostat import asking, bulk
from vagvisare.sources.eurostat.asking import TIME, Question
from vagvisare.sources.eurostat.wording import ambiguous, later, missing, refused
from vagvisare.sources.jsonstat import EUROSTAT, Cube, joined, read
from vagvisare.sources.query import Query, Role, Scheme
from vagvisare.sources.wire import Reply, Wire
from vagvisare.terms.language import Text

_TOO_MUCH = frozenset({413, 416})
"""Eurostat's answers when a question is too large for API Statistics, or will be answered later."""

_SHORT = 20_000
"""Bytes within which a message in place of data fits."""

_SILENT = ("", "M")
"""Statuses that say no more than that there is no figure."""


class TooMuchError(Exception):
    """A question too large for API Statistics; never shown."""


def by_pieces(
    query: Query, question: Question, parts: Sequence[Question], wire: Wire, *, anew: bool
) -> Delivery | None:
    """Ask API Statistics piece by piece; None when the table was updated on the way.

    Raises:
        TooMuchError: when a piece is still too large.
        SourceError: when Eurostat does not answer as it should.
    """
    answers = [_asked(part, wire, anew=anew) for part in parts]
    cubes = [cube for cube, _ in answers]
    if len({(cube.updated, tuple(axis.code for axis in cube.axes)) for cube in cubes}) > 1:
        return None
    shape = shape_of(question.dataset, cubes)
    _every_code(query, question, {axis.code: tuple(code for code, _ in axis.categories) for axis in shape.axes})
    longs = [_told(cube.figures) for cube in cubes if cube.figures is not None]
    return _arranged(query, question, longs, shape, [reply for _, reply in answers])


def from_bulk(query: Query, question: Question, wire: Wire, *, anew: bool) -> Delivery | None:
    """Read what is wanted from the whole table; None when it was updated on the way.

    The file tells neither its stamp nor any label: a small question before it does, and once more after it.

    Raises:
        SourceError: when Eurostat does not answer as it should, or only later.
    """
    small = asking.sample(question)
    name = question.dataset.upper() if anew else question.dataset
    try:
        before, first = _asked(small, wire, anew=anew)
        reply = _whole_table(name, wire)
        after = read(statistics(small, wire, kept=False), EUROSTAT)
    except TooMuchError:
        raise later(question.dataset) from None
    if after.updated != before.updated:
        return None
    table = bulk.read(reply.body, question, reply.url)
    _every_code(query, question, table.seen)
    axes = tuple(_with_codes(axis, question, table.seen.get(axis.code, ())) for axis in before.axes)
    shape = replace(shape_of(question.dataset, [before]), axes=axes)
    return _arranged(query, question, [table.long], shape, [first, reply])


def statistics(question: Question, wire: Wire, *, kept: bool, anew: bool = False) -> Reply:
    """Ask API Statistics.

    Raises:
        TooMuchError: when it will not answer so large a question at once.
        SourceError: when it does not answer as it should.
    """
    address = question.address(anew=anew)
    reply = wire.get(address, kept=kept, accept_status=_TOO_MUCH)
    if kept and _is_promise(reply):
        # It may have been remembered from an interrupted fetch: the answer can be ready by now.
        reply = wire.get(address, accept_status=_TOO_MUCH)
    if reply.status in _TOO_MUCH or _is_promise(reply):
        raise TooMuchError
    return reply


def _whole_table(name: str, wire: Wire) -> Reply:
    address, asked = f"sdmx/2.1/data/{name}", {"format": "TSV", "compressed": "true"}
    reply = wire.get(address, asked, kept=True, accept="*/*", accept_status=_TOO_MUCH)
    if _is_promise(reply):
        reply = wire.get(address, asked, accept="*/*", accept_status=_TOO_MUCH)
    if reply.status in _TOO_MUCH or _is_promise(reply):
        raise TooMuchError
    return reply


def shape_of(dataset: str, cubes: Sequence[Cube]) -> Shape:
    """Return how Eurostat describes a data set, from one or several answers about it."""
    first = cubes[0]
    axes = []
    for axis in first.axes:
        every: dict[str, str] = {}
        for cube in cubes:
            own = cube.axis(axis.code)
            every.update(own.categories if own else ())
        axes.append(replace(axis, categories=tuple(every.items())))
    units = next((axis.categories for axis in axes if axis.code == "unit"), ())
    unit = units[0][1] if len(units) == 1 else ""
    return Shape(dataset, first.label, unit=unit, updated=first.updated, axes=tuple(axes))


def _asked(question: Question, wire: Wire, *, anew: bool) -> tuple[Cube, Reply]:
    reply = statistics(question, wire, kept=True, anew=anew)
    return read(reply, EUROSTAT), reply


def _is_promise(reply: Reply) -> bool:
    """Tell whether a reply is no answer but Eurostat's word, in JSON or XML, that one will be prepared."""
    start = reply.body[:512].lstrip()
    if start.startswith(b"<"):
        return True
    if reply.status in _TOO_MUCH or len(reply.body) > _SHORT or not start.startswith(b"{"):
        return False
    try:
        said = orjson.loads(reply.body)
    except orjson.JSONDecodeError:
        return False
    return "warning" in said and "dimension" not in said


def _arranged(
    query: Query, question: Question, longs: Sequence[Long], shape: Shape, replies: Sequence[Reply]
) -> Delivery:
    long, name = joined(longs), asking.named_alike(query)
    if not len(long.values):
        raise refused(
            question.dataset,
            Text("Det finns inga siffror för det som frågades.", "There are no figures of what was asked for."),
            Text("Jämför koderna i definitionen med tabellen.", "Compare the codes of the definition with the table."),
        )
    long = replace(long, codes={name(code): column for code, column in long.codes.items()})
    figures = arrange(query, long, scheme=Scheme.NUTS, address=replies[-1].url)
    return Delivery(figures, shape, tuple(reply.sha256 for reply in replies))


def _told(long: Long) -> Long:
    """Leave out cells without a figure unless the source says why, as the bulk files do."""
    if long.status is None:
        kept = long.values.is_valid()
    else:
        silent = pc.is_in(long.status.cast("string"), value_set=pa.array(_SILENT))
        kept = pc.or_(long.values.is_valid(), pc.invert(silent))
    if pc.all(kept).as_py():
        return long
    status = None if long.status is None else long.status.filter(kept)
    return Long({code: column.filter(kept) for code, column in long.codes.items()}, long.values.filter(kept), status)


def _every_code(query: Query, question: Question, seen: Mapping[str, Sequence[str]]) -> None:
    """Refuse a code that the table does not have, and a dimension of several codes that the query says nothing of.

    Eurostat answers an unknown code with an empty table and no word of it. Territories and years without figures are
    the checks' matter.
    """
    roles = {dimension.code: dimension.role for dimension in query.dimensions}
    for code, own in seen.items():
        several = len(set(own) & (question.wants(code) or set(own))) > 1
        if several and code != TIME and roles.get(code, Role.FIXED) is Role.FIXED:
            raise ambiguous(question.dataset, code, own)
    for dimension in query.dimensions:
        wanted = question.wants(dimension.code)
        if wanted is None or dimension.role in {Role.TERRITORY, Role.PERIOD}:
            continue
        if dimension.code not in seen:
            raise missing(question.dataset, dimension.code, "", tuple(seen))
        lost = sorted(wanted - set(seen[dimension.code]))
        if lost:
            raise missing(question.dataset, dimension.code, ", ".join(lost), seen[dimension.code])


def _with_codes(axis: Axis, question: Question, codes: Sequence[str]) -> Axis:
    """Return a dimension with every wanted code of the whole table, labelled where a label is known."""
    labels, wanted = dict(axis.categories), question.wants(axis.code)
    if axis.code == TIME:
        wanted = question.periods(codes)
    kept = [code for code in codes if wanted is None or code in wanted]
    return replace(axis, categories=tuple((code, labels.get(code, code)) for code in kept))
