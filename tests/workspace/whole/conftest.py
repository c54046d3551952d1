"""The site and the workspace as a region runs them: a copy of the folder, records of its own, a server, browsers."""

import os
import re
import runpy
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

browser_of = runpy.run_path(str(Path(__file__).parents[2] / "whole" / "browser.py"))["browser"]
FOLDER = Path(__file__).parents[3] / "strategies" / "orebro"
LEFT_OUT = ("DATABASE_URL", "VAGVISARE_LANG", "VAGVISARE_STORE", "VAGVISARE_RECORDS")
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
WIDTHS = (1280, 360)
SHOTS = os.environ.get("VAGVISARE_SHOTS", "")
"""A folder for pictures of the pages, where somebody wants to look at them."""


class Region:
    """A strategy folder, its records beside it or in a database of their own, and a server on a port of its own."""

    def __init__(self, place, url):
        self.folder = place / "orebro"
        shutil.copytree(FOLDER, self.folder, ignore=shutil.ignore_patterns("vintages", "records"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.env = {key: value for key, value in os.environ.items() if key not in LEFT_OUT}
        self.env |= {"PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore"} | ({"DATABASE_URL": url} if url else {})
        self.running = None

    def vagvisare(self, *words):
        """Run a command as a person would, and return what it printed."""
        command = [sys.executable, "-m", "vagvisare", *map(str, words)]
        done = subprocess.run(
            command, env=self.env, cwd=self.folder.parent, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def invited(self, address, name, *roles):
        """Let somebody in from the machine itself; return their one-time link."""
        given = [part for role in roles for part in ("--role", role)]
        told = self.vagvisare("user", "add", address, "--name", name, *given, "--folder", self.folder,
                              "--site", self.address)  # fmt: skip
        return re.search(rf"{self.address}\S+", told)[0]

    def serve(self):
        command = [sys.executable, "-m", "vagvisare", "serve", str(self.folder), "--port", str(self.port)]
        self.running = subprocess.Popen(
            command, env=self.env, cwd=self.folder.parent, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        told = ""
        for line in self.running.stdout:
            told += line
            if line.startswith("Vägvisare: "):
                return
        raise AssertionError(told)

    def stop(self):
        self.running.send_signal(signal.SIGTERM)
        try:
            self.running.wait(20)
        finally:
            self.running.kill()
            self.running.stdout.close()


@pytest.fixture
def region(tmp_path, another_database):
    made = Region(tmp_path, another_database())
    yield made
    if made.running is not None:
        made.stop()


@pytest.fixture
def visit(region):
    """Open a browser of somebody's own: ``visit()`` returns a page; a fault in a script fails the test."""
    faults = []
    with browser_of() as running:

        def made(width=1280):
            context = running.new_context(base_url=region.address, locale="sv-SE",
                                          viewport={"width": width, "height": 900})  # fmt: skip
            page = context.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda told: faults.append(told.text) if "Content Security" in told.text else None)
            return page

        yield made
    assert faults == []


@pytest.fixture
def looked_at():
    """Let axe look at a page as it stands, wide and narrow: ``looked_at(page, "name")``."""
    from axe_playwright_python.sync_playwright import Axe

    def at(page, name):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
            assert found.response["violations"] == [], f"{name} {width}: {found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            if SHOTS:
                page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})

    return at
