"""The names used in the text form: files, tables, and which words a key or an address may be made of."""

from __future__ import annotations

import re

from vagvisare.assessment.definition import Event, Indicator
from vagvisare.editions.document import Edition, LevelName, Link, Node
from vagvisare.editions.registers import (
    Actor,
    Alignment,
    Contribution,
    Erratum,
    Evidence,
    Meeting,
    Occasion,
    Screening,
    SteeringInput,
    Term,
    Theme,
    TrendItem,
)
from vagvisare.followups.document import Said
from vagvisare.sources.contract import Receipt
from vagvisare.sources.query import Dataset

STRATEGY = "strategy.toml"
INDICATORS = "indicators.toml"
EVENTS = "events.toml"
EDITIONS = "editions"
FOLLOW_UPS = "followups"
FIGURES = "figures"
CALIBRATION = "calibration.toml"
OPERATIONS = ("sources", "store")
"""What strategy.toml says of how figures are fetched and kept; the rest of it is the strategy's own."""
RECEIPT = ".receipt.toml"

REGISTER_FILES: dict[str, tuple[str, str, type]] = {
    "evidence": ("evidence.toml", "evidence", Evidence),
    "trends": ("trends.toml", "trend", TrendItem),
    "actors": ("actors.toml", "actor", Actor),
    "timeline": ("timeline.toml", "occasion", Occasion),
    "links": ("links.toml", "link", Link),
    "mandate": ("mandate.toml", "input", SteeringInput),
    "meetings": ("meetings.toml", "meeting", Meeting),
    "contributions": ("contributions.toml", "contribution", Contribution),
    "alignments": ("alignments.toml", "alignment", Alignment),
    "themes": ("themes.toml", "theme", Theme),
    "terms": ("terms.toml", "term", Term),
    "screenings": ("screenings.toml", "screening", Screening),
    "errata": ("errata.toml", "erratum", Erratum),
}
"""Field of ``Register`` → file, name of its tables, and the type of each."""

TABLE_NAMES = {
    "levels": "level",
    "notes": "note",
    "breaks": "break",
    "targets": "target",
    "milestones": "milestone",
    "groups": "group",
    "contrasts": "contrast",
    "ordered_groups": "order",
    "siblings": "sibling",
    "claims": "claim",
    "focuses": "focus",
    "statements": "statement",
    "results": "result",
    "shifts": "shift",
    "insights": "insight",
    "principles": "principle",
    "questions": "question",
    "nodes": "node",
    "changes": "change",
    "links": "link",
    "documents": "document",
    "classes": "class",
    "horizons": "horizon",
    "queries": "query",
    "dimensions": "dimension",
}
"""Lists of groups are written as ``[[tables]]`` named in the singular: field of the value → name of the table."""

NAMED: dict[type, tuple[str, str]] = {
    Node: ("adress", "address"),
    LevelName: ("nivå", "key"),
    Edition: ("utgåva", "key"),
    Indicator: ("indikator", "key"),
    Event: ("händelse", "key"),
    TrendItem: ("trend", "key"),
    Said: ("nyckel", "key"),
    Receipt: ("datamängd", "dataset"),
    Dataset: ("datamängd", "key"),
}
"""Values that others name: the kind of name in words, and the field that holds it."""

KEY = re.compile(r"[a-z0-9][a-z0-9_.-]*")
"""What a key that becomes a file name may look like."""


def is_key(text: str) -> bool:
    """Tell whether ``text`` may be a key: lower-case a–z, digits, ``-``, ``_`` and ``.``; never a path."""
    return KEY.fullmatch(text) is not None and ".." not in text
