"""A survey's margin of error, where the figures carry one, reaches the sentences; the margins here are made up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from vagvisare import flow
from vagvisare.assessment.definition import Collection
from vagvisare.terms.sampling import Sampling

FOLDER = Path(__file__).parents[2] / "strategies" / "orebro"


def test_margins_in_the_figures_reach_the_sentences():
    recorded = flow.record(flow.read_folder(FOLDER))
    view = flow.assess(recorded, recorded.latest)
    surveys = {
        key: judged.level
        for key, judged in view.judgements.items()
        if key.territory == "18" and view.indicators[key.indicator].collection is Collection.SURVEY
    }
    made_up = {
        key: {level.period: Sampling(low=level.value - 2, high=level.value + 2)} for key, level in surveys.items()
    }

    def said(samples):
        chosen = flow.known.with_findings(replace(view, samples=samples), recorded.folder.strategy, "18").findings
        return [each.sentence.sv for each in chosen if each.key in surveys and "felmarginal" in each.sentence.sv]

    assert all("utan felmarginal" in sentence for sentence in said({}))
    with_margins = said(made_up)
    assert with_margins
    assert all("felmarginalen går från" in sentence for sentence in with_margins)
