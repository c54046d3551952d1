"""How the figures of each indicator's headline series have changed from one vintage to the next."""

from __future__ import annotations

from collections.abc import Mapping

from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.disclosure.panel import Disclosure
from vagvisare.flow.known import Recorded
from vagvisare.followups.outcome import Outcome
from vagvisare.observations.revisions import Triangle, triangle
from vagvisare.sources.contract import Receipt
from vagvisare.terms.series import TOTAL

MOST_DAYS = 24
"""The most days with new figures that are read back: two years of monthly releases."""


def triangles(recorded: Recorded, receipts: Mapping[str, Receipt], outcome: Outcome) -> dict[str, Triangle]:
    """Return, by indicator, its series for the outcome's territory through the vintages known on the day.

    Left out are indicators of which fewer than two vintages answer the same question; those computed from two data
    sets, whose figures no vintage holds; and data sets in which small counts are hidden, for two vintages set
    beside each other tell more than one.

    Args:
        recorded: the folder and its vintages.
        receipts: the vintage that answers for each data set.
        outcome: the follow-up, its day and its territory.
    """
    store, found = recorded.store, {}
    for key, indicator in outcome.indicators.items():
        receipt = receipts.get(indicator.dataset)
        if receipt is None or receipt.recorded > outcome.as_of or not _open(indicator, outcome.protected):
            continue
        if len(store.shelf.labels(indicator.dataset)) < 2:
            continue
        group = (indicator.sex or TOTAL, indicator.background)
        place, day = outcome.territory, outcome.as_of
        own = triangle(store, indicator.dataset, place, *group, until=day, most=MOST_DAYS)
        if own.periods and sum(not column.another_definition for column in own.columns) > 1:
            found[key] = own
    return found


def _open(indicator: Indicator, protected: Disclosure) -> bool:
    """Tell whether every figure of an indicator, old or new, may be shown as it stands in the vintages."""
    own = protected.datasets.get(indicator.dataset)
    return not indicator.per and not (own and own.hides)
