"""Replies that are kept: an interrupted fetch goes on where it was, and knows what it read."""

import hashlib
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replies.server import Response, Script
from vagvisare.sources.errors import UnreachableError
from vagvisare.sources.http import Limits, request_key


class Shelf:
    """Keeps replies in memory."""

    def __init__(self):
        self.replies = {}

    def keep(self, key, reply):
        self.replies[key] = reply

    def kept(self, key):
        return self.replies.get(key)


def page(request):
    return Response.of({"page": request.first("page"), "made up": True})


def test_an_interrupted_fetch_goes_on_where_it_was(local_server, wire_to):
    shelf = Shelf()
    broken = local_server(Script(page, {"*": {4: Response(hang_up=True)}}))
    wire = wire_to(broken.url, keeper=shelf, limits=Limits(tries=1))
    with pytest.raises(UnreachableError):
        [wire.get("data", {"page": number}, kept=True) for number in range(1, 11)]
    again = wire_to(broken.url, keeper=shelf)
    replies = [again.get("data", {"page": number}, kept=True) for number in range(1, 11)]
    assert [reply.json()["page"] for reply in replies] == [str(number) for number in range(1, 11)]
    assert [request.first("page") for request in broken.log] == [str(n) for n in (1, 2, 3, 4, *range(4, 11))]
    assert again.seen == [reply.sha256 for reply in replies]
    assert replies[0].sha256 == hashlib.sha256(replies[0].body).hexdigest()


def test_only_calls_that_ask_for_it_are_kept(local_server, wire_to):
    shelf = Shelf()
    server = local_server(lambda request: Response.of({}, 403 if request.path == "/no" else 200))
    wire = wire_to(server.url, keeper=shelf)
    wire.get("config")
    wire.get("no", kept=True, accept_status=frozenset({403}))
    assert shelf.replies == {}
    wire.post("data", {"a": 1}, kept=True)
    wire.post("data", {"a": 1}, kept=True)
    wire.post("data", {"a": 2}, kept=True)
    assert (len(shelf.replies), len(server.log)) == (2, 4)
    assert len(wire.seen) == 5


def test_without_a_keeper_every_call_is_made(local_server, wire_to):
    server = local_server(page)
    wire = wire_to(server.url)
    wire.get("data", kept=True)
    wire.get("data", kept=True)
    assert len(server.log) == 2


def test_many_threads_at_once(local_server, wire_to):
    shelf, progress, lock = Shelf(), [0, 0], threading.Lock()

    def told(size, replies):
        with lock:
            progress[0] += size
            progress[1] += replies

    server = local_server(lambda request: Response.of(request.first("n") * 10_000))
    wire = wire_to(server.url, keeper=shelf, progress=told)
    results = {}

    def ask(thread):
        for number in range(20):
            name = f"{thread}-{number}"
            results[name] = wire.get("data", {"n": name}, kept=True).json() == name * 10_000

    threads = [threading.Thread(target=ask, args=(thread,)) for thread in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 400
    assert all(results.values())
    assert (len(wire.seen), len(shelf.replies), progress[1]) == (400, 400, 400)
    assert len(server.log) >= 400, "on a busy machine a call may have been tried again"
    assert progress[0] >= sum(len(reply.body) for reply in shelf.replies.values())
    assert server.connections <= 20


KEYS = st.dictionaries(st.text("abc[]å ", min_size=1, max_size=4), st.text("12å&= ", max_size=4), max_size=4)


@settings(deadline=None)
@given(KEYS, st.randoms())
def test_a_key_does_not_care_for_order(params, chance):
    from vagvisare.sources.http.addresses import joined

    shuffled = list(params.items())
    chance.shuffle(shuffled)
    one, other = joined("https://x.se", "a", params), joined("https://x.se", "a", dict(shuffled))
    assert request_key("GET", one) == request_key("GET", other)
    assert request_key("POST", one, params) == request_key("POST", one, dict(shuffled))
    assert request_key("POST", one, {"a": params}) != request_key("POST", one, {"b": params})


def test_a_key_tells_calls_apart():
    keys = {
        request_key("GET", "https://x.se/a?b=1"),
        request_key("POST", "https://x.se/a?b=1"),
        request_key("POST", "https://x.se/a?b=1", {}),
        request_key("GET", "https://x.se/a?b=2"),
        request_key("GET", "https://x.se/a?b="),
        request_key("GET", "https://x.se/a"),
        request_key("GET", "https://y.se/a"),
        request_key("POST", "https://x.se/a", {"values": ["1", "2"]}),
        request_key("POST", "https://x.se/a", {"values": ["2", "1"]}),
    }
    assert len(keys) == 9
    assert request_key("GET", "https://x.se/a?b=1&c=2#d") == request_key("GET", "https://x.se/a?c=2&b=1")
