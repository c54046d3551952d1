"""Papers: small JSON documents beside the figures, such as the journal of checks, questions, and fetches under way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from vagvisare.observations.place import Entry, Place
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text

FOLDER = "_papers"
UNDER_WAY = "under_way"
"""The kind of papers about fetches that have begun; ``prune`` sweeps those older than a day."""

_ENDING = ".json"
_NO_DATASET = "-"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with its name: what kind, about which data set ("" for none), and called what."""

    kind: str
    dataset: str
    name: str
    document: Mapping[str, Any]


class Papers:
    """The papers of a store, under ``_papers/<kind>/<dataset>/<name>.json``.

    Names may hold letters, digits and most signs, but no slash, no control character, and no dot at the start; what
    file systems and addresses cannot hold is escaped.
    """

    def __init__(self, place: Place) -> None:
        self._place = place

    def put(self, kind: str, dataset: str, name: str, document: Mapping[str, Any]) -> None:
        """Write a document, whole or not at all; one by the same name is replaced.

        Raises:
            ValueError: when a name could not be one.
            OutputError: when the store refuses.
        """
        body = json.dumps(dict(document), ensure_ascii=False, indent=1, default=str) + "\n"
        self._place.write(_path(kind, dataset, name), body.encode())

    def get(self, kind: str, dataset: str, name: str) -> dict[str, Any] | None:
        """Return a document; None when there is none by that name.

        Raises:
            FigureError: when it is damaged.
        """
        path = _path(kind, dataset, name)
        try:
            return self._read(path)
        except FileNotFoundError:
            return None

    def list(self, kind: str, dataset: str = "") -> tuple[Paper, ...]:
        """Return every document of a kind, of one data set or (with "") of all, by data set and name.

        Raises:
            FigureError: when one of them is damaged.
        """
        found = []
        for entry in self.entries(kind, dataset):
            _, _, own, last = entry.name.split("/")
            try:
                document = self._read(entry.name)
            except FileNotFoundError:
                continue  # removed by another process while we looked
            found.append(Paper(kind, _unsafe(own), unquote(last.removesuffix(_ENDING)), document))
        return tuple(sorted(found, key=lambda paper: (paper.dataset, paper.name)))

    def remove(self, kind: str, dataset: str, name: str) -> None:
        """Remove a document, if there is one.

        Raises:
            OutputError: when the store refuses.
        """
        self._place.remove(_path(kind, dataset, name))

    def clear(self, kind: str, dataset: str) -> None:
        """Remove every document of a kind about a data set, without reading them.

        Raises:
            OutputError: when the store refuses.
        """
        for entry in list(self.entries(kind, dataset)):
            self._place.remove(entry.name)

    def entries(self, kind: str = "", dataset: str = "") -> Iterator[Entry]:
        """Walk where the documents lie, of one kind and data set or (with "") of all; leftovers are left out."""
        parts = [FOLDER, *([_safe(kind)] if kind else []), *([_safe(dataset)] if kind and dataset else [])]
        for entry in self._place.entries("/".join(parts), deep=True):
            last = entry.name.rsplit("/", 1)[-1]
            if entry.name.count("/") == 3 and last.endswith(_ENDING) and not last.startswith("."):
                yield entry

    def read(self, entry: Entry) -> dict[str, Any]:
        """Return the document that lies there.

        Raises:
            FigureError: when it is damaged.
            FileNotFoundError: when it has been removed.
        """
        return self._read(entry.name)

    def _read(self, path: str) -> dict[str, Any]:
        try:
            document = json.loads(self._place.read(path))
        except FileNotFoundError:
            raise
        except (OSError, ValueError, RecursionError) as error:
            raise _damaged(self._place.label(path)) from error
        if not isinstance(document, dict):
            raise _damaged(self._place.label(path))
        return document


def _path(kind: str, dataset: str, name: str) -> str:
    return f"{FOLDER}/{_safe(kind)}/{_safe(dataset) if dataset else _NO_DATASET}/{_safe(name)}{_ENDING}"


def _safe(name: str) -> str:
    """Return a name as one part of a path.

    Raises:
        ValueError: when it is empty, too long, or could lead elsewhere.
    """
    if not name or name == _NO_DATASET or name[0] == "." or any(c in "/\\" or not c.isprintable() for c in name):
        raise ValueError(f"{name!r} cannot be the name of a paper")
    escaped = quote(name, safe="+=@,()")
    if len(escaped) > _LONGEST:
        raise ValueError(f"{name[:40]!r}… is too long for the name of a paper")
    return escaped


def _unsafe(part: str) -> str:
    return "" if part == _NO_DATASET else unquote(part)


def _damaged(where: str) -> FigureError:
    return FigureError(
        Text(f"{where} går inte att läsa.", f"{where} cannot be read."),
        meaning=Text(
            "Det är en anteckning om hämtningar, inte siffror; siffrorna är orörda.",
            "It is a note about fetches, not figures; the figures are untouched.",
        ),
        remedy=Text("Ta bort filen och kör kommandot igen.", "Remove the file and run the command again."),
    )
