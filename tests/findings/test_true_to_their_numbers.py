"""Sentences about targets held against their own figures, reckoned by hand from made-up panels of all counties."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
import synthetic_judgements as made

from vagvisare.assessment.closer.values import Interval, Noise
from vagvisare.assessment.definition import Collection, Composite, Contrast, Direction, TargetKind
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.judgement import PaceVerdict, Verdict
from vagvisare.findings.choose import findings
from vagvisare.findings.finding import FindingType
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.territory import COUNTIES

OWN = SeriesKey("share", "18")
PEERS = ("19", "17", "06")
FIRST, LAST = 2012, 2023
METRO = Composite(Text("riket utom storstadslänen", "Sweden elsewhere"), ("01", "12", "14"), "people")
NUMBER = re.compile(r"\d+\.\d")
UNDONE = (PaceVerdict.NOT_REACHED, PaceVerdict.WRONG_WAY)


def series(key, figures, first=FIRST):
    return Series.of(key, {Period.year(first + step): float(value) for step, value in enumerate(figures)})


def contract(*targets, **more):
    return made.indicator(**({"targets": targets, "comparison": PEERS, "watches": ()} | more))


def told(panel, indicator, earlier=None, noises=None):
    """Judge a panel and return own judgement and what is said of it."""
    people = made.indicator("companies", "persons", Direction.NEUTRAL, dataset="synthetic_people")
    contracts = {"share": indicator, "people": replace(people, key="people", watches=())}
    judged = judge_all(panel, contracts, fast=False, earlier=earlier)
    vintages = dict.fromkeys((indicator.dataset, "synthetic_people"), made.vintage())
    said = findings(judged, contracts, "18", vintages, noises=noises)
    return judged[OWN], [each for each in said if each.key.indicator == "share"]


def country(rng, level=60.0, noise=2.0):
    """Make a panel of riket and every county, with figures of one decimal, and their populations."""
    panel = {}
    for code in ("00", *COUNTIES):
        start, step = level + rng.uniform(-8, 8), rng.uniform(-1.2, 1.2)
        figures = [round(start + step * i + rng.gauss(0, noise), 1) for i in range(LAST - FIRST + 1)]
        panel[OWN.at(code)] = series(OWN.at(code), figures)
        weight = SeriesKey("people", code)
        people = 10_000_000 if code == "00" else 100_000 + 1_000 * int(code)
        panel[weight] = series(weight, [people] * (LAST - FIRST + 1))
    return panel


AIMS = (
    made.target(TargetKind.ABOVE_NATION),
    made.target(TargetKind.ABOVE_PEERS, peers=PEERS),
    made.target(TargetKind.ABOVE_COMPOSITE, composite=METRO),
    made.target(TargetKind.RANK, value=7.0),
    made.target(TargetKind.FLOOR, value=60.0),
    made.target(TargetKind.CEILING, value=60.0),
    made.target(TargetKind.ABSOLUTE, value=62.0, year=2020),
    made.target(TargetKind.RELATIVE_TO_BASE, value=10.0, base_year=2013, year=2021),
    made.target(TargetKind.INCREMENT, value=-3.0, base_year=2013, year=2021),
)


def reckoned(panel, d):
    """Say by hand whether each target of AIMS is met, and the figures its sentence must show."""
    figures = {code: dict(panel[OWN.at(code)]) for code in ("00", *COUNTIES)}
    at = lambda code, year: figures[code][Period.year(year)]  # noqa: E731
    own, nation = at("18", LAST), at("00", LAST)
    weights = {code: panel[SeriesKey("people", code)].values[-1] for code in ("00", *METRO.without)}
    left = weights["00"] - sum(weights[code] for code in METRO.without)
    rest = (nation * weights["00"] - sum(at(code, LAST) * weights[code] for code in METRO.without)) / left
    best = max((at(code, LAST) for code in PEERS), key=lambda value: d * value)
    place = 1 + sum(d * at(code, LAST) > d * own for code in COUNTIES)
    base = at("18", 2013)
    return (
        (d * (own - nation) > 0, (own, nation)),
        (d * (own - best) > 0, (own,)),
        (d * (own - rest) >= -1e-9, (own,)),
        (place <= 7, (own,)),
        (own >= 60, (own,)),
        (own <= 60, (own,)),
        (d * (at("18", 2020) - 62) >= 0, (at("18", 2020), own)),
        (at("18", 2021) >= base * 1.1 - 1e-9, (at("18", 2021), base * 1.1)),
        (at("18", 2021) <= base - 3 + 1e-9, (at("18", 2021), base - 3)),
    )


@pytest.mark.parametrize("direction", [Direction.HIGHER, Direction.LOWER])
@pytest.mark.parametrize("seed", range(25))
def test_what_is_said_of_a_target_is_what_the_figures_say(seed, direction):
    panel = country(random.Random(seed))
    judgement, said = told(panel, contract(*AIMS, direction=direction))
    by_kind = {each.parameters["target"]: each for each in said if each.type is FindingType.PACE}
    for judged, (met, shown) in zip(judgement.paces, reckoned(panel, int(direction)), strict=True):
        kind = judged.target.kind
        finding = by_kind[kind.value]
        kept = kind in (TargetKind.FLOOR, TargetKind.CEILING)
        assert (judged.verdict is PaceVerdict.REACHED or (kept and judged.crosses is not None)) == met
        assert judged.verdict is PaceVerdict.REACHED or judged.verdict in UNDONE
        sv, en = finding.sentence.sv, finding.sentence.en
        assert ("hålls inte" in sv or "inte nått" in sv) == (not met), sv
        assert ("is not kept" in en or "has not been reached" in en) == (not met), en
        for value in shown:
            for text in (sv.replace(",", "."), en):
                assert any(abs(value - float(found)) < 0.0501 for found in NUMBER.findall(text)), (value, text)


def test_the_figure_of_the_targets_year_decides_and_is_said():
    rises = series(OWN, [50 + 3 * step for step in range(12)])
    _, (finding, *_) = told({OWN: rises}, contract(made.target(TargetKind.ABSOLUTE, value=80.0, year=2020)))
    assert "är inte nått" in finding.sentence.sv
    assert "74,0" in finding.sentence.sv
    assert "2020" in finding.sentence.sv.split(": ")[1]
    assert "83,0" in finding.sentence.sv


def grouped(women, men):
    keys = (OWN, replace(OWN, sex="K"), replace(OWN, sex="M"))
    total = [(a + b) / 2 for a, b in zip(women, men, strict=True)]
    return {key: series(key, figures) for key, figures in zip(keys, (total, women, men), strict=True)}


@pytest.mark.parametrize(
    ("women", "men", "price"),
    [
        ([90 - 2 * i for i in range(12)], [60 + 0.01 * (i % 2) for i in range(12)], "bland kvinnor"),
        ([90 - 2 * i for i in range(12)], [60 - 0.7 * i for i in range(12)], "i båda grupperna"),
        ([80 + 0.01 * (i % 2) for i in range(12)], [60 + i for i in range(12)], ""),
    ],
)
def test_a_gap_that_shrinks_by_getting_worse_is_no_good_news(women, men, price):
    aim = made.target(TargetKind.GAP_SHRINKS, groups=("K/", "M/"))
    judgement, said = told(grouped(women, men), contract(aim, contrasts=(Contrast(made.WOMEN, made.MEN),)))
    (judged,) = judgement.paces
    finding = next(each for each in said if each.type is FindingType.PACE)
    assert judged.verdict is PaceVerdict.RIGHT_WAY
    assert judged.levelling_down == bool(price)
    assert ("åt fel håll" in finding.sentence.sv) == bool(price)
    assert price in finding.sentence.sv
    assert ("getting worse" in finding.sentence.en) == bool(price)
    assert finding.parameters["tone"] == ("neutral" if price else "better")
    assert ("försämring" in finding.verdict) == bool(price)


@pytest.mark.parametrize(
    ("own", "nation", "words"),
    [
        ([60 + 0.01 * (i % 2) for i in range(12)], [80 - i for i in range(12)], "fel håll i riket"),
        ([60 - 0.5 * i for i in range(12)], [80 - 1.5 * i for i in range(12)], "både i Örebro län och i riket"),
        ([60 + 1.5 * i for i in range(12)], [80 - 0.1 * i for i in range(12)], ""),
        ([60 + i for i in range(12)], [80 + 0.2 * i for i in range(12)], ""),
    ],
)
def test_coming_nearer_because_riket_gets_worse_is_said(own, nation, words):
    panel = {OWN: series(OWN, own), OWN.at("00"): series(OWN.at("00"), nation)}
    judgement, said = told(panel, contract(made.target(TargetKind.CONVERGES)))
    finding = next(each for each in said if each.type is FindingType.PACE)
    assert judgement.paces[0].verdict is PaceVerdict.RIGHT_WAY
    assert words in finding.sentence.sv
    assert ("fel håll" in finding.sentence.sv) == bool(words)
    assert finding.parameters["tone"] == ("neutral" if words else "better")


@pytest.mark.parametrize(
    ("aim", "left_out"),
    [
        (made.target(TargetKind.ABOVE_NATION), FindingType.LEVEL),
        (made.target(TargetKind.RANK, value=3.0), FindingType.RANK),
    ],
)
def test_the_same_comparison_is_not_said_twice(aim, left_out):
    panel = {OWN.at(code): series(OWN.at(code), [60 + int(code) / 10] * 12) for code in ("00", *COUNTIES)}
    low = 70.0 if left_out is FindingType.RANK else 61.15
    panel[OWN] = series(OWN, [low] * 12)
    panel[OWN.at("00")] = series(OWN.at("00"), [50.0] * 12)
    _, without = told(panel, contract())
    _, with_aim = told(panel, contract(aim))
    assert left_out in {each.type for each in without}
    assert left_out not in {each.type for each in with_aim}


def margin(low, high, period=LAST):
    nothing = dict.fromkeys(("limits", "previous", "change", "sampling_margin", "process_margin", "news", "broken"))
    return Noise(period=Period.year(period), source=Interval.GIVEN, low=low, high=high, **nothing)


@pytest.mark.parametrize(
    ("noise", "sv", "en"),
    [
        (None, "utan felmarginal", "no margin of error"),
        (margin(61.0, 67.0), "från 61,0 till 67,0 procent, så skillnaden kan bero", "so the difference may be chance"),
        (margin(63.2, 64.8), "från 63,2 till 64,8 procent.", "from 63.2 to 64.8 per cent."),
        (margin(61.0, 67.0, LAST - 1), "utan felmarginal", "no margin of error"),
    ],
)
def test_a_survey_says_its_margin_and_when_the_difference_may_be_chance(noise, sv, en):
    panel = {OWN: series(OWN, [64] * 12), OWN.at("00"): series(OWN.at("00"), [63] * 12)}
    aim = contract(made.target(TargetKind.ABOVE_NATION), collection=Collection.SURVEY)
    _, said = told(panel, aim, noises={} if noise is None else {OWN: noise})
    finding = next(each for each in said if each.type is FindingType.PACE)
    assert "är nått" in finding.sentence.sv
    assert sv in finding.sentence.sv.replace("\N{NO-BREAK SPACE}", " ")
    assert en in finding.sentence.en.replace("\N{NO-BREAK SPACE}", " ")


def test_a_known_margin_decides_what_difference_deserves_a_sentence():
    panel = {OWN: series(OWN, [64] * 12), OWN.at("00"): series(OWN.at("00"), [62] * 12)}
    survey = contract(collection=Collection.SURVEY)
    for noises, level in (({}, False), ({OWN: margin(63, 65)}, True), ({OWN: margin(59, 69)}, False)):
        _, said = told(panel, survey, noises=noises)
        assert (FindingType.LEVEL in {each.type for each in said}) == level


def test_nobody_says_better_than_peers_where_neither_way_is():
    panel = {OWN.at(code): series(OWN.at(code), [60 + int(code)] * 12) for code in ("18", *PEERS)}
    aim = made.target(TargetKind.ABOVE_PEERS, peers=PEERS)
    _, said = told(panel, contract(aim, direction=Direction.NEUTRAL))
    finding = next(each for each in said if each.type is FindingType.PACE)
    assert "går inte att bedöma" in finding.sentence.sv
    assert "cannot be judged" in finding.sentence.en


def test_the_county_itself_is_no_peer_of_its_own():
    panel = {OWN.at(code): series(OWN.at(code), [30 + int(code)] * 12) for code in ("18", *PEERS)}
    aim = made.target(TargetKind.ABOVE_PEERS, peers=("18", *PEERS))
    _, said = told(panel, contract(aim))
    finding = next(each for each in said if each.type is FindingType.PACE)
    assert "de tre jämförelselänen" in finding.sentence.sv
    assert "Örebro" not in finding.sentence.sv.split(": ")[1]


def test_peers_of_the_target_and_not_of_the_indicator_are_missed():
    panel = {OWN.at(code): series(OWN.at(code), [30 + int(code)] * 12) for code in ("18", *PEERS)}
    aim = made.target(TargetKind.ABOVE_PEERS, peers=("06", "19", "08"))
    _, said = told(panel, contract(aim))
    finding = next(each for each in said if each.type is FindingType.PACE)
    assert "uppgift saknas för Kalmar län" in finding.sentence.sv


@pytest.mark.parametrize("run", [True, False])
def test_a_verdict_held_from_before_is_said_to_be(run):
    falls = [70, 66, 69, 67, 68.5, 67.5, 69, 66.5, 67.9 if run else 66.9, 67.2, 66.8, 66.4]
    panel = {OWN: series(OWN, falls)}
    judgement, said = told(panel, contract(watches=("mal/prov",)), earlier={OWN: Verdict.WORSENING})
    assert judgement.trend.reason.value == "held", judgement.trend.p
    course = next(each for each in said if each.type in (FindingType.TREND, FindingType.PERSIST))
    assert (course.type is FindingType.PERSIST) == run
    assert "förra uppföljningen står kvar" in course.sentence.sv
    assert "previous follow-up stands" in course.sentence.en
