"""Where the records are, and the secret that signs for them; asked before Django has read its settings."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

RECORDS = "records.sqlite3"
SECRET = "records.secret"  # noqa: S105  the name of the file it lies in


def records_path() -> Path:
    """Return the file of the embedded database, whether or not it is there yet."""
    return Path(os.environ.get("VAGVISARE_RECORDS", "").strip() or RECORDS).expanduser().resolve()


def secret_key(records: Path) -> str:
    """Return the secret kept beside the records, or an empty text where there is none yet."""
    try:
        return (records.parent / SECRET).read_text(encoding="ascii").strip()
    except OSError:
        return ""


def keep_secret(records: Path) -> str:
    """Draw a secret and keep it beside the records, readable by its owner only; keep one that is there already."""
    if found := secret_key(records):
        return found
    records.parent.mkdir(parents=True, exist_ok=True)
    drawn = secrets.token_urlsafe(50)
    handle = os.open(records.parent / SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(drawn + "\n")
    return drawn
