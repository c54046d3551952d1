"""What happened to places, and what a reader of their figures is told."""

from __future__ import annotations

import re

import pytest

from vagvisare.sources.query import Scheme
from vagvisare.sources.territories import Fate, changes, formed, history, official
from vagvisare.sources.territories.lists import countries, nuts, rows
from vagvisare.terms.territory import COUNTIES, TERRITORIES


@pytest.mark.parametrize("year", [None, 1990, 2005, 2006, 2007, 2024])
def test_a_place_that_was_moved_whole_goes_on_under_its_new_code(year):
    assert official("1917", Scheme.OFFICIAL, year) == "0331"
    assert official("1917 Heby", Scheme.OFFICIAL, year) == "0331"
    assert official("1917", Scheme.KOLADA, year) == "0331"


@pytest.mark.parametrize("code", ["11", "15", "16", "1180", "1583", "1680"])
def test_a_place_that_was_merged_or_whose_heir_is_not_known_is_never_joined_and_says_why(code):
    assert official(code, Scheme.OFFICIAL, 1995) is None
    assert Fate.MERGED in {change.fate for change in changes(code)}
    assert history(code)


def test_a_place_that_gave_up_a_part_keeps_its_code_and_the_reader_is_told():
    assert official("1880", Scheme.OFFICIAL, 1994) == "1880"
    (told,) = history("1880")
    assert told.sv.startswith("Lekeberg bildades 1995 av en del av Örebro;")
    assert told.en.startswith("Lekeberg was formed in 1995 from a part of Örebro;")
    assert history("1814") == history("1880")


@pytest.mark.parametrize(
    ("code", "year"),
    [("1814", 1995), ("0330", 2003), ("0140", 1999), ("1443", 1995), ("0461", 1992), ("1880", None), ("18", None)],
)
def test_the_year_a_municipality_was_formed(code, year):
    assert formed(code) == year


def test_a_county_is_told_of_what_came_and_went():
    assert [change.name for change in changes("19")] == ["Heby"]
    assert [change.name for change in changes("03")] == ["Heby"]
    assert [change.name for change in changes("06")] == ["Mullsjö", "Habo"]
    assert "från Skaraborgs län till Jönköpings län" in history("06")[0].sv
    assert "from Västmanlands län" not in history("19")[0].en
    assert "from Västmanland County to Uppsala County" in history("19")[0].en


def test_a_merged_county_is_told_once_with_all_its_parts():
    (told,) = history("14")
    assert told.sv.startswith(
        "Göteborgs och Bohus län, Älvsborgs län och Skaraborgs län blev Västra Götalands län 1998"
    )
    (told,) = history("12")
    assert told.en.startswith("Kristianstads län and Malmöhus län became Skåne County in 1997")


@pytest.mark.parametrize("code", ["18", "00", "25", "1885", "", "9999", "nonsense"])
def test_a_place_nothing_happened_to_has_no_history(code):
    assert changes(code) == ()
    assert history(code) == ()


def test_every_row_of_the_list_is_whole_and_points_at_a_place_of_today():
    for row in rows("changes.csv"):
        assert row["new"] in TERRITORIES
        assert row["kind"] in set(Fate)
        assert row["name"]
        assert row["source"]
        assert re.fullmatch(r"19[89]\d|20\d\d", row["year"])
        assert re.fullmatch(r"\d\d|\d{4}|", row["old"])
        assert re.fullmatch(r"\d\d", row["county"])
        if row["kind"] == Fate.SPLIT:
            assert TERRITORIES[row["old"]].name.sv == row["name"]


def test_no_old_code_that_is_followed_is_a_code_of_today():
    followed = [
        row["old"] for row in rows("changes.csv") if row["kind"] in {Fate.RENUMBERED, Fate.MOVED} and row["old"]
    ]
    assert not set(followed) & set(TERRITORIES)


def test_the_code_lists_hold_together():
    present = [entry.official for entry in nuts().values() if entry.last is None and entry.official]
    assert sorted(present) == ["00", *COUNTIES]
    assert all(entry.name.sv and entry.name.en for entry in nuts().values())
    assert all(text.sv and text.en for text in countries().values())
    assert {"EL", "UK", "GB", "GRC", "NOR", "EU27_2020"} <= set(countries())
