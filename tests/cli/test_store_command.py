"""``vagvisare store``: looking through and sweeping a store, in both languages."""

from __future__ import annotations

import os
from datetime import date

import pyarrow as pa
import pytest

from vagvisare.cli import store as command
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import Vintage, checksum
from vagvisare.sources.contract import FIGURES, Receipt
from vagvisare.terms.errors import FigureError, UserError


@pytest.fixture
def kept(tmp_path):
    one = [["18"], [2020], [2020], ["T"], [""], [1.0], *([None] for _ in range(5)), [""]]
    figures = pa.table(one, schema=FIGURES)
    receipt = Receipt("syntetisk", "S", "P", "1", "CC0", "percent", date(2026, 3, 1), "", "", 1, checksum(figures))
    store = Store(tmp_path / "store")
    store.publish(Vintage(receipt, figures))
    sha = store.replies.keep(b"nobody points to this" * 1000)
    (path,) = (tmp_path / "store").rglob(f"{sha}.zst")
    os.utime(path, (0, 0))
    return store


@pytest.fixture
def said(monkeypatch, capsys):
    """Run one of the commands; return its exit code and what it said."""

    def runner(*arguments, lang="sv"):
        monkeypatch.setenv("VAGVISARE_LANG", lang)
        code = command.app(list(map(str, arguments)), standalone_mode=False)
        return code or 0, capsys.readouterr().out

    return runner


def test_a_whole_store_is_said_to_be_whole(kept, said):
    code, out = said("verify", "--store", kept.root)
    assert code == 0
    assert f"Allt i lagret {kept.root} stämmer (1 årgång)." in out
    assert "All is well" in said("verify", "--store", kept.root, lang="en")[1]


def test_damage_is_told_with_what_to_do_and_an_exit_code(kept, said):
    next(kept.root.rglob("*.parquet")).write_bytes(b"half")
    code, out = said("verify", "--store", kept.root)
    assert code == 4
    assert "går inte att läsa." in out
    assert "→ Lägg tillbaka filen från en säkerhetskopia" in out
    assert out.rstrip().endswith(f"1 fel i lagret {kept.root}.")
    assert "Put the file back" in said("verify", "--store", kept.root, lang="en")[1]


def test_sweeping_only_tells_until_it_is_asked_to_remove(kept, said):
    (reply,) = kept.root.rglob("*.zst")
    code, out = said("prune", "--store", kept.root)
    assert code == 0
    assert "1 originalsvar som inget pekar på" in out
    assert "Inget har tagits bort. Lägg till --remove" in out
    assert reply.exists()
    assert "Nothing was removed" in said("prune", "--store", kept.root, lang="en")[1]
    assert "Removed:" in said("prune", "--store", kept.root, "--remove", lang="en")[1]
    assert not reply.exists()
    assert "Det finns inget att städa." in said("prune", "--store", kept.root)[1]


def test_young_things_are_kept_as_long_as_asked(kept, said):
    assert "inget att städa" in said("prune", "--store", kept.root, "--keep-days", 36_500)[1]
    for text in ("0", "-1", "x", "1,5", "9" * 5000, ""):
        with pytest.raises(UserError, match="--keep-days kan inte vara"):
            said("prune", "--store", kept.root, f"--keep-days={text}")


@pytest.mark.parametrize("name", ["verify", "prune"])
def test_where_there_is_no_store_nothing_is_touched(tmp_path, said, name):
    with pytest.raises(FigureError, match="Det finns inget lager"):
        said(name, "--store", tmp_path)
    with pytest.raises(UserError, match="Ingen mapp och inget lager"):
        said(name)
    assert list(tmp_path.iterdir()) == []
