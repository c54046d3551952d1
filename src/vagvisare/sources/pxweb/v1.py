"""PxWeb 1, the interface of Folkhälsomyndigheten, Jordbruksverket, Tillväxtanalys and others, and SCB's older one.

Written after Statistics Sweden's published description of PxWebApi 1. Everything is matched by code: labels, the name
of the time variable and the heading of the column of values differ from server to server.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from vagvisare.sources.arrange import arrange
from vagvisare.sources.contract import Ask, Delivery, Found, News, NewsState, Shape, note_news
from vagvisare.sources.errors import GoneError, RefusedError, UnreadableError
from vagvisare.sources.pxweb.v1_asking import Answer, Asking, EditionChangedError, described, slow_to
from vagvisare.sources.pxweb.v1_selection import Selection, select
from vagvisare.sources.pxweb.v1_table import Limits, address_of, folder_of, limits_of, listing_of
from vagvisare.sources.pxweb.v1_wording import shown
from vagvisare.sources.query import Query, Role
from vagvisare.sources.wire import Wire

_MOST_DATABASES = 20
_CODELIST = re.compile(r"(agg|vs)[:_](.+)", re.IGNORECASE | re.DOTALL)


class PxWeb1:
    """Client of PxWeb's first interface; ``Query.table`` is the path of the table below the database's address."""

    kind = "pxweb1"

    def news(self, asks: Sequence[Ask], wire: Wire) -> Mapping[str, News]:
        """Return, by data set, whether anything is new: one call for each folder.

        A folder gives a stamp for each of its tables; where it does not, the answer is unknown. A table that its folder
        no longer has is asked for itself before it is called gone.

        Raises:
            SourceError: when the source cannot be reached.
        """
        listings: dict[str, dict[str, str] | None] = {}
        found: dict[str, News] = {}
        for ask in asks:
            address = address_of(ask.query.table)
            folder, name = folder_of(address)
            if folder not in listings:
                listings[folder] = listing_of(folder, wire)
            state = _state(ask, address, listings[folder], name, wire)
            note_news(found, ask.dataset, News(state))
        return found

    def fetch(self, ask: Ask, wire: Wire) -> Delivery:
        """Return every figure the query asks for, in as few calls as the server's limits allow.

        Raises:
            SourceError: when the source does not answer as it should; nothing half-read is returned.
        """
        query = ask.query
        address = address_of(query.table)
        limits = limits_of(wire)
        slow_to(wire, limits)
        metadata = described(wire, query.table, address, limits)
        stamp = _stamp(listing_of(folder_of(address)[0], wire), folder_of(address)[1])
        asking = Asking(wire, query.table, address, limits, _codelists(query), _cut_first(query))
        answer = _of_one_edition(asking, select(query, metadata.variables))
        figures = arrange(query, answer.long, address=query.table)
        return Delivery(figures, metadata.shape(query.table, stamp or answer.updated), answer.replies)

    def shape(self, table: str, wire: Wire) -> Shape:
        """Return how the source describes a table.

        Raises:
            SourceError: when there is no such table, or the source does not answer as it should.
        """
        address = address_of(table)
        metadata = described(wire, table, address, Limits())
        folder, name = folder_of(address)
        return metadata.shape(table, _stamp(listing_of(folder, wire), name))

    def find(self, words: str, wire: Wire, limit: int = 20) -> Iterable[Found]:
        """Search titles, best first; nothing where the server has no search.

        Raises:
            SourceError: when the source cannot be reached.
        """
        found: list[tuple[float, Found]] = []
        for database in _databases(wire):
            try:
                said = wire.get(database, {"query": words, "filter": "title"}).json()
            except (GoneError, RefusedError, UnreadableError):
                continue
            for item in said if isinstance(said, list) else []:
                hit = _hit(item, database)
                if hit is not None:
                    found.append(hit)
        found.sort(key=lambda hit: -hit[0])
        return [hit for _, hit in found[:limit]]


def _of_one_edition(asking: Asking, selection: Selection) -> Answer:
    """Put the query; if a new edition came out between its parts, put it once more.

    The second time variables stand in the reverse order: the same question to the source, another one to the memory of
    the wire, which would else give the old parts again.
    """
    try:
        return asking.whole(selection)
    except EditionChangedError:
        again = replace(asking, replies=[])
        return again.whole({name: selection[name] for name in reversed(list(selection))})


def _codelists(query: Query) -> dict[str, str]:
    """Return the filter that names a grouping or a set of values, in the way PxWeb 1 writes it (``agg:``, ``vs:``)."""
    filters = {}
    for dimension in query.dimensions:
        if dimension.codelist:
            named = _CODELIST.fullmatch(dimension.codelist)
            filters[dimension.code] = f"{named[1].lower()}:{named[2]}" if named else f"agg:{dimension.codelist}"
    return filters


def _cut_first(query: Query) -> list[str]:
    return [dimension.code for role in (Role.PERIOD, Role.TERRITORY) for dimension in query.by_role(role)]


def _stamp(listing: Mapping[str, str] | None, name: str) -> str:
    """Return a table's stamp in its folder; "" when the folder does not tell."""
    return "" if listing is None else listing.get(name, "")


def _state(ask: Ask, address: str, listing: Mapping[str, str] | None, name: str, wire: Wire) -> NewsState:
    if listing is None or name not in listing:
        return _missed(address, wire, unlisted=listing is not None)
    if not listing[name]:
        return NewsState.UNKNOWN
    return NewsState.SAME if listing[name] == ask.updated else NewsState.NEW


def _missed(address: str, wire: Wire, *, unlisted: bool) -> NewsState:
    """Ask for a table that its folder does not mention: some databases list less than they have."""
    try:
        reply = wire.get(address, accept_status=frozenset({400, 403}))
    except GoneError:
        return NewsState.GONE
    # Some servers say 400 of a table they do not have; 403 may be no more than too many calls.
    return NewsState.GONE if unlisted and reply.status == 400 else NewsState.UNKNOWN


def _databases(wire: Wire) -> list[str]:
    """Return the databases below the source's address; the address itself when it is one."""
    try:
        said = wire.get("").json()
    except (GoneError, RefusedError, UnreadableError):
        return [""]
    ids = [item.get("dbid") for item in said if isinstance(item, dict)] if isinstance(said, list) else []
    names = [name for name in ids if isinstance(name, str) and name]
    return [quote(name, safe="") for name in names[:_MOST_DATABASES]] or [""]


def _hit(item: Any, database: str) -> tuple[float, Found] | None:
    """Return one result of a search, with its score."""
    if not isinstance(item, dict) or not isinstance(item.get("id"), str):
        return None
    path, title, score, published = (item.get(name) for name in ("path", "title", "score", "published"))
    parts = [unquote(database), *(path.split("/") if isinstance(path, str) else []), item["id"]]
    found = Found(
        source="",
        table=shown("/".join(part for part in parts if part), 300),
        title=shown(title, 300) if isinstance(title, str) else "",
        note=shown(published)[:10] if isinstance(published, str) else "",
    )
    return (float(score) if isinstance(score, int | float) and math.isfinite(score) else 0.0), found
