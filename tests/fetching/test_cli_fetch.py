"""Every command about fetched figures, in both languages, against four kinds of sources: what it says and leaves."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from vagvisare import cli
from vagvisare.observations.store import Store
from vagvisare.observations.upkeep import verify

LANGUAGES = ("sv", "en")
WIDEST = 100


def tree(place):
    """Everything below a folder: name, bytes and moment."""
    return {
        str(path.relative_to(place)): (path.read_bytes(), path.stat().st_mtime_ns) if path.is_file() else None
        for path in sorted(place.rglob("*"))
    }


def plain(out):
    """Break where it may be broken, so that words can be looked for."""
    return out.replace("\u00a0", " ")


def fit_to_read(out):
    """Nothing a terminal would obey, and no line that wraps by itself; JSON is for machines."""
    odd = {sign for sign in out if (unicodedata.category(sign) == "Cc" and sign not in "\n\t") or sign == "\u202e"}
    assert not odd, odd
    with contextlib.suppress(ValueError):
        return json.loads(out)
    # A path cannot be broken; nothing else is wider.
    wide = [line for line in out.splitlines() if len(line) > WIDEST and "/" not in line]
    assert not wide, wide
    return None


def held_at_kolada(four):
    """Let Kolada answer in thousands: a check stops it."""
    four.kolada.rows[:] = [replace(row, value=row.value * 1000, changed="2099-01-01") for row in four.kolada.rows]


def everything(folder):
    """Every command that reads."""
    return (
        ("status", folder),
        ("status", folder, "--json"),
        ("revisions", "low_trust", folder),
        ("revisions", "upper_secondary_eligibility", folder, "--sex", "K", "--json"),
        ("revisions", "daily_smoking", folder, "--territory", "20", "--sex", "M"),
        ("quarantine", "list", folder),
        ("questions", "list", folder),
        ("questions", "list", folder, "--all"),
        ("store", "verify", folder),
        ("store", "rebuild", folder),
        ("store", "rebuild", folder, "--only", "low_trust"),
        ("store", "prune", folder),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_after_a_fetch(four, command, lang):
    code, out, err = command("fetch", four.folder, lang=lang)
    assert code == 0, out + err
    assert {"sv": "4 datamängder: 4 nya.", "en": "4 data sets: 4 new."}[lang] in plain(out)
    fit_to_read(out + err)
    before = tree(four.folder)
    for asked in everything(four.folder):
        code, out, err = command(*asked, lang=lang)
        assert code == 0, (asked, out, err)
        assert out.strip(), asked
        fit_to_read(out + err)
        if "--json" in asked:
            assert json.loads(out)
    assert tree(four.folder) == before, "reading changes nothing"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_before_any_fetch(four, command, lang, tmp_path):
    before = tree(four.folder)
    elsewhere = tmp_path / "lager som inte finns"
    for place in ((), ("--store", elsewhere)):
        for asked in everything(four.folder):
            code, out, err = command(*asked, *place, lang=lang)
            assert code == (4 if asked[0] == "store" else 0), (asked, out, err)
            assert (out + err).strip(), asked
            fit_to_read(out + err)
    assert tree(four.folder) == before, "looking makes no store"
    assert not elsewhere.exists()


def test_a_dry_run_writes_nothing(four, command, tmp_path):
    before = tree(tmp_path)
    for place in ((), ("--store", tmp_path / "annat lager")):
        code, out, _ = command("fetch", four.folder, "--dry-run", *place)
        assert code == 0
        assert "4 skulle hämtas" in plain(out)
        assert tree(tmp_path) == before
    command("fetch", four.folder)
    four.kolada.retire("N00001")
    before = tree(tmp_path)
    code, out, _ = command("fetch", four.folder, "--dry-run", "--json")
    assert code == 7
    assert [each["state"] for each in json.loads(out)["outcomes"]] == ["gone", "unchanged", "unchanged", "unchanged"]
    assert tree(tmp_path) == before


def test_only_and_since(four, command):
    code, out, err = command("fetch", four.folder, "--only", "daily_smoking", "--only", "low_trust", "--json")
    assert code == 0, err
    assert [each["dataset"] for each in json.loads(out)["outcomes"]] == ["daily_smoking", "low_trust"]
    asked = len(four.servers["kolada"].log)
    code, _, err = command("fetch", four.folder, "--only", "low_trust", "--since", "2025-02-03")
    assert code == 0, err
    dates = [request.first("from_date") for request in four.servers["kolada"].log[asked:]]
    assert "2025-02-02" in dates, "a day of margin: the source's days are not ours"


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("fetch", "--only", "low_trsut"), 5, "low_trust"),
        (("fetch", "--only", ""), 5, "vagvisare status"),
        (("fetch", "--only", "../../etc"), 5, "vagvisare status"),
        (("fetch", "--since", "igår"), 2, "2022-06-17"),
        (("fetch", "--since", "2025-02-30"), 2, "2022-06-17"),
        (("revisions", "low_trsut"), 5, "low_trust"),
        (("revisions", "low_trust", "--territory", "Örebro"), 5, "18"),
        (("revisions", "low_trust", "--sex", "kvinnor"), 2, "K"),
        (("quarantine", "accept", "low_trust"), 5, "low_trust"),
        (("quarantine", "discard", "../low_trust", "--by", "Eva", "--why", "fel"), 5, "../low_trust"),
        (("questions", "ask", "low_trsut", "Varför?", "--by", "Eva"), 5, "low_trust"),
        (("questions", "ask", "low_trust", " ", "--by", "Eva"), 2, "--by"),
        (("questions", "ask", "low_trust", "Varför?"), 2, "--by"),
        (("questions", "answer", "low_trust", "nope", "Därför.", "--by", "Eva"), 5, "questions list"),
        (("questions", "answer", "../x", "nope", "Därför.", "--by", "Eva"), 5, "questions list"),
        (("store", "rebuild", "--only", "low_trsut"), 5, "low_trsut"),
        (("store", "prune", "--keep-days", "0"), 2, "1"),
        (("deliver", "daily_smokign", "fil.csv"), 4, "fil.csv"),
        (("status", "--store", "gopher://lager"), 6, "gopher://lager"),
        (("fetch", "--store", "gopher://lager"), 6, "gopher://lager"),
        (("fetch", "--store", "s3:/lager/x"), 6, "s3://lager/x"),
        (("status", "--store", "s3:lager"), 6, "s3://lager"),
    ],
)
def test_a_slip_of_the_pen_is_a_sentence(four, command, asked, code, said):
    # The folder goes after the words that name the command, and after the indicator of `revisions`.
    words = 2 if asked[0] in ("revisions", "quarantine", "questions", "store") else 1
    if asked[0] == "store":
        Store(four.folder / "vintages").papers.put("journal", "low_trust", "checks", {})
        Store(four.folder / "vintages").replies.keep(b"{}")
    if asked[0] == "deliver":
        asked = (*asked[:2], four.folder / asked[2])
    told = set()
    for lang in LANGUAGES:
        got, out, err = command(*asked[:words], four.folder, *asked[words:], lang=lang)
        assert (got, said in err) == (code, True), (got, out, err)
        fit_to_read(out)
        told.add(err)
    assert len(told) == len(LANGUAGES), "each language has its own sentence"


def test_the_exit_code_tells_cron(four, command):
    assert command("fetch", four.folder)[0] == 0
    held_at_kolada(four)
    code, out, _ = command("fetch", four.folder)
    assert code == 8
    assert "I karantän" in out
    four.spoil("scb", lambda _request, answer: replace(answer, hang_up=True))
    code, out, _ = command("fetch", four.folder)
    assert code == 7, "what failed goes before what waits"
    for source in four.servers:
        four.spoil(source, lambda _request, answer: replace(answer, hang_up=True))
    code, out, err = command("fetch", four.folder, "--json")
    states = [each["state"] for each in json.loads(out)["outcomes"]]
    assert (code, states) == (7, ["failed", "failed", "failed", "unchanged"]), err
    code, out, _ = command("status", four.folder)
    assert code == 0
    fit_to_read(out)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_waits_is_shown_decided_and_signed(four, command, lang):
    command("fetch", four.folder)
    held_at_kolada(four)
    assert command("fetch", four.folder)[0] == 8
    code, out, _ = command("quarantine", "list", four.folder, lang=lang)
    assert code == 0
    fit_to_read(out)
    code, _, err = command("quarantine", "accept", four.folder, "low_trust", lang=lang)
    assert code == 2, "nobody has said who and why"
    who = ("--by", "Åsa\x1b[31m", "--why", "Rätt \x07ändå")
    code, out, err = command("quarantine", "accept", four.folder, "low_trust", *who, lang=lang)
    assert code == 0, err
    fit_to_read(out)
    code, _, err = command("quarantine", "accept", four.folder, "low_trust", *who, lang=lang)
    assert code == 5, "it is decided"
    code, out, err = command("fetch", four.folder)
    assert code == 0, out + err
    for asked in everything(four.folder):
        code, out, err = command(*asked, lang=lang)
        assert code == 0, (asked, err)
        fit_to_read(out + err)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_questions_are_asked_and_answered(four, command, lang):
    asked = ("Är det\x1b[2J rätt?\n" + "ord " * 60, "--by", "Bo\x9b31m\u202e")
    assert command("questions", "ask", four.folder, "low_trust", *asked, lang=lang)[0] == 0
    code, out, _ = command("questions", "list", four.folder, lang=lang)
    assert code == 0
    fit_to_read(out)
    name = out.split()[1]
    code, out, _ = command("questions", "answer", four.folder, "low_trust", name, "Ja.", "--by", "Åsa", lang=lang)
    assert code == 0
    assert name not in command("questions", "list", four.folder, lang=lang)[1]
    assert name in command("questions", "list", four.folder, "--all", lang=lang)[1]


def test_a_delivery_is_looked_through_then_recorded(four, command):
    file = four.folder / "deliveries" / "rök.csv"
    code, out, err = command("deliver", four.folder, "daily_smoking", file)
    assert code == 0, err
    assert not (four.folder / "vintages").exists(), "looking records nothing"
    code, out, err = command("deliver", four.folder, "daily_smoking", file, "--accept", "--by", "Eva")
    assert code == 0, err
    receipt = Store(four.folder / "vintages").latest("daily_smoking")
    assert receipt.confirmed_by == "Eva"
    code, out, _ = command("fetch", four.folder, "--only", "daily_smoking", "--json")
    assert json.loads(out)["outcomes"][0]["state"] == "unchanged", "the same file is nothing new"
    assert len(Store(four.folder / "vintages").receipts("daily_smoking")) == 1


@pytest.mark.parametrize("form", ["path", "file", "memory", "environment", "folder"])
def test_wherever_the_store_is_said_to_be(four, command, form, tmp_path, monkeypatch):
    place = tmp_path / "lager ä"
    told = {"path": place, "file": place.as_uri(), "memory": "memory://lager-k/prov"}.get(form, "")
    if form == "environment":
        monkeypatch.setenv("VAGVISARE_STORE", str(place))
    if form == "folder":
        file = four.folder / "strategy.toml"
        file.write_text(f'store = "{place}"\n' + file.read_text("utf-8"), "utf-8")
    where = ("--store", told) if told else ()
    code, out, err = command("fetch", four.folder, *where, "--json")
    assert code == 0, err
    assert {each["state"] for each in json.loads(out)["outcomes"]} == {"new"}
    code, out, err = command("fetch", four.folder, *where, "--json")
    assert {each["state"] for each in json.loads(out)["outcomes"]} == {"unchanged"}
    for asked in everything(four.folder)[::4]:
        code, out, err = command(*asked, *where)
        assert code == 0, (asked, err)
        fit_to_read(out + err)
    assert (form == "memory") != place.exists()
    assert not (four.folder / "vintages").exists()


def test_a_path_in_the_folder_holds_wherever_the_command_is_run(four, command, tmp_path, monkeypatch):
    file = four.folder / "strategy.toml"
    file.write_text('store = "arkiv/lager"\n' + file.read_text("utf-8"), "utf-8")
    for place in ("här", "där"):
        (tmp_path / place).mkdir()
        monkeypatch.chdir(tmp_path / place)
        code, out, _ = command("fetch", four.folder, "--json")
        assert code == 0
        state = "new" if place == "här" else "unchanged"
        assert {each["state"] for each in json.loads(out)["outcomes"]} == {state}
        assert list((tmp_path / place).iterdir()) == []
    assert (four.folder / "arkiv" / "lager").is_dir()


def test_a_store_where_a_file_lies_is_a_sentence(four, command, tmp_path):
    (tmp_path / "fil").write_text("något", "utf-8")
    for place in (tmp_path / "fil", tmp_path / "fil" / "under"):
        code, out, err = command("fetch", four.folder, "--store", place)
        assert code in (6, 7), (out, err)
        assert "lagret" in out + err
        assert command("status", four.folder, "--store", place)[0] in (0, 6)
    assert (tmp_path / "fil").read_text("utf-8") == "något"


@pytest.fixture(scope="module")
def bucket():
    """An S3 of our own on 127.0.0.1, with one bucket."""
    boto3 = pytest.importorskip("boto3")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "påhittad".encode().hex(), "aws_secret_access_key": "hemlighet-i-prov"}
    boto3.client("s3", endpoint_url=url, region_name="us-east-1", **keys).create_bucket(Bucket="lager")
    yield url, keys
    server.stop()


def test_in_a_bucket(four, command, bucket, monkeypatch):
    url, keys = bucket
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", url)
    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("FSSPEC_S3_ENDPOINT_URL", url)
    for name, value in keys.items():
        monkeypatch.setenv(name.upper(), value)
    where = ("--store", "s3://lager/örebro")
    code, out, err = command("fetch", four.folder, *where, "--dry-run")
    assert code == 0, err
    code, out, err = command("status", four.folder, *where)
    assert "Inget är hämtat än" in out, err
    code, out, err = command("fetch", four.folder, *where, "--json")
    assert code == 0, err
    assert {each["state"] for each in json.loads(out)["outcomes"]} == {"new"}
    for asked in (("store", "verify"), ("store", "rebuild"), ("status",), ("questions", "list")):
        code, out, err = command(*asked, four.folder, *where)
        assert code == 0, (asked, out, err)
        assert keys["aws_secret_access_key"] not in out + err
    code, out, err = command("status", four.folder, "--store", "s3://finns-inte/alls")
    assert code in (0, 6), err


def _start(four, *arguments):
    """Start the command in a process of its own; its own interrupts are as a terminal's."""
    environ = {**os.environ, "VAGVISARE_LANG": "sv", "PYTHONUNBUFFERED": "1"}
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from vagvisare import cli; cli.main()"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environ,
    )


def _slowly(seconds):
    return lambda _request, answer: replace(answer, delay=seconds)


@pytest.mark.parametrize("times", [1, 3])
def test_interrupted_by_the_keyboard(four, command, times):
    four.kolada.page = 10
    four.spoil("kolada", _slowly(0.3))
    four.spoil("folkhalsomyndigheten", _slowly(300.0))  # given up after a minute; nobody waits for that
    process = _start(four, "fetch", four.folder)
    begun = time.monotonic()
    while len(four.servers["kolada"].log) < 3 and time.monotonic() - begun < 30:
        time.sleep(0.05)
    for _ in range(times):
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
        time.sleep(0.1)
    out, err = process.communicate(timeout=50)
    assert process.returncode == 130, err
    assert "Traceback" not in err + out, err
    assert "Exception ignored" not in err, err
    assert "fortsätter där det var" in err
    assert verify(Store(four.folder / "vintages")) == ()
    for source in four.servers:
        four.spoil(source)
    asked = len(four.servers["kolada"].log)
    code, out, err = command("fetch", four.folder, "--json")
    assert code == 0, err
    states = {each["dataset"]: each["state"] for each in json.loads(out)["outcomes"]}
    assert set(states.values()) <= {"new", "unchanged"}
    assert len(four.servers["kolada"].log) - asked < 8, "what had come is not asked for again"


def test_the_console_script_is_what_is_tested():
    assert Path(cli.__file__).name == "__init__.py"
