"""Everything odd that can be typed or piped: one sentence, a documented exit code, nothing half-written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vagvisare import cli

ROOT = Path(__file__).parents[2]
OREBRO = str(ROOT / "strategies" / "orebro")
COMMAND = f"{sys.executable} -m vagvisare"


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command in this process; return exit code, what it printed and what it said on the side."""

    def runner(*arguments, **environment):
        monkeypatch.setattr("sys.argv", ["vagvisare", *arguments])
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as leaving:
            cli.main()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return leaving.value.code or 0, said.out, said.err

    return runner


@pytest.mark.parametrize(
    ("arguments", "swedish", "english"),
    [
        (("folow-up",), "Kommandot ”folow-up” finns inte.", "There is no command “folow-up”. Did you mean follow-up?"),
        (("check", "x", "--laang"), "Flaggan --laang finns inte.", "There is no option --laang."),
        (("follow-up", OREBRO, "--laang", "sv"), "Menade du --lang?", "Did you mean --lang?"),
        (("explain",), "ID saknas.", "ID is missing."),
        (("new", "x"), "--territory saknas. vagvisare new --help", "--territory is missing. vagvisare new --help"),
        (("check", OREBRO, "a", "b"), "För mycket: a b.", "Too much: a b."),
        (("follow-up", OREBRO, "--as-of"), "--as-of behöver ett värde.", "--as-of needs a value."),
        (("follow-up", OREBRO, "--serve=1"), "--serve tar inget värde.", "--serve takes no value."),
        (("follow-up", OREBRO, "--lang", "xx"), "--lang kan inte vara ”xx”.", "Choose among: sv, en."),
        (("follow-up", OREBRO, "--port", "abc"), "--port kan inte vara ”abc”.", "a whole number from 1 to 65535"),
        (("serve", OREBRO, "--port", "9" * 30), "från 1 till 65535", "from 1 to 65535"),
        (("follow-up", OREBRO, "--out", ""), "--out är tomt.", "--out is empty."),
        (("follow-up", OREBRO, "--as-of", "2022-W24-5"), "inget datum", "is no date"),
        (("follow-up", OREBRO, "--as-of", "9999-12-31"), "har inte varit än", "has not been yet"),
        (("serve", OREBRO, "--as-of", "0001-01-01"), "för länge sedan", "too long ago"),
        (("judge", "x.csv", "--method", "magic"), "Välj bland: default, statcan", "Choose among: default, statcan"),
        (("judge", "x.pdf"), "varken CSV eller XLSX", "neither CSV nor XLSX"),
    ],
)
def test_what_cannot_be_understood_is_said_in_both_languages(run, arguments, swedish, english):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert swedish in err
    code, _, err = run(*arguments, VAGVISARE_LANG="en")
    assert code == 2
    assert english in err


def test_without_a_command_there_is_help(run):
    code, out, err = run()
    assert code == 2
    assert "follow-up" in out
    assert err == ""


@pytest.mark.parametrize(
    "ident", ["", "x", "....", "a.99.TREND.2026-11-21.0", "a.2026-11-21.0", "../../etc/passwd", "a.18.T.2026-13-41.0"]
)
def test_an_id_nobody_made_is_a_sentence(run, ident):
    code, out, err = run("explain", ident, OREBRO)
    assert (code, out) == (5, "")
    assert err.strip().endswith(".")


def test_a_message_cannot_command_the_terminal(run):
    _, _, err = run("explain", "\x1b]0;taken over\x07.18.TREND.2026-11-21.0", OREBRO)
    assert "\x1b" not in err
    assert "\x07" not in err


@pytest.mark.parametrize("inside", ["", "build", "figures", "../orebro", "a/b/../.."])
def test_publications_are_not_written_into_the_strategy(run, tmp_path, inside):
    folder = tmp_path / "orebro"
    shutil.copytree(OREBRO, folder)
    before = sorted(folder.rglob("*"))
    code, _, err = run("follow-up", str(folder), "--out", str(folder / inside))
    assert code == 6
    assert "ligger i strategimappen" in err
    assert sorted(folder.rglob("*")) == before


def test_publications_do_not_replace_what_somebody_else_made(run, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine.txt").write_text("mine")
    code, _, err = run("follow-up", OREBRO, "--out", str(tmp_path))
    assert code == 6
    assert "innehåller redan data/" in err
    assert [p.name for p in tmp_path.rglob("*")] == ["data", "mine.txt"]


def test_a_folder_without_figures_says_so(run, tmp_path):
    folder = tmp_path / "bare"
    folder.mkdir()
    (folder / "editions").mkdir()
    shutil.copy(Path(OREBRO, "strategy.toml"), folder)
    for edition in Path(OREBRO, "editions").iterdir():
        shutil.copy(edition, folder / "editions")
    assert run("check", str(folder))[0] == 0
    for arguments in (("follow-up", str(folder)), ("explain", "a.18.TREND.2022-06-17.0", str(folder))):
        code, _, err = run(*arguments)
        assert code == 4
        assert "inga siffror" in err


def test_our_own_fault_is_owned_without_a_traceback(run, monkeypatch):
    def broken(_path):
        raise ZeroDivisionError("synthetic")

    monkeypatch.setattr("vagvisare.flow.read_folder", broken)
    code, _, err = run("check", OREBRO)
    assert code == 1
    assert "Något gick fel hos oss (ZeroDivisionError: synthetic)" in err
    assert "our side" in run("check", OREBRO, VAGVISARE_LANG="en")[2]


def test_where_it_broke_is_shown_to_who_asks(monkeypatch, capsys):
    def broken(_path):
        raise ZeroDivisionError("synthetic")

    monkeypatch.setattr("vagvisare.flow.read_folder", broken)
    monkeypatch.setattr("sys.argv", ["vagvisare", "check", OREBRO])
    monkeypatch.setenv("VAGVISARE_TRACEBACK", "1")
    with pytest.raises(SystemExit):
        cli.main()
    assert "Traceback" in capsys.readouterr().err


def shell(script, **environment):
    return subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")} | environment,
        timeout=120,
    )


@pytest.mark.parametrize("printing", [f"check {OREBRO}", "--help"])
def test_nobody_reading_is_no_error(printing):
    gone = shell(f"{COMMAND} {printing} | true; exit ${{PIPESTATUS[0]}}")
    assert (gone.returncode, gone.stderr) == (0, "")
    closed = shell(f"{COMMAND} {printing} >&-")
    assert (closed.returncode, closed.stderr) == (0, "")


def test_a_reader_who_leaves_does_not_stop_the_publication(tmp_path):
    done = shell(f"{COMMAND} follow-up {OREBRO} --out {tmp_path}/ut | true; exit ${{PIPESTATUS[0]}}")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ut" / "site" / "index.html").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_behind_the_output_is_said():
    full = shell(f"{COMMAND} check {OREBRO} > /dev/full")
    assert full.returncode == 6
    assert "Traceback" not in full.stderr
    assert full.stderr.count("\n") == 1


def test_letters_survive_a_locale_that_has_none():
    spoken = shell(f"{COMMAND} check {OREBRO}", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert spoken.returncode == 0
    assert "datamängder" in spoken.stdout
