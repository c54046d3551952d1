"""Kolada's interface, version 3, as far as we use it: limits enforced, faults on demand.

Written by us after the published interface (https://api.kolada.se/v3/docs and its public use); nothing is copied from
it, and every figure a test puts in is made up. What is not documented is a knob: whether ``count`` counts the page or
the whole answer, whether an unknown KPI is left out or fails the call, and whether deleted figures show outside
``from_date``.
"""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from replies.server import Request, Response

IDS_MOST, PAGE_MOST = 25, 5000
SEGMENTS = ("kpi", "municipality", "year")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, and the day it was last changed."""

    kpi: str
    unit: str
    year: int
    value: float | None
    gender: str = "T"
    count: int = 1
    status: str = ""
    deleted: bool = False
    changed: str = "2026-01-15"


def kpi(name: str, title: str = "Påhittat nyckeltal, andel (%)", **fields: Any) -> dict[str, Any]:
    """Return a KPI as the interface describes one."""
    return {
        "id": name,
        "title": title,
        "description": f"Påhittad beskrivning av {name}.",
        "is_divided_by_gender": False,
        "municipality_type": "A",
        "auspice": "X",
        "operating_area": "Befolkning",
        "perspective": "Volymer",
        "publication_date": "2099-02-24",
        "prel_publication_date": None,
        "publ_period": "2098",
        "has_ou_data": False,
        **fields,
    }


@dataclass
class Kolada3:
    """The interface below ``/v3``, as a handler for ``LocalServer``."""

    kpis: list[dict[str, Any]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    page: int = PAGE_MOST
    """Rows a page at most, whatever is asked for (never above 5 000)."""
    calls_a_second: float = math.inf
    count_whole: bool = False
    strict: bool = False
    shows_deleted: bool = False

    def __post_init__(self) -> None:
        self._calls: deque[float] = deque()
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Response:
        if not self._lets_in(request.at):
            return Response.of({"detail": "Too many requests"}, 429, headers={"Retry-After": "1"})
        parts = [part for part in request.path.split("/") if part]
        if request.method != "GET" or parts[:1] != ["v3"]:
            return _refused(404, "Not Found")
        if parts[1:2] == ["kpi"] and len(parts) <= 3:
            return self._described(request, parts[2] if len(parts) == 3 else "")
        if parts[1:2] == ["data"] and len(parts) % 2 == 0:
            return self._data(request, dict(zip(parts[2::2], parts[3::2], strict=True)))
        return _refused(404, "Not Found")

    def revise(self, old: Row, value: float | None, day: str, *, deleted: bool = False) -> None:
        """Change a figure, or take it back, on a day."""
        self.rows[self.rows.index(old)] = replace(old, value=value, changed=day, deleted=deleted)

    def retire(self, name: str) -> None:
        """Take a KPI away, and everything it had."""
        self.kpis = [each for each in self.kpis if each["id"] != name]
        self.rows = [row for row in self.rows if row.kpi != name]

    def _lets_in(self, at: float) -> bool:
        with self._lock:
            while self._calls and at - self._calls[0] >= 1.0:
                self._calls.popleft()
            if len(self._calls) >= self.calls_a_second:
                return False
            self._calls.append(at)
            return True

    def _described(self, request: Request, ids: str) -> Response:
        wanted = ids.split(",") if ids else []
        if len(wanted) > IDS_MOST:
            return _refused(400, f"At most {IDS_MOST} ids")
        title = request.first("title").lower()
        found = [each for each in self.kpis if each["id"] in wanted or (not wanted and title in each["title"].lower())]
        if self.strict and len(found) < len(wanted):
            return _refused(404, "KPI not found")
        return self._paged(request, found)

    def _data(self, request: Request, segments: dict[str, str]) -> Response:
        if not set(segments) <= set(SEGMENTS):
            return _refused(404, "Not Found")
        if len(segments) < 2:
            return _refused(400, "At least two of kpi, municipality and year")
        wanted = {name: ids.split(",") for name, ids in segments.items()}
        if any(len(ids) > IDS_MOST for ids in wanted.values()):
            return _refused(400, f"At most {IDS_MOST} ids in a segment")
        since = request.first("from_date")
        inner: dict[tuple[str, str, int], list[dict[str, Any]]] = {}
        for row in self.rows:
            if not all(text in wanted.get(name, [text]) for name, text in _names(row)):
                continue
            if row.changed >= since if since else (not row.deleted or self.shows_deleted):
                inner.setdefault((row.kpi, row.unit, row.year), []).append(_cell(row))
        found = [
            {"kpi": name, "municipality": unit, "period": year, "values": cells}
            for (name, unit, year), cells in sorted(inner.items())
        ]
        return self._paged(request, found)

    def _paged(self, request: Request, found: list[dict[str, Any]]) -> Response:
        try:
            number, size = int(request.first("page", "1")), int(request.first("per_page", str(PAGE_MOST)))
        except ValueError:
            return _refused(422, "page and per_page are whole numbers")
        if not (number >= 1 and 1 <= size <= PAGE_MOST):
            return _refused(422, f"per_page is at most {PAGE_MOST}")
        size = min(size, self.page)
        some = found[(number - 1) * size : number * size]
        more = number * size < len(found)
        query = {name: values[0] for name, values in request.query.items()} | {"page": number + 1, "per_page": size}
        following = f"http://{request.headers['host']}{request.path}?{urlencode(query)}"
        count = len(found) if self.count_whole else len(some)
        return Response.of({"values": some, "count": count, "next_url": following if more else None})


def _names(row: Row) -> Iterable[tuple[str, str]]:
    return ("kpi", row.kpi), ("municipality", row.unit), ("year", str(row.year))


def _cell(row: Row) -> dict[str, Any]:
    return {
        "gender": row.gender,
        "count": row.count,
        "status": row.status,
        "value": row.value,
        "isdeleted": row.deleted,
    }


def _refused(status: int, detail: str) -> Response:
    return Response.of({"detail": detail}, status)
