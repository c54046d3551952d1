"""How a source describes a dataflow: its dimensions in the order of the key, and the codes of each."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from types import ModuleType
from typing import Any

from vagvisare.sources.contract import Axis, Found
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.sdmx.wording import no_flow, not_installed, not_sdmx, unsafe
from vagvisare.sources.wire import Reply
from vagvisare.terms.language import Text

MOST_XML = 60_000_000
"""Bytes of one message in XML; its tree takes many times the room."""

MOST_CODES = 500_000

_FLOW = re.compile(
    r"^(?P<agency>[A-Za-z][\w.-]{0,99}),(?P<flow>[\w@$-]{1,150})(?:,(?P<version>[\w.+*]{1,30}))?$", re.ASCII
)
_UNSAFE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']", re.IGNORECASE)
_PLAIN_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1"})


@dataclass(frozen=True, slots=True)
class Flow:
    """A dataflow by name; ``version`` is ``latest`` where the definition does not say."""

    agency: str
    flow: str
    version: str

    @classmethod
    def of(cls, table: str) -> Flow:
        """Read ``AGENCY,FLOW,VERSION`` or ``AGENCY,FLOW``.

        Raises:
            RefusedError: when it is neither.
        """
        found = _FLOW.match(table.strip())
        if found is None:
            raise no_flow(table)
        return cls(found["agency"], found["flow"], found["version"] or "latest")

    @property
    def name(self) -> str:
        """The name as data are asked for."""
        return ",".join(part for part in (self.agency, self.flow, self.version) if part != "latest")

    @property
    def address(self) -> str:
        """The address of its description."""
        return f"dataflow/{self.agency}/{self.flow}/{self.version}"


@dataclass(frozen=True, slots=True)
class Structure:
    """A dataflow as described. ``axes`` are its dimensions in the order of the key, without time, named ``time``.

    ``definition`` is what sdmx1 made of the structure, to read figures in SDMX-ML by.
    """

    title: str
    description: str
    axes: tuple[Axis, ...]
    time: str
    definition: Any = None


def structure(reply: Reply, flow: Flow) -> Structure:
    """Read the description of a dataflow with its data structure and code lists.

    Raises:
        UnreadableError: when it is none, or unsafe.
        SourceError: when sdmx1 is not installed.
    """
    message = read_xml(reply)
    try:
        found = message.dataflow.get(flow.flow) or next(iter(message.dataflow.values()))
        definition = found.structure
        times = [each.id for each in definition.dimensions.components if type(each).__name__ == "TimeDimension"]
        axes = tuple(_axis(each) for each in definition.dimensions.components if each.id not in times)
        told = Structure(_plain(found.name), _plain(found.description), axes, "".join(times[:1]), definition)
    except UnreadableError:
        raise
    except Exception:  # noqa: BLE001 whatever a message lacks, it is not what was promised
        raise not_sdmx(reply.url) from None
    if not told.axes or not told.time:
        raise UnreadableError.of(
            reply.url, Text("Strukturen saknar dimensioner eller tid.", "The structure lacks dimensions or time.")
        )
    if sum(len(axis.categories) for axis in axes) > MOST_CODES:
        raise UnreadableError.of(
            reply.url, Text("Kodlistorna är orimligt stora.", "The code lists are unreasonably large.")
        )
    return told


def flows(reply: Reply) -> Iterable[Found]:
    """Read a list of dataflows.

    Raises:
        UnreadableError: when it is none, or unsafe.
        SourceError: when sdmx1 is not installed.
    """
    message = read_xml(reply)
    try:
        return [
            Found("", f"{each.maintainer.id},{each.id},{each.version}", _plain(each.name) or each.id)
            for each in message.dataflow.values()
        ]
    except Exception:  # noqa: BLE001 as above
        raise not_sdmx(reply.url) from None


def read_xml(reply: Reply, definition: Any = None) -> Any:
    """Read a message in SDMX-ML with sdmx1, after a look at whether it is safe to.

    No SDMX message has a document type or entities, so one that does is refused before any parser sees it: nothing in
    it can then point at a file, an address or itself.

    Raises:
        UnreadableError: when it is no such message, unsafe or unreasonably large.
        SourceError: when sdmx1 is not installed.
    """
    body = reply.body
    if len(body) > MOST_XML:
        raise UnreadableError.of(reply.url, Text("Svaret är orimligt stort.", "The answer is unreasonably large."))
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise not_sdmx(reply.url)
    encoding = _ENCODING.search(body[:400])
    if _UNSAFE.search(body) or b"\x00" in body[:400] or (encoding and encoding[1].lower() not in _PLAIN_ENCODINGS):
        raise unsafe(reply.url)
    sdmx = _sdmx1()
    try:
        return sdmx.read_sdmx(BytesIO(body), format="XML", **({"structure": definition} if definition else {}))
    except Exception:  # noqa: BLE001 sdmx1 has no one error for a message that is none
        raise not_sdmx(reply.url) from None


def _sdmx1() -> ModuleType:
    try:
        import sdmx  # noqa: PLC0415 an optional extra
    except ImportError:
        raise not_installed() from None
    # What it finds odd in a message is no matter of whoever runs a fetch; what it cannot read we say ourselves.
    logging.getLogger("sdmx").setLevel(logging.CRITICAL)
    return sdmx


def _axis(dimension: Any) -> Axis:
    representation = dimension.local_representation or dimension.concept_identity.core_representation
    listed = getattr(representation, "enumerated", None)
    codes = listed.items.values() if listed is not None else ()
    label = _plain(dimension.concept_identity.name) if dimension.concept_identity is not None else ""
    return Axis(dimension.id, label or dimension.id, tuple((code.id, _plain(code.name) or code.id) for code in codes))


def _plain(name: Any) -> str:
    """Return an international string in English, or in whatever language there is."""
    said = dict(getattr(name, "localizations", {}) or {})
    return str(said.get("en") or next(iter(said.values()), ""))
