"""The process that every other is copied from: it has read the program and Django's list of our tables, and no records.

Read by the process that copies (see ``processes.py``); a copy reads the settings anew, from its own environment.
"""

import gc
import importlib
import os
import runpy
import sys
from pathlib import Path

SETTINGS = "vagvisare.web.settings"


def read():
    from vagvisare.web.records import load_django

    load_django()
    for name in ("pydantic", "vagvisare.cli", "vagvisare.web.backup", "vagvisare.web.restore", "vagvisare.web.urls"):
        importlib.import_module(name)


def become(words, env, cwd, places):
    """Be the program that was asked for, in a process just copied."""
    from django.db import connections

    gc.freeze()  # what every copy shares need not be looked through by each of them
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    for number, place in enumerate(places, 1):
        os.dup2(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    _forget_settings()
    try:
        _run(words)
    finally:
        connections.close_all()  # a Python that ends closes its database; a copy only stops


def _run(words):
    flag, what = (words[0], words[1]) if words[0] in {"-m", "-c"} else ("", words[0])
    sys.argv = [flag, *words[2:]] if flag else words
    if flag == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    elif flag:
        exec(what, {"__name__": "__main__"})  # noqa: S102  our own words, as Python's -c
    else:
        sys.path.insert(0, str(Path(what).parent))
        runpy.run_path(what, run_name="__main__")


def _forget_settings():
    from django.conf import settings
    from django.db import connections
    from django.utils.functional import empty

    sys.modules.pop(SETTINGS)
    settings._wrapped = empty
    connections.__dict__.pop("settings", None)
    connections.__init__()


read()
