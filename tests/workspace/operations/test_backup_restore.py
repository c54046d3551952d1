"""What is saved comes back, every row of it, into either database; what is damaged does not come back at all."""

import json
import zipfile
from pathlib import Path

import pytest

ALL_ROWS = """
    import json
    from vagvisare.web import backup_form as form
    def shown(column, value):
        return json.dumps(form.plain(column, value), sort_keys=True, ensure_ascii=False)
    for model in form.kept_models():
        columns = form.columns(model)
        for values in model._base_manager.order_by("pk").values_list(*[c.attname for c in columns]):
            print(form.name_of(model), [shown(c, v) for c, v in zip(columns, values)])
"""
WAYS = [(a, b) for a in ("sqlite", "postgresql") for b in ("sqlite", "postgresql")]


@pytest.fixture
def saved(filled):
    """A backup of filled records, made once; nothing changes the records it came from."""

    def made(kind):
        source = filled(kind)
        file = source.folder / "kopia.zip"
        if not file.exists():
            source.anew("backup", file)
        return source, file

    return made


def altered(file, change):
    """Write the parts anew as ``change(name, body)`` returns them (None leaves one out)."""
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    into = file.with_name("skadad.zip")
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for name, body in parts.items():
            changed = change(name, body)
            if changed is not None:
                new.writestr(name, changed)
    return into


def left(folder):
    """What lies in a folder; SQLite's own two files beside its database come and go."""
    found = (p.relative_to(folder).as_posix() for p in folder.rglob("*"))
    return sorted(name for name in found if not name.endswith(("-wal", "-shm")))


@pytest.mark.parametrize(("origin", "target"), WAYS)
def test_every_row_comes_back(saved, empty, origin, target):
    source, file = saved(origin)
    fresh = empty(target)
    done = fresh.vagvisare("restore", file)
    assert done.returncode == 0, done.stderr
    before, after = source.run(ALL_ROWS), fresh.run(ALL_ROWS)
    assert len(before.splitlines()) > 50
    assert after == before
    assert "20 händelser" in done.stdout
    # New rows get new numbers, also where the old ones came with theirs.
    fresh.run("""
        from vagvisare.web.accounts.models import Person
        from vagvisare.web.audit import trail
        Person.objects.create_user("ny@exempel.se", name="Ny Person")
        trail.record("system", "self.change", "person", "9")
        assert trail.verify() is None
    """)


def test_every_table_had_rows_to_compare(saved):
    _, file = saved("sqlite")
    manifest = json.loads(zipfile.ZipFile(file).read("manifest.json"))
    assert [p["name"] for p in manifest["parts"] if p["name"].startswith("records/") and not p["rows"]] == []


def test_secret_and_sessions_are_not_in_it(saved):
    source, file = saved("sqlite")
    secret = (source.file.parent / "records.secret").read_text().strip()
    with zipfile.ZipFile(file) as opened:
        assert not [n for n in opened.namelist() if "session." in n or "secret" in n]
        assert all(secret.encode() not in opened.read(name) for name in opened.namelist())
    assert file.stat().st_mode & 0o077 == 0


def test_papers_of_the_folder_come_along_and_the_folder_is_left_alone(place, empty):
    source = place("sqlite")
    folder = Path(__file__).parents[3] / "strategies" / "orebro"
    file = source.folder / "kopia.zip"
    assert source.vagvisare("backup", file, "--folder", folder).returncode == 0
    fresh = empty("sqlite")
    assert fresh.vagvisare("restore", file).returncode == 0
    for name in ("editions/2018.md", "figures/population.receipt.toml"):
        assert (fresh.folder / "records" / "restored" / name).read_bytes() == (folder / name).read_bytes()


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("a row altered", lambda n, b: b.replace(b"efter", b"EFTER") if n.endswith("audit.event.jsonl") else b),
        ("a part gone", lambda n, b: None if n.endswith("revision.wording.jsonl") else b),
        ("no manifest", lambda n, b: None if n == "manifest.json" else b),
        ("a manifest of something else", lambda n, b: b"[1, 2]" if n == "manifest.json" else b),
    ],
)
def test_a_damaged_backup_is_refused_and_nothing_is_made(saved, empty, what, change):
    _, file = saved("sqlite")
    fresh = empty("sqlite")
    done = fresh.vagvisare("restore", altered(file, change))
    assert done.returncode == 4, what
    assert "Ingenting har återställts" in done.stderr
    assert left(fresh.folder) == []


def test_a_cut_off_file_is_refused(saved, empty):
    _, file = saved("sqlite")
    short = file.with_name("kort.zip")
    short.write_bytes(file.read_bytes()[:-500])
    fresh = empty("sqlite")
    assert fresh.vagvisare("restore", short).returncode == 4
    assert left(fresh.folder) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_forged_trail_is_found_though_every_digest_is_right(saved, empty, kind):
    import hashlib

    _, file = saved("sqlite")
    name = "records/audit.event.jsonl"
    with zipfile.ZipFile(file) as opened:
        forged = opened.read(name).decode().replace("därför", "annars").encode()
        manifest = json.loads(opened.read("manifest.json"))
    for part in manifest["parts"]:
        if part["name"] == name:
            part |= {"sha256": hashlib.sha256(forged).hexdigest(), "size": len(forged)}
    bodies = {name: forged, "manifest.json": json.dumps(manifest).encode()}
    fresh = empty(kind)
    done = fresh.vagvisare("restore", altered(file, bodies.get))
    assert done.returncode == 4
    assert "spåret är brutet vid händelse 1" in done.stderr
    assert not fresh.file.exists()
    assert fresh.vagvisare("records", "state").stdout.startswith("Databasen finns inte")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_records_that_are_there_are_never_written_over(saved, filled, kind):
    _, file = saved("sqlite")
    used = filled(kind)
    before = used.run(ALL_ROWS)
    done = used.vagvisare("restore", file)
    assert done.returncode == 6
    assert used.run(ALL_ROWS) == before


def test_an_older_backup_is_restored_and_brought_up_to_date(saved, empty):
    _, file = saved("sqlite")

    def older(name, body):
        if name != "manifest.json":
            return body
        manifest = json.loads(body)
        manifest["migrations"] = [m for m in manifest["migrations"] if m[1] != "0002_only_added_to"]
        return json.dumps(manifest).encode()

    fresh = empty("sqlite")
    assert fresh.vagvisare("restore", altered(file, older)).returncode == 0
    assert fresh.vagvisare("records", "state").stdout.startswith("Databasen passar")


def test_a_newer_backup_is_left_for_a_newer_program(saved, empty):
    _, file = saved("sqlite")

    def newer(name, body):
        if name != "manifest.json":
            return body
        return json.dumps(json.loads(body) | {"migrations": [["revision", "0099_not_yet"]]}).encode()

    fresh = empty("sqlite")
    done = fresh.vagvisare("restore", altered(file, newer))
    assert done.returncode == 6
    assert "nyare version" in done.stderr
    assert left(fresh.folder) == []


LITTLE_ROOM = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
sys.argv = ["vagvisare", *{words!r}]
from vagvisare.cli import main
main()
"""


@pytest.mark.parametrize("size", [1000, 20_000, 200_000])
def test_a_full_disk_leaves_nothing_half(saved, empty, size):
    import subprocess
    import sys

    source, file = saved("sqlite")
    fresh = empty("sqlite")

    def cramped(place, *words):
        program = LITTLE_ROOM.format(size=size, words=[str(w) for w in words])
        command = [sys.executable, "-c", program]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=place.env, cwd=place.folder)

    kept = left(source.folder)
    saving = cramped(source, "backup", source.folder / "trångt.zip")
    assert saving.returncode == 6, saving.stderr
    assert left(source.folder) == kept
    restoring = cramped(fresh, "restore", file)
    assert restoring.returncode == 6, restoring.stderr
    assert [name for name in left(fresh.folder) if name != "records"] == []


def test_a_backup_does_not_take_another_files_place(place):
    source = place("sqlite")
    file = source.folder / "kopia.zip"
    file.write_text("något annat")
    assert source.vagvisare("backup", file).returncode == 6
    assert file.read_text() == "något annat"
