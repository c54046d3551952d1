"""Where the records are, and the secret that signs for them; asked before Django has read its settings."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

RECORDS = "records.sqlite3"
SECRET = "records.secret"  # noqa: S105  the name of the file it lies in
BESIDE = "records"
"""The folder, beside a strategy folder's own files, where its records lie when nothing else is said."""
ENVIRONMENT = "VAGVISARE_RECORDS"


def records_path() -> Path:
    """Return the file of the embedded database, whether or not it is there yet."""
    return Path(os.environ.get(ENVIRONMENT, "").strip() or RECORDS).expanduser().resolve()


def records_of(folder: Path, told: str = "") -> Path:
    """Return where a strategy's records are: what is told, the environment's word, or beside the folder's files.

    With ``DATABASE_URL`` the records are in that database; what lies here is then the secret only.
    """
    named = told.strip() or os.environ.get(ENVIRONMENT, "").strip()
    return (Path(named).expanduser() if named else folder / BESIDE / RECORDS).resolve()


def load_django() -> None:
    """Load Django with our settings; where the records are is settled by then, for the settings are read once."""
    import django  # noqa: PLC0415  whoever only asks for a path need not wait for it

    os.environ["DJANGO_SETTINGS_MODULE"] = "vagvisare.web.settings"
    django.setup()


def secret_key(records: Path) -> str:
    """Return the secret kept beside the records, or an empty text where there is none yet."""
    try:
        return (records.parent / SECRET).read_text(encoding="ascii").strip()
    except OSError:
        return ""


def keep_secret(records: Path) -> str:
    """Draw a secret and keep it beside the records, readable by its owner only; keep one that is there already.

    Raises:
        OSError: when the place refuses.
    """
    if found := secret_key(records):
        return found
    records.parent.mkdir(parents=True, exist_ok=True)
    kept = records.parent / SECRET
    drawn = records.parent / f".{SECRET}.{secrets.token_hex(4)}"
    handle = os.open(drawn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50) + "\n")
        # Two that draw at once end with the same secret: the first link stands, and both read what it says.
        _link_unless_there(drawn, kept)
    finally:
        drawn.unlink()
    return secret_key(records)


def _link_unless_there(drawn: Path, kept: Path) -> None:
    try:
        os.link(drawn, kept)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_bytes(drawn.read_bytes())
