"""An earlier edition's verdicts, given openly, weigh in on the next, and everything that says so."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from vagvisare import api, flow
from vagvisare.assessment.judgement import Reason, Verdict
from vagvisare.findings.finding import FindingType
from vagvisare.publications import opendata
from vagvisare.sources.spreadsheet import TableError
from vagvisare.terms.series import SeriesKey

FOLDER = Path(__file__).parents[2] / "strategies" / "orebro"
HEADER = "indicator,territory,sex,background,verdict,as_of\n"


@pytest.fixture(scope="module")
def recorded():
    return flow.record(flow.read_folder(FOLDER))


@pytest.fixture(scope="module")
def plain(recorded):
    return flow.follow_up(recorded, history=False)


@pytest.fixture(scope="module")
def wavering(plain) -> tuple[SeriesKey, Verdict]:
    """A real series between the two thresholds, and the verdict its figures lean towards."""
    for key, judgement in plain.judgements.items():
        trend, direction = judgement.trend, plain.indicators[key.indicator].direction
        between = trend.reason is Reason.NOISE and 0.05 < trend.p <= 0.20
        if key.territory == "18" and key.is_total and between and direction and plain.indicators[key.indicator].watches:
            return key, Verdict.IMPROVING if trend.s * direction > 0 else Verdict.WORSENING
    pytest.fail("no bundled series lies between the thresholds: choose another")


def test_the_next_edition_reads_what_the_last_one_wrote(recorded, tmp_path):
    material = flow.material(recorded, history=False)
    path = tmp_path / "verdicts.csv"
    path.write_bytes(opendata.file(material, "verdicts.csv"))
    earlier = flow.earlier_verdicts(path)
    outcome = material.outcome
    assert earlier.as_of == outcome.as_of
    assert earlier.verdicts == {key: judgement.trend.verdict for key, judgement in outcome.judgements.items()}
    again = flow.follow_up(recorded, history=False, earlier=earlier)
    assert {k: j.trend.verdict for k, j in again.judgements.items()} == dict(earlier.verdicts)


def test_a_wavering_verdict_is_kept_and_says_so(recorded, plain, wavering, tmp_path):
    key, leaning = wavering
    path = tmp_path / "verdicts.csv"
    path.write_text(f"{HEADER}{key.indicator},{key.territory},T,,{leaning.value},2024-12-31\n", encoding="utf-8")
    outcome = flow.follow_up(recorded, history=False, earlier=flow.earlier_verdicts(path))
    kept = outcome.judgements[key].trend
    assert (kept.verdict, kept.reason, kept.earlier) == (leaning, Reason.HELD, leaning)
    others = {k: j for k, j in outcome.judgements.items() if k != key and k.indicator != key.indicator}
    assert all(j.trend == plain.judgements[k].trend for k, j in others.items())
    said = [f for f in outcome.findings if f.key == key and f.type in (FindingType.TREND, FindingType.PACE)]
    assert said
    explained = api.explain(recorded.folder, said[0].id, earlier=path)
    assert "förra uppföljningen" in explained
    assert "0,20" in explained


def test_another_input_is_another_finding(recorded, plain, wavering, tmp_path):
    """A finding made with an earlier verdict has its own id: the input is part of the computation."""
    key, leaning = wavering
    path = tmp_path / "verdicts.csv"
    path.write_text(f"{HEADER}{key.indicator},{key.territory},T,,{leaning.value},2024-12-31\n", encoding="utf-8")
    outcome = flow.follow_up(recorded, history=False, earlier=flow.earlier_verdicts(path))
    ids = {f.id for f in plain.findings}
    assert any(f.id not in ids for f in outcome.findings if f.key == key)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("indicator,territory\n", "saknas"),
        (HEADER, "inga omdömen"),
        (f"{HEADER}a,18,T,,bättre,2024-12-31\n", "Okänt omdöme ”bättre”"),
        (f"{HEADER}a,18,T,,förbättras,i fjol\n", "inget datum"),
        (f"{HEADER}a,18,T,,förbättras,2024-12-31\na,18,T,,försämras,2024-12-31\n", "redan ett omdöme på rad 2"),
        (f"{HEADER}a,18,T,,förbättras,2024-12-31\nb,18,T,,försämras,2023-12-31\n", "En annan dag"),
    ],
)
def test_mistakes_in_the_file(tmp_path, text, said):
    path = tmp_path / "verdicts.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as caught:
        flow.earlier_verdicts(path)
    assert said in str(caught.value)


def test_the_file_is_plain_for_analysts(recorded, tmp_path):
    text = opendata.file(flow.material(recorded, history=False, as_of=date(2024, 12, 31)), "verdicts.csv").decode()
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["as_of"] for row in rows} == {"2024-12-31"}
    assert {row["verdict"] for row in rows} <= {word.value for word in Verdict}
