"""What speaks against believing a delivery: one objection, said so that the person who decides can decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vagvisare.intake.words import several
from vagvisare.terms.language import Language, Text

EXAMPLES = 3
"""How many examples are told before the rest is counted."""


class Gravity(StrEnum):
    """What an objection leads to."""

    HOLD = "hold"
    """The delivery waits in quarantine until a person confirms or discards it; the last good figures stay in use."""
    NOTE = "note"
    """Worth knowing; the delivery is published all the same."""


class Kind(StrEnum):
    """What kind of thing an objection is about."""

    EMPTY = "empty"
    FORM = "form"
    PLACE = "place"
    GROUP = "group"
    DUPLICATE = "duplicate"
    FUTURE = "future"
    SILENT_CODE = "silent_code"
    UNIT = "unit"
    LIMIT = "limit"
    RANGE = "range"
    INTERVAL = "interval"
    LOST_TERRITORY = "lost_territory"
    LOST_GROUP = "lost_group"
    LOST_HISTORY = "lost_history"
    LOST_VALUES = "lost_values"
    JUMP = "jump"
    STANDSTILL = "standstill"
    MASS_REVISION = "mass_revision"
    SUMS = "sums"
    CODE_GONE = "code_gone"


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that speaks against a delivery.

    ``what`` is a whole sentence. ``where`` are at most three examples, each with place, period and figures with their
    unit; ``count`` is how many there are in all. ``to_do`` is what to do about it, verb first.
    """

    kind: Kind
    gravity: Gravity
    what: Text
    to_do: Text
    where: tuple[Text, ...] = ()
    count: int = 0

    @classmethod
    def of(
        cls, kind: Kind, gravity: Gravity, what: Text, to_do: Text, cases: Sequence[Text] = (), count: int | None = None
    ) -> Objection:
        """Build an objection from all its cases, or from the first of them and how many there are."""
        return cls(kind, gravity, what, to_do, tuple(cases[:EXAMPLES]), len(cases) if count is None else count)

    @property
    def holds(self) -> bool:
        """Tell whether the delivery must wait for a person."""
        return self.gravity is Gravity.HOLD

    @property
    def examples(self) -> Text:
        """The examples on one line, ending with how many more there are; empty when there are none."""
        if not self.where:
            return Text("", "")
        more = self.count - len(self.where)
        rest = Text(f"; och {several(more).sv} till", f"; and {several(more).en} more") if more > 0 else Text("", "")
        sv, en = ("; ".join(example.to(language) for example in self.where) for language in Language)
        return Text(f"{sv}{rest.sv}.", f"{en}{rest.en}.")

    def sentence(self, language: Language) -> str:
        """Return the objection in one language: what, where, and what to do."""
        parts = (self.what, self.examples, self.to_do)
        return " ".join(part.to(language) for part in parts if part.to(language))

    def document(self) -> dict[str, Any]:
        """Return the objection as plain values, for the report beside a quarantined delivery."""
        return {
            "kind": str(self.kind),
            "gravity": str(self.gravity),
            "what": as_pair(self.what),
            "to_do": as_pair(self.to_do),
            "where": [as_pair(example) for example in self.where],
            "count": self.count,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Objection:
        """Read an objection written by ``document``.

        Raises:
            KeyError, TypeError, ValueError: when it is none.
        """
        return cls(
            Kind(document["kind"]),
            Gravity(document["gravity"]),
            text_of(document["what"]),
            text_of(document["to_do"]),
            tuple(text_of(example) for example in document["where"]),
            int(document["count"]),
        )


def as_pair(text: Text) -> dict[str, str]:
    """Return a text as plain values."""
    return {"sv": text.sv, "en": text.en}


def text_of(document: Mapping[str, Any]) -> Text:
    """Read a text written by ``as_pair``."""
    return Text(str(document["sv"]), str(document["en"]))


def held_back(objections: Iterable[Objection]) -> bool:
    """Tell whether any of the objections keeps the delivery from being published."""
    return any(objection.holds for objection in objections)
