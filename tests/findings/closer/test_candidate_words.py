"""Undeclared shocks and breaks, and joined series, in words. Everything here is made up."""

from __future__ import annotations

import math
from dataclasses import replace

import publishable
import pytest
import synthetic_judgements as made

from vagvisare.assessment.closer.values import Candidate, Rule, Splice
from vagvisare.assessment.definition import Break, Direction
from vagvisare.assessment.judgement import Movement, Verdict
from vagvisare.findings.closer.candidate import NONE_FOUND, OFFERED, candidates
from vagvisare.findings.closer.splice import splice
from vagvisare.findings.grammar import Topic
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale

TOPIC = Topic(made.indicator("share"), "18")
TREND = made.trend()
SHIFT = Candidate(Rule.LEVEL_SHIFT, Period.year(2016), 61.2, 66.8, 0.012)
AT = Break(Period.year(2016), Text("Ny metod.", "New method."), sibling="old")


def said(*found, trend=TREND, topic=TOPIC):
    texts = candidates(topic, found, trend)
    assert [publishable.faults(text) for text in texts] == [[]] * len(texts)
    return texts


def plain(text):
    return text.sv.replace("\u00a0", " ")


def test_a_level_shift():
    text, offered = said(SHIFT)
    assert plain(text) == (
        "Från och med 2016 ligger serien på en högre nivå: 66,8 procent i stället för 61,2 procent (p = 0,0120). "
        "Ingen har angett någon förklaring."
    )
    assert offered == OFFERED
    assert "at a higher level: 66.8" in text.en


@pytest.mark.parametrize("up", [True, False])
@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("nation", [None, True, False])
@pytest.mark.parametrize("declared", [None, made.PANDEMIC, AT])
def test_every_kind_can_be_published(rule, up, nation, declared):
    ends = (61.2, 66.8) if up else (66.8, 61.2)
    text, *rest = said(Candidate(rule, Period.year(2016), *ends, 0.02, declared, nation))
    assert (rest == [OFFERED]) is (declared is None)
    assert ("Riket" in text.sv) is (nation is not None)
    assert ("redan" in text.sv) is (declared is not None)


def test_an_odd_figure_and_what_explains_it():
    text = said(replace(SHIFT, rule=Rule.OUTSIDE, p=None, declared=made.PANDEMIC, nation=True))[0]
    assert plain(text) == (
        "Mätningen för 2016 sticker ut: 66,8 procent, när serien i övrigt pekar mot 61,2 procent. Det sammanfaller med "
        "pandemin, som redan är angiven. Riket visar samma sak."
    )


def test_nothing_found_is_said():
    assert said() == (NONE_FOUND,)
    assert NONE_FOUND.sv == "Ingen odeklarerad brytning hittades."


@pytest.mark.parametrize(
    ("n", "words"), [(3, "minst fem fristående behövs, och tre finns."), (6, "minst åtta mätningar.")]
)
def test_too_few_to_look_is_said(n, words):
    window = replace(TREND.window, used=tuple(Period.year(2020 + i) for i in range(n)))
    (text,) = said(trend=replace(TREND, window=window))
    assert text.sv.endswith(words)


def joined(shift, scale, *, apart=None, unit="companies", verdict=None, overlap=1):
    series = Series.of(SeriesKey("share", "18"), {Period.year(2014 + i): 40.0 + i for i in range(8)})
    trend = replace(TREND, verdict=verdict or TREND.verdict)
    years = tuple(Period.year(2016 + i) for i in range(overlap))
    found = Splice(AT, years, shift, series, trend, scale, apart, (Period.year(2014), Period.year(2015)))
    topic = Topic(made.indicator("companies", unit), "18")
    texts = splice(topic, found, TREND)
    assert [publishable.faults(text) for text in texts] == [[]] * 3
    return [plain(text) for text in texts]


def test_a_join_by_one_shared_year():
    what, certain, verdict = joined(math.log(1.045), Scale.LOG)
    assert what == (
        "Den äldre serien (2014–2015) är skarvad på. Den nya metoden ger 4,5 procent högre värden än den gamla där "
        "båda finns, så de äldre siffrorna är höjda i samma mån."
    )
    assert certain == "Bara 2016 har siffror med båda metoderna. Hur säker skarven är går därför inte att säga."
    assert "blir svaret detsamma" in verdict
    assert verdict.endswith("Den visas bredvid och ersätter inte bedömningen.")


def test_a_join_by_several_shared_years_and_another_answer():
    other = Verdict.UNDETERMINED if TREND.verdict is not Verdict.UNDETERMINED else Verdict.IMPROVING
    what, certain, verdict = joined(-0.2, Scale.LOGIT, apart=0.05, unit="percent", verdict=other, overlap=3)
    assert "procentenheter lägre värden" in what
    assert "sänkta" in what
    assert certain.startswith("3 mätningar finns med båda metoderna. Som mest skiljer sig avståndet mellan dem 1,")
    assert f"blir svaret i stället: {other.value}." in verdict


def test_methods_that_agree():
    assert "skarvad på som den är" in joined(0.0, Scale.LOG)[0]


def test_nothing_to_join():
    assert splice(TOPIC, None, TREND)[0].sv == "Det finns ingen äldre serie att skarva på."


def test_where_neither_way_is_better_the_movement_is_said():
    neutral = Topic(made.indicator("share", direction=Direction.NEUTRAL), "18")
    found = Splice(
        AT, (Period.year(2016),), 0.1, Series.of(SeriesKey("share", "18"), {Period.year(2016): 40.0}),
        replace(TREND, movement=Movement.FALLING), Scale.LOGIT, None, (Period.year(2015),),
    )  # fmt: skip
    assert "minskar." in splice(neutral, found, replace(TREND, movement=Movement.RISING))[2].sv
