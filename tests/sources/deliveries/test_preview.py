"""What a reviewer is shown before a delivery is recorded. Every figure is made up."""

from unicodedata import category

import pyarrow as pa
import pytest

from vagvisare.sources.contract import FIGURES
from vagvisare.sources.query import Dimension, Query, Role
from vagvisare.sources.spreadsheet.delivery_keys import likely_code
from vagvisare.sources.spreadsheet.preview import understood
from vagvisare.sources.spreadsheet.preview_changes import changes
from vagvisare.sources.spreadsheet.preview_text import rendered
from vagvisare.terms.language import NO_BREAK_SPACE, Language
from vagvisare.terms.period import Period
from vagvisare.terms.territory import COUNTIES, TERRITORIES

ROWS = [
    ["Kod", "Namn", "År", "Kön", "Andel"],
    ["18", "Örebro län", 2022, "Kvinnor", 0.835],
    ["18", "Örebro län", 2022, "Män", 0.8],
    ["1880", "Örebro", 2023, "Kvinnor", ".."],
    ["1880", "Örebro", 2023, "Män", "61,5*"],
    ["Karlskoga kommun", "", 2023, "Män", 50],
    ["Källa: påhittad"],
]
FORMATS = {"E2": "0.0%", "E3": "0.0%"}


@pytest.fixture
def preview(read, query, dataset):
    def make(rows=ROWS, previous=None, formats=FORMATS, asked=None, unit="percent"):
        asked = asked or query(sex="Kön")
        return understood(read(rows, asked, formats=formats), dataset(asked, unit), previous)

    return make


def plain(text):
    """Undo the wrapping and the no-break spaces."""
    return text.replace(NO_BREAK_SPACE, " ").replace("\n    ", " ")


def test_counts_and_names(preview):
    made = preview()
    assert (made.rows, made.figures, made.lacking) == (4, 3, 1)
    assert made.territories == ("18", "1880")
    assert made.periods == (Period.year(2022), Period.year(2023))
    assert made.sexes == ("K", "M")
    assert made.backgrounds == ("",)
    assert made.ignored == ("B Namn",)
    assert made.missing == (("..", 1),)
    assert made.footnotes == (("*", 1),)
    assert made.notes == ("Källa: påhittad",)
    assert made.smallest.value == 61.5
    assert (made.largest.cell, made.largest.value) == ("E2", 83.5)


def test_samples_are_what_would_be_recorded(read, query, figures, preview):
    delivered = figures(read(ROWS, query(sex="Kön"), formats=FORMATS))
    samples = preview().samples
    assert [sample.cell for sample in samples] == ["E2", "E3", "E5"]
    for sample in samples:
        assert delivered[sample.territory, int(sample.period), sample.sex, ""] == sample.value


def test_at_most_five_samples_spread_over_the_file(preview):
    rows = [ROWS[0], *(["18", "", year, "Män", year] for year in range(1990, 2024))]
    assert [sample.period for sample in preview(rows, formats={}).samples] == ["1990", "1998", "2006", "2015", "2023"]


def test_the_text_in_swedish(preview):
    text = plain(rendered(preview(), Language.SV))
    for line in (
        "good_health: God hälsa",
        "Så har fil.xlsx, bladet ”Tabell”, förståtts. Inget är inläst än.",
        "Siffror           3 på 4 rader",
        "Områden           Örebro län, Örebro",
        "  cell E2 → Örebro län, 2022, kvinnor: 83,5 procent",
        "Cellerna är formaterade som procent: 0,835 läses som 83,5 (cell E2).",
        "Området ”Karlskoga kommun” känns inte igen och har inte lästs (1 siffra). Menas 1883 (Karlskoga)?",
        "Datamängden har inga siffror sedan tidigare att jämföra med.",
    ):
        assert line in text


def test_the_text_in_english(preview):
    text = plain(rendered(preview(), Language.EN))
    for line in (
        "  cell E2 → Örebro County, 2022, women: 83.5 per cent",
        "The cells are formatted as per cent: 0.835 is read as 83.5 (cell E2).",
        "Is 1883 (Karlskoga) meant?",
        "Missing values    “..” once",
    ):
        assert line in text
    for said in ("siffror", "kvinnor", " ”"):
        assert said not in text


def test_a_column_that_is_only_partly_per_cent_is_doubted(preview):
    rows = [*ROWS[:3], ["1880", "", 2022, "Män", 75]]
    assert "E2 är det, men inte E4" in rendered(preview(rows), Language.SV)
    assert "men inte" not in rendered(preview(rows[:3]), Language.SV)
    assert "men inte" not in rendered(preview([*rows[:3], ["Summa", "", 2022, "Män", 75]]), Language.SV)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([*ROWS[:1], ["18", "", 2022, "Män", "83.5"], ["18", "", 2023, "Män", "83,5"]], "till exempel ”83.5”"),
        ([*ROWS[:2], [], ["18", "", 2023, "Män", 70], ["18", "", 2024, "Män", 70]], "inte har lästs (rad 4–5)"),
        ([*ROWS[:2], ["Kommuner"], ["1880", "", 2022, "Män", 70]], "Rad 3 (”Kommuner”) står mellan siffrorna"),
        ([*ROWS[:2], ["Summa", "", 2022, "Kvinnor", 70]], "”Summa” är en summa och har inte lästs (1 siffra)"),
        (ROWS[:2], "Efterfrågade koder i ”Kön” finns inte i filen: Män"),
        ([*ROWS[:1], [114, "", 2022, "Män", 70]], "114 → 0114"),
        ([*ROWS[:2], ROWS[1]], "1 siffra står två gånger med samma värde, till exempel E2 och E3"),
    ],
)
def test_doubts(preview, rows, sentence):
    text = " ".join(rendered(preview(rows, formats={}), Language.SV).split())
    assert sentence in text


def test_a_group_of_everybody_is_doubted(preview, query):
    asked = query(value="Andel", more=(Dimension("Grupp", Role.BACKGROUND),))
    made = preview([["Kod", "År", "Grupp", "Andel"], ["18", 2022, "Totalt", 70]], formats={}, asked=asked)
    assert any("Menas alla" in doubt.sv for doubt in made.doubts)


def test_many_territories_are_counted_by_kind(preview):
    rows = [ROWS[0], *([code, "", 2022, "Män", 70] for code in ("00", *COUNTIES, "1880"))]
    text = " ".join(rendered(preview(rows, formats={}), Language.SV).split())
    assert "riket, 21 län och 1 kommun: Riket, Stockholms län" in text
    assert "och 11 till" in text


def test_nothing_that_a_terminal_would_obey_is_printed(preview, query, dataset, read):
    evil = "\x1b]0;ägd\x07\u202e\r\n18"
    asked = query(value="Andel", more=(Dimension("Grupp", Role.BACKGROUND),))
    rows = [[evil, "", ""], ["Kod", "År", "Grupp", "Andel"], ["18", 2022, evil + "x", 70], [evil]]
    asked = Query(asked.table, asked.dimensions, layout=type(asked.layout)(header_rows=(2,), value="Andel"))
    csv = "\n".join(";".join(f'"{cell}"' for cell in row) for row in rows).encode()
    delivery = read(csv, asked, "\x1b[2J.csv")
    made = understood(delivery, dataset(asked))
    for language in Language:
        text = rendered(made, language)
        assert not [c for c in text if category(c) in ("Cc", "Cf") and c != "\n"]


def figures_of(rows):
    names = FIGURES.names
    return pa.Table.from_pylist([{**dict.fromkeys(names), "status": "", **row} for row in rows], schema=FIGURES)


def row(value, territory="18", year=2022, sex="T"):
    return {"territory": territory, "start": year, "end": year, "sex": sex, "background": "", "value": value}


def test_changes_against_what_stands():
    before = figures_of([row(1.0), row(2.0, year=2021), row(3.0, sex="K"), row(4.0, "1880"), row(None, "1881")])
    after = figures_of(
        [row(1.0 + 1e-12), row(2.5, year=2021), row(5.0, year=2023), row(None, "1880"), row(7.0, "1881")]
    )
    found = changes(before, after)
    assert found.new_periods == (Period.year(2023),)
    assert (found.added, found.revised, found.vanished, found.unchanged) == (2, 1, 2, 1)
    assert [(each.period.start, each.old, each.new) for each in found.revisions] == [(2021, 2.0, 2.5)]
    assert [(each.territory, each.sex) for each in found.losses] == [("18", "K"), ("1880", "T")]


def test_nothing_changes_against_itself_and_everything_against_nothing():
    same = figures_of([row(1.0), row(2.0, year=2021)])
    assert changes(same, same) == changes(same, same.take([1, 0]))
    assert changes(same, same).unchanged == 2
    assert changes(FIGURES.empty_table(), same).added == 2
    assert changes(same, FIGURES.empty_table()).vanished == 2


def test_changes_are_written_out(preview):
    before = figures_of([row(80.0, sex="K"), row(70.0, "1860")])
    text = plain(rendered(preview(previous=before), Language.SV))
    assert "Örebro län, 2022, kvinnor: 80 procent → 83,5 procent" in text
    assert "Laxå, 2022, totalt: 70 procent → ingen siffra" in text
    assert "nya perioder: 2023" in text


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Örebro kommun", "1880"),
        ("Örebro", "1880"),
        ("ÖREBRO LÄN", "18"),
        ("Region Örebro län", "18"),
        ("Askersunds kommun", "1882"),
        ("Laxå", "1860"),
        ("Dalarna", "20"),
        ("Hela riket", "00"),
        ("Göteborgs stad", "1480"),
        ("Lindesbergs Kommun", "1885"),
        ("Norra Länsdelen", ""),
        ("", ""),
    ],
)
def test_names_people_use_for_places(said, code):
    assert likely_code(said) == code


def test_every_place_is_known_by_its_own_name():
    for code, place in TERRITORIES.items():
        if code != "0980":  # Gotland is both a county and its only municipality
            assert likely_code(place.name.sv) == code
    assert likely_code("Gotland") == "0980"
