"""``vagvisare judge``: judge any table of series by a named method."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vagvisare.cli.arguments import choice
from vagvisare.cli.language import language, say

HELP = say(
    "Bedöm serierna i en tabell (series,period,value; valfritt direction,unit,target,target_year,base_year,limit).",
    "Judge the series of a table (series,period,value; optional direction,unit,target,target_year,base_year,limit).",
)


class Method(StrEnum):
    """The methods at hand: our own, and the published ones it can be held beside (docs/do/translate-methods.md)."""

    DEFAULT = "default"
    STATCAN = "statcan"
    EUROSTAT = "eurostat"
    UN = "un"
    DESTATIS = "destatis"
    SDSN = "sdsn"
    XMR = "xmr"
    KOLADA = "kolada"
    SCOTLAND = "scotland"


class Form(StrEnum):
    """How judgements are printed."""

    JSON = "json"
    TABLE = "table"


_METHODS = say(
    "Vägvisares egen metod (default) eller en publicerad: Kanadas, Eurostats, FN:s, Tysklands, SDSN:s, brittiska NHS, "
    "Koladas eller Skottlands.",
    "Vägvisare's own method (default) or a published one: Canada's, Eurostat's, the UN's, Germany's, SDSN's, "
    "NHS England's, Kolada's or Scotland's.",
)


def command(
    cases: Annotated[Path, typer.Argument(metavar="CASES.csv", help=say("CSV eller XLSX.", "CSV or XLSX."))],
    method: Annotated[str, typer.Option("--method", metavar="|".join(Method), help=_METHODS)] = "default",
    form: Annotated[
        str, typer.Option("--format", metavar="json|table", help=say("JSON eller tabell.", "JSON or table."))
    ] = "table",
) -> None:
    """Run the command."""
    from vagvisare import flow
    from vagvisare.cli.verdicts import spoken

    asked = choice("--method", method, Method)
    printed_as = choice("--format", form, Form)
    judged = flow.judge_table(cases, asked.value)
    if not judged:
        typer.echo(say("Tabellen har inga serier.", "The table has no series."), err=True)
    if printed_as is Form.JSON:
        typer.echo(json.dumps([each.as_dict() for each in judged], ensure_ascii=False, indent=2))
        return
    for each in judged:
        typer.echo(f"{each.series}\t{spoken(each.status, language())}\t{say(each.reason_sv, each.reason)}")
