"""Several write one node in the same moment, with a database of their own: a SQLite file, or PostgreSQL."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

RACING = Path(__file__).with_name("racing.py")
WORDS = ["ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def raced(request, tmp_path_factory):
    """Return what the race told."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"DJANGO_SETTINGS_MODULE": "vagvisare.web.settings"}
    env |= {"VAGVISARE_RECORDS": str(tmp_path_factory.mktemp("race") / "records.sqlite3")}
    if request.param == "sqlite":
        yield _run(env)
        return
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        pytest.skip("DATABASE_URL names no PostgreSQL")
    import psycopg

    name, plain = f"race_{uuid.uuid4().hex[:12]}", url.partition("?")[0]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield _run(env | {"DATABASE_URL": f"{plain.rpartition('/')[0]}/{name}{url[len(plain) :]}"})
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(env):
    done = subprocess.run(
        [sys.executable, str(RACING)], env=env, capture_output=True, text=True, check=False, timeout=180
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_of_the_same_word_one_stands_and_every_other_waits_in_a_clash(raced):
    told = raced["same"]
    assert sorted(told["answers"]) == ["clash", "clash", "clash", "saved"]
    everything = " ".join([told["text"], *told["clashes"]])
    assert all(f"eget{number}" in everything for number in range(4))
    assert (told["version"], len(told["wordings"]), len(told["clashes"])) == (2, 2, 3)


def test_other_words_all_come_into_the_text(raced):
    told = raced["other"]
    assert sorted(told["answers"]) == ["merged", "merged", "merged", "saved"]
    expected = list(WORDS)
    for number in reversed(range(4)):
        expected.insert(number * 3 + 1, f"nytt{number}")
    assert told["text"].split() == expected
    assert [version for version, _ in told["wordings"]] == [1, 2, 3, 4, 5]
    assert told["clashes"] == []


def test_one_save_sent_four_times_is_kept_once(raced):
    told = raced["ticket"]
    assert told["answers"] == ["saved"] * 4
    assert (told["version"], len(told["wordings"])) == (2, 2)


def test_a_word_that_four_put_in_the_list_of_terms_at_once_is_there_once(raced):
    told = raced["term"]
    assert sorted(told["answers"]) == ["added", "there", "there", "there"]
    assert told["terms"] == ["rattviksnatet"]


def test_two_who_move_under_each_other_make_no_circle(raced):
    answers = raced["circle"]["answers"]
    assert "moved" in answers
    assert sum(answer == "moved" or "kan inte ligga under sig själv" in answer for answer in answers) == 2
    assert answers != ["moved", "moved"]
    assert raced["circle"]["roots"] == 7


def test_writing_turning_and_talking_do_not_stop_each_other(raced):
    told = raced["everything"]
    assert told["answers"] == ["done"] * 4
    for letter, text in zip("ab", told["texts"], strict=False):
        assert text.split()[len(WORDS) :] == [f"{letter}{turn}" for turn in range(6)]
    assert told["texts"][2].split() == WORDS[:5]


def test_no_word_is_saved_beside_a_seal(raced):
    told = raced["sealed"]
    assert told["answers"] == ["refused"] * 3
    assert told["sealed"] == told["stands"]
    assert any(" x" in text for text in told["sealed"].values())


def test_the_trail_holds(raced):
    assert raced["trail"] is None
