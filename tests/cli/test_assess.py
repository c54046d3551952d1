"""``vagvisare assess`` on the command line: what it says, where it goes on, and its exit codes."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

SEEN = 30


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Made-up figures of some indicators in every county."""
    place = tmp_path_factory.mktemp("figures")
    names = [f"i{number:02d}" for number in range(SEEN)]
    rows = [
        (name, f"{county:02d}", "T", year, float(50 + (year * 7 + county * 3 + len(name)) % 11))
        for name in names
        for county in range(25)
        for year in range(2008, 2025)
    ]
    columns = dict(
        zip(("indicator", "territory", "sex", "period", "value"), map(list, zip(*rows, strict=True)), strict=True)
    )
    pq.write_table(pa.table(columns), place / "figures.parquet", row_group_size=1000)
    told = {"indicator": names, "unit_class": ["share"] * SEEN, "direction": [1] * SEEN}
    pq.write_table(pa.table(told), place / "contracts.parquet")
    return place


def run(*arguments, **environment):
    command = [sys.executable, "-m", "vagvisare", "assess", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=os.environ | environment, check=False
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_it_judges_and_says_how_many(folder, tmp_path):
    code, out, err = run(folder, "--out", tmp_path / "out")
    assert code == 0, err
    assert "750 serier bedömda" in out
    assert "100 procent, 750 serier" in err
    assert pq.read_table(tmp_path / "out").num_rows == 750
    code, out, _ = run(folder, "--out", tmp_path / "out", VAGVISARE_LANG="en")
    assert code == 0
    assert "750 series judged" in out
    assert "750 of them had been judged before." in out


def test_what_goes_wrong_is_a_sentence_and_a_code(folder, tmp_path):
    assert run(tmp_path / "nowhere", "--out", tmp_path / "out")[0] == 4
    code, _, err = run(folder, "--out", folder, VAGVISARE_LANG="en")
    assert code == 6
    assert "one lies in the other" in err
    code, _, err = run(folder, "--out", tmp_path / "out", "--engine", "dask")
    assert code == 2
    assert "Välj bland: local, spark." in err
    assert run(folder)[0] == 2
    assert run(folder, "--out", " ")[0] == 2


SLOWLY = """
import sys, time
from vagvisare import cli
from vagvisare.engines import local, output, plan
plan.PIECE_ROWS, local.WORKERS = 1, 2
whole = output.write
def slowly(*arguments):
    time.sleep(0.1)
    return whole(*arguments)
output.write = slowly
cli.main()
"""


def test_ctrl_c_ends_with_130_says_how_to_go_on_and_the_next_run_does(folder, tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-c", SLOWLY, "assess", str(folder), "--out", str(out)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    while len(list(out.glob("part-*"))) < 3:
        assert running.poll() is None
        time.sleep(0.005)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "samma kommando fortsätter där det var" in err
    assert "Traceback" not in err
    finished = len(list(out.glob("part-*")))
    assert 3 <= finished < SEEN
    again = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert f"{25 * finished} av dem var redan bedömda." in again.stdout
    assert len(list(out.glob("part-*"))) == SEEN


def test_a_terminal_gets_a_bar(folder, tmp_path):
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "vagvisare", "assess", str(folder), "--out", str(tmp_path / "out")]
    running = subprocess.Popen(command, stderr=follower, stdout=subprocess.DEVNULL, env=os.environ | {"TERM": "xterm"})
    os.close(follower)
    seen = b""
    while True:
        try:
            more = os.read(leader, 4096)
        except OSError:
            break
        if not more:
            break
        seen += more
    os.close(leader)
    assert running.wait() == 0
    assert b"100%" in seen
    assert "750 serier" in seen.decode("utf-8", "replace")
    assert "━".encode() in seen
