"""A small made-up strategy, sealed, and a draft opened from it."""

from dataclasses import replace
from pathlib import Path

import pytest

from vagvisare import strategy_folder
from vagvisare.editions.document import Edition, Node, Source

FOLDER = Path(__file__).parents[3] / "strategies" / "orebro"


def made_up(areas=2, directions=3):
    """Return an edition with a goal and areas with directions; every word is made up."""
    source = Source("pahittat.txt", 1)
    nodes = [
        Node("kapitel/mal", "chapter", "Mål", source),
        Node("effektmal/fler-traed", "effect_goal", "Fler träd", source, parent="kapitel/mal"),
    ]
    for area in range(1, areas + 1):
        home = f"omrade/omrade-{area}"
        nodes.append(Node(home, "area", f"Område {area}", source, number=f"5.{area}"))
        nodes += [
            Node(
                f"{home}/inriktning/rikta-{area}-{number}",
                "direction",
                f"Plantera björk nummer {number} vid torget, vattna alm och lind varje vecka under sommaren.",
                source,
                parent=home,
                english=f"Plant birch number {number}",
            )
            for number in range(1, directions + 1)
        ]
    return Edition("2020-pahittad", "Påhittad strategi", "adopted", None, source, partial=False, nodes=tuple(nodes))


@pytest.fixture(scope="session")
def bundled():
    return strategy_folder.read(FOLDER)


@pytest.fixture
def sealed(db, bundled, person):
    """Seal an edition and put it in force: ``sealed(edition)``."""
    from vagvisare.strategy_folder.plain import plain_of
    from vagvisare.web.strategy import actions
    from vagvisare.web.strategy.models import Head

    def made(edition):
        strategy = replace(bundled.strategy, current=edition.key)
        if not Head.objects.exists():
            Head.objects.create(content=plain_of(strategy, actions.PARTS))
        return actions.keep(person("strategist"), edition, why="prov")

    return made


@pytest.fixture
def opened(sealed, person):
    """Open a draft: ``opened()`` from the made-up edition, ``opened(areas=5)`` from a larger one."""
    from vagvisare.web.revision.opening import open_draft

    def made(**size):
        edition = made_up(**size)
        sealed(edition)
        return open_draft(person("strategist"), "2030", "Strategi 2030", edition.key)

    return made


@pytest.fixture
def at(db):
    """Return a node of a draft by the last part of its address."""

    def found(draft, tail):
        return draft.nodes.get(address__endswith=tail)

    return found
