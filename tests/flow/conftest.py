"""A small synthetic strategy folder, and local servers that speak as the sources do; every figure is made up."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

_replies = sys.modules.setdefault("replies", ModuleType("replies"))
_replies.__path__ = [str(Path(__file__).parents[1] / "replies")]


@pytest.fixture
def folder(tmp_path):
    from replies.defining_world import small_folder

    return small_folder(tmp_path / "strategi")


@pytest.fixture
def read(folder):
    """Return a function that reads the folder as it stands."""
    from vagvisare import strategy_folder

    return lambda: strategy_folder.read(folder)


@pytest.fixture
def serve(monkeypatch):
    """Return a function that serves a made-up Kolada or SCB until the test is over."""
    import contextlib

    from replies.defining_world import served

    with contextlib.ExitStack() as servers:

        def start(**fakes):
            environ = servers.enter_context(served(**fakes))
            for name, url in environ.items():
                monkeypatch.setenv(name, url)

        yield start


@pytest.fixture
def kolada(serve):
    from replies.defining_world import made_up_kolada

    fake = made_up_kolada()
    serve(kolada=fake)
    return fake


@pytest.fixture
def scb(serve):
    from replies.defining_world import made_up_scb

    fake = made_up_scb()
    serve(scb=fake)
    return fake


@pytest.fixture
def no_network(serve):
    """Lead every usual source to a port where nobody listens."""
    serve()
