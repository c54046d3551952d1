"""The workspace's bench does what it says: it counts, keeps and compares; times are reported, never judged here."""

import importlib.util
import json
import re
import sys
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODES = [[f"uid-{number}", f"omrade/{number}"] for number in range(9)]


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_workspace", ROOT / "tools" / "bench_workspace.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its classes look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def hurried(bench, monkeypatch):
    """Few people who do everything often."""
    for name, value in {
        "PEOPLE": 3, "NODES": 24, "COMPARED": 40, "SAVES_A_SECOND": 12, "WARMING": 0.1,
        "OPENS_EVERY": 0.3, "CHOOSES_EVERY": 0.3, "LOOKS_EVERY": 0.3, "OUTLINE_EVERY": 0.3,
    }.items():  # fmt: skip
        monkeypatch.setattr(bench, name, value)
    return bench


class Pretended(BaseHTTPRequestHandler):
    """Answers as the workspace does; every third save fails in the way the test asks for."""

    protocol_version = "HTTP/1.1"
    saves, fault, tickets, bodies = 0, "", (), ()

    def do_GET(self):
        self._say(200, {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if not self.path.endswith("/spara/"):
            return self._say(200, {"version": 4, "text": "Stärk samverkan."})
        cls = type(self)
        cls.saves += 1
        cls.bodies = (*cls.bodies, (self.path, body))
        if cls.saves % 3 == 0 and cls.fault == "breaks":
            self.close_connection = True
            return self.connection.close()
        return self._say(500 if cls.saves % 3 == 0 and cls.fault else 200, {"state": "saved"})

    def log_message(self, *_):
        pass

    def _say(self, status, told):
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def pretended():
    """Start a pretended workspace: ``pretended("breaks")`` returns its port and what it heard."""
    started = []

    def of(fault=""):
        heard = type("Heard", (Pretended,), {"saves": 0, "fault": fault, "bodies": ()})
        server = ThreadingHTTPServer(("127.0.0.1", 0), heard)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        started.append(server)
        return server.server_address[1], heard

    yield of
    for server in started:
        server.shutdown()
        server.server_close()


def made():
    return {"cookies": ["a", "b", "c"], "nodes": NODES}


def test_everything_asked_is_counted_and_every_save_has_a_ticket_of_its_own(hurried, pretended):
    port, heard = pretended()
    tally = hurried.crowd(port, made(), 2)
    assert set(tally.spent) == {"open", "look", "outline", "choose", "save"}
    assert tally.answers == {200: sum(map(len, tally.spent.values()))}
    assert len(tally.tickets) == len(set(tally.tickets)) == tally.states["saved"] == heard.saves > 3
    assert all("base=4" in body and "csrfmiddlewaretoken=" in body for _, body in heard.bodies)


def test_with_few_everybody_writes_in_five_nodes(hurried, pretended):
    port, heard = pretended()
    hurried.crowd(port, made(), 2, few=True)
    written = {path for path, _ in heard.bodies}
    assert written <= {f"/arbete/utkast/matning/nod/uid-{number}/spara/" for number in range(5)}


@pytest.mark.parametrize(("fault", "status"), [("refuses", 500), ("breaks", 599)])
def test_a_save_that_fails_is_counted_and_its_ticket_is_not_expected(hurried, pretended, fault, status):
    port, heard = pretended(fault)
    tally = hurried.crowd(port, made(), 2)
    assert tally.answers[status] == heard.saves // 3 > 0
    assert len(tally.tickets) == heard.saves - heard.saves // 3


def test_percentiles_are_of_the_sorted_times_in_milliseconds(bench):
    times = [0.001 * number for number in reversed(range(100))]
    assert bench.percentile(times, 0.95) == pytest.approx(95)
    assert bench.percentile([0.2], 0.95) == pytest.approx(200)


def test_two_editions_are_compared_and_drawn(hurried, capsys):
    hurried.editions()
    out = capsys.readouterr().out
    # Two thirds of 38 directions: every node whose number divides by three keeps its words, and so do the two areas.
    assert "two editions of 40 nodes compared (25 changed)" in out
    assert re.search(r"public page of what changed, processor: first \d+ ms, again \d+ ms, [1-9]\d* kB", out)


def test_the_whole_bench_runs_and_only_what_was_never_sent_is_lost(hurried, monkeypatch, capsys):
    """The check is asked about one ticket more than anybody drew: that one is missed, and nothing else."""
    import with_postgres

    try:
        with_postgres.programs()
    except with_postgres.AbsentError as absent:
        pytest.skip(str(absent))
    usual = hurried.crowd

    def crowd(*args, **more):
        tally = usual(*args, **more)
        if more:
            tally.tickets.append("never sent")
        return tally

    monkeypatch.setattr(hurried, "crowd", crowd)
    assert hurried.workspace(3, 4, few=True) is False
    out = capsys.readouterr().out
    assert re.search(r"3 people, 24 nodes, all in five nodes, .*: \{200: \d+\} answers", out)
    assert "'lost': 1" in out
    assert "'trail': 'None'" in out
    assert 1 <= int(re.search(r"(\d+) connections", out)[1]) <= 5  # four threads, and the one that looked at first
    assert re.search(r"two editions of 40 nodes beside each other: first \d+ ms, then \d+ ms", out)


@pytest.mark.parametrize(
    ("answers", "kept", "holds"),
    [
        ({200: 9}, {}, True),
        ({200: 9, 302: 1, 404: 1}, {}, True),
        ({200: 9, 500: 1}, {}, False),
        ({200: 9, 599: 1}, {}, False),
        ({200: 9}, {"lost": 1}, False),
        ({200: 9}, {"trail": "Broken(4)"}, False),
    ],
)
def test_it_fails_for_what_broke_or_went_lost_and_never_for_time(bench, answers, kept, holds):
    assert bench.whole(Counter(answers), {"lost": 0, "trail": "None"} | kept) is holds


def test_the_bench_leaves_the_environment_as_it_was(bench, monkeypatch):
    monkeypatch.setenv("VAGVISARE_SECRET_KEY", "as before")
    first, second = bench.surroundings("postgres://x", "here"), bench.surroundings("postgres://x", "here")
    assert first["VAGVISARE_SECRET_KEY"] != second["VAGVISARE_SECRET_KEY"]
    assert bench.run("import os; print(os.environ['DATABASE_URL'])", given=first) == "postgres://x"
    assert bench.run("import os; print(os.environ['VAGVISARE_SECRET_KEY'])") == "as before"
