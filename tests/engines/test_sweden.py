"""The made-up Sweden has the shape it says, says that it is made up, and the bench measures it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import bench_sweden
import sweden

from vagvisare.engines.assess import assess


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small part of the made-up Sweden."""
    place = tmp_path_factory.mktemp("sweden")
    sweden.write(place, 9_000)
    return place


def test_the_catalogue_has_the_shape_of_koladas():
    listed = sweden.catalogue()
    assert len(listed) == 6099
    split = [split for _, split, _ in listed]
    assert sum(split) == 1329 + 674 + 310
    total = sum(sweden.series_of(whom, split) for whom, split, _ in listed)
    assert total == 312 * (2320 + 458 + 3 * (1329 + 674)) + 22 * (1008 + 3 * 310) == 2_784_180
    assert len(sweden.EVERYBODY) == 1 + 21 + 290


def test_figures_are_ragged_in_order_and_carry_the_remark_everywhere(folder, tmp_path):
    rows = _figures(folder)
    assert b"Synthetic" in rows.schema.metadata[b"note"]
    assert b"Synthetic" in pq.read_schema(folder / "contracts.parquet").metadata[b"note"]
    frame = rows.to_pandas()
    lengths = frame.groupby(["indicator", "territory", "sex"], observed=True).size()
    assert lengths.max() <= 25
    assert len(np.unique(lengths)) > 15
    assert frame["period"].max() == sweden.LAST_YEAR
    done = assess(folder, tmp_path / "out")
    assert done.series == len(lengths)
    assert "Synthetic" in done.note
    assert "Påhittade" in done.note
    assert all(b"Synthetic" in pq.read_schema(part).metadata[b"note"] for part in (tmp_path / "out").glob("part-*"))


def _figures(folder):
    import pyarrow as pa

    return pa.concat_tables([pq.read_table(path) for path in sorted(folder.glob("figures-*.parquet"))])


def test_the_same_is_drawn_every_time(folder, tmp_path):
    sweden.write(tmp_path, 9_000)
    assert _figures(tmp_path).equals(_figures(folder))


def test_the_bench_says_what_it_measured_and_that_the_figures_are_made_up(folder, monkeypatch, capsys):
    monkeypatch.setattr(bench_sweden, "figures", lambda _series: folder)
    bench_sweden.main(9_000)
    out = capsys.readouterr().out
    assert re.search(r"made-up figures: [89],\d{3} series, local +\d+\.\d s", out)
    assert re.search(r"peak memory +\d\.\d\d GiB", out)
    assert "already judged" in out
    assert "< 60 s" not in out, "the bar is for all of Sweden"
