"""The command ``vagvisare``: one small module a command, all of them over ``flow``.

Exit codes: 0 done · 1 our fault · 2 the request cannot be met · 3 mistakes in the folder · 4 figures cannot be read ·
5 nothing by that name · 6 a place or port refused · 7 a source failed · 8 figures wait in quarantine ·
9 the trail does not hold · 130 interrupted. Each is told in docs/reference/exit-codes.md.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from contextlib import suppress
from typing import Any

import typer

from vagvisare.cli import help as help_words
from vagvisare.cli import mistyped
from vagvisare.cli.language import language, printable, say
from vagvisare.terms.errors import OutputError, VagvisareError
from vagvisare.terms.language import Text

app = typer.Typer(
    name="vagvisare",
    cls=help_words.Group,
    help=say(
        "Från officiell statistik till bedömda, spårbara fynd om en regional utvecklingsstrategi.",
        "From official figures to judged, traceable findings about a regional development strategy.",
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


_PATIENCE = 1.0
"""Seconds after the first Ctrl-C before another ends the command at once."""


def _register() -> None:
    from vagvisare.cli import (
        assess,
        backup,
        calibrate,
        check,
        deliver,
        demo,
        explain,
        fetch,
        follow_up,
        indicator,
        judge,
        new,
        protect,
        quarantine,
        questions,
        records,
        restore,
        revisions,
        serve,
        status,
        store,
        trail,
        user,
    )

    app.command("follow-up", cls=help_words.Command, help=follow_up.HELP)(follow_up.command)
    app.command("explain", cls=help_words.Command, help=explain.HELP)(explain.command)
    app.command("judge", cls=help_words.Command, help=judge.HELP)(judge.command)
    app.command("assess", cls=help_words.Command, help=assess.HELP)(assess.command)
    app.command("protect", cls=help_words.Command, help=protect.HELP)(protect.command)
    app.command("calibrate", cls=help_words.Command, help=calibrate.HELP)(calibrate.command)
    app.command("check", cls=help_words.Command, help=check.HELP)(check.command)
    app.command("new", cls=help_words.Command, help=new.HELP)(new.command)
    app.command("fetch", cls=help_words.Command, help=fetch.HELP)(fetch.command)
    app.command("status", cls=help_words.Command, help=status.HELP)(status.command)
    app.command("revisions", cls=help_words.Command, help=revisions.HELP)(revisions.command)
    app.command("deliver", cls=help_words.Command, help=deliver.HELP)(deliver.command)
    for group in (quarantine, questions, indicator, store, records, trail, user):
        app.add_typer(group.app, name=group.NAME, help=group.HELP)
    app.command("demo", cls=help_words.Command, help=demo.HELP)(demo.command)
    app.command("backup", cls=help_words.Command, help=backup.HELP)(backup.command)
    app.command("restore", cls=help_words.Command, help=restore.HELP)(restore.command)
    app.command("serve", cls=help_words.Command, help=serve.HELP)(serve.command)


_register()


def main() -> None:
    """Run the command; what goes wrong is a sentence and an exit code, never a traceback."""
    _streams()
    _interrupts()
    code: object = 0
    try:
        help_words.speak()
        code = app(prog_name="vagvisare", standalone_mode=False)
        sys.stdout.flush()
    except VagvisareError as error:
        _leave(error)
    except BrokenPipeError:
        _nobody_reads()
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        _leave(_refused(error))
    except SystemExit as leaving:
        # The library ends the program itself when the reader of our output has gone (``| head``).
        if isinstance(leaving.__context__, BrokenPipeError):
            _nobody_reads()
        raise
    except Exception as error:  # noqa: BLE001  whatever it is, the user gets a sentence
        if mistyped.asks_for_nothing(error):
            sys.exit(2)
        _leave(mistyped.sentence(error) if mistyped.is_mistyped(error) else _our_fault(error))
    sys.exit(code if isinstance(code, int) else 0)


class _Interrupted:
    """What Ctrl-C does: the first ends the command in order, one that comes after some time ends it at once.

    Those in between are an impatient finger: an interruption of the tidying up would only leave a traceback.
    """

    def __init__(self) -> None:
        self._first: float | None = None

    def __call__(self, signum: int, frame: object) -> None:
        """Interrupt."""
        del signum, frame
        now = time.monotonic()
        if self._first is None:
            self._first = now
            raise KeyboardInterrupt
        if now - self._first > _PATIENCE:
            os._exit(130)  # nothing is lost: what is written to the store appears whole or not at all


def _interrupts() -> None:
    """Take over Ctrl-C, where it is not somebody else's business."""
    usual = signal.getsignal(signal.SIGINT)
    if usual is signal.default_int_handler or isinstance(usual, _Interrupted):
        with suppress(ValueError):  # another thread than the main one
            signal.signal(signal.SIGINT, _Interrupted())


def _streams() -> None:
    """Speak UTF-8 whatever the locale, and survive streams that are closed."""
    for name in ("stdout", "stderr"):
        stream: Any = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  open until the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _leave(error: VagvisareError) -> None:
    with suppress(OSError):
        sys.stdout.flush()
    with suppress(OSError):
        typer.echo(printable(error.message(language())), err=True)
    if isinstance(error, OutputError):
        _forget_output()
    sys.exit(error.exit_code)


def _refused(error: OSError) -> VagvisareError:
    where = f" ({error.filename})" if error.filename else ""
    reason = error.strerror or str(error)
    return OutputError(
        Text(f"Datorn sade nej{where}: {reason}.", f"The machine refused{where}: {reason}."),
        meaning=Text("Inget har lämnats halvskrivet.", "Nothing was left half-written."),
        remedy=Text("Rätta till det och försök igen.", "Mend it and try again."),
    )


def _our_fault(error: Exception) -> VagvisareError:
    if os.environ.get("VAGVISARE_TRACEBACK"):
        traceback.print_exception(error)
    told = f"{type(error).__name__}: {error}"
    return VagvisareError(
        Text(f"Något gick fel hos oss ({told}).", f"Something went wrong on our side ({told})."),
        meaning=Text("Inget har lämnats halvskrivet.", "Nothing was left half-written."),
        remedy=Text(
            "Rapportera det med kommandot du körde; VAGVISARE_TRACEBACK=1 visar var i koden.",
            "Report it with the command you ran; VAGVISARE_TRACEBACK=1 shows where in the code.",
        ),
    )


def _nobody_reads() -> None:
    _forget_output()
    sys.exit(0)


def _forget_output() -> None:
    """Let what is still waiting to be printed go nowhere, so that Python does not complain when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
