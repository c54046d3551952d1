"""The site with a workspace beside it: nothing made in silence, doors that open when there is something behind them."""

import http.client
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "strategies" / "orebro"
ADDRESS = "http://127.0.0.1:"
BACK = """
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    MigrationExecutor(connection).migrate([("revision", "0001_initial")])
"""


@contextmanager
def serving(place, *words):
    """Serve, as a person starts it; the block may ask, and read what the terminal was told."""
    command = [sys.executable, "-m", "vagvisare", *map(str, words)]
    env = place.env | {"PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env, cwd=place.folder
    )
    try:
        told = ""
        for line in running.stdout:
            told += line
            if line.startswith("Vägvisare: ") and ADDRESS in line:
                break
        assert ADDRESS in told, told
        running.told = told
        running.port = int(told.rsplit(ADDRESS, 1)[1].split("/")[0])
        yield running
        running.send_signal(signal.SIGTERM)
        running.told += running.stdout.read()
        assert running.wait(20) == 0, running.told
    finally:
        running.kill()
        running.wait(10)


def ask(server, path, method="GET", body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        return response, response.read().decode()
    finally:
        connection.close()


def free_port():
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def test_serve_makes_nothing_and_says_how_to_begin_and_opens_when_begun(empty):
    fresh = empty("sqlite")
    with serving(fresh, "serve", FOLDER, "--port", free_port()) as server:
        assert ask(server, "/")[0].status == 200
        answer, page = ask(server, "/arbete/register/")
        assert answer.status == 503
        assert answer.headers["Cache-Control"] == "no-store"
        assert "vagvisare user add" in page
        assert list(fresh.folder.iterdir()) == []
        assert fresh.vagvisare("records", "upgrade").returncode == 0
        answer, _ = ask(server, "/arbete/")
        assert answer.status == 302
        assert answer.headers["Location"].startswith("/arbete/konto/login/")
        # What another process signs with, this one signs with as well from now on.
        assert ask(server, "/arbete/konto/login/")[0].status == 200
    assert f"--role administrator --folder {FOLDER}" in server.told


def test_records_behind_or_not_answering_leave_the_public_site_open(place):
    used = place("sqlite")
    used.run(BACK)
    with serving(used, "serve", FOLDER, "--port", free_port()) as server:
        assert ask(server, "/")[0].status == 200
        answer, page = ask(server, "/arbete/")
        assert answer.status == 503
        assert "vagvisare records upgrade" in page
        assert "vagvisare records upgrade" in used.vagvisare("records", "state").stdout
        assert used.vagvisare("records", "upgrade").returncode == 0
        assert ask(server, "/arbete/")[0].status == 302
    assert "records upgrade --folder" in server.told


def test_a_database_that_is_gone_is_told_as_a_page(empty):
    fresh = empty("sqlite")
    fresh.more["DATABASE_URL"] = "postgres://user:hemligt@127.0.0.1:1/none"
    with serving(fresh, "serve", FOLDER, "--port", free_port()) as server:
        assert ask(server, "/")[0].status == 200
        answer, page = ask(server, "/arbete/")
        assert answer.status == 503
        assert "Databasen svarar inte" in page
    assert "hemligt" not in server.told


def test_what_is_sent_is_weighed_and_headers_protect(place):
    used = place("sqlite")
    used.more["VAGVISARE_HTTPS"] = "1"
    with serving(used, "serve", FOLDER, "--port", free_port()) as server:
        answer, _ = ask(server, "/arbete/konto/login/")
        assert "img-src 'self' data:" in answer.headers["Content-Security-Policy"]
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        public, _ = ask(server, "/")
        assert "data:" not in public.headers["Content-Security-Policy"]
        for each in (answer, public):
            assert each.headers["Strict-Transport-Security"] == "max-age=31536000"
            assert each.headers["X-Content-Type-Options"] == "nosniff"
        large, page = ask(server, "/arbete/register/", "POST", b"x" * (27 * 1024 * 1024))
        assert large.status == 413
        assert "25 MB" in page
        allowed, _ = ask(server, "/arbete/register/", "POST", b"x" * (24 * 1024 * 1024))
        assert allowed.status == 403
        public, _ = ask(server, "/", "POST", b"x" * 100_000)
        assert public.status == 405
        assert ask(server, "/")[0].status == 200


def test_without_https_no_browser_is_told_to_insist_on_it_and_a_lost_key_is_drawn_anew(place):
    used = place("sqlite")
    key = used.file.with_name("records.secret")
    key.unlink()
    with serving(used, "serve", FOLDER, "--port", free_port()) as server:
        assert "Strict-Transport-Security" not in ask(server, "/")[0].headers
        assert key.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_demo_is_made_twice_without_harm_and_says_what_it_is(empty):
    fresh = empty("sqlite")
    fresh.more |= {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/theirs", "VAGVISARE_RECORDS": "/nowhere/at/all"}
    before = sorted((p, p.stat().st_mtime_ns) for p in FOLDER.rglob("*"))
    first = fresh.vagvisare("demo", FOLDER, "--out", "ut")
    assert first.returncode == 0, first.stderr
    port = free_port()
    with serving(fresh, "demo", FOLDER, "--out", "ut", "--serve", "--port", port) as server:
        told = [*first.stderr.splitlines(), *server.told.splitlines()]
        passwords = [line.split()[-1] for line in told if "Lösenord" in line]
        assert len(set(passwords)) == 2
        password = passwords[-1]
        answer, page = ask(server, "/arbete/konto/login/")
        assert "Demonstration" in page
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        from urllib.parse import urlencode

        form = urlencode({"csrfmiddlewaretoken": token, "login": "demo@exempel.se", "password": password})
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Referer": f"{ADDRESS}{port}/"}
        signed, _ = ask(server, "/arbete/konto/login/", "POST", form, kind)
        assert signed.status == 302
        session = next(
            v.split(";")[0] for k, v in signed.getheaders() if k == "Set-Cookie" and v.startswith("vagvisare=")
        )
        _, desk = ask(server, "/arbete/", headers={"Cookie": session})
        assert "Demonstration" in desk
        assert "Demo Påhittad" in desk
    assert sorted((p, p.stat().st_mtime_ns) for p in FOLDER.rglob("*")) == before
    fresh.more.pop("DATABASE_URL")
    fresh.more["VAGVISARE_RECORDS"] = str(fresh.folder / "ut" / "workspace" / "records" / "records.sqlite3")
    assert fresh.vagvisare("trail", "verify").returncode == 0
    people = "from vagvisare.web.accounts.models import Person; print(*Person.objects.values_list('email', flat=True))"
    assert fresh.run(people).strip() == "demo@exempel.se"
    # Where real people work there is no demonstration.
    fresh.run("from vagvisare.web.accounts.models import Person; Person.objects.create_user('e@exempel.se', name='E')")
    refused = fresh.vagvisare("demo", FOLDER, "--out", "ut")
    assert refused.returncode == 6
    assert "riktiga personer" in refused.stderr
