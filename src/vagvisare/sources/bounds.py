"""Which periods are wanted, from the words a query may use for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vagvisare.sources.query import Dimension

_EXPRESSION = re.compile(r"^([A-Z]{2,10})\(\s*([^(),]*?)\s*(?:,\s*([^(),]*?)\s*)?\)$")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Wanted periods: only ``codes`` (empty: every one), from ``since`` to ``until``, the ``last`` so many (0: all)."""

    codes: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    last: int = 0

    def within(self, known: Iterable[str]) -> frozenset[str]:
        """Return which of the periods a table has are wanted.

        Bounds are compared as text up to their own length, so that ``until`` 2020 takes in 2020-Q4.
        """
        kept = [
            period
            for period in sorted(set(known))
            if (not self.codes or period in self.codes)
            and (not self.since or period >= self.since)
            and (not self.until or period[: len(self.until)] <= self.until)
        ]
        return frozenset(kept[-self.last :] if self.last else kept)


WHOLE = Bounds()
"""Every period."""


def bounds_of(dimension: Dimension) -> Bounds:
    """Return the periods a dimension wants.

    They are codes, ``*``, ``TOP(n)``, ``FROM(2010)``, ``TO(2020)`` or ``RANGE(2010,2020)``.

    Raises:
        ValueError: when an expression is none of these, or stands beside others; its text is the message.
    """
    for value in dimension.values:
        if is_expression(value) and len(dimension.values) > 1:
            raise ValueError(value)
    if not dimension.values or "*" in dimension.values:
        return WHOLE
    if not is_expression(dimension.values[0]):
        return Bounds(tuple(dict.fromkeys(dimension.values)))
    return _expressed(dimension.values[0])


def is_expression(value: str) -> bool:
    """Tell whether a value is an expression rather than a code."""
    return "(" in value or "?" in value


def _expressed(value: str) -> Bounds:
    expression = _EXPRESSION.match(value.strip())
    name, first, second = expression.groups() if expression else ("", "", None)
    match name, second:
        case "TOP", None if first.isascii() and first.isdigit() and 0 < int(first) < 10_000:
            return Bounds(last=int(first))
        case "FROM", None if first:
            return Bounds(since=first)
        case "TO", None if first:
            return Bounds(until=first)
        case "RANGE", str() if first and second:
            return Bounds(since=first, until=second)
    raise ValueError(value)
