"""Sources by name: ours, and one that a region's own package brings without a line changed here."""

import os
import subprocess
import sys
import textwrap

import pytest

from vagvisare.sources import registry
from vagvisare.sources.contract import Source
from vagvisare.terms.errors import UnknownError


@pytest.mark.parametrize("name", registry.names())
def test_every_known_source_loads_and_speaks_https(name):
    source = registry.source_of(name)
    assert isinstance(source, Source)
    assert source.name == name
    assert source.url.startswith("https://") or name == "spreadsheet"
    assert source.calls > 0
    assert source.seconds > 0
    for verb in ("news", "fetch", "shape", "find"):
        assert callable(getattr(source.client, verb))


def test_a_name_nobody_has_is_answered_with_the_nearest():
    with pytest.raises(UnknownError, match="Menade du ”kolada”"):
        registry.source_of("kollada")
    with pytest.raises(UnknownError, match=r"Kända källor: .*scb"):
        registry.source_of("xyz")


OWN = """
import pyarrow as pa
from vagvisare.sources.contract import FIGURES, Delivery, News, NewsState, Shape, Source

class Own:
    kind = "own"
    def news(self, asks, wire):
        return {ask.dataset: News(NewsState.UNKNOWN) for ask in asks}
    def fetch(self, ask, wire):
        row = {name: None for name in FIGURES.names}
        row |= {"territory": "18", "start": 2024, "end": 2024, "sex": "T", "background": "", "value": 7.0, "status": ""}
        return Delivery(pa.Table.from_pylist([row], schema=FIGURES), self.shape(ask.query.table, wire), ())
    def shape(self, table, wire):
        return Shape(table, "Egen tabell")
    def find(self, words, wire, limit=20):
        return ()

SOURCE = Source("stadskontoret", "Stadskontoret", Own(), "https://statistik.example.org", 10, 1.0)
"""


def run(folder, code):
    environ = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", textwrap.dedent(code)]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def package(folder, value):
    (folder / "egen_kalla.py").write_text(OWN, encoding="utf-8")
    described = folder / "egen_kalla-1.0.dist-info"
    described.mkdir()
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: egen-kalla\nVersion: 1.0\n", encoding="utf-8")
    (described / "entry_points.txt").write_text(f"[vagvisare.sources]\nstadskontoret = {value}\n", encoding="utf-8")
    return folder


def test_a_package_beside_us_brings_a_source_of_its_own(tmp_path):
    said = run(
        package(tmp_path, "egen_kalla:SOURCE"),
        """
        from vagvisare.intake import run
        from vagvisare.intake.plan import jobs
        from vagvisare.observations.store import Store
        from vagvisare.sources.query import Dataset, Dimension, Query, Role
        dimensions = (Dimension("r", Role.TERRITORY), Dimension("t", Role.PERIOD))
        dataset = Dataset("egen", "stadskontoret", "Egen", "Staden", "persons", (Query("T1", dimensions),))
        import tempfile
        store = Store(tempfile.mkdtemp())
        (outcome,) = run.fetch(jobs([dataset], store), run.Room(store))
        print(outcome.state, store.figures(store.latest("egen")).column("value").to_pylist())
        """,
    )
    assert said.split() == ["new", "[7.0]"]


@pytest.mark.parametrize("value", ["egen_kalla:FINNS_INTE", "egen_kalla:OWN", "saknas:SOURCE"])
def test_a_package_that_cannot_be_loaded_is_named(tmp_path, value):
    said = run(
        package(tmp_path, value),
        """
        from vagvisare.sources import registry
        from vagvisare.terms.errors import VagvisareError
        try:
            registry.source_of("stadskontoret")
        except VagvisareError as error:
            print(error)
        """,
    )
    assert "egen-kalla" in said
