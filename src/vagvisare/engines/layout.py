"""The shape of what goes in and what comes out: columns, their types, and the words of every code.

In: a folder of Parquet files with one figure a row (``indicator``, ``territory``, ``sex``, optionally ``background``,
``period``, ``value``), in strictly increasing order of indicator, territory, sex, background and period, and beside
them ``contracts.parquet`` with one row an indicator. Out: Parquet with one row a series.
"""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa

from vagvisare.assessment.judgement import GapVerdict

CONTRACTS_FILE = "contracts.parquet"
NOTE = "note"
"""Key of the remark in a file's metadata that follows the figures into everything made of them."""

KEYS = ("indicator", "territory", "sex", "background")
OPTIONAL = "background"
FIGURES = (*KEYS, "period", "value")
SEXES = ("T", "K", "M")
FIRST_YEAR, LAST_YEAR = 1700, 2200
"""The years a figure can speak of, as ``terms.period`` has it."""

WORDS = pa.dictionary(pa.int32(), pa.string())
SHORT_WORDS = pa.dictionary(pa.int8(), pa.string())


class Column(NamedTuple):
    """A column of the result: its Arrow type, and what it holds in plain words."""

    name: str
    type: pa.DataType
    holds: str


JUDGED = (
    Column("indicator", WORDS, "the indicator"),
    Column("territory", WORDS, "00 riket, two digits a county, four a municipality"),
    Column("sex", WORDS, "T everybody, K women, M men"),
    Column("background", WORDS, "the group, empty for everybody"),
    Column("period", pa.int16(), "year of the latest figure"),
    Column("value", pa.float64(), "the latest figure, in the indicator's own unit"),
    Column("points", pa.int16(), "how many figures the trend was judged on"),
    Column("scale", SHORT_WORDS, "model scale the trend was judged on"),
    Column("verdict", SHORT_WORDS, "the verdict on the trend"),
    Column("movement", SHORT_WORDS, "which way the figure moves"),
    Column("reason", SHORT_WORDS, "why the verdict is what it is"),
    Column("slope", pa.float64(), "Theil–Sen slope a year, on the model scale"),
    Column("slope_low", pa.float64(), "lower end of its 95 % interval"),
    Column("slope_high", pa.float64(), "upper end of its 95 % interval"),
    Column("p", pa.float64(), "two-sided probability by the Mann–Kendall test"),
    Column("level_start", pa.float64(), "the robust line at the first year of the window, own unit"),
    Column("level_end", pa.float64(), "the robust line at the last year of the window, own unit"),
    Column("change", pa.float64(), "level_end minus level_start"),
    Column("change_low", pa.float64(), "lower end of the change's 90 % interval"),
    Column("change_high", pa.float64(), "upper end of the change's 90 % interval"),
    Column("run_movement", SHORT_WORDS, "which way the latest changes went, one after the other"),
    Column("run_length", pa.int16(), "how many changes in a row went that way"),
    Column("run_since", pa.int16(), "the year before the first of them"),
    Column("reversal", SHORT_WORDS, "size of a latest change that goes against the trend; empty where none does"),
    Column("reversal_change", pa.float64(), "that change, own unit"),
    Column("pace", SHORT_WORDS, "the pace towards the target; empty where none is declared"),
    Column("pace_needed", pa.float64(), "change needed a year from level_end to the target"),
    Column("pace_achieved", pa.float64(), "change achieved a year"),
    Column("pace_low", pa.float64(), "lower end of its 95 % interval"),
    Column("pace_high", pa.float64(), "upper end of its 95 % interval"),
    Column("pace_ratio", pa.float64(), "achieved over needed, on the model scale"),
    Column("gap_period", pa.int16(), "latest year with figures for both women and men (on the total's row)"),
    Column("gap", pa.float64(), "women minus men in that year"),
    Column("gap_first_period", pa.int16(), "first year of the window the gap was judged on"),
    Column("gap_first", pa.float64(), "women minus men in that year"),
    Column("gap_verdict", SHORT_WORDS, "what the distance between women and men does"),
    Column("gap_p", pa.float64(), "two-sided probability of the distance's trend"),
    Column("levelling_down", pa.bool_(), "the gap shrinks because the better-off group gets worse"),
)
"""What is judged from an indicator's own rows in one territory: one row a series."""

PEERS = (
    Column("rank_counties", pa.int16(), "place among the counties, best first; ties share the better place"),
    Column("of_counties", pa.int16(), "how many counties have a figure the same year"),
    Column("rank_municipalities", pa.int16(), "place among the municipalities of the country"),
    Column("of_municipalities", pa.int16(), "how many municipalities have a figure the same year"),
    Column("tied", pa.int16(), "how many share the place, this one included"),
    Column("nation", pa.float64(), "riket's figure the same year"),
    Column("nation_difference", pa.float64(), "the latest figure minus riket's"),
)
"""What needs the other territories' figures."""

RESULT = (*JUDGED, *PEERS)

GAPS = tuple(GapVerdict)


def schema(columns: tuple[Column, ...] = RESULT, note: str = "") -> pa.Schema:
    """Return the Arrow schema of ``columns``; ``note`` is the remark that follows synthetic figures."""
    fields = [pa.field(column.name, column.type, metadata={"holds": column.holds}) for column in columns]
    return pa.schema(fields, metadata={NOTE: note} if note else None)
