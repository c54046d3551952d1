"""What can go wrong with an official source, and the sentence each owes the user.

The family, under ``SourceError`` (exit 7)::

    SourceError
    ├── UnreachableError     no connection, no name, too slow, cut off: try again later
    ├── RefusedError         the source said no (too many cells, a code it does not have): the definition must change
    ├── GoneError            the table, KPI or file is no longer there: look for its heir
    ├── LimitedError         too many calls, and it did not let up
    ├── UnreadableError      an answer that is not what the interface promises: HTML, cut-off JSON, another form
    └── ForbiddenAddressError    an address that is not http(s), or points into a private network
"""

from __future__ import annotations

import json
from typing import Any

from vagvisare.sources.wire import Reply
from vagvisare.terms.errors import SourceError
from vagvisare.terms.language import Text


class UnreachableError(SourceError):
    """No whole answer came."""


class RefusedError(SourceError):
    """The source understood, and said no."""


class GoneError(SourceError):
    """What was asked for is no longer there."""


class LimitedError(SourceError):
    """The source asked us to slow down, again and again."""


class ForbiddenAddressError(SourceError):
    """An address we do not go to."""


class UnreadableError(SourceError):
    """An answer that cannot be what the interface promises."""

    @classmethod
    def of(cls, url: str, why: Text) -> UnreadableError:
        """Say which answer could not be read, and why (a whole sentence)."""
        return cls(
            Text(f"Svaret från {url} går inte att läsa. {why.sv}", f"The answer from {url} cannot be read. {why.en}"),
            meaning=Text(
                "Inget av det har sparats som siffror; de senast godkända gäller.",
                "Nothing of it was kept as figures; the last good ones stand.",
            ),
            remedy=Text(
                "Försök igen senare. Håller det i sig har källan ändrat sin form: jämför definitionen med källan.",
                "Try again later. If it persists the source has changed its form: hold the definition against it.",
            ),
        )

    @classmethod
    def json_of(cls, reply: Reply) -> Any:
        """Read a reply as JSON, or say why not."""
        start = reply.body[:200].lstrip().lower()
        if start.startswith((b"<!doctype", b"<html", b"<?xml")):
            raise cls.of(reply.url, Text("Det är en webbsida, inte data.", "It is a web page, not data."))
        try:
            return json.loads(reply.body)
        except (ValueError, RecursionError):
            why = Text("Det är inte hel JSON; kanske är det avhugget.", "It is not whole JSON; perhaps it was cut off.")
            raise cls.of(reply.url, why) from None
