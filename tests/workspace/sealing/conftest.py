"""Who seals."""

import pytest


@pytest.fixture
def strategist(person):
    return person("strategist", name="En Strateg")
