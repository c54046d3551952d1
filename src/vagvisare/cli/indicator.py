"""``vagvisare indicator``: find an official indicator, and add it to a folder, without programming."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from vagvisare.cli import help as help_words
from vagvisare.cli.arguments import Folder, Lang, StoreAddress, spoken_language
from vagvisare.cli.language import language, printable, say
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text

if TYPE_CHECKING:
    from pathlib import Path

    from vagvisare.flow.defining import Proposal
    from vagvisare.sources.query import Yearly

HELP = say(
    "Hitta en officiell indikator och lägg till den i mappen.",
    "Find an official indicator and add it to the folder.",
)

NAME = "indicator"

app = typer.Typer(name="indicator", cls=help_words.Group, help=HELP, no_args_is_help=True)

MOST = 200
"""The most hits that can be asked for."""

_COMMAS = re.compile(r",(?![^(]*\))")


@app.callback()
def _group() -> None:
    """Hold the commands."""


@app.command(
    "find",
    cls=help_words.Command,
    help=say(
        "Sök efter något att följa, i ord: först i den medföljande förteckningen, sedan hos källorna.",
        "Search for something to follow, in words: in the bundled list, and at the sources.",
    ),
)
def find(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help=say("Sökord.", "Words."), show_default=False)],
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            metavar="NAME",
            help=say(
                "Bara den källan, till exempel eurostat (kan upprepas).",
                "Only that source, for instance eurostat (may be repeated).",
            ),
        ),
    ] = None,
    offline: Annotated[
        bool,
        typer.Option(
            "--offline", help=say("Sök bara i den medföljande förteckningen.", "Search only the bundled list.")
        ),
    ] = False,
    limit: Annotated[
        str, typer.Option("--limit", metavar="N", help=say("Högst så många träffar.", "At most so many hits."))
    ] = "15",
    as_json: Annotated[bool, typer.Option("--json", help=say("Träffarna som JSON.", "The hits as JSON."))] = False,
    lang: Lang = "",
) -> None:
    """Run the command."""
    from vagvisare.cli import indicator_print as out
    from vagvisare.cli.show import width
    from vagvisare.flow import searching

    spoken = spoken_language(lang)
    asked = " ".join(words)
    found = searching.find(asked, sources=source or (), offline=offline, limit=_limit(limit))
    if as_json:
        typer.echo(out.hits_as_json(found))
        return
    typer.echo(printable(out.hits(asked, found, spoken, width())))
    for line in out.unheard(found, spoken):
        typer.echo(printable(line), err=True)


@app.command(
    "add",
    cls=help_words.Command,
    help=say(
        "Skriv in en indikator i mappen och hämta dess siffror en första gång.",
        "Write an indicator in the folder and fetch its figures for the first time.",
    ),
)
def add(
    folder: Folder,
    what: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE:ID",
            help=say("Källa och beteckning, t.ex. kolada:N15428.", "Source and id, e.g. kolada:N15428."),
            show_default=False,
        ),
    ],
    key: Annotated[
        str,
        typer.Option(
            "--key",
            metavar="KEY",
            help=say("Vad indikatorn ska heta i mappen.", "What the indicator is called in the folder."),
            show_default=False,
        ),
    ] = "",
    watches: Annotated[
        list[str] | None,
        typer.Option(
            "--watches",
            metavar="ADDRESS",
            help=say("Mål i strategin som den följer (kan upprepas).", "Goal it watches (may be repeated)."),
        ),
    ] = None,
    choose: Annotated[
        list[str] | None,
        typer.Option(
            "--choose",
            metavar="DIMENSION=CODE,…",
            help=say("Val i en dimension (kan upprepas).", "Choice in a dimension (may be repeated)."),
        ),
    ] = None,
    yearly: Annotated[
        str,
        typer.Option(
            "--yearly",
            metavar="sum|mean",
            help=say("Hur månader och kvartal blir år.", "How months and quarters become years."),
            show_default=False,
        ),
    ] = "",
    by: Annotated[
        str,
        typer.Option("--by", metavar="NAME", help=say("Vem som lägger till.", "Who adds it."), show_default=False),
    ] = "",
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=say("Visa vad som skulle skrivas.", "Show what would be written.")),
    ] = False,
    no_fetch: Annotated[
        bool, typer.Option("--no-fetch", help=say("Hämta inga siffror nu.", "Fetch no figures now."))
    ] = False,
    store: StoreAddress = "",
) -> None:
    """Run the command."""
    from vagvisare import flow
    from vagvisare.cli import indicator_print as out
    from vagvisare.flow import defining

    proposal = defining.propose(
        flow.read_folder(folder),
        what,
        key=key,
        watches=watches or (),
        choices=_choices(choose or ()),
        yearly=_yearly(yearly),
        by=by,
    )
    if dry_run:
        typer.echo(printable(out.proposed(proposal)))
        return
    line = defining.add(folder, proposal)
    typer.echo(printable(out.added(folder, proposal, line, language())))
    if no_fetch:
        typer.echo(out.later(folder, proposal.key))
    else:
        _fetch(folder, proposal, store)


def _fetch(folder: Path, proposal: Proposal, store: str) -> None:
    """Fetch once as proof; where that is in vain the definition stays, and what to do is said."""
    from vagvisare.cli import indicator_print as out
    from vagvisare.flow import defining
    from vagvisare.intake.report import exit_code

    if proposal.unheard is not None:
        typer.echo(printable(out.not_fetched(folder, proposal)), err=True)
        raise typer.Exit(proposal.unheard.exit_code)
    typer.echo(say("Hämtar siffror …", "Fetching figures …"), err=True)
    try:
        fetched = defining.fetch_first(folder, proposal, url=store)
    except KeyboardInterrupt:
        typer.echo(out.interrupted(folder, proposal.key), err=True)
        raise
    code = exit_code([fetched.outcome])
    typer.echo(printable(out.fetched(folder, proposal, fetched, language())), err=bool(code))
    if code:
        raise typer.Exit(code)


def _limit(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MOST:
        return int(text)
    raise UserError(
        Text(f"--limit kan inte vara ”{text}”.", f"--limit cannot be “{text}”."),
        remedy=Text(f"Skriv ett heltal från 1 till {MOST}.", f"Write a whole number from 1 to {MOST}."),
    )


def _choices(told: list[str] | tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Read ``Alder=20-64,65+``; commas inside brackets belong to an expression.

    Raises:
        UserError: when it has no equals sign, or nothing on either side.
    """
    found: dict[str, tuple[str, ...]] = {}
    for each in told:
        name, _, codes = each.partition("=")
        values = tuple(part.strip() for part in _COMMAS.split(codes) if part.strip())
        if not name.strip() or not values:
            raise UserError(
                Text(f"--choose kan inte vara ”{each}”.", f"--choose cannot be “{each}”."),
                remedy=Text(
                    "Skriv dimension och kod: --choose Alder=20-64", "Write dimension and code: --choose Alder=20-64"
                ),
            )
        found[name.strip()] = (*found.get(name.strip(), ()), *values)
    return found


def _yearly(text: str) -> Yearly:
    from vagvisare.sources.query import Yearly

    plain = text.strip().lower()
    if plain in {each.value for each in Yearly}:
        return Yearly(plain)
    raise UserError(
        Text(f"--yearly kan inte vara ”{text}”.", f"--yearly cannot be “{text}”."),
        remedy=Text("Skriv sum eller mean.", "Write sum or mean."),
    )
