"""A workspace of its own for the browser tests: made-up people and a draft in a file, and a server that can be killed.

``python house.py prepare SECRETS.json NODES`` makes the records (their place stands in ``VAGVISARE_RECORDS``) and
writes down people, their sessions and the nodes. ``python house.py serve PORT`` serves them. Run as its own process, so
that the tests may end it as a power cut would.
"""

import json
import os
import sys
from pathlib import Path

PEOPLE = {
    "anna": ("Anna Påhittad", "strategist"),
    "bo": ("Bo Uppdiktad", "strategist"),
    "cilla": ("Cilla Läsare", "reader"),
    "disa": ("Disa Skribent", "writer"),
}
DRAFT = "2030"
FOLDER = Path(__file__).parents[3] / "strategies" / "orebro"
WORDS = "Länets kommuner planterar björk, alm och lind vid varje torg och vattnar dem hela sommaren."


def ready():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vagvisare.web.settings")
    import django

    django.setup()


def made_up(count):
    """Return an edition of ``count`` nodes: areas with directions, every word made up."""
    from vagvisare.editions.document import Edition, Node, Source

    source = Source("pahittat.txt", 1)
    nodes = [Node("kapitel/omraden", "chapter", "Prioriterade områden", source, number="5")]
    area = 0
    while len(nodes) < count:
        area += 1
        home = f"omrade/omrade-{area}"
        nodes.append(Node(home, "area", f"Träd och torg {area}", source, parent="kapitel/omraden", number=f"5.{area}"))
        for number in range(1, 10):
            if len(nodes) == count:
                break
            text = f"{WORDS} Det är inriktning {number} i område {area}."
            nodes.append(Node(f"{home}/inriktning/rikta-{area}-{number}", "direction", text, source, parent=home))
    return Edition("2020-pahittad", "Påhittad strategi", "adopted", None, source, partial=False, nodes=tuple(nodes))


def prepare(secrets, count):
    from dataclasses import replace

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from vagvisare import strategy_folder
    from vagvisare.strategy_folder.plain import plain_of
    from vagvisare.web.accounts.models import Grant, Person
    from vagvisare.web.revision.opening import open_draft
    from vagvisare.web.strategy import actions
    from vagvisare.web.strategy.models import Head

    call_command("migrate", verbosity=0)
    known = {}
    for key, (name, role) in PEOPLE.items():
        person = Person.objects.create_user(f"{key}@exempel.se", name=name)
        Grant.objects.create(person=person, role=role, scope="omrade/omrade-1" if role == "writer" else "")
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        known[key] = {"pk": person.pk, "session": session.session_key}
    edition = made_up(count)
    strategy = strategy_folder.read(FOLDER).strategy
    Head.objects.create(content=plain_of(replace(strategy, current=edition.key), actions.PARTS))
    anna = Person.objects.get(email="anna@exempel.se")
    actions.keep(anna, edition, why="prov")
    draft = open_draft(anna, DRAFT, "Strategi för träd och torg", edition.key)
    nodes = {node.address: str(node.uid) for node in draft.nodes.all()}
    Path(secrets).write_text(json.dumps({"people": known, "nodes": nodes}), encoding="utf-8")


def serve(port):
    from django.core.wsgi import get_wsgi_application
    from waitress import serve as waitress

    application = get_wsgi_application()
    slow = float(os.environ.get("SLOW_SAVES", "0"))

    def answering(environ, start):
        """Be slow after a save has been kept, so that a test can end the server before it is acknowledged."""
        if not environ["PATH_INFO"].startswith("/arbete/"):
            start("404 Not Found", [("Content-Length", "0")])  # the public site is not open here
            return [b""]
        answer = application(environ, start)
        if slow and environ["PATH_INFO"].endswith("/spara/"):
            import time

            Path(os.environ["SAVED_MARK"]).touch()
            time.sleep(slow)
        return answer

    waitress(answering, host="127.0.0.1", port=int(port), threads=8, ident=None)


if __name__ == "__main__":
    ready()
    if sys.argv[1] == "prepare":
        prepare(sys.argv[2], int(sys.argv[3]))
    else:
        serve(sys.argv[2])
