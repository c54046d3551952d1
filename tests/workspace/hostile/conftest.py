"""A small made-up workspace with one of everything, and the walk over every address of it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from vagvisare import strategy_folder
from vagvisare.editions.document import Edition, Node, Source

FOLDER = Path(__file__).parents[3] / "strategies" / "orebro"
SOURCE = Source("pahittat.txt", 1)


def made_up():
    """Return an edition with a goal and two areas with two directions each; every word is made up."""
    nodes = [
        Node("kapitel/mal", "chapter", "Mål", SOURCE),
        Node("effektmal/fler-trad", "effect_goal", "Fler träd", SOURCE, parent="kapitel/mal"),
    ]
    for area in (1, 2):
        home = f"omrade/omrade-{area}"
        nodes.append(Node(home, "area", f"Område {area}", SOURCE, number=f"5.{area}"))
        nodes += [
            Node(
                f"{home}/inriktning/rikta-{area}-{number}",
                "direction",
                f"Plantera björk nummer {number} vid torget och vattna den varje vecka under sommaren.",
                SOURCE,
                parent=home,
            )
            for number in (1, 2)
        ]
    return Edition("2020-pahittad", "Påhittad strategi", "adopted", None, SOURCE, partial=False, nodes=tuple(nodes))


def addresses():
    """Return (route, pattern) of every view of the workspace."""

    def walk(patterns, before=""):
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern) and route.startswith("arbete/"):
                yield route, pattern

    found = list(walk(get_resolver().url_patterns))
    assert len(found) > 60
    return found


@pytest.fixture(autouse=True)
def _nothing_counted():
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def bundled():
    return strategy_folder.read(FOLDER)


class World:
    """A draft with one of everything; ``fill(route)`` gives an address of things that are there."""

    def __init__(self, bundled, person):
        from vagvisare.strategy_folder.plain import plain_of
        from vagvisare.web.accounts import actions as people
        from vagvisare.web.registers.models import Entry
        from vagvisare.web.revision.models import Manuscript
        from vagvisare.web.revision.opening import open_draft
        from vagvisare.web.revision.writing import talk, wordings
        from vagvisare.web.strategy import actions
        from vagvisare.web.strategy.models import Head

        self.person = person
        self.strategist, self.other = person("strategist"), person("writer")
        self.admin = person("administrator")
        edition = made_up()
        Head.objects.create(content=plain_of(replace(bundled.strategy, current=edition.key), actions.PARTS))
        actions.keep(self.strategist, edition, why="prov")
        self.draft = open_draft(self.strategist, "2030", "Strategi 2030", edition.key)
        self.second = open_draft(self.strategist, "2031", "Strategi 2031", edition.key)
        self.node = self.at("rikta-1-1")
        self.event = wordings.save_wording(self.strategist, self.node, "Plantera lind.", 1, "biljett-1").event
        self.clash = wordings.save_wording(self.other, self.node, "Plantera asp.", 1, "biljett-2").clash
        assert self.clash is not None
        self.comment = talk.comment(self.strategist, self.node, "Varför lind?")
        self.assignment = talk.assign(self.strategist, self.node, self.other)
        self.invitation = people.invite(self.admin, "ny@exempel.se", "Ny Påhittad", [("reader", "")], "").invitation
        for name in ("evidence", "timeline", "trends"):
            item = getattr(bundled.strategy.register, name)[0]
            Entry.objects.create(register=name, key=item.key, content=plain_of(item))
        self.evidence = bundled.strategy.register.evidence[0].key
        self.manuscript = Manuscript.objects.create(
            draft=self.draft, name="pahittat.md", kind="md", sha256="0" * 64, original=b"# Rubrik", by="system",
            found=self._read(),
        )  # fmt: skip

    def _read(self):
        from vagvisare.manuscripts.plain import to_plain
        from vagvisare.manuscripts.reading import read_manuscript

        return to_plain(read_manuscript("pahittat.md", b"# Rubrik\n\nEn mening."))

    def at(self, tail, draft=None):
        return (draft or self.draft).nodes.get(address__endswith=tail)

    def sound(self):
        """Return fields that a form might well send."""
        return {
            "base": self.node.version, "ticket": "biljett", "version": 1, "uid": self.node.uid,
            "with": self.at("rikta-1-2").uid, "person": self.other.pk, "address": self.node.address,
            "level": "direction", "origin": self.node.address, "target": "effektmal/fler-trad", "answer": "yes",
        }  # fmt: skip

    def soundly(self, name):
        """Return forms that change something at an address, where one form does not fit all."""
        sound = self.sound() | {"text": "Plantera rönn.", "title": "Ny titel", "reason": "Därför.", "name": "Ny",
                                "note": "Obs.", "key": "2040", "from": "2020-pahittad", "step": "down"}  # fmt: skip
        more = {
            "draft_save": [{"base": 2, "version": 2}],
            "draft_assign": [{"remove": self.assignment.pk}],
            "draft_new": [{"parent": self.at("omrade-1").uid}],
            "draft_shape": [{"step": step} for step in ("up", "down", "in", "out")],
            "draft_assign_done": [{"done": "1"}],
            "entry_change": [{"name": "Nytt namn", "title": "Ny titel"}],
            "entry_move": [{"plats": 0}],
            "change_role": [{"role": "reader", "do": "give"}, {"role": "writer", "do": "take"}],
            "change_state": [{"reason": "Slutat."}],
            "invite": [{"email": "en-till@exempel.se", "name": "En Till", "role": "reader"}],
            "set_screening": [{"perspective": "kapitel/mal"}],
            "erratum": [{"was": "björk", "now": "lind"}],
            "profile": [{"language": "en"}],
        }.get(name, [])
        return [sound, *({**sound, **each} for each in more)]

    def fill(self, route, **more):
        known = {
            "language": "sv", "digest": "0" * 12, "name": "site.css", "kind": "node", "register": "evidence",
            "form": "csv", "field": "title", "gate": "reasons", "before": "2020-pahittad", "after": "2020-pahittad",
            "clash": self.clash.pk, "comment": self.comment.pk, "assignment": self.assignment.pk,
            "uid": self.node.uid, "how": "flytta", "pk": 1, "number": self.event,
        }  # fmt: skip
        if "utgavor/" in route:
            known["key"] = "2020-pahittad"
        elif "register/" in route or "verkan/" in route:
            known["key"] = self.evidence
        else:
            known["key"] = "2030"
        if "dokument/" in route:
            known["number"] = self.manuscript.pk
        elif "inbjudan/" in route:
            known["number"] = self.invitation.pk
        elif "personer/" in route:
            known["number"] = self.other.pk
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str((known | more)[found[1]]), route)


@pytest.fixture(scope="session")
def routes():
    return addresses()


@pytest.fixture
def world(db, bundled, person):
    return World(bundled, person)
