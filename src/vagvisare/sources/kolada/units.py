"""A first guess at what a KPI is counted in. Kolada has no field for it; the title usually ends with it.

A guess is a proposal for whoever writes the definition, always marked to be confirmed, and never what a figure is
judged by. Which way is good is not guessed at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vagvisare.terms.unit import UNITS, UnitClass


@dataclass(frozen=True, slots=True)
class Guess:
    """What a title seems to say: our unit ("" when we have none that fits) and what kind of quantity it is."""

    unit: str = ""
    unit_class: UnitClass | None = None


NOTHING = Guess()

_ENDED = re.compile(r"\s*\(\s*-\s*\d{4}\s*\)\s*$")
_PERSON = r"(?:inv\b|invånare)"
_HEADS = r"(?:inv\b|invånare|kvinnor|män|barn|vuxna)"
_RULES: tuple[tuple[re.Pattern[str], Guess], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), guess)
    for pattern, guess in (
        # What can be below nought, or has no natural measure, first: "(%)" in such a title is no share.
        (
            r"förändring|avvikelse|procentenhet|nettokostnadsavvik|skillnad|netto\w*flytt",
            Guess("number", UnitClass.SIGNED),
        ),
        (
            r"\bja\s*=\s*1|nej\s*=\s*0|=\s*0\)|\bindex\b|index$|poäng$|balanstal|meritvärde",
            Guess("number", UnitClass.SIGNED),
        ),
        (r"nystartade företag.*(?:/|per )\s*1\s?000\b", Guess("companies_per_1000", UnitClass.RATE)),
        (
            rf"(?:/|per )\s*10{{1,2}}[\s.]?000(?:\s|\b)|(?:/|per )\s*1[\s.]?000\s+\w*\s*{_HEADS}",
            Guess("", UnitClass.RATE),
        ),
        (rf"ton\s*co2\S*\s*/\s*{_PERSON}", Guess("tonnes_co2e_per_person", UnitClass.RATE)),
        (rf"\bkr\s*/\s*{_PERSON}(?!\s*\d)", Guess("sek_per_person", UnitClass.MONEY)),
        (r"\bkr\s*/\s*\S", Guess("", UnitClass.MONEY)),
        (rf"/\s*{_PERSON}|\bper\s+{_PERSON}|/\s*1\s?000?\b", Guess("", UnitClass.RATE)),
        (r"\bandel\b|\(%\)|\bprocent\b|,\s*%", Guess("percent", UnitClass.SHARE)),
        (r"kton\s*co2", Guess("kilotonnes_co2e", UnitClass.COUNT)),
        (r"\bton\s*co2", Guess("tonnes_co2e", UnitClass.COUNT)),
        (r"\btkr\b|tusen kronor|tusentals kronor", Guess("thousand_sek", UnitClass.MONEY)),
        (r"\b(?:mnkr|mkr|mn kr)\b|miljoner kronor", Guess("million_sek", UnitClass.MONEY)),
        (r"\bkr\b|\bkronor\b", Guess("", UnitClass.MONEY)),
        (r"\bhektar\b|,\s*ha$", Guess("hectares", UnitClass.COUNT)),
        (r"\bdagar\b", Guess("days", UnitClass.DURATION)),
        (r"(?:medellivslängd|medelålder).*|,\s*(?:antal\s+)?år$", Guess("years", UnitClass.DURATION)),
        (r"\bmånader\b|\bminuter\b|\btimmar\b", Guess("", UnitClass.DURATION)),
        (r"^(?:invånare|folkmängd|befolkning)\b.*\bantal$|^invånare\b", Guess("persons", UnitClass.COUNT)),
        (r"\bföretag\b.*\bantal$", Guess("companies", UnitClass.COUNT)),
        (r"\bantal\b", Guess("", UnitClass.COUNT)),
    )
)


def guess(title: str) -> Guess:
    """Return what a KPI's Swedish title seems to say of its unit; ``NOTHING`` where it says nothing we understand."""
    words = _ENDED.sub("", title).strip().rstrip(".")
    for pattern, found in _RULES:
        if pattern.search(words):
            return found
    return NOTHING


def known() -> frozenset[str]:
    """Return the units a guess can name; each is in ``terms.unit.UNITS``."""
    return frozenset(found.unit for _, found in _RULES if found.unit) & frozenset(UNITS)
