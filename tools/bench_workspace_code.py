"""What ``bench_workspace.py`` runs in processes of their own: made-up editions, a workspace, a server, a check."""

EDITIONS = """
from dataclasses import replace
from vagvisare.editions.document import Edition, Node, Source
SOURCE = Source("pahittat.txt")
def node(number, text):
    home = f"omrade/{number // 20}"
    if number % 20 == 0:
        return Node(home, "area", f"Område {number // 20}", SOURCE)
    return Node(f"{home}/inriktning/{number}", "direction", text, SOURCE, parent=home)
def sealed(key, nodes):
    return Edition(key, f"Påhittad {key}", "adopted", None, SOURCE, False, tuple(nodes))
WORDS = "Stärk samverkan mellan länets kommuner och näringsliv för en hållbar utveckling, del {}."
def of_size(key, size):
    return sealed(key, [node(number, WORDS.format(number)) for number in range(size)])
def reworded(before, key):
    nodes = [replace(each, text=each.text.replace("Stärk", "Utveckla och stärk")) if number % 3 else each
        for number, each in enumerate(before.nodes)]
    return replace(before, key=key, title=f"Påhittad {key}", nodes=tuple(nodes), follows=before.key)
"""
"""Made-up editions: as many nodes as asked, in areas of twenty; the later one says two thirds in other words."""

PREPARE = (
    """
import django; django.setup()
import json, sys
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.conf import settings
from vagvisare.web import upkeep
from vagvisare.web.accounts.models import Grant, Person
from vagvisare.web.revision.opening import open_draft
from vagvisare.web.strategy.actions import keep
from vagvisare.web.strategy.models import Head
"""
    + EDITIONS
    + """
people, nodes, compared = map(int, sys.argv[1:])
upkeep.prepare()
levels = [{"key": k, "name": {"sv": k, "en": k}, "plural": {"sv": k, "en": k}} for k in ("area", "direction")]
Head.objects.create(content={"key": "p", "owner": {"sv": "P", "en": "M"}, "title": {"sv": "P", "en": "M"},
    "territory": "18", "languages": ["sv"], "comparison": [], "level": levels, "current": ""})
made, cookies = [], []
for number in range(people):
    person = Person(email=f"p{number}@exempel.se", name=f"Påhittad {number}")
    person.set_unusable_password()
    person.save()
    Grant.objects.create(person=person, role="strategist")
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    made.append(person)
    cookies.append(session.session_key)
before = of_size("stor-fore", compared)
for edition in (of_size("grund", nodes), before, reworded(before, "stor-efter")):
    keep(made[0], edition, why="mätning")
draft = open_draft(made[0], "matning", "Påhittat utkast", "grund")
told = draft.nodes.filter(level="direction").order_by("id").values_list("uid", "address")
print(json.dumps({"cookies": cookies, "nodes": [[str(uid), address] for uid, address in told]}))
"""
)

SERVE = """
import sys
from pathlib import Path
from vagvisare import flow
from vagvisare.cli.serve import workspace_of
from vagvisare.web import server
from vagvisare.web.public import shelf
def announce(address):
    shelf.current().today.warm()  # else the public pages are made while others are measured
    print(address)
folder, threads = Path(sys.argv[1]), int(sys.argv[2])
server.WORKING_THREADS = threads or server.WORKING_THREADS
recorded = flow.record(flow.read_folder(folder))
material = flow.material(recorded, history=False)
server.serve(material, lambda day: material, port=0, workspace=workspace_of(folder, recorded), announce=announce)
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

COMPARE = (
    """
import json, sys, time
from vagvisare.editions.diff import compare
"""
    + EDITIONS
    + """
before = of_size("a", int(sys.argv[1]))
after = reworded(before, "b")
after = replace(after, nodes=tuple(reversed(after.nodes)))
best = 9e9
for _ in range(5):
    start = time.perf_counter(); found = compare(before, after); best = min(best, time.perf_counter() - start)
print(json.dumps({"changed": len(found.changed), "best": best}))
"""
)

PUBLIC = (
    """
import json, sys, time
from vagvisare import flow
from vagvisare.publications.layout import changes_place
from vagvisare.web.public.shelf import Edition as Shown
"""
    + EDITIONS
    + """
folder = flow.read_folder(sys.argv[1])
before = of_size("stor-fore", int(sys.argv[2]))
strategy = replace(folder.strategy, editions=(*folder.strategy.editions, before, reworded(before, "stor-efter")))
site = Shown(flow.material(flow.record(replace(folder, strategy=strategy)), history=False)).site
times, size = [], 0
for _ in range(4):
    start = time.process_time(); size = len(site.render("/" + changes_place("stor-efter")).body)
    times.append(time.process_time() - start)
print(json.dumps({"first": times[0], "best": min(times[1:]), "size": size}))
"""
)
