"""Every sentence the bundled figures give, for every county, obeys the rules of publishable sentences."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from publishable import faults

from vagvisare import strategy_folder
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.measure import measure
from vagvisare.findings.choose import findings
from vagvisare.findings.explain import explain
from vagvisare.findings.finding import FindingType, VintageRef
from vagvisare.terms.language import Text
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.territory import COUNTIES

BUNDLED = Path(__file__).parents[2] / "strategies" / "orebro"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def judged():
    folder = strategy_folder.read(BUNDLED)
    points = defaultdict(dict)
    for table in folder.figures:
        for cell in table.cells:
            key = SeriesKey(table.receipt.dataset, cell.territory, cell.sex, cell.background)
            points[key][cell.period] = cell.value
    panel = measure({key: Series.of(key, figures) for key, figures in points.items()}, folder.indicators)
    contracts = {indicator.key: indicator for indicator in folder.indicators}
    vintages = {
        table.receipt.dataset: VintageRef(
            table.receipt.dataset, table.receipt.sha256, TODAY, TODAY, reconstructed=False
        )
        for table in folder.figures
    }
    goals = {n.address: Text(n.text, n.english) for edition in folder.strategy.editions for n in edition.nodes}
    return panel, contracts, judge_all(panel, contracts, folder.events), vintages, goals


def test_every_county_gets_publishable_sentences(judged):
    _, contracts, judgements, vintages, goals = judged
    for county in (*COUNTIES, "00"):
        found = findings(judgements, contracts, county, vintages, goals)
        assert [fault for finding in found for fault in faults(finding.sentence)] == []
        assert len({finding.id for finding in found}) == len(found)
        assert len({finding.sentence.sv for finding in found}) == len(found)


def test_orebro_gets_sixty_to_a_hundred_and_twenty_findings_of_all_nine_types(judged):
    _, contracts, judgements, vintages, goals = judged
    found = findings(judgements, contracts, "18", vintages, goals)
    assert 60 <= len(found) <= 120
    assert {finding.type for finding in found} == set(FindingType)


def test_orebro_is_explained_without_a_hole(judged):
    panel, contracts, judgements, vintages, goals = judged
    for finding in findings(judgements, contracts, "18", vintages, goals):
        key = finding.key
        steps = explain(finding, judgements[key], contracts[key.indicator], panel[key]).steps
        assert len(steps) >= 3
        for step in steps:
            for said in (step.text.sv, step.text.en):
                assert said
                assert "nan" not in said.split()
                assert "None" not in said
