"""What tests of the sources share: a local server, and the folder ``tests/replies`` importable as ``replies``."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

# Test folders are no packages here; this makes `from replies.server import Response` work in every test below.
_replies = sys.modules.setdefault("replies", ModuleType("replies"))
_replies.__path__ = [str(Path(__file__).parents[1] / "replies")]


@pytest.fixture
def local_server():
    """Return a factory: ``server = local_server(handler)`` serves on 127.0.0.1 until the test is over.

    The handler takes a ``replies.server.Request`` and returns a ``replies.server.Response``. Tests outside this folder
    copy the two lines above into a conftest of their own and use ``with LocalServer(handler) as server``.
    """
    from replies.server import LocalServer

    with contextlib.ExitStack() as servers:
        yield lambda handler, **options: servers.enter_context(LocalServer(handler, **options))
