"""Run as a program of its own, with Django's settings in the environment: many write one node at the same moment.

Prints, as JSON, what each was answered and everything that is kept of the node afterwards.
"""

import itertools
import json
import sys
import threading
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402

from vagvisare.web.accounts.models import Grant, Person  # noqa: E402
from vagvisare.web.audit import trail  # noqa: E402
from vagvisare.web.registers.models import Entry  # noqa: E402
from vagvisare.web.revision.models import DraftNode  # noqa: E402
from vagvisare.web.revision.opening import open_draft  # noqa: E402
from vagvisare.web.revision.writing.joining import split  # noqa: E402
from vagvisare.web.revision.writing.presence import around  # noqa: E402
from vagvisare.web.revision.writing.shaping import add_node, move, step  # noqa: E402
from vagvisare.web.revision.writing.talk import assign, comment  # noqa: E402
from vagvisare.web.revision.writing.term_list import add_term  # noqa: E402
from vagvisare.web.revision.writing.tree import SealedDraftError, hold_everything  # noqa: E402
from vagvisare.web.revision.writing.wordings import save_wording  # noqa: E402

WORDS = ["ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]
PATIENCE = 60
"""Seconds to go on writing before it is a fault that nobody sealed."""


def strategist(number):
    made = Person.objects.create_user(f"skribent{number}@exempel.se", name=f"Påhittad Skribent {number}")
    Grant.objects.create(person=made, role="strategist")
    return made


def at_once(jobs):
    """Run every job in a thread of its own, begun together; return what each gave, or what it raised."""
    ready, results = threading.Barrier(len(jobs)), [None] * len(jobs)

    def run(number, job):
        try:
            ready.wait()
            results[number] = job()
        except Exception as error:  # noqa: BLE001  told below
            results[number] = f"{type(error).__name__}: {error}"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def same_words(people, node):
    """Everybody replaces the same word by one of their own, again and again from the first wording."""

    def job(number, person):
        def run():
            text = " ".join([*WORDS[:5], f"eget{number}", *WORDS[6:]])
            return save_wording(person, DraftNode.objects.get(pk=node.pk), text, 1, f"same-{number}").state

        return run

    return at_once([job(*pair) for pair in enumerate(people)])


def other_words(people, node):
    """Everybody puts a word of their own after another of the words."""

    def job(number, person):
        def run():
            text = " ".join([*WORDS[: number * 3 + 1], f"nytt{number}", *WORDS[number * 3 + 1 :]])
            return save_wording(person, DraftNode.objects.get(pk=node.pk), text, 1, f"other-{number}").state

        return run

    return at_once([job(*pair) for pair in enumerate(people)])


def same_ticket(people, node):
    """One browser sends the same save several times."""

    def run():
        return save_wording(people[0], DraftNode.objects.get(pk=node.pk), "samma ord " * 3, 1, "one-ticket").state

    return at_once([run] * 4)


def same_term(people):
    """Everybody puts the same word in the list of terms."""

    def job(person):
        return lambda: "added" if add_term(person, "Rättviksnätet").event else "there"

    answers = at_once([job(person) for person in people])
    return {"answers": answers, "terms": list(Entry.objects.filter(register="terms").values_list("key", flat=True))}


def circle(people, one, two):
    """Two move each other's node under their own."""

    def job(person, node, parent):
        def run():
            move(person, DraftNode.objects.get(pk=node.pk), DraftNode.objects.get(pk=parent.pk))
            return "moved"

        return run

    return at_once([job(people[0], one, two), job(people[1], two, one)])


def everything(people, nodes):
    """Two write, one turns the tree about, one comments and divides the writing: nobody may stop another for good."""
    one, two, three = nodes

    def writing(person, node, letter):
        def run():
            for turn in range(6):
                now = DraftNode.objects.get(pk=node.pk)
                save_wording(person, now, f"{now.text} {letter}{turn}", now.version, f"{letter}{turn}")
            return "done"

        return run

    def turning():
        for turn in range(6):
            for node in nodes:
                step(people[2], DraftNode.objects.get(pk=node.pk), ["up", "down", "in", "out"][turn % 4])
        split(people[2], DraftNode.objects.get(pk=three.pk), [" ".join(WORDS[:5]), " ".join(WORDS[5:])])
        return "done"

    def talking():
        for turn in range(6):
            assign(people[3], DraftNode.objects.get(pk=one.pk), people[turn % 4])
            comment(people[3], DraftNode.objects.get(pk=two.pk), f"Sagt {turn}")
            around(people[3], two.draft, DraftNode.objects.get(pk=nodes[turn % 3].pk), writing=True)
        return "done"

    return at_once([writing(people[0], one, "a"), writing(people[1], two, "b"), turning, talking])


def sealed_meanwhile(people, draft):
    """One seals the draft while the others write in it; what was sealed is told beside what stands afterwards."""
    nodes = list(DraftNode.objects.filter(draft=draft))

    def writing(person, node):
        def run():
            # Until refused: SQLite lets in whom it likes, and the one who seals may have to wait for many turns.
            begun, turns = time.monotonic(), itertools.count()
            while time.monotonic() - begun < PATIENCE:
                turn, now = next(turns), DraftNode.objects.get(pk=node.pk)
                words = f"{' '.join(WORDS)} x{turn}"
                try:
                    save_wording(person, now, words, now.version, f"{node.pk}-{turn}")
                except SealedDraftError:
                    return "refused"
            return "never refused"

        return run

    def sealing():
        while not DraftNode.objects.filter(draft=draft, text__contains=" x").exists():
            pass
        with transaction.atomic():
            held = hold_everything(draft)
            told = dict(DraftNode.objects.filter(draft=draft).values_list("pk", "text"))
            held.sealed_as = held.key
            held.save(update_fields=["sealed_as"])
        return told

    jobs = [writing(person, node) for person, node in zip(people[:3], nodes[-3:], strict=True)]
    *answers, told = at_once([*jobs, sealing])
    return {
        "answers": answers,
        "sealed": told if isinstance(told, str) else {str(pk): text for pk, text in told.items()},
        "stands": {str(pk): text for pk, text in DraftNode.objects.filter(draft=draft).values_list("pk", "text")},
    }


def kept(node):
    node = DraftNode.objects.get(pk=node.pk)
    return {
        "text": node.text,
        "version": node.version,
        "wordings": list(node.wordings.values_list("version", "text")),
        "clashes": list(node.clashes.values_list("mine", flat=True)),
    }


def roots(draft):
    return DraftNode.objects.filter(draft=draft, parent=None).count()


def main():
    call_command("migrate", verbosity=0)
    people = [strategist(number) for number in range(4)]
    draft = open_draft(people[0], "2030", "Påhittad")
    nodes = [add_node(people[0], draft, None, "passage", " ".join(WORDS))[0] for _ in range(8)]
    told = {
        "vendor": connection.vendor,
        "journal": str(connection.settings_dict["NAME"]),
        "same": {"answers": same_words(people, nodes[0])} | kept(nodes[0]),
        "other": {"answers": other_words(people, nodes[1])} | kept(nodes[1]),
        "ticket": {"answers": same_ticket(people, nodes[2])} | kept(nodes[2]),
        "term": same_term(people),
        "circle": {"answers": circle(people, nodes[3], nodes[4]), "roots": roots(draft)},
        "everything": {"answers": everything(people, nodes[5:8]), "texts": [kept(node)["text"] for node in nodes[5:8]]},
        "sealed": sealed_meanwhile(people, draft),
        "trail": None if (broken := trail.verify()) is None else broken.why,
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
