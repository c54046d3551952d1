"""The bundled strategy's own registers in the records, and helpers to ask for an entry."""

from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@cache
def bundled():
    """Return the bundled folder, read once."""
    from vagvisare.strategy_folder.reading import read

    return read(ROOT / "strategies" / "orebro", calibration=False)


@pytest.fixture
def orebro(person):
    """Take the bundled folder in, and return the folder."""
    import vagvisare.web.strategy.matrix_views  # noqa: F401  it tells the registers the strategy's nodes
    from vagvisare.web.strategy.actions import take_in

    take_in(person("administrator"), bundled())
    return bundled()


@pytest.fixture
def entry(db):
    """Return an entry by register and key."""
    from vagvisare.web.registers.models import Entry

    return lambda register, key: Entry.objects.get(register=register, key=key)
