"""Definitions from PxWeb 1 and Eurostat: other words for places, sexes and intervals; figures are made up."""

from __future__ import annotations

from datetime import date

import pytest

from vagvisare.flow import defining, open_store, searching
from vagvisare.sources.query import Role, Scheme
from vagvisare.terms.errors import UserError

TODAY = date(2026, 11, 22)


@pytest.fixture
def folkhalsomyndigheten(monkeypatch):
    from replies.pxweb1 import PxWeb1Server
    from replies.server import LocalServer

    with LocalServer(PxWeb1Server()) as server:
        monkeypatch.setenv("VAGVISARE_SOURCE_FOLKHALSOMYNDIGHETEN_URL", f"{server.url}/api/v1/sv")
        yield server


@pytest.fixture
def eurostat(monkeypatch):
    from replies.eurostat import Eurostat
    from replies.server import LocalServer

    with LocalServer(Eurostat()) as server:
        monkeypatch.setenv("VAGVISARE_SOURCE_EUROSTAT_URL", server.url)
        yield server


def roles(query):
    return {dimension.code: dimension for dimension in query.dimensions}


def test_a_survey_with_intervals_is_read_with_its_uncertainty(folder, read, folkhalsomyndigheten):
    from replies.pxweb1 import HEALTH

    proposal = defining.propose(read(), f"folkhalsomyndigheten:{HEALTH}", today=TODAY)
    assert proposal.key == "folkhalsomyndigheten_hlv1socxreg"
    (query,) = proposal.guessed.dataset.queries
    told = roles(query)
    measures = told["Andel och konfidensintervall"]
    assert (measures.role, measures.ours) == (Role.MEASURE, ("value", "low", "high", "n"))
    assert told["Kön"].ours == ("T", "M", "K")
    assert told["Region"].values == ("@nation", "01", "09", "18", "20", "23")
    defining.add(folder, proposal)
    found = defining.fetch_first(folder, proposal)
    assert found.outcome.error is None
    store = open_store(folder, read())
    latest = store.latest(proposal.key)
    if latest is None:  # made-up figures may well be stopped by a check; they have come all the same
        assert store.held(proposal.key)
    else:
        rows = store.figures(latest).to_pylist()
        assert {"00", "18"} <= {row["territory"] for row in rows}
        assert all(row["low"] < row["value"] < row["high"] for row in rows if row["value"] is not None)


def test_ages_that_look_like_counties_are_not_places_and_contents_must_be_chosen(read, folkhalsomyndigheten):
    from replies.pxweb1 import POPULATION

    name = f"folkhalsomyndigheten:{POPULATION}"
    with pytest.raises(UserError) as raised:
        defining.propose(read(), name)
    said = str(raised.value)
    assert "--choose Alder=… --choose ContentsCode=…" in said
    assert "BE0101N1 Folkmängd" in said
    choices = {"Alder": ("18",), "ContentsCode": ("BE0101N1",)}
    without, by_sex = defining.propose(read(), name, choices=choices, today=TODAY).guessed.dataset.queries
    assert roles(without)["Region"].role is Role.TERRITORY
    # Only two of the county's municipalities are in this table: they are written out.
    assert roles(without)["Region"].values == ("@nation", "18", "1880", "1881")
    assert "Kon" not in roles(without)
    assert roles(by_sex)["Kon"].ours == ("M", "K")


def test_eurostat_gives_an_english_title_and_nuts(folder, read, eurostat):
    proposal = defining.propose(read(), "eurostat:demo_made_up", today=TODAY)
    indicator, (query,) = proposal.guessed.indicator, proposal.guessed.dataset.queries
    assert indicator.title.en == "Population, made up"
    assert indicator.title.sv == "Population, made up (på engelska)"
    told = roles(query)
    assert (told["geo"].values, told["geo"].scheme) == (("@nation", "@counties"), Scheme.NUTS)
    assert told["sex"].ours == ("T", "M", "K")
    defining.add(folder, proposal)
    found = defining.fetch_first(folder, proposal)
    assert found.outcome.error is None
    assert found.proof is None or found.proof.places == 22


def test_a_path_that_is_a_folder_or_leads_out_is_a_sentence(read, folkhalsomyndigheten):
    for path in ("A_Folkhalsodata/B_HLV", "../../etc"):
        with pytest.raises(UserError) as raised:
            defining.propose(read(), f"folkhalsomyndigheten:{path}")
        assert "Traceback" not in str(raised.value)
        assert len(str(raised.value)) > 40


def test_what_is_found_at_another_source_can_be_added_by_its_id(read, folkhalsomyndigheten, eurostat):
    (found,) = searching.find("tillit", sources=["folkhalsomyndigheten"], limit=1).hits
    assert defining.propose(read(), found.id).key == "folkhalsomyndigheten_hlv1socxreg"
    (found,) = searching.find("population", sources=["eurostat"]).hits
    assert (found.first, found.last) == ("2015", "2024")
    assert defining.propose(read(), found.id).key == "eurostat_demo_made_up"
