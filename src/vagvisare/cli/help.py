"""The words of ``--help`` that the library brings itself, in the language of the command line."""

from __future__ import annotations

import sys
from typing import Any

from typer.core import TyperCommand, TyperGroup

from vagvisare.cli.language import language, say
from vagvisare.terms.language import Language

_PANELS = {
    "ARGUMENTS_PANEL_TITLE": "Argument",
    "OPTIONS_PANEL_TITLE": "Flaggor",
    "COMMANDS_PANEL_TITLE": "Kommandon",
    "REQUIRED_LONG_STRING": "[krävs]",
    "DEFAULT_STRING": "[annars: {}]",
}


def speak() -> None:
    """Put the library's own headings into Swedish, where help is about to be shown and Swedish is spoken.

    Only then: what draws the help takes a tenth of a second to load. A heading that the library no longer has under
    that name stays in English.
    """
    if language() is not Language.SV or not ({"-h", "--help"} & set(sys.argv[1:]) or len(sys.argv) == 1):
        return
    from typer import rich_utils

    for name, words in _PANELS.items():
        if hasattr(rich_utils, name):
            setattr(rich_utils, name, words)


class Command(TyperCommand):
    """A command whose own option for help is told in the language of the command line."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option, told in our words."""
        return _told(super().get_help_option(ctx))


class Group(TyperGroup):
    """The commands together; see :class:`Command`."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option, told in our words."""
        return _told(super().get_help_option(ctx))


def _told(option: Any) -> Any:
    if option is not None:
        option.help = say("Visa den här hjälpen.", "Show this help.")
    return option
