"""Which language the command line speaks: Swedish, or English where ``VAGVISARE_LANG=en`` asks for it."""

from __future__ import annotations

import os

from vagvisare.terms.language import Language, Text


def language() -> Language:
    """Return the language of messages and help."""
    return Language.EN if os.environ.get("VAGVISARE_LANG", "").lower().startswith("en") else Language.SV


def say(sv: str, en: str) -> str:
    """Return the wording in the language of the command line."""
    return Text(sv, en).to(language())
