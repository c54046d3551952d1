"""Two browsers, a draft in records of its own, and a server that can be killed and started again on the same port."""

import importlib.util
import json
import os
import shutil
import socket
import sqlite3
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SHOTS = os.environ.get("VAGVISARE_SHOTS", "")
"""A folder for pictures of the pages, where somebody wants to look at them."""


def _loaded(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


browsers = _loaded(HERE.parents[1] / "whole" / "browser.py")
processes = _loaded(HERE.parent / "processes.py")
house = _loaded(HERE / "house.py")


def _run(records, url, *words, **more):
    environment = os.environ | {"DATABASE_URL": url}
    environment |= {"VAGVISARE_RECORDS": str(records), "VAGVISARE_SECRET_KEY": "påhittad hemlighet " * 3, **more}
    return processes.Process([HERE / "house.py", *words], environment)


class House:
    """The records in a file or in a database of their own (``url``), their people, and the server."""

    def __init__(self, folder, made, url):
        self.records, self.url = folder / "records.sqlite3", url
        if not url:
            shutil.copy(made / "records.sqlite3", self.records)
        told = json.loads((made / "told.json").read_text(encoding="utf-8"))
        self.people, self.nodes = told["people"], told["nodes"]
        self.mark = folder / "saved"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.draft = f"{self.address}/arbete/utkast/{house.DRAFT}/"
        self.server = None

    def start(self, slow=0):
        self.mark.unlink(missing_ok=True)
        self.server = _run(self.records, self.url, "serve", self.port, SLOW_SAVES=str(slow), SAVED_MARK=str(self.mark))
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return self
        raise AssertionError("the server did not start")

    def kill(self):
        """End the server as a power cut would: kill -9."""
        self.server.kill()
        self.server.wait()

    def ask(self, question, *told):
        if self.url:
            import psycopg

            with psycopg.connect(self.url) as records:
                return records.execute(question.replace("?", "%s"), told).fetchall()
        with sqlite3.connect(f"file:{self.records}?mode=ro", uri=True, timeout=20) as records:
            return records.execute(question, told).fetchall()

    def node(self, tail):
        """Return the address, uid, text and version of a node by the end of its address."""
        address = next(address for address in self.nodes if address.endswith(tail))
        uid = self.nodes[address]
        text, version = self.ask("SELECT text, version FROM revision_draftnode WHERE uid = ?", uid.replace("-", ""))[0]
        return {"address": address, "uid": uid, "text": text, "version": version}

    def wordings(self, tail):
        uid = self.node(tail)["uid"].replace("-", "")
        return [row[0] for row in self.ask(
            "SELECT w.text FROM revision_wording w JOIN revision_draftnode n ON n.id = w.node_id"
            " WHERE n.uid = ? ORDER BY w.version", uid)]  # fmt: skip


@pytest.fixture(scope="session")
def made(tmp_path_factory, another_database):
    """Return a folder with records of a size, and their database's address, made once: ``made(40)``."""
    known = {}

    def of(count):
        if count not in known:
            folder = tmp_path_factory.mktemp(f"records{count}")
            url = another_database()
            done = _run(folder / "records.sqlite3", url, "prepare", folder / "told.json", count)
            assert done.wait() == 0
            known[count] = folder, url
        return known[count]

    return of


@pytest.fixture
def opened(made, tmp_path, another_database):
    """Start a workspace on a draft of a size: ``opened()``, ``opened(400)``, ``opened(slow=5)``."""
    started = []

    def of(count=24, slow=0):
        folder, url = made(count)
        one = House(tmp_path, folder, another_database(url)).start(slow)
        started.append(one)
        return one

    yield of
    for one in started:
        one.kill()


@pytest.fixture(scope="module")
def browser():
    with browsers.browser() as running:
        yield running


@pytest.fixture
def enter(browser):
    """Open a browser of its own for somebody: ``enter(house, "anna")`` returns a page; a fault in a script fails."""
    contexts, faults = [], []

    def of(house, who, tail="", **options):
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        sign_in(context, house, who)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(house.draft + (f"?nod={house.node(tail)['address']}" if tail else ""))
        return page

    yield of
    for context in contexts:
        context.close()
    assert not faults, faults


def sign_in(context, house, who):
    session = house.people[who]["session"]
    context.add_cookies([{"name": "vagvisare", "value": session, "url": house.address + "/arbete/", "httpOnly": True}])


@pytest.fixture
def shot():
    """Keep a picture of a page, where somebody wants to look: ``shot(page, "name")``."""

    def of(page, name, *, whole=False):
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{SHOTS}/{name}.png", full_page=whole)

    return of
