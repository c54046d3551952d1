from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.editions.coverage import answer, coverage
from vagvisare.editions.document import Source
from vagvisare.editions.registers import Evidence
from vagvisare.strategy_folder.reading import read

FOLDER = Path(__file__).parents[2] / "strategies" / "orebro"
AREAS = ("omrade/a", "omrade/b", "omrade/c")


def item(key, count, yes=(), no=()):
    return Evidence(key, f"Påhittat underlag {key}", "report", count, Source("påhittad"), areas=yes, other_areas=no)


@pytest.fixture(scope="module")
def bundled():
    return read(FOLDER, calibration=False).strategy


def test_the_seeds_counts_sum_to_124_and_two_items_affect_all_ten(bundled):
    areas = [node.address for node in bundled.edition.at("area")]
    counted = coverage(bundled.register.evidence, areas)
    assert (len(counted.rows), len(areas), counted.stated, counted.possible) == (23, 10, 124, 230)
    assert counted.entered == 20
    assert [row.evidence.title for row in counted.rows if row.complete] == [
        "Ny nationell strategi för hållbar regional utveckling 2021-2030",
        "Trend: Digitalisering",
    ]
    assert counted.unserved == ()


def test_every_sum_of_the_seed_is_the_sum_of_its_rows(bundled):
    lines = (FOLDER / "evidence.toml").read_text(encoding="utf-8").splitlines()
    typed = [int(line.split("=")[1]) for line in lines if line.startswith("areas_affected")]
    assert coverage(bundled.register.evidence, []).stated == sum(typed) == 124


def test_unknown_is_a_value_and_never_a_no():
    one = item("u", 2, yes=("omrade/a",), no=("omrade/b",))
    assert [answer(one, area) for area in AREAS] == ["yes", "no", "unknown"]
    counted = coverage([one], AREAS)
    assert [(a.yes, a.no, a.unknown) for a in counted.areas] == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    assert counted.unserved == ("omrade/b", "omrade/c")


def test_too_many_no_are_seen_while_the_count_can_no_longer_be_reached():
    assert coverage([item("u", 2, no=("omrade/a", "omrade/b"))], AREAS).rows[0].short
    assert not coverage([item("u", 2, no=("omrade/a",))], AREAS).rows[0].short


@given(st.lists(st.lists(st.sampled_from(["yes", "no", "unknown"]), min_size=3, max_size=3), max_size=6))
def test_rows_and_columns_count_the_same_cells(cells):
    items = [
        item(
            str(n),
            3,
            yes=tuple(a for a, said in zip(AREAS, row, strict=True) if said == "yes"),
            no=tuple(a for a, said in zip(AREAS, row, strict=True) if said == "no"),
        )
        for n, row in enumerate(cells)
    ]
    counted = coverage(items, AREAS)
    assert counted.entered == sum(a.yes for a in counted.areas) == sum(row.count("yes") for row in cells)
    assert all(a.yes + a.no + a.unknown == len(items) for a in counted.areas)
    assert all(row.entered <= 3 and row.unknown == cells[n].count("unknown") for n, row in enumerate(counted.rows))


def test_an_area_outside_the_edition_is_entered_but_in_no_column():
    counted = coverage([replace(item("u", 2), areas=("omrade/annat",))], AREAS)
    assert counted.entered == 1
    assert sum(a.yes for a in counted.areas) == 0
