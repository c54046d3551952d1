"""Measured times of the workspace: forty people in one draft of 400 nodes on PostgreSQL, and two editions compared.

``python tools/bench_workspace.py [--seconds 120]``. Bars: opening the draft at most 300 ms (95th percentile) with forty
signed in and five saves a second; no lost update, no answer of 500 or above; two editions of 1,000 nodes compared in at
most 200 ms. Everything on this machine's loopback; the people and their words are made up. Never fails on time.
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
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent))

import with_postgres

ROOT = Path(__file__).parents[1]
PEOPLE, NODES, SAVES_A_SECOND = 40, 400, 5
OPENS_EVERY, LOOKS_EVERY = 10.0, 5.0
"""Seconds between one person's openings of the draft, and between the editor's own questions about who is here."""
WORDS = "mål hållbar utveckling länet samverkan stärka fler kommuner näringsliv klimat hälsa kultur digital".split()

PREPARE = """
import django; django.setup()
import json, sys
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.conf import settings
from vagvisare.web import upkeep
from vagvisare.web.accounts.models import Grant, Person
from vagvisare.web.revision.models import Draft, DraftNode, Wording
from vagvisare.web.strategy.models import Head
people, nodes = int(sys.argv[1]), int(sys.argv[2])
upkeep.prepare()
levels = [{"key": k, "name": {"sv": k, "en": k}, "plural": {"sv": k, "en": k}} for k in ("area", "direction")]
Head.objects.create(content={"key": "p", "owner": {"sv": "P", "en": "M"}, "title": {"sv": "P", "en": "M"},
    "territory": "18", "languages": ["sv"], "comparison": [], "level": levels, "current": ""})
draft = Draft.objects.create(key="matning", title="Påhittat utkast", opened_by="mätning",
    head={"title": "P", "status": "draft", "source": "matning", "partial": False})
areas = [DraftNode(draft=draft, address=f"omrade/{n}", level="area", position=n, text=f"Område {n}", source="p")
    for n in range(10)]
DraftNode.objects.bulk_create(areas)
rest = [DraftNode(draft=draft, address=f"omrade/{n % 10}/inriktning/{n}", level="direction", position=n,
    parent=areas[n % 10], text="Stärk samverkan mellan länets kommuner och näringsliv för en hållbar utveckling.",
    source="p") for n in range(nodes - 10)]
DraftNode.objects.bulk_create(rest)
every = list(DraftNode.objects.filter(draft=draft))
Wording.objects.bulk_create(Wording(node=n, version=1, text=n.text, by="mätning", ticket=f"first-{n.pk}") for n in every)
cookies = []
for number in range(people):
    person = Person(email=f"p{number}@exempel.se", name=f"Påhittad {number}"); person.set_unusable_password(); person.save()
    Grant.objects.create(person=person, role="strategist")
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create(); cookies.append(session.session_key)
print(json.dumps({"cookies": cookies, "nodes": [str(n.uid) for n in every if n.level == "direction"]}))
"""

SERVE = """
import sys
from vagvisare import flow
from vagvisare.web import server
recorded = flow.record(flow.read_folder(sys.argv[1]))
material = flow.material(recorded, history=False)
server.serve(material, lambda day: material, port=0)
"""

CHECK = """
import django; django.setup()
import json, sys
from vagvisare.web.audit import trail
from vagvisare.web.revision.models import Clash, Wording
tickets = set(json.load(open(sys.argv[1])))
kept = set(Wording.objects.values_list("ticket", flat=True)) | set(Clash.objects.values_list("ticket", flat=True))
print(json.dumps({"lost": len(tickets - kept), "clashes": Clash.objects.count(),
    "merged": Wording.objects.filter(merged=True).count(), "trail": str(trail.verify())}))
"""

COMPARE = """
import time
from dataclasses import replace
from vagvisare.editions.diff import compare
from vagvisare.editions.document import Edition, Node, Source
S = Source("p")
def node(n, text): return Node(f"omrade/{n // 20}/x/{n}" if n % 20 else f"omrade/{n // 20}", "direction", text, S,
    parent=f"omrade/{n // 20}" if n % 20 else "")
before = Edition("a", "A", "p", None, S, False, tuple(node(n, f"Stärk samverkan mellan länets {n} aktörer") for n in range(1000)))
after = Edition("b", "B", "p", None, S, False, tuple(node(n, f"Stärk hållbar samverkan mellan länets {n} aktörer"
    if n % 3 else f"Stärk samverkan mellan länets {n} aktörer") for n in reversed(range(1000))))
best = 9e9
for _ in range(5):
    start = time.perf_counter(); found = compare(before, after); best = min(best, time.perf_counter() - start)
print(len(found.changed), best)
"""


@dataclass
class Tally:
    """What forty people met."""

    opened: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    looked: list[float] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    tickets: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Visitor:
    """One person's browser: keeps its connection, its session and its form's proof."""

    def __init__(self, port: int, session: str, nodes: list[str], tally: Tally) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._session, self._proof = session, uuid.uuid4().hex
        self._nodes, self._tally = nodes, tally
        self.chance = random.Random(session)

    def ask(self, path: str, told: dict[str, str] | None = None) -> tuple[int, bytes, float]:
        """Ask once and return status, body and seconds."""
        headers = {"Cookie": f"vagvisare={self._session}; vagvisare-form={self._proof}", "Accept": "application/json"}
        body = None
        if told is not None:
            body = urlencode(told | {"csrfmiddlewaretoken": self._proof})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        self._connection.request("GET" if told is None else "POST", f"/arbete/utkast/matning/{path}", body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        spent = time.perf_counter() - start
        with self._tally.lock:
            self._tally.answers[answer.status] += 1
        return answer.status, content, spent

    def open(self) -> None:
        """Open the draft."""
        _, _, spent = self.ask("")
        with self._tally.lock:
            self._tally.opened.append(spent)

    def look(self) -> None:
        """Ask who is here."""
        _, _, spent = self.ask("lage/", {"node": self.chance.choice(self._nodes), "writing": "1", "version": "1"})
        with self._tally.lock:
            self._tally.looked.append(spent)

    def save(self) -> None:
        """Save a node: read what stands there, add a word in the middle; one in five writes on an old version."""
        uid = self._nodes[int(self.chance.paretovariate(1.2)) % len(self._nodes)]
        status, content, _ = self.ask("lage/", {"node": uid, "writing": "1", "version": "0"})
        now = json.loads(content) if status == 200 else {}
        version, text = int(now.get("version") or 1), str(now.get("text") or "Stärk samverkan.")
        words = text.split()
        words.insert(self.chance.randrange(len(words) + 1), self.chance.choice(WORDS))
        ticket = uuid.uuid4().hex
        if self.chance.random() < 0.2:
            time.sleep(0.5)
        told = {"text": " ".join(words[:200]), "base": str(version), "ticket": ticket}
        status, content, spent = self.ask(f"nod/{uid}/spara/", told)
        with self._tally.lock:
            self._tally.saved.append(spent)
            if status == 200:
                self._tally.tickets.append(ticket)
                self._tally.states[str(json.loads(content).get("state"))] += 1


def crowd(port: int, made: dict[str, list[str]], seconds: float) -> Tally:
    """Let everybody work for a while."""
    tally, end = Tally(), time.monotonic() + seconds
    visitors = [Visitor(port, cookie, made["nodes"], tally) for cookie in made["cookies"]]

    def work(visitor: Visitor) -> None:
        plans = [(visitor.open, OPENS_EVERY), (visitor.look, LOOKS_EVERY), (visitor.save, PEOPLE / SAVES_A_SECOND)]
        due = [(time.monotonic() + visitor.chance.random() * every, number) for number, (_, every) in enumerate(plans)]
        while (when := min(due))[0] < end:
            time.sleep(max(0.0, when[0] - time.monotonic()))
            do, every = plans[when[1]]
            due[when[1]] = (when[0] + every, when[1])
            do()

    threads = [threading.Thread(target=work, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def run(code: str, *args: str, url: str = "") -> str:
    """Run a piece of code in a process of its own and return what it printed last."""
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "vagvisare.web.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code, *args], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout.strip().splitlines()[-1]


def percentile(times: list[float], share: float) -> float:
    """Return milliseconds at a share of the sorted times."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=120)
    seconds = asked.parse_args().seconds
    changed, spent = run(COMPARE).split()
    print(f"two editions of 1,000 nodes compared ({changed} changed): {float(spent) * 1000:.0f} ms (bar 200)")
    try:
        with with_postgres.cluster(durable=True) as url, tempfile.TemporaryDirectory() as folder:
            os.environ["VAGVISARE_SECRET_KEY"] = uuid.uuid4().hex * 2
            os.environ["VAGVISARE_RECORDS"] = str(Path(folder) / "records.sqlite3")
            made = json.loads(run(PREPARE, str(PEOPLE), str(NODES), url=url))
            environment = os.environ | {"DATABASE_URL": url, "PYTHONUNBUFFERED": "1"}
            server = subprocess.Popen(
                [sys.executable, "-c", SERVE, "strategies/orebro"], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
            )
            try:
                port = int((server.stdout.readline() if server.stdout else "").split("127.0.0.1:")[1].split("/")[0])
                crowd(port, made, 3)  # the pages of the public site are made meanwhile; nothing of this counts
                tally = crowd(port, made, seconds)
            finally:
                server.terminate()
                server.wait()
            tickets = Path(folder) / "tickets.json"
            tickets.write_text(json.dumps(tally.tickets), encoding="utf-8")
            kept = json.loads(run(CHECK, str(tickets), url=url))
    except with_postgres.AbsentError as absent:
        print(absent)
        return
    print(f"{PEOPLE} people, {NODES} nodes, PostgreSQL, {seconds:.0f} s: {dict(tally.answers)} answers")
    for name, times in (("open", tally.opened), ("save", tally.saved), ("look", tally.looked)):
        print(f"  {name}: {len(times) / seconds:.1f} a second, median {statistics.median(times) * 1000:.0f} ms, "
              f"p95 {percentile(times, 0.95):.0f} ms, slowest {max(times) * 1000:.0f} ms")  # fmt: skip
    print(f"  bar: open p95 300 ms; saves {dict(tally.states)}; {kept}")


if __name__ == "__main__":
    main()
