"""What a closer look says of the bundled, official figures of one county: every sentence can be published."""

from __future__ import annotations

import publishable
import pytest

from vagvisare import flow
from vagvisare.assessment.closer.candidate import candidates
from vagvisare.assessment.closer.noise import noise
from vagvisare.assessment.closer.own_course import own_courses
from vagvisare.assessment.closer.splice import splice
from vagvisare.findings.closer import candidate as candidate_words
from vagvisare.findings.closer import noise as noise_words
from vagvisare.findings.closer import own_course as own_course_words
from vagvisare.findings.closer import splice as splice_words
from vagvisare.findings.grammar import Topic
from vagvisare.strategy_folder import bundled_folder
from vagvisare.terms.series import NATION, SeriesKey


@pytest.fixture(scope="module")
def view():
    recorded = flow.record(flow.read_folder(bundled_folder()))
    return flow.assess(recorded, recorded.latest, only=frozenset({"18", NATION}))


def looked(view):
    """Each total of the county: its topic, its judgement, and riket's series and trend where there are any."""
    for key, judgement in view.judgements.items():
        if key.territory == "18" and key.is_total:
            nation, riket = view.panel.get(key.at(NATION)), view.judgements.get(key.at(NATION))
            topic = Topic.of(key, view.indicators[key.indicator])
            yield topic, view.panel[key], judgement, nation, None if riket is None else riket.trend


def test_every_sentence_can_be_published(view):
    seen = 0
    for topic, series, judgement, nation, nation_trend in looked(view):
        indicator, trend = topic.indicator, judgement.trend
        texts = [
            *noise_words.noise(topic, noise(series, trend, indicator, {})),
            *candidate_words.candidates(topic, candidates(series, trend, indicator, view.events, nation), trend),
            *own_course_words.own_courses(
                topic, own_courses(series, trend, nation, nation_trend, indicator, view.events)
            ),
        ]
        assert [publishable.faults(text) for text in texts] == [[]] * len(texts), topic.indicator.key
        assert texts[0].sv.startswith("Felmarginal saknas i uppgifterna")
        seen += 1
    assert seen > 30


def test_the_two_methods_of_new_companies(view):
    key = SeriesKey("new_companies", "18")
    older = view.panel[SeriesKey("new_companies_to_2010", "18")]
    joined = splice(view.panel[key], view.indicators["new_companies"], older)
    texts = splice_words.splice(Topic.of(key, view.indicators["new_companies"]), joined, view.judgements[key].trend)
    assert "4,5\u00a0procent högre" in texts[0].sv  # 1 550 by the new method where the old gave 1 483
    assert texts[1].sv.startswith("Bara 2010 har siffror med båda metoderna.")
    assert [publishable.faults(text) for text in texts] == [[]] * 3
