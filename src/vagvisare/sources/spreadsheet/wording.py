"""Suggestions in words: ”Menade du …?”."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def menade(wanted: str, known: Iterable[str]) -> str:
    """Return ”Menade du …?” with the known word most like ``wanted``, or an empty text when none is alike."""
    found = difflib.get_close_matches(wanted, list(known), n=1, cutoff=0.6)
    return f"Menade du ”{found[0]}”?" if found else ""
