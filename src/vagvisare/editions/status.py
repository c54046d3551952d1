"""How an edition stands, in words: what the folder writes short, and what people read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vagvisare.terms.language import Text

STATUSES: Mapping[str, Text] = MappingProxyType(
    {
        "draft": Text("utkast", "draft"),
        "remiss": Text("remissversion", "consultation version"),
        "proposal": Text("förslag", "proposal"),
        "adopted": Text("antagen", "adopted"),
        "superseded": Text("ersatt", "superseded"),
    }
)
"""The folder's word for each, and how it reads; a folder may write another word, which is shown as it stands."""
