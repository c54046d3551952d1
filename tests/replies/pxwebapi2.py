"""A server that speaks PxWebApi 2, written by us after its published description; every figure in it is made up.

It follows https://github.com/PxTools/PxApiSpecs and what servers are seen to do. ``Checked`` holds every request and
every response against ``pxwebapi2.openapi.json`` beside this file: the server cannot drift to please its client.
"""

from __future__ import annotations

import copy
import fnmatch
import itertools
import json
import math
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

from openapi_schema_validator import OAS30Validator

from replies.server import Request, Response

DOCUMENT = json.loads((Path(__file__).parent / "pxwebapi2.openapi.json").read_text(encoding="utf-8"))


def made_up(codes: tuple[str, ...]) -> float:
    """Return a made-up number that is always the same for the same codes."""
    return crc32("|".join(codes).encode()) % 10_000 / 10


@dataclass
class Dim:
    """A dimension: codes with labels; ``total`` is the code that stands for all, where there is one."""

    code: str
    label: str
    categories: dict[str, str]
    role: str = ""
    eliminable: bool = False
    total: str = ""
    codelists: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class Codelist:
    """A grouping: for each of its codes a label and the codes it holds."""

    label: str
    groups: dict[str, tuple[str, tuple[str, ...]]]
    kind: str = "Aggregation"


@dataclass
class Table:
    """A table; ``figure`` gives a number or a symbol for the codes of a cell."""

    id: str
    label: str
    dims: list[Dim]
    updated: str = "2026-06-02T06:00:00Z"
    discontinued: bool = False
    notes: tuple[str, ...] = ()
    unit: str = "antal"
    next_update: str = ""
    figure: Callable[[tuple[str, ...]], float | int | str] = field(default=made_up)

    def dim(self, code: str) -> Dim | None:
        return next((each for each in self.dims if each.code.lower() == code.lower()), None)


class ProblemError(Exception):
    def __init__(self, status: int, title: str, detail: str = "") -> None:
        super().__init__(title)
        said = {"type": "Parameter error", "title": title, "status": status}
        self.body = {**said, "detail": detail} if detail else said
        self.status = status


class PxWebApi2:
    """The server's behaviour. Change ``tables`` at any time to revise, retire or rename.

    ``before_data`` runs before each data call is answered, with its number. ``told_cells`` is what /config says,
    ``max_cells`` what is held. ``enforced`` calls are answered in a window by ``clock`` (0: any number), whatever is
    said. ``listed_stamp`` spoils stamps in listings.
    """

    def __init__(self, *tables: Table, max_cells: int = 150_000, calls: int = 30, window: int = 10) -> None:
        self.tables = {table.id: table for table in tables}
        self.codelists: dict[str, Codelist] = {}
        self.max_cells, self.told_cells = max_cells, max_cells
        self.calls, self.window, self.enforced = calls, window, 0
        self.clock: Callable[[], float] = time.monotonic
        self.crowded_status = 400
        self.now = datetime.fromisoformat("2026-06-10T12:00:00+00:00")
        self.largest_page = 10_000
        self.listed_stamp: Callable[[str], str] = lambda stamp: stamp
        self.before_data: Callable[[int], None] = lambda _number: None
        self.data_calls = 0
        self._times: deque[float] = deque()

    def __call__(self, request: Request) -> Response:
        if self.enforced and not self._allowed(self.clock()):
            said = {
                "title": "Too many requests",
                "status": 429,
                "detail": f"{self.enforced} per {self.window} seconds.",
            }
            return _problem(429, said, {"Retry-After": "1"})
        try:
            return Response.of(self._answer(request))
        except ProblemError as problem:
            return _problem(problem.status, problem.body)

    def _allowed(self, at: float) -> bool:
        while self._times and at - self._times[0] >= self.window:
            self._times.popleft()
        if len(self._times) >= self.enforced:
            return False
        self._times.append(at)
        return True

    def _answer(self, request: Request) -> Any:
        steps = request.path.strip("/").split("/")
        match steps:
            case ["config"]:
                return self._config()
            case ["tables"]:
                return self._listing(request)
            case ["tables", name]:
                return {"language": "sv", **self._entry(self._table(name))}
            case ["tables", name, "metadata"]:
                table = self._table(name)
                return self._dataset(table, [(dim, dict(dim.categories)) for dim in table.dims])
            case ["tables", name, "data"]:
                return self._data(self._table(name), request)
            case ["codelists", name]:
                return self._codelist(name)
        raise ProblemError(404, "Not Found")

    def _config(self) -> Any:
        return {
            "apiVersion": "2.0.0",
            "appVersion": "2.0.0",
            "languages": [{"id": "sv", "label": "Svenska"}, {"id": "en", "label": "English"}],
            "defaultLanguage": "sv",
            "maxDataCells": self.told_cells,
            "maxCallsPerTimeWindow": self.calls,
            "timeWindow": self.window,
            "license": "CC0-1.0",
            "defaultDataFormat": "json-stat2",
            "dataFormats": ["json-stat2", "csv", "px"],
        }

    def _table(self, name: str) -> Table:
        if name not in self.tables:
            raise ProblemError(404, "Non-existent table")
        return self.tables[name]

    def _listing(self, request: Request) -> Any:
        chosen = list(self.tables.values())
        if request.first("includeDiscontinued", "false").lower() != "true":
            chosen = [table for table in chosen if not table.discontinued]
        if days := request.first("pastDays"):
            since = self.now - timedelta(days=int(days))
            chosen = [table for table in chosen if datetime.fromisoformat(table.updated) >= since]
        if words := request.first("query").lower().split():
            chosen = [table for table in chosen if any(word in f"{table.id} {table.label}".lower() for word in words)]
        size = min(int(request.first("pageSize", "20")), self.largest_page)
        number, pages = int(request.first("pageNumber", "1")), math.ceil(len(chosen) / size)
        if 0 != pages < number:
            raise ProblemError(404, "Non-existent page", "Non-existent page")
        page = {"pageNumber": number, "pageSize": size, "totalElements": len(chosen), "totalPages": pages}
        shown = chosen[(number - 1) * size : number * size]
        return {"language": "sv", "tables": [self._entry(table) for table in shown], "page": page}

    def _entry(self, table: Table) -> Any:
        periods = next(list(dim.categories) for dim in table.dims if dim.role == "time")
        return {
            "type": "Table",
            "id": table.id,
            "label": table.label,
            "updated": self.listed_stamp(table.updated),
            "firstPeriod": periods[0],
            "lastPeriod": periods[-1],
            "category": "public",
            "variableNames": [dim.label for dim in table.dims],
            "discontinued": table.discontinued,
            "timeUnit": "Annual",
            "paths": [[{"id": "BE", "label": "Befolkning"}, {"id": "BE0101", "label": "Påhittat ämne"}]],
            "links": [_link(f"/tables/{table.id}")],
        }

    def _codelist(self, name: str) -> Any:
        if name not in self.codelists:
            raise ProblemError(404, "Non-existent codelist")
        known = self.codelists[name]
        groups = [{"code": c, "label": label, "valueMap": list(own)} for c, (label, own) in known.groups.items()]
        return {
            "id": name,
            "label": known.label,
            "language": "sv",
            "languages": ["sv"],
            "type": known.kind,
            "values": groups,
            "links": [_link(f"/codelists/{name}")],
        }

    def _data(self, table: Table, request: Request) -> Any:
        self.data_calls += 1
        self.before_data(self.data_calls)
        table = self._table(table.id)
        chosen = {}
        for code, values, name in _asked(request, table):
            dim = table.dim(code)
            if dim is None:
                raise ProblemError(400, "Non-existent variable")
            chosen[dim.code] = (self._groups(dim, name), values)
        axes: list[tuple[Dim, dict[str, tuple[str, tuple[str, ...]]]]] = []
        cells = 1
        for dim in table.dims:
            if dim.code not in chosen and not dim.eliminable:
                raise ProblemError(400, "Missing selection for mandantory variable")
            groups, values = chosen.get(dim.code, ({}, []))
            codes = _codes(values, list(groups), dim.role == "time")
            if not codes and not dim.eliminable:
                raise ProblemError(400, "Illegal selection for mandantory variable")
            cells *= max(len(codes), 1)
            axes.append((dim, {code: groups[code] for code in codes}))
        if cells > self.max_cells:
            raise ProblemError(self.crowded_status, "Too many cells selected", "Too many cells selected")
        return self._filled(table, axes)

    def _groups(self, dim: Dim, name: str) -> dict[str, tuple[str, tuple[str, ...]]]:
        if not name:
            return {code: (label, (code,)) for code, label in dim.categories.items()}
        if name not in dim.codelists:
            raise ProblemError(400, "Non-existent codelist")
        return self.codelists[name].groups

    def _filled(self, table: Table, axes: list[tuple[Dim, dict[str, tuple[str, tuple[str, ...]]]]]) -> Any:
        shown = [(dim, {code: label for code, (label, _) in groups.items()}) for dim, groups in axes if groups]
        said = self._dataset(table, shown)
        every = [
            [own for _, own in groups.values()] or [(dim.total,) if dim.total else tuple(dim.categories)]
            for dim, groups in axes
        ]
        said["value"], said["status"] = [], {}
        for place, cell in enumerate(itertools.product(*every)):
            figures = [table.figure(codes) for codes in itertools.product(*cell)]
            symbols = [figure for figure in figures if isinstance(figure, str)]
            said["value"].append(None if symbols else figures[0] if len(figures) == 1 else round(sum(figures), 6))
            if symbols:
                said["status"][str(place)] = symbols[0]
        return said if said["status"] else {name: value for name, value in said.items() if name != "status"}

    def _dataset(self, table: Table, shown: list[tuple[Dim, dict[str, str]]]) -> Any:
        roles: dict[str, list[str]] = {}
        for dim, _ in shown:
            if dim.role:
                roles.setdefault(dim.role, []).append(dim.code)
        periods = next(list(dim.categories) for dim in table.dims if dim.role == "time")
        px = {"tableid": table.id, "matrix": table.id, "official-statistics": True}
        said = {
            "version": "2.0",
            "class": "dataset",
            "label": table.label,
            "source": "Påhittad källa",
            "updated": table.updated,
            "role": roles,
            "id": [dim.code for dim, _ in shown],
            "size": [len(categories) for _, categories in shown],
            "dimension": {dim.code: self._dimension(table, dim, categories) for dim, categories in shown},
            "extension": {
                "px": {**px, "nextUpdate": table.next_update} if table.next_update else px,
                "firstPeriod": periods[0],
                "lastPeriod": periods[-1],
                "discontinued": table.discontinued,
                "contact": [{"name": "Ingen Alls", "raw": "Ingen Alls, påhittad"}],
            },
            "value": None,
        }
        return {**said, "note": list(table.notes)} if table.notes else said

    def _dimension(self, table: Table, dim: Dim, categories: dict[str, str]) -> Any:
        category: dict[str, Any] = {
            "index": {code: place for place, code in enumerate(categories)},
            "label": categories,
        }
        extension: dict[str, Any] = {"elimination": dim.eliminable, "show": "code_value"}
        if dim.total:
            extension["eliminationValueCode"] = dim.total
        if dim.role == "metric":
            category["unit"] = {code: {"base": table.unit, "decimals": 1} for code in categories}
            extension["refperiod"] = dict.fromkeys(categories, "31 december respektive år")
            extension["measuringType"] = dict.fromkeys(categories, "Stock")
        if dim.codelists:
            extension["codeLists"] = [
                {"id": n, "label": self.codelists[n].label, "type": self.codelists[n].kind, "links": [_link(n)]}
                for n in dim.codelists
            ]
        said = {"label": dim.label, "category": category, "extension": extension}
        return {**said, "note": list(dim.notes)} if dim.notes else said


def _asked(request: Request, table: Table) -> list[tuple[str, list[str], str]]:
    """Return dimension, values and code list of every selection: from the body, from the address, or the default."""
    if request.method == "POST":
        said = {name.lower(): value for name, value in request.json().items()}
        return [
            (low["variablecode"], low.get("valuecodes", []), low.get("codelist") or "")
            for low in ({name.lower(): value for name, value in each.items()} for each in said["selection"])
        ]
    found: dict[str, dict[str, str]] = {"valuecodes": {}, "codelist": {}}
    for name, values in request.query.items():
        if match := re.fullmatch(r"(valuecodes|codelist)\[(.+)\]", name, re.IGNORECASE):
            found[match[1].lower()][match[2]] = values[0]
    if not found["valuecodes"]:
        return [(dim.code, [next(iter(dim.categories))], "") for dim in table.dims]
    listed = {code: re.split(r",(?![^(]*\))", values) for code, values in found["valuecodes"].items()}
    return [(code, values, found["codelist"].get(code, "")) for code, values in listed.items()]


def _codes(values: list[str], codes: list[str], is_time: bool) -> list[str]:
    """Return what values and expressions choose, as the description has them, in the order of the table."""
    chosen: set[str] = set()
    for value in values:
        upper = value.upper()
        arguments = [part.strip() for part in upper[upper.find("(") + 1 : -1].split(",")] if "(" in upper else []
        places = {code.upper(): place for place, code in enumerate(codes)}
        if "*" in value or "?" in value:
            pattern = re.sub(r"([\[\]])", "[\\1]", upper)
            chosen.update(code for code in codes if fnmatch.fnmatchcase(code.upper(), pattern))
        elif re.fullmatch(r"(TOP|BOTTOM)\([1-9]\d*(,\d+)?\)", upper):
            count, offset = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 0
            backwards = is_time == upper.startswith("TOP")
            chosen.update((codes[::-1] if backwards else codes)[offset:][:count])
        elif upper.startswith("FROM("):
            chosen.update(codes[places[arguments[0]] :] if arguments[0] in places else [])
        elif upper.startswith("TO("):
            chosen.update(codes[: places[arguments[0]] + 1] if arguments[0] in places else [])
        elif upper.startswith("RANGE("):
            ends = sorted(places.get(argument, -1) for argument in arguments)
            chosen.update(codes[ends[0] : ends[1] + 1] if ends[0] >= 0 else [])
        elif upper in places:
            chosen.add(codes[places[upper]])
        else:
            raise ProblemError(400, "Non-existent value")
    return [code for code in codes if code in chosen]


def _problem(status: int, said: Any, headers: dict[str, str] | None = None) -> Response:
    return Response(status, json.dumps(said).encode(), "application/problem+json", headers or {})


def _link(address: str) -> dict[str, str]:
    return {"rel": "self", "hreflang": "sv", "href": address}


class Checked:
    """Holds every request, and every response of the server it stands before, against the OpenAPI description."""

    def __init__(self, server: PxWebApi2) -> None:
        self.server = server
        self.operations: list[str] = []

    def __call__(self, request: Request) -> Response:
        template, operation = _operation(request)
        self.operations.append(operation["operationId"])
        _check_parameters(request, operation)
        if "requestBody" in operation:
            assert request.headers["content-type"].startswith("application/json"), request.headers
            _validate(operation["requestBody"]["content"]["application/json"]["schema"], request.json(), template)
        response = self.server(request)
        described = operation["responses"].get(str(response.status))
        assert described is not None, f"{template} is not described as answering {response.status}"
        assert response.content_type in described["content"], response.content_type
        _validate(described["content"][response.content_type]["schema"], json.loads(response.body), template)
        return response


def _operation(request: Request) -> tuple[str, Any]:
    for template, methods in DOCUMENT["paths"].items():
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, request.path) and request.method.lower() in methods:
            return template, methods[request.method.lower()]
    raise AssertionError(f"{request.method} {request.path} is not described")


def _check_parameters(request: Request, operation: Any) -> None:
    known = {each["name"].lower(): each for each in operation["parameters"] if each["in"] == "query"}
    for name, values in request.query.items():
        plain, bracket, _ = name.partition("[")
        parameter = known.get(plain.lower())
        assert parameter is not None, f"{operation['operationId']} has no parameter {name}"
        assert bool(bracket) == (parameter.get("style") == "deepObject"), name
        assert bracket or len(values) == 1 or parameter["schema"]["type"] == "array", name
        if not bracket:
            _validate(parameter["schema"], _typed(values[0], parameter["schema"]), name)


def _typed(value: str, schema: Any) -> Any:
    if schema.get("type") == "integer":
        return int(value)
    if schema.get("type") == "boolean":
        return {"true": True, "false": False}.get(value.lower(), value)
    return value


def _validate(schema: Any, value: Any, where: str) -> None:
    errors = sorted(OAS30Validator(_inlined(json.dumps(schema))).iter_errors(value), key=lambda each: str(each.path))
    assert not errors, f"{where}: {errors[0].json_path}: {errors[0].message[:300]}"


_SCHEMAS: dict[str, Any] = {}


def _inlined(schema: str) -> Any:
    """Return a schema with the ones it refers to put in their places; none refers to itself."""
    if schema not in _SCHEMAS:

        def walk(part: Any) -> Any:
            if isinstance(part, list):
                return [walk(each) for each in part]
            if not isinstance(part, dict):
                return part
            if "$ref" in part:
                return walk(copy.deepcopy(DOCUMENT["components"]["schemas"][part["$ref"].rsplit("/", 1)[1]]))
            return {name: walk(each) for name, each in part.items()}

        _SCHEMAS[schema] = walk(json.loads(schema))
    return _SCHEMAS[schema]
