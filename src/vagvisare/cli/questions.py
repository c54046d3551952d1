"""``vagvisare questions``: what has to be looked into, about each data set."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vagvisare.cli import help as help_words
from vagvisare.cli.arguments import Folder, StoreAddress
from vagvisare.cli.language import fitted, language, say
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text

if TYPE_CHECKING:
    from vagvisare.observations.store import Store

HELP = say(
    "Öppna frågor om varje datamängd: larm från källorna, och egna.",
    "Open questions about each data set: alarms from the sources, and your own.",
)

NAME = "questions"

app = typer.Typer(name="questions", cls=help_words.Group, help=HELP, no_args_is_help=True)

Key = Annotated[str, typer.Argument(metavar="KEY", help=say("Datamängden.", "The data set."), show_default=False)]
By = Annotated[str, typer.Option("--by", metavar="NAME", help=say("Vem du är.", "Who you are."), show_default=False)]


@app.command("list", cls=help_words.Command, help=say("Visa frågorna.", "Show the questions."))
def list_all(
    folder: Folder,
    everything: Annotated[bool, typer.Option("--all", help=say("Även besvarade.", "Answered ones too."))] = False,
    store: StoreAddress = "",
) -> None:
    """List the questions."""
    from vagvisare.intake.questions import questions

    found = questions(_store(folder, store), only_open=not everything)
    if not found:
        typer.echo(say("Det finns inga öppna frågor.", "There are no open questions."))
    for each in found:
        state = "" if each.open else say(" · besvarad", " · answered")
        typer.echo(fitted(f"{each.dataset} {each.id} · {each.opened:%Y-%m-%d} · {each.by}{state}"))
        parts = (each.text.to(language()), each.to_do.to(language()) if each.open else each.answer)
        for line in parts:
            if line:
                typer.echo(fitted(line, "  "))


@app.command("ask", cls=help_words.Command, help=say("Ställ en egen fråga.", "Ask a question of your own."))
def ask(
    folder: Folder,
    key: Key,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=say("Frågan.", "The question."), show_default=False)],
    by: By = "",
    store: StoreAddress = "",
) -> None:
    """Open a question."""
    from vagvisare import flow
    from vagvisare.intake import questions

    read = flow.read_folder(folder)
    _known(key, {each.key for each in read.datasets} | {table.receipt.dataset for table in read.figures})
    _said(text, by)
    opened = questions.ask(flow.open_store(folder, read, store), key, text, by=by, now=datetime.now(tz=UTC))
    typer.echo(say(f"Frågan {opened.id} om {key} är öppen.", f"The question {opened.id} about {key} is open."))


@app.command("answer", cls=help_words.Command, help=say("Besvara och stäng en fråga.", "Answer and close a question."))
def answer(
    folder: Folder,
    key: Key,
    question: Annotated[
        str, typer.Argument(metavar="ID", help=say("Frågans id.", "The question's id."), show_default=False)
    ],
    text: Annotated[str, typer.Argument(metavar="TEXT", help=say("Svaret.", "The answer."), show_default=False)],
    by: By = "",
    store: StoreAddress = "",
) -> None:
    """Close a question."""
    from vagvisare.intake import questions

    place = _store(folder, store)
    _known(key, {each.dataset for each in questions.questions(place)})
    _said(text, by)
    questions.close(place, key, question, text, by=by, now=datetime.now(tz=UTC))
    typer.echo(say(f"Frågan {question} är besvarad.", f"The question {question} is answered."))


def _store(folder: Path, address: str) -> Store:
    from vagvisare import flow

    return flow.store_of(folder, address)


def _known(key: str, names: set[str]) -> None:
    from vagvisare.editions.address import nearest
    from vagvisare.terms.errors import UnknownError, did_you_mean

    if key not in names:
        near = did_you_mean(nearest(key, names))
        listed = Text("Se frågorna med vagvisare questions list.", "See them with vagvisare questions list.")
        raise UnknownError(
            Text(f"Ingen datamängd här heter ”{key}”.", f"No data set here is called “{key}”."),
            remedy=near if near.sv else listed,
        )


def _said(text: str, by: str) -> None:
    """Refuse what nobody says, or what says nothing.

    Raises:
        UserError: when the text or the name is empty.
    """
    if not text.strip() or not by.strip():
        raise UserError(
            Text("Text och namn behövs.", "A text and a name are needed."),
            remedy=Text("Skriv texten, och vem du är med --by.", "Write the text, and who you are with --by."),
        )
