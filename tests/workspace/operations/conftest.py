"""Records of their own, in SQLite and in PostgreSQL, each used by processes of their own, as in earnest."""

import importlib.util
import os
import runpy
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FILLED = Path(__file__).with_name("filled_records.py")
_number = count(1)
_spec = importlib.util.spec_from_file_location("processes", Path(__file__).parents[1] / "processes.py")
processes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(processes)


@dataclass
class Place:
    """Records somewhere: ``kind`` "sqlite" or "postgresql", and how programs are told where."""

    kind: str
    folder: Path
    url: str = ""
    more: dict = field(default_factory=dict)

    @property
    def file(self):
        return self.folder / "records" / "records.sqlite3"

    @property
    def env(self):
        left = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "VAGVISARE_LANG", "VAGVISARE_STORE")}
        told = {"VAGVISARE_RECORDS": str(self.file), "DJANGO_SETTINGS_MODULE": "vagvisare.web.settings"}
        return left | told | ({"DATABASE_URL": self.url} if self.url else {}) | self.more

    def started(self, *words):
        """Begin a command in a process of its own, and do not wait for it."""
        return processes.Process(["-m", "vagvisare", *words], self.env, self.folder)

    def vagvisare(self, *words):
        return self.started(*words).done()

    def anew(self, *words):
        """Run a command as a person does, with a Python of its own that has read nothing yet."""
        command = [sys.executable, "-m", "vagvisare", *map(str, words)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=self.folder, env=self.env, timeout=120
        )
        assert done.returncode == 0, done.stderr

    def run(self, program):
        """Run a program of ours in a process of its own, with Django opened on these records; return what it said."""
        source = "import django; django.setup()\n" + textwrap.dedent(program)
        return self._said(["-c", source])

    def fill(self):
        """Put rows into every table, and twenty events into the trail."""
        self._said([FILLED])

    def _said(self, words):
        done = processes.Process(words, self.env, self.folder).done()
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def cluster():
    """A URL of PostgreSQL in which databases may be made: the one the tests run on, or one of our own."""
    told = os.environ.get("DATABASE_URL", "")
    if told.startswith("postgres"):
        yield told
        for rows in (0, 1):
            psql(told, f"DROP DATABASE IF EXISTS original_{rows}_{os.getpid()} WITH (FORCE)")
        return
    tool = runpy.run_path(str(ROOT / "tools" / "with_postgres.py"))
    try:
        tool["programs"]()
    except tool["AbsentError"] as absent:
        if os.environ.get("VAGVISARE_REQUIRE_POSTGRES") == "1":
            pytest.fail(str(absent))
        pytest.skip(str(absent))
    with tool["cluster"]() as url:
        yield url


@pytest.fixture
def database(request):
    """Make a database in the cluster, a copy of another where one is named; it is gone when the test is."""

    def made(like=""):
        cluster, name = request.getfixturevalue("cluster"), f"place_{os.getpid()}_{next(_number)}"
        psql(cluster, f"CREATE DATABASE {name}{f' TEMPLATE {like}' if like else ''}")
        request.addfinalizer(lambda: psql(cluster, f"DROP DATABASE {name} WITH (FORCE)"))
        return f"{cluster.rpartition('/')[0]}/{name}"

    return made


@pytest.fixture
def empty(tmp_path, database):
    """Make a place without records: ``empty("sqlite")``."""

    def made(kind):
        folder = tmp_path / f"place{next(_number)}"
        folder.mkdir()
        return Place(kind, folder, url=database() if kind == "postgresql" else "")

    return made


@pytest.fixture(scope="session")
def originals(request, tmp_path_factory):
    """Records made once for each kind of database: without rows, or with rows in every table."""
    made = {}

    def once(kind, *, rows):
        if (kind, rows) not in made:
            url = ""
            if kind == "postgresql":
                cluster, name = request.getfixturevalue("cluster"), f"original_{int(rows)}_{os.getpid()}"
                psql(cluster, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
                psql(cluster, f"CREATE DATABASE {name}")
                url = f"{cluster.rpartition('/')[0]}/{name}"
            place = made[kind, rows] = Place(kind, tmp_path_factory.mktemp("original"), url=url)
            place.anew("records", "upgrade")
            if rows:
                place.fill()
        return made[kind, rows]

    return once


@pytest.fixture
def place(tmp_path, database, originals):
    """Make a place with records in it: ``place("postgresql")``, or with rows in every table: ``rows=True``."""

    def made(kind, *, rows=False):
        original, folder = originals(kind, rows=rows), tmp_path / f"place{next(_number)}"
        shutil.copytree(original.folder, folder)
        url = database(like=original.url.rpartition("/")[2]) if kind == "postgresql" else ""
        return Place(kind, folder, url=url)

    return made


@pytest.fixture
def filled(originals):
    """Records with rows in every table, made once; for tests that change nothing in them."""
    return lambda kind: originals(kind, rows=True)


def psql(url, statement):
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
