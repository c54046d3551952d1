"""Which language the command line speaks: Swedish, or English where ``VAGVISARE_LANG=en`` asks for it."""

from __future__ import annotations

import os
from unicodedata import category

from vagvisare.terms.language import Language, Text


def language() -> Language:
    """Return the language of messages and help."""
    return Language.EN if os.environ.get("VAGVISARE_LANG", "").lower().startswith("en") else Language.SV


def say(sv: str, en: str) -> str:
    """Return the wording in the language of the command line."""
    return Text(sv, en).to(language())


def printable(text: str) -> str:
    """Return the text without what a terminal would obey instead of show; names in it come from anybody."""
    return "".join("\N{REPLACEMENT CHARACTER}" if category(c) == "Cc" and c not in "\n\t" else c for c in text)
