"""Power cuts, full disks, two who seal at once, a database that is away: all or nothing, and a sentence."""

import importlib.util
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("unlucky_program.py")
_spec = importlib.util.spec_from_file_location("processes", Path(__file__).parents[1] / "processes.py")
processes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(processes)
EDITIONS = ["2018", "2021-remiss"]


class Place:
    """Records and a folder somewhere, used by processes of their own."""

    def __init__(self, folder):
        self.folder = folder

    def start(self, *words):
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        told = {
            "VAGVISARE_RECORDS": str(self.folder / "records.sqlite3"),
            "DJANGO_SETTINGS_MODULE": "vagvisare.web.settings",
        }
        return processes.Process([PROGRAM, words[0], self.folder / "orebro", *words[1:]], kept | told)

    def run(self, *words):
        done = self.start(*words).done()
        return (json.loads(done.stdout) if done.returncode == 0 else done.stderr), done.returncode


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    made = {}
    for what in ("prepare", "draft"):
        made[what] = Place(tmp_path_factory.mktemp("original"))
        said, code = made[what].run(what)
        assert code == 0, said
    return made


@pytest.fixture
def place(originals, tmp_path):
    def made(what):
        shutil.copytree(originals[what].folder, tmp_path / "here")
        return Place(tmp_path / "here")

    return made


@pytest.mark.parametrize("point", ["editions", "registers"])
def test_killed_while_taking_in_leaves_nothing_and_can_be_done_again(place, point):
    here = place("prepare")
    before, _ = here.run("tell")
    assert here.run("take-in", point)[1] == -9
    after, _ = here.run("tell")
    assert after == before
    assert (after["heads"], after["entries"], after["editions"]) == (0, 0, [])
    assert here.run("take-in")[1] == 0
    after, _ = here.run("tell")
    assert after["heads"] == 1
    assert set(EDITIONS) <= set(after["editions"])
    assert after["broken"] is None


@pytest.mark.parametrize("point", ["edition kept", "next draft open"])
def test_killed_while_sealing_seals_nothing_and_can_be_done_again(place, point):
    here = place("draft")
    before, _ = here.run("tell")
    assert here.run("seal", point)[1] == -9
    after, _ = here.run("tell")
    assert after == before
    assert ["2030-prov", ""] in after["drafts"]
    assert here.run("seal") == ("sealed", 0)
    after, _ = here.run("tell")
    assert "2030-prov" in after["editions"]
    assert "2030-prov" in after["folder"]
    assert ["2030-prov", "2030-prov"] in after["drafts"]
    assert after["whole"]
    assert after["broken"] is None


def test_killed_while_writing_the_folder_leaves_a_seal_that_stands_and_a_folder_that_reads(place):
    here = place("draft")
    before, _ = here.run("tell")
    assert here.run("seal", "folder")[1] == -9
    after, _ = here.run("tell")
    assert "2030-prov" in after["editions"]
    assert after["folder"] == before["folder"]
    assert after["broken"] is None


def test_a_disk_without_room_for_the_folder_is_told_and_the_seal_stands(place):
    here = place("draft")
    before, _ = here.run("tell")
    said, code = here.run("seal", "no room")
    assert code == 0, said
    assert said.startswith("sealed, "), said
    after, _ = here.run("tell")
    assert "2030-prov" in after["editions"]
    assert after["folder"] == before["folder"]
    assert after["broken"] is None


def test_of_two_who_seal_at_once_one_is_refused_and_of_one_who_takes_in_meanwhile_nothing_is_lost(place):
    here = place("draft")
    begun = [here.start("seal"), here.start("seal"), here.start("take-in")]
    done = [process.done() for process in begun]
    assert [each.returncode for each in done] == [0, 0, 0], done
    assert sorted(json.loads(each.stdout) for each in done[:2]) == ["refused: SealedDraftError", "sealed"]
    after, _ = here.run("tell")
    assert after["editions"].count("2030-prov") == 1
    assert len(after["drafts"]) == 2
    assert after["whole"]
    assert after["broken"] is None


# The database away


@pytest.fixture
def away(monkeypatch):
    """Make the database answer nothing from now on, as when it is locked, full or gone."""
    from django.db import OperationalError
    from django.db.backends.utils import CursorWrapper

    def now(why="database is locked"):
        def execute(*_told, **_more):
            raise OperationalError(why)

        monkeypatch.setattr(CursorWrapper, "execute", execute)

    return now


@pytest.mark.django_db
@pytest.mark.parametrize(
    "why", ["database is locked", "database or disk is full", "server closed the connection unexpectedly"]
)
def test_a_database_that_is_away_is_a_sentence_and_no_traceback(world, signed_in, away, monkeypatch, why, caplog):
    client = signed_in(world.strategist)
    client.raise_request_exception = False
    away(why)
    for path in ("/arbete/", "/arbete/utkast/", "/arbete/register/evidence/"):
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert "Databasen svarar inte" in answer.content.decode()
        assert why not in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
    path = f"/arbete/utkast/2030/nod/{world.node.uid}/spara/"
    answer = client.post(path, {"text": "x", "base": 2, "ticket": "t"}, headers={"accept": "application/json"})
    assert answer.status_code == 503
    told = [record for record in caplog.records if record.name.startswith("vagvisare")]
    assert told
    assert all(record.levelname == "WARNING" and record.exc_info is None for record in told)
    monkeypatch.undo()
    assert client.get("/arbete/utkast/").status_code == 200


@pytest.mark.django_db
def test_a_database_that_goes_away_in_the_middle_is_a_sentence_too(world, signed_in, monkeypatch):
    from django.db import OperationalError

    from vagvisare.web.revision.writing import wordings

    def gone(*_told, **_more):
        raise OperationalError("disk I/O error")

    client = signed_in(world.strategist)
    client.raise_request_exception = False
    monkeypatch.setattr(wordings, "write", gone)
    path = f"/arbete/utkast/2030/nod/{world.node.uid}/spara/"
    answer = client.post(path, {"text": "Plantera sälg.", "base": 2, "ticket": "t"})
    assert answer.status_code == 503
    world.node.refresh_from_db()
    assert world.node.text == "Plantera lind."


@pytest.mark.django_db
def test_our_own_mistakes_are_still_ours(world, signed_in, monkeypatch):
    from vagvisare.web.revision.writing import wordings

    def broken(*_told, **_more):
        raise RuntimeError("prov")

    client = signed_in(world.strategist)
    client.raise_request_exception = False
    monkeypatch.setattr(wordings, "write", broken)
    path = f"/arbete/utkast/2030/nod/{world.node.uid}/spara/"
    assert client.post(path, {"text": "Plantera sälg.", "base": 2, "ticket": "t"}).status_code == 500


@pytest.mark.django_db
@pytest.mark.parametrize("error", ["DataError", "OverflowError", "UnicodeEncodeError"])
def test_what_the_records_cannot_hold_is_a_sentence(world, signed_in, monkeypatch, error):
    from django.db import DataError

    from vagvisare.web.revision.writing import wordings

    made = {"DataError": DataError("NUL"), "OverflowError": OverflowError("x"),
            "UnicodeEncodeError": UnicodeEncodeError("utf-8", "\ud800", 0, 1, "x")}[error]  # fmt: skip

    def refuse(*_told, **_more):
        raise made

    monkeypatch.setattr(wordings, "write", refuse)
    path = f"/arbete/utkast/2030/nod/{world.node.uid}/spara/"
    client, told = signed_in(world.strategist), {"text": "Plantera sälg.", "base": 2, "ticket": "t"}
    answer = client.post(path, told)
    assert answer.status_code == 400
    assert "går inte att spara" in answer.content.decode()
    answer = client.post(path, told, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert "går inte att spara" in answer.json()["error"]


@pytest.mark.django_db
def test_half_a_character_in_what_a_script_sends_is_a_sentence(world, signed_in):
    client = signed_in(world.strategist)
    body = '{"address": ["omrade/omrade-1"], "text": "a\\ud800b", "because": []}'
    answer = client.post("/arbete/utkast/2030/andringar/skal/", body, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.django_db
def test_a_clock_that_goes_back_does_not_break_the_trail(monkeypatch):
    from vagvisare.web.audit import trail

    class Clock(datetime):
        """Goes backwards, a year at a time."""

        year_now = 2026

        @classmethod
        def now(cls, tz=None):
            cls.year_now -= 1
            return datetime(cls.year_now, 3, 29, 2, 30, tzinfo=tz or UTC)

    monkeypatch.setattr(trail, "datetime", Clock)
    for number in range(3):
        trail.record("prov", "self.change", "person", str(number))
    assert trail.verify() is None


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ['"abcdefgh\\000ijkl"', "x" * 3000, '"\\377\\376abcdefgh"', "=;=;vagvisare=;"])
def test_a_cookie_that_is_none_of_ours_signs_nobody_in(client, cookie):
    client.raise_request_exception = False
    answer = client.get("/arbete/", headers={"host": "localhost", "cookie": f"vagvisare={cookie}"})
    assert answer.status_code in {302, 400}
