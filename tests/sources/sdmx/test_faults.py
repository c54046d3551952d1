"""When an SDMX source or the network misbehaves: whole figures, or one sentence that says what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replies.sdmx import FLOW, Office
from replies.server import Response, Script
from vagvisare.sources.contract import Ask
from vagvisare.sources.errors import LimitedError, RefusedError, UnreachableError, UnreadableError
from vagvisare.sources.query import Dimension, Query, Role
from vagvisare.sources.sdmx import Sdmx
from vagvisare.terms.language import Language

ABOUT = "/dataflow/MADE.UP/DSD_TOWNS@DF_TOWNS/1.0"
DATA = f"/data/{FLOW}/.SWE+SE124._T.POP"
ASK = Ask(
    "towns",
    Query(
        FLOW,
        (
            Dimension("REF_AREA", Role.TERRITORY, ("@nation", "SE124")),
            Dimension("SEX", Role.SEX, ("_T",), ("T",)),
            Dimension("MEASURE", values=("POP",)),
            Dimension("TIME_PERIOD", Role.PERIOD),
        ),
    ),
)
PASSING = {
    "busy": Response(503, b"", headers={"Retry-After": "0"}),
    "limited": Response(429, b"", headers={"Retry-After": "0"}),
    "cut off": lambda answer: replace(answer, cut_after=300),
    "hung up": Response(hang_up=True),
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=list(PASSING))
@pytest.mark.parametrize("path", [ABOUT, DATA])
@pytest.mark.parametrize("form", ["csv2", "xml"])
def test_a_passing_fault_is_got_over(wire_to, fault, path, form):
    whole = Sdmx().fetch(ASK, wire_to(Office())).figures
    wire = wire_to(Script(Office(form=form), {path: {1: fault}}))
    assert Sdmx().fetch(ASK, wire).figures.to_pylist() == whole.to_pylist()
    assert path in wire.server.paths()


LASTING = {
    "busy": (Response(503, b""), UnreachableError),
    "limited": (Response(429, b"", headers={"Retry-After": "0"}), LimitedError),
    "a page": (Response(200, b"<!doctype html><title>Fel</title>", "text/html"), (UnreadableError, UnreachableError)),
    "half": (lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2 + 7]), UnreadableError),
    "something else": (Response.of({"errors": []}), UnreadableError),
    "nothing": (Response(200, b"", "text/csv"), UnreadableError),
    "too large": (Response(413, b"Too many observations", "text/plain"), RefusedError),
}


@pytest.mark.parametrize(("fault", "error"), LASTING.values(), ids=list(LASTING))
@pytest.mark.parametrize("path", [ABOUT, DATA])
def test_a_lasting_fault_is_one_sentence_in_both_languages(wire_to, fault, error, path):
    with pytest.raises(error) as caught:
        Sdmx().fetch(ASK, wire_to(Script(Office(), {path: {0: fault}}), tries=2))
    for language in Language:
        assert "127.0.0.1" in caught.value.message(language)
        assert caught.value.remedy.to(language)
