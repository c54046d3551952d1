"""A source in one line of text: ``document:first-last``."""

from __future__ import annotations

import re

from vagvisare.editions.document import Source

_LINES = re.compile(r"(?P<document>.*):(?P<first>\d{1,9})(?:-(?P<last>\d{1,9}))?", re.DOTALL)


def source_text(source: Source) -> str:
    """Return ``source`` as text that :func:`parse_source` reads back.

    A document name that itself looks as if it ended in lines gets a closing colon, so that nothing is mistaken.
    """
    text = str(source)
    if source.first is None and (text.endswith(":") or _LINES.fullmatch(text)):
        return text + ":"
    return text


def parse_source(text: str) -> Source:
    """Read ``document``, ``document:12`` or ``document:12-14``; a single line has no ``last``.

    Raises:
        ValueError: when there is no document, or the lines run backwards.
    """
    if text.endswith(":"):
        found, source = None, Source(text[:-1])
    else:
        found = _LINES.fullmatch(text)
        source = Source(text)
    if found:
        first, last = int(found["first"]), int(found["last"]) if found["last"] else None
        if first < 1 or (last is not None and last < first):
            raise ValueError(f"“{text}” has lines that run backwards")
        source = Source(found["document"], first, None if last == first else last)
    if not source.document:
        raise ValueError("a source names a document")
    return source
