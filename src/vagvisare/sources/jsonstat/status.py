"""What sources say beside a figure, in SDMX's words (CL_OBS_STATUS), and which word weighs heaviest."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

PXWEB: Mapping[str, str] = {
    ".": "M",
    "..": "M",
    "...": "M",
    "....": "M",
    ".....": "M",
    "......": "M",
    "-": "M",
}
"""PxWeb's symbols for no figure. ``-`` is "nothing to report", in some tables nought: a figure beside it stands."""

EUROSTAT: Mapping[str, str] = {
    ":": "M",
    "b": "B",
    "c": "Q",
    "d": "",
    "e": "E",
    "f": "E",
    "n": "U",
    "p": "P",
    "r": "",
    "s": "E",
    "u": "U",
    "z": "M",
}
"""Eurostat's flags: break, confidential, definition differs, estimated, forecast, not significant, provisional,
revised, Eurostat's own estimate, low reliability, not applicable. What ``FIGURES`` has no word for says nothing."""

NO_FIGURE = frozenset({"M", "Q", "L"})
"""Words that deny the figure: one given all the same is not believed, so that what is suppressed stays suppressed."""

NOUGHT = "-"
"""The one symbol beside which a figure is believed although the symbol means none."""

_GRAVEST_FIRST = "QMLUBEP"


def meaning(symbol: str, statuses: Mapping[str, str]) -> str:
    """Return the gravest thing said: several letters (``bp``) are read one by one, unknown ones say nothing."""
    known = statuses.get(symbol)
    if known is not None:
        return known
    words = (statuses.get(letter, "") for letter in symbol)
    return reduce(graver, words, "")


def graver(one: str, other: str) -> str:
    """Return which of two words weighs heavier."""
    return min(one, other, key=lambda word: _GRAVEST_FIRST.index(word) if word else len(_GRAVEST_FIRST))
