"""A small made-up edition, sealed, with a draft opened from it."""

from dataclasses import replace

import pytest

from vagvisare.editions.document import Edition, Node, Source

SOURCE = Source("pahittat.txt", 1)
KEY = "2020-pahittad"


def made_up(areas=2, each=2):
    """Return an edition with areas and directions below them; every word is made up."""
    nodes = [Node("vision", "vision", "En påhittad vision.", SOURCE)]
    for area in range(1, areas + 1):
        home = f"omrade/nr-{area}"
        nodes.append(Node(home, "area", f"Påhittat område {area}", SOURCE, number=f"5.{area}"))
        nodes += [
            Node(f"{home}/rikta-{number}", "direction", f"Plantera björk nummer {number}.", SOURCE, parent=home)
            for number in range(1, each + 1)
        ]
    return Edition(KEY, "Påhittad strategi", "adopted", None, SOURCE, partial=False, nodes=tuple(nodes))


@pytest.fixture
def sealed(region, person):
    """Seal an edition as the only one: ``sealed(areas, each)``; returns who did."""

    def made(areas=2, each=2):
        from vagvisare.strategy_folder.plain import plain_of
        from vagvisare.web.strategy import actions
        from vagvisare.web.strategy.models import Head

        by = person("strategist", name="Åsa Påhittad")
        Head.objects.create(content=plain_of(replace(region[1].strategy, current=KEY), actions.PARTS))
        actions.keep(by, made_up(areas, each), why="prov")
        return by

    return made


@pytest.fixture
def write():
    """Write other words in a part of a draft."""

    def made(by, draft, address, words="Plantera lind."):
        from vagvisare.web.revision.writing.wordings import save_wording

        node = draft.nodes.get(address=address)
        save_wording(by, node, words, node.version, f"{by.pk} {draft.pk} {address} {node.version}")

    return made
