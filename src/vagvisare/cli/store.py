"""``vagvisare store``: is everything in the store what its checksum says, and what may be swept from it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vagvisare.cli import help as help_words
from vagvisare.cli.language import language, printable, say
from vagvisare.terms.errors import FigureError, UnknownError, UserError
from vagvisare.terms.language import Text, number

if TYPE_CHECKING:
    from vagvisare.observations.store import Store
    from vagvisare.observations.troubles import Trouble
    from vagvisare.observations.upkeep import Pruned

HELP = say(
    "Kontrollera och städa lagret av hämtade siffror.",
    "Verify and tidy the store of fetched figures.",
)
VERIFY_HELP = say(
    "Kontrollera att varje årgång, originalsvar och anteckning i lagret är hel.",
    "Check that every vintage, original reply and note in the store is whole.",
)
PRUNE_HELP = say(
    "Städa bort sådant som inget pekar på. Visar bara vad det vore, tills --remove anges.",
    "Sweep what nothing points to. Only shows what that would be, until --remove is given.",
)
REBUILD_HELP = say(
    "Läs varje hämtad årgång på nytt ur källans egna svar, utan nät, och jämför.",
    "Read every fetched vintage anew from the source's own replies, without a network, and compare.",
)
_DAMAGED = 4
"""The exit code of figures that are not what they claim to be."""

NAME = "store"

app = typer.Typer(cls=help_words.Group, help=HELP, no_args_is_help=True, add_completion=False)

_Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FOLDER]",
        help=say("Strategimappen vars lager det gäller.", "The strategy folder whose store it is."),
        show_default=False,
    ),
]
_Address = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="URL",
        help=say("Lagrets mapp eller adress, till exempel s3://…", "The store's folder or address, such as s3://…"),
        show_default=False,
    ),
]


@app.command("verify", cls=help_words.Command, help=VERIFY_HELP)
def verify(folder: _Folder = None, address: _Address = "") -> None:
    """Run the command."""
    from vagvisare.observations import upkeep

    store = _opened(folder, address)
    with _progress(say("Kontrollerar", "Checking")) as told:
        troubles = upkeep.verify(store, told)
    typer.echo(printable(verified(store.place.label(), len(store.receipts()) if not troubles else 0, troubles)))
    if troubles:
        raise typer.Exit(_DAMAGED)


@app.command("rebuild", cls=help_words.Command, help=REBUILD_HELP)
def rebuild(
    folder: _Folder = None,
    address: _Address = "",
    only: Annotated[
        str,
        typer.Option(
            "--only", metavar="KEY", help=say("Bara den datamängden.", "Only that data set."), show_default=False
        ),
    ] = "",
) -> None:
    """Run the command."""
    from vagvisare.intake.rebuilt import rebuild

    store = _opened(folder, address)
    if only and only not in store.shelf.datasets():
        raise _not_kept(only, store)
    made = list(rebuild(store, only))
    for each in made:
        if each.error is not None:
            typer.echo(printable(each.error.message(language())))
    same = sum(each.same for each in made)
    typer.echo(
        say(
            f"{same} av {len(made)} hämtade årgångar gav samma siffror när källans svar lästes på nytt.",
            f"{same} of {len(made)} fetched vintages gave the same figures when the source's replies were read anew.",
        )
    )
    if same < len(made):
        raise typer.Exit(_DAMAGED)


@app.command("prune", cls=help_words.Command, help=PRUNE_HELP)
def prune(
    folder: _Folder = None,
    address: _Address = "",
    keep_days: Annotated[
        str,
        typer.Option(
            "--keep-days",
            metavar="N",
            help=say("Rör inget som är yngre än så många dagar.", "Touch nothing younger than so many days."),
        ),
    ] = "30",
    remove: Annotated[bool, typer.Option("--remove", help=say("Ta bort på riktigt.", "Really remove."))] = False,
) -> None:
    """Run the command."""
    from vagvisare.observations import upkeep

    kept = _days(keep_days)
    pruned = upkeep.prune(_opened(folder, address), keep_days=kept, dry=not remove)
    typer.echo(printable(swept(pruned)))


def verified(where: str, vintages: int, troubles: tuple[Trouble, ...]) -> str:
    """Say that all is well, or what is not and what to do about each."""
    if not troubles:
        sv, en = ("årgång", "vintage") if vintages == 1 else ("årgångar", "vintages")
        return say(
            f"Allt i lagret {where} stämmer ({vintages} {sv}).", f"All is well in the store {where} ({vintages} {en})."
        )
    lines = []
    for trouble in troubles:
        lines += [trouble.what.to(language()), f"  → {trouble.remedy.to(language())}"]
    many = len(troubles)
    return "\n".join([*lines, "", say(f"{many} fel i lagret {where}.", f"Wrong in the store {where}: {many}.")])


def swept(pruned: Pruned) -> str:
    """Say what was swept, or would be, one line a kind."""
    kinds = (
        (say("rester av avbruten skrivning", "leftovers of interrupted writing"), pruned.leftovers),
        (say("anteckningar om avbrutna hämtningar", "notes of interrupted fetches"), pruned.under_way),
        (say("siffror som aldrig fick kvitto", "figures that never got a receipt"), pruned.unseen),
        (say("originalsvar som inget pekar på", "original replies that nothing points to"), pruned.replies),
    )
    if not pruned.entries:
        return say("Det finns inget att städa.", "There is nothing to sweep.")
    lines = [f"{len(found):>7} {name} ({_size(sum(e.size for e in found))})" for name, found in kinds if found]
    if pruned.dry:
        return "\n".join(
            [
                say("Det här kan tas bort:", "This may be removed:"),
                *lines,
                say(
                    "Inget har tagits bort. Lägg till --remove för att göra det.",
                    "Nothing was removed. Add --remove to do so.",
                ),
            ]
        )
    return "\n".join([say("Borttaget:", "Removed:"), *lines])


def _days(text: str) -> int:
    """Read a number of days.

    Raises:
        UserError: when it is no whole number from 1 to 36 500.
    """
    if text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 36_500:
        return int(text)
    raise UserError(
        Text(f"--keep-days kan inte vara ”{text}”.", f"--keep-days cannot be “{text}”."),
        meaning=Text("Inget har städats.", "Nothing was swept."),
        remedy=Text("Skriv ett antal dagar, minst 1.", "Write a number of days, at least 1."),
    )


def _size(count: int) -> str:
    return f"{number(count / 1e6, language(), 1)} MB"


def _opened(folder: Path | None, address: str) -> Store:
    """Open the store that is meant, once it is sure that there is one.

    Raises:
        FigureError: when there is no store there.
        UserError: when neither folder nor address is given.
    """
    from vagvisare.observations.store import Store
    from vagvisare.observations.upkeep import is_store

    if folder is None and not address.strip():
        raise UserError(
            Text("Ingen mapp och inget lager är angivet.", "Neither a folder nor a store is given."),
            remedy=Text(
                "Skriv strategimappen, eller lagrets adress med --store.",
                "Write the strategy folder, or the store's address with --store.",
            ),
        )
    if folder is None:
        store = Store(address.strip())
    else:
        from vagvisare import flow

        store = flow.store_of(folder, address.strip())
    if not is_store(store):
        where = store.place.label()
        raise FigureError(
            Text(f"Det finns inget lager i {where}.", f"There is no store in {where}."),
            meaning=Text(
                "Inget är hämtat än, eller så är adressen en annan.",
                "Nothing has been fetched yet, or the address is another.",
            ),
            remedy=Text("Hämta siffror med vagvisare fetch MAPP.", "Fetch figures with vagvisare fetch FOLDER."),
        )
    return store


def _not_kept(name: str, store: Store) -> UnknownError:
    from vagvisare.editions.address import nearest
    from vagvisare.terms.errors import did_you_mean

    near = did_you_mean(nearest(name, store.shelf.datasets()))
    status = Text("Se vagvisare status för vad som finns.", "See vagvisare status for what there is.")
    return UnknownError(
        Text(f"Lagret har inga siffror för ”{name}”.", f"The store has no figures of “{name}”."),
        remedy=near if near.sv else status,
    )


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show how far the work has come where somebody watches a terminal; say nothing in a log."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
