"""Bring saved records back, into an empty place only, whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.utils import DatabaseError

from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text
from vagvisare.web import backup_form as form
from vagvisare.web import upkeep
from vagvisare.web.audit import trail
from vagvisare.web.audit.models import Event
from vagvisare.web.backup_parts import checked, damaged, lines
from vagvisare.web.records import keep_secret

RESTORED = "restored"
"""The folder beside the records where saved papers of the strategy folder are laid; that folder is not touched."""


def restore(source: IO[bytes]) -> form.Manifest:
    """Restore a backup where there are no records yet, bring it up to date, and prove its trail.

    Raises:
        OutputError: when there are records already, the backup is newer than the program, or there is no room.
        FigureError: when the backup is damaged; nothing is written then.
    """
    with zipfile_of(source) as file:
        manifest = checked(file)
        _refuse_newer(manifest)
        papers = papers_place()
        if upkeep.state() is not upkeep.State.ABSENT or papers.exists():
            raise _occupied()
        try:
            with _empty_place():
                _fill(file, manifest)
                _prove(manifest)
                _lay(file, manifest, papers)
        except BaseException as error:
            shutil.rmtree(papers, ignore_errors=True)
            if isinstance(error, DatabaseError | OSError):
                raise _stopped(error) from error
            raise
    keep_secret(settings.RECORDS)
    return manifest


def papers_place() -> Path:
    """Return the folder beside the records where a backup's papers are laid."""
    place: Path = settings.RECORDS.parent / RESTORED
    return place


@contextmanager
def zipfile_of(source: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """Open a backup.

    Raises:
        FigureError: when it is none.
    """
    try:
        file = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, ValueError, EOFError) as error:
        raise damaged(Text("den är ingen säkerhetskopia", "it is no backup")) from error
    with file:
        yield file


@contextmanager
def _empty_place() -> Iterator[None]:
    """Let the block fill a place that becomes the records when it is done, and is nothing when it fails."""
    file = upkeep.embedded()
    if file is None:
        with transaction.atomic():
            yield
        connection.close()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    connection.close()
    connection.settings_dict["NAME"] = half
    try:
        os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield
        connection.close()
        _name(half, file)
    except FileExistsError as error:
        raise _occupied() from error
    finally:
        connection.close()
        connection.settings_dict["NAME"] = file
        for tail in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                half.with_name(half.name + tail).unlink()


def _name(half: Path, file: Path) -> None:
    try:
        os.link(half, file)  # unlike a renaming, this never takes the place of records that came meanwhile
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if file.exists():
            raise FileExistsError(file) from None
        half.rename(file)


def _fill(file: zipfile.ZipFile, manifest: form.Manifest) -> None:
    executor = MigrationExecutor(connection)
    targets = _targets(executor, manifest)
    executor.migrate(targets)
    then = executor.loader.project_state(targets).apps
    with transaction.atomic():
        made = [_insert(file, part, then) for part in manifest.parts if part.name.startswith(form.RECORDS)]
        connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), made):
            cursor.execute(statement)
    call_command("migrate", verbosity=0, interactive=False)


def _targets(executor: MigrationExecutor, manifest: form.Manifest) -> list[tuple[str, str]]:
    """Return the last migration of each app that the backup knew."""
    known = {(app, name) for app, name in manifest.migrations} & set(executor.loader.graph.nodes)
    nodes = executor.loader.graph.node_map
    return sorted(key for key in known if not any(child.key in known and child.key[0] == key[0]
                                                  for child in nodes[key].children))  # fmt: skip


def _insert(file: zipfile.ZipFile, part: form.Part, then: Any) -> type[models.Model]:
    label = part.name.removeprefix(form.RECORDS).removesuffix(".jsonl")
    try:
        model: type[models.Model] = then.get_model(label)
        columns = {column.attname: column for column in form.columns(model)}
        for line in lines(file, part.name):
            row = {name: form.full(columns[name], value) for name, value in json.loads(line).items()}
            model(**row).save_base(raw=True, force_insert=True)
    except (LookupError, ValueError, TypeError, ValidationError) as error:
        raise damaged(Text(f"{part.name} går inte att läsa", f"{part.name} cannot be read")) from error
    return model


def _prove(manifest: form.Manifest) -> None:
    tables = {form.name_of(model): model for model in form.kept_models()}
    for part in manifest.parts:
        if part.name in tables and tables[part.name]._base_manager.count() != part.rows:  # noqa: SLF001  Django's name
            raise damaged(Text(f"{part.name} saknar rader", f"{part.name} lacks rows"))
    broken = trail.verify()
    last = Event.objects.order_by("-number").values_list("number", "seal").first() or (0, "")
    if broken is not None or tuple(last) != tuple(manifest.trail):
        number = broken.number if broken else last[0]
        raise damaged(Text(f"spåret är brutet vid händelse {number}", f"the trail is broken at event {number}"))


def _lay(file: zipfile.ZipFile, manifest: form.Manifest, papers: Path) -> None:
    for part in manifest.parts:
        if part.name.startswith(form.FOLDER):
            place = papers / PurePosixPath(part.name.removeprefix(form.FOLDER))
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read(part.name))


def _refuse_newer(manifest: form.Manifest) -> None:
    known = set(MigrationLoader(None).disk_migrations)
    if manifest.form > form.FORM or any((app, name) not in known for app, name in manifest.migrations):
        raise upkeep.newer()


def _occupied() -> OutputError:
    return OutputError(
        Text("Här finns redan en databas.", "There is a database here already."),
        meaning=Text("Den har inte rörts; en säkerhetskopia återställs bara på en tom plats.",
                     "It was not touched; a backup is restored into an empty place only."),
        remedy=Text("Ange en annan plats med --records, eller en tom databas i DATABASE_URL.",
                    "Name another place with --records, or an empty database in DATABASE_URL."),
    )  # fmt: skip


def _stopped(error: Exception) -> OutputError:
    why = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return OutputError(
        Text(f"Säkerhetskopian kunde inte återställas ({why}).", f"The backup could not be restored ({why})."),
        meaning=Text("Inget har lämnats halvskrivet.", "Nothing was left half-written."),
        remedy=Text("Ge plats eller rätta till det, och försök igen.", "Make room or mend it, and try again."),
    )
