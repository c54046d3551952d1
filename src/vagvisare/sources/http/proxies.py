"""The proxies an operator has set for this machine: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in either case.

A proxy looks names up itself, so what a name leads to behind it is the proxy's to allow or refuse; addresses written in
numbers are still checked by us. Only http and https proxies are used. This machine itself is never asked for by proxy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from urllib.parse import unquote, urlsplit

from vagvisare.sources.http.addresses import Origin, origin_of, shown
from vagvisare.sources.http.sentences import bad_setting
from vagvisare.terms.language import Text


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where the operator's proxy is, and who we are to it."""

    origin: Origin
    user: str = ""
    password: str = field(default="", repr=False)


def proxy_for(origin: Origin, environ: Mapping[str, str]) -> Proxy | None:
    """Return the proxy to use for a host, or None for a straight connection.

    Raises:
        UserError: when the variable holds no http or https address.
    """
    if origin.host == "localhost" or _is_loopback(origin.host) or _is_exempt(origin, _first(environ, "no_proxy")[1]):
        return None
    variable, value = _first(environ, f"{origin.scheme}_proxy")
    if not value:
        variable, value = _first(environ, "all_proxy")
    if not value:
        return None
    parts = urlsplit(value if "://" in value else f"http://{value}")
    try:
        where = origin_of(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}")
    except ValueError:
        raise bad_setting(Text(variable, variable), shown(value)) from None
    return Proxy(where, unquote(parts.username or ""), unquote(parts.password or ""))


def _first(environ: Mapping[str, str], name: str) -> tuple[str, str]:
    for variable in (name, name.upper()):
        if environ.get(variable, "").strip():
            return variable, environ[variable].strip()
    return "", ""


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_exempt(origin: Origin, no_proxy: str) -> bool:
    """Tell whether NO_PROXY names the host: itself, a domain it is in, a network, with or without port, or ``*``."""
    for entry in (part.strip().lower() for part in no_proxy.split(",")):
        if entry == "*":
            return True
        if entry and (_names(entry, origin.host) or _in_network(entry, origin.host)):
            return True
        name, _, port = entry.rpartition(":")
        if name and port == str(origin.port) and _names(name, origin.host):
            return True
    return False


def _names(entry: str, host: str) -> bool:
    bare = entry.removeprefix("*").removeprefix(".").strip("[]")
    return host == bare or host.endswith(f".{bare}")


def _in_network(entry: str, host: str) -> bool:
    try:
        return ip_address(host) in ip_network(entry, strict=False)
    except ValueError:
        return False
