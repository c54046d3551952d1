"""What happened to the codes and borders of Swedish counties and municipalities over time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from vagvisare.sources.territories.lists import rows
from vagvisare.terms.language import Text
from vagvisare.terms.territory import TERRITORIES


class Fate(StrEnum):
    """What happened to a place."""

    RENUMBERED = "renumbered"
    """The same place under another code."""
    MOVED = "moved"
    """The same place, now in another county and therefore under another code."""
    SPLIT = "split"
    """A new place was formed of a part of it; the rest went on under the old code."""
    MERGED = "merged"
    """It became part of a larger place, alone or with others."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change, in force from 1 January of ``year``: what became of ``old``, and which code the result has.

    ``name`` is what the old place was called and ``county`` the code its county had then. Codes of municipalities are
    today's where the change was not one of codes; ``old`` is empty where no list tells the code. ``source`` says where
    the change was read.
    """

    year: int
    old: str
    new: str
    fate: Fate
    name: str
    county: str
    source: str


def changes(code: str) -> tuple[Change, ...]:
    """Return every change that an official code took part in, oldest first.

    A county also has the municipalities that came to it or left it, and a municipality whose code began with that of a
    county that is gone has the end of that county.
    """
    gone = code[:2] if len(code) == 4 and code not in TERRITORIES and not _own(code) else code
    return tuple(change for change in _changes() if _concerns(change, gone))


def history(code: str) -> tuple[Text, ...]:
    """Return, oldest first, a sentence for each change of an official code that a reader of its figures should know."""
    return tuple(dict.fromkeys(_sentence(change) for change in changes(code)))


def formed(code: str) -> int | None:
    """Return the year a municipality was formed of a part of another, or None when it is older than our list.

    Sources differ on the years before: some give zeros, some nothing. Neither is a figure.
    """
    return next((change.year for change in _changes() if change.fate is Fate.SPLIT and change.new == code), None)


def heir(code: str) -> str | None:
    """Return the code that the very same place has today, or None: unknown, merged, divided, or never changed."""
    followed = {code}
    while (new := _whole().get(code)) is not None and new not in followed:
        followed.add(new)
        code = new
    return code if len(followed) > 1 and code in TERRITORIES else None


@cache
def _changes() -> tuple[Change, ...]:
    read = (
        Change(int(row["year"]), row["old"], row["new"], Fate(row["kind"]), row["name"], row["county"], row["source"])
        for row in rows("changes.csv")
    )
    return tuple(sorted(read, key=lambda change: (change.year, change.new, change.old)))


@cache
def _whole() -> dict[str, str]:
    """Return what each code was changed to where the place stayed whole."""
    whole = {Fate.RENUMBERED, Fate.MOVED}
    return {change.old: change.new for change in _changes() if change.fate in whole and change.old}


def _own(code: str) -> bool:
    return any(code in {change.old, change.new} for change in _changes())


def _concerns(change: Change, code: str) -> bool:
    moved = change.fate is Fate.MOVED and code in {change.county, change.new[:2]}
    return bool(code) and (code in {change.old, change.new} or moved)


def _sentence(change: Change) -> Text:
    match change.fate:
        case Fate.SPLIT:
            return _split(change)
        case Fate.MERGED:
            return _merged(change)
        case Fate.MOVED:
            return _moved(change)
        case Fate.RENUMBERED:
            return Text(
                f"{change.name} har sedan {change.year} koden {change.new} (tidigare {change.old}).",
                f"Since {change.year} {change.name} has the code {change.new} (formerly {change.old}).",
            )


def _split(change: Change) -> Text:
    new = TERRITORIES[change.new].name
    return Text(
        f"{new.sv} bildades {change.year} av en del av {change.name}; "
        f"siffror för {change.name} före och efter avser olika områden.",
        f"{new.en} was formed in {change.year} from a part of {change.name}; "
        f"figures for {change.name} before and after concern different areas.",
    )


def _merged(change: Change) -> Text:
    parts = [part for part in _changes() if part.fate is Fate.MERGED and part.new == change.new]
    names = [part.name for part in parts]
    sv = f"{', '.join(names[:-1])} och {names[-1]}" if len(names) > 1 else names[0]
    en = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    new = TERRITORIES[change.new].name
    return Text(
        f"{sv} blev {new.sv} {change.year}, och kommuner fick nya koder; äldre siffror under koden {change.new} "
        "avser hela det nya länet bara där källan har räknat om dem.",
        f"{en} became {new.en} in {change.year}, and municipalities were given new codes; older figures under the code "
        f"{change.new} concern the whole new county only where the source has recalculated them.",
    )


def _moved(change: Change) -> Text:
    before, after = _county(change.county), TERRITORIES[change.new[:2]].name
    return Text(
        f"{change.name} fördes {change.year} från {before.sv} till {after.sv} och har sedan dess koden {change.new}.",
        f"{change.name} was moved from {before.en} to {after.en} in {change.year}, "
        f"and has had the code {change.new} since.",
    )


def _county(code: str) -> Text:
    if code in TERRITORIES:
        return TERRITORIES[code].name
    called = next((change.name for change in _changes() if change.old == code), code)
    return Text(called, called)
