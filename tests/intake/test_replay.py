"""The bundled figures of Örebro, played back year by year as if fetched: how often would a person be called?"""

from __future__ import annotations

import functools
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from made_up_deliveries import dataset, judged, of_cells

from vagvisare.intake.objection import Objection
from vagvisare.strategy_folder import read
from vagvisare.terms.period import Period

FOLDER = Path(__file__).parents[2] / "strategies" / "orebro"

JUMPS = {
    ("children_economic_vulnerability", "2009"): "3 av 21\u00a0värden för 2009",
    ("ghg_emissions", "2015"): "2 av 34\u00a0värden för 2015",
    ("pasture", "2020"): "1 av 34\u00a0värden för 2020",
    ("trust_in_health_care", "2020"): "1 av 22\u00a0värden för 2020",
}
"""Every jump of 454 deliveries: a rise among children in the second year there is, two emissions that fell by a third,
pastures of Norrbotten that tripled, and trust in Kalmar that rose by twelve percentage points. All deserve a look."""

GOTLAND = {
    ("avoided_dental_care", "2018-2021"),
    ("daily_smoking", "2018-2021"),
    ("fear_of_going_out", "2018-2021"),
    ("good_self_rated_health", "2018-2021"),
    ("low_trust", "2018-2021"),
    ("unemployment_15_74", "2019"),
    ("unemployment_15_74", "2021"),
}
"""Gotland really has no figure there: too few were asked."""


@functools.cache
def bundled() -> dict[str, tuple[str, pa.Table]]:
    """Return unit and figures of every bundled data set."""
    figures = read(FOLDER).figures
    return {one.receipt.dataset: (one.receipt.unit, of_cells(one.cells)) for one in figures}


def spans(figures: pa.Table) -> list[tuple[int, int]]:
    """Return the periods there are, each as (end, start), in order."""
    return sorted(set(zip(figures["end"].to_pylist(), figures["start"].to_pylist(), strict=True)))


@functools.cache
def played_back() -> tuple[int, dict[tuple[str, str], tuple[Objection, ...]]]:
    deliveries, told = 0, {}
    for key, (unit, figures) in bundled().items():
        before = None
        for end, start in spans(figures):
            later = pc.or_(
                pc.greater(figures["end"], end),
                pc.and_(pc.equal(figures["end"], end), pc.greater(figures["start"], start)),
            )
            after = figures.filter(pc.invert(later))
            deliveries += 1
            objections = judged(after, before, dataset(unit))
            if objections:
                told[key, str(Period(start, end))] = objections
            before = after
    return deliveries, told


def test_a_person_is_called_a_few_times_in_all_those_years():
    deliveries, told = played_back()
    assert deliveries == 454
    kinds = {where: [str(objection.kind) for objection in objections] for where, objections in told.items()}
    assert kinds == {where: ["jump"] for where in JUMPS} | {where: ["lost_territory"] for where in GOTLAND}


def test_the_jumps_are_those_listed():
    _, told = played_back()
    assert {where: told[where][0].what.sv.partition(" ändras")[0] for where in JUMPS} == JUMPS


def test_gotland_is_what_is_missing():
    _, told = played_back()
    assert all(told[where][0].what.sv.startswith("Gotlands län saknar siffra") for where in GOTLAND)


@pytest.mark.parametrize("factor", [1000.0, 0.001, 10.0])
def test_every_bundled_data_set_in_another_unit_is_caught(factor):
    for key, (unit, before) in bundled().items():
        told = judged(before.set_column(5, "value", pc.multiply(before["value"], factor)), before, dataset(unit))
        assert "unit" in {objection.kind for objection in told if objection.holds}, key


def test_every_bundled_data_set_again_is_no_news():
    for unit, figures in bundled().values():
        assert judged(figures, figures, dataset(unit)) == ()


def test_one_mistyped_figure_is_caught_in_nearly_every_data_set():
    caught, of = 0, 0
    for unit, figures in bundled().values():
        if len(spans(figures)) == 1:
            continue
        end, start = spans(figures)[-1]
        latest = pc.and_(pc.equal(figures["end"], end), pc.equal(figures["start"], start))
        slip = pc.and_(latest, pc.equal(figures["territory"], "18"))
        wrong = pc.if_else(slip, pc.multiply(figures["value"], 10), figures["value"])
        told = judged(figures.set_column(5, "value", wrong), figures.filter(pc.invert(latest)), dataset(unit))
        of += 1
        caught += any(objection.holds for objection in told)
    # Arable land has been counted twice only: there is nothing yet to measure a leap by.
    assert (caught, of) == (33, 34)
