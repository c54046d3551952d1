"""A small synthetic world to replay statements in: series, contracts, views."""

from __future__ import annotations

from datetime import date

from vagvisare.assessment.definition import (
    Collection,
    Direction,
    Event,
    Indicator,
)
from vagvisare.assessment.judge import judge_all
from vagvisare.editions.document import Source
from vagvisare.findings.finding import FindingType, VintageRef
from vagvisare.followups.document import Claim, Statement
from vagvisare.followups.outcome import ReplayVerdict
from vagvisare.followups.replay import View, answer
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.territory import COUNTIES

HERE = Source("syntetisk", 1)
PANDEMIC = Event("pandemi", 2020, 2021, Text("pandemin", "the pandemic"))
AGREES, DEPENDS = ReplayVerdict.AGREES, ReplayVerdict.DEPENDS
CONTRADICTED, UNDETERMINED = ReplayVerdict.CONTRADICTED, ReplayVerdict.UNDETERMINED


def indicator(key="andel", **about):
    fields = {
        "dataset": key,
        "title": Text(f"Syntetisk {key}", f"Synthetic {key}"),
        "subject": Text("andelen som prövas", "the share under test"),
        "unit": "percent",
        "direction": Direction.HIGHER,
        "collection": Collection.REGISTER,
        "definition": Text("Syntetisk.", "Synthetic."),
    }
    return Indicator(key=key, **{**fields, **about})


def yearly(values, first=2010, key="andel", territory="18", background="", sex="T"):
    return Series.of(
        SeriesKey(key, territory, sex, background), {Period.year(first + i): v for i, v in enumerate(values)}
    )


def view(series, *indicators, reconstructed=True):
    contracts = {each.key: each for each in indicators or (indicator(),)}
    panel = {each.key: each for each in sorted(series, key=lambda s: s.key)}
    day = date(2022, 6, 17)
    vintages = {key: VintageRef(key, "0" * 64, date(2026, 1, 1), day, reconstructed) for key in contracts}
    return View(day, contracts, panel, judge_all(panel, contracts, (PANDEMIC,)), vintages, (PANDEMIC,))


def statement(*claims, **about):
    return Statement("s", "Syntetiskt påstående", FindingType.TREND, HERE, english="Synthetic", claims=claims, **about)


def verdict(seen, *claims, **about):
    return answer(statement(*claims, **about), "18", seen).verdict


def claim(aspect, expected, indicator="andel", **about):
    return Claim(indicator, aspect, expected, **about)


RISING = [40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51]


def counties(ours, others, key="andel", years=3):
    every = [yearly([ours[i] for i in range(years)], 2019, key)]
    for place, value in zip([c for c in COUNTIES if c != "18"], others, strict=True):
        every.append(yearly([value] * years, 2019, key, place))
    return every
