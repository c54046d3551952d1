"""A PxWeb 1 server, written by us after Statistics Sweden's published description of the interface (PxWebApi 1.0).

Nothing is copied from a server. The figures are made up by ``figure`` below and mean nothing; codes, and the shape of
the tables, are like those of Folkhälsomyndigheten and SCB.

What it keeps to: ``?config``; folders as lists of ``id``, ``type``, ``text``, ``updated``; databases as ``dbid``; GET
of a table is its description; POST asks by ``item``, ``all``, ``top``, ``agg:`` and ``vs:``; answers as json-stat2,
json-stat and json (with a byte order mark and texts for numbers, the variable of contents as columns); 403 above
``max_cells``; 403 or 429 above ``max_calls``; 404 for what is not there; 400 for what it does not understand.
"""

from __future__ import annotations

import fnmatch
import itertools
import json
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from replies.server import Request, Response

SYMBOLS = {"..": None, ".": None, "-": None}


@dataclass
class Variable:
    code: str
    text: str
    values: dict[str, str]
    elimination: bool = False
    time: bool = False
    contents: bool = False


@dataclass
class Table:
    title: str
    variables: list[Variable]
    figure: Callable[[dict[str, str]], float | str]
    updated: str = "2026-03-01T08:00:00"
    """The stamp in the folder; "" where the folder has none."""
    stamp: str = "2026-03-01T07:00:00Z"
    """The stamp in the data."""
    groups: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    """Figures of a group are the sums of its codes'."""

    def variable(self, code: str) -> Variable:
        return next(variable for variable in self.variables if variable.code == code)

    def number(self, cell: dict[str, str], members: dict[str, tuple[str, ...]]) -> float | str:
        """The figure of a cell; variables with several members are summed over."""
        names = list(members)
        figures = [
            self.figure(cell | dict(zip(names, codes, strict=True)))
            for codes in itertools.product(*(members[name] for name in names))
        ]
        if len(figures) == 1:
            return figures[0]
        return next((each for each in figures if isinstance(each, str)), None) or sum(figures)


def seeded(cell: dict[str, str]) -> int:
    """A number that is the same for the same codes, whatever their order."""
    return sum(ord(sign) * (place + 1) for text in sorted(cell.values()) for place, sign in enumerate(text))


def health() -> Table:
    """A survey's shares: windows of years that overlap and leave gaps, an interval, how many answered, symbols."""

    def figure(cell):
        base = 20 + seeded({key: cell[key] for key in ("Region", "Kön", "År")}) % 400 / 10
        if cell["Region"] == "09" and cell["År"] != "2021-2024":
            return ".."
        if cell["Region"] == "23" and cell["Kön"] == "02":
            return "."
        return {"01": base, "02": round(base - 2.5, 1), "03": round(base + 2.5, 1), "04": 150 + seeded(cell) % 100}[
            cell["Andel och konfidensintervall"]
        ]

    regions = {"00": "Riket", "01": "01 Stockholms län", "09": "09 Gotlands län"}
    regions |= {"18": "18 Örebro län", "20": "20 Dalarnas län", "23": "23 Jämtlands län"}
    shares = {"01": "Andel", "02": "Konfidensintervall nedre", "03": "Konfidensintervall övre", "04": "Antal svar"}
    windows = ["2004-2007", "2010-2013", "2015-2018", "2017-2020", "2018-2021", "2019-2022", "2021-2024"]
    return Table(
        "Bristande tillit till andra efter region, kön och år. Andel (procent).",
        [
            Variable("Region", "Region", regions),
            Variable("Andel och konfidensintervall", "Andel och konfidensintervall", shares),
            Variable("Kön", "Kön", {"00": "Totalt", "01": "Män", "02": "Kvinnor"}),
            Variable("År", "År", {window: window for window in windows}),
        ],
        figure,
    )


def population() -> Table:
    """Counts by region, age, sex and year; sex may be left out, contents and time may not."""
    regions = {"00": "Riket", "18": "Örebro län", "1880": "Örebro", "1881": "Kumla"}
    years = [str(year) for year in range(1995, 2026)]
    return Table(
        "Folkmängden efter region, ålder, kön, tabellinnehåll och år",
        [
            Variable("Region", "region", regions, elimination=True),
            Variable("Alder", "ålder", {str(age): f"{age} år" for age in range(20)}),
            Variable("Kon", "kön", {"1": "män", "2": "kvinnor"}, elimination=True),
            Variable(
                "ContentsCode", "tabellinnehåll", {"BE0101N1": "Folkmängd", "BE0101N2": "Folkökning"}, contents=True
            ),
            Variable("Tid", "år", {year: year for year in years}, time=True),
        ],
        lambda cell: float(seeded(cell)),
        groups={"5år": {"0-4": ("0", "1", "2", "3", "4"), "5-9": ("5", "6", "7", "8", "9")}},
    )


HEALTH = "A_Folkhalsodata/B_HLV/eSocialarel/aSocialarel/hlv1socxreg.px"
POPULATION = "ssd/BE/BE0101/BE0101A/BefolkningNy"
YIELDS = "Jordbruksverkets statistikdatabas/Skördar 50 %/JO0601J01.px"


class PxWeb1Server:
    """Answers as PxWeb 1; give it to ``LocalServer``. ``base`` is the path before the databases.

    ``forms`` are the forms of answer it has. ``max_calls`` in ``seconds`` of ``now`` (a clock) or ``calls_status``.
    """

    def __init__(self, *, max_cells=1000, max_calls=0, seconds=10, now=None, forms=("json-stat2", "json-stat", "json")):
        self.base = "/api/v1/sv"
        self.tables: dict[str, Table] = {HEALTH: health(), POPULATION: population(), YIELDS: population()}
        self.max_cells, self.max_calls, self.seconds, self.now = max_cells, max_calls, seconds, now
        self.forms = forms
        self.config: dict[str, Any] | None = {}
        self.calls_status, self.cells_message, self.calls_message = 403, "", ""
        self.lists_folders = self.searches = True
        self.before_data: Callable[[int], None] = lambda _count: None
        """Called before every POST with its number, from 1."""
        self.asked: list[dict[str, Any]] = []
        self._calls: deque[float] = deque()

    # Knobs

    def retire(self, path: str) -> None:
        del self.tables[path]

    def rename_code(self, path: str, variable: str, old: str, new: str) -> None:
        own = self.tables[path].variable(variable)
        own.values = {new if code == old else code: text for code, text in own.values.items()}

    def revise(self, path: str, figure: Callable[[dict[str, str], float | str], float | str], updated: str) -> None:
        table = self.tables[path]
        before = table.figure
        self.tables[path] = replace(
            table, figure=lambda cell: figure(cell, before(cell)), updated=updated, stamp=f"{updated}Z"
        )

    # Answers

    def __call__(self, request: Request) -> Response:
        if not self._may_call():
            return Response(self.calls_status, self.calls_message.encode(), "text/plain; charset=utf-8")
        if not request.path.startswith(self.base):
            return _error(404, "")
        path = request.path.removeprefix(self.base).strip("/")
        if request.target.endswith("?config"):
            limits = {"maxCells": self.max_cells, "maxValues": 10_000, "maxCalls": self.max_calls or 10}
            said = limits | {"timeWindow": self.seconds, "CORS": True} | (self.config or {})
            return _error(404, "") if self.config is None else Response.of(said)
        if "query" in request.query:
            return self._found(path, request.first("query"))
        if path in self.tables:
            return self._data(path, request) if request.method == "POST" else Response.of(self._described(path))
        return self._folder(path)

    def _may_call(self) -> bool:
        if not self.max_calls or self.now is None:
            return True
        now = self.now()
        while self._calls and self._calls[0] + self.seconds <= now:
            self._calls.popleft()
        self._calls.append(now)
        return len(self._calls) <= self.max_calls

    def _described(self, path: str) -> dict[str, Any]:
        table = self.tables[path]
        variables = []
        for each in table.variables:
            said = {
                "code": each.code,
                "text": each.text,
                "values": [*each.values],
                "valueTexts": [*each.values.values()],
            }
            said |= {"elimination": True} if each.elimination else {}
            variables.append(said | ({"time": True} if each.time else {}))
        return {"title": table.title, "variables": variables}

    def _folder(self, path: str) -> Response:
        inside = path + "/" if path else ""
        below = [name.removeprefix(inside) for name in self.tables if name.startswith(inside)]
        if not below or not self.lists_folders:
            return _error(404, "")
        if not path:
            return Response.of([{"dbid": name, "text": name} for name in dict.fromkeys(b.split("/")[0] for b in below)])
        listed = []
        for name in dict.fromkeys(each.split("/")[0] for each in below):
            table = self.tables.get(inside + name)
            if table is None:
                listed.append({"id": name, "type": "l", "text": name})
            else:
                item = {"id": name, "type": "t", "text": table.title}
                listed.append(item | ({"updated": table.updated} if table.updated else {}))
        return Response.of(listed)

    def _found(self, path: str, words: str) -> Response:
        if not self.searches:
            return _error(400, "")
        hits = []
        for name, table in self.tables.items():
            score = sum(word.lower() in table.title.lower() for word in words.split())
            if name.startswith(path) and score:
                folder, _, own = name.removeprefix(path).rpartition("/")
                published = table.updated or "2026-01-01T00:00:00"
                hits.append({"id": own, "path": folder, "title": table.title, "score": score, "published": published})
        return Response.of(hits)

    def _data(self, path: str, request: Request) -> Response:
        said = request.json()
        self.asked.append(said)
        self.before_data(len(self.asked))
        table, form = self.tables[path], said["response"]["format"]
        if form not in self.forms:
            return _error(400, "The format is not supported")
        chosen = self._chosen(table, said["query"])
        if chosen is None:
            return _error(400, "Parameter error")
        members, codes = chosen
        if math.prod(len(own) for own in codes.values()) > self.max_cells:
            return _error(403, self.cells_message)
        return {"json-stat2": _stat2, "json-stat": _stat1, "json": _rows}[form](table, codes, members)

    def _chosen(self, table: Table, query: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, list[str]]] | None:
        """Codes asked for, and what each stands for; None for a query that is not understood."""
        members: dict[str, dict[str, tuple[str, ...]]] = {}
        for part in query:
            kind, values = part["selection"]["filter"], part["selection"]["values"]
            own = next((variable for variable in table.variables if variable.code == part["code"]), None)
            if own is None or own.code in members or not values:
                return None
            known = list(own.values)
            if kind.startswith("agg:"):
                groups = table.groups.get(kind[4:], {})
                if not set(values) <= set(groups):
                    return None
                members[own.code] = {value: groups[value] for value in values}
                continue
            if kind == "all":
                values = [code for code in known if any(fnmatch.fnmatchcase(code, value) for value in values)]
            elif kind == "top":
                values = known[-int(values[0]) :]
            elif kind != "item" and not kind.startswith("vs:"):
                return None
            if not set(values) <= set(known):
                return None
            members[own.code] = {code: (code,) for code in values}
        for own in table.variables:
            if own.code not in members and not own.elimination:
                return None
        return members, {own.code: [*members[own.code]] for own in table.variables if own.code in members}


def _error(status: int, message: str) -> Response:
    return Response.of({"error": message}, status) if message else Response(status, b"", "text/plain")


def _cells(table: Table, codes: dict[str, list[str]], members: dict[str, Any]) -> list[float | str]:
    left_out = {own.code: tuple(own.values) for own in table.variables if own.code not in codes}
    names = list(codes)
    return [
        table.number({}, left_out | {name: members[name][code] for name, code in zip(names, cell, strict=True)})
        for cell in itertools.product(*codes.values())
    ]


def _stat(table: Table, codes: dict[str, list[str]], members: dict[str, Any]) -> dict[str, Any]:
    cells = _cells(table, codes, members)
    dimension = {
        name: {
            "label": table.variable(name).text,
            "category": {
                "index": {code: place for place, code in enumerate(own)},
                "label": {code: table.variable(name).values.get(code, code) for code in own},
            },
        }
        for name, own in codes.items()
    }
    symbols = {str(place): cell for place, cell in enumerate(cells) if isinstance(cell, str)}
    said = {"label": table.title, "source": "påhittad", "updated": table.stamp, "dimension": dimension}
    said["value"] = [None if isinstance(cell, str) else cell for cell in cells]
    return said | ({"status": symbols} if symbols else {})


def _stat2(table: Table, codes: dict[str, list[str]], members: dict[str, Any]) -> Response:
    sizes = [len(own) for own in codes.values()]
    said = {"class": "dataset", "version": "2.0", "id": [*codes], "size": sizes} | _stat(table, codes, members)
    return Response.of(said | {"role": {"time": [name for name in codes if table.variable(name).time]}})


def _stat1(table: Table, codes: dict[str, list[str]], members: dict[str, Any]) -> Response:
    said = _stat(table, codes, members)
    said["dimension"] |= {"id": [*codes], "size": [len(own) for own in codes.values()], "role": {}}
    return Response.of({"dataset": said})


def _rows(table: Table, codes: dict[str, list[str]], members: dict[str, Any]) -> Response:
    """Keys are codes; figures are texts; the variable of contents heads columns, or the title does."""
    contents = next((own.code for own in table.variables if own.contents and own.code in codes), None)
    keys = {name: own for name, own in codes.items() if name != contents}
    columns = [
        {"code": name, "text": table.variable(name).text, "type": "t" if name in ("Tid", "År") else "d"}
        for name in keys
    ]
    heads = codes[contents] if contents else [table.title]
    columns += [{"code": head, "text": head, "type": "c"} for head in heads]
    order = keys | ({contents: codes[contents]} if contents else {})
    cells = [cell if isinstance(cell, str) else f"{cell:g}" for cell in _cells(table, order, members)]
    width = len(heads)
    data = [
        {"key": [*key], "values": cells[row * width : (row + 1) * width]}
        for row, key in enumerate(itertools.product(*keys.values()))
    ]
    said = {
        "columns": columns,
        "comments": [],
        "data": data,
        "metadata": [{"updated": table.stamp, "label": table.title}],
    }
    return Response(200, b"\xef\xbb\xbf" + json.dumps(said, ensure_ascii=False).encode(), "application/json")
