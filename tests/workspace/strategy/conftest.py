"""A small made-up strategy folder, served and taken in, and edited the way a colleague would: as text in its files."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from vagvisare import strategy_folder
from vagvisare.editions.document import Edition, Node, Source
from vagvisare.editions.registers import Actor, Erratum, Evidence, Register, SteeringInput, Theme
from vagvisare.strategy_folder.folder import Folder

SOURCE = Source("pahittat.txt", 1)
KEY = "2020-pahittad"
ERRATUM = Erratum("e-1", KEY, "omrade/trad", "Träd", "Trädet", date(2021, 1, 1), "påhittat skäl", "Påhittad Person")


def strategy_of(known):
    """Return a strategy of one small edition and a few entries; every word is made up."""
    nodes = (Node("omrade/trad", "area", "Träd", SOURCE, number="5.1"), Node("omrade/vatten", "area", "Vatten", SOURCE))
    edition = Edition(KEY, "Påhittad strategi", "adopted", None, SOURCE, partial=False, nodes=nodes)
    register = Register(
        evidence=(
            Evidence("bjork", "Björkens år", "event", 2, SOURCE, note="Första anmärkningen", summary="Om björkar"),
            Evidence("asp", "Aspens tid", "trend", 1, SOURCE),
            Evidence("lind", "Lindens löfte", "goal", 1, SOURCE),
        ),
        actors=(Actor("skogen", "Påhittade skogsrådet", "council", "bereder", SOURCE),),
        mandate=(SteeringInput("hall-fast", "Håll fast vid träden", "skogen", "why", SOURCE),),
        themes=(Theme("gront", "Grönt", words=("grön", "löv")),),
        errata=(ERRATUM,),
    )
    return replace(known, current=KEY, editions=(edition,), register=register, notes=(), documents=(),
                   updated=None)  # fmt: skip


@pytest.fixture(scope="session")
def written(region, tmp_path_factory):
    """The folder as it lies on the disk before anybody has touched it: written once, copied by each test."""
    place = tmp_path_factory.mktemp("pahittad") / "pahittad"
    strategy_folder.write(Folder(strategy_of(region[1].strategy), (), (), (), ()), place)
    return place


class Beside:
    """A folder that is served, and the workspace beside it."""

    def __init__(self, path, strategist):
        self.path, self.strategist = path, strategist

    def read(self):
        return strategy_folder.read(self.path)

    def edit(self, file, was, now):
        """Change words in a file by hand; they must be there."""
        path = self.path / file
        text = path.read_text("utf-8")
        assert was in text, text
        path.write_text(text.replace(was, now, 1), "utf-8")

    def change(self, register, key, **fields):
        """Change an entry in the workspace."""
        from vagvisare.web.registers import actions

        entry = self.entry(register, key)
        actions.change(self.strategist, register=register, key=key, fields=fields, version=entry.version)

    def remove(self, register, key):
        from vagvisare.web.registers import actions

        actions.remove(self.strategist, register=register, key=key, version=self.entry(register, key).version)

    def entry(self, register, key):
        from vagvisare.web.registers.models import Entry

        return Entry.objects.get(register=register, key=key)

    def content(self, register, key):
        return self.entry(register, key).content

    def keys(self, register):
        from vagvisare.web.registers.models import Entry

        return list(Entry.objects.filter(register=register).values_list("key", flat=True))

    def take_in(self):
        from vagvisare.web.strategy import actions

        return actions.take_in(self.strategist, self.read())

    def write(self):
        from vagvisare.web.strategy import actions

        return actions.write_out(self.strategist, self.read(), self.path)

    def standing(self):
        from vagvisare.web.strategy.standing import standing

        return standing(self.read().strategy)

    def choose(self, place, field, side):
        from vagvisare.web.strategy import settling

        digest = self.standing().digest
        return settling.choose(
            self.strategist, self.read().strategy, place=place, field=field, side=side, digest=digest
        )


@pytest.fixture
def beside(written, tmp_path, person):
    """The folder, served and taken in by a strategist."""
    from vagvisare.web.strategy import opened

    path = shutil.copytree(written, tmp_path / "pahittad")
    made = Beside(path, person("strategist"))

    def renew():
        opened.put(path, made.read(), renew)

    renew()
    made.take_in()
    yield made
    opened._open.clear()
