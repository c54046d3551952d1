import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from made_up_deliveries import CALM, dataset, grid, judged, table

from vagvisare.assessment.definition import Collection, Direction, Indicator, ReleaseRule
from vagvisare.intake import journal
from vagvisare.intake.questions import ask
from vagvisare.intake.received import shape_document
from vagvisare.intake.report import Outcome, State
from vagvisare.intake.status import as_json, status
from vagvisare.intake.status_table import as_table
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import Vintage
from vagvisare.sources.contract import Receipt, Shape
from vagvisare.sources.query import Standing
from vagvisare.terms.errors import SourceError
from vagvisare.terms.language import Language, Text

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
TODAY = NOW.date()
OF = dataset(standing=Standing.DOCUMENTATION)
SHAPE = Shape("TAB1", "Påhittat", updated="2026-03-01", next_release=date(2026, 11, 10))


def indicator(key="behorighet", of="made_up", release=None):
    text = Text("Behöriga elever", "Eligible pupils")
    return Indicator(key, of, text, text, "percent", Direction.HIGHER, Collection.REGISTER, text, release=release)


def published(store, figures=None, shape=SHAPE):
    figures = grid(CALM) if figures is None else figures
    receipt = Receipt(
        "made_up", "Påhittat", "SCB", "scb:TAB1", "CC0", "percent", TODAY, "", "", figures.num_rows, "",
        source="scb", fetched=NOW.isoformat(), shape=store.replies.keep(shape_document(shape)),
    )  # fmt: skip
    store.publish(Vintage(receipt, figures))
    return receipt


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def test_nothing_fetched_yet_teaches_what_to_do(store):
    rows = status([OF], [indicator()], store, TODAY)
    assert [(row.indicator, row.latest, row.fetched, row.source, row.table) for row in rows] == [
        ("behorighet", None, False, "scb", "TAB1")
    ]
    assert "Inget är hämtat än. Kör vagvisare fetch MAPP." in as_table(rows, Language.SV)
    assert "Nothing has been fetched yet. Run vagvisare fetch FOLDER." in as_table(rows, Language.EN)


def test_no_sources_and_no_indicators_teach_too(store):
    assert "vagvisare indicator add" in as_table(status([], [], store, TODAY), Language.SV)
    told = as_table(status([], [indicator()], store, TODAY), Language.SV)
    assert "siffrorna läses ur mappens filer" in told
    assert "mappens fil" in told


def test_a_fetched_indicator_shows_period_day_and_what_is_late(store):
    published(store)
    (row,) = status([OF], [indicator()], store, TODAY)
    assert (str(row.latest), row.recorded, row.fetched) == ("2020", TODAY, True)
    assert (row.due.day, row.due.by_source, row.late) == (date(2026, 11, 10), True, 12)
    told = as_table([row], Language.SV)
    assert "försenad 12\u00a0dagar" in told
    assert "Väntades 10 november 2026" in told
    assert "12\u00a0days late" in as_table([row], Language.EN)


def test_within_a_week_nothing_is_late(store):
    published(store, shape=replace(SHAPE, next_release=date(2026, 11, 16)))
    (row,) = status([OF], [indicator()], store, TODAY)
    assert row.late == 0
    assert "2026-11-16" in as_table([row], Language.SV)
    assert as_table([row], Language.SV).endswith("Inget väntar på någon.")


def test_the_release_rule_stands_in_for_a_calendar(store):
    published(store, shape=replace(SHAPE, next_release=None))
    (row,) = status([OF], [indicator(release=ReleaseRule(1, 3))], store, TODAY)
    assert (row.due.day, row.due.by_source) == (date(2022, 4, 1), False)
    assert row.late > 1000


def test_quarantine_failures_and_questions_are_told_in_words(store):
    receipt = published(store, shape=replace(SHAPE, next_release=None))
    objections = judged(table([{"territory": "18", "start": 2020, "value": 819.0}]))
    bad = table([{"territory": "18", "start": 2020, "value": 819.0}])
    held = Vintage(replace(receipt, rows=1, sha256=""), bad)
    store.hold(held, {"objections": [each.document() for each in objections]})
    error = SourceError(Text("Nere.", "Down."), remedy=Text("Vänta.", "Wait."))
    journal.note(store, "made_up", Outcome("made_up", "Påhittat", State.FAILED, error=error), NOW)
    ask(store, "made_up", "Varför sjunker Nora?", by="Bo", now=NOW)
    (row,) = status([OF], [indicator()], store, TODAY)
    assert (len(row.held), row.failures, len(row.questions)) == (1, 1, 1)
    told = as_table([row], Language.SV)
    for words in (
        "I karantän; de senast godkända siffrorna används.",
        "819,0\u00a0procent",
        "Hämtningen har misslyckats 1\u00a0gång i rad. Nere. Vänta.",
        "? Varför sjunker Nora?",
        "i karantän, misslyckades\u00a0×1",
    ):
        assert words in told
    assert max(len(line) for line in told.splitlines()) <= 100


def test_a_data_set_that_no_indicator_uses_stands_last(store):
    rows = status([OF, replace(OF, key="other", title="Annat")], [indicator()], store, TODAY)
    assert [(row.indicator, row.dataset) for row in rows] == [("behorighet", "made_up"), ("", "other")]


def test_a_report_in_another_form_says_nothing_and_breaks_nothing(store):
    receipt = published(store)
    bad = table([{"territory": "18", "start": 2020, "value": 819.0}])
    store.hold(Vintage(replace(receipt, rows=1, sha256=""), bad), {"objections": [{"kind": "old"}]})
    (row,) = status([OF], [indicator()], store, TODAY)
    assert row.held == ((),)


def test_the_json_has_everything(store):
    published(store)
    ask(store, "made_up", "Varför?", by="Bo", now=NOW)
    (document,) = json.loads(json.dumps(as_json(status([OF], [indicator()], store, TODAY))))
    assert document["indicator"] == "behorighet"
    assert document["latest_period"] == "2020"
    assert (document["next_release"], document["days_late"]) == ("2026-11-10", 12)
    assert document["standing"] == "documentation"
    assert document["questions"][0]["text"]["sv"] == "Varför?"


def test_periods_without_a_figure_are_not_the_latest(store):
    published(store, table([*grid(CALM).to_pylist(), {"territory": "18", "start": 2024, "value": None, "status": "M"}]))
    (row,) = status([OF], [indicator()], store, TODAY)
    assert str(row.latest) == "2020"
