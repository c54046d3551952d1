"""Words there are only in Swedish, marked as such on a page in English: who listens hears them read as Swedish.

The strategy and its registers are written in Swedish, and only some of them have been put into English. A page in
Swedish is marked once, at its root, and needs nothing more.
"""

from __future__ import annotations

from markupsafe import Markup

from vagvisare.terms.language import Language, Text


class Swedish(str):
    """Words in Swedish, on whatever page they stand."""

    __slots__ = ()


def to(words: Text, language: Language) -> str:
    """Return a text in a language, known as Swedish where there is no English."""
    return Swedish(words.sv) if words.sv == words.en else words.to(language)


def foreign(words: Text | str | None, language: Language) -> Markup:
    """Return the attribute that marks an element with these words alone; nothing where they are in the page's own."""
    only = isinstance(words, Swedish) or (isinstance(words, Text) and words.sv == words.en)
    return Markup(' lang="sv"') if only and words and language is Language.EN else Markup()


def own(words: Text | str | None, language: Language) -> Markup | str | None:
    """Return the strategy's own words as they stand in a page's text, marked where they are foreign to it."""
    mark = foreign(words, language)
    said = words.to(language) if isinstance(words, Text) else words
    return Markup("<span{}>{}</span>").format(mark, said) if mark else said
