"""The cluster says what the local engine says, on two workers started for the purpose."""

from __future__ import annotations

import os
import sys
import warnings
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from figure_store import assessed, rows_of, write
from hypothesis import given
from hypothesis import strategies as st
from test_local import INDICATORS, made_up_panel

from vagvisare.engines import plan, spark, spark_session
from vagvisare.engines.assess import assess
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Language

REQUIRED = os.environ.get("VAGVISARE_REQUIRE_SPARK") == "1"
COLUMNS = pa.schema([("indicator", pa.string()), ("row", pa.int32())])


@pytest.fixture(scope="module")
def cluster():
    """Two workers of one core each, in processes of their own."""
    try:
        spark.check()
    except UserError as error:
        if REQUIRED:
            pytest.fail(error.message(Language.EN))
        pytest.skip(f"NOT TESTED, no cluster can be started: {error.message(Language.EN)}")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("tests")
        for name, value in spark_session.SETTINGS.items():
            builder = builder.config(name, value)
        # No task begins before both workers have come.
        builder = builder.config("spark.scheduler.minRegisteredResourcesRatio", "1.0")
        builder = builder.config("spark.scheduler.maxRegisteredResourcesWaitingTime", "120s")
        session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def both(cluster, tmp_path_factory):
    """The same figures judged here and on the cluster; there stopped after the first of two slices and taken up."""
    place = tmp_path_factory.mktemp("both")
    folder = write(place / "in", made_up_panel(), INDICATORS, rows_a_group=700)
    here = assessed(folder, place / "local")
    out = place / "spark"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "PIECE_ROWS", 2000)
        patch.setattr(spark, "SLICE_ROWS", 6000)
        with pytest.raises(KeyboardInterrupt):
            assess(folder, out, "spark", lambda _rows: _stop)
        first = {path: path.stat().st_mtime_ns for path in out.glob("part-*")}
        done = assess(folder, out, "spark")
    assert done.series == len(here)
    return here, rows_of(out), first, done.kept, out


def _stop(_rows, _series):
    raise KeyboardInterrupt


def test_the_cluster_has_two_workers(cluster, both):
    infos = cluster.sparkContext._jsc.sc().statusTracker().getExecutorInfos()
    assert len(infos) == 1 + 2  # the driver counts as one


def test_every_row_is_the_local_row(both):
    here, there, *_ = both
    assert sorted(here) == sorted(there)
    for key, row in here.items():
        for name, value in row.items():
            wanted = pytest.approx(value, rel=1e-9, abs=1e-12) if isinstance(value, float) else value
            assert there[key][name] == wanted, (key, name)


def test_a_run_that_was_stopped_goes_on_where_it_was(both):
    _, there, first, kept, out = both
    (part,) = first
    assert part.stat().st_mtime_ns == first[part], "what was finished was made again"
    assert 0 < kept < len(there)
    assert len(list(out.glob("part-*"))) == 2
    assert not list(out.glob(".part*"))


def test_the_session_of_others_is_left_alone(cluster, both):
    assert cluster.conf.get("spark.sql.shuffle.partitions") == "200"
    assert cluster.range(3).count() == 3


names = st.lists(st.sampled_from("abcdef"), max_size=40).map(sorted)


@given(names, st.lists(st.integers(0, 40), max_size=8), st.integers(1, 12))
def test_batches_cut_anywhere_come_out_as_whole_indicators(words, cuts, at_once):
    rows = pa.table({"indicator": words, "row": list(range(len(words)))}, schema=COLUMNS)
    edges = [0, *sorted(min(cut, len(words)) for cut in cuts), len(words)]
    batches = [
        pa.RecordBatch.from_pylist(rows.slice(first, last - first).to_pylist(), schema=COLUMNS)
        for first, last in pairwise(edges)
    ]
    tables = list(spark.whole_indicators(iter(batches), at_once))
    assert [row for table in tables for row in table["row"].to_pylist()] == list(range(len(words)))
    homes = [set(pc.unique(table["indicator"]).to_pylist()) for table in tables]
    assert sum(map(len, homes)) == len(set(words)), "an indicator came in two pieces"


def test_without_pyspark_or_java_a_sentence_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(UserError, match="pip install 'vagvisare") as found:
        spark.check()
    assert "--engine local" in found.value.message(Language.EN)


def test_without_java_a_sentence_says_what_to_install(monkeypatch, tmp_path):
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(UserError, match="Java 17"):
        spark.check()


def test_an_address_of_no_cluster_is_refused_before_java_starts(monkeypatch):
    monkeypatch.setenv(spark_session.MASTER, "nonsense")
    monkeypatch.setattr(spark_session.shutil, "which", lambda _name: "/usr/bin/java")
    monkeypatch.setitem(sys.modules, "pyspark", sys)
    with pytest.raises(UserError, match="kan inte vara ”nonsense”"):
        spark.check()


def test_what_a_cluster_answers_wrongly_is_a_sentence():
    told = spark_session.failed(RuntimeError("\n  the worker was lost \n  at org.apache.spark\n")).message(Language.EN)
    assert told.startswith("Spark did not answer as it should: the worker was lost. The parts already finished remain.")
    assert "org.apache" not in told
