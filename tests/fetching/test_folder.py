"""A strategy folder whose figures arrive: what is followed up, what is said of a revision, and where it is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from vagvisare import api, flow, strategy_folder
from vagvisare.flow import live
from vagvisare.flow.revised import unrevised
from vagvisare.intake.report import State
from vagvisare.observations.revisions import compare
from vagvisare.observations.store import Store
from vagvisare.sources.contract import FIGURES
from vagvisare.sources.query import Dataset, Dimension, Query, Role, Settings
from vagvisare.terms.errors import FigureError, UnknownError, UserError
from vagvisare.terms.series import SeriesKey

OREBRO = Path(__file__).parents[2] / "strategies" / "orebro"
MOMENT = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
KEY = "upper_secondary_eligibility"


@pytest.fixture(scope="module")
def bundled():
    read = strategy_folder.read(OREBRO)
    cells = {t.receipt.dataset: t.cells for t in read.figures}[KEY]
    kept = tuple(i for i in read.indicators if i.key == KEY)
    tables = tuple(t for t in read.figures if t.receipt.dataset == KEY)
    return replace(read, indicators=kept, figures=tables, follow_ups=(), calibration=None, datasets=()), cells


@pytest.fixture
def place(tmp_path, bundled):
    """A folder with one indicator; Kolada has the same figures as the folder, both sexes together."""
    from replies.kolada3 import Kolada3, Row, kpi
    from replies.server import LocalServer

    folder, cells = bundled
    rows = [
        Row("N15428", "00" + cell.territory, cell.period.end, cell.value, "T")
        for cell in cells
        if cell.sex == "T" and len(cell.territory) == 2
    ]
    kolada = Kolada3([kpi("N15428", "Behöriga, andel (%)")], rows)
    with LocalServer(kolada) as server:
        dimensions = (
            Dimension("kpi", Role.FIXED, ("N15428",)),
            Dimension("municipality", Role.TERRITORY, ("@nation", "@counties")),
            Dimension("year", Role.PERIOD),
            Dimension("gender", Role.SEX, ("T",)),
        )
        dataset = Dataset(KEY, "kolada", "Behöriga", "Skolverket", "percent", (Query("N15428", dimensions),))
        path = tmp_path / "orebro län"
        settings = {"kolada": Settings(f"{server.url}/v3", 10_000, 1.0)}
        whole = replace(folder, datasets=(dataset,), sources=settings)
        strategy_folder.write(whole, path)
        yield path, kolada


def fetch(path, days=0, **how):
    now = MOMENT + timedelta(days=days)
    return live.fetch(path, flow.read_folder(path), now=lambda: now, **how)


def test_what_is_fetched_is_followed_up(place):
    path, kolada = place
    before = flow.follow_up(flow.recorded_at(path, flow.read_folder(path)), history=False)
    assert not (path / "vintages").exists(), "nothing fetched, nothing kept"
    last = next(row for row in kolada.rows if row.unit == "0018" and row.year == max(r.year for r in kolada.rows))
    kolada.rows.append(replace(last, year=last.year + 1, value=last.value + 0.4))
    (outcome,) = fetch(path).outcomes
    assert outcome.state is State.NEW
    recorded = flow.recorded_at(path, flow.read_folder(path))
    assert recorded.latest == date(2026, 12, 1)
    after = flow.follow_up(recorded, history=False)
    series = after.panel[SeriesKey(KEY, "18")]
    assert series.periods[-1].end == before.panel[SeriesKey(KEY, "18")].periods[-1].end + 1
    assert after.vintages[KEY].recorded == date(2026, 12, 1)
    then = flow.follow_up(recorded, as_of=before.as_of, history=False)
    assert then.panel[SeriesKey(KEY, "18")] == before.panel[SeriesKey(KEY, "18")]
    assert [f.sentence for f in then.findings] == [f.sentence for f in before.findings]


def test_receipts_on_the_pages_are_those_of_the_vintage_in_use(place):
    path, _ = place
    fetch(path)
    recorded = flow.recorded_at(path, flow.read_folder(path))
    drawn = flow.material(recorded, history=False)
    assert drawn.receipts[KEY].source_id == "kolada:N15428"
    earlier = flow.material(recorded, as_of=date(2026, 11, 30), history=False)
    assert not earlier.receipts[KEY].fetched


def test_findings_changed_by_a_revision_are_told_and_new_periods_are_not(place):
    path, kolada = place
    fetch(path)
    latest = max(row.year for row in kolada.rows)
    for row in [row for row in kolada.rows if row.year == latest]:
        value = row.value + int(row.unit) % 3 * 0.2 - 0.1
        kolada.rows.append(replace(row, year=latest + 1, value=value, changed="2099-01-01"))
    for row in [row for row in kolada.rows if row.unit == "0018" and row.year in (2019, 2020, 2021)]:
        kolada.revise(row, row.value + 1.5, "2099-01-01")
    fetched = fetch(path, 1)
    (outcome,) = fetched.outcomes
    assert outcome.state is State.REVISED
    assert fetched.changed
    for each in fetched.changed:
        assert (each.before and each.before.sentence) != (each.after and each.after.sentence)
    assert fetch(path, 2).changed == ()


def test_only_what_is_named(place):
    path, _ = place
    assert [o.dataset for o in fetch(path, only=[KEY]).outcomes] == [KEY]
    with pytest.raises(UnknownError, match="Menade du"):
        fetch(path, only=["upper_secondary_eligibilty"])


def test_a_folder_that_fetches_nothing_says_what_to_do(bundled, tmp_path):
    strategy_folder.write(bundled[0], tmp_path / "f")
    with pytest.raises(UserError, match="indicator find"):
        fetch(tmp_path / "f")


def test_where_vintages_are_kept(place, tmp_path, monkeypatch):
    path, _ = place
    folder = flow.read_folder(path)
    monkeypatch.delenv("VAGVISARE_STORE", raising=False)
    assert flow.store_address(path, folder) == path / "vintages"
    assert flow.store_address(path, replace(folder, store="s3://arkiv")) == "s3://arkiv"
    monkeypatch.setenv("VAGVISARE_STORE", str(tmp_path / "annan"))
    assert flow.store_address(path, replace(folder, store="s3://arkiv")) == str(tmp_path / "annan")
    assert flow.store_address(path, folder, "file:///x") == "file:///x"
    fetch(path)
    assert (tmp_path / "annan" / KEY).is_dir()
    assert not (path / "vintages").exists()


def test_analysts_get_what_was_fetched(place):
    path, _ = place
    fetch(path)
    outcome = api.follow_up(api.recorded(path))
    assert outcome.as_of == date(2026, 12, 1)
    assert api.explain(api.recorded(path), outcome.findings[0].id)


def test_a_delivered_file_that_no_check_stops_is_a_vintage(place):
    path, _ = place
    folder = flow.read_folder(path)
    dimensions = (Dimension("län", Role.TERRITORY), Dimension("år", Role.PERIOD))
    from vagvisare.sources.query import Layout

    sheet = Query("enkat.csv", dimensions, layout=Layout(value="andel"))
    dataset = Dataset("enkat", "spreadsheet", "Enkät", "Regionen", "percent", (sheet,))
    strategy_folder.write(replace(folder, datasets=(*folder.datasets, dataset)), path)
    raw = "län;år;andel\n18;2024;51,5\n20;2024;49,0\n".encode()
    receipt = live.deliver(path, "enkat", raw, "enkat.csv", by="Eva", now=MOMENT)
    assert (receipt.rows, receipt.confirmed_by) == (2, "Eva")
    store = flow.kept_store(path, folder)
    assert store.replies.get(receipt.replies[0]) == raw
    with pytest.raises(FigureError, match="karantän"):
        live.deliver(
            path, "enkat", raw.replace(b"51,5", b"515,0"), "enkat.csv", by="Eva", now=MOMENT + timedelta(days=1)
        )
    assert len(store.held("enkat")) == 1
    assert store.latest("enkat") == receipt


def figures(*rows):
    columns = {name: [] for name in FIGURES.names}
    for territory, year, value in rows:
        said = {"territory": territory, "start": year, "end": year, "sex": "T", "background": "", "value": value}
        for name in FIGURES.names:
            columns[name].append(said.get(name, "" if name == "status" else None))
    return pa.table(columns, schema=FIGURES)


def test_unrevised_is_the_old_figures_and_the_new_periods():
    old = figures(("18", 2020, 1.0), ("18", 2021, 2.0), ("20", 2020, 5.0))
    new = figures(("18", 2020, 1.5), ("18", 2021, 2.0), ("18", 2022, 3.0))
    back = unrevised(new, compare(old, new))
    assert back.schema == FIGURES
    found = {(r["territory"], r["start"]): r["value"] for r in back.to_pylist()}
    assert found == {("18", 2020): 1.0, ("18", 2021): 2.0, ("18", 2022): 3.0, ("20", 2020): 5.0}


def test_nothing_revised_is_as_it_was():
    same = figures(("18", 2020, 1.0))
    assert unrevised(same, compare(same, same)).to_pylist() == same.to_pylist()


def test_a_store_kept_elsewhere_counts_once_something_is_in_it(place, tmp_path, monkeypatch):
    path, _ = place
    monkeypatch.delenv("VAGVISARE_STORE", raising=False)
    folder, elsewhere = flow.read_folder(path), str(tmp_path / "annan")
    assert flow.kept_store(path, folder) is None
    assert flow.kept_store(path, folder, elsewhere) is None
    fetch(path, url=elsewhere)
    assert isinstance(flow.kept_store(path, folder, elsewhere), Store)
