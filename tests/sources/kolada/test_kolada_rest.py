"""One page is read at a time, and the cycle collector is as before afterwards, whatever happens inside."""

from __future__ import annotations

import gc
import threading

import pytest

from vagvisare.sources.kolada.rest import Rest


def test_the_collector_rests_inside_and_is_on_again_after_an_error():
    rest, seen = Rest(), []

    def failing():
        with rest:
            seen.append(gc.isenabled())
            raise ValueError("inside")

    for _ in range(2):
        with pytest.raises(ValueError, match="inside"):
            failing()
    assert seen == [False, False]
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        with Rest():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_threads_take_turns():
    rest, inside, most, done = Rest(), [], [], []

    def work():
        for _ in range(200):
            with rest:
                inside.append(1)
                most.append(len(inside))
                inside.pop()
        done.append(gc.isenabled() in {True, False})

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(done) == 4
    assert set(most) == {1}
    assert gc.isenabled()
