"""The records: their state, upgrades, guards, and what SQLite and PostgreSQL are told to see to."""

import os
import sqlite3
import stat

import pytest

both = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])


@both
def test_asking_for_the_state_makes_nothing(empty, kind):
    fresh = empty(kind)
    assert fresh.vagvisare("records", "state").stdout.startswith("Databasen finns inte")
    assert list(fresh.folder.iterdir()) == []
    tables = "from django.db import connection; print(connection.introspection.table_names())"
    if kind == "postgresql":
        assert fresh.run(tables).strip() == "[]"


@both
def test_records_are_made_once_with_a_secret_of_the_owners_own(empty, kind):
    fresh = empty(kind)
    first = fresh.vagvisare("records", "upgrade")
    assert first.returncode == 0, first.stderr
    assert "uppgraderad" in first.stdout
    secret = fresh.file.with_name("records.secret")
    drawn = secret.read_text()
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    again = fresh.vagvisare("records", "upgrade")
    assert again.stdout.startswith("Databasen passade redan")
    assert secret.read_text() == drawn
    if kind == "sqlite":
        assert stat.S_IMODE(fresh.file.stat().st_mode) == 0o600


BACK = """
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    MigrationExecutor(connection).migrate([("revision", "0001_initial")])
"""


@both
def test_records_behind_are_upgraded_and_sqlite_is_copied_first(place, kind):
    used = place(kind)
    used.run(BACK)
    assert "äldre än programmet" in used.vagvisare("records", "state").stdout
    refused = used.vagvisare("trail", "verify")
    assert refused.returncode == 2
    assert "vagvisare records upgrade" in refused.stderr
    done = used.vagvisare("records", "upgrade")
    assert done.returncode == 0, done.stderr
    assert used.vagvisare("records", "state").stdout.startswith("Databasen passar")
    copies = list(used.file.parent.glob("records-before-*.sqlite3"))
    assert len(copies) == (1 if kind == "sqlite" else 0)
    for copy in copies:
        assert str(copy) in done.stdout
        rows = sqlite3.connect(copy).execute("SELECT name FROM django_migrations WHERE app = 'revision'").fetchall()
        assert rows == [("0001_initial",)]
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600


@both
def test_records_ahead_are_left_alone(place, kind):
    used = place(kind)
    used.run("""
        from django.db import connection
        from django.db.migrations.recorder import MigrationRecorder
        MigrationRecorder(connection).record_applied("revision", "0099_not_yet")
    """)
    assert "nyare än programmet" in used.vagvisare("records", "state").stdout
    done = used.vagvisare("records", "upgrade")
    assert done.returncode == 6
    assert "nyare version" in done.stderr


def test_an_upgrade_on_postgresql_gives_way_instead_of_making_everybody_wait(place):
    used = place("postgresql")
    used.run(BACK)
    import psycopg

    with psycopg.connect(used.url) as other:
        other.execute("LOCK TABLE revision_wording IN ROW EXCLUSIVE MODE")
        done = used.vagvisare("records", "upgrade")
    assert done.returncode == 6
    assert "när färre arbetar" in done.stderr
    assert "äldre än programmet" in used.vagvisare("records", "state").stdout


def test_a_database_that_does_not_answer_is_told_in_a_sentence(empty):
    fresh = empty("sqlite")
    fresh.more["DATABASE_URL"] = "postgres://user:hemligt@127.0.0.1:1/none"
    done = fresh.vagvisare("records", "state")
    assert done.returncode == 6
    assert "Databasen svarar inte" in done.stderr
    assert "hemligt" not in done.stderr


def test_a_place_that_is_read_only_is_told_in_a_sentence(empty):
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    fresh = empty("sqlite")
    fresh.folder.chmod(0o500)
    done = fresh.vagvisare("records", "upgrade")
    fresh.folder.chmod(0o700)
    assert done.returncode == 6


@both
def test_two_who_upgrade_at_once_do_no_harm(empty, kind):
    fresh = empty(kind)
    done = [begun.done() for begun in [fresh.started("records", "upgrade") for _ in range(3)]]
    assert {d.returncode for d in done} <= {0, 6}
    assert [d.stderr for d in done if "Traceback" in d.stderr] == []
    assert fresh.vagvisare("records", "upgrade").returncode == 0
    assert fresh.vagvisare("records", "state").stdout.startswith("Databasen passar")


GUARDED = """
    from django.db import DatabaseError, connection, transaction
    from vagvisare.web.audit.immutable import GUARDED
    assert len(GUARDED) == 3
    for table in GUARDED:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            count, = cursor.fetchone()
        assert count, table
        key = "number" if table == "audit_event" else "id"
        tried = [f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"]
        if connection.vendor == "postgresql":
            tried.append(f"TRUNCATE {table} CASCADE")
        for statement in tried:
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement)
            except DatabaseError as error:
                assert "only added to" in str(error), error
            else:
                raise AssertionError(statement)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (count,)
    print("guarded")
"""


@both
def test_the_database_refuses_to_change_what_is_only_added_to(filled, kind):
    assert filled(kind).run(GUARDED).strip() == "guarded"


def test_sqlite_keeps_foreign_keys_writes_ahead_and_waits_its_turn(place):
    said = place("sqlite").run("""
        from django.db import connection
        with connection.cursor() as cursor:
            for name in ("foreign_keys", "journal_mode", "busy_timeout", "synchronous"):
                cursor.execute(f"PRAGMA {name}")
                print(name, *cursor.fetchone())
    """)
    assert said.split("\n")[:4] == ["foreign_keys 1", "journal_mode wal", "busy_timeout 20000", "synchronous 2"]


@both
def test_a_row_that_points_nowhere_is_refused(place, kind):
    said = place(kind).run("""
        from django.db import IntegrityError
        from vagvisare.web.accounts.models import Grant
        try:
            Grant.objects.create(person_id=999, role="reader")
        except IntegrityError:
            print("refused")
    """)
    assert said.strip() == "refused"


def test_a_secret_drawn_by_two_at_once_is_one(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    from vagvisare.web.records import keep_secret

    with ThreadPoolExecutor(8) as pool:
        drawn = set(pool.map(lambda _: keep_secret(tmp_path / "r" / "records.sqlite3"), range(16)))
    assert len(drawn) == 1
    assert [p.name for p in (tmp_path / "r").iterdir()] == ["records.secret"]
