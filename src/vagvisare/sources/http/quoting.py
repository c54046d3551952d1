"""A source's own words about why it refused: found, made harmless, and kept short."""

from __future__ import annotations

import contextlib
import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

_LONGEST = 300
_READ = 20_000
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,500})", re.IGNORECASE)
_TOLD_IN = ("message", "error_description", "error", "label", "errors")


def said_in(body: bytes, secrets: Iterable[str] = ()) -> str:
    """Return what a source says of why it refused: one line of at most 300 characters, harmless to show.

    JSON is searched for the members in which interfaces tell it (RFC 9457: ``title`` and ``detail``), a web page for
    its title. Control and formatting characters go, angle brackets lose their edge, and ``secrets`` are masked.
    """
    text = body[:_READ].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        found = _TITLE.search(text)
        text = found.group(1) if found else ""
    else:
        # What cannot be read as JSON is plain words, or JSON longer than we read: shown as it is.
        with contextlib.suppress(ValueError, RecursionError):
            text = " ".join(dict.fromkeys(_told(json.loads(text), 4)))
    for secret in secrets:
        text = text.replace(secret, "***")
    text = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    text = "".join(sign for sign in text if not unicodedata.category(sign).startswith("C"))
    text = " ".join(text.replace("<", "‹").replace(">", "›").split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _told(value: Any, depth: int) -> list[str]:
    """Return the words in what a source sent as JSON; title before detail."""
    if isinstance(value, str):
        return [value]
    if depth == 0:
        return []
    if isinstance(value, list):
        return [words for item in value[:5] for words in _told(item, depth - 1)]
    if isinstance(value, dict):
        own = [words for name in ("title", "detail") for words in _told(value.get(name), depth - 1)]
        if own:
            return own
        return next((words for name in _TOLD_IN if (words := _told(value.get(name), depth - 1))), [])
    return []
