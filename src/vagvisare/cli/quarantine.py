"""``vagvisare quarantine``: figures that a check has stopped, and what a person decides about them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vagvisare.cli import help as help_words
from vagvisare.cli.arguments import Folder, StoreAddress
from vagvisare.cli.language import fitted, language, say
from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Text

if TYPE_CHECKING:
    from vagvisare.observations.quarantine import Held
    from vagvisare.observations.store import Store

HELP = say(
    "Visa siffror som stoppats av en kontroll, och släpp eller kasta dem.",
    "Show figures that a check has stopped, and accept or discard them.",
)

NAME = "quarantine"

app = typer.Typer(name="quarantine", cls=help_words.Group, help=HELP, no_args_is_help=True)

Key = Annotated[str, typer.Argument(metavar="KEY", help=say("Datamängden.", "The data set."), show_default=False)]
By = Annotated[
    str,
    typer.Option("--by", metavar="NAME", help=say("Vem som beslutar.", "Who decides."), show_default=False),
]
Why = Annotated[
    str,
    typer.Option(
        "--why", metavar="TEXT", help=say("Varför; står på kvittot.", "Why; stands on the receipt."), show_default=False
    ),
]


@app.command("list", cls=help_words.Command, help=say("Vad som väntar, och varför.", "What is waiting, and why."))
def list_all(folder: Folder, store: StoreAddress = "") -> None:
    """List what waits."""
    waiting = _store(folder, store).held()
    if not waiting:
        typer.echo(say("Inget väntar på granskning.", "Nothing waits to be looked at."))
        return
    for held in waiting:
        typer.echo(told(held))
    typer.echo(
        "\n"
        + say(
            "Släpp med: vagvisare quarantine accept MAPP NYCKEL --by NAMN --why SKÄL; kasta med discard.",
            "Accept with: vagvisare quarantine accept FOLDER KEY --by NAME --why REASON; or discard.",
        )
    )


@app.command("accept", cls=help_words.Command, help=say("Släpp fram siffrorna.", "Let the figures through."))
def accept(folder: Folder, key: Key, by: By = "", why: Why = "", store: StoreAddress = "") -> None:
    """Publish what waits."""
    place = _store(folder, store)
    receipt = place.release(_waiting(place, key), by=by, why=why)
    done = say(
        f"{key}: siffrorna hämtade {receipt.fetched[:10]} gäller nu, på ordet av {by}.",
        f"{key}: the figures fetched {receipt.fetched[:10]} now stand, on the word of {by}.",
    )
    typer.echo(fitted(done))


@app.command(
    "discard",
    cls=help_words.Command,
    help=say("Kasta siffrorna; de finns kvar som handling.", "Discard the figures; they remain on record."),
)
def discard(folder: Folder, key: Key, by: By = "", why: Why = "", store: StoreAddress = "") -> None:
    """Decide against what waits."""
    place = _store(folder, store)
    place.discard(_waiting(place, key), by=by, why=why)
    typer.echo(
        say(
            f"{key}: de stoppade siffrorna är kastade; de senast godkända gäller.",
            f"{key}: the held figures are discarded; the last good ones stand.",
        )
    )


def told(held: Held) -> str:
    """Return what waits and every reason, in the language of the command."""
    from vagvisare.intake.objection import Objection

    receipt = held.receipt
    head = say(
        f"{receipt.dataset} · {receipt.title} · hämtad {receipt.fetched[:10]}",
        f"{receipt.dataset} · {receipt.title} · fetched {receipt.fetched[:10]}",
    )
    reasons = [Objection.from_document(each).sentence(language()) for each in held.report.get("objections", ())]
    return "\n".join([fitted(head), *(fitted(f"– {reason}", "  ", "    ") for reason in reasons)])


def _store(folder: Path, address: str) -> Store:
    from vagvisare import flow

    return flow.store_of(folder, address)


def _waiting(store: Store, key: str) -> Held:
    waiting = store.held(key)
    if waiting:
        return max(waiting, key=lambda held: held.receipt.fetched)
    names = ", ".join(dict.fromkeys(held.receipt.dataset for held in store.held()))
    hint = (
        Text(f"Detta väntar: {names}.", f"These are waiting: {names}.")
        if names
        else Text("Inget väntar på granskning.", "Nothing waits to be looked at.")
    )
    raise UnknownError(Text(f"Inga siffror för ”{key}” är stoppade.", f"No figures of “{key}” are held."), remedy=hint)
