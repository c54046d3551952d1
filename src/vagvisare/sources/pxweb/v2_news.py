"""What is new in PxWebApi 2: many tables asked about in one call, and doubtful ones looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zlib import crc32

from vagvisare.sources.contract import Ask, Found, News, NewsState, Shape, note_news
from vagvisare.sources.errors import GoneError, UnreadableError
from vagvisare.sources.pxweb import v2_table
from vagvisare.sources.pxweb import v2_wording as wording
from vagvisare.sources.wire import Reply, Wire
from vagvisare.terms.language import Text

TRUSTED_DAYS = 14
"""How long a listing of what is updated may speak for a table; then the table itself is looked at."""

MARGIN_DAYS = 2
"""Listings are asked so much further back: the source's search index lags, and its days are not ours."""

PAGE = 1_000
MOST_PAGES = 50

_SEARCH_SIGNS = str.maketrans(dict.fromkeys('+-&|!(){}[]^"~*?:\\/', " "))


def news(asks: Sequence[Ask], wire: Wire) -> Mapping[str, News]:
    """Return, by data set, whether anything is new.

    One call lists what has been updated since the oldest ask was checked. Tables listed with another stamp are looked
    at themselves, for a listing is made from an index that may round and lag. A table that is never updated again never
    appears in a listing, retired or not; each is therefore looked at every fourteenth day, on days spread evenly.
    """
    today = _today()
    looking = _Looking(wire)
    recent = [_age(ask, today) for ask in asks if _is_listed(ask, today)]
    listed = _updated(max(recent) + MARGIN_DAYS, wire) if recent else {}
    found: dict[str, News] = {}
    for ask in asks:
        if not ask.updated:
            answer = News(NewsState.NEW)
        elif _is_listed(ask, today):
            item = listed.get(ask.query.table.casefold())
            answer = News(NewsState.SAME) if item is None else looking.judged(ask, item)
        else:
            answer = looking.alone(ask)
        note_news(found, ask.dataset, answer)
    return found


def find(words: str, wire: Wire, limit: int) -> Iterator[Found]:
    """Search the source's catalogue of tables, best first."""
    query = " ".join(words.translate(_SEARCH_SIGNS).split())[:200].lower()
    if not query or limit < 1:
        return
    reply = wire.get("tables", {"lang": v2_table.LANGUAGE, "query": query, "pageSize": min(limit, PAGE)})
    for item in _tables(reply)[0][:limit]:
        first, last = (_text(item.get(name)) for name in ("firstPeriod", "lastPeriod"))
        yield Found("", _text(item.get("id")), _text(item.get("label")), first, last, note=_path(item))


class _Looking:
    """Looks at tables one by one, none of them twice."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.shapes: dict[str, Shape | None] = {}

    def alone(self, ask: Ask) -> News:
        """Look at a table no listing speaks for."""
        try:
            reply = self.wire.get(v2_table.address(ask.query.table), {"lang": v2_table.LANGUAGE})
        except GoneError:
            return News(NewsState.GONE)
        item = reply.json()
        if not isinstance(item, dict):
            raise UnreadableError.of(reply.url, _NO_LISTING)
        return self.judged(ask, item)

    def judged(self, ask: Ask, item: Mapping[str, Any]) -> News:
        """Say what a table's entry in the catalogue means; where it differs from what we have, ask the table itself."""
        retired = item.get("discontinued") is True
        if item.get("updated") == ask.updated and not retired:
            return News(NewsState.SAME)
        shape = self._shape(ask.query.table)
        if shape is None:
            return News(NewsState.GONE)
        if retired or shape.discontinued:
            return News(NewsState.GONE, shape)
        return News(NewsState.SAME if shape.updated == ask.updated else NewsState.NEW, shape)

    def _shape(self, table: str) -> Shape | None:
        if table not in self.shapes:
            try:
                self.shapes[table] = v2_table.read(table, self.wire).shape
            except GoneError:
                self.shapes[table] = None
        return self.shapes[table]


def _is_listed(ask: Ask, today: date) -> bool:
    """Tell whether a listing may speak for a table today."""
    if not ask.updated or ask.checked is None or not 0 <= _age(ask, today) <= TRUSTED_DAYS:
        return False
    return (today.toordinal() + crc32(ask.query.table.encode())) % TRUSTED_DAYS != 0


def _age(ask: Ask, today: date) -> int:
    return (today - ask.checked).days if ask.checked else TRUSTED_DAYS + 1


def _updated(days: int, wire: Wire) -> dict[str, Mapping[str, Any]]:
    """Return the catalogue's entries for tables updated within some days, by id in lower case."""
    found: dict[str, Mapping[str, Any]] = {}
    page, pages = 1, 1
    while page <= pages:
        params: dict[str, str | int] = {"lang": v2_table.LANGUAGE, "pastDays": days, "includeDiscontinued": "true"}
        reply = wire.get("tables", {**params, "pageNumber": page, "pageSize": PAGE})
        items, pages = _tables(reply)
        if pages > MOST_PAGES:
            why = Text("Listan har orimligt många sidor.", "The list has unreasonably many pages.")
            raise UnreadableError.of(reply.url, why)
        found.update((_text(item.get("id")).casefold(), item) for item in items)
        page += 1
    return found


def _tables(reply: Reply) -> tuple[list[Mapping[str, Any]], int]:
    """Return the entries of a page of the catalogue, and how many pages there are."""
    said = reply.json()
    items = said.get("tables") if isinstance(said, dict) else None
    page = said.get("page") if isinstance(said, dict) else None
    pages = page.get("totalPages") if isinstance(page, dict) else None
    if not isinstance(items, list) or type(pages) is not int or not all(isinstance(item, dict) for item in items):
        raise UnreadableError.of(reply.url, _NO_LISTING)
    return items, pages


def _path(item: Mapping[str, Any]) -> str:
    """Return where in the catalogue a table stands, in the source's own words."""
    paths = item.get("paths")
    first = paths[0] if isinstance(paths, list) and paths and isinstance(paths[0], list) else []
    return " / ".join(wording.plain(_text(step.get("label"))) for step in first if isinstance(step, dict))


def _today() -> date:
    return datetime.now(tz=UTC).date()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


_NO_LISTING = Text("Det är ingen lista över tabeller.", "It is no list of tables.")
