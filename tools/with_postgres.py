"""Run a command beside a PostgreSQL of its own: ``python tools/with_postgres.py pytest tests/workspace``.

A cluster is made in a temporary folder, ``DATABASE_URL`` is set, the command is run, and the cluster is taken away. It
is made for tests: nothing is waited for to reach the disk. Without PostgreSQL the command is not run, which is said
plainly and is no failure, unless ``VAGVISARE_REQUIRE_POSTGRES=1``.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

DATABASE = "vagvisare"
ABSENT = "NO POSTGRESQL HERE: what is shown on PostgreSQL is not shown. Debian: apt-get install postgresql."
_SETTINGS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=120", "listen_addresses=")


class AbsentError(Exception):
    """There is no PostgreSQL on this machine."""


def programs() -> Path:
    """Return the folder of PostgreSQL's programs.

    Raises:
        AbsentError: when there is none.
    """
    told = shutil.which("pg_config")
    places = []
    if told:
        asked = subprocess.run([told, "--bindir"], capture_output=True, text=True, check=False)  # noqa: S603 found above
        places.append(Path(asked.stdout.strip()))
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        places.append(Path(found).parent)
    for place in places:
        if all((place / name).exists() for name in ("initdb", "pg_ctl", "postgres", "psql")):
            return place
    raise AbsentError(ABSENT)


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Start a cluster with an empty database in it; the block gets the database's URL.

    ``durable`` lets it wait for the disk as a real one does, for measurements.

    Raises:
        AbsentError: when there is no PostgreSQL.
        RuntimeError: when it does not start; its own words are told.
    """
    place = programs()
    # The path of a socket has room for about a hundred signs, so the folder stands near the root.
    folder = Path(tempfile.mkdtemp(prefix="vv-pg-", dir="/tmp"))
    owner = _owner()
    if owner:
        shutil.chown(folder, owner)
    data, log = folder / "data", folder / "log"
    try:
        _run(owner, place / "initdb", "-D", data, "-U", DATABASE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        chosen = _SETTINGS[-2:] if durable else _SETTINGS
        settings = " ".join(f"-c {setting}" for setting in (*chosen, f"unix_socket_directories={folder}"))
        _run(owner, place / "pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", settings, "start")
        try:
            _run(owner, place / "psql", "-h", folder, "-U", DATABASE, "-d", "postgres", "-qc",
                 f"CREATE DATABASE {DATABASE}")  # fmt: skip
            yield f"postgres://{DATABASE}@{quote(str(folder), safe='')}/{DATABASE}"
        finally:
            _run(owner, place / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> str:
    """PostgreSQL refuses to run as root: return whom it runs as instead, or an empty text for ourselves."""
    if os.geteuid() != 0:
        return ""
    known = {each.pw_name for each in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), "")


def _run(owner: str, *command: str | Path) -> None:
    words = [str(word) for word in command]
    # pg_ctl leaves a server behind that keeps our pipes open: its words go to a file instead.
    with tempfile.TemporaryFile() as told:
        done = subprocess.run(  # noqa: S603  our own fixed commands
            words, stdin=subprocess.DEVNULL, stdout=told, stderr=told, check=False, timeout=120,
            user=owner or None, group=_group(owner), extra_groups=[] if owner else None, cwd="/",
        )  # fmt: skip
        if done.returncode:
            told.seek(0)
            raise RuntimeError(f"{Path(words[0]).name}: {told.read().decode(errors='replace').strip()}")


def _group(owner: str) -> int | None:
    return pwd.getpwnam(owner).pw_gid if owner else None


def main() -> int:
    """Run the command given, and return its exit code."""
    command = sys.argv[1:]
    if not command:
        print(__doc__)
        return 2
    try:
        with cluster() as url:
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode  # noqa: S603
    except AbsentError as absent:
        print(absent)
        return int(os.environ.get("VAGVISARE_REQUIRE_POSTGRES") == "1")


if __name__ == "__main__":
    sys.exit(main())
