"""What was typed and cannot be understood, in the language of the command line.

The library that reads the command line says such things in English only. Its kinds of errors differ between its
versions, their wording does not: the sentences are known by their wording.
"""

from __future__ import annotations

import difflib
import re

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text

_KINDS: tuple[tuple[re.Pattern[str], Text], ...] = (
    (re.compile(r"No such command '(.*?)'\."), Text("Kommandot ”{}” finns inte.", "There is no command “{}”.")),
    (re.compile(r"No such option:? '?(-[^\s']*)"), Text("Flaggan {} finns inte.", "There is no option {}.")),
    (re.compile(r"Missing (?:argument|option|parameter) '(.*?)'"), Text("{} saknas.", "{} is missing.")),
    (re.compile(r"Option '?([^\s']+)'? requires an"), Text("{} behöver ett värde.", "{} needs a value.")),
    (re.compile(r"Option '?([^\s']+)'? does not take"), Text("{} tar inget värde.", "{} takes no value.")),
    (re.compile(r"[Gg]ot unexpected extra arguments?(?:\(s\))? \((.*)\)"), Text("För mycket: {}.", "Too much: {}.")),
)
_HELP = Text("{} --help visar vad som finns.", "{} --help lists what there is.")
_DID_YOU_MEAN = Text("Menade du {}?", "Did you mean {}?")


def is_mistyped(error: Exception) -> bool:
    """Tell whether the library raised ``error`` because the command line cannot be understood."""
    return any(kind.__name__ == "UsageError" for kind in type(error).__mro__)


def asks_for_nothing(error: Exception) -> bool:
    """Tell whether no command was given at all; help has been printed by then."""
    return type(error).__name__ == "NoArgsIsHelpError"


def sentence(error: Exception) -> UserError:
    """Return what is wrong with the command line as an error of ours."""
    context = getattr(error, "ctx", None)
    said = str(error.format_message()) if hasattr(error, "format_message") else str(error)
    command = getattr(context, "command_path", "") or "vagvisare"
    for pattern, words in _KINDS:
        found = pattern.search(said)
        if found:
            what = Text(words.sv.format(found[1]), words.en.format(found[1]))
            near = [each for each in difflib.get_close_matches(found[1], _known(context), n=1) if each != found[1]]
            break
    else:
        what, near = Text(f"Det går inte att förstå: {said}", f"This cannot be understood: {said}"), []
    listed = Text(_HELP.sv.format(command), _HELP.en.format(command))
    if near:
        listed = Text(
            f"{_DID_YOU_MEAN.sv.format(near[0])} {listed.sv}", f"{_DID_YOU_MEAN.en.format(near[0])} {listed.en}"
        )
    return UserError(what, remedy=listed)


def _known(context: object) -> list[str]:
    """Return the commands and options that could have been meant."""
    command = getattr(context, "command", None)
    options = [name for each in getattr(command, "params", ()) for name in each.opts if name.startswith("-")]
    return [*getattr(command, "commands", {}), *options]
