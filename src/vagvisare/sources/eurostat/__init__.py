"""Eurostat's dissemination interfaces: figures of counties and countries by NUTS code.

Three of them are used: API Statistics (JSON-stat, small pulls), API SDMX 2.1 (whole tables as TSV, large pulls) and the
catalogue's table of contents (what there is, and when it was last updated). Source: Eurostat's user guide to data
access, https://ec.europa.eu/eurostat/web/user-guides/data-browser/api-data-access.
"""

from __future__ import annotations

from vagvisare.sources.eurostat.client import Eurostat

__all__ = ["Eurostat"]
