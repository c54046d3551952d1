"""``vagvisare protect``: hide small counts in any table so that nobody can compute them again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vagvisare.cli.language import language, say
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Language, Text, number

if TYPE_CHECKING:
    from vagvisare.assessment.disclosure.protect import Protected
    from vagvisare.sources.spreadsheet.counts import CountTable

HELP = say(
    "Skydda små antal i en tabell (territory,period,sex,background,value eller egna kolumner och value).",
    "Protect small counts in a table (territory,period,sex,background,value, or columns of your own and value).",
)
TOTALS = ("", "t", "total", "totalt", "totals", "samtliga", "alla", "all")
"""Codes that stand for everybody, in any column, where no other is named."""

_TOTAL = say(
    "Koden för totalen i en kolumn; kan anges flera gånger. T, total, totalt, samtliga, alla och tomt känns igen.",
    "The code of a column's total; may be given several times. T, total, all and empty are recognised.",
)


def command(
    counts: Annotated[Path, typer.Argument(metavar="COUNTS.csv", help=say("CSV eller XLSX.", "CSV or XLSX."))],
    threshold: Annotated[
        str, typer.Option("--threshold", metavar="N", help=say("Antal under N döljs.", "Counts under N are hidden."))
    ] = "5",
    out: Annotated[
        str,
        typer.Option("--out", metavar="FILE", help=say("Skriv hit; annars på skärmen.", "Write here, not to screen.")),
    ] = "",
    total: Annotated[list[str] | None, typer.Option("--total", metavar="COLUMN=CODE", help=_TOTAL)] = None,
) -> None:
    """Run the command."""
    from vagvisare.assessment.disclosure.hierarchy import tables
    from vagvisare.assessment.disclosure.panel import unsafe
    from vagvisare.assessment.disclosure.protect import protect
    from vagvisare.assessment.disclosure.table import Rules
    from vagvisare.findings.closer.protection import cannot_protect
    from vagvisare.publications.protected_table import as_csv, write
    from vagvisare.sources.spreadsheet.counts import read_counts

    rules = Rules(_threshold(threshold))
    target = _target(out, counts)
    read = read_counts(counts)
    totals = _totals(read, total or [])
    protected = [protect(table, rules) for table in tables(read.names, read.counts, totals)]
    exposed = [cell for each in protected for cell in unsafe(each)]
    if exposed:
        named = "; ".join(" ".join(filter(None, cell)) for cell in exposed[:5]) + (" …" if len(exposed) > 5 else "")
        raise cannot_protect(len(exposed), named)
    reasons = {cell: reason for each in protected for cell, reason in each.reasons.items()}
    written = as_csv(read.names, read.counts, reasons)
    if target is None:
        typer.echo(written.replace("\r\n", "\n"), nl=False)
    else:
        write(written, target)
    for sentence in _summary(read, protected, totals):
        # Beside a table on the screen the sentences must not end up in a file it is led to.
        typer.echo(sentence.to(language()), err=target is None)


def _summary(read: CountTable, protected: list[Protected], totals: Mapping[str, str]) -> list[Text]:
    """Say how much is hidden and why, that the attack found nothing, and which sums were reckoned with."""
    from vagvisare.assessment.disclosure.protect import Protected
    from vagvisare.assessment.disclosure.table import Table
    from vagvisare.findings.closer import disclosure

    reasons = {cell: reason for each in protected for cell, reason in each.reasons.items()}
    mismatched = sum(each.mismatched for each in protected)
    note = disclosure.note(Protected(Table((), {}), protected[0].rules, reasons, mismatched=mismatched))
    sv, en = (number(len(read.counts), each) for each in Language)
    small = Text("Inget behövde döljas.", "Nothing needed to be hidden.")
    said: list[Text | None] = [
        Text(f"Tabellen har {sv} uppgifter.", f"The table has {en} figures."),
        *([] if reasons else [small]),
        note if note.sv else None,
        Text(
            "Ett angrepp på den skyddade tabellen har prövats: ingen dold uppgift går att räkna ut ur den.",
            "An attack on the protected table has been tried: no hidden figure can be computed from it.",
        ),
        _reckoned(read, totals),
    ]
    return [each for each in (*said, _noise(read, totals)) if each is not None]


def _noise(read: CountTable, totals: Mapping[str, str]) -> Text | None:
    """Tell the owner when parts and totals differ as a producer's noise makes them, seen over all years together."""
    from vagvisare.assessment.disclosure.cell_key import hint
    from vagvisare.assessment.disclosure.hierarchy import table_of
    from vagvisare.findings.closer import disclosure

    with suppress(UserError):  # a table too large for one piece gets no hint
        found = hint(table_of(read.names, read.counts, totals))
        return disclosure.hint(found) if found else None
    return None


def _reckoned(read: CountTable, totals: Mapping[str, str]) -> Text:
    """Say which sums were reckoned with, so that a total nobody recognised is discovered."""
    sums = [f"{name}={code or '””'}" for name, code in totals.items()]
    apart = [name for name in read.names if name not in totals and name != "territory"]
    sv = ["territory (kommun, län, riket)"] if "territory" in read.names else []
    en = ["territory (municipality, county, Sweden)"] if "territory" in read.names else []
    return Text(
        f"Summor: {', '.join([*sv, *sums]) or 'inga'}. Utan summa: {', '.join(apart) or 'inga'}.",
        f"Sums: {', '.join([*en, *sums]) or 'none'}. Without a sum: {', '.join(apart) or 'none'}.",
    )


def _totals(read: CountTable, named: list[str]) -> dict[str, str]:
    """Return the code of each column's total: as named, one that stands for everybody, or one that is all others' sum.

    Raises:
        UserError: when a named column or code is not in the table.
    """
    from vagvisare.assessment.disclosure.hierarchy import TERRITORY, likely_total

    codes = {name: dict.fromkeys(cell[at] for cell in read.counts) for at, name in enumerate(read.names)}
    found = {
        name: next((code for wanted in TOTALS for code in own if code.lower() == wanted), likely_total(read.counts, at))
        for at, (name, own) in enumerate(codes.items())
        if name != TERRITORY and len(own) > 1
    }
    for each in named:
        name, equals, code = (part.strip() for part in each.partition("="))
        if not equals or name.lower() not in codes or code not in codes[name.lower()] or name.lower() == TERRITORY:
            raise _no_total(each, [column for column in codes if column != TERRITORY])
        found[name.lower()] = code
    return {name: code for name, code in found.items() if code is not None}


def _no_total(said: str, columns: list[str]) -> UserError:
    return UserError(
        Text(f"--total ”{said}” finns inte i tabellen.", f"--total “{said}” is not in the table."),
        meaning=Text("Inget har skrivits.", "Nothing was written."),
        remedy=Text(
            f"Skriv kolumn=kod, med en kod som står i kolumnen. Kolumner: {', '.join(columns)}. "
            "För territory behövs ingen total.",
            f"Write column=code, with a code that stands in the column. Columns: {', '.join(columns)}. "
            "territory needs no total.",
        ),
    )


def _threshold(said: str) -> int:
    if said.isascii() and said.isdigit() and len(said) < 10 and int(said):
        return int(said)
    raise UserError(
        Text(f"--threshold kan inte vara ”{said}”.", f"--threshold cannot be “{said}”."),
        remedy=Text("Skriv ett heltal, minst 3; 5 är vanligt.", "Write a whole number, at least 3; 5 is usual."),
    )


def _target(out: str, counts: Path) -> Path | None:
    """Return where to write; the original is never written over."""
    if not out:
        return None
    target = Path(out)
    if target.suffix.lower() != ".csv":
        raise UserError(
            Text(f"--out {out} är ingen CSV-fil.", f"--out {out} is no CSV file."),
            meaning=Text("Inget har skrivits.", "Nothing was written."),
            remedy=Text("Låt namnet sluta på .csv.", "Let the name end in .csv."),
        )
    if target.resolve() == counts.resolve():
        raise UserError(
            Text("--out är samma fil som den som läses.", "--out is the file that is read."),
            meaning=Text("De oskyddade antalen skulle gå förlorade.", "The unprotected counts would be lost."),
            remedy=Text("Välj ett annat namn.", "Choose another name."),
        )
    return target
