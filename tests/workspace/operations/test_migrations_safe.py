"""Migrations that may be run while people work: what is added is harmless, what takes away is not let in."""

import pytest
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from vagvisare.web.audit.immutable import Guard

OURS = ("audit", "accounts", "registers", "strategy", "revision")


def unsafe(migration):
    """Say what in a migration could lose something, lock a used table for long, or break the program now running."""
    first = migration.name == "0001_initial"
    for step in migration.operations:
        name = type(step).__name__
        if isinstance(
            step, migrations.CreateModel | Guard | migrations.AlterModelOptions | migrations.AlterModelManagers
        ):
            continue
        if isinstance(step, migrations.AddField):
            has_default = step.field.null or step.field.db_default is not models.NOT_PROVIDED or first
            if not has_default and not isinstance(step.field, models.ManyToManyField):
                yield f"{name} {step.name}: a running program knows nothing of it; give it null=True or db_default"
        elif isinstance(step, migrations.AddIndex | migrations.AddConstraint):
            if not first:
                yield f"{name}: locks a used table while it is built; use the concurrent form, or a new table"
        elif isinstance(step, migrations.RunPython):
            yield f"{name}: rows are moved by a command, in batches, not while tables are locked"
        else:
            yield f"{name}: takes away or changes what a running program uses"


def ours():
    loader = MigrationLoader(None)
    return [m for (app, _), m in sorted(loader.disk_migrations.items()) if app in OURS]


@pytest.mark.parametrize("migration", ours(), ids=str)
def test_a_migration_only_adds(migration):
    assert list(unsafe(migration)) == []


def test_there_are_migrations_for_every_app():
    assert {m.app_label for m in ours()} == set(OURS)


@pytest.mark.parametrize(
    "step",
    [
        migrations.RemoveField("wording", "text"),
        migrations.DeleteModel("Wording"),
        migrations.RenameField("wording", "text", "words"),
        migrations.AlterField("wording", "text", models.CharField(max_length=10)),
        migrations.AddField("wording", "more", models.TextField(default="")),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.RunSQL("DELETE FROM revision_wording"),
        migrations.AddIndex("wording", models.Index(fields=["by"], name="wording_by")),
    ],
    ids=lambda step: type(step).__name__,
)
def test_what_is_not_safe_is_seen(step):
    made = migrations.Migration("0009_made_up", "revision")
    made.operations = [step]
    assert len(list(unsafe(made))) == 1


@pytest.mark.django_db
def test_models_and_migrations_agree(capsys):
    try:
        call_command("makemigrations", *OURS, check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)
