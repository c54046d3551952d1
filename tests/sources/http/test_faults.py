"""Every way a source can fail, committed by a real server: the wire tries again, or leaves a sentence."""

import gzip
import threading
import time
import zlib
from dataclasses import replace

import pytest

from replies.server import Response, Script
from vagvisare.sources.errors import GoneError, LimitedError, RefusedError, UnreachableError, UnreadableError
from vagvisare.sources.http import Limits, StoppedError
from vagvisare.terms.errors import SourceError
from vagvisare.terms.language import Language

DATA = {"value": [1, 2, 3], "made up": True}


def fine(_):
    return Response.of(DATA)


def assert_says_what_to_do(error):
    assert isinstance(error, SourceError)
    for language in Language:
        for part in (error.what, error.meaning, error.remedy):
            assert part.to(language).strip().endswith((".", "”", "“")), part
        assert "None" not in error.message(language)
    assert error.what.sv != error.what.en
    assert error.remedy.sv != error.remedy.en


SLOW = Response(delay=5.0)
FAULTS = {
    "cut off": Response(body=b'{"value": [1, 2', cut_after=5),
    "cut off in mid-gzip": Response(body=gzip.compress(b"0" * 1000)[:-9], headers={"Content-Encoding": "gzip"}),
    "reset": Response(body=b"x" * 5000, reset=100),
    "hung up": Response(hang_up=True),
    "408": Response(408),
    "429": Response(429),
    "500": Response(500),
    "502": Response(502, b"<html>Bad gateway</html>", "text/html"),
    "503": Response(503),
    "504": Response(504),
    "slow to begin": SLOW,
    "a page of rubbish": Response(status=503, body=b"\xff\xfe" * 1000, cut_after=10),
}


def patient(fault):
    """Wait long for a busy machine, and not for what never comes."""
    return Limits(connect=5, read=0.4 if fault is SLOW else 10)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_passing_is_tried_again(local_server, wire_to, fault):
    server = local_server(Script(fine, {"/data": {1: fault}}))
    wire = wire_to(server.url, limits=patient(fault))
    assert wire.get("data").json() == DATA
    assert server.paths() == ["/data", "/data"]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_that_lasts_ends_in_a_sentence(local_server, wire_to, fault):
    server = local_server(lambda _: fault)
    wire = wire_to(server.url, limits=replace(patient(fault), tries=3))
    with pytest.raises(SourceError) as caught:
        wire.get("data", {"year": 2024})
    assert isinstance(caught.value, LimitedError if fault.status == 429 else UnreachableError)
    assert_says_what_to_do(caught.value)
    assert "/data?year=2024" in caught.value.what.sv
    assert len(server.log) == 3


def test_a_post_is_tried_again_with_its_body(local_server, wire_to):
    server = local_server(Script(fine, {"/data": {1: Response(503), 2: Response(body=b"{}" * 9, cut_after=3)}}))
    assert wire_to(server.url).post("data", {"query": ["å"]}, {"lang": "sv"}).json() == DATA
    assert [request.json() for request in server.log] == [{"query": ["å"]}] * 3
    assert {request.first("lang") for request in server.log} == {"sv"}


def test_nobody_there(wire_to, clock):
    with pytest.raises(UnreachableError) as caught:
        wire_to("http://127.0.0.1:1").get("data")
    assert_says_what_to_do(caught.value)
    assert "förbindelse" in caught.value.what.sv
    assert len(clock.waits) == 4


def test_when_the_cable_is_out_the_next_calls_fail_at_once(local_server, wire_to, clock):
    server = local_server(fine)
    wire = wire_to(server.url)
    server.close()
    for expected in (4, 4, 4):
        with pytest.raises(UnreachableError):
            wire.get("data")
        assert len(clock.waits) == expected


def test_when_the_cable_is_back_patience_is_too(local_server, wire_to, clock):
    server = local_server(Script(fine, {"/data": {2: Response(hang_up=True)}}))
    wire = wire_to(server.url)
    wire.pace.unheard = True
    assert wire.get("data").json() == DATA
    assert not wire.pace.unheard
    assert wire.get("data").json() == DATA
    assert len(clock.waits) == 1


def test_a_name_nobody_knows(wire_to):
    def resolver(_host, _port):
        raise OSError

    with pytest.raises(UnreachableError) as caught:
        wire_to("https://statistik.example", resolver=resolver).get("data")
    assert_says_what_to_do(caught.value)
    assert "statistik.example" in caught.value.what.en


def test_a_dripping_body_ends_in_time(local_server, wire_to):
    server = local_server(lambda _: Response(body=b" " * 10_000, drip=0.02))
    wire = wire_to(server.url, limits=Limits(read=5, reply=0.2, tries=1))
    with pytest.raises(UnreachableError, match="inte färdigt inom 1 sekunder") as caught:
        wire.get("data")
    assert_says_what_to_do(caught.value)


def test_dripping_headers_end_in_time(wire_to):
    # Written out by hand: the local server sends its headers whole.
    import socket

    def serve():
        connection, _ = listener.accept()
        with connection:
            for sign in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"y" * 1000:
                try:
                    connection.sendall(bytes([sign]))
                except OSError:
                    return
                time.sleep(0.01)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        wire = wire_to(f"http://127.0.0.1:{listener.getsockname()[1]}", limits=Limits(reply=0.2, tries=1))
        with pytest.raises(UnreachableError):
            wire.get("data")
        wire.close()
        thread.join()


def test_an_endless_body_stops_at_the_limit(local_server, wire_to):
    server = local_server(lambda _: Response(body=b"y" * 65536, endless=True))
    with pytest.raises(UnreadableError) as caught:
        wire_to(server.url, limits=Limits(body=2_000_000)).get("data", accept="*/*")
    assert_says_what_to_do(caught.value)
    assert "2 MB" in caught.value.what.sv
    assert len(server.log) == 1


def test_a_promise_beyond_the_limit_is_not_waited_for(local_server, wire_to):
    server = local_server(lambda _: Response(body=b"y" * 3_000_000, cut_after=0, delay=0))
    with pytest.raises(UnreadableError):
        wire_to(server.url, limits=Limits(body=2_000_000, tries=1)).get("data", accept="*/*")


def bomb(megabytes):
    """Return so many megabytes of zeros, packed: after a full flush every megabyte packs to the very same bytes."""
    packer, zeros = zlib.compressobj(9, zlib.DEFLATED, 31), bytes(1_000_000)
    first = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    other = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + other * (megabytes - 1)


def test_a_gigabyte_of_zeros_stops_at_the_limit(local_server, wire_to):
    packed = bomb(1000)
    assert len(packed) < 2_000_000
    server = local_server(lambda _: Response(body=packed, headers={"Content-Encoding": "gzip"}))
    taken = []
    wire = wire_to(server.url, limits=Limits(body=5_000_000), progress=lambda count, _: taken.append(count))
    with pytest.raises(UnreadableError) as caught:
        wire.get("data", accept="*/*")
    assert_says_what_to_do(caught.value)
    assert sum(taken) <= 5_000_000


def test_a_packing_we_did_not_ask_for(local_server, wire_to):
    for headers, body in (({"Content-Encoding": "br"}, b"{}"), ({"Content-Encoding": "gzip"}, b"not gzip at all")):
        server = local_server(lambda _, h=headers, b=body: Response(body=b, headers=h))
        with pytest.raises(UnreadableError) as caught:
            wire_to(server.url).get("data")
        assert_says_what_to_do(caught.value)


PAGES = [
    Response(body=b"<!DOCTYPE html><title>Underh\xc3\xa5ll</title>", content_type="text/html"),
    Response(body=b"\xef\xbb\xbf \n<html><body>Logga in", content_type="application/json"),
    Response(body=b"Under arbete", content_type="text/html; charset=utf-8"),
]


@pytest.mark.parametrize("page", PAGES)
def test_a_web_page_with_status_200_is_no_data(local_server, wire_to, page):
    server = local_server(lambda _: page)
    with pytest.raises(UnreadableError) as caught:
        wire_to(server.url).get("data")
    assert_says_what_to_do(caught.value)
    assert len(server.log) == 1


def test_json_under_a_wrong_label_is_still_json(local_server, wire_to):
    server = local_server(lambda _: replace(fine(_), content_type="text/html"))
    assert wire_to(server.url).get("data").json() == DATA


def test_a_table_in_text_is_no_page_but_a_page_is(local_server, wire_to):
    server = local_server(lambda _: Response(body=b"<5;text", content_type="text/csv"))
    assert wire_to(server.url).get("data", accept="text/csv").body == b"<5;text"
    page = local_server(lambda _: Response(body=b"<html>", content_type="text/csv"))
    with pytest.raises(UnreadableError):
        wire_to(page.url).get("data", accept="text/csv")


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_gone(local_server, wire_to, status):
    server = local_server(lambda _: Response(status))
    with pytest.raises(GoneError) as caught:
        wire_to(server.url).get("tables/TAB1")
    assert_says_what_to_do(caught.value)
    assert len(server.log) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 405, 416, 422, 451, 499])
def test_a_no_carries_the_sources_own_words(local_server, wire_to, status):
    problem = {"type": "Parameter error", "title": "Too many cells selected", "status": status}
    server = local_server(lambda _: Response.of(problem, status, content_type="application/problem+json"))
    with pytest.raises(RefusedError) as caught:
        wire_to(server.url).get("data")
    assert_says_what_to_do(caught.value)
    assert "”Too many cells selected”" in caught.value.what.sv
    assert str(status) in caught.value.what.sv
    assert len(server.log) == 1


def test_other_faults_of_the_source_are_not_tried_again(local_server, wire_to):
    server = local_server(lambda _: Response(505))
    with pytest.raises(UnreachableError):
        wire_to(server.url).get("data")
    assert len(server.log) == 1


def test_a_status_the_caller_can_read_is_a_reply(local_server, wire_to):
    server = local_server(lambda request: Response(int(request.first("s")), b"<html>no</html>", "text/html"))
    wire = wire_to(server.url)
    for status in (403, 404, 429, 503, 302):
        reply = wire.get("data", {"s": status}, accept_status=frozenset({status}))
        assert (reply.status, reply.body) == (status, b"<html>no</html>")
    assert len(server.log) == 5


def test_a_no_whose_words_are_cut_off_is_still_a_no(local_server, wire_to):
    server = local_server(lambda _: Response(400, b'{"title": "Bad code"' + b" " * 99, cut_after=50))
    with pytest.raises(RefusedError, match="Bad code"):
        wire_to(server.url).get("data")


def test_stopping_ends_a_long_wait_and_a_slow_answer_at_once(local_server, wire_to):
    from vagvisare.sources.http.limits import RealClock

    stop = threading.Event()
    busy = Response(429, headers={"Retry-After": "60"})
    server = local_server(lambda request: busy if request.path == "/busy" else Response(delay=60))
    wire = wire_to(server.url, stop=stop, clock=RealClock(), limits=Limits())
    outcomes = []

    def ask(path):
        with pytest.raises(StoppedError) as caught:
            wire.get(path)
        outcomes.append(caught.value)

    # The busy one first: its Retry-After would keep the other from asking.
    threads = [threading.Thread(target=ask, args=(path,)) for path in ("slow", "busy")]
    for thread, count in zip(threads, (1, 2), strict=True):
        thread.start()
        while len(server.log) < count:
            time.sleep(0.005)
    stop.set()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    assert len(outcomes) == 2
    assert_says_what_to_do(outcomes[0])
    with pytest.raises(StoppedError):
        wire.get("again")
    assert len(server.log) == 2
