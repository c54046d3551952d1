"""What is sealed but does not stand so in the strategy folder: the power went, or the disk was full, in between."""

from __future__ import annotations

from collections.abc import Mapping

from vagvisare.strategy_folder.plain import edition_digest
from vagvisare.web.strategy import opened
from vagvisare.web.strategy.models import SealedEdition

_weighed: list[tuple[opened.Opened, Mapping[str, str]]] = []
"""The digests of the folder that is served, computed once for each reading of it."""


def unwritten() -> tuple[SealedEdition, ...]:
    """Return sealed editions that the served folder lacks or has with another text; none where no folder is served."""
    served = opened.opened()
    if served is None:
        return ()
    there = _digests(served)
    rows = SealedEdition.objects.only("key", "title", "sha256")
    return tuple(row for row in rows if there.get(row.key) != row.sha256)


def _digests(served: opened.Opened) -> Mapping[str, str]:
    for known, digests in _weighed:
        if known is served:
            return digests
    digests = {edition.key: edition_digest(edition) for edition in served.folder.strategy.editions}
    _weighed[:] = [(served, digests)]
    return digests
