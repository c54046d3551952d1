"""The bench measures what it says; times are reported, never judged here."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "strategies" / "orebro"


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench", ROOT / "tools" / "bench.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_served_pages_are_read_by_twenty_and_none_fails(bench, capsys):
    bench.served(FOLDER, requests=200)
    out = capsys.readouterr().out
    assert "20 readers, 200 requests" in out
    assert re.search(r"p95 +\d+\.\d ms", out)
    assert out.rstrip().endswith("· 0"), out


def test_the_two_engines_are_measured_on_every_trend(bench, capsys):
    bench.engines(FOLDER)
    out = capsys.readouterr().out
    assert int(re.match(r"(\d+) trends", out)[1]) > 1000
    assert out.count("×") == 2


def test_a_program_that_fails_says_why(bench):
    with pytest.raises(SystemExit, match="ZeroDivisionError"):
        bench.run("1 / 0", FOLDER)
