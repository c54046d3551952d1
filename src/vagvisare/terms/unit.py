"""What a figure is counted in, and the scale on which its change is judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vagvisare.terms.language import NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE, Language, Text, number


class Scale(StrEnum):
    """The model scale: where equal steps mean equal change (shares logit, positive quantities log)."""

    LOGIT = "logit"
    LOG = "log"
    LINEAR = "linear"


class UnitClass(StrEnum):
    """What kind of quantity a unit measures."""

    SHARE = "share"
    RATE = "rate"
    COUNT = "count"
    MONEY = "money"
    DURATION = "duration"
    SIGNED = "signed"

    @property
    def scale(self) -> Scale:
        """The model scale that fits the kind."""
        if self is UnitClass.SHARE:
            return Scale.LOGIT
        return Scale.LINEAR if self is UnitClass.SIGNED else Scale.LOG


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement with its words.

    ``name`` follows a number ("81,9 procent"); ``difference`` follows a difference ("2,1 procentenheter").
    ``decimals`` is how many decimals people want to read. ``divide`` turns the stored figure into the one that
    is read aloud (tonnes to thousand tonnes).
    """

    code: str
    unit_class: UnitClass
    name: Text
    difference: Text
    decimals: int = 1
    divide: float = 1.0

    def write(self, value: float, language: Language) -> str:
        """Return ``value`` with its unit: ``81,9 procent``."""
        return self.figure(value, language) + NO_BREAK_SPACE + self.name.to(language)

    def write_difference(self, value: float, language: Language, *, signed: bool = False) -> str:
        """Return a difference with its unit: ``2,1 procentenheter``."""
        text = number(value / self.divide, language, self.decimals, signed=signed)
        return text + NO_BREAK_SPACE + self.difference.to(language)

    def figure(self, value: float, language: Language) -> str:
        """Return the bare number as read, without the unit's name."""
        return number(value / self.divide, language, self.decimals)


def _unit(
    code: str,
    kind: UnitClass,
    sv: str,
    en: str,
    decimals: int = 1,
    divide: float = 1.0,
    difference: Text | None = None,
) -> tuple[str, Unit]:
    name = Text(sv, en)
    return code, Unit(code, kind, name, difference or name, decimals, divide)


UNITS: dict[str, Unit] = dict(
    [
        _unit(
            "percent",
            UnitClass.SHARE,
            "procent",
            "per cent",
            difference=Text("procentenheter", "percentage points"),
        ),
        _unit("persons", UnitClass.COUNT, "invånare", "inhabitants", 0),
        _unit("companies", UnitClass.COUNT, "företag", "companies", 0),
        _unit(
            "companies_per_1000",
            UnitClass.RATE,
            f"per 1{NARROW_NO_BREAK_SPACE}000 invånare",
            "per 1,000 inhabitants",
            1,
        ),
        _unit("per_100", UnitClass.RATE, "per 100 i åldern 20–64", "per 100 aged 20–64", 1),
        _unit("tonnes_co2e", UnitClass.COUNT, "tusen ton koldioxidekvivalenter", "kilotonnes CO₂e", 0, 1000.0),
        _unit("kilotonnes_co2e", UnitClass.COUNT, "tusen ton koldioxidekvivalenter", "kilotonnes CO₂e", 0),
        _unit("tonnes_co2e_per_person", UnitClass.RATE, "ton per invånare", "tonnes per inhabitant", 1),
        _unit("hectares", UnitClass.COUNT, "hektar", "hectares", 0),
        _unit("years", UnitClass.DURATION, "år", "years", 1),
        _unit("days", UnitClass.DURATION, "dagar", "days", 1),
        _unit("million_sek", UnitClass.MONEY, "miljoner kronor", "million SEK", 0),
        _unit("thousand_sek", UnitClass.MONEY, "tusen kronor", "thousand SEK", 0),
        _unit("sek_per_person", UnitClass.MONEY, "kronor per invånare", "SEK per inhabitant", 0),
        _unit("nights_per_person", UnitClass.RATE, "gästnätter per invånare", "guest nights per inhabitant", 1),
        _unit("mwh_per_person", UnitClass.RATE, "megawattimmar per invånare", "megawatt-hours per inhabitant", 1),
        _unit("number", UnitClass.SIGNED, "", "", 2),
    ]
)
"""Every unit the product knows, by code. An indicator with another unit is a mistake in the folder."""
