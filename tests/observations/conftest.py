"""Synthetic vintages, and the places a store can lie in."""

from __future__ import annotations

from datetime import date
from itertools import count

import pyarrow as pa
import pytest

from vagvisare.observations.store import Store
from vagvisare.observations.vintage import Vintage, checksum
from vagvisare.sources.contract import FIGURES, Receipt

_places = count()


def _figures(*rows):
    """Build figures from (territory, year or years, sex, background, value, status), from the left as many as given."""
    given = []
    for row in rows:
        territory, period, sex, background, value, status = (*row, *("18", 2020, "T", "", None, "")[len(row) :])
        start, end = period if isinstance(period, tuple) else (period, period)
        given.append((territory, start, end, sex, background, value, None, None, None, None, None, status))
    columns = [list(column) for column in zip(*given, strict=True)] if given else [[] for _ in FIGURES]
    return pa.table(columns, schema=FIGURES)


def _series(**values):
    """Build one series of Örebro county: ``series(y2020=1.0)``."""
    return _figures(*(("18", int(year[1:]), "T", "", value) for year, value in values.items()))


def _vintage(figures, dataset="syntetisk", recorded=date(2026, 3, 1), fetched="", **about):
    about = {
        "title": "Syntetisk serie",
        "producer": "Ingen (syntetisk)",
        "source_id": "SYN1",
        "licence": "CC0",
        "unit": "percent",
        "read_from": "",
        "typical_release": "",
    } | about
    fetched = fetched or f"{recorded}T06:00:00+00:00"
    receipt = Receipt(
        dataset=dataset,
        recorded=recorded,
        rows=figures.num_rows,
        sha256=checksum(figures),
        source="test",
        fetched=fetched,
        **about,
    )
    return Vintage(receipt, figures)


@pytest.fixture(scope="session")
def figures():
    return _figures


@pytest.fixture(scope="session")
def series():
    return _series


@pytest.fixture(scope="session")
def vintage():
    return _vintage


@pytest.fixture(params=["forgotten", "disk", "file-url", "objects"])
def anywhere(request, tmp_path):
    """A store in every kind of place that needs no server."""
    roots = {
        "forgotten": None,
        "disk": tmp_path / "store",
        "file-url": f"file://{tmp_path}/a%20store",
        "objects": f"memory://test{next(_places)}-{tmp_path.name}",
    }
    return Store(roots[request.param])
