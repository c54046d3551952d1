"""Other people's codes for the places we follow: code lists with validity, and what happened to codes over time.

``expand`` goes from words in a definition to a source's codes, ``official`` from a source's code to ours. What cannot
be said for certain is None: figures of a place are never joined with those of another on a guess.
"""

from __future__ import annotations

from vagvisare.sources.territories.codes import expand, name, official
from vagvisare.sources.territories.history import Change, Fate, changes, formed, history

__all__ = ["Change", "Fate", "changes", "expand", "formed", "history", "name", "official"]
