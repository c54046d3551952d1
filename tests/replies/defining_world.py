"""A small synthetic strategy folder, and local servers that speak as Kolada and PxWebApi 2 do.

Written by us after the published interfaces; every figure, goal and description is made up. Titles and ids are those of
real KPIs and tables where that is what a person would look for.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from replies.kolada3 import Kolada3, Row, kpi
from replies.pxwebapi2 import Checked, Dim, PxWebApi2, Table
from replies.server import LocalServer
from vagvisare.editions.document import Edition, LevelName, Node, Source
from vagvisare.editions.registers import Register, Strategy
from vagvisare.strategy_folder import Folder, write
from vagvisare.terms.language import Text
from vagvisare.terms.territory import COUNTIES, TERRITORIES, municipalities

ELIGIBLE = "Elever i åk 9 som är behöriga till yrkesprogram, hemkommun, andel (%)"
GOAL = "effektmal/behorighet"
MADE_UP = Text("Påhittat", "Made up")
PLACES = {"0000": 80.0, "0018": 78.0}
PLACES |= {f"00{code}": 70.0 + number / 2 for number, code in enumerate(COUNTIES) if code != "18"}
PLACES |= {code: 75.0 + number / 4 for number, code in enumerate(municipalities("18"))}
"""Made-up shares in 2015, by Kolada's codes."""


def small_folder(path: Path) -> Path:
    """Write a folder for Örebro County with one goal and no indicators."""
    goal = Node(GOAL, "effect_goal", "Fler behöriga", Source("påhittat.txt"), english="More eligible")
    edition = Edition("utkast", "Utkast", "utkast", None, Source("påhittat.txt"), partial=True, nodes=(goal,))
    levels = (LevelName("effect_goal", MADE_UP, MADE_UP),)
    strategy = Strategy(
        "prov", MADE_UP, MADE_UP, "18", ("sv", "en"), (), levels, "utkast", (edition,), Register(), synthetic=True
    )
    write(Folder(strategy, (), (), (), ()), path)
    return path


def made_up_kolada() -> Kolada3:
    """Return a Kolada with one ordinary KPI and one whose title would command a terminal."""
    fake = Kolada3(
        [
            kpi("N15428", ELIGIBLE, description="Påhittad beskrivning.", publication_date="2027-10-01"),
            kpi(
                "N99001", "Hemligt \x1b[31mtal\u202e, antal", municipality_type="K", description="Rad\x07 ett\nrad två"
            ),
        ]
    )
    for unit, level in PLACES.items():
        for year in range(2015, 2026):
            for gender, shift in (("T", 0.0), ("K", 1.0), ("M", -1.0)):
                fake.rows.append(Row("N15428", unit, year, level + shift + (year - 2015) / 10, gender))
    return fake


def made_up_scb() -> PxWebApi2:
    """Return a PxWebApi 2 with one table of counts: sex can be left out, age cannot."""
    places = {"00": "Riket", **{code: TERRITORIES[code].name.sv for code in (*COUNTIES, *municipalities("18"))}}
    table = Table(
        "TAB5956",
        "Befolkning 16-74 år efter region, ålder och kön. År 2018 - 2025",
        [
            Dim("Region", "region", places, role="geo", eliminable=True),
            Dim("Alder", "ålder", {"16-24": "16–24 år", "25-64": "25–64 år", "65-74": "65–74 år"}),
            Dim("Kon", "kön", {"1": "män", "2": "kvinnor"}, eliminable=True),
            Dim("ContentsCode", "tabellinnehåll", {"000001": "Antal"}, role="metric"),
            Dim("Tid", "år", {str(year): str(year) for year in range(2018, 2026)}, role="time"),
        ],
        unit="personer",
        next_update="2027-05-25",
        figure=lambda codes: float(1000 + sum(map(ord, "".join(codes)))),
    )
    return PxWebApi2(table)


@contextlib.contextmanager
def served(kolada: Kolada3 | None = None, scb: PxWebApi2 | None = None) -> Iterator[dict[str, str]]:
    """Serve either or both; give the environment that leads there, and nowhere for what is not served.

    Each request and reply of PxWebApi 2 is held against its published description.
    """
    nowhere = "http://127.0.0.1:9/nobody"
    environ = {"VAGVISARE_SOURCE_KOLADA_URL": nowhere, "VAGVISARE_SOURCE_SCB_URL": nowhere}
    with contextlib.ExitStack() as servers:
        if kolada is not None:
            url = servers.enter_context(LocalServer(kolada)).url
            environ["VAGVISARE_SOURCE_KOLADA_URL"] = f"{url}/v3"
        if scb is not None:
            environ["VAGVISARE_SOURCE_SCB_URL"] = servers.enter_context(LocalServer(Checked(scb))).url
        yield environ
