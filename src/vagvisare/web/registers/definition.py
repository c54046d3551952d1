"""What a register is: its names, its columns, and what each column holds. Everything else follows from this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import cached_property
from typing import Any

from vagvisare.strategy_folder.names import REGISTER_FILES, TABLE_NAMES
from vagvisare.terms.language import Language, Text

NOTHING = Text("", "")


class Kind(StrEnum):
    """What a column holds, and so how it is shown, edited, filtered, written to a sheet and read back."""

    WORDS = "words"
    LONG = "long"
    CHOICE = "choice"
    DAY = "day"
    DATE = "date"
    SOURCE = "source"
    YES_NO = "yes_no"
    NUMBER = "number"
    LINES = "lines"
    REF = "ref"
    REFS = "refs"
    NODE = "node"
    NODES = "nodes"
    ROWS = "rows"


SEVERAL = frozenset({Kind.LINES, Kind.REFS, Kind.NODES, Kind.ROWS})
"""Kinds that hold a list, one thing a line."""

WORDING = frozenset({Kind.WORDS, Kind.LONG, Kind.LINES})
"""Kinds that hold somebody's own words."""

ADDRESSES = frozenset({Kind.NODE, Kind.NODES})
"""Kinds that hold addresses of the strategy's nodes."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a register's value.

    ``choices`` are the words a choice is made among, with their names; ``open_choices`` may be added to. ``register``
    is the one a reference points into (a reference to an actor may also be words, where ``free``). ``parts`` are the
    columns of a list of rows. ``optional`` may be left empty though the folder always writes it. ``listed`` columns
    stand in the table; the others on the entry's own page.
    """

    field: str
    kind: Kind
    label: Text
    help: Text = NOTHING
    choices: tuple[tuple[str, Text], ...] = ()
    register: str = ""
    free: bool = False
    parts: tuple[Column, ...] = ()
    listed: bool = False
    filtered: bool = False
    required: bool = False
    optional: bool = False

    @property
    def name(self) -> str:
        """The name the folder's plain form gives the field."""
        return TABLE_NAMES.get(self.field, self.field) if self.kind is Kind.ROWS else self.field

    @property
    def swedish(self) -> bool:
        """Whether it holds words of the strategy's own language: no translation, and no address of the web."""
        return self.kind in WORDING and self.field not in ("english", "link") and not self.field.endswith("_en")

    @property
    def several(self) -> bool:
        """Whether it holds a list."""
        return self.kind in SEVERAL

    def choice(self, value: str, language: Language) -> str:
        """Return the name of a choice; one that has none is called what it is."""
        named = dict(self.choices).get(value)
        return named.to(language) if named else value


@dataclass(frozen=True)
class Definition:
    """One register.

    ``one`` is what an entry is called in a sentence (with its article in Swedish: "medskicket"). ``named_by`` are the
    columns that an entry is known by, first those that have something. ``empty`` teaches what belongs in the register.
    A ``sealed`` register is only read here: what is in it is issued where the editions are.
    """

    key: str
    name: Text
    one: Text
    lead: Text
    empty: Text
    columns: tuple[Column, ...]
    named_by: tuple[str, ...]
    sealed: bool = False
    key_from: Callable[[dict[str, object]], str] | None = None

    @property
    def need(self) -> str:
        """What a person needs to change it."""
        return f"registers.{self.key}.change"

    @property
    def value(self) -> type:
        """The type of its values."""
        return REGISTER_FILES[self.key][2]

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by the names of the plain form."""
        return {column.name: column for column in self.columns}

    @property
    def listed(self) -> tuple[Column, ...]:
        """The columns of the table."""
        return tuple(column for column in self.columns if column.listed)

    @property
    def filtered(self) -> tuple[Column, ...]:
        """The columns that can be filtered on."""
        return tuple(column for column in self.columns if column.filtered)

    @cached_property
    def usual(self) -> dict[str, str]:
        """What a field means that is left out because it is as it usually is ("status": "open")."""
        return {f.name: f.default for f in fields(self.value) if isinstance(f.default, str) and f.default}

    def full(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return an entry's content with what is usual filled in, as people read it."""
        return {**self.usual, **content}

    @cached_property
    def may_be_empty(self) -> frozenset[str]:
        """Names of the fields that may be left out."""
        has_default = {f.name for f in fields(self.value) if f.default is not MISSING}
        return frozenset(c.name for c in self.columns if c.field in has_default or c.kind is Kind.ROWS)


def required(definition: Definition, column: Column) -> bool:
    """Tell whether a column must hold something."""
    return column.required or not (column.optional or column.name in definition.may_be_empty)
