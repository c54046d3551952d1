"""The region's own strategy with its partial edition of 2018 sealed, and a draft opened from it."""

from dataclasses import replace
from pathlib import Path

import pytest

from vagvisare import strategy_folder

SEEDS = Path(__file__).parents[2] / "manuscripts" / "seeds"


@pytest.fixture(scope="session")
def strategy():
    return strategy_folder.read(strategy_folder.bundled_folder()).strategy


@pytest.fixture
def strategist(person):
    return person("strategist", name="Påhittad Strateg")


@pytest.fixture
def draft(db, strategy, strategist):
    """A draft from the edition of 2018, as the revision of 2021 began."""
    from vagvisare.strategy_folder.plain import plain_of
    from vagvisare.web.revision.opening import open_draft
    from vagvisare.web.strategy import actions
    from vagvisare.web.strategy.models import Head

    Head.objects.create(content=plain_of(replace(strategy, current="2018"), actions.PARTS))
    actions.keep(strategist, next(e for e in strategy.editions if e.key == "2018"), why="prov")
    return open_draft(strategist, "2021-prov", "Uppdaterad strategi", "2018")


@pytest.fixture
def seed():
    """The update of the strategy as text: its name and bytes."""
    name = "000_bce6add0e5d7e8be.txt"
    return name, (SEEDS / name).read_bytes()


@pytest.fixture
def taken_in(draft, strategist):
    """Take a document in: ``taken_in("namn.txt", b"...")``."""
    from vagvisare.manuscripts.reading import read_manuscript
    from vagvisare.web.revision.reading_in import actions

    def made(name, data):
        return actions.take_in(strategist, draft, read_manuscript(name, data), data)

    return made


@pytest.fixture
def named(strategist):
    """Answer what must be answered: every lost heading gets a working name, what says no kind of itself becomes one."""
    from vagvisare.web.revision.models import Manuscript
    from vagvisare.web.revision.reading_in import actions
    from vagvisare.web.revision.reading_in.beside import beside
    from vagvisare.web.revision.reading_in.deciding import reading_of

    def made(row, names=None):
        for number, question in enumerate(reading_of(row).proposal.open):
            name = (names or {}).get(question.at) or f"Påhittat område {number + 1}"
            form = {"text": name, "working": "1", "working_name": "1"}
            actions.decide(strategist, row, question.at, form)
            row = Manuscript.objects.get(pk=row.pk)
        groups = beside(reading_of(row), strategist).groups
        keys = [offer.key for group in groups if group.register == "evidence" for offer in group.offers if offer.lacks]
        actions.choose(strategist, row, listed=keys, ticked=keys, kinds=dict.fromkeys(keys, "policy"))
        return Manuscript.objects.get(pk=row.pk)

    return made
