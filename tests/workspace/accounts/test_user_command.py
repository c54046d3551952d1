"""``vagvisare user``: the first person is let in from the machine itself, and nothing is created in silence."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("processes", Path(__file__).parents[1] / "processes.py")
processes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(processes)


@pytest.fixture
def run(tmp_path):
    records = tmp_path / "arbete" / "records.sqlite3"

    def ran(*words, records=records, **more):
        told = ["-m", "vagvisare", "user", *words, "--records", records]
        clean = {
            k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "VAGVISARE_RECORDS", "VAGVISARE_LANG"}
        }
        return processes.Process(told, clean | more, tmp_path).done()

    ran.records = records
    return ran


def test_the_first_person_is_let_in(run):
    made = run("add", "anna.ek@exempel.se", "--role", "administrator", "--role", "writer:omrade/klimat")
    assert made.returncode == 0, made.stderr
    assert f"Databasen är skapad: {run.records}" in made.stdout
    assert "Engångslänk för Anna Ek" in made.stdout
    assert re.search(r"^http://127\.0\.0\.1:8000/arbete/konto/inbjudan/\?nyckel=[\w-]{40,}$", made.stdout, re.MULTILINE)
    listed = run("list").stdout
    assert "administratör, skribent (omrade/klimat)  [inbjuden]" in listed
    again = run("add", "bo@exempel.se", "--name", "Bo B", "--site", "https://rus.exempel.se/", VAGVISARE_LANG="en")
    assert "are made" not in again.stdout
    assert "One-time link for Bo B" in again.stdout
    assert "https://rus.exempel.se/arbete/" in again.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "ingen adress"), "är ingen e-postadress"),
        (("add", "a@exempel.se", "--site", "rus.exempel.se"), "--site kan inte vara"),
        (("add", "a@exempel.se", "--role", "kung"), "ingen roll som heter ”kung”"),
        (("add", "a@exempel.se", "--name", "a@exempel.se"), "är en adress"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(run, words, told):
    refused = run(*words)
    assert refused.returncode == 2
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not run.records.exists()


@pytest.mark.parametrize("words", [("list",), ("suspend", "a@exempel.se"), ("link", "a@exempel.se")])
def test_asking_creates_nothing(run, words):
    refused = run(*words)
    assert refused.returncode == 2
    assert "vagvisare user add" in refused.stderr
    assert not run.records.exists()


def settings_with(**more):
    told = "from vagvisare.web import settings as s; print(s.SECOND_FACTOR_REQUIRED, s.SOCIALACCOUNT_PROVIDERS)"
    clean = {key: value for key, value in os.environ.items() if not key.startswith("VAGVISARE_")}
    return subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, env=clean | more
    ).stdout


def test_a_second_factor_and_a_provider_are_there_only_when_the_environment_says_so():
    assert settings_with().startswith("False")
    assert "'APPS': []" in settings_with()
    told = settings_with(
        VAGVISARE_SECOND_FACTOR="1",
        VAGVISARE_OIDC_ISSUER="https://inloggning.exempel.se ",
        VAGVISARE_OIDC_CLIENT_ID="rus",
        VAGVISARE_OIDC_NAME="Region Exempel",
    )
    assert told.startswith("True")
    assert "'server_url': 'https://inloggning.exempel.se'" in told
    assert "'name': 'Region Exempel'" in told
    assert "'OAUTH_PKCE_ENABLED': True" in told


@pytest.mark.django_db
def test_suspending_and_linking_go_the_same_way_as_in_the_workspace(person, monkeypatch, capsys):
    from vagvisare.cli import user
    from vagvisare.terms.errors import UnknownError, UserError
    from vagvisare.web.accounts.models import Person
    from vagvisare.web.audit.models import Event

    monkeypatch.setattr(user, "opened", lambda *_told: None)
    admin, known = person("administrator"), person("writer", name="Alva Påhittad")
    user.link(known.email.upper(), unlock=True)
    assert "nyckel=" in capsys.readouterr().out
    user.suspend(known.email, "slutade")
    assert not Person.objects.get(pk=known.pk).is_active
    assert Event.objects.filter(who="system", reason="slutade").count() == 1
    with pytest.raises(UserError, match="enda administratören"):
        user.suspend(admin.email)
    with pytest.raises(UnknownError):
        user.suspend("okand@exempel.se")
    user.listed()
    assert "[avstängd]" in capsys.readouterr().out
