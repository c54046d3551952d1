"""How sources write time: years, windows of years, school years, quarters and months."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR = r"(?P<start>1[7-9]\d\d|20\d\d|21\d\d)"
_FORMS = (
    re.compile(rf"{_YEAR}"),
    re.compile(rf"{_YEAR}\s*[-–/]\s*(?P<end>1[7-9]\d\d|20\d\d|21\d\d)"),
    re.compile(rf"{_YEAR}/(?P<short>\d\d)"),
    re.compile(rf"{_YEAR}[-]?(?:K|Q|kv)(?P<quarter>[1-4])"),
    re.compile(rf"{_YEAR}(?:M|-M|-)(?P<month>0[1-9]|1[0-2])"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """Calendar years ``start`` to ``end``; or part ``part`` of ``parts`` (1–12, 1–4) of the year ``start``."""

    start: int
    end: int
    part: int = 0
    parts: int = 1


def parse(code: str) -> Span | None:
    """Read ``2021``, ``2021-2024``, ``2020/21``, ``2021K2``, ``2021-Q2``, ``2021M05`` or ``2021-05``; else None."""
    for form in _FORMS:
        found = form.fullmatch(code.strip())
        if found is None:
            continue
        said = found.groupdict()
        start = int(said["start"])
        if said.get("quarter"):
            return Span(start, start, int(said["quarter"]), 4)
        if said.get("month"):
            return Span(start, start, int(said["month"]), 12)
        end = int(said.get("end") or start)
        if said.get("short"):
            end = start + 1
            if int(said["short"]) != end % 100:
                return None
        return Span(start, end) if start <= end else None
    return None
