"""Which addresses we go to, and how an address is written in a sentence without its secrets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443}

# The IANA special-purpose registries for IPv4 and IPv6, written out: what Python calls private has changed between its
# versions. https://www.iana.org/assignments/iana-ipv4-special-registry (and -ipv6-)
_NOT_PUBLIC_4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
        # A cloud's own service to its machines, at an address that is public by number.
        "168.63.129.16/32",
    )
)
_GLOBAL_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")

_SECRET = re.compile(r"token|passw|pwd|secret|signature|^sig$|key$", re.IGNORECASE)
_MASK = "***"
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"
_SAFE_IN_QUERY = _SAFE_IN_PATH + "?"
_LONGEST_SHOWN = 300


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address belongs to the open internet.

    An IPv6 address that only wraps an IPv4 one (mapped, NAT64) is judged by that one. The forms that lead to IPv4 by
    way of somebody else's relay (6to4, Teredo) are never public here.
    """
    if isinstance(address, IPv4Address):
        return not any(address in block for block in _NOT_PUBLIC_4)
    # A zone (fe80::1%eth0) belongs to link-local addresses only.
    if address.scope_id:
        return False
    if address in _MAPPED or address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _GLOBAL_6 and not any(address in block for block in _NOT_PUBLIC_6)


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port of an address; host in lower case and, for names with å, ä and ö, in its ASCII form."""

    scheme: str
    host: str
    port: int

    @property
    def netloc(self) -> str:
        """Host and port as they stand in an address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def allows(self, other: Origin) -> bool:
        """Tell whether ``other`` is the same place: same host and port, or the same host upgraded to https."""
        if self == other:
            return True
        upgraded = (self.scheme, other.scheme) == ("http", "https")
        return upgraded and self.host == other.host and (self.port, other.port) in {(80, 443), (self.port, self.port)}


def origin_of(url: str) -> Origin:
    """Return where an absolute address leads.

    Raises:
        ValueError: when it is not an http or https address with a host, or carries a user name.
    """
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise ValueError("scheme")
    if "@" in parts.netloc or "\\" in url or any(ord(sign) <= 32 or ord(sign) == 127 for sign in parts.netloc):
        raise ValueError("userinfo")
    host = parts.hostname or ""
    if not host:
        raise ValueError("host")
    try:
        host = str(ip_address(host))
    except ValueError:
        # The stdlib speaks an older IDNA; names of Swedish agencies need no more than å, ä and ö.
        host = host.encode("idna").decode("ascii").lower()
    port = _PORTS[scheme] if parts.port is None else parts.port
    if not port:
        raise ValueError("port")
    return Origin(scheme, host.rstrip("."), port)


def is_absolute(address: str) -> bool:
    """Tell whether an address names its own scheme or host."""
    start = re.split(r"[/?#]", address, maxsplit=1)[0]
    return address.startswith(("//", "\\")) or bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:", start))


def joined(base: str, address: str, params: dict[str, str] | None = None) -> str:
    """Return an absolute address: relative ones are put after ``base``, whether or not they begin with a slash.

    What must be percent-encoded is; what already is stays. ``params`` come after those the address has.

    Raises:
        ValueError: as ``origin_of``.
    """
    if is_absolute(address):
        whole = address
    elif not address or address.startswith("?"):
        whole = base + address
    else:
        whole = f"{base}/{address.lstrip('/')}"
    return encoded(whole, params)


def encoded(url: str, params: dict[str, str] | None = None) -> str:
    """Return the address as it goes on the wire: percent-encoded, ASCII, without fragment.

    Raises:
        ValueError: as ``origin_of``.
    """
    parts, origin = urlsplit(url), origin_of(url)
    path = quote(_ESCAPE.sub("%25", parts.path), safe=_SAFE_IN_PATH)
    query = quote(_ESCAPE.sub("%25", parts.query), safe=_SAFE_IN_QUERY)
    if params:
        query = "&".join(part for part in (query, urlencode(params, quote_via=quote)) if part)
    return urlunsplit(SplitResult(origin.scheme, origin.netloc, path or "/", query, ""))


def secrets_of(url: str) -> list[str]:
    """Return the values in an address that are nobody else's business."""
    return [value for name, value in parse_qsl(urlsplit(url).query) if value and _SECRET.search(name)]


def shown(url: str) -> str:
    """Return an address fit for a sentence or a log: no secrets, no user name, nothing unprintable, not endless."""
    try:
        parts = urlsplit(url)
    except ValueError:
        # Too crooked to find its secrets: what may hold any is left out.
        return _short(url.rpartition("@")[2].partition("?")[0])
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = "&".join(
        f"{quote(name, safe='[]()')}={_MASK if _SECRET.search(name) else quote(value, safe='*[](),:+')}"
        for name, value in pairs
    )
    host = parts.netloc.rpartition("@")[2]
    return _short(urlunsplit(SplitResult(parts.scheme, host, parts.path, query, "")))


def _short(text: str) -> str:
    # Nearly every address is, and this is done at every call.
    plain = text if text.isprintable() else "".join(sign if sign.isprintable() else "?" for sign in text)
    return plain if len(plain) <= _LONGEST_SHOWN else plain[: _LONGEST_SHOWN - 1] + "…"
