"""``vagvisare fetch``: ask the official sources for what is new, and keep it."""

from __future__ import annotations

import sys
from threading import Event, Lock
from typing import TYPE_CHECKING, Annotated

import typer

from vagvisare.cli.arguments import Folder, StoreAddress, day
from vagvisare.cli.language import fitted, json_text, language, printable, say

if TYPE_CHECKING:
    from vagvisare.flow.live import Fetched
    from vagvisare.intake.report import Outcome

HELP = say(
    "Hämta nya siffror från de officiella källorna; varje årgång sparas, inget skrivs över.",
    "Fetch new figures from the official sources; every vintage is kept, nothing is overwritten.",
)


def command(
    folder: Folder,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="KEY",
            help=say(
                "Bara den indikatorn eller datamängden (kan upprepas).",
                "Only that indicator or data set (may be repeated).",
            ),
        ),
    ] = None,
    since: Annotated[
        str,
        typer.Option(
            "--since",
            metavar="DATE",
            help=say("Sök ändringar från den dagen (ÅÅÅÅ-MM-DD).", "Look for changes from that day on (YYYY-MM-DD)."),
            show_default=False,
        ),
    ] = "",
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help=say("Fråga vad som är nytt, men hämta inget.", "Ask what is new, fetch nothing.")
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=say("Sammanfattning som JSON.", "The summary as JSON."))
    ] = False,
    store: StoreAddress = "",
) -> None:
    """Run the command."""
    from vagvisare import flow
    from vagvisare.flow import live
    from vagvisare.intake.report import exit_code

    from_day = day(since)
    read = flow.read_folder(folder)
    stop = Event()
    watcher = _Bar(stop) if sys.stderr.isatty() else _Lines()
    try:
        fetched = live.fetch(
            folder, read, only=only or (), since=from_day, dry=dry_run, url=store, watcher=watcher, stop=stop
        )
    except KeyboardInterrupt:
        watcher.close()
        typer.echo(
            say(
                "\nAvbrutet. Det som var klart är sparat; samma kommando fortsätter där det var.",
                "\nInterrupted. What was done is kept; the same command goes on where it was.",
            ),
            err=True,
        )
        raise
    finally:
        watcher.close()
    typer.echo(_json(fetched) if as_json else printed(fetched, dry=dry_run))
    code = exit_code(fetched.outcomes)
    if code:
        raise typer.Exit(code)


def printed(fetched: Fetched, *, dry: bool = False) -> str:
    """Return the summary: what became of each data set, and what was said that a revision changes."""
    from vagvisare.intake.report import summary

    lines = [printable(summary(fetched.outcomes, language()))]
    if fetched.changed:
        lines += [
            "",
            say(
                "Fynd som ändras för att äldre siffror har ändrats:", "Findings that change because older figures did:"
            ),
        ]
    for each in fetched.changed:
        nothing = say("(inget)", "(none)")
        before, after = (
            finding.sentence.to(language()) if finding else nothing for finding in (each.before, each.after)
        )
        both = say(f"förut: {before}", f"before: {before}"), say(f"nu:    {after}", f"now:    {after}")
        lines += [fitted(each, "  ", "         ") for each in both]
    if dry:
        lines += ["", say("Inget hämtades (--dry-run).", "Nothing was fetched (--dry-run).")]
    return "\n".join(lines)


def _json(fetched: Fetched) -> str:
    from vagvisare.intake.report import as_json

    changed = [
        {
            "before": each.before.sentence.to(language()) if each.before else None,
            "after": each.after.sentence.to(language()) if each.after else None,
        }
        for each in fetched.changed
    ]
    return json_text({"outcomes": as_json(fetched.outcomes), "changed": changed})


class _Lines:
    """A line for each data set that is done, for logs."""

    def __init__(self) -> None:
        self._all, self._done, self._lock = 0, 0, Lock()

    def begin(self, datasets: int) -> None:
        """Remember how many there are."""
        self._all = datasets

    def asking(self, source: str) -> None:
        """Say which source is asked."""
        typer.echo(say(f"Frågar {source} …", f"Asking {source} …"), err=True)

    def fetching(self, dataset: str) -> None:
        """Say which data set is being fetched."""

    def heard(self, dataset: str, octets: int, calls: int) -> None:
        """Bytes are not told in a log."""

    def done(self, outcome: Outcome) -> None:
        """Say what became of it, with how far we are."""
        from vagvisare.intake.report import state_words

        with self._lock:
            self._done += 1
            typer.echo(f"{self._done}/{self._all} {outcome.dataset}: {state_words(outcome).to(language())}", err=True)

    def close(self) -> None:
        """There is nothing to leave."""


class _Bar:
    """A bar on the terminal: how many data sets are done, which are under way, and how much has come."""

    def __init__(self, stop: Event) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self._stop, self._lock = stop, Lock()
        self._under_way: dict[str, int] = {}
        self._bar = Progress(
            TextColumn(say("Hämtar", "Fetching")),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("", total=None)
        self._bar.start()

    def begin(self, datasets: int) -> None:
        """Draw the bar."""
        self._bar.update(self._task, total=datasets)

    def asking(self, source: str) -> None:
        """Show which source is asked."""
        self._bar.update(self._task, description=say(f"frågar {source}", f"asking {source}"))

    def fetching(self, dataset: str) -> None:
        """Show which data sets are under way."""
        with self._lock:
            self._under_way.setdefault(dataset, 0)
        self._show()

    def heard(self, dataset: str, octets: int, calls: int) -> None:  # noqa: ARG002 the watcher's form
        """Count what has come."""
        with self._lock:
            if dataset in self._under_way:
                self._under_way[dataset] += octets
        self._show()

    def done(self, outcome: Outcome) -> None:
        """Move the bar."""
        with self._lock:
            self._under_way.pop(outcome.dataset, None)
        self._bar.advance(self._task)
        self._show()

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._bar.stop()

    def _show(self) -> None:
        with self._lock:
            names = ", ".join(f"{name} {_size(octets)}".strip() for name, octets in list(self._under_way.items())[:3])
        self._bar.update(self._task, description=names)


def _size(octets: int) -> str:
    return f"{octets / 1e6:.1f} MB" if octets >= 100_000 else ""
