"""An indicator that is defined but has no figures is named, and counted nowhere among those that are judged."""

import json
from pathlib import Path

import pytest

from vagvisare import flow
from vagvisare.publications import html, opendata
from vagvisare.publications.pages.phrases import PHRASES

ROOT = Path(__file__).parents[2]
WAITING = "bankruptcies"
"""Watches two goals: one with other indicators that have figures, one with none."""


@pytest.fixture(scope="module")
def material():
    drawn = flow.material(flow.read_folder(ROOT / "strategies" / "orebro"), history=False)
    assert WAITING in drawn.outcome.indicators
    assert drawn.outcome.indicators[WAITING].dataset not in drawn.receipts
    return drawn


@pytest.fixture(scope="module")
def site(material):
    return html.Site(material)


def page(site, path):
    return " ".join(site.render(path).body.decode().split())


def test_the_goal_counts_only_what_is_judged(site):
    shown = page(site, "/effektmal/okad-entreprenoriell-aktivitet/")
    assert "2 indikatorer bevakar målet" in shown
    assert "Företagskonkurser" in shown
    assert PHRASES["not_fetched_short"].sv in shown


def test_a_goal_with_nothing_but_waiting_indicators_is_still_a_goal_without_figures(site):
    shown = page(site, "/effektmal/okad-tillvaxt-i-naringslivet/")
    assert "Här finns inga siffror som bevakar målet." in shown
    assert "Företagskonkurser" in shown
    assert "bevakar målet:" not in shown
    assert "Ökad tillväxt i näringslivet" in page(site, "/om-uppgifterna/")


def test_its_own_page_says_so_and_offers_no_empty_file(site):
    shown = page(site, f"/indikator/{WAITING}/")
    assert PHRASES["not_fetched"].sv in shown
    assert f"data/{WAITING}.csv" not in shown


def test_the_open_data_publishes_no_empty_table_without_producer_and_licence(material):
    names = opendata.names(material)
    assert not [name for name in names if name.startswith(WAITING)]
    assert "new_companies.csv" in names
    catalogue = json.loads(opendata.file(material, "dcat.jsonld"))
    assert WAITING not in json.dumps(catalogue)
