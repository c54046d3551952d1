"""``vagvisare indicator``: what a person types, and what they are told; against servers of our own."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from vagvisare.flow import live, searching
from vagvisare.sources.query import Standing
from vagvisare.strategy_folder import read

_replies = sys.modules.setdefault("replies", ModuleType("replies"))
_replies.__path__ = [str(Path(__file__).parents[1] / "replies")]


@pytest.fixture
def folder(tmp_path):
    from replies.defining_world import small_folder

    return small_folder(tmp_path / "strategi")


@pytest.fixture
def serve(monkeypatch):
    """Return a function that serves a made-up Kolada or SCB, or nobody, until the test is over."""
    from replies.defining_world import served

    with contextlib.ExitStack() as servers:

        def start(**fakes):
            for name, url in servers.enter_context(served(**fakes)).items():
                monkeypatch.setenv(name, url)

        yield start


@pytest.fixture
def sources(serve, monkeypatch):
    from replies.defining_world import made_up_kolada, made_up_scb

    monkeypatch.setattr("vagvisare.sources.kolada.catalogue.today", lambda: date(2026, 11, 22))
    kolada, scb = made_up_kolada(), made_up_scb()
    serve(kolada=kolada, scb=scb)
    return kolada, scb


def found(command, *arguments, **how):
    code, out, _ = command("indicator", "find", *arguments, "--json", **how)
    assert code == 0
    return json.loads(out)


# Searching


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["behörighet"], "kolada:N15428"),
        (["behöriga", "yrkesprogram"], "kolada:N15428"),
        (["BEHÖRIGHETEN"], "kolada:N15428"),
        (["förskola"], "kolada:N11800"),
        (["förskolor"], "kolada:N11800"),
        (["växthusgaser"], "kolada:N07702"),
        (["växthusgasutsläpp"], "kolada:N07702"),
        (["arbetslöshet", "ungdomar"], "kolada:N03942"),
        (["unga", "arbetslösa"], "kolada:N03942"),
        (["invandrare", "jobb"], "kolada:N02268"),
        (["ohälsotal"], "kolada:N00957"),
        (["N15428"], "kolada:N15428"),
    ],
)
def test_everyday_words_find_what_a_person_means(command, words, wanted):
    hits = [hit["id"] for hit in found(command, *words, "--offline", "--limit", "8")["hits"]]
    assert wanted in hits


def test_what_is_no_longer_kept_up_comes_after_what_is(command):
    titles = [hit["title"] for hit in found(command, "behörighet", "--offline", "--limit", "100")["hits"]]
    closed = [bool(re.search(r"\(-\d{4}\)$", title)) for title in titles]
    assert any(closed)
    assert closed == sorted(closed)


def test_live_hits_go_before_the_list_and_scb_stands_beside(command, sources):
    told = found(command, "behöriga", "yrkesprogram")
    assert told["unheard"] == {}
    first = told["hits"][0]
    assert (first["id"], first["from_bundled_list"], first["next_release"]) == ("kolada:N15428", False, "2027-10-01")
    scb = found(command, "utbildning", "befolkning", "--source", "scb")["hits"]
    assert [(hit["id"], hit["last"], hit["by_sex"]) for hit in scb] == [("scb:TAB5956", "2025", True)]
    assert scb[0]["covers"]["sv"] == "regioner"


def test_without_a_network_the_list_is_shown_and_one_sentence_a_source_says_why(command, serve):
    serve()
    code, out, err = command("indicator", "find", "behörighet")
    assert code == 0
    assert "kolada:N15428" in out
    lines = err.strip().splitlines()
    assert [line.split(" just nu:")[0] for line in lines] == ["Ingen sökning hos kolada", "Ingen sökning hos scb"]
    code, out, err = command("indicator", "find", "behörighet", lang="en")
    assert "No search at scb just now" in err


def test_offline_asks_nobody(command, monkeypatch):
    def asked(*_, **__):
        raise AssertionError

    monkeypatch.setattr(searching, "open_wire", asked)
    code, out, err = command("indicator", "find", "behörighet", "--offline")
    assert (code, err) == (0, "")
    assert "kolada:N15428" in out


@pytest.mark.parametrize(("words", "better"), [("bredbnad", "bredband"), ("växthusgsaer", "växthusgaser")])
def test_a_misspelt_word_gets_others_that_have_hits(command, words, better):
    told = found(command, words, "--offline")
    assert told["hits"] == []
    assert better in [each["words"] for each in told["suggestions"]]
    assert all(each["hits"] > 0 for each in told["suggestions"])
    _, out, _ = command("indicator", "find", words, "--offline")
    assert "Prova: ”" in out


def test_nothing_at_all_says_what_to_do(command):
    for lang, said in (("sv", "--source eurostat (engelska ord)"), ("en", "--source eurostat (English words)")):
        code, out, _ = command("indicator", "find", "qqqqqq", "--offline", lang=lang)
        assert code == 0
        assert said in " ".join(out.split())


@pytest.mark.parametrize("columns", [44, 60, 90, 100])
def test_the_table_keeps_within_the_terminal_and_never_breaks_an_id(command, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    _, out, _ = command("indicator", "find", "arbetslöshet", "ungdomar", "--offline", "--limit", "40")
    assert max(map(len, out.splitlines())) <= columns
    assert "kolada:N03942" in out
    assert ("─" in out) == (columns >= 84)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x", "--source", "koloda"], "Menade du ”kolada”?"),
        (["x", "--limit", "0"], "--limit kan inte vara ”0”."),
        (["x", "--limit", "tio"], "heltal"),
        (["  "], "inga ord"),
        (["x", "--lang", "no"], "--lang kan inte vara"),
    ],
)
def test_a_mistake_in_a_search_is_a_sentence(command, arguments, said):
    code, _, err = command("indicator", "find", *arguments, "--offline")
    assert code in {2, 5}
    assert said in err


def test_a_source_that_answers_rubbish_spoils_nothing(command, serve, monkeypatch):
    from replies.server import LocalServer, Response

    with LocalServer(lambda _: Response(200, b"<!doctype html><p>Stoppad", "text/html")) as server:
        for name in ("KOLADA", "SCB"):
            monkeypatch.setenv(f"VAGVISARE_SOURCE_{name}_URL", server.url)
        code, out, err = command("indicator", "find", "behörighet")
    assert code == 0
    assert "kolada:N15428" in out
    assert err.count("Ingen sökning hos") == 2


# Adding


def test_an_indicator_is_added_fetched_checked_and_followed_up(command, folder, sources):
    code, out, _ = command(
        "indicator", "add", folder, "kolada:N15428", "--key", "behorighet", "--watches", "effektmal/behorighet"
    )
    assert code == 0
    assert f"behorighet står nu i {folder}/indicators.toml, från rad 1:" in " ".join(out.split())
    assert "1122 siffror, 11 perioder (2015 till 2025), 34 områden" in out
    assert "Örebro län 2025: 79,0\u00a0procent" in out
    assert "Riket 2025: 81,0\u00a0procent" in out
    assert read(folder).datasets[0].standing is Standing.LIVE
    code, out, _ = command("check", folder)
    assert (code, "Inga fel" in out) == (0, True)
    code, out, _ = command("follow-up", folder)
    assert (code, "lägre i Örebro län än i riket" in " ".join(out.split())) == (0, True)
    code, out, _ = command("fetch", folder)
    assert (code, "oförändrad" in out) == (0, True)
    code, out, _ = command("status", folder)
    assert (code, "prövad" in out) == (0, True)


def test_a_table_of_scb_is_added_once_its_age_has_been_chosen(command, folder, sources):
    code, _, err = command("indicator", "add", folder, "scb:TAB5956")
    assert code == 2
    assert "25-64 25–64 år" in err
    code, out, _ = command("indicator", "add", folder, "scb:TAB5956", "--choose", "alder=25-64", lang="en")
    assert code == 0
    assert "Örebro County 2025: " in out
    assert "inhabitants" in out
    assert "The definition now stands as verified (live)." in out


def test_a_dry_run_shows_everything_and_writes_nothing(command, folder, sources):
    code, out, _ = command("indicator", "add", folder, "kolada:N15428", "--dry-run")
    assert code == 0
    told = tomllib.loads(out[: out.index("Inget skrevs")])
    assert told["indicator"][0]["key"] == told["dataset"][0]["key"] == "kolada_n15428"
    assert not (folder / "indicators.toml").exists()
    assert not (folder / "vintages").exists()


def test_no_fetch_writes_but_asks_for_no_figures(command, folder, sources):
    code, out, _ = command("indicator", "add", folder, "kolada:N15428", "--no-fetch")
    assert code == 0
    assert f"\n  vagvisare fetch {folder} --only kolada_n15428\n" in out
    assert not (folder / "vintages").exists()


def test_without_a_network_the_indicator_stays_and_the_sentence_says_how_to_try_again(command, folder, serve):
    serve()
    code, out, err = command("indicator", "add", folder, "kolada:N15428")
    assert code == 7
    assert "förteckningen mars 2026" in " ".join(out.split())
    assert f"Försök igen:\n  vagvisare fetch {folder} --only kolada_n15428\n" in err
    assert read(folder).datasets[0].standing is Standing.TO_VERIFY
    from replies.defining_world import made_up_kolada

    serve(kolada=made_up_kolada())
    code, out, _ = command("fetch", folder, "--only", "kolada_n15428")
    assert (code, "2015" in out) == (0, True)


def test_the_network_that_goes_between_writing_and_fetching_leaves_the_indicator(command, folder, sources):
    kolada, _ = sources
    rows, kolada.rows = kolada.rows, []
    code, _, err = command("indicator", "add", folder, "kolada:N15428")
    assert code in {7, 8}
    assert read(folder).datasets[0].standing is Standing.TO_VERIFY
    assert "kolada_n15428" in err or "quarantine" in err
    kolada.rows = rows
    assert command("fetch", folder, "--only", "kolada_n15428")[0] == 0


def test_ctrl_c_while_fetching_says_what_stands(command, folder, sources, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(live, "fetch", interrupted)
    code, _, err = command("indicator", "add", folder, "kolada:N15428")
    assert code == 130
    assert "Avbrutet. Indikatorn står kvar" in err
    assert [each.key for each in read(folder).indicators] == ["kolada_n15428"]


def test_a_title_cannot_command_the_terminal(command, folder, sources):
    _, out, err = command("indicator", "find", "hemligt")
    assert "kolada:N99001" in out
    code, told, also = command("indicator", "add", folder, "kolada:N99001", "--no-fetch")
    assert code == 0
    for text in (out, err, told, also, (folder / "indicators.toml").read_text()):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "\x07" not in text


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["N15428"], 5, "Menade du ”kolada:N15428”?"),
        (["koloda:N15428"], 5, "Menade du ”kolada”?"),
        (["kolada:N99998"], 5, "har inget som heter ”N99998”"),
        (["kolada:N15428", "--key", "Å"], 2, "kan inte vara en nyckel"),
        (["kolada:N15428", "--watches", "mal/x"], 5, "ingen adress ”mal/x”"),
        (["scb:TAB5956", "--choose", "Alder"], 2, "--choose kan inte vara"),
        (["scb:TAB5956", "--choose", "Alder=99"], 5, "har inte koden ”99”"),
        (["scb:TAB5956", "--yearly", "max"], 2, "sum eller mean"),
        (["scb:TAB5956\x1b[2J"], 7, "kan inte vara en tabell"),
    ],
)
def test_a_mistake_in_adding_is_a_sentence_and_nothing_is_written(command, folder, sources, arguments, code, said):
    left, _, err = command("indicator", "add", folder, *arguments)
    assert left == code
    assert said in err
    assert "\x1b" not in err
    assert not (folder / "indicators.toml").exists()


def test_a_key_that_is_taken_is_refused_with_one_that_is_free(command, folder, sources):
    assert command("indicator", "add", folder, "kolada:N15428", "--no-fetch")[0] == 0
    before = (folder / "indicators.toml").read_bytes()
    code, _, err = command("indicator", "add", folder, "kolada:N15428", "--no-fetch")
    assert (code, "--key, till exempel kolada_n15428_2" in err) == (2, True)
    assert (folder / "indicators.toml").read_bytes() == before
    code, out, _ = command("indicator", "add", folder, "kolada:N15428", "--key", "en_till", "--no-fetch")
    assert (code, "Samma tabell hämtas redan av: kolada_n15428." in out) == (0, True)


def test_a_folder_with_mistakes_is_refused_before_anything_is_asked(command, folder, monkeypatch):
    (folder / "indicators.toml").write_text("[[indicator]]\n")
    code, _, err = command("indicator", "add", folder, "kolada:N15428")
    assert code == 3
    assert "indicators.toml:1" in err
    assert command("indicator", "add", folder / "nej", "kolada:N15428")[0] == 3


def test_a_folder_that_cannot_be_written_to_says_so(command, folder, sources, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "fsync", refused)
    code, _, err = command("indicator", "add", folder, "kolada:N15428")
    assert code == 6
    assert "kan inte skrivas (Permission denied). Filen är som den var." in err
    assert not (folder / "indicators.toml").exists()


def test_two_adds_at_once_both_stand(folder, sources):
    def start(key):
        line = ["indicator", "add", folder, "kolada:N15428", "--key", key, "--no-fetch"]
        return subprocess.Popen(
            [sys.executable, "-m", "vagvisare", *line], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    running = [start(f"prov_{number}") for number in range(3)]
    told = [each.communicate(timeout=120) for each in running]
    assert [each.returncode for each in running] == [0, 0, 0], told
    assert sorted(each.key for each in read(folder).indicators) == ["prov_0", "prov_1", "prov_2"]


def test_a_kill_while_fetching_leaves_a_whole_folder_that_goes_on(command, folder, sources, serve):
    from replies.defining_world import made_up_kolada

    slow = made_up_kolada()
    asked = []

    class Silent:
        def __call__(self, request):
            if "/data/" in request.path:
                asked.append(request)
                time.sleep(3)
            return slow(request)

    serve(kolada=Silent())
    running = subprocess.Popen(
        [sys.executable, "-m", "vagvisare", "indicator", "add", folder, "kolada:N15428"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(600):
        if asked or running.poll() is not None:
            break
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait(30)
    assert asked
    assert read(folder).datasets[0].standing is Standing.TO_VERIFY
    serve(kolada=slow)
    assert command("check", folder)[0] == 0
    code, out, _ = command("fetch", folder)
    assert (code, "2015" in out) == (0, True)
