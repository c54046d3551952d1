"""The whole walk on the bundled folder: real figures, judged findings, the replay of June 2022."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from vagvisare import api, flow
from vagvisare.assessment.judge import judge_all
from vagvisare.findings.finding import FindingType
from vagvisare.observations.store import Store
from vagvisare.terms.errors import FigureError, UnknownError
from vagvisare.terms.series import SeriesKey

ROOT = Path(__file__).parents[2]
PRESENTED = date(2022, 6, 17)

REPLAYED = {
    # line of 002_a95b7bbb696b51ef.txt: verdict as known on 2022-06-17, verdict as known in the snapshot
    27: ("stämmer", "stämmer"),
    28: ("inga siffror här", "inga siffror här"),
    29: ("beror på definition, år eller fönster", "motsägs"),
    30: ("går inte att avgöra", "går inte att avgöra"),
    31: ("går inte att avgöra", "går inte att avgöra"),
    33: ("beror på definition, år eller fönster", "beror på definition, år eller fönster"),
    50: ("inga siffror här", "inga siffror här"),
    51: ("inga siffror här", "inga siffror här"),
    52: ("beror på definition, år eller fönster", "motsägs"),
    53: ("beror på definition, år eller fönster", "stämmer"),
    54: ("inga siffror här", "inga siffror här"),
    69: ("beror på definition, år eller fönster", "beror på definition, år eller fönster"),
    70: ("inga siffror här", "inga siffror här"),
    71: ("beror på definition, år eller fönster", "beror på definition, år eller fönster"),
    72: ("inga siffror här", "inga siffror här"),
    73: ("inga siffror här", "inga siffror här"),
    74: ("går inte att avgöra", "går inte att avgöra"),
    75: ("inga siffror här", "inga siffror här"),
    76: ("inga siffror här", "inga siffror här"),
    77: ("stämmer", "stämmer"),
}


@pytest.fixture(scope="module")
def recorded():
    return flow.record(flow.read_folder(ROOT / "strategies" / "orebro"))


@pytest.fixture(scope="module")
def now(recorded):
    return flow.follow_up(recorded)


@pytest.fixture(scope="module")
def then(recorded):
    return flow.follow_up(recorded, as_of=PRESENTED)


def test_every_statement_of_2022_is_replayed_then_and_now(now):
    answered = {each.statement.source.first: (each.then.verdict.value, each.now.verdict.value) for each in now.replay}
    assert answered == REPLAYED
    assert sum(not each.statement.caveat for each in now.replay) == 19


def test_the_replay_stands_on_what_was_known_that_day(now):
    by_line = {each.statement.source.first: each for each in now.replay}
    emissions = by_line[77]
    assert emissions.then.reconstructed
    assert "2019" in emissions.then.why.sv
    assert "2020" not in emissions.then.why.sv.replace("2020-", "")
    assert "2024" in emissions.now.why.sv


def test_what_had_not_been_said_is_not_replayed(recorded, then):
    assert len(then.replay) == 20
    day_before = flow.follow_up(recorded, as_of=PRESENTED - timedelta(days=1), history=False)
    assert day_before.replay == ()
    assert day_before.follow_ups == ()


def test_no_figure_is_known_before_its_release(recorded, then):
    rules = {each.key: each.release for each in recorded.folder.indicators}
    rules["new_companies_to_2010"] = rules["new_companies"]
    for key, series in then.panel.items():
        rule = rules[key.indicator]
        assert rule is not None
        assert rule.known_from(series.periods[-1]) <= PRESENTED


def test_an_irregular_release_is_not_guessed(then):
    assert SeriesKey("arable_land", "18") not in then.panel
    assert SeriesKey("pasture", "18") not in then.panel


def test_knowledge_only_grows(recorded):
    known = 0
    for year in range(2016, 2027):
        panel = flow.assess(recorded, date(year, 7, 1)).panel
        figures = sum(len(series) for series in panel.values())
        assert figures >= known
        known = figures
    assert known > 10_000


def test_before_anything_was_known_nothing_is_said(recorded):
    outcome = flow.follow_up(recorded, as_of=date(1990, 1, 1))
    assert outcome.findings == ()
    assert outcome.reconstructed


def test_from_the_day_of_recording_nothing_is_reconstructed(recorded, now):
    assert not now.reconstructed
    assert flow.follow_up(recorded, as_of=recorded.latest - timedelta(days=1), history=False).reconstructed


def test_the_known_facts_of_the_county(now):
    judged = now.judgements
    eligibility = judged[SeriesKey("upper_secondary_eligibility", "18")]
    assert eligibility.comparison.worst
    assert eligibility.comparison.rank == 21
    emissions = judged[SeriesKey("ghg_emissions", "18")]
    assert emissions.paces[0].verdict.value == "för långsamt"
    assert emissions.paces[0].needed == pytest.approx(-6.8, abs=0.05)


def test_a_break_is_measured_where_both_methods_have_a_figure(now):
    (measured,) = now.judgements[SeriesKey("new_companies", "18")].overlaps
    assert measured.period.start == 2010
    assert measured.new == now.panel[SeriesKey("new_companies", "18")].values[0]
    assert 3 < measured.per_cent < 7


def test_the_pandemic_is_left_out_once_for_every_indicator_it_touches(now):
    touched = now.judgements[SeriesKey("unemployment_15_74", "18")]
    (rest,) = touched.without_events
    assert rest.event.key == "pandemi"
    assert all(not rest.event.touches(period) for period in rest.trend.window.used)
    assert rest.changes_verdict is (rest.trend.verdict is not touched.trend.verdict)


def test_both_engines_agree_on_every_real_series(recorded):
    view = flow.assess(recorded, recorded.latest)
    slow = judge_all(view.panel, view.indicators, recorded.folder.events, fast=False)
    assert set(slow) == set(view.judgements)
    for key, fast in view.judgements.items():
        assert fast.trend.verdict is slow[key].trend.verdict
        assert fast.trend.p == pytest.approx(slow[key].trend.p, abs=1e-12)
        assert fast.trend.slope == pytest.approx(slow[key].trend.slope, rel=1e-9, abs=1e-12, nan_ok=True)
        assert [p.verdict for p in fast.paces] == [p.verdict for p in slow[key].paces]


def test_every_finding_recomputes_to_itself(recorded, now):
    for finding in now.findings[::7]:
        again, explanation = flow.explain_finding(recorded, finding.id)
        assert again == finding
        assert len(explanation.steps) >= 3


def test_an_id_from_changed_figures_names_its_heir(recorded, now):
    stale = now.findings[0].id.rpartition(".")[0] + ".00000000"
    with pytest.raises(UnknownError, match=now.findings[0].id):
        flow.explain_finding(recorded, stale)


def test_a_finding_of_nowhere_is_unknown(recorded):
    with pytest.raises(UnknownError, match="finns inte"):
        flow.explain_finding(recorded, "ghg_emissions.77.PACE.relative_to_base.2026-11-21.4e77b00b")


def test_a_folder_without_figures_has_no_today(recorded):
    with pytest.raises(FigureError, match="inga siffror"):
        flow.follow_up(replace(recorded.folder, figures=()))


def test_the_first_years_of_the_calendar_are_no_fault(recorded):
    assert flow.follow_up(recorded, as_of=date(3, 1, 1)).findings == ()


@pytest.mark.parametrize("nonsense", ["", "x", "a.b.c", "ghg_emissions.18.PACE.igår.aaaa"])
def test_nonsense_is_no_id(recorded, nonsense):
    with pytest.raises(UnknownError, match="inget id"):
        flow.explain_finding(recorded, nonsense)


def test_all_nine_types_are_spoken_somewhere(recorded):
    spoken = set()
    for county in ("18", "20", "03"):
        spoken |= {each.type for each in flow.follow_up(recorded, territory=county, history=False).findings}
    assert spoken == set(FindingType)


def test_the_store_on_disk_answers_as_the_one_in_memory(recorded, now, tmp_path):
    on_disk = flow.record(recorded.folder, Store(tmp_path / "vintages"))
    again = flow.follow_up(flow.record(recorded.folder, Store(tmp_path / "vintages")))
    assert [f.id for f in flow.follow_up(on_disk).findings] == [f.id for f in now.findings]
    assert [f.id for f in again.findings] == [f.id for f in now.findings]


def test_history_tells_what_would_have_been_said(now):
    past = now.history["ghg_emissions"]
    assert [each.as_of.year for each in past] == list(range(2018, 2026))
    assert all(each.reconstructed for each in past)
    latest = [each.judgement.level.period.end for each in past if each.judgement]
    assert latest == sorted(latest)


def test_tables_hold_what_the_outcome_holds(now):
    findings = api.findings_table(now)
    assert findings.column("id").to_pylist() == [each.id for each in now.findings]
    figures = api.figures_table(now)
    assert figures.num_rows == sum(len(series) for series in now.panel.values())
    assert all(json.loads(text) for text in findings.column("figures").to_pylist())


def test_the_tables_are_read_by_pandas_and_polars(now):
    import polars as pl

    table = api.findings_table(now)
    assert len(table.to_pandas()) == pl.from_arrow(table).height == table.num_rows


def test_judging_a_table_needs_no_file():
    import polars as pl

    made_up = pl.DataFrame(
        {
            "series": ["a"] * 8 + ["b"] * 8,
            "period": list(range(2010, 2018)) * 2,
            "value": [float(i) for i in range(50, 58)] + [float(i) for i in range(58, 50, -1)],
            "direction": ["higher"] * 16,
        }
    )
    judged = api.judge(made_up).to_pylist()
    assert [each["status"] for each in judged] == ["förbättras", "försämras"]


def test_importing_the_package_loads_nothing_heavy():
    import subprocess
    import sys

    script = "import vagvisare, sys; print([m for m in ('numpy', 'pyarrow', 'duckdb', 'django') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_numbers_half_runs_without_django():
    import subprocess
    import sys

    script = (
        "import sys; sys.modules['django'] = None\n"
        "from vagvisare import flow\n"
        "print(len(flow.follow_up(flow.read_folder('strategies/orebro'), history=False).findings))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert int(done.stdout) > 40
