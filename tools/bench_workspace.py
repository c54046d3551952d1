"""Measured times of the workspace: forty people in one draft of 400 nodes on PostgreSQL, and two editions compared.

``python tools/bench_workspace.py [--seconds 120] [--threads 16] [--few]``. Bars: opening the draft at most 300 ms (95th
percentile) with forty signed in and five saves a second; no lost update, no answer of 500 or above; two editions of
1,000 nodes compared in at most 200 ms. Everything on this machine's loopback; the people and their words are made up.
Never fails on time.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

sys.path.insert(0, str(Path(__file__).parent))

import with_postgres
from bench_workspace_code import CHECK, COMPARE, PREPARE, PUBLIC, SERVE

ROOT = Path(__file__).parents[1]
PEOPLE, NODES, SAVES_A_SECOND, COMPARED = 40, 400, 5, 1000
OPENS_EVERY, CHOOSES_EVERY, LOOKS_EVERY, OUTLINE_EVERY = 10.0, 15.0, 5.0, 30.0
"""Seconds between one person's openings of the draft and of a node, and between what the editor asks by itself: who is
here, and the outline when anything has been changed."""
LONGEST = 199
"""Words of a node at most, before one more is put in."""
WARMING = 4.0
"""Seconds before anything counts."""
UNANSWERED = 599
"""Counted as a status where the connection broke before there was one."""
WORDS = ("mål", "hållbar", "utveckling", "samverkan", "stärka", "fler", "kommuner", "klimat", "hälsa", "kultur")


@dataclass
class Tally:
    """What the people met: seconds by what they asked for, answers by status, and what became of their words."""

    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answers: Counter[int] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    tickets: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Visitor:
    """One person's browser: keeps its connection, its session and its form's proof."""

    def __init__(self, port: int, session: str, nodes: list[list[str]], tally: Tally, few: bool = False) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._session, self._proof = session, uuid.uuid4().hex
        self._nodes, self._tally, self._few = nodes, tally, few
        self.chance = random.Random(session)  # noqa: S311  draws words, not secrets
        self.plans = [(self.open, OPENS_EVERY), (self.look, LOOKS_EVERY), (self.outline, OUTLINE_EVERY),
                      (self.choose, CHOOSES_EVERY), (self.save, PEOPLE / SAVES_A_SECOND)]  # fmt: skip

    def ask(self, what: str, path: str, told: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Ask once, note how long it took, and return status and body."""
        headers = {"Cookie": f"vagvisare={self._session}; vagvisare-form={self._proof}", "Accept": "application/json"}
        body = None
        if told is not None:
            body = urlencode(told | {"csrfmiddlewaretoken": self._proof})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        self._connection.request("GET" if told is None else "POST", f"/arbete/utkast/{path}", body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        spent = time.perf_counter() - start
        with self._tally.lock:
            self._tally.answers[answer.status] += 1
            self._tally.spent[what].append(spent)
        return answer.status, content

    def unanswered(self) -> None:
        """Note a connection that broke, and begin another."""
        self._connection.close()
        with self._tally.lock:
            self._tally.answers[UNANSWERED] += 1

    def open(self) -> None:
        """Open the draft: every other time at one of its nodes."""
        at = f"?nod={self.chance.choice(self._nodes)[1]}" if self.chance.random() < 0.5 else ""
        self.ask("open", f"matning/{at}")

    def look(self) -> None:
        """Ask who is here."""
        self.ask("look", "matning/lage/", {"node": self.chance.choice(self._nodes)[0], "writing": "1", "version": "1"})

    def outline(self) -> None:
        """Fetch the outline anew, since somebody has changed something."""
        self.ask("outline", "matning/disposition/")

    def choose(self) -> None:
        """Go to another node."""
        self.ask("choose", f"matning/nod/{self.chance.choice(self._nodes)[0]}/")

    def save(self) -> None:
        """Save a node: read what stands there, add a word in the middle; one in five writes on an old version."""
        number = self.chance.randrange(5) if self._few else int(self.chance.paretovariate(1.2)) % len(self._nodes)
        uid = self._nodes[number][0]
        status, content = self.ask("look", "matning/lage/", {"node": uid, "writing": "1", "version": "0"})
        now = json.loads(content) if status == 200 else {}
        version, text = int(now.get("version") or 1), str(now.get("text") or "Stärk samverkan.")
        words = text.split()[:LONGEST]  # none is cut off after: a save that changes nothing is kept nowhere
        words.insert(self.chance.randrange(len(words) + 1), f"{self.chance.choice(WORDS)}-{uuid.uuid4().hex[:6]}")
        ticket = uuid.uuid4().hex
        if self._few or self.chance.random() < 0.2:
            time.sleep(0.5)
        told = {"text": " ".join(words), "base": str(version), "ticket": ticket}
        status, content = self.ask("save", f"matning/nod/{uid}/spara/", told)
        with self._tally.lock:
            if status == 200:
                self._tally.tickets.append(ticket)
                self._tally.states[str(json.loads(content).get("state"))] += 1


def crowd(port: int, made: dict[str, Any], seconds: float, *, few: bool = False) -> Tally:
    """Let everybody work for a while; with ``few`` all write in five nodes, on what stood there half a second ago."""
    tally, end = Tally(), time.monotonic() + seconds
    visitors = [Visitor(port, cookie, made["nodes"], tally, few) for cookie in made["cookies"]]

    def work(visitor: Visitor) -> None:
        plans = visitor.plans
        due = [(time.monotonic() + visitor.chance.random() * every, number) for number, (_, every) in enumerate(plans)]
        while (when := min(due))[0] < end:
            time.sleep(max(0.0, when[0] - time.monotonic()))
            do, every = plans[when[1]]
            due[when[1]] = (when[0] + every, when[1])
            try:
                do()
            except (OSError, http.client.HTTPException):
                visitor.unanswered()

    threads = [threading.Thread(target=work, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


@dataclass(frozen=True)
class Standing:
    """What a server has used: processor seconds, memory now and at most (MB), and its connections to the database."""

    processor: float
    memory: int
    most: int
    connections: int

    @classmethod
    def of(cls, pid: int, url: str) -> Standing:
        """Ask the machine and the database."""
        told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
        clock = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        with psycopg.connect(url) as asked:
            found = asked.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                  " AND pid <> pg_backend_pid()").fetchone()  # fmt: skip
        return cls(
            (int(clock[11]) + int(clock[12])) / os.sysconf("SC_CLK_TCK"),
            int(told["VmRSS"].split()[0]) // 1024,
            int(told["VmHWM"].split()[0]) // 1024,
            0 if found is None else found[0],
        )


def surroundings(url: str, folder: str) -> dict[str, str]:
    """Return the environment of a workspace on a database, with nothing of our own in it."""
    return {
        "DATABASE_URL": url,
        "VAGVISARE_SECRET_KEY": uuid.uuid4().hex * 2,
        "VAGVISARE_RECORDS": str(Path(folder) / "records.sqlite3"),
    }


@contextmanager
def serving(given: dict[str, str], threads: int = 0) -> Iterator[tuple[int, int]]:
    """Serve the workspace beside the public site; the block gets its port and its process."""
    environment = os.environ | given | {"PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", SERVE, "strategies/orebro", str(threads)]
    server = subprocess.Popen(  # noqa: S603  our own code
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        line = server.stdout.readline() if server.stdout else ""
        yield int(line.split("127.0.0.1:")[1].split("/")[0]), server.pid
    finally:
        server.terminate()
        server.wait()


def compared(port: int, made: dict[str, Any]) -> list[float]:
    """Return seconds for opening the page of two large editions beside each other: the first time, then four more."""
    tally = Tally()
    reader = Visitor(port, made["cookies"][0], made["nodes"], tally)
    for _ in range(5):
        reader.ask("compare", "jamfor/stor-fore/stor-efter/")
    if set(tally.answers) != {200}:
        sys.exit(f"the page of two editions answered {dict(tally.answers)}")
    return tally.spent["compare"]


def run(code: str, *args: str, given: dict[str, str] | None = None) -> str:
    """Run a piece of code in a process of its own and return what it printed last."""
    environment = os.environ | {"DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "vagvisare.web.settings"} | (given or {})
    done = subprocess.run(  # noqa: S603  our own code
        [sys.executable, "-c", code, *args], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout.strip().splitlines()[-1]


def percentile(times: list[float], share: float) -> float:
    """Return milliseconds at a share of the sorted times."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def editions() -> None:
    """Measure and print what two large editions cost without a database."""
    found = json.loads(run(COMPARE, str(COMPARED)))
    print(f"two editions of {COMPARED} nodes compared ({found['changed']} changed): "
          f"{found['best'] * 1000:.0f} ms (bar 200)")  # fmt: skip
    drawn = json.loads(run(PUBLIC, "strategies/orebro", str(COMPARED)))
    print(f"  public page of what changed, processor: first {drawn['first'] * 1000:.0f} ms, "
          f"again {drawn['best'] * 1000:.0f} ms, {drawn['size'] // 1024} kB; made once, then kept")  # fmt: skip


def workspace(seconds: float, threads: int, *, few: bool) -> bool:
    """Measure and print what forty people meet; return whether everything was answered and no word was lost."""
    with with_postgres.cluster(durable=True) as url, tempfile.TemporaryDirectory() as folder:
        given = surroundings(url, folder)
        made = json.loads(run(PREPARE, str(PEOPLE), str(NODES), str(COMPARED), given=given))
        with serving(given, threads) as (port, pid):
            warm = crowd(port, made, WARMING)
            before = Standing.of(pid, url)
            tally = crowd(port, made, seconds, few=few)
            after = Standing.of(pid, url)
            beside = compared(port, made)
        tickets = Path(folder) / "tickets.json"
        tickets.write_text(json.dumps(warm.tickets + tally.tickets), encoding="utf-8")
        kept = json.loads(run(CHECK, str(tickets), given=given))
    where = "all in five nodes, " if few else ""
    print(f"{PEOPLE} people, {NODES} nodes, {where}PostgreSQL, {seconds:.0f} s, load {os.getloadavg()[0]:.1f}: "
          f"{dict(tally.answers)} answers")  # fmt: skip
    for name, times in sorted(tally.spent.items()):
        print(f"  {name}: {len(times) / seconds:.1f} a second, median {statistics.median(times) * 1000:.0f} ms, "
              f"p95 {percentile(times, 0.95):.0f} ms, slowest {max(times) * 1000:.0f} ms")  # fmt: skip
    print(f"  bar: open p95 300 ms; saves {dict(tally.states)}; {kept}")
    used = after.processor - before.processor
    print(f"  server: {used / seconds:.0%} of one processor, {used / tally.answers.total() * 1000:.0f} ms an answer; "
          f"memory {before.memory} MB before, {after.memory} after, {after.most} at most; "
          f"{after.connections} connections")  # fmt: skip
    print(f"  two editions of {COMPARED} nodes beside each other: first {beside[0] * 1000:.0f} ms, "
          f"then {min(beside[1:]) * 1000:.0f} ms")  # fmt: skip
    return whole(warm.answers + tally.answers, kept)


def whole(answers: Counter[int], kept: dict[str, Any]) -> bool:
    """Tell whether every question was answered, every word kept, and the trail unbroken."""
    return max(answers) < 500 and not kept["lost"] and kept["trail"] == "None"


def main() -> int:
    """Measure and print; 1 when a word was lost or an answer broke, never because of time."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=120)
    asked.add_argument("--threads", type=int, default=0, help="threads of the server; its own number when left out")
    asked.add_argument("--few", action="store_true", help="everybody writes in the same five nodes")
    given = asked.parse_args()
    editions()
    try:
        return 0 if workspace(given.seconds, given.threads, few=given.few) else 1
    except with_postgres.AbsentError as absent:
        print(absent)
        return 0


if __name__ == "__main__":
    sys.exit(main())
