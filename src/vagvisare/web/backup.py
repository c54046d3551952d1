"""Save the records, as they are at one moment, while others go on working."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from django.db import connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import DatabaseError

from vagvisare.web import backup_form as form
from vagvisare.web import upkeep
from vagvisare.web.audit.models import Event

_BATCH = 500
_SNAPSHOT = "snapshot"


def back_up(out: IO[bytes], papers: Iterable[tuple[str, bytes]] = ()) -> form.Manifest:
    """Write a backup of the records into a file that is open for writing, and return its manifest.

    Args:
        out: where it is written; whoever opened it sees to that it appears whole or not at all.
        papers: files of the strategy folder to save beside the records: path in the folder, and bytes.

    Raises:
        OutputError: when the database does not answer.
        OSError: when there is no room.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        try:
            with _one_moment() as alias:
                manifest = _head(alias)
                manifest.parts.extend(_table(file, alias, model) for model in form.kept_models())
        except DatabaseError as error:
            raise upkeep.no_answer(error) from error
        manifest.parts.extend(_paper(file, path, body) for path, body in papers)
        file.writestr(form.MANIFEST, manifest.text())
    return manifest


@contextmanager
def _one_moment() -> Iterator[str]:
    """Let the block read the records as they are at one moment; it gets the connection to read from."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection.alias
        return
    file = upkeep.embedded()
    if file is None:
        raise ValueError(connection.settings_dict["NAME"])
    # A read that lasted as long as the saving would keep writers waiting; a copy is made in moments.
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder:
        copy = Path(folder) / file.name
        upkeep.copy_records(file, copy)
        with _also_connected(copy):
            yield _SNAPSHOT


@contextmanager
def _also_connected(file: Path) -> Iterator[None]:
    connections.settings[_SNAPSHOT] = deepcopy(connection.settings_dict) | {"NAME": file, "OPTIONS": {}}
    try:
        yield
    finally:
        connections[_SNAPSHOT].close()
        del connections[_SNAPSHOT], connections.settings[_SNAPSHOT]


def _head(alias: str) -> form.Manifest:
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    last = Event.objects.using(alias).order_by("-number").values_list("number", "seal").first()
    return form.Manifest(
        form=form.FORM,
        version=version("vagvisare"),
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=sorted([app, name] for app, name in applied),
        trail=(0, "") if last is None else last,
    )


def _table(file: zipfile.ZipFile, alias: str, model: type[models.Model]) -> form.Part:
    name = form.name_of(model)
    columns = form.columns(model)
    digest, size, rows = hashlib.sha256(), 0, 0
    with file.open(name, "w", force_zip64=True) as part:
        for row in _rows(alias, model, columns):
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            part.write(line)
            digest.update(line)
            size, rows = size + len(line), rows + 1
    return form.Part(name, digest.hexdigest(), size, rows)


def _rows(alias: str, model: type[models.Model], columns: list[Any]) -> Iterator[dict[str, Any]]:
    names = [column.attname for column in columns]
    found = model._base_manager.using(alias).order_by("pk").values_list(*names)  # noqa: SLF001  Django's documented name
    for values in found.iterator(_BATCH):
        yield {name: form.plain(column, value) for name, column, value in zip(names, columns, values, strict=True)}


def _paper(file: zipfile.ZipFile, path: str, body: bytes) -> form.Part:
    name = f"{form.FOLDER}{path}"
    file.writestr(name, body)
    return form.Part(name, hashlib.sha256(body).hexdigest(), len(body))
