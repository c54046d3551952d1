"""Markdown as people write it, as HTML that can do no harm."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h2", "h3", "h4", "blockquote", "code", "hr", "del",
        "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
"""What a strategy's text may hold: structure and emphasis. Pictures come with their own description, as objects."""

_parser = MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])


def markdown(text: str) -> Markup:
    """Return ``text`` as HTML: only the tags in ``TAGS``, only links people can follow."""
    made = nh3.clean(
        _parser.render(text),
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(made)  # noqa: S704  cleaned on the line above
