"""The code lists that stand as CSV files beside this module, read once."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vagvisare.terms.language import Text
from vagvisare.terms.territory import TERRITORIES


@dataclass(frozen=True, slots=True)
class Nuts:
    """A Swedish NUTS code: the county or nation it is (``official``; None for other parts), and when it was in force.

    ``first`` and ``last`` are calendar years; ``last`` is None for codes in force.
    """

    code: str
    official: str | None
    first: int
    last: int | None
    name: Text

    def holds(self, year: int | None) -> bool:
        """Tell whether a figure of ``year`` can be under this code.

        Codes in force hold for every year, since series are published backwards under them; codes that have been
        replaced hold only to the end of the last version that had them.
        """
        return year is None or self.last is None or year <= self.last


@cache
def nuts() -> dict[str, Nuts]:
    """Return every Swedish NUTS code since 1995 by code."""
    return {row["code"]: _nuts(row) for row in rows("nuts.csv")}


@cache
def countries() -> dict[str, Text]:
    """Return the names of countries by ISO 3166 code of two and three letters, and by Eurostat's where it differs."""
    return {
        code: Text(row["sv"], row["en"])
        for row in rows("countries.csv")
        for code in (row["alpha2"], row["alpha3"], row["eurostat"])
        if code
    }


def rows(file: str) -> list[dict[str, str]]:
    """Return the rows of a list beside this module, by heading."""
    text = files(__package__).joinpath(file).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _nuts(row: dict[str, str]) -> Nuts:
    ours = row["official"] or None
    called = TERRITORIES[ours].name if ours else Text(row["sv"], row["en"])
    return Nuts(row["code"], ours, int(row["first"]), int(row["last"]) if row["last"] else None, called)
