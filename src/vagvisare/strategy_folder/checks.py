"""Every check that needs more than one file: what one file names must stand in another."""

from __future__ import annotations

from collections.abc import Iterator

from vagvisare.editions.check import Problem, check_strategy, repeated, unknown
from vagvisare.strategy_folder.dataset_checks import check_datasets
from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.follow_up_checks import check_follow_up
from vagvisare.strategy_folder.indicator_checks import Around, Contents, check_indicator
from vagvisare.strategy_folder.names import is_key
from vagvisare.strategy_folder.report import Report
from vagvisare.terms.language import Text
from vagvisare.terms.unit import UNITS, UnitClass


def check_folder(folder: Folder, report: Report) -> None:
    """Note every problem between the values that could be read; ``report`` knows where each stands.

    A name that stands in the files, but whose value could not be read, is not called unknown.
    """
    for problem in problems(folder):
        place = report.place(problem.subject)
        if place is not None and not (problem.missing and report.may_exist(*problem.missing)):
            report.add(place.at(*problem.steps), problem.what, problem.suggestion)


def problems(folder: Folder) -> Iterator[Problem]:
    """Yield every problem between a folder's values."""
    strategy = folder.strategy
    yield from check_strategy(strategy)
    yield from _keys(folder)
    current = [edition for edition in strategy.editions if edition.key == strategy.current]
    addresses = {address for edition in current or strategy.editions for address in edition.by_address}
    figures = {table.receipt.dataset: Contents(table) for table in folder.figures}
    around = Around(
        datasets={**dict.fromkeys(dataset.key for dataset in folder.datasets), **figures},
        addresses=frozenset(addresses),
        indicators=frozenset(indicator.key for indicator in folder.indicators),
        counts=frozenset(
            indicator.key
            for indicator in folder.indicators
            if indicator.unit in UNITS and UNITS[indicator.unit].unit_class is UnitClass.COUNT
        ),
    )
    for indicator in folder.indicators:
        yield from check_indicator(indicator, around)
    yield from _events_and_receipts(folder)
    yield from check_datasets(folder.datasets, folder.sources)
    behind = {indicator.key: figures.get(indicator.dataset) for indicator in folder.indicators}
    events = frozenset(event.key for event in folder.events)
    for follow_up in folder.follow_ups:
        yield from check_follow_up(follow_up, around.addresses, behind, events)


def _keys(folder: Folder) -> Iterator[Problem]:
    yield from repeated(folder.indicators, "key", "Indikatorn")
    yield from repeated(folder.events, "key", "Händelsen")
    keyed: list[tuple[object, str]] = [(folder.strategy, folder.strategy.key)]
    keyed += [(indicator, indicator.key) for indicator in folder.indicators]
    keyed += [(event, event.key) for event in folder.events]
    for subject, key in keyed:
        if not is_key(key):
            what = Text(f"”{key}” kan inte vara en nyckel.", f"“{key}” cannot be a key.")
            yield Problem(subject, ("key",), what, Text("Använd a–z, siffror, - och _.", "Use a–z, digits, - and _."))


def _events_and_receipts(folder: Folder) -> Iterator[Problem]:
    for event in folder.events:
        if not 1700 <= event.first <= event.last <= 2200:
            span = f"{event.first}–{event.last}"
            what = Text(f"{span} är ingen tid.", f"{span} is no time.")
            hint = Text(
                "Skriv första och sista året, i den ordningen.", "Write the first and the last year, in that order."
            )
            yield Problem(event, ("last",), what, hint)
    for table in folder.figures:
        yield from unknown(table.receipt, ("unit",), table.receipt.unit, UNITS, "enhet")
