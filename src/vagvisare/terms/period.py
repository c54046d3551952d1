"""The time a figure speaks of: one calendar year, or a window of several years."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(r"^(?P<start>\d{4})(?:\s*[-–/]\s*(?P<end>\d{4}))?$")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A closed span of whole calendar years, ``start`` to ``end``.

    Raises:
        ValueError: when the span is empty or lies outside 1700–2200.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse spans that no statistic has."""
        if not 1700 <= self.start <= self.end <= 2200:
            raise ValueError(f"{self.start}-{self.end} is no period of calendar years")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2021`` or ``2021-2024`` (hyphen, en dash or slash).

        Raises:
            ValueError: when the text is no year and no window of years.
        """
        found = _FORM.match(text.strip())
        if found is None:
            raise ValueError(f"“{text}” is no period; write a year (2021) or a window of years (2021-2024)")
        start = int(found["start"])
        return cls(start, int(found["end"] or start))

    @classmethod
    def year(cls, year: int) -> Period:
        """Return the single year ``year``."""
        return cls(year, year)

    @property
    def years(self) -> int:
        """Number of calendar years covered."""
        return self.end - self.start + 1

    @property
    def middle(self) -> float:
        """The point on the time axis where the figure belongs, in years."""
        return (self.start + self.end) / 2

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two share at least one calendar year."""
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        """Return the form used in files: ``2021`` or ``2021-2024``."""
        return str(self.start) if self.start == self.end else f"{self.start}-{self.end}"

    @property
    def label(self) -> str:
        """The form people read: ``2021`` or ``2021–2024`` with an en dash."""
        return str(self).replace("-", "–")
