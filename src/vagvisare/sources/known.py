"""The official sources we know by name: which interface each speaks, where, and how often it may be asked."""

from __future__ import annotations

from vagvisare.sources.contract import Source
from vagvisare.sources.eurostat import Eurostat
from vagvisare.sources.kolada import Kolada
from vagvisare.sources.pxweb.v1 import PxWeb1
from vagvisare.sources.pxweb.v2 import PxWeb2
from vagvisare.sources.sdmx import Sdmx
from vagvisare.sources.spreadsheet.delivery import Spreadsheet

SCB = Source("scb", "SCB, Statistikdatabasen", PxWeb2(), "https://statistikdatabasen.scb.se/api/v2", 30, 10.0, "CC0")
SCB_V1 = Source(
    "scb_v1",
    "SCB, Statistikdatabasen (version 1)",
    PxWeb1(),
    "https://api.scb.se/OV0104/v1/doris/sv/ssd",
    10,
    10.0,
    "CC0",
)
KOLADA = Source("kolada", "Kolada (RKA)", Kolada(), "https://api.kolada.se/v3", 5, 1.0)
FOLKHALSOMYNDIGHETEN = Source(
    "folkhalsomyndigheten",
    "Folkhälsomyndigheten, Folkhälsodata",
    PxWeb1(),
    "https://fohm-app.folkhalsomyndigheten.se/Folkhalsodata/api/v1/sv",
    10,
    10.0,
)
JORDBRUKSVERKET = Source(
    "jordbruksverket", "Jordbruksverket", PxWeb1(), "https://statistik.sjv.se/PXWeb/api/v1/sv", 10, 10.0
)
TILLVAXTANALYS = Source(
    "tillvaxtanalys", "Tillväxtanalys", PxWeb1(), "https://statistik.tillvaxtanalys.se/PxWeb/api/v1/sv", 10, 10.0
)
KONJUNKTURINSTITUTET = Source(
    "konjunkturinstitutet", "Konjunkturinstitutet", PxWeb1(), "https://statistik.konj.se/PXWeb/api/v1/sv", 10, 10.0
)
EUROSTAT = Source("eurostat", "Eurostat", Eurostat(), "https://ec.europa.eu/eurostat/api/dissemination", 5, 1.0)
OECD = Source("oecd", "OECD", Sdmx(), "https://sdmx.oecd.org/public/rest", 60, 3600.0)
SPREADSHEET = Source("spreadsheet", "Leverans i fil", Spreadsheet(), "", 1000, 1.0)
