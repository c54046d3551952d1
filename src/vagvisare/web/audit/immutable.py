"""Tables that are only ever added to: the database itself refuses to change or remove what stands in them.

Whoever can open the database can take the guard away; that is what the trail's chain is for. The guard is against our
own mistakes: a careless query, a library that tidies, a hand at a prompt.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.operations.base import Operation

REFUSAL = "only added to: a row here is never changed or removed"
GUARDED = ("audit_event", "strategy_sealededition", "revision_wording")
"""Every table that is guarded."""

_FUNCTION = "vagvisare_refuse"


def guard(connection: Any, table: str) -> None:
    """Make the database refuse every UPDATE and DELETE (and TRUNCATE) of a table."""
    _run(connection, _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE, table)


def unguard(connection: Any, table: str) -> None:
    """Take the guard away."""
    _run(connection, _POSTGRESQL_OFF if connection.vendor == "postgresql" else _SQLITE_OFF, table)


@contextmanager
def unguarded(connection: Any) -> Iterator[None]:
    """Let the tables be emptied within the block; for tests, which empty the whole database between them."""
    there = [table for table in connection.introspection.table_names() if table in GUARDED]
    for table in there:
        unguard(connection, table)
    try:
        yield
    finally:
        for table in there:
            guard(connection, table)


class Guard(Operation):
    """A migration's step that guards a table."""

    reversible = True
    reduces_to_sql = False

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return what makes the step anew."""
        return self.__class__.__name__, [self.table], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing that models know of."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Put the guard up."""
        del app_label, from_state, to_state
        guard(schema_editor.connection, self.table)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the guard away."""
        del app_label, from_state, to_state
        unguard(schema_editor.connection, self.table)

    def describe(self) -> str:
        """Say what the step does."""
        return f"Refuse changes of {self.table}"


_SQLITE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
)
_SQLITE_OFF = ("DROP TRIGGER IF EXISTS {table}_no_update", "DROP TRIGGER IF EXISTS {table}_no_delete")
_POSTGRESQL = (
    (
        "CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%: {refusal}', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    ),
    "CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
    "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
)
_POSTGRESQL_OFF = (
    "DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
    "DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
)


def _run(connection: Any, statements: tuple[str, ...], table: str) -> None:
    if table not in GUARDED:
        raise ValueError(table)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(table=table, refusal=REFUSAL, function=_FUNCTION))
