"""One call and what came of it: where it leads when the source refers us onwards, and whether it is an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin

import httpcore

from vagvisare.sources.http import sentences
from vagvisare.sources.http.addresses import encoded, origin_of, shown

MOVED = frozenset({301, 302, 303, 307, 308})
"""Statuses by which a source refers us to another address."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it goes on the wire."""

    method: str
    url: str
    content: bytes | None
    accept: str
    accept_status: frozenset[int]


def headers_of(response: httpcore.Response) -> dict[str, str]:
    """Return the headers by lower-case name; repeated ones joined as RFC 9110 §5.2 has it."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def promised(headers: Mapping[str, str]) -> int:
    """Return how long the body is said to be, in bytes; 0 when nothing is said."""
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 19 else 0


def moved(call: Call, status: int, location: str) -> Call:
    """Return the call where the source refers us: the same question, except after 303 (see other, with GET).

    Raises:
        SourceError: when that is nowhere, no web address, or less safe.
    """
    if not location:
        raise sentences.circling(shown(call.url))
    try:
        url = encoded(urljoin(call.url, location))
    except ValueError:
        raise sentences.forbidden(shown(location), sentences.NOT_HTTP) from None
    if origin_of(call.url).scheme == "https" and origin_of(url).scheme != "https":
        raise sentences.forbidden(shown(url), sentences.DOWNWARDS)
    if status == 303:
        return replace(call, method="GET", url=url, content=None)
    return replace(call, url=url)


def quietly(response: httpcore.Response) -> Iterator[bytes]:
    """Yield what there is of a body whose end does not matter."""
    try:
        yield from response.iter_stream()
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
        return


def is_page(body: bytes, content_type: str, accept: str) -> bool:
    """Tell whether a web page came although data was asked for: whatever its label says, and whatever its status."""
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if "json" in accept:
        return start.startswith(b"<") or ("html" in content_type.lower() and start[:1] not in (b"{", b"["))
    return "html" not in accept and start.startswith((b"<!doctype html", b"<html"))
