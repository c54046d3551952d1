"""What a backup looks like: one .zip with a manifest, the records as JSON lines a table, and papers of the folder.

The form knows nothing of the database the rows come from, so what was saved from SQLite can be restored into
PostgreSQL, and the other way around::

    manifest.json                     form, versions, migrations, and rows, bytes and SHA-256 of every other part
    records/<app>.<model>.jsonl       one row a line: an object of columns
    folder/<path>                     sealed editions and receipts of the strategy folder, as they lay
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

FORM = 1
MANIFEST = "manifest.json"
RECORDS, FOLDER = "records/", "folder/"
LEFT_OUT = frozenset(
    [
        "auth.group",
        "auth.group_permissions",
        "auth.permission",
        "contenttypes.contenttype",
        "sessions.session",
        "usersessions.usersession",
        "revision.presence",
    ]
)
"""Made anew by Django, or of the moment only: who is signed in, and who is writing right now."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a backup; ``rows`` is 0 for what is no table."""

    name: str
    sha256: str
    size: int
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. ``trail`` is the last event's number and seal."""

    form: int
    version: str
    made: str
    database: str
    migrations: list[list[str]]
    trail: tuple[int, str]
    parts: list[Part] = field(default_factory=list)

    def text(self) -> str:
        """Return it as it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def read(cls, text: str | bytes) -> Manifest:
        """Read it.

        Raises:
            ValueError, TypeError, KeyError: when it is no manifest.
        """
        plain = json.loads(text)
        number, seal = plain.pop("trail")
        parts = [Part(**part) for part in plain.pop("parts")]
        migrations = [[str(app), str(name)] for app, name in plain.pop("migrations")]
        return cls(**plain, trail=(int(number), str(seal)), parts=parts, migrations=migrations)


def kept_models() -> Iterator[type[models.Model]]:
    """Return every model whose rows are saved, in a fixed order."""
    every = apps.get_models(include_auto_created=True)
    yield from sorted(
        (model for model in every if model._meta.managed and model._meta.label_lower not in LEFT_OUT),  # noqa: SLF001
        key=lambda model: model._meta.label_lower,  # noqa: SLF001  Django's documented name
    )


def name_of(model: type[models.Model]) -> str:
    """Return the name of the part that holds a model's rows."""
    return f"{RECORDS}{model._meta.label_lower}.jsonl"  # noqa: SLF001  Django's documented name


def columns(model: type[models.Model]) -> list[Any]:
    """Return a model's own fields."""
    return list(model._meta.local_concrete_fields)  # noqa: SLF001  Django's documented name


def plain(column: Any, value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if value is None or isinstance(column, models.JSONField) or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def full(column: Any, kept: Any) -> Any:
    """Return what ``plain`` made plain.

    Raises:
        ValueError, django.core.exceptions.ValidationError: when it is no such value.
    """
    if kept is None or isinstance(column, models.JSONField):
        return kept
    if isinstance(column, models.BinaryField):
        return base64.b64decode(kept, validate=True)
    return getattr(column, "target_field", column).to_python(kept)
