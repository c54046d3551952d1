"""What the strategy calls its levels: data, so that any region's strategy fits."""

from __future__ import annotations

from vagvisare.editions.document import LevelName
from vagvisare.strategy_folder.plain import value_of
from vagvisare.terms.language import Text
from vagvisare.web.strategy.models import Head

Levels = dict[str, Text]


def levels() -> Levels:
    """Return what the strategy calls its levels, in its order; nothing before a strategy has been taken in."""
    head = Head.objects.first()
    told = [] if head is None else head.content.get("level", [])
    return {level.key: level.name for level in (value_of(LevelName, plain, "level") for plain in told)}


def level_name(known: Levels, key: str) -> Text:
    """Return a level's name, or its key where the strategy gives none."""
    return known.get(key, Text(key, key))
