"""Killed, full, or two at once: the store holds the old or the new, whole, and says what to do."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from vagvisare.observations import upkeep
from vagvisare.observations.store import Store
from vagvisare.observations.troubles import TroubleKind
from vagvisare.terms.errors import FigureError, OutputError
from vagvisare.terms.language import Language

DAY = 24 * 60 * 60

FIGURES = """
import os, signal, sys
from datetime import date
import pyarrow as pa
from vagvisare.observations import upkeep
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import Vintage, checksum
from vagvisare.sources.contract import FIGURES, Receipt

def vintage(value, replies=(), rows=300, hour="06"):
    one = ["18", 2020, 2020, "T", "", value, None, None, None, None, None, ""]
    columns = [[each] * rows for each in one]
    columns[1] = columns[2] = [1900 + row for row in range(rows)]
    table = pa.table(columns, schema=FIGURES)
    receipt = Receipt("syntetisk", "Syntetisk", "Ingen", "s", "CC0", "percent", date(2026, 3, 1), "", "", rows,
        checksum(table), fetched=f"2026-03-01T{hour}:{int(value) // 60:02}:{int(value) % 60:02}+00:00", replies=replies)
    return Vintage(receipt, table)
"""

KILLED = (
    FIGURES
    + """
# Each round is a process of its own that dies at one of its own steps, whichever that is; 0 lives and counts them.
def publish(root, value, last):
    steps = 0
    def step(*_):
        nonlocal steps
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)
    store, made = Store(root), vintage(float(value))
    sys.setprofile(step)
    sha = store.replies.keep(b"reply %d" % value)
    store.papers.put("journal", "syntetisk", "latest", {"value": value, "reply": sha})
    store.publish(Vintage(made.receipt, made.figures))
    store.hold(vintage(value + 0.5), {"value": value})
    sys.setprofile(None)
    return steps

def state(root):
    store = Store(root)
    known = store.as_of(date(2026, 3, 1), {})
    values = {value for series in known.panel.values() for value in series.values}
    paper = store.papers.get("journal", "syntetisk", "latest")
    latest = store.latest("syntetisk")
    assert latest is None or set(store.figures(latest).column("value").to_pylist()) == values
    for held in store.held():
        assert held.report, held
    return values, (paper or {}).get("value")

def forked(work):
    child = os.fork()
    if not child:
        os._exit(work() & 255)
    return os.waitpid(child, 0)[1]

vintage(0.0)  # whatever is loaded late is loaded once, before the forks
root, rounds = sys.argv[1], int(sys.argv[2])
read, write = os.pipe()
forked(lambda: os.write(write, str(publish(root + "/counted", 1, 0)).encode()) and 0)
steps = int(os.read(read, 100))
died = 0
for value in range(1, rounds + 1):
    status = forked(lambda: publish(root + "/store", value, value * steps // rounds) and 0)
    died += os.WIFSIGNALED(status)
    def told():
        print(repr(state(root + "/store")), flush=True)
        return 0
    assert forked(told) == 0, value
print(died)
"""
)


def python(program, *arguments):
    return subprocess.Popen([sys.executable, "-c", program, *map(str, arguments)], stdout=subprocess.PIPE, text=True)


def test_killed_at_any_step_the_store_holds_the_old_or_the_new(tmp_path):
    running = python(KILLED, tmp_path, 40)
    *states, died = running.communicate(timeout=120)[0].splitlines()
    assert running.returncode == 0
    assert int(died) >= 36
    seen, before, paper_before = set(), 0.0, 0
    for value, line in enumerate(states, 1):
        values, paper = eval(line)  # noqa: S307 printed by our own program above
        assert len(values) <= 1
        assert values <= {before, float(value)} or not before
        assert paper in {paper_before or None, value}
        seen |= values
        before, paper_before = max(values, default=0.0), paper or 0
    assert seen
    store = Store(tmp_path / "store")
    assert {trouble.kind for trouble in upkeep.verify(store)} <= {TroubleKind.NO_RECEIPT}
    leftovers = upkeep.prune(store, keep_days=1, dry=False, now=tmp_path.stat().st_mtime + 3 * DAY)
    assert leftovers.leftovers
    assert upkeep.verify(store) == ()
    assert not list((tmp_path / "store").rglob(".recording-*"))
    assert {v for s in store.as_of(date(2026, 3, 1), {}).panel.values() for v in s.values} == {before}


TOGETHER = (
    FIGURES
    + """
store, who = Store(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for value in range(20):
    body = b"reply %d" % value
    sha = store.replies.keep(body)
    store.publish(vintage(float(value * 2), (sha,), rows=50))
    store.publish(vintage(float(value * 2 + who) + 0.25, (sha,), rows=50))
    store.papers.put("journal", "syntetisk", "latest", {"who": who, "value": value})
"""
)


def test_two_processes_at_once_lose_nothing(tmp_path):
    both = [
        subprocess.Popen(
            [sys.executable, "-c", TOGETHER, str(tmp_path), str(who)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for who in (0, 1)
    ]
    for each in both:
        assert each.stdout.readline() == "ready\n"
    for each in both:
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in both:
        each.communicate(timeout=60)
        assert each.returncode == 0
    store = Store(tmp_path)
    expected = {float(2 * v) for v in range(20)} | {2 * v + who + 0.25 for v in range(20) for who in (0, 1)}
    found = [set(store.figures(receipt).column("value").to_pylist()) for receipt in store.receipts()]
    assert {value for (value,) in found} == expected
    assert len(found) == len(expected)
    assert upkeep.verify(store) == ()
    assert store.papers.get("journal", "syntetisk", "latest")["value"] == 19


LIMITED = (
    FIGURES
    + """
import resource
from vagvisare.terms.errors import OutputError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store(sys.argv[1])
store.publish(vintage(1.0))
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
for work in (
    lambda: store.publish(vintage(2.0, rows=200, hour="07")),
    lambda: store.replies.keep(os.urandom(9000)),
    lambda: store.papers.put("a", "b", "c", {"x": "y" * 9000}),
    lambda: store.hold(vintage(3.0), {"x": "y" * 9000}),
):
    try:
        work()
    except OutputError as error:
        print(error.remedy.sv)
"""
)


def test_when_the_disk_takes_no_more_the_old_stands_and_a_sentence_says_what_to_do(tmp_path):
    running = python(LIMITED, tmp_path)
    said = running.communicate(timeout=60)[0].splitlines()
    assert running.returncode == 0
    assert len(said) == 4
    assert all("plats och skrivrättighet" in line for line in said)
    store = Store(tmp_path)
    assert {v for s in store.as_of(date(2026, 3, 1), {}).panel.values() for v in s.values} == {1.0}
    assert (store.held(), list(store.replies.entries()), store.papers.list("a")) == ((), [], ())
    assert upkeep.verify(store) == ()
    assert not list(tmp_path.rglob(".recording-*"))


@pytest.mark.parametrize("broken", ["fsync", "replace", "mkstemp", "chmod"])
def test_a_full_disk_at_any_step_is_told_in_both_languages(tmp_path, vintage, series, monkeypatch, broken):
    store = Store(tmp_path)
    store.publish(vintage(series(y2020=1.0)))

    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    where = {"fsync": os, "replace": Path, "mkstemp": sys.modules["tempfile"], "chmod": Path}[broken]
    with monkeypatch.context() as patch:
        patch.setattr(where, broken, full)
        with pytest.raises(OutputError) as caught:
            store.publish(vintage(series(y2020=2.0), recorded=date(2026, 4, 1)))
    assert "Inget är halvskrivet" in caught.value.message(Language.SV)
    assert "No space left" in caught.value.message(Language.EN)
    assert [receipt.recorded for receipt in store.receipts()] == [date(2026, 3, 1)]
    assert upkeep.verify(store) == ()
    assert not list(tmp_path.rglob(".recording-*"))
    assert store.publish(vintage(series(y2020=2.0), recorded=date(2026, 4, 1)))


def test_when_only_the_receipt_cannot_be_written_the_figures_are_not_seen(tmp_path, vintage, series, monkeypatch):
    store = Store(tmp_path)

    def full(*_args):
        raise OutputError("full")

    monkeypatch.setattr(store.place, "write", full)
    with pytest.raises(OutputError):
        store.publish(vintage(series(y2020=1.0)))
    assert Store(tmp_path).receipts() == ()
    assert [trouble.kind for trouble in upkeep.verify(Store(tmp_path))] == [TroubleKind.NO_RECEIPT]


def test_a_place_that_may_not_be_written_to_says_so(tmp_path, vintage, series):
    (tmp_path / "store").write_text("a file where the folder should be")
    with pytest.raises(OutputError, match="gick inte att skriva till"):
        Store(tmp_path / "store").publish(vintage(series(y2020=1.0)))


@pytest.mark.parametrize("url", ["nosuchthing://bucket/x", "s3x://bucket"])
def test_an_address_nothing_understands_is_told(url):
    with pytest.raises(OutputError, match="går inte att öppna"):
        Store(url)


def test_what_vanished_since_is_missed(tmp_path, vintage, series):
    store = Store(tmp_path)
    store.publish(vintage(series(y2020=1.0)))
    next(tmp_path.rglob("*.receipt.json")).unlink()
    with pytest.raises(FigureError, match="har tagits bort"):
        store.as_of(date(2026, 3, 1), {}, ("syntetisk",))
    assert store.as_of(date(2026, 3, 1), {}, ("another",)).chosen == {}
