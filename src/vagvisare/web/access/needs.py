"""What a view needs, stated on the view; the gate refuses any view of the workspace that states nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from vagvisare.web.access.rules import MATRIX

View = TypeVar("View", bound=Callable[..., Any])

ANYONE = "anyone"
"""Stated by the few views that answer before anybody has signed in."""


def needs(need: str) -> Callable[[View], View]:
    """State what a view needs: a key of the matrix, or ``ANYONE``.

    A need with ``{name}`` in it is filled from the address (``"registers.{register}.change"``).
    """
    if need != ANYONE and "{" not in need and need not in MATRIX:
        raise KeyError(need)

    def stated(view: View) -> View:
        view.need = need  # type: ignore[attr-defined]
        return view

    return stated
