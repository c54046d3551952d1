"""What stands in indicators.toml stays byte for byte, whatever happens: two at once, a kill, a full disk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import tomllib
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vagvisare.assessment.definition import Collection, Direction, Indicator
from vagvisare.sources.query import Dataset, Dimension, Query, Role, Scheme
from vagvisare.strategy_folder import appending, read
from vagvisare.terms.errors import FolderError, OutputError
from vagvisare.terms.language import Text


def indicator(key="prov", title="Påhittat"):
    return Indicator(
        key, key, Text(title, title), Text("måttet", "the measure"), "percent", Direction.NEUTRAL, Collection.REGISTER,
        Text("Påhittad.", "Made up."),
    )  # fmt: skip


def dataset(key="prov", title="Påhittat"):
    places = Dimension("municipality", Role.TERRITORY, ("@nation",), scheme=Scheme.KOLADA)
    query = Query("N00001", (places, Dimension("year", Role.PERIOD)))
    return Dataset(key, "kolada", title, "Ingen", "percent", (query,))


def text(key="prov", title="Påhittat"):
    return appending.text_of(indicator(key, title), dataset(key, title))


def added(folder, own):
    with appending.alone(folder):
        return appending.append(folder, own)


def test_a_first_indicator_makes_the_file(folder):
    assert added(folder, text()) == 1
    assert [each.key for each in read(folder).indicators] == ["prov"]


@pytest.mark.parametrize("end", ["\n", "", "\n\n", "\n# sist en kommentar utan radslut"])
def test_comments_and_everything_before_stay_byte_for_byte(folder, end):
    file = folder / "indicators.toml"
    before = ("# Vår egen ordning!\n\n" + text("egen").replace("\n", "\r\n").strip() + end).encode()
    file.write_bytes(before)
    line = added(folder, text())
    after = file.read_bytes()
    assert after.startswith(before)
    assert after.decode().split("\n")[line - 1] == "[[indicator]]"
    assert [each.key for each in read(folder).indicators] == ["egen", "prov"]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_any_words_come_back_as_they_were(folder, title):
    (folder / "indicators.toml").unlink(missing_ok=True)
    added(folder, text("egen"))
    before = (folder / "indicators.toml").read_bytes()
    added(folder, text(title=title))
    assert (folder / "indicators.toml").read_bytes().startswith(before)
    assert read(folder).indicators[1].title.sv == title


def test_what_would_spoil_the_folder_is_not_written(folder):
    file = folder / "indicators.toml"
    file.write_text("indicator = []\n")
    with pytest.raises(FolderError) as raised:
        added(folder, text())
    assert str(folder) in str(raised.value)
    assert file.read_text() == "indicator = []\n"
    file.write_text(text())
    with pytest.raises(FolderError):
        added(folder, text())
    assert file.read_text() == text()
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_two_at_once_both_get_their_place(folder):
    keys = [f"prov_{number}" for number in range(8)]
    threads = [threading.Thread(target=added, args=(folder, text(key))) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.key for each in read(folder).indicators) == keys


def test_somebody_who_does_not_let_go_is_told_of(folder, monkeypatch):
    monkeypatch.setattr(appending, "PATIENCE", 0.1)
    with appending.alone(folder), pytest.raises(OutputError, match="Någon annan skriver"), appending.alone(folder):
        pass


def test_a_change_by_somebody_who_takes_no_lock_is_not_overwritten(folder, monkeypatch):
    file = folder / "indicators.toml"
    file.write_text(text("egen"))
    checked = appending._checked

    def edited_meanwhile(path, after):
        checked(path, after)
        file.write_text(text("annan"))

    monkeypatch.setattr(appending, "_checked", edited_meanwhile)
    with pytest.raises(OutputError, match="ändrades av någon annan"):
        added(folder, text())
    assert file.read_text() == text("annan")


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_disk_that_refuses_leaves_the_file_as_it_was(folder, monkeypatch, failing):
    file = folder / "indicators.toml"
    file.write_text(text("egen"))

    def refuse(*_):
        raise OSError(28, "No space left on device")

    if failing == "fsync":
        monkeypatch.setattr(os, "fsync", refuse)
    else:
        monkeypatch.setattr(type(file), "replace", refuse)
    with pytest.raises(OutputError, match="No space left"):
        added(folder, text())
    assert file.read_text() == text("egen")
    assert sorted(path.name for path in folder.iterdir()) == ["editions", "indicators.toml", "strategy.toml"]


KILLED = """
import os, signal, sys
from pathlib import Path
from vagvisare.strategy_folder import appending
folder, own = Path(sys.argv[1]), Path(sys.argv[2]).read_text()
real = {"before": os.fsync, "after": Path.replace}
def kill(*arguments):
    if sys.argv[3] == "after":
        real["after"](*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[3] == "before":
    os.fsync = kill
else:
    Path.replace = kill
with appending.alone(folder):
    appending.append(folder, own)
"""


@pytest.mark.parametrize(("moment", "keys"), [("before", ["egen"]), ("after", ["egen", "prov"])])
def test_a_kill_leaves_the_old_file_or_the_new(folder, tmp_path, moment, keys):
    (folder / "indicators.toml").write_text(text("egen"))
    own = tmp_path / "own.toml"
    own.write_text(text())
    done = subprocess.run([sys.executable, "-c", KILLED, folder, own, moment], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert [each.key for each in read(folder).indicators] == keys
    added(folder, text("nasta"))
    assert [each.key for each in read(folder).indicators] == [*keys, "nasta"]


def test_what_was_added_can_be_exchanged_as_long_as_nobody_has_touched_it(folder):
    added(folder, text("egen"))
    added(folder, text())
    added(folder, text("sist"))
    new = appending.text_of(replace(indicator(), plural=True), dataset())
    with appending.alone(folder):
        assert appending.exchange(folder, text(), new)
    told = tomllib.loads((folder / "indicators.toml").read_text())["indicator"]
    assert [(each["key"], each.get("plural", False)) for each in told] == [
        ("egen", False), ("prov", True), ("sist", False),
    ]  # fmt: skip
    before = (folder / "indicators.toml").read_bytes()
    with appending.alone(folder):
        assert not appending.exchange(folder, text(), new)
    assert (folder / "indicators.toml").read_bytes() == before


def test_a_link_inside_the_folder_is_followed_and_kept(folder):
    (folder / "kept").mkdir()
    (folder / "kept" / "indicators.toml").write_text(text("egen"))
    (folder / "indicators.toml").symlink_to("kept/indicators.toml")
    added(folder, text())
    assert (folder / "indicators.toml").is_symlink()
    assert [each.key for each in read(folder).indicators] == ["egen", "prov"]
