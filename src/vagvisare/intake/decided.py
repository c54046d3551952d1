"""What people have decided about held figures: not asked about again, and what has been overtaken waits for nobody."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from vagvisare.intake.objection import Gravity, Objection
from vagvisare.intake.questions import OURSELVES
from vagvisare.intake.words import day, quoted
from vagvisare.observations.store import Store
from vagvisare.sources.contract import Receipt
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text

_OVERTAKEN = "Källan har gett nyare siffror, som godkändes. / The source has given newer figures, which were accepted."


def discarded_before(store: Store, receipt: Receipt, first: Objection) -> Objection | None:
    """Return what to say when somebody has discarded these very figures already; None when nobody has.

    Args:
        store: where decisions are kept.
        receipt: of what came in.
        first: the gravest that speaks against it.

    Raises:
        FigureError: when a decision on record is damaged.
    """
    decisions = store.quarantine.decisions(receipt.dataset)
    same = [each for each in decisions if dict(each.get("receipt", {})).get("sha256") == receipt.sha256]
    if not same or same[-1].get("outcome") != "discarded":
        return None
    told = same[-1]
    by, why = str(told.get("by")), quoted(str(told.get("why")))
    with suppress(ValueError):
        when = day(date.fromisoformat(str(told.get("decided"))[:10]))
        what = Text(
            f"Källan ger ännu de siffror som {by} kastade {when.sv} ({why.sv}).",
            f"The source still gives the figures that {by} discarded on {when.en} ({why.en}).",
        )
        to_do = Text("De senast godkända gäller. Påminn källan.", "The last good ones stand. Remind the source.")
        return Objection.of(first.kind, Gravity.NOTE, what, to_do)
    return None


def overtaken(store: Store, dataset: str, now: datetime) -> None:
    """Take what was held before ``now`` out of quarantine: figures fetched since then have been accepted.

    The held figures and the reason stay on record.

    Raises:
        OutputError: when the store refuses.
    """
    for held in store.held(dataset):
        if held.receipt.fetched and datetime.fromisoformat(held.receipt.fetched) < now:
            # Somebody who decides in the same moment goes before.
            with suppress(FigureError):
                store.quarantine.keep_figures(held)
                store.quarantine.settle(held, "overtaken", by=OURSELVES, why=_OVERTAKEN)
