"""Power cuts, full disks and two at once: an edition is there whole, or the earlier one is."""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "vagvisare", "follow-up", str(ROOT / "strategies" / "orebro"), "--out"]
PARTS = ("site", "deck", "data")


def publish(out, **options):
    return subprocess.run([*COMMAND, str(out)], capture_output=True, text=True, check=False, timeout=300, **options)


def listing(out):
    return {str(p.relative_to(out)): p.stat().st_size for part in PARTS for p in (out / part).rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """One edition, published undisturbed."""
    out = tmp_path_factory.mktemp("whole") / "orebro"
    assert publish(out).returncode == 0
    return out


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """What two who published into the same place at once left there, and how they ended."""
    out = tmp_path_factory.mktemp("both") / "orebro"
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(publish, [out, out]))
    return out, [each.returncode for each in done]


def test_kill_minus_nine_leaves_no_half_edition(whole, tmp_path):
    rng = random.Random(20220617)
    wanted = listing(whole)
    for _ in range(4):
        out = tmp_path / f"killed-{rng.random()}"
        with subprocess.Popen([*COMMAND, str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(rng.uniform(0.5, 7))
            process.send_signal(signal.SIGKILL)
        present = [part for part in PARTS if (out / part).exists()]
        for part in present:
            own = {name: size for name, size in wanted.items() if name.startswith(part + "/")}
            assert {str(p.relative_to(out)) for p in (out / part).rglob("*") if p.is_file()} == set(own)
    after = publish(out)
    assert after.returncode == 0, after.stderr
    assert listing(out) == wanted


def test_a_full_disk_is_said_and_the_earlier_edition_stands(whole, tmp_path):
    out = tmp_path / "full"
    shutil.copytree(whole, out)
    (out / ".made-from").write_text("another day")
    before = listing(out)

    def no_file_above_forty_kilobytes():
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    refused = publish(out, preexec_fn=no_file_above_forty_kilobytes)
    assert refused.returncode == 6
    assert "Traceback" not in refused.stderr
    assert "orörd" in refused.stderr
    assert listing(out) == before
    assert not [p for p in out.iterdir() if p.name.startswith(".writing-")]


def test_a_folder_that_may_not_be_written_to_is_said(tmp_path):
    taken = tmp_path / "a-file"
    taken.write_text("mine")
    refused = publish(taken)
    assert refused.returncode == 6
    assert "Traceback" not in refused.stderr
    assert taken.read_text() == "mine"


def test_two_publishing_at_once_leave_one_whole_edition(whole, both):
    out, codes = both
    assert 0 in codes
    assert listing(out) == listing(whole)
    assert publish(out).returncode == 0


def test_the_same_material_gives_the_same_bytes(whole, both):
    out, _ = both
    for part in PARTS:
        for path in sorted((whole / part).rglob("*")):
            if path.is_file():
                assert path.read_bytes() == (out / part / path.relative_to(whole / part)).read_bytes(), path.name


def test_every_link_in_the_site_leads_somewhere(whole):
    broken = []
    site = whole / "site"
    pages = [page for page in site.rglob("*.html") if page.name != "404.html"]  # served at any depth: absolute links
    for page in pages:
        for target in re.findall(r'(?:href|src)="([^"#?]+)', page.read_text(encoding="utf-8")):
            place = (page.parent / target).resolve()
            if ":" not in target and not (place.is_file() or (place / "index.html").is_file()):
                broken.append(f"{page.relative_to(site)} → {target}")
    assert broken == []


def test_a_closed_pipe_is_no_error():
    script = f"{' '.join(COMMAND[:-1])} | head -1"
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=False, env=os.environ)
    assert "Traceback" not in done.stderr
