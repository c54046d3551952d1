"""The errors a user can meet, and the sentence each owes them.

The family::

    VagvisareError                 exit 1   something we did wrong; shown with a request to report it
    └── UserError                  exit 2   something in what was asked; shown alone, never with a traceback
        ├── FolderError            exit 3   the strategy folder has mistakes; carries every one of them
        ├── FigureError            exit 4   figures cannot be read, or are not what they claim to be
        ├── UnknownError           exit 5   an id, indicator, territory or address nobody has heard of
        └── OutputError            exit 6   a place we were to write to, or a port we were to serve on, refused

Every error says what happened, what it means, and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake in a strategy folder: where it is, what it is, and what to write instead."""

    file: str
    line: int
    what: str
    suggestion: str = ""

    def __str__(self) -> str:
        """Return ``file:line: what. suggestion`` on one line."""
        tail = f" {self.suggestion}" if self.suggestion else ""
        return f"{self.file}:{self.line}: {self.what}{tail}"


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
            remedy="\n" + "\n".join(str(mistake) for mistake in self.mistakes),
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
