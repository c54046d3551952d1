"""PxWebApi 2: the interface of SCB's database and of a growing number of other authorities'.

Published description: https://github.com/PxTools/PxApiSpecs. Everything asked for is written out as codes against the
table's own description before it is asked, so that a code that is no longer there is an error with its name in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from vagvisare.sources import jsonstat
from vagvisare.sources.arrange import Long, arrange
from vagvisare.sources.contract import Ask, Delivery, Found, News, Shape
from vagvisare.sources.errors import GoneError, UnreadableError
from vagvisare.sources.pxweb import v2_news, v2_selection, v2_table
from vagvisare.sources.pxweb import v2_wording as wording
from vagvisare.sources.pxweb.v2_selection import Selection
from vagvisare.sources.pxweb.v2_table import Table
from vagvisare.sources.query import Query, Role
from vagvisare.sources.wire import Reply, Wire
from vagvisare.terms.language import Text

_FORMAT: Mapping[str, str] = {"lang": v2_table.LANGUAGE, "outputFormat": "json-stat2"}
_EXPLAINED = frozenset({400, 403})
"""How the interface says no: 400 with a Problem (too many cells too); the description gives 403 for too many cells."""

_ROUNDS = 2
"""A table that is updated while it is fetched in parts is fetched once more from the start."""


class _CrowdedError(Exception):
    """The source found a part too large although it kept within the limit."""


class PxWeb2:
    """Asks a server that speaks PxWebApi 2; its base address is what stands before ``/tables``, often ``…/api/v2``."""

    kind = "pxweb2"

    def news(self, asks: Sequence[Ask], wire: Wire) -> Mapping[str, News]:
        """Return, by data set, whether its table has another stamp than we have, or has been retired.

        Raises:
            SourceError: when the source does not answer as it should.
        """
        return v2_news.news(asks, wire)

    def find(self, words: str, wire: Wire, limit: int = 20) -> Iterable[Found]:
        """Search the source's tables; the name of the source is left for the caller to fill in.

        Raises:
            SourceError: when the source does not answer as it should.
        """
        return v2_news.find(words, wire, limit)

    def shape(self, table: str, wire: Wire) -> Shape:
        """Return how the source describes a table.

        Raises:
            GoneError: when there is no such table.
            SourceError: when the source does not answer as it should.
        """
        return v2_table.read(table, wire).shape

    def fetch(self, ask: Ask, wire: Wire) -> Delivery:
        """Return every figure the query asks for, all of one edition of the table.

        Raises:
            RefusedError: when the query does not fit the table (a code is gone, a dimension must be chosen, too much).
            GoneError: when there is no such table.
            SourceError: when the source does not answer as it should; nothing half-read is returned.
        """
        query = ask.query
        most = v2_table.most_cells(wire)
        table = v2_table.read(query.table, wire)
        for _ in range(_ROUNDS):
            cubes, replies = _fetched(query, table, most, wire)
            if len(cubes) == 1 and not v2_table.later(cubes[0].updated, table.shape.updated):
                now = table
            else:
                now = v2_table.read(query.table, wire)
            if now.shape.updated == table.shape.updated:
                figures = arrange(query, _long(cubes), address=f"{wire.base}/{v2_table.address(query.table)}")
                return Delivery(figures, table.shape, replies)
            table = now
        raise wording.moving(query.table)


def _fetched(query: Query, table: Table, most: int, wire: Wire) -> tuple[list[jsonstat.Cube], tuple[str, ...]]:
    """Ask for every part; where the source finds them too large, once more in halves."""
    selection = v2_selection.resolve(query, table, lambda name: v2_table.codelist(name, wire))
    order = [d.code for role in (Role.PERIOD, Role.TERRITORY) for d in query.by_role(role)]
    size = min(most, v2_selection.cells(selection))
    for limit in (most, max(1, size // 2)):
        parts = v2_selection.split(selection, limit, order, query.table)
        try:
            answers = [_part(query.table, part, table.shape.updated, wire) for part in parts]
        except _CrowdedError:
            continue
        return [cube for cube, _ in answers], tuple(reply.sha256 for _, reply in answers)
    raise wording.too_large(query.table, v2_selection.cells(selection), most)


def _part(table: str, part: Selection, edition: str, wire: Wire) -> tuple[jsonstat.Cube, Reply]:
    body = v2_selection.body(part, edition)
    try:
        reply = wire.post(v2_table.address(table, "data"), body, _FORMAT, kept=True, accept_status=_EXPLAINED)
    except GoneError:
        raise wording.gone(table) from None
    if reply.status in _EXPLAINED:
        told = _told(reply)
        if "cell" in told.casefold():
            raise _CrowdedError
        if "non-existent table" in told.casefold():
            raise wording.gone(table)
        raise wording.refused(table, reply.status, told)
    cube = jsonstat.read(reply)
    _check(cube, part, reply)
    return cube, reply


def _check(cube: jsonstat.Cube, part: Selection, reply: Reply) -> None:
    """Hold the answer against the question: the very codes asked for, and nothing that was to be summed over."""
    wanted = {each.code: frozenset(each.values) for each in part}
    for axis in cube.axes:
        given = frozenset(code for code, _ in axis.categories)
        if given != wanted.pop(axis.code, given if len(given) == 1 else frozenset()):
            raise _other(reply, axis.code)
    if wanted:
        raise _other(reply, next(iter(wanted)))


def _other(reply: Reply, code: str) -> UnreadableError:
    name = wording.plain(code)
    return UnreadableError.of(
        reply.url,
        Text(
            f"Det gäller andra koder i {name} än dem vi frågade efter.",
            f"It is about other codes of {name} than those we asked for.",
        ),
    )


def _long(cubes: Sequence[jsonstat.Cube]) -> Long:
    """Put the parts together; dimensions the source adds of its own accord have a single code and are left out."""
    parts = [cube.figures for cube in cubes if cube.figures is not None]
    shared = frozenset.intersection(*(frozenset(part.codes) for part in parts))
    same = [Long({code: part.codes[code] for code in sorted(shared)}, part.values, part.status) for part in parts]
    return jsonstat.joined(same)


def _told(reply: Reply) -> str:
    """Return what a refusal says in so many words."""
    try:
        said = json.loads(reply.body)
    except (ValueError, RecursionError):
        return ""
    texts = [said.get(name) for name in ("title", "detail")] if isinstance(said, dict) else []
    return ": ".join(dict.fromkeys(text for text in texts if isinstance(text, str) and text))


__all__ = ["PxWeb2"]
