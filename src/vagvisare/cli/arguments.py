"""Arguments that several commands take, read the same way everywhere.

They are taken as text and read here, so that what cannot be read gets a sentence of ours in either language.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from vagvisare.cli.language import language, say
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
        show_default=False,
    ),
]
Lang = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="sv|en",
        help=say("Språk; annars det som kommandot talar.", "Language; else the one the command speaks."),
        show_default=False,
    ),
]
EarlierFile = Annotated[
    Path | None,
    typer.Option(
        "--earlier",
        metavar="VERDICTS.csv",
        help=say(
            "Förra uppföljningens omdömen (data/verdicts.csv): ett tydligt omdöme står kvar tills p är över 0,20.",
            "The verdicts of the previous follow-up (data/verdicts.csv): a decided one stands until p exceeds 0.20.",
        ),
        show_default=False,
    ),
]
StoreAddress = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="URL",
        help=say(
            "Var årgångarna sparas; annars där mappen säger, eller i mappen vintages i den.",
            "Where vintages are kept; else where the folder says, or in the folder vintages inside it.",
        ),
        show_default=False,
    ),
]
Port = Annotated[str, typer.Option("--port", metavar="PORT", help=say("Port, 1–65535.", "Port, 1–65535."))]
USUAL_PORT = "8000"
Host = Annotated[
    str,
    typer.Option(
        "--host",
        metavar="ADDRESS",
        help=say(
            "Adress att lyssna på; 0.0.0.0 tar emot från andra datorer.",
            "Address to listen on; 0.0.0.0 takes in other machines.",
        ),
    ),
]
USUAL_HOST = "127.0.0.1"
EARLIEST = date(1990, 1, 1)
"""The first day that can be asked about, here as on the served site."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_Choice = TypeVar("_Choice", bound=StrEnum)


class Format(StrEnum):
    """How findings are printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "md"


def choice(option: str, text: str, among: type[_Choice]) -> _Choice:
    """Read one of a few words.

    Raises:
        UserError: when the text is none of them.
    """
    try:
        return among(text.strip().lower())
    except ValueError:
        words = ", ".join(among)
        raise UserError(
            Text(f"{option} kan inte vara ”{text}”.", f"{option} cannot be “{text}”."),
            remedy=Text(f"Välj bland: {words}.", f"Choose among: {words}."),
        ) from None


def spoken_language(text: str) -> Language:
    """Read the language of the findings; without one, the command's own.

    Raises:
        UserError: when it is neither Swedish nor English.
    """
    return choice("--lang", text, Language) if text else language()


def day(text: str) -> date | None:
    """Read a day; an empty text is no day.

    Raises:
        UserError: when the text is no day.
    """
    if not text:
        return None
    if _DAY.fullmatch(text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    raise UserError(
        Text(f"”{text}” är inget datum.", f"“{text}” is no date."),
        remedy=Text("Skriv ÅÅÅÅ-MM-DD, till exempel 2022-06-17.", "Write YYYY-MM-DD, for example 2022-06-17."),
    )


def answerable(asked: date | None, latest: date) -> None:
    """Refuse a day about which nothing can be known from figures of which the newest were read on ``latest``.

    Raises:
        UserError: when the day lies before 1990, or has not been yet.
    """
    last = max(latest, datetime.now(tz=UTC).date() + timedelta(days=1))  # a day begins earlier elsewhere
    if asked is None or EARLIEST <= asked <= last:
        return
    what = (
        Text(f"Dagen {asked} har inte varit än.", f"The day {asked} has not been yet.")
        if asked > last
        else Text(f"{asked} är för länge sedan.", f"{asked} is too long ago.")
    )
    raise UserError(
        what,
        meaning=Text("Vad som var känt då går inte att säga.", "What was known then cannot be said."),
        remedy=Text(
            f"Välj en dag från och med {EARLIEST}; de senaste siffrorna lästes in {latest}.",
            f"Choose a day from {EARLIEST} on; the latest figures were read {latest}.",
        ),
    )


def port_number(text: str) -> int:
    """Read a port.

    Raises:
        UserError: when the text is no whole number from 1 to 65535.
    """
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535:
        return int(text)
    raise UserError(
        Text(f"--port kan inte vara ”{text}”.", f"--port cannot be “{text}”."),
        remedy=Text("Skriv ett heltal från 1 till 65535.", "Write a whole number from 1 to 65535."),
    )


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
