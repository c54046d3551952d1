"""How many words a text has."""

from __future__ import annotations

import re

# A hyphenated compound (forsknings-/utvecklingsmiljö apart) and a number with its decimals are one word each.
_WORD = re.compile(r"\w+(?:[-’'.,:]\w+)*")


def count(text: str) -> int:
    """Return how many words a Swedish text has; a hyphenated compound is one."""
    return len(_WORD.findall(text))
