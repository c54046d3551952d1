"""Addresses: short readable names of what a strategy says, that survive editions and are the pages' URLs."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from vagvisare.terms.territory import slug

_ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")


def is_address(text: str) -> bool:
    """Tell whether ``text`` may be an address: parts of a–z, digits and single hyphens, joined by slashes."""
    return _ADDRESS.fullmatch(text) is not None


def address(*parts: str) -> str:
    """Build an address from words in Swedish: ``address("Effektmål", "God och jämlik folkhälsa")``.

    Raises:
        ValueError: when a part holds no letter or digit.
    """
    built = [slug(part) for part in parts]
    if not built or not all(built):
        raise ValueError(f"no address can be built from {parts}")
    return "/".join(built)


def nearest(wanted: str, known: Iterable[str]) -> str:
    """Return the known name most like ``wanted``, or an empty text when none is alike."""
    found = difflib.get_close_matches(wanted, list(dict.fromkeys(known)), n=1, cutoff=0.6)
    return found[0] if found else ""
