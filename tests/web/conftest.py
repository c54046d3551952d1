import runpy
from pathlib import Path

import pytest

from vagvisare.web.server import application

synthetic = runpy.run_path(str(Path(__file__).with_name("synthetic.py")))


@pytest.fixture(scope="session")
def material():
    return synthetic["material"]()


@pytest.fixture
def material_for():
    """What the site computes earlier days with, and which days it was asked for."""

    def compute(day):
        compute.asked.append(day)
        return synthetic["material"](as_of=day)

    compute.asked = []
    return compute


@pytest.fixture
def client(material, material_for):
    application(material, material_for)
    from django.test import Client

    return Client(headers={"host": "localhost"}, raise_request_exception=False)
