"""Done in a process of its own, which may be killed at any point: ``unlucky_program.py WHAT FOLDER [POINT]``."""

import json
import os
import resource
import shutil
import signal
import sys
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402  Django is to be opened first

from vagvisare import strategy_folder  # noqa: E402
from vagvisare.terms.errors import UserError  # noqa: E402
from vagvisare.web.accounts.models import Grant, Person  # noqa: E402
from vagvisare.web.audit import trail  # noqa: E402
from vagvisare.web.audit.models import Event  # noqa: E402
from vagvisare.web.registers.models import Entry  # noqa: E402
from vagvisare.web.revision import opening  # noqa: E402
from vagvisare.web.revision.models import Draft, Reason  # noqa: E402
from vagvisare.web.revision.sealing import actions  # noqa: E402
from vagvisare.web.revision.sealing.checking import checked  # noqa: E402
from vagvisare.web.revision.sealing.decided import Decided  # noqa: E402
from vagvisare.web.revision.writing.wordings import save_wording  # noqa: E402
from vagvisare.web.strategy import actions as strategy  # noqa: E402
from vagvisare.web.strategy import opened  # noqa: E402
from vagvisare.web.strategy.models import Head, SealedEdition  # noqa: E402

BUNDLED = Path(__file__).parents[3] / "strategies" / "orebro"
DECIDED = Decided("2030-prov", "Påhittad utgåva", "remiss")
what, place = sys.argv[1], Path(sys.argv[2])
point = sys.argv[3] if len(sys.argv) > 3 else ""


def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)


def dying(module, name, *, after):
    """Make a function the last thing the process does: before it, or when it is done."""
    usual = getattr(module, name)

    def last(*told, **more):
        if after:
            usual(*told, **more)
        die()

    setattr(module, name, last)


def strategist():
    return Person.objects.prefetch_related("grants").get(email="strateg@exempel.se")


def prepare():
    call_command("migrate", verbosity=0)
    made = Person.objects.create_user("strateg@exempel.se", None, name="Påhittad Strateg")
    Grant.objects.create(person=made, role="strategist")
    shutil.copytree(BUNDLED, place, ignore=shutil.ignore_patterns("vintages", "records"))


def prepare_draft():
    prepare()
    by = strategist()
    strategy.take_in(by, strategy_folder.read(place))
    draft = opening.open_draft(by, "2030-prov", "Påhittad utgåva", "2021-remiss")
    node = draft.nodes.get(address="vision")
    save_wording(by, node, f"{node.text} Och ett ord till.", node.version, "biljett")
    Reason.objects.create(draft=draft, address="vision", text="Därför.", because=["evidence:grona-given"], by="x")
    for gate in checked(draft, DECIDED).stopped:
        actions.override(by, draft, gate.key, "påhittat skäl")


def take_in():
    if point == "registers":
        dying(strategy, "_take_in_registers", after=True)
    elif point == "editions":
        dying(strategy, "_take_in_registers", after=False)
    strategy.take_in(strategist(), strategy_folder.read(place))


def seal():
    by, draft = strategist(), Draft.objects.get(key="2030-prov")
    opened.put(place, strategy_folder.read(place), lambda: None)
    if point == "edition kept":
        dying(actions, "_belongs_to_its_edition", after=False)
    elif point == "next draft open":
        dying(actions, "open_draft", after=True)
    elif point == "folder":
        count, usual = [0], os.replace

        def replace(*told, **more):
            count[0] += 1
            if count[0] == 1:
                die()
            usual(*told, **more)

        os.replace = replace
        dying(opened, "renew", after=False)
    elif point == "no room":
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000_000, 9_000_000))
        usual_write = strategy.write

        def cramped(*told):
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 9_000_000))
            try:
                usual_write(*told)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (9_000_000, 9_000_000))

        strategy.write = cramped
    done = actions.seal(by, draft, DECIDED)
    return "sealed" if done.unwritten is None else f"sealed, {done.unwritten}"


def tell():
    broken = trail.verify()
    read = strategy_folder.read(place)
    return {
        "editions": list(SealedEdition.objects.values_list("key", flat=True)),
        "whole": all(strategy.unbroken(row) for row in SealedEdition.objects.all()),
        "drafts": sorted(Draft.objects.values_list("key", "sealed_as")),
        "heads": Head.objects.count(),
        "entries": Entry.objects.count(),
        "events": Event.objects.count(),
        "broken": None if broken is None else str(broken),
        "folder": [edition.key for edition in read.strategy.editions],
    }


try:
    said = {"prepare": prepare, "draft": prepare_draft, "take-in": take_in, "seal": seal, "tell": tell}[what]()
except UserError as error:
    said = f"refused: {type(error).__name__}"
sys.stdout.write(json.dumps(said))
