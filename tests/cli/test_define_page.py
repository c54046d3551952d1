"""The page on defining an indicator shows what the command prints, against servers of our own with made-up figures."""

from __future__ import annotations

import re
import shlex
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType

import pytest

from vagvisare.flow import defining

_replies = sys.modules.setdefault("replies", ModuleType("replies"))
_replies.__path__ = [str(Path(__file__).parents[1] / "replies")]

PAGE = Path(__file__).parents[2] / "docs" / "do" / "define-an-indicator.md"
TODAY = date(2026, 11, 22)


@pytest.fixture
def world(tmp_path, monkeypatch):
    """Serve made-up sources, in a folder with ``my-region``, on the day the page was written."""
    from replies.defining_world import made_up_kolada, made_up_scb, served, small_folder

    small_folder(tmp_path / "my-region")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "92")
    monkeypatch.setattr(defining, "_now", lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
    for module in ("catalogue", "description"):
        monkeypatch.setattr(f"vagvisare.sources.kolada.{module}.today", lambda: TODAY)
    with served(kolada=made_up_kolada(), scb=made_up_scb()) as environ:
        for name, url in environ.items():
            monkeypatch.setenv(name, url)
        yield


def test_the_page_shows_what_is_printed(world, command):
    blocks = re.findall(r"```console\n\$ vagvisare (.+?)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 5
    for line, shown in blocks:
        _, out, err = command(*shlex.split(line), lang="en")
        printed = f"{out}{err.replace('Fetching figures …', '')}".replace("\u00a0", " ").strip()
        assert shown.strip() == printed, line
