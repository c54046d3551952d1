"""The errors a user can meet, and the sentence each owes them.

The family::

    VagvisareError                 exit 1   something we did wrong; shown with a request to report it
    └── UserError                  exit 2   something in what was asked; shown alone, never with a traceback
        ├── FolderError            exit 3   the strategy folder has mistakes; carries every one of them
        ├── FigureError            exit 4   figures cannot be read, or are not what they claim to be
        ├── UnknownError           exit 5   an id, indicator, territory or address nobody has heard of
        ├── OutputError            exit 6   a place we were to write to, or a port we were to serve on, refused
        └── SourceError            exit 7   an official source did not answer as it should (kinds in sources/errors.py)

Every error says what happened, what it means, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import total_ordering

from vagvisare.terms.language import Language, Text


class VagvisareError(Exception):
    """Base of the family.

    Args:
        what: what happened, one sentence.
        meaning: what it means for the user; may be empty when it is obvious.
        remedy: what to do, verb first.

    Each is said in both languages; a plain string serves for both. ``str(error)`` is Swedish.
    """

    exit_code = 1

    def __init__(self, what: str | Text, *, meaning: str | Text = "", remedy: str | Text = "") -> None:
        self.what, self.meaning, self.remedy = _text(what), _text(meaning), _text(remedy)
        super().__init__(self.message(Language.SV))

    def message(self, language: Language) -> str:
        """Return the whole message in one language."""
        parts = (self.what.to(language), self.meaning.to(language), self.remedy.to(language))
        return " ".join(part for part in parts if part).replace(" \n", "\n")


def _text(words: str | Text) -> Text:
    return words if isinstance(words, Text) else Text(words, words)


class UserError(VagvisareError):
    """The request cannot be met as it stands."""

    exit_code = 2
    field: str = ""
    """The field of a form that is wrong, where it was asked in one and that is known."""


NOTHING = Text("", "")
"""Nothing to suggest."""


def did_you_mean(name: str) -> Text:
    """Return the question ”Menade du …?” about the nearest known name, or nothing for an empty one."""
    return Text(f"Menade du ”{name}”?", f"Did you mean “{name}”?") if name else NOTHING


@total_ordering
@dataclass(frozen=True, slots=True, init=False)
class Mistake:
    """One mistake in a strategy folder or a table: where it is, what it is, and what to write instead.

    ``what`` and ``suggestion`` are said in both languages; a plain string serves for both. Mistakes are in order of
    file, line and Swedish wording.
    """

    file: str
    line: int
    what: Text
    suggestion: Text

    def __init__(self, file: str, line: int, what: str | Text, suggestion: str | Text = "") -> None:
        # A frozen value is filled in this way, as the standard library's own generated code does.
        for name, value in (("file", file), ("line", line), ("what", _text(what)), ("suggestion", _text(suggestion))):
            object.__setattr__(self, name, value)

    def __lt__(self, other: Mistake) -> bool:
        """Tell whether this mistake is told before another."""
        return self._order() < other._order()

    def __str__(self) -> str:
        """Return the line in Swedish."""
        return self.line_in(Language.SV)

    def line_in(self, language: Language) -> str:
        """Return ``file:line: what. suggestion`` on one line, in one language."""
        suggestion = self.suggestion.to(language)
        tail = f" {suggestion}" if suggestion else ""
        return f"{self.file}:{self.line}: {self.what.to(language)}{tail}"

    def _order(self) -> tuple[str, int, str, str]:
        return self.file, self.line, self.what.sv, self.suggestion.sv


def listed(mistakes: Iterable[Mistake]) -> Text:
    """Return the mistakes one a line, each list in its own language and after a line break."""
    lines = list(mistakes)
    sv, en = ("".join(f"\n{mistake.line_in(language)}" for mistake in lines) for language in Language)
    return Text(sv, en)


class FolderError(UserError):
    """A strategy folder has mistakes; nothing of it was loaded."""

    exit_code = 3

    def __init__(self, folder: str, mistakes: tuple[Mistake, ...]) -> None:
        self.folder = folder
        self.mistakes = tuple(sorted(mistakes))
        count = len(self.mistakes)
        super().__init__(
            Text(
                f"Strategimappen {folder} har {count} fel.",
                f"The strategy folder {folder} has {count} {'mistake' if count == 1 else 'mistakes'}.",
            ),
            meaning=Text("Inget av den har lästs in.", "Nothing of it was loaded."),
            remedy=listed(self.mistakes),
        )


class FigureError(UserError):
    """A table of figures cannot be read, or is not what its receipt says."""

    exit_code = 4


class UnknownError(UserError):
    """Something was named that does not exist here."""

    exit_code = 5


class OutputError(UserError):
    """A file could not be written, or a port could not be served."""

    exit_code = 6


class SourceError(UserError):
    """An official source did not answer as it should."""

    exit_code = 7
