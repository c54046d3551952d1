"""A year at four sources on their worst days: nothing that was known on any day is lost, changed or said twice."""

import datetime as dt
import hashlib
import json
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from vagvisare import flow
from vagvisare.flow import live
from vagvisare.intake.questions import questions
from vagvisare.intake.rebuilt import rebuild
from vagvisare.intake.report import State
from vagvisare.observations.store import Store
from vagvisare.observations.upkeep import verify
from vagvisare.terms.errors import FigureError

KOLADA, SCB, HEALTH, FILE = "low_trust", "upper_secondary_eligibility", "good_self_rated_health", "daily_smoking"


class Year:
    """Operators who fetch, and an auditor who writes down every evening what is known and what is said."""

    def __init__(self, four):
        self.four, self.store = four, Store(four.folder / "vintages")
        self.now = datetime(2027, 1, 5, 6, 0, tzinfo=UTC)
        self.evenings, self.sentences = {}, {}

    def on(self, month, day=5, hour=6):
        """Let it be that morning."""
        self.now = datetime(2027, month, day, hour, 0, tzinfo=UTC)

    def fetch(self, *only):
        """Fetch, and return the state of each data set."""
        fetched = live.fetch(self.four.folder, flow.read_folder(self.four.folder), only=only, now=lambda: self.now)
        return {outcome.dataset: outcome for outcome in fetched.outcomes}

    def evening(self):
        """Check the store, and write down what is known today; ``sentences`` are what is said."""
        assert verify(self.store) == ()
        made = list(rebuild(self.store))
        assert all(each.same for each in made), [each.error for each in made if not each.same]
        today = self.now.date()
        self.evenings[today] = self.known(today)
        asked = [(each.dataset, each.kind, each.text.sv) for each in questions(self.store)]
        assert len(asked) == len(set(asked)), "nothing is asked twice"

    def known(self, day):
        """Return a checksum of every figure known on a day."""
        snapshot = self.store.as_of(day, {})
        told = sorted(
            (*map(str, (key.indicator, key.territory, key.sex, key.background)), str(period), repr(float(figure)))
            for key, series in snapshot.panel.items()
            for period, figure in zip(series.periods, series.values, strict=True)
        )
        assert told or not snapshot.chosen
        return hashlib.sha256(json.dumps(told).encode()).hexdigest(), {
            name: chosen.receipt.sha256 for name, chosen in snapshot.chosen.items() if not chosen.unknowable
        }

    def said(self, day):
        """Return what the follow-up says on a day."""
        recorded = flow.recorded_at(self.four.folder, flow.read_folder(self.four.folder))
        return [finding.sentence.sv for finding in flow.follow_up(recorded, as_of=day, history=False).findings]

    def stamp(self):
        """Let SCB's and Folkhälsomyndigheten's tables be updated now."""
        from replies.four_sources import PATH, TABLE

        if TABLE in self.four.scb.tables:
            self.four.scb.tables[TABLE].updated = f"{self.now:%Y-%m-%dT%H:%M:%SZ}"
        table = self.four.health.tables[PATH]
        table.updated, table.stamp = f"{self.now:%Y-%m-%dT%H:%M:%S}", f"{self.now:%Y-%m-%dT%H:%M:%SZ}"

    def kinds(self, dataset):
        return sorted(each.kind for each in questions(self.store, dataset))


def held(year, dataset):
    return max(year.store.held(dataset), key=lambda each: each.receipt.fetched)


OPERATOR = textwrap.dedent(
    """
    import sys, datetime as dt
    from pathlib import Path
    from vagvisare import flow
    from vagvisare.flow import live
    folder = Path({folder!r})
    now = dt.datetime.fromisoformat({now!r})
    fetched = live.fetch(folder, flow.read_folder(folder), now=lambda: now)
    print(" ".join(str(each.state) for each in fetched.outcomes))
    """
)


def operator(year, skew=timedelta(0)):
    """Start an operator's fetch on another machine, whose clock may differ."""
    code = OPERATOR.format(folder=str(year.four.folder), now=(year.now + skew).isoformat())
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def january_first_fetch(year):
    assert {each.state for each in year.fetch().values()} == {State.NEW}
    year.evening()
    year.on(1, 6)
    assert {each.state for each in year.fetch().values()} == {State.UNCHANGED}


def february_new_periods(year):
    from replies.four_sources import KPI, PATH, TABLE, UNITS, share
    from replies.kolada3 import Row

    year.on(2)
    year.four.scb.tables[TABLE].dim("Tid").categories["2026"] = "2026"
    year.four.health.tables[PATH].variable("År").values["2026"] = "2026"
    changed = year.now.date().isoformat()
    year.four.kolada.rows += [
        Row(KPI, unit, 2026, share(unit, sex, "2026"), sex, changed=changed) for unit in UNITS for sex in "TKM"
    ]
    year.stamp()
    outcomes = year.fetch()
    assert {name: each.state for name, each in outcomes.items()} == {
        KOLADA: State.NEW,
        SCB: State.NEW,
        HEALTH: State.NEW,
        FILE: State.UNCHANGED,
    }


def march_a_revision_and_an_en_dash(year):
    from replies.four_sources import TABLE, revised

    year.on(3)
    revised(year.four, 2020, by=0.4, day=year.now.date().isoformat())
    year.four.scb.tables[TABLE].dim("Region").categories["18"] = "Örebro – län"
    year.stamp()
    outcomes = year.fetch()
    assert outcomes[KOLADA].state is State.REVISED
    assert outcomes[SCB].state is State.UNCHANGED
    assert "label" in year.kinds(SCB)


def april_the_index_is_rebased(year):
    from replies.four_sources import TABLE

    year.on(4)
    table = year.four.scb.tables[TABLE]
    before = table.figure
    table.figure = lambda codes: round(before(codes) * 0.8, 1)
    year.stamp()
    assert year.fetch()[SCB].state is State.HELD
    year.evening()
    assert year.evenings[year.now.date()] == year.evenings[date(2027, 3, 5)], "what is held is not known"
    year.on(4, 7)
    year.store.release(held(year, SCB), by="Anna", why="Ny bas enligt SCB", on=year.now.date())
    assert year.fetch()[SCB].state is State.UNCHANGED


def may_a_municipality_is_lost(year):
    year.on(5)
    rows, lost = year.four.kolada.rows, []
    for row in [row for row in rows if row.unit == "1880"]:
        lost.append(row)
        year.four.kolada.revise(row, None, year.now.date().isoformat(), deleted=True)
    assert year.fetch()[KOLADA].state is State.HELD
    year.store.discard(held(year, KOLADA), by="Bo", why="Örebro saknas; källan är tillfrågad")
    year.evening()
    year.on(5, 28)
    for row in [row for row in rows if row.deleted]:
        old = next(each for each in lost if (each.year, each.gender) == (row.year, row.gender))
        rows[rows.index(row)] = replace(old, changed=year.now.date().isoformat())
    assert year.fetch()[KOLADA].state is State.UNCHANGED
    assert not year.store.held()


def june_municipalities_merge(year):
    from replies.four_sources import TABLE

    year.on(6)
    regions = year.four.scb.tables[TABLE].dim("Region").categories
    del regions["1880"]
    regions["1881"] = "Kumla och Örebro"
    year.stamp()
    outcome = year.fetch()[SCB]
    assert outcome.state in (State.FAILED, State.HELD), outcome
    year.evening()
    year.on(6, 9)
    assert year.fetch()[SCB].state is outcome.state
    year.four.define('values = ["00", "18", "20", "1880"]', 'values = ["00", "18", "20"]')
    year.fetch()
    if year.store.held(SCB):
        year.store.release(held(year, SCB), by="Anna", why="Kommunen finns inte längre", on=year.now.date())
    assert year.fetch()[SCB].state is State.UNCHANGED


def july_a_week_of_silence(year):
    for day in range(5, 12):
        year.on(7, day)
        year.four.spoil("folkhalsomyndigheten", lambda _request, answer: replace(answer, hang_up=True))
        outcome = year.fetch(HEALTH, FILE)
        assert (outcome[HEALTH].state, outcome[FILE].state) == (State.FAILED, State.UNCHANGED)
    year.evening()
    year.four.spoil("folkhalsomyndigheten")
    year.on(7, 12)
    assert year.fetch()[HEALTH].state in (State.UNCHANGED, State.NEW)


def august_a_kpi_is_retired_and_has_an_heir(year):
    from replies.four_sources import KPI
    from replies.kolada3 import kpi

    year.on(8)
    kept = [replace(row, kpi="N00002", changed=year.now.date().isoformat()) for row in year.four.kolada.rows]
    year.four.kolada.retire(KPI)
    year.four.kolada.kpis.append(kpi("N00002"))
    year.four.kolada.rows += kept
    for day in (5, 6, 7):
        year.on(8, day)
        assert year.fetch()[KOLADA].state is State.FAILED
    moved = [each for each in questions(year.store, KOLADA) if each.kind == "moved"]
    assert len(moved) == 1
    assert "N00002" in moved[0].text.sv
    year.evening()
    year.on(8, 20)
    year.four.define('table = "N00001"', 'table = "N00002"')
    year.fetch()
    if year.store.held(KOLADA):
        year.store.release(held(year, KOLADA), by="Bo", why="Efterträdaren", on=year.now.date())
    assert year.fetch()[KOLADA].state is State.UNCHANGED


def september_a_code_is_renamed(year):
    from replies.four_sources import PATH

    year.on(9)
    year.four.health.rename_code(PATH, "Mått", "01", "A1")
    year.stamp()
    table = year.four.health.tables[PATH]
    assert year.fetch()[HEALTH].state in (State.FAILED, State.HELD)
    year.evening()
    year.on(9, 8)
    year.four.define('values = ["01"]', 'values = ["A1"]')
    assert year.fetch()[HEALTH].state in (State.UNCHANGED, State.NEW)
    assert table is year.four.health.tables[PATH]


def october_an_aggregate_is_dropped(year):
    from replies.four_sources import PATH

    year.on(10)
    regions = year.four.health.tables[PATH].variable("Region").values
    nation = regions.pop("00")
    year.stamp()
    assert year.fetch()[HEALTH].state in (State.FAILED, State.HELD)
    year.evening()
    year.on(10, 28)
    regions["00"] = nation
    year.stamp()
    assert year.fetch()[HEALTH].state is State.UNCHANGED


def november_two_operators_at_once(year):
    from replies.four_sources import revised

    year.on(11)
    kolada = year.four.kolada
    for row in [row for row in kolada.rows if (row.unit, row.year, row.gender) == ("0018", 2021, "T")]:
        kolada.revise(row, round(row.value + 0.3, 1), year.now.date().isoformat())
    del revised
    both = [operator(year), operator(year, timedelta(minutes=-2))]
    for process in both:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert set(out.split()) <= {"revised", "unchanged"}, out
    revisions = [each for each in year.store.receipts(KOLADA) if each.recorded == year.now.date()]
    assert len(revisions) == 1


EUROSTAT = """
[[dataset]]
key = "made_up_count"
source = "eurostat"
title = "Påhittat antal"
producer = "Påhittad"
unit = "persons"

[[dataset.query]]
table = "demo_made_up"
""" + "".join(
    f'\n[[dataset.query.dimension]]\ncode = "{code}"\n{rest}\n'
    for code, rest in (
        ("geo", 'role = "territory"\nvalues = ["SE", "SE124"]\nscheme = "nuts"'),
        ("sex", 'role = "sex"\nvalues = ["T"]\nours = ["T"]'),
        ("unit", 'role = "fixed"\nvalues = ["NR"]'),
        ("freq", 'role = "fixed"\nvalues = ["A"]'),
        ("time", 'role = "period"'),
    )
)


def december_preliminary_then_final(year):
    from replies.eurostat import Eurostat
    from replies.server import LocalServer

    keys = [("A", "NR", "T", geo, str(time)) for geo in ("SE", "SE124") for time in range(2015, 2025)]
    source = Eurostat()
    source.revised = {key: 1000.0 + int(key[-1]) - 2015 for key in keys}
    source.flags = {key: "p" for key in keys if key[-1] == "2024"}
    with LocalServer(source) as server:
        for name, more in (
            ("indicators.toml", EUROSTAT),
            ("strategy.toml", f'\n[sources.eurostat]\nurl = "{server.url}"\ncalls = 10000\nseconds = 1.0\n'),
        ):
            file = year.four.folder / name
            file.write_text(file.read_text("utf-8") + more, "utf-8")
        year.on(12)
        outcome = year.fetch()["made_up_count"]
        assert outcome.state is State.NEW, outcome.error
        year.evening()
        preliminary = year.store.as_of(year.now.date(), {}).preliminary
        assert {(key.territory, str(period)) for key, period in preliminary} == {("00", "2024"), ("18", "2024")}
        year.on(12, 20)
        source.updated, source.flags = "2027-12-19T23:00:00+0100", {}
        source.revised[keys[-1]] += 2
        assert year.fetch()["made_up_count"].state is State.REVISED
    assert not year.store.as_of(year.now.date(), {}).preliminary
    assert year.store.as_of(date(2027, 12, 19), {}).preliminary == preliminary, "it was preliminary then"


def december_one_accepts_and_one_discards(year):
    year.on(12, 28)
    kolada = year.four.kolada
    kolada.rows[:] = [replace(row, value=row.value * 0.5, changed=year.now.date().isoformat()) for row in kolada.rows]
    assert year.fetch()[KOLADA].state is State.HELD
    (waiting,) = year.store.held(KOLADA)
    there = [Store(year.four.folder / "vintages") for _ in range(2)]

    def accepts():
        return there[0].release(waiting, by="Anna", why="Halverat enligt källan", on=year.now.date())

    def discards():
        there[1].discard(waiting, by="Bo", why="Tror inte på det")

    def outcome(decide):
        try:
            decide()
        except FigureError as error:
            return str(error)
        return "done"

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(outcome, (accepts, discards)))
    assert "done" in said, said
    assert not year.store.held(KOLADA)
    decisions = [
        each for each in year.store.quarantine.decisions(KOLADA) if each["receipt"]["sha256"] == waiting.receipt.sha256
    ]
    assert decisions, "who decided what is on record"
    accepted = year.store.latest(KOLADA).confirmed_by == "Anna"
    assert accepted == any(each["outcome"] == "released" for each in decisions)


MONTHS = (
    january_first_fetch,
    february_new_periods,
    march_a_revision_and_an_en_dash,
    april_the_index_is_rebased,
    may_a_municipality_is_lost,
    june_municipalities_merge,
    july_a_week_of_silence,
    august_a_kpi_is_retired_and_has_an_heir,
    september_a_code_is_renamed,
    october_an_aggregate_is_dropped,
    november_two_operators_at_once,
    december_preliminary_then_final,
    december_one_accepts_and_one_discards,
)


@pytest.mark.filterwarnings("default::ResourceWarning")
def test_a_year(four):
    year = Year(four)
    for month in MONTHS:
        month(year)
        year.evening()
        year.sentences[year.now.date()] = year.said(year.now.date())
    days = sorted(year.evenings)
    for before, after in zip(days, [*days[1:], date(2028, 1, 1)], strict=True):
        assert year.known(before) == year.evenings[before], f"what was known on {before}"
        assert year.known(after - timedelta(days=1)) == year.evenings[before], f"and until {after}"
        assert before not in year.sentences or year.said(before) == year.sentences[before], f"what was said on {before}"
        chosen = year.evenings[before][1]
        for past in range((after - before).days):
            told = year.store.chosen(before + dt.timedelta(days=past), {})
            assert {n: c.receipt.sha256 for n, c in told.items() if not c.unknowable} == chosen
    assert len(year.store.receipts()) > 12
