"""Vägvisare: from official figures to judged, honest, reproducible findings about a development strategy.

The API for analysts::

    import vagvisare

    folder = vagvisare.read_folder("strategies/orebro")
    outcome = vagvisare.follow_up(folder, as_of="2022-06-17")
    vagvisare.findings_table(outcome)  # an Arrow table: one row a finding
    vagvisare.figures_table(outcome)  # an Arrow table: one row a figure
    vagvisare.judge(table)  # judge any table of series
    print(vagvisare.explain(folder, outcome.findings[0].id))

docs/do/analyse-in-python.md walks through it. Importing the package loads nothing until a verb is called.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vagvisare.api import explain, figures_table, findings_table, follow_up, judge, read_folder

__all__ = ["explain", "figures_table", "findings_table", "follow_up", "judge", "read_folder"]


def __getattr__(name: str) -> Any:
    """Return a verb of the API, loading it on first use."""
    if name in __all__:
        return getattr(import_module("vagvisare.api"), name)
    raise AttributeError(f"module 'vagvisare' has no attribute '{name}'")
