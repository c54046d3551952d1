"""The bundled list of KPIs: whole, reproducible, and searched as people search."""

from __future__ import annotations

import gzip
import importlib.util
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.sources.kolada import catalogue, description
from vagvisare.sources.kolada.catalogue import Entry, direction_of, entries, longest_stem, search

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "src" / "vagvisare" / "sources" / "kolada"


def ids(words, limit=400):
    return [found.table for found in search(words, limit)]


@pytest.fixture
def tool():
    spec = importlib.util.spec_from_file_location("kolada_catalogue", ROOT / "tools" / "kolada_catalogue.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_list_is_whole_and_small():
    assert len(entries()) == len({entry.id for entry in entries()}) == 6099
    assert (FOLDER / "catalogue.csv.gz").stat().st_size < 400_000
    assert {entry.kind for entry in entries()} == {"K", "L", "A"}
    assert all(entry.title and "\n" not in entry.title for entry in entries())


def test_the_tool_makes_the_same_bytes_of_the_same_list_in_any_order(tool):
    plain = gzip.decompress((FOLDER / "catalogue.csv.gz").read_bytes()).decode()
    header = "id,municipality_type,is_divided_by_gender,publication_date,prel_publication_date,operating_area,title"
    lines = plain.splitlines()[1:]
    assert tool.packed("\n".join([header, *lines])) == (FOLDER / "catalogue.csv.gz").read_bytes()
    assert tool.packed("\n".join([header, *reversed(lines)])) == (FOLDER / "catalogue.csv.gz").read_bytes()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("behörighet", "N15428"),
        ("behöriga yrkesprogram", "N15428"),
        ("yrkesprogrammen behörig elev", "N15428"),
        ("BEHÖRIGHET", "N15428"),
        ("behorighet", "N15428"),
        ("växthusgaser", "N07702"),
        ("vaxthusgas", "N07702"),
        ("utsläppen växthusgas", "N00401"),
        ("långtidsarbetslöshet", "N03926"),
        ("arbetslöshet", "N03926"),
        ("eftergymnasiala utbildningar", "N01982"),
        ("sysselsättning utrikes födda", "N02268"),
        ("avsaknad tillit", "U01413"),
        ("medellivslängd", "N00925"),
        ("nystartade företag", "N00999"),
        ("N15428", "N15428"),
        ("n15428", "N15428"),
        ("invånare totalt", "N01951"),
    ],
)
def test_words_find_what_people_mean(words, expected):
    assert expected in ids(words)


def test_a_word_with_its_own_letters_is_not_satisfied_by_plain_ones():
    marked = [Entry("N1", "Ål i sjön"), Entry("N2", "Al i skogen")]
    assert [found.table for found in search("ål", 5, marked) if found.table in {"N1", "N2"}] == ["N1"]
    assert {found.table for found in search("al", 400, marked)} >= {"N2"}


def test_every_word_must_be_somewhere():
    assert ids("behörighet växthusgaser") == []
    assert set(ids("behöriga yrkesprogram")) < set(ids("behöriga"))


def test_titles_that_begin_with_it_come_before_titles_that_hold_it_before_areas_and_regions_before_municipalities():
    pool = [
        Entry("N1", "Långt bort, zebror", "K", "Annat"),
        Entry("N2", "Zebror", "K", "Annat"),
        Entry("N3", "Zebror, region", "L", "Annat"),
        Entry("N4", "Bergszebror", "L", "Annat"),
        Entry("N5", "Randiga djur", "L", "Zebror"),
        Entry("N6", "Zebror", "A", "Annat"),
    ]
    assert search("zebrafinkar", 10, pool) == []
    assert [found.table for found in search("zebror", 10, pool)] == ["N6", "N3", "N2", "N1", "N4", "N5"]


def test_what_the_source_says_now_goes_before_the_list():
    now = Entry("N15428", "Elever som är behöriga, helt ny titel", "L")
    found = {each.table: each for each in search("behöriga", 400, [now])}
    assert found["N15428"].title == now.title
    assert "mars 2026" not in found["N15428"].note
    assert "mars 2026" in found["N15424"].note


def test_a_note_says_area_kind_and_sex(monkeypatch):
    monkeypatch.setattr(catalogue, "today", lambda: date(2026, 3, 1))
    entry = Entry("N1", "Zebror", "A", "Djur", (date(2026, 2, 1), date(2026, 5, 1)), by_sex=True)
    (found,) = search("zebror", 1, [entry])
    assert found.note == "Djur · kommuner och regioner · könsuppdelad"
    assert found.next_release == date(2026, 5, 1)
    monkeypatch.setattr(catalogue, "today", lambda: date(2027, 3, 1))
    assert search("zebror", 1, [entry])[0].next_release is None


@given(st.text(max_size=40), st.integers(-1, 5))
@settings(deadline=None, max_examples=60)
def test_any_words_give_at_most_so_many_and_never_fail(words, limit):
    assert len(search(words, limit)) <= max(limit, 0)


@given(st.sampled_from(range(0, 6099, 61)))
@settings(deadline=None, max_examples=60)
def test_every_kpi_is_found_by_its_id_and_by_its_title(number):
    entry = entries()[number]
    assert ids(entry.id)[0] == entry.id
    assert entry.id in ids(entry.title)


def test_the_longest_word_is_what_the_source_is_asked_for():
    assert longest_stem("andel behöriga elever") == "behörig"
    assert longest_stem("") == ""


def test_directions_are_known_where_somebody_has_said_so():
    assert direction_of("N00401") == "lower_is_better"
    assert direction_of("N01982") == "higher_is_better"
    assert direction_of("N99999") == ""
    lines = (FOLDER / "directions.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "kpi,direction,source"
    assert len(lines) == 115
    assert all(line.split(",")[1] in {"higher_is_better", "lower_is_better", "context"} for line in lines[1:])
    assert all(line.split(",", 2)[2] for line in lines[1:])


def test_kinds_have_words_in_one_place():
    assert set(description.KINDS) == {entry.kind for entry in entries()}
