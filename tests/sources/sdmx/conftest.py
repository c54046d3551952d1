"""What the tests of SDMX share: the real wire to a service of our own."""

from __future__ import annotations

import pytest

from vagvisare.sources.http import HttpWire, Limits, Pace


@pytest.fixture
def wire_to(local_server):
    """Return a factory: the real wire to a handler served on 127.0.0.1; the server is ``wire.server``."""
    opened = []

    def connect(handler, keeper=None, **limits):
        server = local_server(handler)
        waits = {"first_wait": 0.0, "longest_wait": 0.0} | limits
        wire = HttpWire(server.url, Pace(0, 0.0), configured=True, environ={}, keeper=keeper, limits=Limits(**waits))
        wire.server = server
        opened.append(wire)
        return wire

    yield connect
    for wire in opened:
        wire.close()
