"""A browser and a site for the tests that look at pages the way readers do.

Loaded by path from the test modules. Without a Chromium the tests are skipped, loudly; where
``VAGVISARE_REQUIRE_BROWSER=1`` is set they fail instead.
"""

import functools
import http.server
import os
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 60_000
# What asks something of a page, or does something to it, at once; an ``expect`` asks again by itself.
LOOKS = (
    *("all", "all_inner_texts", "all_text_contents", "bounding_box", "count", "evaluate", "evaluate_all"),
    *("get_attribute", "inner_html", "inner_text", "input_value", "is_checked", "is_visible", "text_content"),
    *("check", "clear", "click", "dblclick", "drag_to", "fill", "focus", "hover", "press", "press_sequentially"),
    *("screenshot", "select_option", "set_checked", "set_input_files", "tap", "uncheck"),
)


def chromium(playwright):
    """Return the path of a Chromium: one that is installed, else Playwright's own; None when there is neither."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    own = playwright.chromium.executable_path
    return found or (own if Path(own).exists() else None)


def _patient(kind, name, page_of):
    """Return a way of looking or pressing that waits, as a person does, until the page stands still.

    A page can be asked before its style sheet and scripts have come: what they hide then counts as shown, and what
    they do on a key is not done.
    """
    usual = getattr(kind, name)

    @functools.wraps(usual)
    def waiting(self, *arguments, **options):
        page_of(self).wait_for_load_state("load")
        return usual(self, *arguments, **options)

    return waiting


def _unhurried(page):
    page.set_default_timeout(PATIENCE)
    return page


@contextmanager
def _patience():
    """For as long as the block lasts no page is looked at or pressed before all of it is there.

    It may take its time: a loaded machine is slow, not wrong.
    """
    from playwright.sync_api import BrowserContext, Locator, Page, expect

    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch:
        for name in LOOKS:
            patch.setattr(Locator, name, _patient(Locator, name, lambda locator: locator.page))
        for name in ("content", "evaluate", "screenshot", "title"):
            patch.setattr(Page, name, _patient(Page, name, lambda page: page))
        usual = BrowserContext.new_page
        patch.setattr(BrowserContext, "new_page", lambda context: _unhurried(usual(context)))
        yield


@contextmanager
def browser():
    """Open a browser for as long as the block lasts."""
    from playwright.sync_api import sync_playwright

    with _patience(), sync_playwright() as playwright:
        path = chromium(playwright)
        if path is None:
            words = "NO CHROMIUM HERE: the browser tests are not run. Debian: apt-get install chromium."
            if os.environ.get("VAGVISARE_REQUIRE_BROWSER") == "1":
                pytest.fail(words)
            pytest.skip(words)
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield opened
        finally:
            opened.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words):
        """Keep the test's output to the test's own words."""


@contextmanager
def served(folder):
    """Serve a folder of files on a free port of this machine; the block gets the address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
