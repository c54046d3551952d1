"""Mistakes in a target: each is told with its line, in both languages, with what to write instead. All is made up."""

from __future__ import annotations

import pytest

from vagvisare.strategy_folder import read
from vagvisare.terms.errors import FolderError

FILE = "indicators.toml"
SLIPS = [
    ("value = 7\n", "value = 7.5\n", "7,50 är ingen plats", "1–21"),
    ("value = 7\n", "value = 22\n", "22 är ingen plats", "1–21"),
    ("value = 70\n", "value = 170\n", "170 ligger utanför gränserna 0–100", "80 och inte 0.8"),
    ("value = 90\n", "value = -1\n", "utanför gränserna", "80 och inte 0.8"),
    ("value = 70\n", 'value = 70\npeers = ["19"]\n', "floor använder inte peers", "Ta bort peers"),
    ("year = 2031\n", "year = 2031\nvalue = 3\n", "above_nation använder inte value", "Ta bort value"),
    ('peers = ["07"]\n', 'peers = ["07"]\nvalue = 3\n', "as_fast använder inte value", "Ta bort value"),
    ('peers = ["07"]\n', 'peers = ["077"]\n', "Okänd områdeskod ”077”", ""),
    ("year = 2015\n", "year = 2010\n", "Delmålet 2010 kommer inte efter 2011", "tidsordning"),
    ("year = 2015\n", "year = 2021\n", "Delmålet 2020 kommer inte efter 2021", "tidsordning"),
    ("year = 2020\n", "year = 2029\n", "Delmålet 2029 kommer inte före målåret 2029", "tidigare år"),
    ("year = 2020\n", "year = 20200\n", "20200 är inget år", "2025"),
    ("value = 4\n", "value = 6\n", "kräver mer än målet", "på samma sätt"),
    ('without = ["01", "12"]', 'without = ["01", "21"]', "", ""),
    ('without = ["01", "12"]', 'without = ["01", "99"]', "Okänd områdeskod ”99”", ""),
    ('without = ["01", "12"]', 'without = ["01", "1880"]', "”1880” är inget län", "01"),
    ('without = ["01", "12"]', "without = []", "Inget län är undantaget", '["01", "12", "14"]'),
    ('weight = "people"', 'weight = "peple"', "Okänd indikator ”peple”", "people"),
    ('weight = "people"', 'weight = "jobs"', "”jobs” räknar inte antal", "folkmängden"),
    ('kind = "above_composite"', 'kind = "above_composit"', "Okänt ord ”above_composit”", "above_composite"),
]


def mistakes(path):
    with pytest.raises(FolderError) as caught:
        read(path)
    return caught.value.mistakes


def change(path, old, new):
    place = path / FILE
    text = place.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    place.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(("old", "new", "what", "hint"), SLIPS)
def test_a_slip_is_told_where_it_stands(path, old, new, what, hint):
    line = change(path, old, new)
    if not what:
        assert read(path)
        return
    (mistake,) = mistakes(path)
    assert mistake.file == FILE
    assert what in mistake.what.sv
    assert hint in mistake.suggestion.sv
    assert mistake.what.en
    assert mistake.what.en != mistake.what.sv
    assert bool(mistake.suggestion.sv) == bool(mistake.suggestion.en)
    assert abs(mistake.line - line) <= 4


def test_a_milestone_lacks_its_value(path):
    change(path, "value = 2.5\n", "")
    (mistake,) = mistakes(path)
    assert "value" in mistake.what.sv


def test_milestones_of_a_line_to_keep_are_refused(path):
    change(path, "value = 70\n", "value = 70\n\n[[indicator.target.milestone]]\nyear = 2024\nvalue = 60\n")
    (mistake,) = mistakes(path)
    assert mistake.what.en == "A target of the kind floor makes no use of milestone."


def test_a_composite_of_something_that_is_no_mean(path):
    change(path, 'unit = "percent"\ndirection = "higher"', 'unit = "years"\ndirection = "higher"')
    assert any("mått per invånare" in mistake.what.sv for mistake in mistakes(path))


def test_an_absolute_milestone_beyond_its_target_the_way_that_is_better(path):
    extra = "value = 90\n\n[[indicator.target.milestone]]\nyear = 2025\nvalue = {}\n"
    text = (path / FILE).read_text(encoding="utf-8")
    moved = text.replace("value = 90\n", "").replace("year = 2030\n", f"year = 2030\n{extra.format(91)}", 1)
    (path / FILE).write_text(moved, encoding="utf-8")
    (mistake,) = mistakes(path)
    assert "kräver mer än målet" in mistake.what.sv
    (path / FILE).write_text(moved.replace("value = 91", "value = 89"), encoding="utf-8")
    assert read(path).indicators[0].targets[0].milestones[0].value == 89
