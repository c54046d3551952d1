"""Where we go and where we do not, however the address is dressed."""

from ipaddress import IPv6Address, ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replies.server import Response
from vagvisare.sources.errors import ForbiddenAddressError, UnreachableError
from vagvisare.sources.http.addresses import encoded, is_absolute, is_public, joined, origin_of, shown

PRIVATE = [
    "0.0.0.0",  # noqa: S104 an address to refuse, not to listen on
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.7",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2a00::1%1",
    "fec0::1",
    "ff02::1",
]
PUBLIC = ["8.8.8.8", "172.15.255.255", "172.32.0.1", "193.10.1.1", "2a00:801::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address):
    assert is_public(ip_address(address))


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_in_every_wrapping(address):
    for wrapping in (0xFFFF << 32, 0x64FF9B << 96):
        assert is_public(IPv6Address(wrapping | int(address))) == is_public(address)
    if is_public(address):
        # Nothing the standard library calls private, loopback, multicast or reserved is public to us.
        assert address.is_global
        assert not address.is_multicast


@settings(deadline=None)
@given(st.ip_addresses(v=6))
def test_an_ipv6_address_that_is_public_is_global_to_the_standard_library_too(address):
    if is_public(address) and not address.ipv4_mapped:
        assert address.is_global
        assert not address.is_multicast


@pytest.mark.parametrize(
    "url",
    [
        "ftp://api.kolada.se",
        "file:///etc/passwd",
        "gopher://x/",
        "//api.kolada.se/v3",
        "https://",
        "https:///v3",
        "https://user@api.kolada.se",
        "https://api.kolada.se@10.0.0.1",
        "https://a:b@x",
        "https://x\\@y/",
        "https://x y/",
        "https://x:99999/",
        "https://x:0/",
        "https://x:abc/",
        "https://[::1/",
        "https://a..b/",
        "https://" + "a" * 64 + ".se/",
        "api.kolada.se/v3",
        "",
    ],
)
def test_no_address_of_a_source(url):
    with pytest.raises(ValueError):
        origin_of(url)


def test_an_origin_is_the_same_however_it_is_written():
    plain = origin_of("https://api.kolada.se/v3")
    assert plain == origin_of("HTTPS://API.Kolada.SE.:443/other")
    assert origin_of("https://å.se").host == "å".encode("idna").decode() + ".se" == "xn--5ca.se"
    assert origin_of("http://[0:0:0:0:0:0:0:1]:80/").netloc == "[::1]"


def test_which_places_belong_to_a_source():
    base = origin_of("http://api.kolada.se/v3")
    assert base.allows(origin_of("http://api.kolada.se/v3/next"))
    assert base.allows(origin_of("https://api.kolada.se/v3/next"))
    for other in ("http://kolada.se", "http://api.kolada.se:81", "https://api.kolada.se:444", "http://x.se"):
        assert not base.allows(origin_of(other))
    assert not origin_of("https://api.kolada.se").allows(origin_of("http://api.kolada.se"))


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("", "https://x.se/api/v1"),
        ("?config", "https://x.se/api/v1?config"),
        ("tables", "https://x.se/api/v1/tables"),
        ("/tables", "https://x.se/api/v1/tables"),
        ("a b/Tillväxt.px", "https://x.se/api/v1/a%20b/Tillv%C3%A4xt.px"),
        ("a%20b?q=100%", "https://x.se/api/v1/a%20b?q=100%25"),
        ("N1,N2#part", "https://x.se/api/v1/N1,N2"),
        ("rad\r\nHost: y", "https://x.se/api/v1/radHost:%20y"),
        ("https://X.se:443/other", "https://x.se/other"),
        ("TAB:1/data", "https://x.se/api/v1/TAB:1/data"),
    ],
)
def test_addresses_are_put_after_the_base(address, whole):
    assert joined("https://x.se/api/v1", address) == whole


def test_parameters_are_encoded_and_come_last():
    url = joined("https://x.se", "data?a=1", {"valueCodes[Region]": "TOP(5),å", "x": "a b&c"})
    assert url == "https://x.se/data?a=1&valueCodes%5BRegion%5D=TOP%285%29%2C%C3%A5&x=a%20b%26c"


@settings(deadline=None)
@given(st.text(max_size=60))
def test_an_address_is_refused_or_stays_at_the_source(text):
    try:
        url = joined("https://x.se/api", text)
        origin = origin_of(url)
    except ValueError:
        return
    assert url.isascii()
    assert url.isprintable()
    assert " " not in url
    assert is_absolute(text) or origin == origin_of("https://x.se")
    assert encoded(url) == url


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_shown(text):
    said = shown(text)
    assert len(said) <= 300
    assert said.isprintable()


@pytest.mark.parametrize("name", ["token", "key", "password", "pToken", "apikey", "Api-Key", "client_secret"])
def test_secrets_are_not_shown(name):
    assert shown(f"https://u:hemligt@x.se/a?lang=sv&{name}=hemligt&year=2024") == (
        f"https://x.se/a?lang=sv&{name}=***&year=2024"
    )
    assert "hemligt" not in shown(f"https://u:hemligt@[x/a?{name}=hemligt")


ELSEWHERE = [
    "https://api.kolada.se.evil.example/v3",
    "http://127.0.0.1:1/v3",
    "//evil.example/v3",
    "file:///etc/passwd",
    "https://user:hemligt@127.0.0.1/",
    "\\\\evil.example\\v3",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_reply_cannot_send_us_elsewhere(local_server, wire_to, address):
    server = local_server(lambda _: Response())
    with pytest.raises(ForbiddenAddressError) as caught:
        wire_to(server.url).get(address)
    assert "hemligt" not in str(caught.value)
    assert caught.value.remedy.en
    assert server.log == []


def test_the_next_page_at_the_same_source_is_fetched(local_server, wire_to):
    server = local_server(lambda request: Response.of(request.target))
    wire = wire_to(f"{server.url}/v3")
    assert wire.get(f"{server.url}/v3/data?page=2&per_page=5000").json() == "/v3/data?page=2&per_page=5000"


def test_a_source_without_address_cannot_be_asked(wire_to):
    with pytest.raises(ForbiddenAddressError, match="Källan har ingen adress"):
        wire_to("").get("data")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "127.1", "0x7f.1", "0"])
def test_this_machine_is_refused_unless_configured(local_server, wire_to, host):
    server = local_server(lambda _: Response())
    with pytest.raises((ForbiddenAddressError, UnreachableError)):
        wire_to(f"http://{host}:{server.port}", configured=False).get("data")
    assert server.log == []
