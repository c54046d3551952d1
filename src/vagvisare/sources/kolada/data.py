"""A page of data opened: by its spelling when it has the usual one, otherwise as JSON."""

from __future__ import annotations

from vagvisare.sources.kolada.columns import Columns, read
from vagvisare.sources.kolada.pages import Opened, by_json, fits, promised
from vagvisare.sources.kolada.question import Segment
from vagvisare.sources.kolada.spelled import spelled
from vagvisare.sources.wire import Reply


def opened(reply: Reply, segment: Segment) -> Opened[Columns]:
    """Open a page of data. Both ways give the same figures; only what they cost differs.

    Raises:
        UnreadableError: when it is no page, a row is not as the interface promises, or about what was not asked.
    """
    page = spelled(reply.body, segment) if fits(reply) else None
    if page is None:
        return by_json(reply, lambda _, document: read(reply, document, segment))
    most = promised(page.frame)
    rows = page.rows if most <= page.rows else max(page.rows, len(page.columns))
    return Opened(page.columns, rows, most, page.frame.get("next_url"))
