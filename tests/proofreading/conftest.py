"""The dictionary, loaded once, and the region's own texts."""

from pathlib import Path

import pytest

from vagvisare import strategy_folder
from vagvisare.proofreading.dictionary import swedish
from vagvisare.proofreading.remark import TextAt
from vagvisare.proofreading.terms import terms_of

SEEDS = Path(__file__).parents[1] / "manuscripts" / "seeds"


@pytest.fixture(scope="session")
def dictionary():
    return swedish()


@pytest.fixture(scope="session")
def strategy():
    return strategy_folder.read(strategy_folder.bundled_folder()).strategy


@pytest.fixture(scope="session")
def bundled(strategy):
    return next(edition for edition in strategy.editions if edition.key == "2021-remiss")


@pytest.fixture(scope="session")
def terms(strategy):
    return terms_of(strategy.levels, strategy.register)


def _lines(name, mark):
    lines = (SEEDS / name).read_text(encoding="utf-8").split("\n")
    told = ((number, line.strip(" -#*")) for number, line in enumerate(lines, 1) if "<" not in line)
    return [TextAt(f"{mark} {number}", text) for number, text in told if text.strip()]


@pytest.fixture(scope="session")
def update():
    """The lines of the presentation of 2021, "S 190" and so on."""
    return _lines("000_bce6add0e5d7e8be.txt", "S")


@pytest.fixture(scope="session")
def follow_up():
    """The lines of the presentation of 2022, "T 85" and so on."""
    return _lines("002_a95b7bbb696b51ef.txt", "T")
