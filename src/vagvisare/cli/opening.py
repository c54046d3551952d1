"""Which strategy's records a command works on, and opening them. Django is loaded here, after the place is settled."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vagvisare.cli.language import say
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text

if TYPE_CHECKING:
    from vagvisare.web.upkeep import State

Records = Annotated[
    str,
    typer.Option(
        "--records",
        metavar="PATH",
        help=say(
            "Databasens fil; annars VAGVISARE_RECORDS, eller records/records.sqlite3 i strategimappen.",
            "The database's file; else VAGVISARE_RECORDS, or records/records.sqlite3 in the strategy folder.",
        ),
        show_default=False,
    ),
]
Strategy = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        metavar="FOLDER",
        help=say(
            "Strategimappen; annars den du står i, eller den enda i strategies/.",
            "The strategy folder; else the one you stand in, or the only one in strategies/.",
        ),
        show_default=False,
    ),
]
_SIGN = "strategy.toml"


def strategy_folder(given: Path | None) -> Path | None:
    """Return the strategy folder that is meant; None when none is given and none can be told.

    Raises:
        UserError: when the one that is given is no strategy folder.
    """
    if given is not None:
        if (given / _SIGN).is_file():
            return given
        raise UserError(
            Text(f"{given} är ingen strategimapp: {_SIGN} saknas.", f"{given} is no strategy folder: no {_SIGN}."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Ange mappen där strategin ligger.", "Name the folder where the strategy is."),
        )
    here = Path()
    if (here / _SIGN).is_file():
        return here
    found = [sign.parent for sign in sorted(here.glob(f"strategies/*/{_SIGN}"))]
    return found[0] if len(found) == 1 else None


def settle(given: Path | None, records: str = "") -> Path | None:
    """Settle where the records are, load Django, and return the strategy folder (None when only the records are known).

    Raises:
        UserError: when neither tells where the records are.
    """
    from vagvisare.web.records import ENVIRONMENT, load_django, records_of

    folder = strategy_folder(given)
    named = records.strip() or os.environ.get(ENVIRONMENT, "").strip()
    if folder is None and not named and not os.environ.get("DATABASE_URL", "").strip():
        raise UserError(
            Text("Det går inte att se vilken strategi du menar.", "It cannot be told which strategy you mean."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Ange strategimappen med --folder.", "Name the strategy folder with --folder."),
        )
    if records.strip() or not os.environ.get("DATABASE_URL", "").strip() or folder is not None:
        os.environ[ENVIRONMENT] = str(records_of(folder or Path(), records))
    if records.strip():
        os.environ.pop("DATABASE_URL", None)  # what is said on the line goes before what stands in the environment
    load_django()
    return folder


def opened(given: Path | None, records: str = "") -> Path | None:
    """Settle where the records are, and see to it that they are there and up to date.

    Raises:
        UserError: when there are none, or they are older than the program.
        OutputError: when they are newer, or the database does not answer.
    """
    from vagvisare.web import upkeep

    folder = settle(given, records)
    raise_unless_current(upkeep.state())
    return folder


def raise_unless_current(state: State) -> None:
    """Raise the sentence owed when the records cannot be used as they are.

    Raises:
        UserError: when there are none, or they are older than the program.
        OutputError: when they are newer.
    """
    from vagvisare.web import upkeep

    if state is upkeep.State.ABSENT:
        raise UserError(
            Text("Det finns ingen arbetsyta här än.", "There is no workspace here yet."),
            meaning=Text("Ingenting har skapats.", "Nothing was created."),
            remedy=Text(
                "Gör den första personen: vagvisare user add ADRESS --role administrator.",
                "Make the first person: vagvisare user add ADDRESS --role administrator.",
            ),
        )
    if state is upkeep.State.BEHIND:
        raise UserError(
            Text("Databasen är äldre än programmet.", "The database is older than the program."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Kör vagvisare records upgrade.", "Run vagvisare records upgrade."),
        )
    if state is upkeep.State.AHEAD:
        raise upkeep.newer()
