"""Which language the command line speaks: Swedish, or English where ``VAGVISARE_LANG=en`` asks for it."""

from __future__ import annotations

import json
import os
import re
import textwrap
from typing import Any
from unicodedata import bidirectional, category

from vagvisare.terms.language import Language, Text


def language() -> Language:
    """Return the language of messages and help."""
    return Language.EN if os.environ.get("VAGVISARE_LANG", "").lower().startswith("en") else Language.SV


def say(sv: str, en: str) -> str:
    """Return the wording in the language of the command line."""
    return Text(sv, en).to(language())


WIDTH = 100
"""Columns of what is printed."""

_OBEYED = frozenset(["LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"])
"""What turns the order of signs on a line around (Unicode Standard Annex 9)."""
_AS_IS = re.compile("[\x7f-\x9f]")
"""Control characters that JSON does not demand to be escaped."""


def printable(text: str) -> str:
    """Return the text without what a terminal would obey instead of show; names in it come from anybody."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_obeyed(c) else c for c in text)


def fitted(text: str, indent: str = "", later: str | None = None) -> str:
    """Return the text printable and in lines of at most 100 columns; ``later`` indents all lines but the first."""
    rest = indent if later is None else later
    lines: list[str] = []
    for line in printable(text).splitlines():
        first = rest if lines else indent
        lines += textwrap.wrap(
            line, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
        )
    return "\n".join(lines)


def json_text(document: Any) -> str:
    """Return plain values as JSON that can be printed: nothing in it is obeyed by a terminal, nothing is lost."""
    told = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    return _AS_IS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", told)


def _is_obeyed(sign: str) -> bool:
    return (category(sign) == "Cc" and sign not in "\n\t") or bidirectional(sign) in _OBEYED
