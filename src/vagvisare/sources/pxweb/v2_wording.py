"""What PxWebApi 2 can say no to, and the sentence each refusal owes the user."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from vagvisare.sources.contract import Axis
from vagvisare.sources.errors import GoneError, RefusedError, UnreachableError
from vagvisare.terms.language import Text

_SHOWN = 8
"""How many codes a sentence can hold."""

NOTHING_FETCHED = Text(
    "Inget har hämtats; de senast godkända siffrorna gäller.", "Nothing was fetched; the last good figures stand."
)


def unknown_dimension(table: str, code: str, axes: Iterable[Axis]) -> RefusedError:
    """Say that the query names a dimension the table has not."""
    known = _list([(axis.code, axis.label) for axis in axes])
    return RefusedError(
        Text(
            f"{table} har ingen dimension ”{code}”. Den har: {known.sv}.",
            f"{table} has no dimension “{code}”. It has: {known.en}.",
        ),
        meaning=NOTHING_FETCHED,
        remedy=_edit(code),
    )


def must_be_chosen(table: str, axis: Axis) -> RefusedError:
    """Say that the source cannot sum over a dimension, so that the query must name its codes."""
    known = _list(axis.categories)
    return RefusedError(
        Text(
            f"{table} kan inte summeras över {_named(axis)}; frågan måste säga vilka koder som gäller.",
            f"{table} cannot be summed over {_named(axis)}; the query must say which codes are wanted.",
        ),
        meaning=Text(f"Koderna är: {known.sv}.", f"The codes are: {known.en}."),
        remedy=Text(
            f"Lägg till dimensionen {axis.code} i indicators.toml.",
            f"Add the dimension {axis.code} in indicators.toml.",
        ),
    )


def codes_gone(table: str, axis: Axis, missing: Sequence[str]) -> RefusedError:
    """Say which codes the table no longer has, and which come nearest."""
    lost, near = _list([(code, "") for code in missing]), _list(_nearest(axis, missing))
    many, name = len(missing) > 1, _named(axis)
    return RefusedError(
        Text(
            f"{table} har inte {'koderna' if many else 'koden'} {lost.sv} i {name}. Närmast är: {near.sv}.",
            f"{table} does not have the {'codes' if many else 'code'} {lost.en} in {name}. Nearest are: {near.en}.",
        ),
        meaning=Text(
            f"Källan kan ha ändrat sina koder. {NOTHING_FETCHED.sv}",
            f"The source may have changed its codes. {NOTHING_FETCHED.en}",
        ),
        remedy=_edit(axis.code),
    )


def nothing_matches(table: str, axis: Axis, expression: str) -> RefusedError:
    """Say that an expression chooses nothing, or is none that the interface knows."""
    known = _list(axis.categories)
    return RefusedError(
        Text(
            f"”{expression}” väljer inget i {_named(axis)} i {table}. Där finns: {known.sv}.",
            f"“{expression}” chooses nothing in {_named(axis)} of {table}. It has: {known.en}.",
        ),
        meaning=NOTHING_FETCHED,
        remedy=_edit(axis.code),
    )


def not_one(table: str, axis: Axis, chosen: int) -> RefusedError:
    """Say that a dimension that should be held at one code is not."""
    return RefusedError(
        Text(
            f"{_named(axis)} i {table} ska hållas fast vid en enda kod, men frågan ger {chosen}.",
            f"{_named(axis)} of {table} is to be held at a single code, but the query gives {chosen}.",
        ),
        meaning=NOTHING_FETCHED,
        remedy=Text(
            f"Ange en kod i values för {axis.code}, eller en annan roll, i indicators.toml.",
            f"Give one code in values for {axis.code}, or another role, in indicators.toml.",
        ),
    )


def named_twice(table: str, code: str) -> RefusedError:
    """Say that the query names a dimension more than once."""
    return RefusedError(
        Text(f"Frågan till {table} nämner {code} två gånger.", f"The query to {table} names {code} twice."),
        meaning=NOTHING_FETCHED,
        remedy=_edit(code),
    )


def no_codelist(table: str, axis: Axis, codelist: str, known: Sequence[str]) -> RefusedError:
    """Say that a grouping of codes is not offered for the dimension."""
    listed = _list([(each, each) for each in known])
    return RefusedError(
        Text(
            f"{table} har ingen kodlista ”{codelist}” för {_named(axis)}. Den har: {listed.sv}.",
            f"{table} has no code list “{codelist}” for {_named(axis)}. It has: {listed.en}.",
        ),
        meaning=NOTHING_FETCHED,
        remedy=Text(
            f"Ändra codelist för {axis.code} i indicators.toml.", f"Change codelist for {axis.code} in indicators.toml."
        ),
    )


def too_large(table: str, cells: int, most: int) -> RefusedError:
    """Say that a query asks for too much, even in parts."""
    return RefusedError(
        Text(
            f"Frågan till {table} gäller {_grouped(cells)} celler; källan lämnar ut högst {_grouped(most)} åt gången.",
            f"The query to {table} is for {_grouped(cells)} cells; the source gives {_grouped(most)} at a time.",
        ),
        meaning=NOTHING_FETCHED,
        remedy=Text(
            "Välj färre koder i indicators.toml, till exempel färre år eller grupper.",
            "Choose fewer codes in indicators.toml, for example fewer years or groups.",
        ),
    )


def refused(table: str, status: int, told: str) -> RefusedError:
    """Say that the source refused, in its own words."""
    words = plain(told, 300)
    sv, en = (f": ”{words}”", f": “{words}”") if words else ("", "")
    return RefusedError(
        Text(
            f"Källan tog inte emot frågan till {table} ({status}){sv}.",
            f"The source did not accept the query to {table} ({status}){en}.",
        ),
        meaning=NOTHING_FETCHED,
        remedy=Text(
            "Jämför definitionen i indicators.toml med källans tabell.",
            "Compare the definition in indicators.toml with the source's table.",
        ),
    )


def no_list(name: str) -> RefusedError:
    """Say that the source has no such code list."""
    shown = plain(name)
    return RefusedError(
        Text(f"Källan har ingen kodlista ”{shown}”.", f"The source has no code list “{shown}”."),
        meaning=NOTHING_FETCHED,
        remedy=Text("Ändra codelist i indicators.toml.", "Change codelist in indicators.toml."),
    )


def bad_table(table: str) -> RefusedError:
    """Say that something cannot be the id of a table."""
    return RefusedError(
        Text(f"”{plain(table)}” kan inte vara en tabell i PxWeb.", f"“{plain(table)}” cannot be a table in PxWeb."),
        meaning=NOTHING_FETCHED,
        remedy=Text(
            "Ange tabellens id, till exempel TAB638, i table.", "Give the id of the table, such as TAB638, in table."
        ),
    )


def gone(table: str) -> GoneError:
    """Say that the table is no longer there."""
    return GoneError(
        Text(f"Tabellen {table} finns inte längre hos källan.", f"The table {table} is no longer at the source."),
        meaning=NOTHING_FETCHED,
        remedy=Text(
            "Sök efter den som har ersatt den: vagvisare indicator find.",
            "Search for the one that has replaced it: vagvisare indicator find.",
        ),
    )


def moving(table: str) -> UnreachableError:
    """Say that the table was updated again and again while it was read."""
    return UnreachableError(
        Text(
            f"{table} uppdaterades hos källan medan den hämtades, två gånger i rad.",
            f"{table} was updated at the source while it was being fetched, twice in a row.",
        ),
        meaning=Text(
            f"Delarna hör inte ihop. {NOTHING_FETCHED.sv}", f"The parts do not belong together. {NOTHING_FETCHED.en}"
        ),
        remedy=Text("Kör samma kommando igen om en stund.", "Run the same command again in a while."),
    )


def plain(text: str, longest: int = 60) -> str:
    """Return words from outside as they may stand in a sentence: one line, nothing invisible, not too long."""
    seen = "".join(sign if sign.isprintable() else " " for sign in text[: 8 * longest])
    line = " ".join(seen.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _named(axis: Axis) -> str:
    label = plain(axis.label)
    return f"{axis.code} ({label})" if label not in ("", axis.code) else axis.code


def _edit(code: str) -> Text:
    return Text(f"Ändra {code} i indicators.toml.", f"Change {code} in indicators.toml.")


def _nearest(axis: Axis, missing: Sequence[str]) -> list[tuple[str, str]]:
    """Return the categories nearest the missing codes; the first ones where none is near."""
    by_code = dict(axis.categories)
    folded = {code.casefold(): code for code in by_code}
    near: dict[str, None] = {}
    for code in missing[:_SHOWN]:
        near.update(dict.fromkeys(folded[each] for each in get_close_matches(code.casefold(), folded, n=2, cutoff=0.5)))
    return [(code, by_code[code]) for code in near] or list(axis.categories)


def _list(pairs: Sequence[tuple[str, str]]) -> Text:
    """Return codes with their labels on one line, not more than can be read."""
    more = " …" if len(pairs) > _SHOWN else ""
    sv, en = [], []
    for code, label in pairs[:_SHOWN]:
        tail = f" {plain(label)}" if label not in ("", code) else ""
        sv.append(f"”{plain(code)}”{tail}")
        en.append(f"“{plain(code)}”{tail}")
    return Text((", ".join(sv) or "inga") + more, (", ".join(en) or "none") + more)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ") if number < 10**15 else "mer än 10¹⁵"
