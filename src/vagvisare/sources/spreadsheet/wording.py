"""Suggestions in words: ”Menade du …?”."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from vagvisare.terms.errors import did_you_mean
from vagvisare.terms.language import Text


def menade(wanted: str, known: Iterable[str]) -> Text:
    """Return ”Menade du …?” with the known word most like ``wanted``, or nothing when none is alike."""
    found = difflib.get_close_matches(wanted, list(known), n=1, cutoff=0.6)
    return did_you_mean(found[0] if found else "")
