"""Output comes in whole parts, a run that is stopped goes on where it was, and stale parts are made anew."""

from __future__ import annotations

import hashlib
import json
import resource
import signal
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from figure_store import CONTRACTS, assessed, contracts, figures, indicator, rows_of, write
from test_local import INDICATORS, made_up_panel

from vagvisare.engines import local, output, plan
from vagvisare.engines.assess import assess
from vagvisare.terms.errors import OutputError

RUN = """
import sys, time
from pathlib import Path
from vagvisare.engines import assess, local, output, plan
plan.PIECE_ROWS, local.WORKERS = 1, 2
whole = output.write
def slowly(*arguments):
    time.sleep(float(sys.argv[3]))
    return whole(*arguments)
output.write = slowly
assess.assess(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder that is cut into one piece an indicator."""
    monkeypatch.setattr(plan, "PIECE_ROWS", 1)
    return write(tmp_path / "in", made_up_panel(), INDICATORS)


def digests(out):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.glob("part-*"))}


def manifest(out):
    return json.loads((out / output.MANIFEST).read_text(encoding="utf-8"))


def test_two_runs_write_the_same_bytes(folder, tmp_path):
    assess(folder, tmp_path / "a")
    assess(folder, tmp_path / "b")
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert len(digests(tmp_path / "a")) == len(INDICATORS)


def test_a_run_that_was_killed_goes_on_and_ends_with_the_same_bytes(folder, tmp_path):
    assess(folder, tmp_path / "whole")
    out = tmp_path / "killed"
    running = subprocess.Popen([sys.executable, "-c", RUN, str(folder), str(out), "0.15"])
    while len(list(out.glob("part-*"))) < 2:
        assert running.poll() is None, "it ended before it could be killed"
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    running.wait()
    found = digests(out)
    assert 2 <= len(found) < len(INDICATORS)
    assert all(pq.read_table(out / name).num_rows for name in found), "a part under its name is whole"
    assert manifest(out)["complete"] is False
    written = {name: (out / name).stat().st_mtime_ns for name in found}
    done = assess(folder, out)
    assert 0 < done.kept < done.series
    assert digests(out) == digests(tmp_path / "whole")
    assert {name: (out / name).stat().st_mtime_ns for name in written} == written, "finished parts are left alone"
    assert manifest(out) == manifest(tmp_path / "whole")
    assert not list(out.glob(".*"))


def test_what_was_half_written_is_never_seen_and_is_cleared_away(folder, tmp_path):
    out = tmp_path / "out"
    assess(folder, out)
    (out / f".part-00001.parquet{output.WRITING}").write_bytes(b"PAR1 half")
    (out / "part-00002.parquet").write_bytes(b"PAR1 broken by somebody")
    (out / "part-77777.parquet").write_bytes(b"of an older plan")
    done = assess(folder, out)
    assert done.kept < done.series
    assert sorted(p.name for p in out.iterdir() if "part" in p.name) == sorted(digests(out))
    assert len(rows_of(out)) == done.series


def test_only_what_its_figures_or_contract_changed_is_made_again(folder, tmp_path):
    out = tmp_path / "out"
    assess(folder, out)
    before = digests(out)
    assert assess(folder, out).kept == len(rows_of(out))
    others = [*INDICATORS[1:], indicator("share", target=(90.0, 2035))]
    pq.write_table(contracts(others), folder / "contracts.parquet")
    done = assess(folder, out)
    changed = [name for name, digest in digests(out).items() if digest != before[name]]
    assert len(changed) == 1
    assert set(pq.read_table(out / changed[0])["indicator"].to_pylist()) == {"share"}
    assert done.series - done.kept == pq.read_table(out / changed[0]).num_rows


def test_changed_figures_are_judged_again(folder, tmp_path):
    out = tmp_path / "out"
    first = assessed(folder, out)
    table = figures(made_up_panel())
    rows = table.to_pydict()
    rows["value"][-1] += 1
    pq.write_table(pa.Table.from_pydict(rows, schema=table.schema), folder / "figures.parquet", row_group_size=500)
    second = assessed(folder, out)
    assert second != first
    assert second == assessed(folder, tmp_path / "anew")


def test_another_method_or_release_makes_all_stale(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    assess(folder, out)
    monkeypatch.setattr(plan, "RESULT_VERSION", plan.RESULT_VERSION + 1)
    assert assess(folder, out).kept == 0


def test_a_remark_on_the_figures_follows_them(folder, tmp_path):
    made_up = figures(made_up_panel()).replace_schema_metadata({"note": "made up"})
    pq.write_table(made_up, folder / "figures.parquet")
    assert assess(folder, tmp_path / "out").note == "made up"
    assert pq.read_schema(tmp_path / "out" / "part-00000.parquet").metadata[b"note"] == b"made up"
    assert manifest(tmp_path / "out")["note"] == "made up"


def test_when_interrupted_nothing_new_begins_and_no_part_is_half(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    monkeypatch.setattr(local, "WORKERS", 2)

    def stop(_rows, _series):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assess(folder, out, progress=lambda _rows: stop)
    # Two at a time: the first, and what was under way or had just begun.
    assert 1 <= len(digests(out)) <= 3
    assert not list(out.glob(".part*"))
    assert len(rows_of(out)) == sum(pq.read_table(out / name).num_rows for name in digests(out))


def test_a_disk_that_is_full_leaves_whole_parts_and_says_how_to_go_on(folder, tmp_path):
    """The system lets the process write no file larger than some kilobytes, as a full disk does."""
    out = tmp_path / "out"
    sizes = sorted(path.stat().st_size for path in _run(folder, tmp_path / "whole").glob("part-*"))

    def little_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (sizes[-2] + 1, sizes[-2] + 1))

    command = [sys.executable, "-c", RUN + "\n", str(folder), str(out), "0"]
    ended = subprocess.run(command, preexec_fn=little_room, capture_output=True, text=True, check=False)
    assert ended.returncode != 0
    assert "OutputError" in ended.stderr
    assert "kör samma kommando igen" in ended.stderr
    assert all(pq.read_table(path).num_rows for path in out.glob("part-*"))
    assert manifest(out)["complete"] is False
    assess(folder, out)
    assert digests(out) == digests(tmp_path / "whole")


def _run(folder, out):
    assess(folder, out)
    return out


def test_a_place_that_cannot_be_written_to_is_told(folder, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="ge tillstånd"):
        assess(folder, tmp_path / "file" / "out")


@pytest.mark.parametrize("where", ["in", "in/out", "."])
def test_results_never_lie_among_the_figures(folder, tmp_path, where):
    with pytest.raises(OutputError, match="den ena i den andra"):
        assess(folder, tmp_path / where)
    assert sorted(p.name for p in folder.iterdir()) == ["contracts.parquet", "figures.parquet"]


def test_a_folder_with_other_things_is_left_alone(folder, tmp_path):
    out = tmp_path / "mine"
    out.mkdir()
    (out / "thesis.txt").write_text("do not touch", encoding="utf-8")
    with pytest.raises(OutputError, match="redan annat"):
        assess(folder, out)
    assert [p.name for p in out.iterdir()] == ["thesis.txt"]


def test_the_contracts_schema_of_the_tests_is_the_documented_one():
    from vagvisare.engines.contracts import NEEDED, NUMBERS, YEARS

    assert set(CONTRACTS.names) == {*NEEDED, *NUMBERS, *YEARS}
