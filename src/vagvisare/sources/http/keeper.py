"""What remembers raw replies, so that an interrupted fetch goes on where it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from vagvisare.sources.wire import Reply


class Keeper(Protocol):
    """Keeps raw replies under the call they answer; used by many threads at once."""

    def keep(self, request_key: str, reply: Reply) -> None:
        """Keep a whole reply; when this returns it survives the process being killed."""

    def kept(self, request_key: str) -> Reply | None:
        """Return the reply kept for a call, or None when it must be made."""


def request_key(method: str, url: str, body: Mapping[str, Any] | None = None) -> str:
    """Return a checksum of a call: the same for parameters, or keys of the body, in any order."""
    parts = urlsplit(url)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    whole = urlunsplit(parts._replace(query=query, fragment=""))
    canonical = "" if body is None else json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{method}\n{whole}\n{canonical}".encode("utf-8", "surrogatepass")).hexdigest()
