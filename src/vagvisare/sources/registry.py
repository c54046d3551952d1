"""Which sources there are, by name: those we know, and those that packages installed beside us bring.

A package of a region's own declares an entry point in the group ``vagvisare.sources`` whose value is a ``Source``; it
is then used by name like ours (``sources/known.py``), without a line changed here.
"""

from __future__ import annotations

import difflib
from functools import cache
from importlib import metadata

from vagvisare.sources.contract import Source
from vagvisare.terms.errors import UnknownError, VagvisareError, did_you_mean
from vagvisare.terms.language import Text

GROUP = "vagvisare.sources"
"""The entry points that name sources."""


@cache
def _points() -> dict[str, metadata.EntryPoint]:
    return {point.name: point for point in sorted(metadata.entry_points(group=GROUP), key=lambda point: point.name)}


def names() -> tuple[str, ...]:
    """Return the name of every source installed here; loads none of them."""
    return tuple(_points())


def source_of(name: str) -> Source:
    """Return the source called ``name``.

    Raises:
        UnknownError: when none is.
        VagvisareError: when an installed package names a source that cannot be loaded.
    """
    if name not in _points():
        raise UnknownError(
            Text(f"Ingen källa heter ”{name}”.", f"No source is called “{name}”."), remedy=suggestion(name)
        )
    point = _points()[name]
    try:
        source = point.load()
    except Exception as error:
        raise _broken(point, str(error)) from error
    if not isinstance(source, Source):
        raise _broken(point, type(source).__name__)
    return source


def suggestion(name: str) -> Text:
    """Return what ``name`` may have been meant to be, or every name there is."""
    near = difflib.get_close_matches(name, list(names()), n=1, cutoff=0.6)
    every = ", ".join(names())
    return did_you_mean(near[0]) if near else Text(f"Kända källor: {every}.", f"Known sources: {every}.")


def _broken(point: metadata.EntryPoint, why: str) -> VagvisareError:
    package = point.dist.name if point.dist is not None else point.value
    return VagvisareError(
        Text(
            f"Källan ”{point.name}” i paketet {package} kan inte läsas in ({why}).",
            f"The source “{point.name}” of the package {package} cannot be loaded ({why}).",
        ),
        remedy=Text("Uppdatera eller avinstallera paketet.", "Update or uninstall the package."),
    )
