"""A small made-up strategy, taken in and opened as a draft: three effect goals, two areas, two perspectives."""

from datetime import date

import pytest

SOURCE = "påhittad.txt"


def made_up_strategy(areas=2, directions=2):
    from vagvisare.editions.document import Edition, LevelName, Link, Node, Source
    from vagvisare.editions.registers import Register, Screening, Strategy, Theme
    from vagvisare.terms.language import Text

    def node(address, level, text, parent="", number=""):
        return Node(address, level, text, Source(SOURCE, 1), parent=parent, number=number, english=f"EN {text}")

    nodes = [
        node("mal/stark", "overarching_goal", "Stark ort"),
        node("effektmal/arbete", "effect_goal", "Fler i arbete", "mal/stark"),
        node("effektmal/kunskap", "effect_goal", "Mer kunskap", "mal/stark"),
        node("mal/gront", "overarching_goal", "Grön ort"),
        node("effektmal/klimat", "effect_goal", "Minskad klimatpåverkan", "mal/gront"),
        node("perspektiv/unga", "perspective", "Barn och unga"),
        node("perspektiv/jamlikt", "perspective", "Jämställdhet"),
    ]
    for number in range(1, areas + 1):
        area = f"omrade/{number}"
        nodes.append(node(area, "area", f"Påhittat område {number}", number=f"5.{number}"))
        for each in range(1, directions + 1):
            text = "Stärk digital handel." if (number, each) == (1, 1) else f"Gör en bra sak nummer {number}.{each}."
            nodes.append(node(f"{area}/inriktning/{each}", "direction", text, area))
    edition = Edition("2020", "Påhittad utgåva 2020", "sealed", date(2020, 5, 1), Source(SOURCE), partial=False,
                      nodes=tuple(nodes))  # fmt: skip
    links = (
        Link(
            "contributes_to", "omrade/1", "effektmal/arbete", "Står i texten.", Source(SOURCE, 7), english="It says so."
        ),
        Link("contributes_to", "omrade/1", "effektmal/klimat", "Nekat.", Source(SOURCE, 8), denied=True),
    )
    themes = (Theme("digitalt", "Digitalt", "Digital", ("digital",)), Theme("klimat", "Klimat", "Climate", ("klimat",)))
    screenings = (Screening("1", "perspektiv/unga", "omrade/1/inriktning/1", "no"),)
    names = {"overarching_goal": "övergripande mål", "effect_goal": "effektmål", "area": "områden",
             "direction": "inriktningar", "perspective": "perspektiv"}  # fmt: skip
    levels = tuple(LevelName(key, Text(name.removesuffix("ar"), key), Text(name, key)) for key, name in names.items())
    return Strategy(
        "pahittad", Text("Påhittade regionen", "Made-up region"), Text("Strategi", "Strategy"), "18", ("sv", "en"), (),
        levels, "2020", (edition,), Register(links=links, themes=themes, screenings=screenings),
    )  # fmt: skip


@pytest.fixture
def made_up():
    """Return what makes the strategy: ``made_up(areas, directions)``."""
    return made_up_strategy


@pytest.fixture
def strategist(person):
    return person("strategist", name="Åsa Påhittad")


@pytest.fixture
def opened(strategist):
    """Open a draft of the made-up strategy: ``opened()``; ``areas`` and ``directions`` make it larger."""
    from vagvisare.strategy_folder.folder import Folder
    from vagvisare.web.revision.opening import open_draft
    from vagvisare.web.strategy.actions import take_in

    def made(areas=2, directions=2, key="2026"):
        strategy = made_up_strategy(areas, directions)
        administrator = strategist
        take_in(administrator, Folder(strategy, (), (), (), ()))
        return open_draft(administrator, key, "Påhittat utkast", "2020")

    return made


@pytest.fixture
def draft(opened):
    return opened()
