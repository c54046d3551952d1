"""What is said when a PxWeb 1 table does not answer as asked: which table, what is wrong, what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from vagvisare.sources.errors import RefusedError
from vagvisare.terms.language import Text

_LONGEST = 80
_MOST_LISTED = 12

_NOTHING_KEPT = Text(
    "Inget har hämtats; de senast godkända siffrorna gäller.", "Nothing was fetched; the last good figures stand."
)


def shown(text: str, longest: int = _LONGEST) -> str:
    """Return a text from a source as it may be shown: one line, no control characters, not too long."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 8 * longest]).split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def listed(codes: Iterable[tuple[str, str]]) -> str:
    """Return codes with their labels as a list that fits a sentence: ``18 (Örebro län), 20 (Dalarnas län), …``."""
    every = list(codes)
    told = [shown(code if label in ("", code) else f"{code} ({label})") for code, label in every[:_MOST_LISTED]]
    return ", ".join(told) + (f" … ({len(every)})" if len(every) > _MOST_LISTED else "")


def refused(table: str, what: Text, remedy: Text) -> RefusedError:
    """Return the error for a query that the table cannot answer."""
    name = shown(table, 200)
    return RefusedError(
        Text(f"Tabellen {name}: {what.sv}", f"The table {name}: {what.en}"), meaning=_NOTHING_KEPT, remedy=remedy
    )


def unknown_variable(table: str, code: str, known: Sequence[tuple[str, str]]) -> RefusedError:
    """Return the error for a dimension that the table does not have."""
    every = listed(known)
    return refused(
        table,
        Text(
            f"variabeln ”{shown(code)}” finns inte. Den har {every}.",
            f"there is no variable “{shown(code)}”. It has {every}.",
        ),
        _write(code, [name for name, _ in known]),
    )


def unknown_codes(table: str, variable: str, missing: Sequence[str], known: Sequence[tuple[str, str]]) -> RefusedError:
    """Return the error for codes that the variable does not have (any more), with those that look like them."""
    lost, every = listed((code, "") for code in missing), listed(known)
    return refused(
        table,
        Text(
            f"variabeln ”{shown(variable)}” har inte {lost}. Källan kan ha bytt kod. Koderna är {every}.",
            f"the variable “{shown(variable)}” does not have {lost}. The source may have changed its codes. "
            f"They are {every}.",
        ),
        _write(missing[0], [code for code, _ in known]),
    )


def unnamed(table: str, variable: str, known: Sequence[tuple[str, str]]) -> RefusedError:
    """Return the error for a variable that the query says nothing of and that cannot be left out."""
    every = listed(known)
    return refused(
        table,
        Text(
            f"frågan säger inget om variabeln ”{shown(variable)}”, som inte kan utelämnas. Koderna är {every}.",
            f"the query says nothing of the variable “{shown(variable)}”, which cannot be left out. "
            f"The codes are {every}.",
        ),
        Text(
            f"Lägg till dimensionen ”{shown(variable)}” med en kod i indicators.toml.",
            f"Add the dimension “{shown(variable)}” with a code in indicators.toml.",
        ),
    )


def not_understood(table: str, variable: str, expression: str) -> RefusedError:
    """Return the error for an expression that chooses nothing, or cannot be read."""
    return refused(
        table,
        Text(
            f"”{shown(expression)}” väljer ingen kod i variabeln ”{shown(variable)}”.",
            f"“{shown(expression)}” chooses no code of the variable “{shown(variable)}”.",
        ),
        Text(
            "Skriv koder, eller ett uttryck som TOP(5), FROM(2010), RANGE(2010,2020) eller 18*.",
            "Write codes, or an expression such as TOP(5), FROM(2010), RANGE(2010,2020) or 18*.",
        ),
    )


def too_large(table: str, cells: int, most: int) -> RefusedError:
    """Return the error for a query with more figures than is reasonable to ask for."""
    return refused(
        table,
        Text(f"frågan ger {cells} siffror, fler än {most}.", f"the query makes {cells} figures, more than {most}."),
        Text("Välj färre koder i indicators.toml.", "Choose fewer codes in indicators.toml."),
    )


def _write(code: str, known: Sequence[str]) -> Text:
    near = difflib.get_close_matches(code, [name[:200] for name in known[:5000]], n=1, cutoff=0.5)
    if near:
        return Text(
            f"Menade du ”{shown(near[0])}”? Rätta indicators.toml.",
            f"Did you mean “{shown(near[0])}”? Correct indicators.toml.",
        )
    return Text("Rätta definitionen i indicators.toml.", "Correct the definition in indicators.toml.")
