"""``vagvisare trail``: prove that nobody has touched the trail, and take it out as a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from vagvisare.cli import help as help_words
from vagvisare.cli.language import language, printable, say
from vagvisare.cli.opening import Records, Strategy, opened
from vagvisare.cli.writing_whole import written_whole
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text

if TYPE_CHECKING:
    from vagvisare.web.audit.models import Event

NAME = "trail"
HELP = say("Kontrollera och ta ut spåret av allt som gjorts.", "Verify and export the trail of all that was done.")
VERIFY_HELP = say(
    "Gå igenom kedjan från första händelsen. Slutar med 9 om den är bruten.",
    "Walk the chain from the first event. Ends with 9 when it is broken.",
)
EXPORT_HELP = say("Skriv hela spåret till en fil.", "Write the whole trail to a file.")
BROKEN = 9
"""The exit code of a trail that does not hold."""

app = typer.Typer(cls=help_words.Group, no_args_is_help=True)


@app.command("verify", cls=help_words.Command, help=VERIFY_HELP)
def verify(
    file: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help=say("Kontrollera en utskriven fil i stället för databasen.", "Verify an exported file instead."),
            show_default=False,
        ),
    ] = None,
    continues: Annotated[
        Path | None,
        typer.Option(
            "--continues",
            metavar="FILE",
            help=say(
                "En tidigare utskrift som databasen ska innehålla hel: visar om slutet har klippts bort.",
                "An earlier export that the database must hold whole: shows whether the end was cut off.",
            ),
            show_default=False,
        ),
    ] = None,
    folder: Strategy = None,
    records: Records = "",
) -> None:
    """Run the command."""
    if file is not None:
        from vagvisare.web.records import load_django

        load_django()
        from vagvisare.web.audit import papers

        with _open(file) as lines:
            _weigh(papers.read(lines))
        return
    opened(folder, records)
    _weigh(None)
    if continues is None:
        typer.echo(
            say("Att slutet inte har klippts bort visar bara --continues, med en tidigare utskrift.",
                "Whether the end was cut off is shown only by --continues, with an earlier export.")
        )  # fmt: skip
    else:
        _continues(continues)


@app.command("export", cls=help_words.Command, help=EXPORT_HELP)
def export(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE.jsonl", help=say("Filen som skrivs.", "The file to write."), show_default=False),
    ],
    folder: Strategy = None,
    records: Records = "",
) -> None:
    """Run the command."""
    opened(folder, records)
    from vagvisare.web.audit import papers

    count = 0
    with written_whole(file) as out:
        for line in papers.lines():
            out.write(line.encode())
            count += 1
    typer.echo(printable(say(f"{count} händelser skrivna till {file}.", f"{count} events written to {file}.")))


def _weigh(events: Iterable[Event] | None) -> None:
    from vagvisare.web.audit import trail
    from vagvisare.web.audit.models import Event

    walked = _Counted(Event.objects.order_by("number").iterator(2000) if events is None else events)
    broken = trail.verify(walked)
    if broken is not None:
        why = broken.why.to(language())
        typer.echo(
            say(f"Spåret är brutet vid händelse {broken.number}: {why}.",
                f"The trail is broken at event {broken.number}: {why}.")
        )  # fmt: skip
        raise typer.Exit(BROKEN)
    typer.echo(say(f"Spåret håller: {walked.count} händelser.", f"The trail holds: {walked.count} events."))
    if walked.seal:
        typer.echo(say(f"Sista sigillet: {walked.seal}", f"Last seal: {walked.seal}"))


def _continues(file: Path) -> None:
    from vagvisare.web.audit import papers

    with _open(file) as lines:
        gone = papers.missing_from_records(lines)
    if gone is not None:
        typer.echo(
            say(f"Händelse {gone} i utskriften finns inte i databasen som den var.",
                f"Event {gone} of the export is not in the database as it was.")
        )  # fmt: skip
        raise typer.Exit(BROKEN)
    typer.echo(printable(say(f"Allt i {file} står kvar.", f"All of {file} still stands.")))


class _Counted:
    """Counts events as they pass, and remembers the last seal."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._events = events
        self.count, self.seal = 0, ""

    def __iter__(self) -> Iterator[Event]:
        """Return the events."""
        for event in self._events:
            self.count, self.seal = self.count + 1, event.seal
            yield event


@contextmanager
def _open(file: Path) -> Iterator[IO[str]]:
    try:
        with file.open(encoding="utf-8", newline="\n") as lines:
            yield lines
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else type(error).__name__
        raise FigureError(
            Text(f"{os.fspath(file)} går inte att läsa ({why}).", f"{os.fspath(file)} cannot be read ({why})."),
            meaning=Text("Inget är kontrollerat.", "Nothing was verified."),
            remedy=Text("Ange en fil från vagvisare trail export.", "Name a file made by vagvisare trail export."),
        ) from error
