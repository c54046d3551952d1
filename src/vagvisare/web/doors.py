"""Whether the workspace is open: it needs records that are there and fit the program; the public site needs none."""

from __future__ import annotations

import shlex
from pathlib import Path

from django.conf import settings
from django.db import Error

from vagvisare.terms.errors import OutputError
from vagvisare.web import upkeep
from vagvisare.web.public.refusals import Refusal

_WHY = {
    upkeep.State.ABSENT: Refusal.NO_RECORDS,
    upkeep.State.BEHIND: Refusal.OLD_RECORDS,
    upkeep.State.AHEAD: Refusal.NEW_RECORDS,
}
_shut: list[Refusal] = []


def open_always() -> None:
    """Open the doors without looking at the records."""
    _shut.clear()


def look() -> Refusal | None:
    """Look at the records, and open or shut the doors; return why they are shut."""
    try:
        why = _WHY.get(upkeep.state())
    except OutputError:
        why = Refusal.NO_ANSWER
    if why is None:
        upkeep.take_secret()
    _shut[:] = [] if why is None else [why]
    return why


def shut() -> Refusal | None:
    """Tell why the doors are shut, if they are. Whoever knocks at shut doors makes us look again."""
    return look() if _shut else None


def told(folder: Path) -> str:
    """Return the lines a terminal is owed when the site is opened, with commands that can be run as they stand."""
    if not _shut:
        return ("" if settings.DEMONSTRATION else "Arbetsytan · The workspace: /arbete/\n") + _unwritten()
    _, heading, remedy = _shut[0].value
    lines = f"{heading.sv}. {remedy.sv}\n{heading.en}. {remedy.en}\n"
    for command in ("--role administrator", "records upgrade"):
        lines = lines.replace(command, f"{command} --folder {shlex.quote(str(folder))}")
    return lines


def _unwritten() -> str:
    """Return a line about what is sealed and not in the folder; the desk has the button that writes it there."""
    from vagvisare.web.strategy.unwritten import unwritten  # noqa: PLC0415  models are ready only later

    try:
        keys = ", ".join(row.key for row in unwritten())
    except Error:  # the doors are looked at anew when somebody knocks
        return ""
    if not keys:
        return ""
    return (
        f"Förseglat men inte i strategimappen: {keys}. Logga in och skriv det dit: knappen står under Att göra.\n"
        f"Sealed but not in the strategy folder: {keys}. Sign in and write it there: the button stands under To do.\n"
    )
