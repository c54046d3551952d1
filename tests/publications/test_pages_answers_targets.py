"""The answer "takt mot mål" for targets that are no level and year. All figures are made up."""

from __future__ import annotations

import runpy
from dataclasses import replace
from pathlib import Path

import pytest

from vagvisare.assessment.definition import Composite, Target, TargetKind
from vagvisare.assessment.judgement import Pace, PaceVerdict
from vagvisare.publications.pages.answers import Status, four_answers
from vagvisare.terms.language import Language, Text
from vagvisare.terms.series import SeriesKey

OUTCOME = runpy.run_path(str(Path(__file__).parents[1] / "web" / "synthetic.py"))["material"]().outcome

METRO = Composite(Text("riket utom storstadslänen", "Sweden elsewhere"), ("01",), "people")


def answer(kind, verdict, language=Language.SV, *, numbers=None, **more):
    found, indicator = OUTCOME.judgements[SeriesKey("share", "18")], OUTCOME.indicators["share"]
    target = Target(kind, "Påhittat mål", "synthetic.txt:1", **more)
    return four_answers(replace(found, paces=(Pace(target, verdict, **(numbers or {})),)), indicator, language)[2]


@pytest.mark.parametrize(
    ("kind", "more", "sv", "en"),
    [
        (TargetKind.ABOVE_NATION, {}, "bättre än riket", "better than Sweden as a whole"),
        (TargetKind.CONVERGES, {}, "närmare riket", "nearer to Sweden as a whole"),
        (TargetKind.AS_FAST, {}, "minst lika snabbt som riket", "at least as fast as Sweden as a whole"),
        (
            TargetKind.ABOVE_COMPOSITE,
            {"composite": METRO},
            "minst som riket utom storstadslänen",
            "at least as good as",
        ),
        (TargetKind.RANK, {"value": 7.0}, "plats 7 eller bättre", "place 7 or better"),
        (TargetKind.GAP_SHRINKS, {"groups": ("K/", "M/")}, "Mål utan nivå och år", "A target without level or year"),
    ],
)
def test_what_is_aimed_at_stands_beside_the_verdict(kind, more, sv, en):
    said = answer(kind, PaceVerdict.NOT_REACHED, **more)
    assert (said.word, said.figure, said.quote) == ("målet är inte nått", sv, "Påhittat mål")
    assert said.status is Status.WORSE
    assert answer(kind, PaceVerdict.NOT_REACHED, Language.EN, **more).figure.startswith(en)


@pytest.mark.parametrize(
    ("kind", "verdict", "word", "figure", "status"),
    [
        (TargetKind.FLOOR, PaceVerdict.REACHED, "målet hålls", "minst 80,0 procent", Status.BETTER),
        (TargetKind.FLOOR, PaceVerdict.WRONG_WAY, "målet är hotat", "minst 80,0 procent", Status.WORSE),
        (TargetKind.CEILING, PaceVerdict.NOT_REACHED, "målet hålls inte", "högst 80,0 procent", Status.WORSE),
    ],
)
def test_a_line_to_keep_says_its_side(kind, verdict, word, figure, status):
    said = answer(kind, verdict, numbers={"target_value": 80.0}, value=80.0)
    assert (said.word, said.figure.replace("\u00a0", " "), said.status) == (word, figure, status)
