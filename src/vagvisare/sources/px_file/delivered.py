"""A PX file as an answer: every figure, or those that a query asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from vagvisare.sources.arrange import Long
from vagvisare.sources.contract import Shape
from vagvisare.sources.px_file.table import Variable, read_table
from vagvisare.sources.pxweb import v1_selection
from vagvisare.sources.pxweb.v1_selection import Selection, select
from vagvisare.sources.query import Query


def read_px(raw: bytes, name: str, query: Query | None = None) -> tuple[Long, Shape]:
    """Read a PX file: cells with the codes of their variables, and the table's shape.

    Without a query every cell is there. With one, the codes it asks for; of a variable that it does not name, the value
    that the file says stands for all of them (ELIMINATION), or its only one. A query may name a variable by its code or
    by its name in the file.

    Args:
        raw: the file.
        name: what to call it in sentences.
        query: what is asked of it.

    Raises:
        UnreadableError: when it is no PX file or a broken one; the sentence names the line.
        RefusedError: when the query names what the file does not have, or does not name what it must.
    """
    table = read_table(raw, name)
    if query is None:
        return table.long(), table.shape()
    variables = _called(table.variables, query)
    chosen = select(replace(query, table=name), [_asked(variable) for variable in variables])
    table = replace(table, variables=tuple(variables))
    return _only(table.long(), chosen), table.shape()


def _called(variables: Sequence[Variable], query: Query) -> list[Variable]:
    """Return the variables under the codes that the query knows them by."""
    named = {dimension.code for dimension in query.dimensions}
    return [
        replace(variable, code=variable.name) if variable.code not in named and variable.name in named else variable
        for variable in variables
    ]


def _asked(variable: Variable) -> v1_selection.Variable:
    categories = tuple(zip(variable.codes, variable.labels, strict=True))
    return v1_selection.Variable(
        variable.code, variable.name, categories, eliminable=bool(variable.total), total=variable.total
    )


def _only(long: Long, chosen: Selection) -> Long:
    """Return the rows whose every code was chosen."""
    kept = np.ones(len(long.values), bool)
    for code, column in long.codes.items():
        wanted = frozenset(chosen[code])
        of_code = np.array([each in wanted for each in column.dictionary.to_pylist()], bool)
        kept &= of_code[column.indices.to_numpy()]
    mask = pa.array(kept)
    codes = {code: column.filter(mask) for code, column in long.codes.items()}
    return Long(codes, long.values.filter(mask), None if long.status is None else long.status.filter(mask))
