"""How places, groups, periods and figures are named when a delivery is talked about."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from vagvisare.terms.language import NO_BREAK_SPACE, Language, Text, listing, number
from vagvisare.terms.period import Period
from vagvisare.terms.territory import TERRITORIES
from vagvisare.terms.unit import UNITS, Unit, UnitClass

_SEXES = {"K": Text("kvinnor", "women"), "M": Text("män", "men"), "T": Text("båda könen", "both sexes")}
_MONTHS = (
    Text("januari", "January"),
    Text("februari", "February"),
    Text("mars", "March"),
    Text("april", "April"),
    Text("maj", "May"),
    Text("juni", "June"),
    Text("juli", "July"),
    Text("augusti", "August"),
    Text("september", "September"),
    Text("oktober", "October"),
    Text("november", "November"),
    Text("december", "December"),
)
_SHOWN = 60
"""A name or code from a source is cut after this many characters: it is not ours, and may be anything."""


def quoted(words: str) -> Text:
    """Return words that are not ours within quotation marks, on one line and of bounded length."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    cut = plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"
    return Text(f"”{cut}”", f"“{cut}”")


def place(code: str) -> Text:
    """Return the name of a territory, or its code within quotation marks when it is none that we know."""
    known = TERRITORIES.get(code)
    return known.name if known else quoted(code)


def sex(code: str) -> Text:
    """Return the words of a sex: ``kvinnor``."""
    return _SEXES.get(code) or quoted(code)


def who(territory: str, sex_code: str = "T", background: str = "") -> Text:
    """Return a series in words: ``Örebro län, kvinnor, ”född i Sverige”``; everybody goes without saying."""
    parts = [place(territory)]
    if sex_code != "T":
        parts.append(sex(sex_code))
    if background:
        parts.append(quoted(background))
    return joined(parts, ", ")


def joined(parts: Iterable[Text], mark: str = ", ") -> Text:
    """Join texts with a mark, each language by itself."""
    whole = list(parts)
    return Text(mark.join(part.sv for part in whole), mark.join(part.en for part in whole))


def listed(parts: Sequence[Text], most: int = 3) -> Text:
    """Return ``a, b och c``, or ``a, b, c och 14 till``."""
    shown, more = list(parts[:most]), len(parts) - most
    if more > 0:
        shown.append(Text(f"{several(more).sv} till", f"{several(more).en} more"))
    sv, en = (listing([part.to(language) for part in shown], language) for language in Language)
    return Text(sv, en)


def several(count: int) -> Text:
    """Return a whole number as people read it."""
    return Text(number(count, Language.SV), number(count, Language.EN))


def counted(count: int, singular: Text, plural: Text) -> Text:
    """Return ``1 figur`` or ``14 figurer``: a number with the right form of its noun, after a no-break space."""
    noun, much = (singular if count == 1 else plural), several(count)
    return Text(much.sv + NO_BREAK_SPACE + noun.sv, much.en + NO_BREAK_SPACE + noun.en)


def number_words(value: float, decimals: int = 0) -> Text:
    """Return a bare number as people read it."""
    return Text(number(value, Language.SV, decimals), number(value, Language.EN, decimals))


def figures(count: int) -> Text:
    """Return ``1 värde`` or ``14 värden``."""
    return counted(count, Text("värde", "figure"), Text("värden", "figures"))


def series(count: int) -> Text:
    """Return ``1 serie`` or ``14 serier``."""
    return counted(count, Text("serie", "series"), Text("serier", "series"))


def periods(which: Iterable[Period]) -> Text:
    """Return periods in words, runs of single years drawn together: ``2011–2014 och 2019``."""
    runs: list[tuple[Period, Period]] = []
    for period in sorted(set(which)):
        follows = runs and period.years == 1 and runs[-1][1].years == 1 and period.start == runs[-1][1].end + 1
        if follows:
            runs[-1] = (runs[-1][0], period)
        else:
            runs.append((period, period))
    names = [name for first, last in runs for name in _run(first, last)]
    return listed([Text(name, name) for name in names], most=6)


def _run(first: Period, last: Period) -> tuple[str, ...]:
    if first == last:
        return (first.label,)
    if last.start == first.start + 1:
        return first.label, last.label
    return (f"{first.label}–{last.label}",)


def day(which: date) -> Text:
    """Return ``22 november 2026``."""
    month = _MONTHS[which.month - 1]
    return Text(f"{which.day} {month.sv} {which.year}", f"{which.day} {month.en} {which.year}")


def days(count: int) -> Text:
    """Return ``1 dag`` or ``12 dagar``."""
    return counted(count, Text("dag", "day"), Text("dagar", "days"))


def unit_of(code: str) -> Unit:
    """Return the unit by its code; one we do not know is written as it stands, and has no limits."""
    words = Text(code, code)
    return UNITS.get(code) or Unit(code, UnitClass.SIGNED, words, words, 2)


def figure(unit: Unit, value: float, decimals: int | None = None) -> Text:
    """Return a figure with its unit, or what it is when it is no number."""
    if not math.isfinite(value):
        return Text("inget tal", "no number")
    places = unit.decimals if decimals is None else decimals
    sv, en = (f"{_bare(unit, value, places, lang)}{NO_BREAK_SPACE}{unit.name.to(lang)}".strip() for lang in Language)
    return Text(sv, en)


def change(unit: Unit, old: float, new: float) -> Text:
    """Return ``från 81,9 till 819,0 procent``, with as many decimals as it takes to tell the two apart."""
    if not (math.isfinite(old) and math.isfinite(new)):
        before, after = figure(unit, old), figure(unit, new)
    else:
        places = _telling(unit, old, new)
        before = Text(*(_bare(unit, old, places, language) for language in Language))
        after = figure(unit, new, places)
    return Text(f"från {before.sv} till {after.sv}", f"from {before.en} to {after.en}")


def step(unit: Unit, old: float, new: float) -> Text:
    """Return how large a change is: percentage points for shares, per cent for others, the unit for signed ones."""
    if unit.unit_class not in (UnitClass.SHARE, UnitClass.SIGNED) and old > 0 and math.isfinite(new / old):
        grown = (new / old - 1) * 100
        places = 0 if abs(grown) >= 10 else 1
        sv, en = (number(grown, language, places, signed=True) for language in Language)
        return Text(f"{sv}{NO_BREAK_SPACE}procent", f"{en}{NO_BREAK_SPACE}per cent")
    places = _telling(unit, old, new)
    sv, en = (
        (
            number((new - old) / unit.divide, language, places, signed=True)
            + NO_BREAK_SPACE
            + unit.difference.to(language)
        ).strip()
        for language in Language
    )
    return Text(sv, en)


def _telling(unit: Unit, old: float, new: float) -> int:
    for places in range(unit.decimals, 7):
        if round(old / unit.divide, places) != round(new / unit.divide, places):
            return places
    return 6 if old != new else unit.decimals


def _bare(unit: Unit, value: float, places: int, language: Language) -> str:
    return number(value / unit.divide, language, places)
