"""The invariants through everything that is judged and said, on all bundled figures of riket and the counties.

Another unit, the complement of a share, the other direction, another order of input: what is judged and what is said
must be the same, or its mirror image. docs/method names published rules that fail each of these.
"""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from vagvisare import flow
from vagvisare.assessment.definition import Direction, TargetKind
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.judgement import Movement, Verdict
from vagvisare.findings.choose import findings
from vagvisare.findings.finding import FindingType
from vagvisare.terms.series import Series
from vagvisare.terms.unit import Scale

FOLDER = Path(__file__).parents[2] / "strategies" / "orebro"
HOME = "18"
MIRROR = {
    Movement.RISING: Movement.FALLING,
    Movement.FALLING: Movement.RISING,
    Verdict.IMPROVING: Verdict.WORSENING,
    Verdict.WORSENING: Verdict.IMPROVING,
}
TONES = {"better": "worse", "worse": "better"}


@pytest.fixture(scope="module")
def world():
    """Return all figures of the counties, the contracts and the events of the bundled folder."""
    recorded = flow.record(flow.read_folder(FOLDER))
    view = flow.assess(recorded, recorded.latest)
    panel = {key: series for key, series in view.panel.items() if len(key.territory) == 2}
    return panel, dict(view.indicators), recorded.folder.events, view.vintages


def said(judged, indicators, vintages):
    found = findings(judged, indicators, HOME, vintages)
    return {(f.key, f.type, f.parts): f for f in found if f.type is not FindingType.COMPOSITE}


def both(world, panel=None, indicators=None):
    """Judge and phrase the world as it is and as it has been changed."""
    figures, contracts, events, vintages = world
    ours = judge_all(figures, contracts, events)
    theirs = judge_all(panel or figures, indicators or contracts, events)
    return (
        ours,
        theirs,
        said(ours, contracts, vintages),
        said(theirs, indicators or contracts, vintages),
    )


def assert_same_judgement(one, other, mirrored=False):
    turn = MIRROR if mirrored else {}
    assert other.trend.verdict is one.trend.verdict
    assert other.trend.movement is turn.get(one.trend.movement, one.trend.movement)
    assert other.trend.p == pytest.approx(one.trend.p, abs=1e-12)
    assert other.trend.rho == pytest.approx(one.trend.rho, abs=1e-9, nan_ok=True)
    ranks = [(c.rank, c.tied, c.of, c.best, c.worst) for c in (one.comparison, other.comparison)]
    assert ranks[0] == ranks[1]
    assert [(s.event, s.period, s.size, s.changes_verdict) for s in other.shocks] == [
        (s.event, s.period, s.size, s.changes_verdict) for s in one.shocks
    ]
    assert [(g.verdict, g.levelling_down) for g in other.gaps] == [(g.verdict, g.levelling_down) for g in one.gaps]
    assert [p.verdict for p in other.paces] == [p.verdict for p in one.paces]
    assert (other.reversal is None) == (one.reversal is None)
    if one.reversal is not None:
        assert (other.reversal.period, other.reversal.size) == (one.reversal.period, one.reversal.size)
    assert (other.run is None) == (one.run is None)
    if one.run is not None:
        assert (other.run.length, other.run.movement) == (one.run.length, turn.get(one.run.movement))[
            :2
        ] or not mirrored
        assert other.run.length == one.run.length


def test_the_complement_of_a_share_is_judged_and_chosen_alike(world):
    panel, contracts, *_ = world
    shares = {key for key, contract in contracts.items() if contract.scale is Scale.LOGIT}
    assert len(shares) > 12
    turned = {
        key: replace(contract, direction=Direction(-contract.direction)) if key in shares else contract
        for key, contract in contracts.items()
    }
    rest = {
        key: Series(key, series.periods, tuple(100 - v for v in series.values)) if key.indicator in shares else series
        for key, series in panel.items()
    }
    ours, theirs, spoken, mirrored = both(world, rest, turned)
    for key, judgement in ours.items():
        assert_same_judgement(judgement, theirs[key], mirrored=key.indicator in shares)
    assert set(spoken) == set(mirrored)
    for place, finding in spoken.items():
        assert mirrored[place].parameters["tone"] == finding.parameters["tone"], place
        assert mirrored[place].weight == pytest.approx(finding.weight, abs=1e-3), place


def test_another_unit_is_judged_and_chosen_alike(world):
    panel, contracts, *_ = world
    levels = {TargetKind.ABSOLUTE}
    free = {
        key
        for key, contract in contracts.items()
        if contract.scale is Scale.LOG and not any(target.kind in levels for target in contract.targets)
    }
    assert len(free) > 8
    scaled = {
        key: Series(key, series.periods, tuple(v * 1024 for v in series.values)) if key.indicator in free else series
        for key, series in panel.items()
    }
    ours, theirs, spoken, other = both(world, scaled)
    for key, judgement in ours.items():
        assert_same_judgement(judgement, theirs[key])
    assert {place: f.verdict for place, f in other.items()} == {place: f.verdict for place, f in spoken.items()}


def test_the_other_direction_turns_every_tone_and_nothing_else(world):
    _, contracts, *_ = world
    turned = {key: replace(each, direction=Direction(-each.direction), targets=()) for key, each in contracts.items()}
    aimless = {key: replace(each, targets=()) for key, each in contracts.items()}
    figures, _, events, vintages = world
    ours, theirs = judge_all(figures, aimless, events), judge_all(figures, turned, events)
    for key, one in ours.items():
        other = theirs[key]
        assert other.trend.verdict is MIRROR.get(one.trend.verdict, one.trend.verdict)
        assert other.trend.movement is one.trend.movement
        assert (other.reversal, other.run) == (one.reversal, one.run)
        if one.comparison.rank is not None and contracts[key.indicator].direction is not Direction.NEUTRAL:
            assert other.comparison.rank == one.comparison.of + 2 - one.comparison.rank - one.comparison.tied
            assert (other.comparison.best, other.comparison.worst) == (one.comparison.worst, one.comparison.best)
    spoken, mirrored = said(ours, aimless, vintages), said(theirs, turned, vintages)
    assert set(spoken) == set(mirrored)
    for place, finding in spoken.items():
        if finding.type is not FindingType.GAP:  # a growing gap is worse whichever way is better
            tone = finding.parameters["tone"]
            assert mirrored[place].parameters["tone"] == TONES.get(tone, tone), place
            if finding.type is not FindingType.PACE:
                assert mirrored[place].sentence == finding.sentence, place


def test_the_order_of_input_says_nothing(world):
    panel, contracts, _, vintages = world
    keys = list(panel)
    random.Random(8).shuffle(keys)
    names = list(contracts)
    random.Random(9).shuffle(names)
    ours, theirs, *_ = both(world, {key: panel[key] for key in keys}, {name: contracts[name] for name in names})
    assert theirs.keys() == ours.keys()
    for key, one in ours.items():
        assert_same_judgement(one, theirs[key])
    first, second = (findings(judged, contracts, HOME, vintages) for judged in (ours, theirs))
    assert [f.id for f in first] == [f.id for f in second]
    assert [f.sentence for f in first] == [f.sentence for f in second]
