"""Opening the way to a source: where, how often, through which proxy, and who we say we are."""

from importlib.metadata import version

import pytest

from replies.server import Response
from vagvisare.sources.contract import Source
from vagvisare.sources.errors import ForbiddenAddressError, UnreachableError
from vagvisare.sources.http import HttpWire, Limits, Pace, open_wire, variable
from vagvisare.sources.http.addresses import origin_of
from vagvisare.sources.http.proxies import Proxy, proxy_for
from vagvisare.sources.query import Settings
from vagvisare.terms.errors import SourceError, UserError
from vagvisare.terms.language import Language

KNOWN = Source("folk-halsa", "Folkhälsa (påhittad)", client=None, url="https://api.example/v1/", calls=10, seconds=10.0)
NAME = "VAGVISARE_SOURCE_FOLK_HALSA_URL"


def opened(settings=None, **environ):
    return open_wire(KNOWN, settings or Settings(), environ=environ, limits=Limits(tries=1))


def test_where_a_source_is():
    assert variable("folk-halsa") == NAME
    assert opened().base == "https://api.example/v1"
    assert opened(Settings(url="https://mirror.example/x")).base == "https://mirror.example/x"
    assert (
        opened(Settings(url="https://mirror.example"), **{NAME: " https://env.example/ "}).base == "https://env.example"
    )
    assert opened(**{NAME: ""}).base == "https://api.example/v1"


def test_a_source_without_address_can_be_opened_but_not_asked():
    source = Source("fil", "Fil", client=None, url="", calls=1, seconds=1.0)
    with open_wire(source, Settings(), environ={}) as wire, pytest.raises(ForbiddenAddressError):
        wire.get("data")


@pytest.mark.parametrize(
    "bad", ["api.example", "ftp://x.se", "https://u:hemligt@x.se", "https://x.se/?a=1", "https://["]
)
def test_a_bad_address_names_its_setting(bad):
    with pytest.raises(UserError) as from_environment:
        opened(**{NAME: bad})
    with pytest.raises(UserError) as from_folder:
        opened(Settings(url=bad))
    assert NAME in from_environment.value.what.sv
    assert "url i [sources.folk-halsa]" in from_folder.value.what.sv
    assert "url in [sources.folk-halsa]" in from_folder.value.what.en
    for error in (from_environment.value, from_folder.value):
        assert not isinstance(error, SourceError)
        for language in Language:
            assert "hemligt" not in error.message(language)
            assert error.remedy.to(language)


def test_only_what_the_operator_wrote_may_be_private(local_server):
    server = local_server(lambda _: Response.of("here"))
    with opened(**{NAME: server.url}) as wire:
        assert wire.get("").json() == "here"
    with opened(Settings(url=server.url)) as wire:
        assert wire.get("").json() == "here"
    source = Source("illvillig", "Illvillig", client=None, url=server.url, calls=1, seconds=1.0)
    with open_wire(source, Settings(), environ={}) as wire, pytest.raises(ForbiddenAddressError):
        wire.get("")
    assert len(server.log) == 2


def test_how_often_it_is_asked():
    assert (opened().pace.calls, opened().pace.seconds) == (10, 10.0)
    slower = opened(Settings(url="https://slow.example", calls=2, seconds=30))
    assert (slower.pace.calls, slower.pace.seconds) == (2, 30)
    assert opened(Settings(url="https://slow.example")).pace is slower.pace
    assert slower.pace.calls == 2


def test_who_we_say_we_are(local_server):
    server = local_server(lambda _: Response.of(1))
    with opened(**{NAME: server.url}) as wire:
        wire.get("a", accept="text/csv")
        wire.post("a", {"fråga": "å"})
    get, post = server.log
    assert get.headers["user-agent"] == f"Vagvisare/{version('vagvisare')}"
    assert (get.headers["accept"], get.headers["accept-encoding"]) == ("text/csv", "gzip")
    assert (post.headers["content-type"], post.json()) == ("application/json", {"fråga": "å"})
    assert get.headers["host"] == f"{server.host}:{server.port}"
    assert "cookie" not in get.headers


PROXY = {"https_proxy": "http://proxy.example:3128", "NO_PROXY": "scb.se, .intern.example ,10.0.0.0/8,x.se:8443,[::9]"}


@pytest.mark.parametrize(
    ("url", "through"),
    [
        ("https://api.kolada.se", True),
        ("http://api.kolada.se", False),
        ("https://scb.se", False),
        ("https://api.scb.se", False),
        ("https://api.notscb.se", True),
        ("https://a.intern.example", False),
        ("https://10.1.2.3", False),
        ("https://11.1.2.3", True),
        ("https://x.se", True),
        ("https://x.se:8443", False),
        ("https://[::9]", False),
        ("https://localhost:1", False),
        ("https://127.0.0.1", False),
    ],
)
def test_which_calls_go_by_proxy(url, through):
    proxy = proxy_for(origin_of(url), PROXY)
    assert (proxy is not None) is through


def test_what_may_stand_in_the_proxy_variables():
    origin = origin_of("https://api.kolada.se")
    assert proxy_for(origin, {}) is None
    assert proxy_for(origin, {"HTTPS_PROXY": "", "ALL_PROXY": "proxy:3128"}) == Proxy(origin_of("http://proxy:3128"))
    assert proxy_for(origin, {"HTTPS_PROXY": "http://p:1", "no_proxy": "*"}) is None
    proxy = proxy_for(origin, {"HTTPS_PROXY": "http://me:hem%40ligt@p:1"})
    assert (proxy.user, proxy.password) == ("me", "hem@ligt")
    assert "ligt" not in repr(proxy)


@pytest.mark.parametrize("value", ["socks5://u:hemligt@p:1", "http://", "http://p:99999"])
def test_a_bad_proxy_is_said_when_the_wire_is_opened(value):
    with pytest.raises(UserError, match="HTTPS_PROXY") as caught:
        opened(HTTPS_PROXY=value)
    assert "hemligt" not in str(caught.value)


def test_a_call_goes_by_proxy_and_the_proxy_looks_the_name_up(local_server):
    proxy = local_server(lambda request: Response.of([request.target, request.headers.get("proxy-authorization")]))
    environ = {NAME: "http://api.example/v1", "HTTP_PROXY": f"http://me:word@{proxy.host}:{proxy.port}"}
    with opened(**environ) as wire:
        assert wire.get("data").json() == ["http://api.example/v1/data", "Basic bWU6d29yZA=="]


def test_a_proxy_that_refuses_is_no_connection(local_server):
    proxy = local_server(lambda _: Response(403))
    with opened(HTTPS_PROXY=proxy.url) as wire, pytest.raises(UnreachableError, match="förbindelse"):
        wire.get("data")
    assert proxy.log[0].method == "CONNECT"


@pytest.mark.parametrize("host", ["169.254.169.254", "[::1]:8", "2852039166", "0xa9fea9fe", "10.1"])
def test_a_proxy_is_not_asked_for_private_numbers(local_server, host):
    proxy = local_server(lambda _: Response.of(1))
    environ = {"HTTP_PROXY": proxy.url, "NO_PROXY": ""}
    with (
        HttpWire(f"http://{host}", Pace(0, 0), environ=environ, limits=Limits(tries=1)) as wire,
        pytest.raises(ForbiddenAddressError),
    ):
        wire.get("latest/meta-data")
    assert proxy.log == []
