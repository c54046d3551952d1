"""People of every role, signed in, on a fresh database: SQLite, or the PostgreSQL of ``DATABASE_URL``."""

import os
import shutil
from pathlib import Path

import pytest

# A browser's driver keeps a loop running in the test's thread; Django would take our own questions for the loop's.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

FOLDER = Path(__file__).parents[2] / "strategies" / "orebro"
ROLES = ("administrator", "strategist", "writer", "analyst", "process_leader", "partner", "registrar", "reader")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, tmp_path_factory):
    """Keep the records of the tests in a file, as a region's are kept.

    In memory there would be one connection for the test and every thread of its server, and what two of them do at
    once would end up in one transaction.
    """
    from django.conf import settings

    records = settings.DATABASES["default"]
    if records["ENGINE"].endswith("sqlite3"):
        records["TEST"]["NAME"] = str(tmp_path_factory.mktemp("records") / "records.sqlite")
    else:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _server_and_browser_in_one_process():
    """Django's test server asks where its own files lie; we serve ours ourselves and have none of those."""
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "STATIC_URL", "/-/static/")
        patch.setattr(settings, "MEDIA_URL", "/-/media/")
        yield


@pytest.fixture(scope="session", autouse=True)
def _records_can_be_emptied():
    """Between tests on a live server every table is emptied, those the database guards as well."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    from vagvisare.web.audit.immutable import unguarded

    usual = BaseDatabaseOperations.execute_sql_flush

    def emptied(self, sql_list):
        with unguarded(self.connection):
            usual(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", emptied)
        yield


@pytest.fixture(scope="session")
def another_database():
    """Make databases for servers of a test's own: ``another_database(like)`` returns an address.

    On SQLite there is nothing to make and the address is empty; ``like`` is one made earlier, to be copied.
    """
    url, made = os.environ.get("DATABASE_URL", ""), []

    def of(like=""):
        if not url:
            return ""
        import psycopg

        place = url.rpartition("/")[0]
        made.append(f"other_{os.getpid()}_{len(made)}")
        template = f" TEMPLATE {like.rpartition('/')[2]}" if like else ""
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made[-1]}{template}")
        return f"{place}/{made[-1]}"

    return of


@pytest.fixture
def person(db):
    """Make a person: ``person("writer", scope="omrade/klimat")``; names and addresses are made up."""
    from vagvisare.web.accounts.models import Grant, Person

    def made(role="strategist", scope="", name="", email="", language="sv"):
        number = Person.objects.count() + 1
        known = Person.objects.create_user(
            email or f"person{number}@exempel.se", "ett långt lösenord", name=name or f"Påhittad Person {number}"
        )
        known.language = language
        known.save()
        if role:
            Grant.objects.create(person=known, role=role, scope=scope)
        return known

    return made


@pytest.fixture
def signed_in(person):
    """Return a client signed in as a new person of a role, or as the person given."""
    from django.test import Client

    def made(who="strategist", scope=""):
        known = person(who, scope) if isinstance(who, str) else who
        client = Client(headers={"host": "localhost"})
        client.force_login(known)
        client.person = known
        return client

    return made


@pytest.fixture(scope="session")
def region(tmp_path_factory):
    """The region's own folder without old figures, and what it says: read once, copied by whoever writes in it."""
    from vagvisare import strategy_folder

    place = tmp_path_factory.mktemp("region") / "orebro"
    shutil.copytree(FOLDER, place, ignore=shutil.ignore_patterns("vintages", "records"))
    return place, strategy_folder.read(place)
