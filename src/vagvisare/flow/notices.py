"""What a reader must know of the newest figures: that some wait to be looked at, that older ones were revised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta

from vagvisare.flow.known import Recorded
from vagvisare.followups.outcome import Outcome
from vagvisare.intake import words
from vagvisare.intake.objection import Objection
from vagvisare.observations.quarantine import Held
from vagvisare.observations.revisions import largest, revised
from vagvisare.observations.store import Store
from vagvisare.sources.contract import Receipt
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period


def notices(recorded: Recorded, receipts: Mapping[str, Receipt], outcome: Outcome) -> dict[str, tuple[Text, ...]]:
    """Return, by data set, the sentences that stand beside its figures as known on a day.

    Of data sets in which small counts are hidden no figure is told, only that there are new or changed ones.

    Args:
        recorded: the folder and its vintages.
        receipts: the vintage that answers for each data set.
        outcome: the follow-up and its day.
    """
    waiting, older = _waiting(recorded, outcome), _older(recorded.store, receipts, outcome)
    loose = _loose(outcome)
    hiding = {name for name, each in outcome.protected.datasets.items() if each.hides}
    told = {}
    for dataset in recorded.datasets:
        receipt, said = receipts.get(dataset), []
        if dataset in waiting:
            said.append(_held(waiting[dataset], receipt, tell=dataset not in hiding))
        if receipt is not None and dataset in older:
            said += _revised(recorded.store, older[dataset], receipt, tell=dataset not in hiding)
        if dataset in loose:
            said.append(_preliminary(loose[dataset]))
        if said:
            told[dataset] = tuple(said)
    return told


def _waiting(recorded: Recorded, outcome: Outcome) -> dict[str, Held]:
    """Return the newest vintage of each data set that waited to be looked at on the day.

    The day of the newest figures accepted is today: what has come since then, and waits, belongs to it.
    """
    held = recorded.store.held()
    today = bool(held) and outcome.as_of == recorded.latest
    return {each.receipt.dataset: each for each in held if today or each.receipt.recorded <= outcome.as_of}


def _older(store: Store, receipts: Mapping[str, Receipt], outcome: Outcome) -> dict[str, Receipt]:
    """Return the vintage that stood before the one that answers, where both answer the same question.

    Only then has anything been revised: another table or another query is another measure.
    """
    found = {}
    for dataset, receipt in receipts.items():
        if not receipt.fetched or receipt.recorded > outcome.as_of:
            continue
        before = store.chosen(receipt.recorded - timedelta(days=1), {}, [dataset])[dataset]
        same = (before.receipt.source_id, before.receipt.query) == (receipt.source_id, receipt.query)
        if same and not before.reconstructed:
            found[dataset] = before.receipt
    return found


def _loose(outcome: Outcome) -> dict[str, set[Period]]:
    """Return the periods of each data set of which any figure is provisional."""
    periods: dict[str, set[Period]] = defaultdict(set)
    for key, period in outcome.preliminary:
        periods[key.indicator].add(period)
    return periods


def _held(held: Held, receipt: Receipt | None, *, tell: bool) -> Text:
    came, why = words.day(held.receipt.recorded), _why(held) if tell else Text("", "")
    if receipt is None:
        return words.joined(
            [
                Text(
                    f"De första siffrorna kom den {came.sv} men väntar på granskning.",
                    f"The first figures came on {came.en} but wait to be looked at.",
                ),
                *([why] if why.sv else []),
            ],
            " ",
        )
    stands = words.day(receipt.recorded)
    said = [
        Text(
            f"Nya siffror kom den {came.sv} men väntar på granskning.",
            f"New figures came on {came.en} but wait to be looked at.",
        ),
        *([why] if why.sv else []),
        Text(
            f"Till dess gäller siffrorna från den {stands.sv}.",
            f"Until then the figures from {stands.en} stand.",
        ),
    ]
    return words.joined(said, " ")


def _why(held: Held) -> Text:
    """Return what stopped the figures: the first objection that did; nothing where the report does not say."""
    for document in held.report.get("objections", ()):
        with suppress(KeyError, TypeError, ValueError):
            objection = Objection.from_document(document)
            if objection.holds:
                return objection.what
    return Text("", "")


def _revised(store: Store, older: Receipt, receipt: Receipt, *, tell: bool) -> Iterator[Text]:
    """Yield how many older figures the newest vintage changed, and the largest of the changes."""
    changed = revised(store.figures(older), store.figures(receipt))
    for top in largest(changed, 1):
        many, since = words.figures(changed.num_rows), words.day(older.recorded)
        count = Text(
            f"Källan har ändrat {many.sv} sedan den {since.sv}.", f"The source has changed {many.en} since {since.en}."
        )
        if not tell:
            yield count
            return
        where = words.who(top.territory, top.sex, top.background)
        change = words.change(words.unit_of(receipt.unit), top.old or 0.0, top.new or 0.0)
        label = top.period.label
        yield Text(
            f"{count.sv} Störst ändring: {where.sv} {label}, {change.sv}.",
            f"{count.en} The largest change: {where.en} {label}, {change.en}.",
        )


def _preliminary(spans: set[Period]) -> Text:
    which = words.periods(spans)
    return Text(
        f"Siffror för {which.sv} är preliminära och kan ändras av källan.",
        f"Figures for {which.en} are preliminary and may be changed by the source.",
    )
