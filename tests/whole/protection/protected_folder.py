"""A made-up folder with small counts of people, some of them to be protected. No figure in it is real."""

import random
from datetime import date

from vagvisare.assessment.definition import Collection, Contrast, Direction, Group, Indicator, ReleaseRule
from vagvisare.editions.document import Edition, LevelName, Node, Source
from vagvisare.editions.registers import Register, Strategy
from vagvisare.sources.contract import Cell, Receipt, Table
from vagvisare.strategy_folder import Folder, seal
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

MADE_UP = Text("Påhittat för prov", "Made up for tests")
SOURCE = Source("påhittat.txt", 1)
TOWNS = ("1814", "1860", "1861", "1862", "1863", "1864", "1880", "1881", "1882", "1883", "1884", "1885")
YEARS = range(2014, 2021)
GROUPS = ("inrikes", "utrikes")
WOMEN, MEN = (Group(sex, "", Text(sv, en)) for sex, sv, en in (("K", "kvinnor", "women"), ("M", "män", "men")))


def receipt(dataset, recorded=date(2021, 6, 1)):
    return Receipt(dataset, "Påhittat", "Ingen", "x:1", "CC0", "persons", recorded, "påhittat", "årligen", 0, "")


def counts(seed=1, towns=TOWNS, years=YEARS, changed=0):
    """Return made-up counts with every margin: small ones among women born abroad, all others of six digits."""
    chance = random.Random(seed)
    cells = {}
    for year in years:
        leaves = {
            (town, sex, group): chance.randrange(1, 5)
            if (sex, group) == ("K", "utrikes") and chance.random() < 0.3
            else chance.randrange(100_000, 900_000) + (changed if town == "1880" else 0)
            for town in towns
            for sex in "KM"
            for group in GROUPS
        }
        for (town, sex, group), count in leaves.items():
            for where in (town, "18", "00"):
                for who in (sex, "T"):
                    for born in (group, ""):
                        key = (where, year, who, born)
                        cells[key] = cells.get(key, 0) + count
        for who, sexes in (("K", 1), ("M", 1), ("T", 2)):
            for born, groups in (*((group, 1) for group in GROUPS), ("", 2)):
                cells["00", year, who, born] += 10_000_000 * sexes * groups
    return cells


def table(dataset, cells, **more):
    made = tuple(Cell(t, Period.year(y), s, b, float(n)) for (t, y, s, b), n in sorted(cells.items()))
    return seal(Table(receipt(dataset, **more), made))


def everybody(cells, seed=2):
    """Return made-up denominators: in a third of the towns nearly everybody is counted."""
    chance = random.Random(seed)
    towns = {
        key: n + (chance.randrange(1, 4) if chance.random() < 0.34 else chance.randrange(200_000, 900_000))
        for key, n in cells.items()
        if key[0] in TOWNS and key[2:] == ("T", "")
    }
    whole = {}
    for (_, year, sex, group), n in towns.items():
        for where in ("18", "00"):
            whole[where, year, sex, group] = whole.get((where, year, sex, group), 0) + n
    return towns | {k: n + (60_000_000 if k[0] == "00" else 0) for k, n in whole.items()}


def noisy(cells, seed=3):
    """Return counts as a producer would publish them who adds noise to every one, margins too."""
    chance = random.Random(seed)
    return {key: max(0, n + chance.randrange(-2, 3)) for key, n in cells.items()}


def indicator(key, dataset, **more):
    told = {
        "title": Text(f"Påhittade {key}", f"Made-up {key}"),
        "subject": Text(f"antalet påhittade {key}", f"the number of made-up {key}"),
        "unit": "persons",
        "direction": Direction.HIGHER,
        "collection": Collection.REGISTER,
        "definition": MADE_UP,
        "release": ReleaseRule(1, 2),
        "groups": (WOMEN, MEN),
    }
    return Indicator(key=key, dataset=dataset, **(told | more))


def indicators():
    return (
        indicator("people", "people", protect=5, contrasts=(Contrast(WOMEN, MEN),)),
        indicator("share", "people", unit="percent", per="everybody", per_scale=100.0),
        indicator("noisy", "noisy", cell_key=True),
        indicator("plain", "plain"),
    )


def strategy():
    node = Node("mal/prov", "goal", "Påhittat mål", SOURCE, english="Made-up goal")
    edition = Edition("2021", "Påhittad", "antagen", date(2021, 6, 9), SOURCE, False, (node,), english="Made up")
    levels = (LevelName("goal", MADE_UP, MADE_UP),)
    return Strategy("prov", MADE_UP, MADE_UP, "18", ("sv", "en"), ("19",), levels, "2021", (edition,), Register())


def folder():
    cells = counts()
    tables = (
        table("people", cells),
        table("everybody", everybody(cells)),
        table("noisy", noisy(counts(seed=4))),
        table("plain", counts(seed=5)),
    )
    return Folder(strategy(), indicators(), (), (), tables)
