"""The records as a whole: whether they are there, making them, and bringing them up to date."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError, OperationalError

from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text
from vagvisare.web.records import keep_secret

LOCK_WAIT = "5s"
"""How long an upgrade waits for a table that others use. While it waits, they wait behind it."""
STATEMENT_LIMIT = "5min"


class State(StrEnum):
    """Where the records stand against the program that is to use them."""

    ABSENT = "absent"
    CURRENT = "current"
    BEHIND = "behind"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did: the migrations it applied, and the copy that it put beside first (SQLite)."""

    applied: tuple[str, ...]
    copy: Path | None = None


def state() -> State:
    """Tell where the records stand; nothing is created by asking.

    Raises:
        OutputError: when the database does not answer.
    """
    if (file := embedded()) is not None and not (file.is_file() and file.stat().st_size):
        return State.ABSENT
    try:
        executor = MigrationExecutor(connection)
        applied = set(executor.loader.applied_migrations)
        tables = bool(applied) or bool(connection.introspection.table_names())
    except DatabaseError as error:
        raise no_answer(error) from error
    known = set(executor.loader.disk_migrations or ()) | _replaced(executor)
    if not applied:
        return State.BEHIND if tables and _ours(executor) else State.ABSENT
    if applied - known:
        return State.AHEAD
    return State.BEHIND if executor.migration_plan(executor.loader.graph.leaf_nodes()) else State.CURRENT


def prepare() -> Upgraded:
    """Make the records where there are none, with a secret beside them; bring older ones up to date.

    Raises:
        OutputError: when the database does not answer, the place refuses, or the records are newer than the program.
    """
    _keep_secret()
    if (found := state()) is State.CURRENT:
        return Upgraded(())
    return upgrade(found)


def upgrade(found: State | None = None) -> Upgraded:
    """Bring the records up to date: on SQLite after a copy beside, on PostgreSQL without making others wait long.

    Raises:
        OutputError: as ``prepare``; what was copied stays, and a migration that failed has changed nothing.
    """
    found = state() if found is None else found
    if found is State.AHEAD:
        raise newer()
    file = embedded()
    copied = copy_beside(file) if file is not None and found is State.BEHIND else None
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))  # readable by its owner only, from the first byte
    try:
        applied = _plan()
        if connection.vendor == "postgresql":
            _patience()
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise _stopped(error, copied) from error
    finally:
        # The limits held for this work only; the next use connects anew.
        connection.close()
    return Upgraded(applied, copied)


def embedded() -> Path | None:
    """Return the file of the records, or None where they are in PostgreSQL or in memory."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name == ":memory:" or name.startswith("file:"):
        return None
    return Path(name)


def copy_beside(file: Path) -> Path:
    """Copy the records beside themselves, whole, while others use them, and return the copy.

    Raises:
        OutputError: when there is no room.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    copy = file.with_name(f"{file.stem}-before-{stamp}{file.suffix}")
    copy_records(file, copy)
    return copy


def copy_records(file: Path, copy: Path) -> None:
    """Copy a SQLite database to ``copy``, as it was at one moment; a copy that fails leaves nothing.

    Raises:
        OutputError: when there is no room, or the place refuses.
    """
    try:
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with (
            closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=20)) as here,
            closing(sqlite3.connect(copy)) as there,
        ):
            here.backup(there)
            there.execute("PRAGMA journal_mode=DELETE")
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            copy.unlink()
        raise OutputError(
            Text(f"Databasen kunde inte kopieras till {copy} ({error}).",
                 f"The records could not be copied to {copy} ({error})."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Ge plats på disken och försök igen.", "Make room on the disk and try again."),
        ) from error  # fmt: skip


def no_answer(error: Exception) -> OutputError:
    """Say that the database does not answer; its own words may hold an address, never a password."""
    return OutputError(
        Text(f"Databasen svarar inte ({_first_line(error)}).", f"The database does not answer ({_first_line(error)})."),
        meaning=Text("Arbetsytan kan inte öppnas.", "The workspace cannot be opened."),
        remedy=Text("Kontrollera DATABASE_URL och att databasen är igång.",
                    "Check DATABASE_URL, and that the database is running."),
    )  # fmt: skip


def newer() -> OutputError:
    """Say that the records were made by a newer version than this."""
    return OutputError(
        Text("Databasen är gjord av en nyare version av Vägvisare.",
             "The records were written by a newer version of Vägvisare."),
        meaning=Text("Den här versionen rör den inte.", "This version leaves them alone."),
        remedy=Text("Uppdatera Vägvisare.", "Update Vägvisare."),
    )  # fmt: skip


def _keep_secret() -> None:
    if os.environ.get("VAGVISARE_SECRET_KEY") or _in_memory():
        return
    settings.SECRET_KEY = keep_secret(settings.RECORDS)


def take_secret() -> None:
    """Use the secret beside the records, made since this process began or lost since they were; draw one if need be."""
    with suppress(OSError):  # a place that cannot be written to keeps the secret drawn for this process
        _keep_secret()


def _in_memory() -> bool:
    return connection.vendor == "sqlite" and embedded() is None


def _plan() -> tuple[str, ...]:
    executor = MigrationExecutor(connection)
    return tuple(f"{m.app_label}.{m.name}" for m, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _patience() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_WAIT])
        cursor.execute("SELECT set_config('statement_timeout', %s, false)", [STATEMENT_LIMIT])


def _ours(executor: MigrationExecutor) -> bool:
    tables = set(connection.introspection.table_names())
    models = executor.loader.project_state().apps.get_models(include_auto_created=True)
    return bool(tables & {model._meta.db_table for model in models})  # noqa: SLF001  Django's documented name


def _replaced(executor: MigrationExecutor) -> set[tuple[str, str]]:
    return {name for migration in executor.loader.replacements.values() for name in migration.replaces}


def _stopped(error: DatabaseError, copied: Path | None) -> OutputError:
    waited = isinstance(error, OperationalError) and connection.vendor == "postgresql"
    copy = Text("", "")
    if copied is not None:
        copy = Text(f"; en kopia från innan ligger i {copied}", f"; a copy from before is in {copied}")
    return OutputError(
        Text(f"Databasen kunde inte uppgraderas ({_first_line(error)}).",
             f"The records could not be upgraded ({_first_line(error)})."),
        meaning=Text(f"Steget som stannade har inte ändrat något{copy.sv}.",
                     f"The step that stopped changed nothing{copy.en}."),
        remedy=Text("Kör vagvisare records upgrade igen när färre arbetar." if waited else
                    "Rätta till det och kör vagvisare records upgrade igen.",
                    "Run vagvisare records upgrade again when fewer are working." if waited else
                    "Mend it and run vagvisare records upgrade again."),
    )  # fmt: skip


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


__all__ = [
    "State",
    "Upgraded",
    "copy_beside",
    "copy_records",
    "embedded",
    "newer",
    "no_answer",
    "prepare",
    "state",
    "take_secret",
    "upgrade",
]
