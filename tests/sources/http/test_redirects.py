"""Where a source refers us we follow, five times, and never to a worse place."""

import pytest

from replies.server import Response
from vagvisare.sources.errors import ForbiddenAddressError, UnreadableError


def to(location, status=302):
    return Response(status, headers={"Location": location})


def test_a_moved_table_is_followed(local_server, wire_to):
    steps = {"/a": to("/b?x=1", 301), "/b": to("c", 307), "/c": Response.of("here")}
    server = local_server(lambda request: steps[request.path])
    reply = wire_to(server.url).get("a")
    assert (reply.json(), reply.url) == ("here", f"{server.url}/c")
    assert server.paths() == ["/a", "/b", "/c"]


@pytest.mark.parametrize(
    ("status", "method"), [(301, "POST"), (302, "POST"), (307, "POST"), (308, "POST"), (303, "GET")]
)
def test_a_question_moves_with_its_body_except_after_see_other(local_server, wire_to, status, method):
    server = local_server(lambda request: Response.of("here") if request.path == "/b" else to("/b", status))
    assert wire_to(server.url).post("a", {"query": []}).json() == "here"
    first, second = server.log
    assert first.method == "POST"
    assert (second.method, second.body) == (method, first.body if method == "POST" else b"")


def test_five_are_followed_and_not_six(local_server, wire_to):
    def handler(request):
        left = int(request.path[1:])
        return to(f"/{left - 1}") if left else Response.of("here")

    server = local_server(handler)
    wire = wire_to(server.url)
    assert wire.get("5").json() == "here"
    with pytest.raises(UnreadableError, match="hänvisar vidare"):
        wire.get("6")
    assert len(server.log) == 6 + 6


@pytest.mark.parametrize("answer", [Response(302), Response(304), Response(300)])
def test_a_referral_to_nowhere(local_server, wire_to, answer):
    server = local_server(lambda _: answer)
    with pytest.raises(UnreadableError):
        wire_to(server.url).get("a")


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://x.se/",
        "http://u:hemligt@x.se/",
        "http://[::1",
        "http://169.254.169.254/latest",
        "//[::ffff:10.0.0.1]/",
    ],
)
def test_a_referral_to_a_forbidden_place(local_server, wire_to, location):
    server = local_server(lambda _: to(location))
    with pytest.raises(ForbiddenAddressError) as caught:
        wire_to(server.url).get("a")
    assert "hemligt" not in str(caught.value)
    assert len(server.log) == 1


def test_a_configured_place_is_no_way_to_its_neighbours(local_server, wire_to):
    neighbour = local_server(lambda _: Response.of("secret"))
    server = local_server(lambda _: to(neighbour.url))
    with pytest.raises(ForbiddenAddressError, match="privat nät"):
        wire_to(server.url).get("a")
    assert neighbour.log == []


def test_never_from_https_to_http():
    from vagvisare.sources.http.calls import Call, moved

    call = Call("GET", "https://x.se/a", None, "*/*", frozenset())
    assert moved(call, 302, "https://y.se/b").url == "https://y.se/b"
    with pytest.raises(ForbiddenAddressError, match="inte krypterad"):
        moved(call, 302, "http://x.se/a")


def test_every_hop_is_a_call_to_the_pace(local_server, wire_to, clock):
    server = local_server(lambda request: Response.of("here") if request.path == "/b" else to("/b"))
    wire = wire_to(server.url, calls=1, seconds=10)
    wire.get("a")
    assert clock.now() >= 1010
