"""What kind of evidence a title says that it is: the last word before what it is about, or from whom."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vagvisare.terms.language import Text

_BESIDE = re.compile(
    r"\s(?:för|om|från|av|till|med|i|in|inom|på|over|for|of|on|from|to|by)\s|:\s|/|\s[–-]\s", re.IGNORECASE
)
"""What a title goes on with after it has said what it is."""
_ENDINGS = r"(?:s|a|n|r|en|et|er|ar|or|t|met|men|n?a|e?rna|arna|orna|ns|ens)?"
_SHORT = 3
"""Letters: a word as short as "lag" ends and begins many others ("förslag", "lager"), and must stand by itself."""
_BILL = re.compile(r"\bprop\.\s*\d{4}", re.IGNORECASE)


def kind_said(title: str, kinds: Mapping[str, Text]) -> str:
    """Return the key of the kind that a title says it is, empty where it does not say.

    Swedish puts the word that counts last: a handlingsplan is a plan, a programperiod no programme.

    Args:
        title: of an item of evidence.
        kinds: what the kinds are called, by key.
    """
    if _BILL.search(title):
        title = "proposition"
    head = _BESIDE.split(title, maxsplit=1)[0]
    said = ((name, key) for key, names in kinds.items() for name in {names.sv, names.en} if name)
    for name, key in sorted(said, key=lambda each: (-len(each[0]), each)):
        if _pattern(name).search(head):
            return key
    return ""


def _pattern(name: str) -> re.Pattern[str]:
    """Return a pattern for a name in its forms, and as the last part of a longer word."""
    *before, last = [re.escape(word) for word in name.split()]
    stem = last.removesuffix("y") if last.endswith("y") else last
    ending = r"(?:y|ies)" if last.endswith("y") else _ENDINGS
    within = "" if before else r"\w*"
    if len(last) <= _SHORT:
        within, ending = "", "(?:en)?"
    words = [rf"{word}{_ENDINGS}" for word in before] + [rf"{within}{stem}{ending}"]
    return re.compile(rf"\b{' '.join(words)}\b", re.IGNORECASE)
