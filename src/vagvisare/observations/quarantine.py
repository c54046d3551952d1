"""Quarantine: vintages that a check has stopped, with the report that says why, until somebody decides.

Held figures stand under ``_held/`` in the same form as vintages, out of sight of ``as_of``. Whatever is decided, the
decision stays as a record under ``_settled/``, and discarded figures stay beside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from vagvisare.observations.canonical import Canonical
from vagvisare.observations.place import Place
from vagvisare.observations.shelf import FIGURE_ENDING, RECEIPT_ENDING, InPlace, Label
from vagvisare.observations.vintage import receipt_text
from vagvisare.sources.contract import FIGURES, Receipt
from vagvisare.terms.errors import FigureError, UserError
from vagvisare.terms.language import Text

HELD, SETTLED = "_held", "_settled"
REPORT_ENDING = ".report.json"
DECISION_ENDING = ".decision.json"


@dataclass(frozen=True, slots=True)
class Held:
    """A vintage that a check has stopped, and the report that says why."""

    receipt: Receipt
    report: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Quarantine:
    """The held vintages of a store.

    Args:
        place: where the store lies.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self.shelf = InPlace(place, HELD)
        self._settled = InPlace(place, SETTLED)

    def hold(self, receipt: Receipt, figures: Canonical, checksum: str, report: Mapping[str, Any]) -> None:
        """Keep a vintage out of sight with its report; figures that are held already get the newer report."""
        for held in self.held(receipt.dataset):
            if held.receipt.sha256 == receipt.sha256:
                receipt = held.receipt
        label = Label.of(receipt)
        body = json.dumps(dict(report), ensure_ascii=False, indent=1, default=str) + "\n"
        self._place.write(self.shelf.path(label, REPORT_ENDING), body.encode())
        if label not in self.shelf.labels(receipt.dataset):
            self.shelf.put(receipt, receipt_text(receipt), figures.batches, checksum)

    def held(self, dataset: str = "") -> tuple[Held, ...]:
        """Return what waits for a decision, of one data set or of all, by data set and day.

        Raises:
            FigureError: when something there is damaged.
        """
        datasets = (dataset,) if dataset else self.shelf.datasets()
        labels = [label for each in datasets for label in self.shelf.labels(each)]
        return tuple(Held(self.shelf.receipt(label), self._report(label)) for label in labels)

    def cells(self, held: Held) -> pa.Table:
        """Return the figures that are held.

        Raises:
            FigureError: when they have been decided on already, or are damaged.
        """
        self.waiting(held)
        return self.shelf.cells(Label.of(held.receipt), FIGURES.names)

    def waiting(self, held: Held) -> None:
        """Make sure that a vintage still waits for its decision.

        Raises:
            FigureError: when it does not.
        """
        label = Label.of(held.receipt)
        if label not in self.shelf.labels(label.dataset):
            raise _decided(held.receipt)

    def keep_figures(self, held: Held) -> None:
        """Keep discarded figures beside the record of the decision."""
        figures = Canonical(self.cells(held))
        self._settled.put(held.receipt, receipt_text(held.receipt), figures.batches, figures.sha256())

    def settle(self, held: Held, outcome: str, *, by: str, why: str) -> None:
        """Write the decision down, then take the vintage out of quarantine: the receipt first."""
        label, now = Label.of(held.receipt), datetime.now(tz=UTC)
        decision = {
            "outcome": outcome,
            "by": by,
            "why": why,
            "decided": now.isoformat(timespec="seconds"),
            "receipt": asdict(held.receipt),
            "report": dict(held.report),
        }
        body = json.dumps(decision, ensure_ascii=False, indent=1, default=str) + "\n"
        ending = f"-{now:%Y%m%dT%H%M%S%f}{DECISION_ENDING}"
        self._place.write(self._settled.path(label, ending), body.encode())
        for each in (RECEIPT_ENDING, REPORT_ENDING, FIGURE_ENDING):
            self._place.remove(self.shelf.path(label, each))

    def decisions(self, dataset: str = "") -> tuple[Mapping[str, Any], ...]:
        """Return what has been decided, of one data set or of all, by data set and the moment of the decision.

        Raises:
            FigureError: when a record is damaged.
        """
        found = self._place.entries(f"{SETTLED}/{dataset}" if dataset else SETTLED, deep=True)
        names = [entry.name for entry in found if entry.name.endswith(DECISION_ENDING)]
        told = [(name.split("/")[1], self._document(name)) for name in names]
        return tuple(each for _, each in sorted(told, key=lambda pair: (pair[0], str(pair[1].get("decided")))))

    def _report(self, label: Label) -> Mapping[str, Any]:
        with suppress(FileNotFoundError):
            return self._document(self.shelf.path(label, REPORT_ENDING))
        return {}

    def _document(self, name: str) -> Mapping[str, Any]:
        try:
            document = json.loads(self._place.read(name))
        except FileNotFoundError:
            raise
        except (OSError, ValueError, RecursionError) as error:
            raise _damaged(self._place.label(name)) from error
        if not isinstance(document, dict):
            raise _damaged(self._place.label(name))
        return document


def signed(by: str, why: str) -> tuple[str, str]:
    """Return who decides and why, trimmed.

    Raises:
        UserError: when either is empty.
    """
    if by.strip() and why.strip():
        return by.strip(), why.strip()
    raise UserError(
        Text(
            "Ett beslut om stoppade siffror behöver namn och skäl.",
            "A decision on held figures needs a name and a reason.",
        ),
        meaning=Text("Båda står sedan på kvittot.", "Both then stand on the receipt."),
        remedy=Text("Skriv vem som beslutar och varför.", "Write who decides and why."),
    )


def superseded(receipt: Receipt, by: Receipt) -> FigureError:
    """Say that newer figures have been accepted since these were stopped."""
    return FigureError(
        Text(
            f"{receipt.dataset} har redan nyare godkända siffror, hämtade {by.fetched}.",
            f"{receipt.dataset} already has newer accepted figures, fetched {by.fetched}.",
        ),
        meaning=Text(
            f"De stoppade hämtades {receipt.fetched}; att släppa dem nu vore att gå bakåt.",
            f"The held ones were fetched {receipt.fetched}; to release them now would be to go back.",
        ),
        remedy=Text("Kasta dem i stället, med ett skäl.", "Discard them instead, with a reason."),
    )


def _decided(receipt: Receipt) -> FigureError:
    return FigureError(
        Text(
            f"Det finns inga stoppade siffror för {receipt.dataset} från {receipt.recorded}.",
            f"There are no held figures of {receipt.dataset} from {receipt.recorded}.",
        ),
        meaning=Text("Någon har redan beslutat om dem.", "Somebody has decided on them already."),
        remedy=Text("Se efter vad som väntar med vagvisare status.", "See what is waiting with vagvisare status."),
    )


def _damaged(where: str) -> FigureError:
    return FigureError(
        Text(f"{where} går inte att läsa.", f"{where} cannot be read."),
        meaning=Text(
            "Det är en anteckning om stoppade siffror; de godkända är orörda.",
            "It is a note about held figures; the accepted ones are untouched.",
        ),
        remedy=Text("Ta bort filen och hämta datamängden på nytt.", "Remove the file and fetch the data set anew."),
    )
