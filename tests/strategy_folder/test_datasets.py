"""Data sets that are fetched: read, written back the same, and every mistake named."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from vagvisare.sources.query import (
    Dataset,
    Dimension,
    Expectation,
    Layout,
    Query,
    Role,
    Scheme,
    Settings,
    Standing,
    Yearly,
)
from vagvisare.strategy_folder import read, write
from vagvisare.strategy_folder.folder import Folder
from vagvisare.terms.errors import FolderError
from vagvisare.terms.language import Text

OREBRO = Path(__file__).parents[2] / "strategies" / "orebro"

PLAIN = """
[[dataset]]
key = "jobs"
source = "scb"
title = "Jobb"
producer = "SCB"
unit = "persons"

[[dataset.query]]
table = "TAB1"

[[dataset.query.dimension]]
code = "Region"
role = "territory"
values = ["@nation", "@counties"]

[[dataset.query.dimension]]
code = "Tid"
role = "period"
"""


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "orebro"
    shutil.copytree(OREBRO, place, ignore=shutil.ignore_patterns("vintages"))
    return place


def told(folder, text, file="indicators.toml"):
    path = folder / file
    if file == "strategy.toml":  # before its first table
        path.write_text(text + path.read_text(encoding="utf-8"), encoding="utf-8")
    else:
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return read(folder)


def mistakes(folder, text, file="indicators.toml"):
    with pytest.raises(FolderError) as error:
        told(folder, text, file)
    return [str(mistake) for mistake in error.value.mistakes]


def jobs(read_folder):
    return next(each for each in read_folder.datasets if each.key == "jobs")


def test_a_data_set_is_read(folder):
    dataset = jobs(told(folder, PLAIN))
    assert dataset.queries[0].dimensions[0] == Dimension("Region", Role.TERRITORY, ("@nation", "@counties"))
    assert dataset.standing is Standing.TO_VERIFY


def test_everything_is_written_back_the_same(folder, tmp_path):
    dataset = Dataset(
        "jobs",
        "spreadsheet",
        "Jobb",
        "Regionen",
        "persons",
        (
            Query(
                "levererat/jobb.xlsx",
                (
                    Dimension("Län", Role.TERRITORY, ("S",), ("18",), "agg", Scheme.OFFICIAL),
                    Dimension("row:2", Role.PERIOD, ("FROM(2010)",)),
                    Dimension("Kön", Role.SEX, ("1", "2"), ("M", "K")),
                    Dimension("Mått", Role.MEASURE, ("a", "b"), ("value", "n")),
                ),
                1000.0,
                Yearly.MEAN,
                Layout("Blad 1", (2, 3), 5, 40, "Antal", ".", ("..",), ("*",), ("Län",)),
            ),
        ),
        "CC0",
        "CC0",
        "next year, May",
        Standing.DOCUMENTATION,
        "https://example.org/tabell",
        Expectation(0, 1e6, ("@counties",), ("T", "K"), ("", "födda i Sverige"), 25.0, additive=True),
        (Text("Kontrollera åldern.", "Check the age."),),
    )
    bundled = read(folder)
    whole = replace(
        bundled,
        datasets=(*bundled.datasets, dataset),
        sources={"kolada": Settings("http://127.0.0.1:1/v3", 2, 1.5), "scb": Settings(calls=10)},
        store="s3://arkiv/orebro",
    )
    assert isinstance(whole, Folder)
    place = tmp_path / "again"
    write(whole, place)
    assert read(place) == whole


def test_a_query_alone_can_be_all_there_is_of_an_indicator(folder):
    """An indicator whose figures have never been fetched is no mistake: there is a query for it."""
    text = (folder / "indicators.toml").read_text(encoding="utf-8")
    first = text[text.index("[[indicator]]") : text.index("[[indicator]]", 10)]
    new = first.replace('key = "upper_secondary_eligibility"', 'key = "new_jobs"').replace(
        'dataset = "upper_secondary_eligibility"', 'dataset = "jobs"'
    )
    assert any(each.dataset == "jobs" for each in told(folder, "\n" + new + PLAIN).indicators)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('source = "scb"', 'source = "scbb"'), "Okänd källa ”scbb”. Menade du ”scb”?"),
        (('unit = "persons"', 'unit = "folk"'), "Okänd enhet ”folk”"),
        (('table = "TAB1"', 'table = " "'), "Frågan säger inte vilken tabell"),
        (('table = "TAB1"', 'table = "TAB1"\nscale = 0.0'), "scale kan inte vara noll"),
        (('role = "period"', 'role = "sex"'), "ingen dimension med rollen period"),
        (('code = "Region"', 'code = "Region"\nours = ["00"]'), "ours har 1 koder, men values har 2"),
        (('role = "period"', 'role = "perid"'), "Okänt ord ”perid”. Menade du ”period”?"),
        (('key = "jobs"', 'key = "../jobs"'), "kan inte vara en nyckel"),
        (('unit = "persons"', 'unit = "persons"\nexpects.low = 5\nexpects.high = 1'), "undre gränsen"),
    ],
)
def test_every_mistake_is_named_with_its_line(folder, change, said):
    found = mistakes(folder, PLAIN.replace(*change))
    assert any(said in mistake for mistake in found), found
    assert all(mistake.startswith("indicators.toml:") for mistake in found)


def test_no_query_and_the_same_key_twice(folder):
    assert any("ingen fråga" in m for m in mistakes(folder, PLAIN[: PLAIN.index("[[dataset.query]]")]))


def test_a_measure_we_do_not_know(folder):
    extra = '\n[[dataset.query.dimension]]\ncode = "m"\nrole = "measure"\nvalues = ["1"]\nours = ["vale"]\n'
    assert any("Okänd måttkolumn ”vale”" in m for m in mistakes(folder, PLAIN + extra))


def test_what_a_folder_changes_about_its_sources(folder):
    text = 'store = "s3://arkiv/orebro"\nsources.kolada.url = "https://speglar.example.org/kolada"\n'
    read_folder = told(folder, text, "strategy.toml")
    assert read_folder.sources == {"kolada": Settings("https://speglar.example.org/kolada")}
    assert read_folder.store == "s3://arkiv/orebro"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('sources.kollada.url = "https://example.org"\n', "Okänd källa ”kollada”. Menade du ”kolada”?"),
        ('sources.kolada.urk = "https://example.org"\n', "Okänt fält ”urk”. Menade du ”url”?"),
        ("sources.kolada.calls = -1\n", "Takten kan inte vara mindre än noll"),
        ('sources = "kolada"\n', "Här ska en grupp stå"),
        ("store = 5\n", "Här ska en adress stå"),
    ],
)
def test_mistakes_about_sources_are_named(folder, text, said):
    assert any(said in mistake for mistake in mistakes(folder, text, "strategy.toml"))


def test_one_of_the_measures_is_the_figure_itself(folder):
    extra = '\n[[dataset.query.dimension]]\ncode = "m"\nrole = "measure"\nvalues = ["1"]\nours = ["n"]\n'
    assert any("Inget av måtten är själva siffran" in m for m in mistakes(folder, PLAIN + extra))
