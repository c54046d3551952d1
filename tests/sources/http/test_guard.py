"""Names are looked up and checked when the connection is made, so a name that changes its mind gets nowhere."""

import threading

import httpcore
import pytest

from replies.server import Response
from vagvisare.sources.errors import ForbiddenAddressError, UnreachableError
from vagvisare.sources.http.guard import GuardedBackend, NoNameError, Watch


class Names:
    """Answers each lookup with the next list of addresses, and the last for ever."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, host, port):
        self.asked.append((host, port))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class Connected(Exception):  # noqa: N818 no error: the connection that was about to be made
    pass


@pytest.fixture
def connections(monkeypatch):
    """Record where connections would go instead of making them."""
    made = []

    def connect_tcp(_self, host, port, *_):
        made.append((host, port))
        raise Connected

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect_tcp)
    return made


def backend(names, trusted=frozenset()):
    return GuardedBackend(Watch(threading.Event()), frozenset(trusted), names)


def test_the_address_that_was_checked_is_the_one_used(connections):
    names = Names(["8.8.8.8"], ["10.0.0.1"])
    with pytest.raises(Connected):
        backend(names).connect_tcp("rebinding.example", 443)
    assert connections == [("8.8.8.8", 443)]
    assert len(names.asked) == 1


def test_a_name_that_changes_to_a_private_address_is_refused_the_second_time(connections):
    guarded = backend(Names(["8.8.8.8"], ["10.0.0.1"]))
    with pytest.raises(Connected):
        guarded.connect_tcp("rebinding.example", 443)
    with pytest.raises(ForbiddenAddressError, match="privat nät"):
        guarded.connect_tcp("rebinding.example", 443)
    assert connections == [("8.8.8.8", 443)]


@pytest.mark.parametrize("bad", ["127.0.0.1", "169.254.169.254", "::1", "::ffff:192.168.0.1", "fe80::1%eth0"])
def test_one_private_address_among_public_ones_is_enough(connections, bad):
    with pytest.raises(ForbiddenAddressError):
        backend(Names(["8.8.8.8", bad])).connect_tcp("mixed.example", 443)
    assert connections == []


def test_trust_is_in_one_host_and_one_port(connections):
    guarded = backend(Names(["127.0.0.1"]), {("mirror.local", 8080)})
    with pytest.raises(Connected):
        guarded.connect_tcp("Mirror.local.", 8080)
    for host, port in (("mirror.local", 22), ("other.local", 8080)):
        with pytest.raises(ForbiddenAddressError):
            guarded.connect_tcp(host, port)
    assert connections == [("127.0.0.1", 8080)]


def test_every_address_is_tried_in_turn(local_server):
    server = local_server(lambda _: Response())
    guarded = backend(Names(["127.0.0.9", "127.0.0.1"]), {("mirror.local", server.port)})
    guarded.connect_tcp("mirror.local", server.port, 2).close()
    with pytest.raises(NoNameError):
        backend(Names([])).connect_tcp("empty.example", 443)


def test_nothing_is_sent_to_a_private_address(local_server, wire_to):
    server = local_server(lambda _: Response())
    wire = wire_to(f"http://public.example:{server.port}", configured=False, resolver=Names(["127.0.0.1"]))
    with pytest.raises(ForbiddenAddressError) as caught:
        wire.get("data")
    assert "[sources]" in caught.value.remedy.sv
    assert server.connections == 0


def test_a_name_that_is_no_name_is_unreachable(wire_to):
    def resolver(_host, _port):
        raise UnicodeError("label too long")

    with pytest.raises(UnreachableError):
        wire_to("https://x.example", resolver=resolver).get("")
