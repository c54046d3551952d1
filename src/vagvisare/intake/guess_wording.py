"""What is said while a definition is guessed: what must be chosen, and what stands on a guess."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from vagvisare.sources.contract import Axis
from vagvisare.sources.query import Role
from vagvisare.terms.errors import UnknownError, UserError
from vagvisare.terms.language import Text
from vagvisare.terms.territory import TERRITORIES

_LISTED = 40
"""How many codes one sentence can hold."""

NOTHING_WRITTEN = Text("Inget har skrivits i mappen.", "Nothing was written in the folder.")


def plain(text: str, longest: int = 160) -> str:
    """Return words from outside on one line, without anything a terminal or an editor would obey, not too long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 8 * longest]).split())
    return line if len(line) <= longest else textwrap.shorten(line, longest, placeholder=" …") or line[:longest]


def named(axis: Axis) -> str:
    """Return a dimension by code, and by label where that says more: ``Alder (ålder)``."""
    label = plain(axis.label, 60)
    return f"{plain(axis.code, 60)} ({label})" if label not in ("", axis.code) else plain(axis.code, 60)


def _list(pairs: Iterable[tuple[str, str]]) -> str:
    every = list(pairs)
    told = [plain(code if label in ("", code) else f"{code} {label}", 80) for code, label in every[:_LISTED]]
    return "; ".join(told) + (f" … ({len(every)})" if len(every) > _LISTED else "")


def to_choose(table: str, axes: Sequence[Axis]) -> UserError:
    """Say what must be chosen, with its codes, one dimension a line."""
    name, example = plain(table), " ".join(f"--choose {_typed(axis.code)}=…" for axis in axes)
    listed = "".join(f"\n{named(axis)}: {_list(axis.categories)}." for axis in axes)
    return UserError(
        Text(
            f"{name} har inget som självklart gäller alla i {_names(axes)}: välj bland koderna.",
            f"{name} has nothing that plainly is everybody in {_names(axes)}: choose among the codes.",
        ),
        meaning=Text(
            f"{NOTHING_WRITTEN.sv} Flera koder, med komma mellan, blir grupper.",
            f"{NOTHING_WRITTEN.en} Several codes, with commas between, become groups.",
        ),
        remedy=Text(f"Lägg till {example}{listed}", f"Add {example}{listed}"),
    )


def _names(axes: Sequence[Axis]) -> str:
    return ", ".join(named(axis) for axis in axes)


def _typed(code: str) -> str:
    code = plain(code, 60)
    return f'"{code}"' if " " in code else code


def no_dimension(table: str, name: str, known: Sequence[tuple[str, str]]) -> UnknownError:
    """Say that a chosen dimension is none of the table's."""
    shown, every = plain(name, 60), _list(known)
    return UnknownError(
        Text(f"{plain(table)} har ingen dimension ”{shown}”.", f"{plain(table)} has no dimension “{shown}”."),
        meaning=NOTHING_WRITTEN,
        remedy=Text(f"Den har: {every}.", f"It has: {every}."),
    )


def no_code(table: str, axis: Axis, value: str) -> UnknownError:
    """Say that a chosen code is not the table's, with those nearest in code or label."""
    folded = {text.casefold(): pair for pair in axis.categories for text in reversed(pair)}
    near = [folded[each] for each in get_close_matches(value.casefold(), folded, n=4, cutoff=0.5)]
    every = _list(dict.fromkeys(near or axis.categories))
    head = ("Menade du", "Did you mean") if near else ("Koderna är", "The codes are")
    end = "?" if near else "."
    shown = plain(value, 60)
    return UnknownError(
        Text(
            f"{plain(table)} har inte koden ”{shown}” i {named(axis)}.",
            f"{plain(table)} does not have the code “{shown}” in {named(axis)}.",
        ),
        meaning=NOTHING_WRITTEN,
        remedy=Text(f"{head[0]}: {every}{end}", f"{head[1]}: {every}{end}"),
    )


def lacks(table: str, role: Role) -> UserError:
    """Say that a table is not about places we follow, or not over time."""
    what = (
        Text("säger inte vilka år siffrorna gäller", "does not say which years its figures are of")
        if role is Role.PERIOD
        else Text("har varken riket, län eller kommuner", "has neither riket, counties nor municipalities")
    )
    return UserError(
        Text(f"{plain(table)} {what.sv}.", f"{plain(table)} {what.en}."),
        meaning=Text(
            f"Den kan inte bli en indikator för ett område. {NOTHING_WRITTEN.sv}",
            f"It cannot become an indicator of a place. {NOTHING_WRITTEN.en}",
        ),
        remedy=Text("Sök en annan: vagvisare indicator find ORD.", "Look for another: vagvisare indicator find WORDS."),
    )


def parts_of_years(table: str) -> UserError:
    """Say that months or quarters must be told how to become years."""
    return UserError(
        Text(
            f"{plain(table)} har månader eller kvartal, och uppföljningen görs år för år.",
            f"{plain(table)} has months or quarters, and the follow-up is by year.",
        ),
        meaning=NOTHING_WRITTEN,
        remedy=Text(
            "Lägg till --yearly sum (delarna läggs ihop) eller --yearly mean (medelvärde).",
            "Add --yearly sum (parts are added up) or --yearly mean (their mean).",
        ),
    )


def too_many(table: str) -> UserError:
    """Say that the groups chosen give too many combinations."""
    return UserError(
        Text(f"Så många grupper på en gång blir för mycket av {plain(table)}.", f"{plain(table)}: too many groups."),
        meaning=NOTHING_WRITTEN,
        remedy=Text("Välj grupper i färre dimensioner.", "Choose groups in fewer dimensions."),
    )


def summed(axis: Axis) -> Text:
    """Say that the source gives everybody when a dimension is left out."""
    return Text(
        f"siffran för alla är den som källan ger när {named(axis)} utelämnas",
        f"the figure for everybody is what the source gives when {named(axis)} is left out",
    )


def held_at_all(axis: Axis, code: str) -> Text:
    """Say that a dimension is held at the code that seems to stand for all."""
    label = plain(dict(axis.categories).get(code, code), 80)
    return Text(f"{named(axis)} hålls vid ”{code}” ({label})", f"{named(axis)} is held at “{code}” ({label})")


def headline(axis: Axis, code: str) -> Text:
    """Say which group stands for the headline where there is no total."""
    label = plain(dict(axis.categories).get(code, code), 80)
    return Text(
        f"det finns ingen total för {named(axis)}, så rubriken gäller {label}",
        f"there is no total of {named(axis)}, so the headline is of {label}",
    )


def intervals(axis: Axis, ours: Mapping[str, str]) -> Text:
    """Say how the measures of a survey were told apart."""
    told = ", ".join(f"{plain(code, 30)} = {name}" for code, name in ours.items())
    return Text(f"måtten i {named(axis)} är lästa så: {told}", f"the measures of {named(axis)} are read so: {told}")


def municipalities_only() -> Text:
    """Say that a KPI of municipalities may have no figure for the county."""
    return Text(
        "nyckeltalet gäller kommuner; länet har då ingen egen siffra",
        "the KPI is of municipalities; the county then has no figure of its own",
    )


def own_place_missing(territory: str) -> Text:
    """Say that the strategy's own place is not in the table."""
    name = TERRITORIES[territory].name
    return Text(f"tabellen saknar siffror för {name.sv}", f"the table has no figures for {name.en}")
