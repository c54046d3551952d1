"""The seeds, and the strategy they became."""

import importlib.util
import sys
from pathlib import Path

import pytest

from vagvisare import strategy_folder
from vagvisare.manuscripts.reading import read_manuscript

HERE = Path(__file__).parent


def _loaded(name):
    spec = importlib.util.spec_from_file_location(f"manuscripts_{name}", HERE / f"{name}.py")
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def documents():
    return _loaded("documents")


@pytest.fixture(scope="session")
def strategy():
    return strategy_folder.read(strategy_folder.bundled_folder()).strategy


@pytest.fixture(scope="session")
def bundled(strategy):
    return next(edition for edition in strategy.editions if edition.key == "2021-remiss")


@pytest.fixture(scope="session")
def earlier(strategy):
    return next(edition for edition in strategy.editions if edition.key == "2018")


def _seed(name):
    return read_manuscript(name, (HERE / "seeds" / name).read_bytes())


@pytest.fixture(scope="session")
def update():
    """The update of the strategy, shown on 9 June 2021."""
    return _seed("000_bce6add0e5d7e8be.txt")


@pytest.fixture(scope="session")
def follow_up():
    """The follow-up, shown on 17 June 2022."""
    return _seed("002_a95b7bbb696b51ef.txt")
