"""What is said when an indicator cannot be defined: what was named, why it will not do, what to write instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection

from vagvisare.intake.guess_wording import NOTHING_WRITTEN, plain
from vagvisare.sources.contract import Source
from vagvisare.sources.kolada import catalogue
from vagvisare.sources.registry import names as source_names
from vagvisare.terms.errors import UnknownError, UserError, did_you_mean
from vagvisare.terms.language import Text

FILES = "spreadsheet"
"""The source of delivered files: there is nobody to ask."""

_TABLE_ID = re.compile(r"TAB[0-9]+", re.IGNORECASE)


def bad_key(key: str) -> UserError:
    """Say that something cannot be a key."""
    return UserError(
        Text(f"”{plain(key)}” kan inte vara en nyckel.", f"“{plain(key)}” cannot be a key."),
        meaning=NOTHING_WRITTEN,
        remedy=Text("Använd a–z, siffror, - och _ i --key.", "Use a–z, digits, - and _ in --key."),
    )


def key_taken(key: str, taken: Collection[str]) -> UserError:
    """Say that the folder has something by that name, and give one that is free."""
    free = next(f"{key}_{number}" for number in range(2, len(taken) + 3) if f"{key}_{number}" not in taken)
    return UserError(
        Text(f"Mappen har redan något som heter ”{key}”.", f"The folder already has something called “{key}”."),
        meaning=NOTHING_WRITTEN,
        remedy=Text(
            f"Välj ett annat namn med --key, till exempel {free}.",
            f"Choose another name with --key, for instance {free}.",
        ),
    )


def no_address(address: str, near: str) -> UnknownError:
    """Say that the strategy has no such address."""
    every = Text("Adresserna står i editions/.", "The addresses stand in editions/.")
    return UnknownError(
        Text(f"Strategin har ingen adress ”{plain(address)}”.", f"The strategy has no address “{plain(address)}”."),
        meaning=NOTHING_WRITTEN,
        remedy=did_you_mean(near) if near else every,
    )


def one_at_a_time(table: str) -> UserError:
    """Say that several KPIs cannot be added at once."""
    first = plain(table.partition(",")[0].strip())
    return UserError(
        Text(f"”{plain(table)}” är flera nyckeltal.", f"“{plain(table)}” is several KPIs."),
        meaning=NOTHING_WRITTEN,
        remedy=Text(f"Lägg till ett i taget: kolada:{first}", f"Add them one at a time: kolada:{first}"),
    )


def not_there(source: Source, table: str, why: Text | None = None) -> UnknownError:
    """Say that a source has nothing by that id, or that its bundled list has not when the source is out of reach."""
    shown = plain(table, 200)
    near = _near_kpi(table) if source.name == "kolada" else ""
    find = Text("Sök på ord: vagvisare indicator find ORD.", "Search by words: vagvisare indicator find WORDS.")
    where = Text("", "")
    if why is not None:
        where = Text(
            f" i den medföljande förteckningen, och Kolada kan inte tillfrågas: {why.sv}",
            f" in the bundled list, and Kolada cannot be asked: {why.en}",
        )
    end = "" if why is not None else "."
    return UnknownError(
        Text(
            f"{source.title} har inget som heter ”{shown}”{where.sv}{end}",
            f"{source.title} has nothing called “{shown}”{where.en}{end}",
        ),
        meaning=NOTHING_WRITTEN,
        remedy=did_you_mean(f"kolada:{near}") if near else find,
    )


def _near_kpi(table: str) -> str:
    ids = [entry.id for entry in catalogue.entries()]
    return next(iter(difflib.get_close_matches(table.upper(), ids, n=1, cutoff=0.8)), "")


def no_source(name: str) -> UnknownError:
    """Say that what was named lacks a source or an id."""
    kpis = {entry.id for entry in catalogue.entries()}
    guess = (
        f"kolada:{name.upper()}" if name.upper() in kpis else f"scb:{name.upper()}" if _TABLE_ID.fullmatch(name) else ""
    )
    every = ", ".join(each for each in source_names() if each != FILES)
    return UnknownError(
        Text(
            f"”{plain(name)}” säger inte både källa och beteckning.",
            f"“{plain(name)}” does not name both a source and an id.",
        ),
        meaning=NOTHING_WRITTEN,
        remedy=did_you_mean(guess)
        if guess
        else Text(
            f"Skriv till exempel kolada:N15428 eller scb:TAB5956. Källor: {every}.",
            f"Write for instance kolada:N15428 or scb:TAB5956. Sources: {every}.",
        ),
    )


def of_files() -> UserError:
    """Say that a delivered file is handed in in another way."""
    return UserError(
        Text("En fil har ingen källa att fråga.", "A file has no source to ask."),
        meaning=NOTHING_WRITTEN,
        remedy=Text(
            "Läs docs/reference/folder.md om layout, och lämna filen med vagvisare deliver.",
            "Read docs/reference/folder.md on layout, and hand in the file with vagvisare deliver.",
        ),
    )
