"""``vagvisare follow-up``: judge the figures, print the findings, write the publications."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vagvisare.cli.arguments import (
    USUAL_PORT,
    AsOf,
    EarlierFile,
    Folder,
    Format,
    Lang,
    Port,
    StoreAddress,
    answerable,
    choice,
    day,
    port_number,
    spoken_language,
    territory,
)
from vagvisare.cli.language import say

if TYPE_CHECKING:
    from vagvisare.publications.material import Material

HELP = say(
    "Följ upp strategin: bedöm siffrorna, visa fynden och skriv webbplats, bildspel och data.",
    "Follow up the strategy: judge the figures, show the findings, and write site, deck and data.",
)


def command(
    folder: Folder,
    as_of: AsOf = "",
    lang: Lang = "",
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="table|json|md", help=say("Tabell, JSON eller Markdown.", "Table, JSON or Markdown.")
        ),
    ] = "table",
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help=say("Skriv publikationerna hit.", "Write publications here.")),
    ] = None,
    place: Annotated[
        str,
        typer.Option(
            "--territory",
            metavar="CODE",
            help=say("Ett annat län eller en kommun.", "Another county or a municipality."),
            show_default=False,
        ),
    ] = "",
    earlier: EarlierFile = None,
    serve: Annotated[
        bool, typer.Option("--serve", help=say("Visa webbplatsen efteråt.", "Serve the site afterwards."))
    ] = False,
    port: Port = USUAL_PORT,
    store: StoreAddress = "",
) -> None:
    """Run the command."""
    from vagvisare import flow
    from vagvisare.cli import show
    from vagvisare.cli.place import VINTAGES, place_for

    language, printed_as, door = spoken_language(lang), choice("--format", form, Format), port_number(port)
    known, where = day(as_of), territory(place)
    read = flow.read_folder(folder)
    into = None if out is None else place_for(out, folder)
    recorded = flow.recorded_at(folder, read, store, None if into is None else into / VINTAGES)
    answerable(known, recorded.latest)
    weighed = None if earlier is None else flow.earlier_verdicts(earlier)
    history = into is not None or serve
    material = flow.material(recorded, as_of=known, territory=where, history=history, earlier=weighed)
    print_findings(show.printed(material, printed_as, language), go_on=into is not None)
    if into is not None:
        publish(material, into)
    if serve:
        from vagvisare.cli.opening import settle
        from vagvisare.cli.serve import run, workspace_of

        settle(folder)
        run(recorded, material, door, workspace_of(folder, recorded, store, known))


def print_findings(text: str, *, go_on: bool) -> None:
    """Print the findings; with publications yet to be written, a reader who has left (``| head``) does not stop us."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        if not go_on:
            raise


def publish(material: Material, out: Path) -> None:
    """Write the publications, and say whether anything was new."""
    from vagvisare import flow

    written = flow.publish(material, out)
    if written:
        typer.echo(
            say(f"\nSkrivet till {out}: webbplats, bildspel, data.", f"\nWritten to {out}: site, deck, data."), err=True
        )
    else:
        typer.echo(
            say(f"\n{out} är redan aktuell; inget skrevs om.", f"\n{out} is up to date; nothing rewritten."), err=True
        )
