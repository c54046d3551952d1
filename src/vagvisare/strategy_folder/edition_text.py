r"""An edition as a Markdown file that people read and edit, ⇄ the same plain tables as TOML gives.

::

    +++
    key = "2021"
    title = "…"
    +++

    # Nodes

    ## Minskad klimatpåverkan {#effektmal/minskad-klimatpaverkan}

    - level: effect_goal
    - source: remiss.txt:135
    - english: Reduced climate impact

    # Changes

    ## 1

    > Vi har lagt till …

    - area: omrade/klimat
    - source: remiss.txt:305
    - nodes: omrade/klimat/inriktning/cirkular-ekonomi, omrade/klimat

The depth of a heading gives the parent; ``- parent:`` says it where the order of the text does not. Short wording
stands in the heading, longer or many-lined wording as a quotation below it. A backslash, a line feed and control
characters are written ``\\``, ``\n`` and ``\u000B``; every other character stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vagvisare.editions.document import Edition, Node, StatedChange
from vagvisare.strategy_folder.codec import encode
from vagvisare.strategy_folder.toml_text import Plain, toml_text

FENCE = "+++"
NODES = "# Nodes"
CHANGES = "# Changes"
DEEPEST = 6
"""Markdown has six levels of headings; the first is the section's."""

_HEADING_WIDTH = 90
_FENCE_IN_TEXT = re.compile(r"^\+(?=\+\+[^\S\n]*$)", re.MULTILINE)
"""A line of a text in the front matter that would be taken for its end: its first character becomes an escape."""
_ESCAPED = re.compile(r"\\(\\|n|u[0-9A-F]{4})")


def edition_text(edition: Edition) -> str:
    """Return the edition as canonical Markdown, ending with one line feed."""
    front = _FENCE_IN_TEXT.sub(r"\\u002B", toml_text(encode(edition, frozenset({"nodes", "changes"}))))
    blocks = [f"{FENCE}\n{front}{FENCE}", NODES, *_node_blocks(edition)]
    if edition.changes:
        blocks.append(CHANGES)
        blocks.extend(_change_block(number, c) for number, c in enumerate(edition.changes, start=1))
    return "\n\n".join(blocks) + "\n"


def _node_blocks(edition: Edition) -> Iterator[str]:
    open_at: list[str] = []
    for node in edition.nodes:
        depth = min(_depth(edition, node), DEEPEST - 2)
        del open_at[depth:]
        implied = open_at[-1] if open_at else ""
        yield _node_block(node, depth, show_parent=implied != node.parent)
        open_at.append(node.address)


def _depth(edition: Edition, node: Node) -> int:
    seen = {node.address}
    while node.parent in edition.by_address and node.parent not in seen:
        node = edition.by_address[node.parent]
        seen.add(node.address)
    return len(seen) - 1


def _node_block(node: Node, depth: int, *, show_parent: bool) -> str:
    fields = encode(node, frozenset({"address", "text", "parent"}))
    level = {"level": fields.pop("level"), "source": fields.pop("source")}
    if show_parent:
        level["parent"] = node.parent
    hashes, anchor = "#" * (depth + 2), f"{{#{escape(node.address)}}}"
    labels = _labels({**level, **fields})
    if node.text and "\n" not in node.text and len(node.text) <= _HEADING_WIDTH:
        return f"{hashes} {escape(node.text)} {anchor}\n\n{labels}"
    return f"{hashes} {anchor}\n\n{_quote(node.text)}\n\n{labels}"


def _change_block(number: int, change: StatedChange) -> str:
    labels = _labels(encode(change, frozenset({"text"})))
    return f"## {number}\n\n{_quote(change.text)}\n\n{labels}"


def _labels(fields: dict[str, Plain]) -> str:
    return "\n".join(f"- {name}: {_label(value)}" for name, value in fields.items())


def _label(value: Plain) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else _edges(escape(str(value), line_feeds=True))


def _quote(text: str) -> str:
    return "\n".join(f"> {_edges(escape(line))}" if line else ">" for line in text.split("\n"))


def escape(text: str, *, line_feeds: bool = True) -> str:
    """Write what would break a line, or be taken for an escape, as an escape."""
    text = text.replace("\\", "\\\\")
    if line_feeds:
        text = text.replace("\n", "\\n")
    return "".join(f"\\u{ord(c):04X}" if ord(c) < 0x20 or ord(c) == 0x7F else c for c in text)


def _edges(text: str) -> str:
    """Write a space at either end as an escape: editors strip them."""
    if text.startswith(" "):
        text = "\\u0020" + text[1:]
    return text[:-1] + "\\u0020" if text.endswith(" ") else text


def unescape(text: str) -> str:
    """Read what :func:`escape` wrote.

    Raises:
        ValueError: when a backslash opens nothing known.
    """
    if "\\" not in text:
        return text
    if "\\" in _ESCAPED.sub("", text):
        raise ValueError(text)
    return _ESCAPED.sub(lambda m: {"\\": "\\", "n": "\n"}.get(m[1]) or chr(int(m[1][1:], 16)), text)
