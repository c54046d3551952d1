"""Mistakes in what an indicator says of small counts: each is told with its line. All is made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vagvisare.strategy_folder import Folder, read, write
from vagvisare.terms.errors import FolderError


def counted(sample, **more):
    """The sample folder with its second indicator as a plain count that says ``more``."""
    jobs, people = sample.indicators
    people = replace(people, **({"per": ""} | more))
    return Folder(sample.strategy, (jobs, people), sample.events, sample.follow_ups, sample.figures)


def mistakes(place):
    with pytest.raises(FolderError) as caught:
        read(place)
    return caught.value.mistakes


@pytest.mark.parametrize("said", [{"protect": 5}, {"protect": 3}, {"cell_key": True}, {}])
def test_what_is_declared_is_written_and_read_again(sample, tmp_path, said):
    folder = counted(sample, **said)
    write(folder, tmp_path / "prov")
    assert read(tmp_path / "prov").indicators == folder.indicators
    text = (tmp_path / "prov/indicators.toml").read_text(encoding="utf-8")
    assert ("protect =" in text, "cell_key =" in text) == ("protect" in said, "cell_key" in said)


@pytest.mark.parametrize(
    ("said", "what", "hint"),
    [
        ({"protect": 2}, "Gränsen 2 skyddar ingenting", "minst 3"),
        ({"protect": 0}, "Gränsen 0 skyddar ingenting", "ta bort protect"),
        ({"protect": -5}, "Gränsen -5 skyddar ingenting", "minst 3"),
        ({"protect": 5, "unit": "percent"}, "indikatorn är inget antal", 'unit = "persons"'),
        ({"protect": 5, "per": "jobs"}, "indikatorn är inget antal", "Andelar som bygger på samma datamängd"),
        ({"cell_key": True, "unit": "percent"}, "indikatorn är inget antal", "Skriv cell_key"),
        ({"protect": 5, "cell_key": True}, "producenten redan skyddar", "Behåll ett"),
    ],
)
def test_each_mistake_is_told_where_it_stands(sample, tmp_path, said, what, hint):
    place = tmp_path / "prov"
    write(counted(sample, **said), place)
    (found,) = [each for each in mistakes(place) if what in each.what.sv]
    assert hint in found.suggestion.sv
    assert found.what.en != found.what.sv
    line = (place / "indicators.toml").read_text(encoding="utf-8").splitlines()[found.line - 1]
    assert line.startswith(("protect", "cell_key"))


def test_a_threshold_that_is_no_number_is_told(path):
    place = path / "indicators.toml"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace('key = "people"', 'key = "people"\nprotect = "fem"', 1), encoding="utf-8")
    assert "protect" in str(mistakes(path)[0]) or "heltal" in str(mistakes(path)[0])
