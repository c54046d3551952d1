"""Arguments that several commands take, read the same way everywhere."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vagvisare.cli.language import say
from vagvisare.terms.errors import UnknownError, UserError
from vagvisare.terms.language import Language, Text
from vagvisare.terms.territory import TERRITORIES

Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help=say("En strategimapp.", "A strategy folder."), show_default=False)
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help=say("Vad var känt den dagen? (ÅÅÅÅ-MM-DD)", "What was known on that day? (YYYY-MM-DD)"),
    ),
]
Lang = Annotated[Language, typer.Option("--lang", help=say("Språk.", "Language."))]


class Format(StrEnum):
    """How findings are printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "md"


def day(text: str) -> date | None:
    """Read a day; an empty text is no day.

    Raises:
        UserError: when the text is no day.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(
            Text(f"”{text}” är inget datum.", f"“{text}” is no date."),
            remedy=Text("Skriv ÅÅÅÅ-MM-DD, till exempel 2022-06-17.", "Write YYYY-MM-DD, for example 2022-06-17."),
        ) from None


def territory(code: str) -> str:
    """Return the code of a territory we know; an empty text stays empty.

    Raises:
        UnknownError: when no territory has the code.
    """
    if not code or code in TERRITORIES:
        return code
    raise UnknownError(
        Text(f"Inget område har koden {code}.", f"No territory has the code {code}."),
        remedy=Text(
            "Skriv länskoden, till exempel 18 för Örebro län eller 20 för Dalarnas län.",
            "Write the county code, for example 18 for Örebro County or 20 for Dalarna County.",
        ),
    )
