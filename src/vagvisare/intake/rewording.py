"""What was reworded, in one sentence: the words that went and the words that came."""

from __future__ import annotations

from difflib import SequenceMatcher

from vagvisare.intake.words import listed, quoted
from vagvisare.terms.language import Text

_LONGEST = 1_500
"""Words of a text that are compared; a longer one is only said to have changed."""


def rewording(old: str, new: str) -> Text | None:
    """Return which words were changed, added and removed, at most three places; None when no word differs.

    Spaces and line breaks do not count.
    """
    before, after = old.split(), new.split()
    if before == after:
        return None
    if not after:
        return Text("texten är borttagen", "the text has been removed")
    if max(len(before), len(after)) > _LONGEST:
        return Text("texten är lång och har ändrats", "the text is long and has changed")
    told = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = quoted(" ".join(before[a:b])), quoted(" ".join(after[c:d]))
        if kind == "replace":
            told.append(Text(f"{gone.sv} har blivit {come.sv}", f"{gone.en} has become {come.en}"))
        elif kind == "delete":
            told.append(Text(f"{gone.sv} är struket", f"{gone.en} has been struck out"))
        elif kind == "insert":
            told.append(Text(f"{come.sv} är tillagt", f"{come.en} has been added"))
    return listed(told)
