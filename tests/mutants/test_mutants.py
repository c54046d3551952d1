"""Every mutant is put into a copy of the package; the method tests must then fail, and only then."""

from __future__ import annotations

import compileall
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "vagvisare"
# What the method tests do without, and need not wait for at every mutant.
PLUGINS = ("anyio", "cacheprovider", "cov", "django", "hypothesispytest", "playwright", "randomly", "xdist")


def _mutants():
    spec = importlib.util.spec_from_file_location("mutants", Path(__file__).with_name("mutants.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutants"] = module
    spec.loader.exec_module(module)
    return module.MUTANTS


MUTANTS = _mutants()


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """What the method tests need, compiled once: the assessment, its words, and the terms."""
    package = tmp_path_factory.mktemp("compiled") / "vagvisare"
    for part in ("assessment", "findings", "terms"):
        shutil.copytree(PACKAGE / part, package / part, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "__init__.py").write_text("", encoding="utf-8")
    assert compileall.compile_dir(package, quiet=1)
    return package


@pytest.fixture
def copy(compiled, tmp_path):
    """A copy of it to put a mutant in."""
    shutil.copytree(compiled, tmp_path / "vagvisare")
    return tmp_path


def rewrite(path: Path, text: str) -> None:
    """Write a module anew; what was compiled of it before is gone."""
    path.write_text(text, encoding="utf-8")
    Path(importlib.util.cache_from_source(path)).unlink(missing_ok=True)


def method_tests(copy: Path) -> subprocess.CompletedProcess[str]:
    """Run the method tests against the copy, stopping at the first failure."""
    options = [flag for plugin in PLUGINS for flag in ("-p", f"no:{plugin}")]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-o",
        "addopts=--import-mode=importlib",
        "--assert=plain",
        "--no-header",
        "--tb=line",
        *options,
        "tests/method",
    ]
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_ADDOPTS": ""}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_the_untouched_copy_passes(copy):
    """Without this the mutants could die of a copy that does not work."""
    run = method_tests(copy)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_copy_is_what_is_tested(copy):
    target = copy / "vagvisare" / "assessment" / "trend.py"
    rewrite(target, "raise ImportError('the copy speaking')\n")
    run = method_tests(copy)
    assert "the copy speaking" in run.stdout + run.stderr


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_method_tests_kill(mutant, copy):
    for file, old, new in mutant.edits:
        path = copy / "vagvisare" / "assessment" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{mutant.name}: “{old}” stands {text.count(old)} times in {file}"
        rewrite(path, text.replace(old, new))
    run = method_tests(copy)
    assert run.returncode == 1, f"{mutant.name} lives: {mutant.meaning}\n{run.stdout}"
    assert "FAILED" in run.stdout, run.stdout


def test_names_are_their_own():
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 10
