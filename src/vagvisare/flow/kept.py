"""Where a folder's vintages are kept, and everything known of its figures."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from vagvisare import strategy_folder
from vagvisare.flow.known import Recorded, record
from vagvisare.observations.store import Store
from vagvisare.observations.upkeep import is_store
from vagvisare.strategy_folder.folder import Folder

VINTAGES = "vintages"
"""The folder beside a strategy folder's files where vintages are kept when nothing else is said."""
ENVIRONMENT = "VAGVISARE_STORE"


def store_address(path: Path, folder: Folder, url: str = "", environ: Mapping[str, str] | None = None) -> str | Path:
    """Return where the vintages of a strategy folder are kept.

    What is asked for (``url``) goes before the environment (``VAGVISARE_STORE``), that before ``store`` in
    strategy.toml (a path is read from the strategy folder), and that before the folder ``vintages`` in it.
    """
    told = url.strip() or (os.environ if environ is None else environ).get(ENVIRONMENT, "").strip()
    if told:
        return told
    own = folder.store.strip() or VINTAGES
    # What a folder says of itself holds wherever the command is run.
    return own if "://" in own else path / Path(own).expanduser()


def open_store(path: Path, folder: Folder, url: str = "") -> Store:
    """Open the store of a strategy folder, whether or not there is anything in it yet.

    Raises:
        UserError: when its address cannot be one.
    """
    return Store(store_address(path, folder, url))


def store_of(path: Path, url: str = "") -> Store:
    """Read a strategy folder and open its store, whether or not there is anything in it yet.

    Raises:
        FolderError: when the folder has mistakes.
        UserError: when the store's address cannot be one.
    """
    return open_store(path, strategy_folder.read(path), url)


def kept_store(path: Path, folder: Folder, url: str = "") -> Store | None:
    """Return the store of a strategy folder where figures have been fetched; None where none have.

    An address with nothing at it is none either: to look is not to make a store where somebody mistyped.
    """
    store = open_store(path, folder, url)
    return store if is_store(store) else None


def recorded_at(path: Path, folder: Folder, url: str = "", beside: Path | None = None) -> Recorded:
    """Return a folder with everything known of its figures: what has been fetched, and what it holds itself.

    Where nothing has been fetched its own figures are recorded in ``beside``, or in memory.
    """
    store = kept_store(path, folder, url)
    if store is None and beside is not None:
        store = Store(beside)
    return record(folder, store)
