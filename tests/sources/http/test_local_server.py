"""The local server itself: it must serve fast, log truly, and commit exactly the fault it was told to."""

import http.client
import json
import threading
import time
from dataclasses import replace

import pytest

from replies.server import LocalServer, Response, Script


def asked(server, path, method="GET", body=None):
    connection = http.client.HTTPConnection(server.host, server.port, timeout=5)
    try:
        connection.request(method, path, body=body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def echo(request):
    return Response.of({"path": request.path, "query": dict(request.query), "method": request.method})


def test_a_request_is_read_and_logged(local_server):
    server = local_server(echo)
    status, body = asked(server, "/a%20b?x=1&x=2&tom=", "POST", b'{"fr\xc3\xa5ga": 1}')
    assert status == 200
    assert json.loads(body) == {"path": "/a b", "query": {"x": ["1", "2"], "tom": [""]}, "method": "POST"}
    (request,) = server.log
    assert (request.json(), request.first("x"), request.first("y", "z")) == ({"fråga": 1}, "1", "z")
    assert request.at <= time.monotonic()


def test_one_connection_carries_many_calls(local_server):
    server = local_server(echo)
    connection = http.client.HTTPConnection(server.host, server.port, timeout=5)
    for _ in range(50):
        connection.request("GET", "/")
        connection.getresponse().read()
    connection.close()
    assert (len(server.log), server.connections) == (50, 1)


def test_a_cut_off_body_promises_more_than_it_gives(local_server):
    server = local_server(lambda _: Response(body=b"x" * 1000, cut_after=10))
    with pytest.raises(http.client.IncompleteRead) as caught:
        asked(server, "/")
    assert len(caught.value.partial) == 10


def test_a_reset_and_a_hang_up_are_connection_errors(local_server):
    reset = local_server(lambda _: Response(body=b"x" * 1000, reset=10))
    with pytest.raises((ConnectionResetError, http.client.IncompleteRead)):
        asked(reset, "/")
    silent = local_server(lambda _: Response(hang_up=True))
    with pytest.raises(http.client.RemoteDisconnected):
        asked(silent, "/")


def test_chunks_and_drips_arrive_whole(local_server):
    chunked = local_server(lambda _: Response(body=b"abc" * 1000, chunked=True, chunk=7))
    assert asked(chunked, "/") == (200, b"abc" * 1000)
    dripping = local_server(lambda _: Response(body=b"abcdef", drip=0.001, drip_bytes=2))
    assert asked(dripping, "/") == (200, b"abcdef")


def test_an_endless_body_never_ends_and_stops_with_the_server(local_server):
    server = local_server(lambda _: Response(body=b"y" * 1000, endless=True))
    connection = http.client.HTTPConnection(server.host, server.port, timeout=5)
    connection.request("GET", "/")
    assert len(connection.getresponse().read(100_000)) == 100_000
    server.close()
    connection.close()


def test_a_script_spoils_the_chosen_calls_only(local_server):
    faults = {"/a": {2: Response(503), 3: lambda answer: replace(answer, status=202)}, "*": {5: Response(429)}}
    server = local_server(Script(echo, faults))
    assert [asked(server, "/a")[0] for _ in range(4)] == [200, 503, 202, 200]
    assert [asked(server, "/b")[0] for _ in range(2)] == [429, 200]


def test_a_script_can_spoil_every_call(local_server):
    server = local_server(Script(echo, {"/a": {0: Response(500), 2: Response(200)}}))
    assert [asked(server, "/a")[0] for _ in range(3)] == [500, 200, 500]


def test_a_failed_assertion_in_a_handler_fails_the_test():
    def handler(request):
        assert request.path == "/right"
        return Response()

    with pytest.raises(AssertionError), LocalServer(handler) as server:
        assert asked(server, "/wrong")[0] == 501


def test_many_at_once(local_server):
    body = b"0" * 100_000
    server = local_server(lambda _: Response(body=body))
    sizes = []
    threads = [threading.Thread(target=lambda: sizes.append(len(asked(server, "/")[1]))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sizes == [100_000] * 16
