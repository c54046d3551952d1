"""A new folder works for every one of the 21 counties, with the bundled figures."""

from __future__ import annotations

import pytest

from vagvisare import flow
from vagvisare.strategy_folder.bundled import bundled_folder
from vagvisare.strategy_folder.scaffold import scaffold
from vagvisare.terms.territory import COUNTIES, TERRITORIES


@pytest.mark.parametrize("county", COUNTIES)
def test_a_new_folder_is_followed_up_at_once(tmp_path, county):
    folder = tmp_path / "ny"
    scaffold(folder, county, bundled_folder())
    read = flow.read_folder(folder)
    assert read.strategy.synthetic
    outcome = flow.follow_up(read, history=False)
    assert len(outcome.findings) > 40
    assert outcome.replay == ()
    place = TERRITORIES[county].name.sv
    assert all(finding.key.territory == county for finding in outcome.findings)
    assert any(place in finding.sentence.sv for finding in outcome.findings)
    if county != "18":
        assert not any("Örebro" in finding.sentence.sv for finding in outcome.findings)
