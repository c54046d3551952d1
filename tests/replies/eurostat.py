"""A Eurostat of our own: three interfaces over one small table, written by us after the published interface.

Not copied from any answer; every figure is made up (``figure``). It is strict where Eurostat is: at most 50 named
categories, an empty table for an unknown code, 400 for an unknown dimension, a promise in place of a large answer.

https://ec.europa.eu/eurostat/web/user-guides/data-browser/api-data-access
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod

from replies.server import Request, Response

COUNTIES = ("SE110", "SE121", "SE122", "SE123", "SE124", "SE125", "SE211", "SE212", "SE213", "SE214", "SE221", "SE224")
COUNTIES += ("SE231", "SE232", "SE311", "SE312", "SE313", "SE321", "SE322", "SE331", "SE332")
MOST_NAMED = 50


@dataclass
class Eurostat:
    """One table, ``demo_made_up``, and its place in the contents.

    ``updated`` is its stamp. ``gone`` takes it away. ``revised`` replaces figures by key; ``flags`` says something of
    some. ``cells`` is how many API Statistics gives at once; ``promised`` makes the bulk file a promise too.
    ``on_answer`` is called after each answer, to let the table change between two.
    """

    updated: str = "2026-03-10T23:00:00+0100"
    gone: bool = False
    cells: int = 500_000
    promised: bool = False
    revised: dict[tuple[str, ...], float | None] = field(default_factory=dict)
    flags: dict[tuple[str, ...], str] = field(default_factory=dict)
    axes: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "freq": ("A",),
            "unit": ("NR",),
            "sex": ("T", "M", "F"),
            "geo": ("EU27_2020", "SE", "SE12", "NO", *COUNTIES),
            "time": tuple(str(year) for year in range(2015, 2025)),
        }
    )
    answers: int = 0
    changes_after: int = 0

    def figure(self, key: tuple[str, ...]) -> float | None:
        """Return a made-up figure: the same for the same key, none for some."""
        if key in self.revised:
            return self.revised[key]
        number = sum((place + 1) * sum(map(ord, code)) for place, code in enumerate(key))
        return None if number % 37 == 0 else round(number % 1000 + 0.5, 1)

    def __call__(self, request: Request) -> Response:
        """Answer one request."""
        path = request.path.rstrip("/")
        if path.endswith("/catalogue/toc/txt") or path == "/catalogue/toc/txt":
            return self._contents()
        parts = path.strip("/").split("/")
        if self.gone or parts[-1].lower() != "demo_made_up":
            return Response.of({"error": [{"status": 404, "id": 100, "label": "No results found"}]}, 404)
        answer = self._bulk(request) if parts[0] == "sdmx" else self._statistics(request)
        self.answers += 1
        if self.answers == self.changes_after:
            self.updated = "2026-03-11T11:00:00+0100"
        return answer

    def _contents(self) -> Response:
        day = f"{self.updated[8:10]}.{self.updated[5:7]}.{self.updated[:4]}"
        head = '"title"\t"code"\t"type"\t"last update of data"\t"last table structure change"\t"data start"\t"data end"'
        rows = [
            head + '\t"values"',
            '"Database by themes"\t"data"\t"folder"\t" "\t" "\t" "\t" "\t" "',
            '"    Women and men by county, made up"\t"demo_more"\t"dataset"\t"01.02.2026"\t" "\t"2000"\t"2024"\t12',
        ]
        if not self.gone:
            row = '"        Population, made up"\t"demo_made_up"\t"dataset"\t"{}"\t"01.02.2026"\t"2015"\t"2024"\t750'
            rows += [row.format(day), row.format(day)]
        return Response(200, ("\n".join(rows) + "\n").encode(), "text/plain;charset=UTF-8")

    def _statistics(self, request: Request) -> Response:
        asked = {name: values for name, values in request.query.items() if name not in {"format", "lang"}}
        bounds = {
            name: asked.pop(name)[0]
            for name in ("sinceTimePeriod", "untilTimePeriod", "lastTimePeriod")
            if name in asked
        }
        for name in asked:
            if name not in self.axes:
                label = f'INVALID_QUERY_DIMENSION: Query is invalid. Dimension "{name.upper()}" is not defined'
                return Response.of({"error": [{"status": 400, "id": 150, "label": label}]}, 400)
        if sum(map(len, asked.values())) > MOST_NAMED:
            label = "Too many categories have been requested. Maximum is 50."
            return Response.of({"error": [{"status": 416, "id": 416, "label": label}]}, 416)
        axes = {
            name: tuple(code for code in codes if name not in asked or code in asked[name])
            for name, codes in self.axes.items()
        }
        axes["time"] = _bounded(axes["time"], bounds)
        if prod(map(len, axes.values())) > self.cells:
            label = "ASYNCHRONOUS_RESPONSE. Your request will be treated asynchronously. Please try again later."
            return Response.of({"warning": {"status": 413, "id": 413, "label": label}})
        return Response.of(self._jsonstat(axes))

    def _jsonstat(self, axes: Mapping[str, tuple[str, ...]]) -> dict[str, object]:
        values, status = {}, {}
        for place, key in enumerate(product(*axes.values())):
            if (figure := self.figure(key)) is not None:
                values[str(place)] = figure
            if key in self.flags:
                status[str(place)] = self.flags[key]
        return {
            "version": "2.0",
            "class": "dataset",
            "label": "Population, made up",
            "source": "ESTAT",
            "updated": self.updated,
            "value": values,
            "status": status,
            "id": list(axes),
            "size": [len(codes) for codes in axes.values()],
            "dimension": {
                name: {
                    "label": name,
                    "category": {
                        "index": {code: place for place, code in enumerate(codes)},
                        "label": {code: f"Label of {code}" for code in codes},
                    },
                }
                for name, codes in axes.items()
            },
            "extension": {"lang": "EN", "id": "DEMO_MADE_UP", "agencyId": "ESTAT", "version": "1.0"},
        }

    def _bulk(self, request: Request) -> Response:
        if self.promised:
            body = b"<?xml version='1.0'?><promise>asynchronous</promise>"
            return Response(200, body, "application/xml")
        assert request.first("format") == "TSV"
        body = self.tsv().encode()
        packed = request.first("compressed") == "true"
        return Response(200, gzip.compress(body) if packed else body, "application/octet-stream")

    def tsv(self) -> str:
        """Return the whole table as a bulk file."""
        *names, _ = self.axes
        lines = [",".join(names) + "\\TIME_PERIOD\t" + "\t".join(f"{year} " for year in self.axes["time"])]
        for key in product(*(self.axes[name] for name in names)):
            cells = [self._cell((*key, year)) for year in self.axes["time"]]
            lines.append(",".join(key) + "\t" + "\t".join(cells))
        return "\n".join(lines) + "\n"

    def _cell(self, key: tuple[str, ...]) -> str:
        figure = self.figure(key)
        return f"{':' if figure is None else figure} {self.flags.get(key, '')}"


def _bounded(periods: tuple[str, ...], bounds: Mapping[str, str]) -> tuple[str, ...]:
    kept = [
        period
        for period in periods
        if period >= bounds.get("sinceTimePeriod", "") and period <= bounds.get("untilTimePeriod", "9999")
    ]
    last = int(bounds.get("lastTimePeriod", 0))
    return tuple(kept[-last:] if last else kept)
