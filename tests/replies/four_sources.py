"""A strategy folder with a data set from each of four kinds of source, and the sources. Every figure is made up.

The folder is a copy of ``strategies/orebro`` cut down to four of its indicators, under a name with a space and an å,
whose data sets are small ones at servers of ours on 127.0.0.1 and in a delivered file.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from replies.kolada3 import Kolada3, Row, kpi
from replies.pxweb1 import PxWeb1Server, Variable
from replies.pxweb1 import Table as Table1
from replies.pxwebapi2 import Dim, PxWebApi2
from replies.pxwebapi2 import Table as Table2
from replies.server import LocalServer

BUNDLED = Path(__file__).parents[2] / "strategies" / "orebro"
KPI = "N00001"
TABLE = "TAB0001"
PATH = "A_Folkhalsodata/B_HLV/aSocialarel/halsa ä.px"
YEARS = tuple(str(year) for year in range(2015, 2026))
DATASETS = ("low_trust", "upper_secondary_eligibility", "good_self_rated_health", "daily_smoking")
"""From Kolada, PxWebApi 2, PxWeb 1 and a spreadsheet, in that order."""
UNITS = {"0000": "00", "0018": "18", "0020": "20", "1880": "1880"}

_HEAD = """
[[dataset]]
key = "{key}"
source = "{source}"
title = "Påhittad andel {key}"
producer = "Påhittad producent"
unit = "percent"
{extra}
[[dataset.query]]
table = "{table}"
{layout}
"""
_DIMENSION = """[[dataset.query.dimension]]
code = "{code}"
role = "{role}"
"""


def _definition(
    key: str, source: str, table: str, *dimensions: dict[str, Any], extra: str = "", layout: str = ""
) -> str:
    told = _HEAD.format(key=key, source=source, table=table, extra=extra, layout=layout)
    for each in dimensions:
        told += "\n" + _DIMENSION.format(code=each["code"], role=each["role"])
        for name in ("values", "ours"):
            if name in each:
                told += f"{name} = {json.dumps(each[name])}\n"
    return told


def definitions() -> str:
    """Return four data sets as they stand in indicators.toml."""
    region = {"code": "Region", "role": "territory", "values": ["00", "18", "20", "1880"]}
    return "".join(
        [
            _definition(
                DATASETS[0],
                "kolada",
                KPI,
                {"code": "municipality", "role": "territory", "values": list(UNITS)},
                {"code": "year", "role": "period"},
                {"code": "gender", "role": "sex"},
            ),
            _definition(
                DATASETS[1],
                "scb",
                TABLE,
                region,
                {"code": "Kon", "role": "sex", "values": ["1", "2"], "ours": ["M", "K"]},
                {"code": "ContentsCode", "role": "fixed", "values": ["A1"]},
                {"code": "Tid", "role": "period"},
            ),
            _definition(
                DATASETS[2],
                "folkhalsomyndigheten",
                PATH,
                region,
                {"code": "Mått", "role": "fixed", "values": ["01"]},
                {"code": "Kön", "role": "sex", "values": ["00"], "ours": ["T"]},
                {"code": "År", "role": "period"},
            ),
            _definition(
                DATASETS[3],
                "spreadsheet",
                "deliveries/rök.csv",
                {"code": "Kod", "role": "territory"},
                {"code": "År", "role": "period"},
                {"code": "Kön", "role": "sex", "values": ["Kvinnor", "Män"], "ours": ["K", "M"]},
                layout='layout.value = "Andel"',
            ),
        ]
    )


def share(*codes: str) -> float:
    """Return a made-up share that is the same for the same codes, and never leaps from year to year."""
    *other, year = codes
    start = sum(ord(sign) for code in other for sign in code) % 30
    return round(40 + start + (int(year) - 2015) * 0.5 + int(year) % 3 * 0.3, 1)


def csv(years: tuple[str, ...] = ("2023", "2024", "2025")) -> str:
    """Return a delivered sheet."""
    rows = [
        f"{place};{year};{sex};{str(share(place, sex, year)).replace('.', ',')}"
        for place in ("18", "1880", "20")
        for year in years
        for sex in ("Kvinnor", "Män")
    ]
    return "\n".join(["Kod;År;Kön;Andel", *rows]) + "\n"


@dataclass
class FourSources:
    """The folder, and what stands behind each of its data sets; ``spoil`` changes a source's every answer."""

    folder: Path
    kolada: Kolada3
    scb: PxWebApi2
    health: PxWeb1Server
    servers: dict[str, LocalServer] = field(default_factory=dict)
    spoilers: dict[str, Any] = field(default_factory=dict)

    def spoil(self, source: str, fault: Any = None) -> None:
        """Let ``fault`` make something of every answer of a source, given request and answer; None mends it."""
        self.spoilers[source] = fault

    def setting(self, source: str, url: str) -> None:
        """Change the address of a source in strategy.toml."""
        file = self.folder / "strategy.toml"
        old = rf"(\[sources\.{source}\]\nurl = ).*"
        told = re.sub(old, lambda found: f'{found[1]}"{url}"', file.read_text("utf-8"))
        file.write_text(told, "utf-8")

    def define(self, old: str, new: str) -> None:
        """Change the first such line of indicators.toml."""
        file = self.folder / "indicators.toml"
        told = file.read_text("utf-8")
        assert old in told, old
        file.write_text(told.replace(old, new, 1), "utf-8")

    def asked(self) -> int:
        """Return how many calls have come to all servers together."""
        return sum(len(server.log) for server in self.servers.values())


def kolada() -> Kolada3:
    """Return a Kolada with one KPI."""
    rows = [
        Row(KPI, unit, int(year), share(unit, gender, year), gender)
        for unit in UNITS
        for year in YEARS
        for gender in "TKM"
    ]
    return Kolada3([kpi(KPI)], rows)


def scb() -> PxWebApi2:
    """Return a PxWebApi 2 with one table."""
    table = Table2(
        TABLE,
        "Påhittad andel efter region, kön, tabellinnehåll och år",
        [
            Dim("Region", "region", {"00": "Riket", "18": "Örebro län", "20": "Dalarnas län", "1880": "Örebro"}, "geo"),
            Dim("Kon", "kön", {"1": "män", "2": "kvinnor"}),
            Dim("ContentsCode", "tabellinnehåll", {"A1": "Andel"}, "metric"),
            Dim("Tid", "år", {year: year for year in YEARS}, "time"),
        ],
        unit="procent",
        figure=lambda codes: share(*codes),
    )
    server = PxWebApi2(table, calls=100_000)
    server.now = datetime.now(tz=UTC)
    return server


def health() -> PxWeb1Server:
    """Return a PxWeb 1 with one table."""
    regions = {"00": "Riket", "18": "18 Örebro län", "20": "20 Dalarnas län", "1880": "Örebro"}
    table = Table1(
        "Påhittad hälsa efter region, mått, kön och år. Andel (procent).",
        [
            Variable("Region", "Region", regions),
            Variable("Mått", "Mått", {"01": "Andel", "02": "Antal svar"}),
            Variable("Kön", "Kön", {"00": "Totalt", "01": "Män", "02": "Kvinnor"}),
            Variable("År", "År", {year: year for year in YEARS}, time=True),
        ],
        lambda cell: share(cell["Region"], cell["Kön"], cell["År"]),
    )
    server = PxWeb1Server(max_cells=100_000)
    server.tables = {PATH: table}
    server.config = {"maxCalls": 100_000, "timeWindow": 1}
    return server


def folder_in(place: Path, urls: dict[str, str]) -> Path:
    """Write the folder, its sources at ``urls``; return where."""
    made = place / "Örebro län å"
    made.mkdir()
    shutil.copytree(BUNDLED / "editions", made / "editions")
    for name in ("actors.toml", "evidence.toml", "links.toml", "timeline.toml", "trends.toml", "events.toml"):
        shutil.copy(BUNDLED / name, made / name)
    told = (BUNDLED / "indicators.toml").read_text("utf-8").partition("[[dataset]]")[0]
    sections = re.split(r"(?m)^(?=\[\[indicator\]\])", told)
    wanted = [part for part in sections if re.match(r'\[\[indicator\]\]\nkey = "([^"]+)"', part)]
    kept = [part for part in wanted if part.split('"')[1] in DATASETS]
    siblings = re.compile(r"(?ms)^\[\[indicator\.sibling\]\].*?(?=^\[\[|\Z)")
    text = "".join(siblings.sub("", part) for part in kept)
    (made / "indicators.toml").write_text(text + definitions(), "utf-8")
    strategy = (BUNDLED / "strategy.toml").read_text("utf-8")
    strategy += "".join(
        f'\n[sources.{name}]\nurl = "{url}"\ncalls = 100000\nseconds = 1.0\n' for name, url in urls.items()
    )
    (made / "strategy.toml").write_text(strategy, "utf-8")
    (made / "figures").mkdir()
    for ending in (".csv", ".receipt.toml"):
        shutil.copy(BUNDLED / "figures" / f"low_trust{ending}", made / "figures")
    (made / "deliveries").mkdir()
    (made / "deliveries" / "rök.csv").write_text(csv(), "utf-8")
    return made


def four_sources(place: Path, enter: Any) -> FourSources:
    """Start the servers, write the folder, and return all of it; ``enter`` enters a context until the test is over."""
    made = FourSources(place, kolada(), scb(), health())

    def serving(name: str, handler: Any) -> Any:
        def handle(request: Any) -> Any:
            answer = handler(request)
            fault = made.spoilers.get(name)
            return answer if fault is None else fault(request, answer)

        return handle

    handlers = {"kolada": made.kolada, "scb": made.scb, "folkhalsomyndigheten": made.health}
    made.servers = {name: enter(LocalServer(serving(name, handler))) for name, handler in handlers.items()}
    ends = {"kolada": "/v3", "scb": "", "folkhalsomyndigheten": "/api/v1/sv"}
    made.folder = folder_in(place, {name: server.url + ends[name] for name, server in made.servers.items()})
    return made


def revised(sources: FourSources, year: int = 2020, by: float = 1.5, day: str = "2099-01-01") -> None:
    """Change Örebro County's total of a year at Kolada."""
    rows = [row for row in sources.kolada.rows if (row.unit, row.year, row.gender) == ("0018", year, "T")]
    for row in rows:
        sources.kolada.rows[sources.kolada.rows.index(row)] = replace(
            row, value=round((row.value or 0) + by, 1), changed=day
        )
