"""What a definition says of unit, direction, collection and release: from the source's words, never made up."""

from __future__ import annotations

from datetime import date

import pytest

from vagvisare.assessment.definition import Collection, Direction, ReleaseRule
from vagvisare.intake.guess import ANY_UNIT, guessed, verified
from vagvisare.intake.guess_described import Described, listed
from vagvisare.intake.guess_query import Asked, asked
from vagvisare.sources.contract import Shape
from vagvisare.sources.known import KOLADA, SCB
from vagvisare.sources.kolada import catalogue
from vagvisare.sources.query import Dimension, Query, Role, Standing
from vagvisare.terms.errors import UnknownError
from vagvisare.terms.unit import UNITS

TODAY = date(2026, 11, 22)
QUERY = Query("T", (Dimension("Region", Role.TERRITORY), Dimension("Tid", Role.PERIOD)))


def definition(title="Påhittat", *, unit="", latest=None, english="", source=SCB, **said):
    shape = Shape("T", title, **said)
    return guessed(
        Described(source, shape, english=english), Asked((QUERY,), unit=unit, latest=latest), "prov", today=TODAY
    )


@pytest.mark.parametrize(
    ("stated", "title", "unit"),
    [
        ("procent", "Påhittat", "percent"),
        ("Procentenheter", "Påhittat", ANY_UNIT),
        ("%", "Påhittat", "percent"),
        ("Percentage", "Made up", "percent"),
        ("tkr", "Medianinkomst", "thousand_sek"),
        ("mnkr", "BRP", "million_sek"),
        ("personer", "Sysselsatta", "persons"),
        ("antal", "Folkmängden efter region", "persons"),
        ("antal", "Nötkreatur", ANY_UNIT),
        ("", "Arbetslösa, andel (%)", "percent"),
        ("fotbollsplaner", "Mark", ANY_UNIT),
    ],
)
def test_the_unit_is_the_sources_or_the_titles_or_left_open(stated, title, unit):
    found = definition(title, unit=stated)
    assert found.indicator.unit == found.dataset.unit == unit
    if unit == ANY_UNIT and stated:
        assert f"”{stated}”" in found.guesses[0].sv


def test_amounts_say_which_prices_and_that_it_is_a_guess():
    found = definition(unit="tkr")
    assert found.indicator.price_basis == "current"
    assert any("löpande priser" in each.sv for each in found.guesses)
    assert definition(unit="procent").indicator.price_basis == ""


@pytest.mark.parametrize(
    ("latest", "day", "rule"),
    [
        (2025, date(2027, 5, 3), ReleaseRule(1, 5)),
        (2025, date(2026, 12, 3), ReleaseRule(0, 12)),
        (2024, date(2026, 3, 3), ReleaseRule(2, 3)),  # it has passed: it was the latest's own
        (2024, date(2099, 3, 3), None),
        (2025, None, None),
        (None, date(2027, 2, 1), ReleaseRule(1, 2)),
    ],
)
def test_the_release_rule_is_read_from_the_day_the_source_names(latest, day, rule):
    found = definition(latest=latest, next_release=day)
    assert found.indicator.release == rule
    assert ("gissat" in found.guesses[-1].sv) == (latest is None)


def test_the_first_fetch_settles_standing_and_release_rule_and_nothing_else():
    before = definition(next_release=date(2027, 10, 1), source=KOLADA)
    after = verified(before, 2026, date(2027, 10, 1), TODAY)
    assert (before.dataset.standing, after.dataset.standing) == (Standing.TO_VERIFY, Standing.LIVE)
    assert (before.indicator.release, after.indicator.release) == (ReleaseRule(1, 10), ReleaseRule(0, 10))
    assert len(after.indicator.notes) == len(before.indicator.notes)
    assert "gissat" not in " ".join(each.sv for each in after.indicator.notes)
    assert after.dataset.queries == before.dataset.queries


def test_a_survey_is_known_by_its_words():
    assert definition("Självskattad hälsa").indicator.collection is Collection.SURVEY
    assert definition("Hälsa", definition="Enligt en enkät.").indicator.collection is Collection.SURVEY
    assert definition("Folkmängd").indicator.collection is Collection.REGISTER


def test_nothing_is_translated_here():
    swedish, both = definition("Folkmängd"), definition("Folkmängd", english="Population")
    assert swedish.indicator.title.en == "Folkmängd (in Swedish)"
    assert (both.indicator.title.sv, both.indicator.title.en) == ("Folkmängd", "Population")
    assert any("översätt" in each.sv for each in swedish.guesses)
    assert not any("översätt" in each.sv for each in both.guesses)


def test_a_long_or_hostile_description_is_quoted_within_bounds():
    found = definition("x", definition="rad ett\nrad \x1b[2Jtvå\n\n" + "ord " * 5000)
    told = found.indicator.definition
    assert told.sv.startswith("Källans egen text: ”rad ett; rad [2Jtvå; ord ord")
    assert len(told.sv) < 2100
    assert told.sv.isprintable()


def test_every_kpi_of_the_bundled_list_becomes_a_definition_with_a_unit_of_ours():
    directions = set()
    for entry in catalogue.entries():
        described = listed(KOLADA, entry.id)
        found = guessed(described, asked(described, "18", {}), "prov", today=TODAY)
        assert found.indicator.unit in UNITS
        assert found.indicator.title.sv
        directions.add(found.indicator.direction)
    assert directions == set(Direction)


def test_kolada_takes_only_its_own_dimensions_and_sexes():
    described = listed(KOLADA, "N15428")
    women = asked(described, "18", {"gender": ("K",)})
    assert women.sex == "K"
    with pytest.raises(UnknownError, match="”X” i gender"):
        asked(described, "18", {"gender": ("X",)})
    with pytest.raises(UnknownError, match="municipality; year; gender"):
        asked(described, "18", {"Alder": ("1",)})
