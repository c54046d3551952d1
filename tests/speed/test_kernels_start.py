"""How the compiled kernels start: not at all where they are not needed, warm in a second process, and without numba."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "vagvisare"
HAS_NUMBA = importlib.util.find_spec("numba") is not None
needs_numba = pytest.mark.skipif(not HAS_NUMBA, reason="numba is not installed")

FEW = """
import sys
import numpy as np
from vagvisare.assessment import kernels
asked = (np.arange(60.0) ** 1.1, np.tile(np.arange(2000.0, 2020), 3), [0, 20, 40, 60])
print(kernels.trend(*asked).s.tolist(), kernels.judge(*asked, kernels.Contracts(1, direction=1)).verdict.tolist())
print([name for name in sys.modules if name.partition(".")[0] in {"numba", "llvmlite"}])
"""

WITHOUT = """
import sys
sys.modules["numba"] = None
import numpy as np
from vagvisare.assessment import kernels
from vagvisare.assessment.kernels import engine
m = engine.WORTH_COMPILED
asked = (np.tile(np.arange(6.0), m), np.tile(np.arange(2000.0, 2006), m), np.arange(m + 1) * 6)
print(set(kernels.trend(*asked).s.tolist()))
try:
    kernels.trend(*asked, engine="numba")
except ImportError:
    print("refused")
"""

COMPILED = """
import numpy as np
from vagvisare.assessment import kernels
from vagvisare.assessment.kernels import compiled
print(kernels.trend(np.arange(6.0), np.arange(6.0), [0, 6], engine="numba").s.tolist())
print(sum(compiled.fit_blocks.stats.cache_hits.values()), sum(compiled.fit_blocks.stats.cache_misses.values()))
print(compiled.fit_blocks.stats.cache_path)
"""


def run(program, path=ROOT / "src", **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA")}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=kept | {"PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"} | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_few_series_load_no_compiler():
    answers, loaded = run(FEW)
    assert answers == "[190, 190, 190] [0, 0, 0]"
    assert loaded == "[]"


def test_without_numba_the_same_entry_answers():
    assert run(WITHOUT) == ["{15}", "refused"]


@needs_numba
def test_a_second_process_starts_warm_also_where_the_program_cannot_be_written(tmp_path):
    """The folder beside the program is taken by a file, as little writable as a folder of the system's."""
    for part in ("assessment", "terms"):
        shutil.copytree(PACKAGE / part, tmp_path / "vagvisare" / part, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "vagvisare" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "vagvisare" / "assessment" / "kernels" / "__pycache__").write_text("", encoding="utf-8")
    home = tmp_path / "home"
    homes = {name: str(home) for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA")}
    cold = run(COMPILED, tmp_path, **homes)
    warm = run(COMPILED, tmp_path, **homes)
    assert cold[:2] == ["[15]", "0 1"]
    assert warm[:2] == ["[15]", "1 0"]
    assert cold[2] == warm[2]
    assert Path(cold[2]).is_relative_to(home)


@needs_numba
def test_where_nothing_can_be_written_it_is_compiled_all_the_same(monkeypatch):
    import numba

    from vagvisare.assessment.kernels import compiled

    def without_cache(*, cache=False, **options):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return numba.njit(**options)

    monkeypatch.setattr(compiled, "numba", SimpleNamespace(njit=without_cache))
    assert compiled.compiled(lambda x: x + 1)(41) == 42


@pytest.fixture
def bench():
    spec = importlib.util.spec_from_file_location("bench_kernels", ROOT / "tools" / "bench_kernels.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bench_prints_every_bar(bench, capsys):
    bench.main(series=2000, threads=2)
    out = capsys.readouterr().out
    assert "2,000 synthetic series" in out
    for what in ("trend, a series", "whole judgement, a series", "S equal on 400", "memory read", "are above it"):
        assert what in out


def test_a_missed_bar_is_said_to_be_missed(bench):
    assert bench.verdict(True, "≤ 5 µs", 0.4) == "≤ 5 µs"
    assert bench.verdict(False, "≤ 5 µs", 1.24) == "≤ 5 µs: missed, 1.24 ×"


def test_the_example_of_the_reference_page_runs():
    page = (ROOT / "docs" / "reference" / "kernels.md").read_text(encoding="utf-8")
    example = page.partition("```python\n")[2].partition("```")[0]
    assert run(example + "\nprint(trends.n.tolist(), judgements.verdict.tolist(), judgements.run_length.tolist())") == [
        "[5, 5] [0, 3] [4, 2]"
    ]
