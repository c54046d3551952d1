"""Whether the workspace is open: it needs records that are there and fit the program; the public site needs none."""

from __future__ import annotations

import shlex
from pathlib import Path

from django.conf import settings

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
        return "" if settings.DEMONSTRATION else "Arbetsytan · The workspace: /arbete/\n"
    _, heading, remedy = _shut[0].value
    lines = f"{heading.sv}. {remedy.sv}\n{heading.en}. {remedy.en}\n"
    for command in ("--role administrator", "records upgrade"):
        lines = lines.replace(command, f"{command} --folder {shlex.quote(str(folder))}")
    return lines
