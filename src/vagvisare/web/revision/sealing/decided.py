"""What is decided of an edition when it is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Decided:
    """The edition's key and title, its standing, the decision behind it, and from when to when it is in force.

    ``follow_up`` makes it the edition that indicators and follow-ups refer to from now on.
    """

    key: str
    title: str
    status: str = ""
    body: str = ""
    dated: date | None = None
    reference: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    follow_up: bool = False
