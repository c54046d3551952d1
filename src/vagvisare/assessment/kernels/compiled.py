"""The compiled code of the fast path: sixteen series side by side through every step. Imported only where it is used.

A block is (n, LANES): row t holds point t of sixteen series, one a lane, all rows one after the other in one array.
Loops run along rows, so that one instruction works on eight series at a time.

Compiled code is kept on disk until this file changes. Everything it is made of therefore stands here, and the numbers
of the method come in as ``Rules``: code kept from before a change elsewhere would go on giving yesterday's answers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
from numba.extending import intrinsic

from vagvisare.assessment.kernels.network import KINDS, ROWS, Tiles
from vagvisare.assessment.kernels.shapes import Floats

ir: Any = import_module("llvmlite.ir")  # numba's own compiler, which carries no types

Function = TypeVar("Function", bound=Callable[..., object])

LANES = 16
"""How many series stand side by side: two registers of eight, or four of four where registers are shorter."""

_ALIGNED = 64
_REGISTER = 8

S, VARIANCE, P, EXACT, RHO, INFLATION, SLOPE, LOW, HIGH, LOW_90, HIGH_90, START, END = range(13)
"""The rows of the array the answers are written in."""

TO_LOOK_UP = 2.0
"""In the row EXACT: the probability is to be looked up among those of figures with ties."""


class Rules(NamedTuple):
    """The numbers of the method; each is described where ``reference`` defines it."""

    prior_rho: float
    prior_weight: float
    highest_rho: float
    annual_rho: float
    no_inflation: float
    always_exact: int
    z_95: float
    z_90: float


def compiled(function: Function) -> Function:
    """Compile a function at its first call; it lets other threads run, and is kept on disk for the next process.

    The compiled code stands beside this file, or in the user's own cache folder where this one cannot be written; where
    neither can be, it is compiled anew in each process.
    """
    try:
        return cast("Function", numba.njit(nogil=True, cache=True, error_model="numpy")(function))
    except RuntimeError:
        return cast("Function", numba.njit(nogil=True, error_model="numpy")(function))


def _sort_tile(_typing: Any, rows: Any, tiles: Any, tile: Any) -> Any:
    """Fetch eight rows, take them through the rounds of their kind, and put them back.

    ``rows`` is one array that begins on a cache line; row ``tile`` of ``tiles`` has the kind and the places where the
    eight rows begin. Written as vector loads, lowests, highests and vector stores: LLVM cannot tell by itself that rows
    of one array never overlap, and would compare one series at a time.
    """

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data, plan = (
            context.make_array(kind)(context, builder, argument).data
            for kind, argument in zip(signature.args[:2], arguments[:2], strict=True)
        )
        whole, vector = ir.IntType(64), ir.VectorType(ir.DoubleType(), _REGISTER).as_pointer()
        first = builder.mul(arguments[2], ir.Constant(whole, 1 + ROWS))
        numbers = [
            builder.load(builder.gep(plan, [builder.add(first, ir.Constant(whole, k))])) for k in range(1 + ROWS)
        ]
        places = [builder.zext(number, whole) for number in numbers[1:]]
        done = builder.append_basic_block("done")
        choice = builder.switch(numbers[0], done)
        for kind, pairs in enumerate(KINDS):
            block = builder.append_basic_block(f"kind{kind}")
            choice.add_case(ir.Constant(ir.IntType(32), kind), block)
            builder.position_at_end(block)
            for lane in range(0, LANES, _REGISTER):
                at = [builder.gep(data, [builder.add(place, ir.Constant(whole, lane))]) for place in places]
                _sort_registers(builder, [builder.bitcast(each, vector) for each in at], pairs)
            builder.branch(done)
        builder.position_at_end(done)
        return context.get_dummy_value()

    return numba.void(rows, tiles, tile), code


def _sort_registers(builder: Any, places: list[Any], pairs: tuple[tuple[int, int], ...]) -> None:
    """Write the code that fetches one register a row, puts pairs of them in order, and puts them back."""
    held = [builder.load(place, align=_ALIGNED) for place in places]
    for low, high in pairs:
        a, b = held[low], held[high]
        held[low] = builder.select(builder.fcmp_ordered("<", a, b), a, b)
        held[high] = builder.select(builder.fcmp_ordered(">", a, b), a, b)
    for place, register in zip(places, held, strict=True):
        builder.store(register, place, align=_ALIGNED)


sort_tile: Any = intrinsic(_sort_tile)


def _aligned_rows(rows: int) -> Floats:
    """Return room for so many rows of LANES numbers, beginning on a cache line."""
    room = np.empty(rows * LANES + 8)
    begin = (-room.ctypes.data // 8) % 8
    return room[begin : begin + rows * LANES]


aligned_rows = compiled(_aligned_rows)


def _sort_rows(rows: Floats, tiles: Tiles) -> None:
    """Sort every lane, lowest in the first row; the row after the last is filled to stand for those there are not."""
    rows[len(rows) - LANES :] = np.inf
    for tile in range(len(tiles)):
        sort_tile(rows, tiles, tile)


sort_rows = compiled(_sort_rows)


def _side_by_side(block: Floats, first: int, rows: Floats) -> None:
    """Lay LANES series from ``first`` on side by side; the last series stands in for those that are missing."""
    m, n = block.shape
    for lane in range(LANES):
        series = min(first + lane, m - 1)
        for t in range(n):
            rows[t * LANES + lane] = block[series, t]


side_by_side = compiled(_side_by_side)


def _all_slopes(times: Floats, y: Floats, slopes: Floats, n: int) -> None:
    """Write the slope between every pair of points, pairs of neighbours first."""
    place = 0
    for apart in range(1, n):
        step, count = apart * LANES, (n - apart) * LANES
        here, later, since, until = y[:count], y[step:], times[:count], times[step:]
        out = slopes[place : place + count]
        for k in range(len(out)):
            out[k] = (later[k] - here[k]) / (until[k] - since[k])
        place += count


all_slopes = compiled(_all_slopes)


def _count_pairs(values: Floats, higher: Floats, equal: Floats, n: int) -> None:
    """Count, per point, how many later points are higher less lower, and how many earlier points are equal."""
    for k in range(n * LANES):
        higher[k] = 0.0
        equal[k] = 0.0
    for apart in range(1, n):
        step = apart * LANES
        later, same = values[step:], equal[step:]
        for k in range(len(later)):
            up, down = later[k] > values[k], later[k] < values[k]
            higher[k] += (1.0 if up else 0.0) - (1.0 if down else 0.0)
            same[k] += 0.0 if up or down else 1.0


count_pairs = compiled(_count_pairs)


def _mann_kendall(higher: Floats, equal: Floats, s: Floats, tied: Floats, n: int) -> None:
    """Sum the counts of each lane to S, and its ties to the Σ t(t−1)(2t+5) of the variance."""
    for lane in range(LANES):
        s[lane] = 0.0
        tied[lane] = 0.0
    for t in range(n):
        for lane in range(LANES):
            e = equal[t * LANES + lane]
            s[lane] += higher[t * LANES + lane]
            # The member of a group that has e equals before it adds (e+1)e(2e+7) − e(e−1)(2e+5) = 6e² + 12e.
            tied[lane] += e * (6.0 * e + 12.0)


mann_kendall = compiled(_mann_kendall)


def _middle(rows: Floats, count: int, out: Floats) -> None:
    """Write the median of each sorted lane."""
    low, high = (count - 1) // 2 * LANES, count // 2 * LANES
    for lane in range(LANES):
        out[lane] = (rows[low + lane] + rows[high + lane]) / 2


middle = compiled(_middle)


def _residuals(times: Floats, y: Floats, slope: Floats, intercept: Floats, out: Floats, n: int) -> None:
    """Write each point's distance from its line; ``times`` count from the first point."""
    for t in range(n):
        for lane in range(LANES):
            k = t * LANES + lane
            out[k] = y[k] - (intercept[lane] + slope[lane] * (times[k] - times[lane]))


residuals = compiled(_residuals)


def _autocorrelation(e: Floats, y: Floats, rho: Floats, n: int, room: Floats, rules: Rules) -> None:
    """Write the shrunk lag-one autocorrelation of each lane's residuals ``e``; ``room`` has five rows."""
    size, lowest, highest, mean, total = room[0], room[1], room[2], room[3], room[4]
    for lane in range(LANES):
        size[lane] = mean[lane] = total[lane] = rho[lane] = 0.0
        lowest[lane] = highest[lane] = y[lane]
    for t in range(n):
        for lane in range(LANES):
            k = t * LANES + lane
            size[lane] = max(size[lane], abs(e[k]))
            lowest[lane] = min(lowest[lane], y[k])
            highest[lane] = max(highest[lane], y[k])
    for lane in range(LANES):
        floor = 1e-9 * (highest[lane] - lowest[lane]) + 1e-12 * max(abs(highest[lane]), abs(lowest[lane]))
        size[lane] = 1.0 / size[lane] if size[lane] > floor else 0.0
    for t in range(n):
        for lane in range(LANES):
            e[t * LANES + lane] *= size[lane]
            mean[lane] += e[t * LANES + lane]
    for lane in range(LANES):
        mean[lane] /= n
    for t in range(n):
        for lane in range(LANES):
            e[t * LANES + lane] -= mean[lane]
            total[lane] += e[t * LANES + lane] * e[t * LANES + lane]
    for t in range(n - 1):
        for lane in range(LANES):
            rho[lane] += e[t * LANES + lane] * e[(t + 1) * LANES + lane]
    for lane in range(LANES):
        r1 = rho[lane] / total[lane] if total[lane] > 0 and size[lane] > 0 else 0.0
        own = (n * r1 + 2) / (n - 4) if n > 6 else rules.prior_rho
        shrunk = (n * own + rules.prior_weight * rules.prior_rho) / (n + rules.prior_weight)
        rho[lane] = min(max(shrunk, 0.0), rules.highest_rho)


autocorrelation = compiled(_autocorrelation)


def _widening(rho: Floats, known: Floats, first: int, inflation: Floats, n: int, rules: Rules) -> None:
    """Write how many times each variance grows: as known beforehand, or for the autocorrelation."""
    for lane in range(LANES):
        inflation[lane] = 0.0
    for k in range(n - 1, 0, -1):
        for lane in range(LANES):
            inflation[lane] = (inflation[lane] + (1.0 - k / n)) * rho[lane]
    for lane in range(LANES):
        inflation[lane] = 1.0 + 2.0 * inflation[lane]
        given = known[min(first + lane, len(known) - 1)]
        if not math.isnan(given):
            inflation[lane], rho[lane] = given, rules.annual_rho


widening = compiled(_widening)


def _write_test(
    out: Floats, series: int, s: float, tied: float, given: bool, untied: Floats, n: int, rules: Rules
) -> float:
    """Write the test of one series and return the spread of its S; ``untied`` has the exact probabilities."""
    variance = (n * (n - 1) * (2 * n + 5) - tied) / 18
    spread = math.sqrt(variance * out[INFLATION, series])
    exact = not given and (n <= rules.always_exact or (out[INFLATION, series] < rules.no_inflation and tied == 0))
    out[S, series], out[VARIANCE, series] = s, variance
    out[EXACT, series] = 0.0
    if exact:
        out[EXACT, series] = 1.0 if tied == 0 else TO_LOOK_UP
        out[P, series] = untied[int(abs(s))]
    elif s == 0 or spread == 0:
        out[P, series] = 1.0
    else:
        out[P, series] = math.erfc((abs(s) - 1.0) / spread / math.sqrt(2.0))
    return spread


write_test = compiled(_write_test)


def _write_interval(out: Floats, series: int, row: int, slopes: Floats, lane: int, count: int, width: float) -> None:
    """Write the two slopes that stand ``width`` ranks apart about the middle of one sorted lane."""
    below = max(math.floor((count - width) / 2) - 1, 0)
    out[row, series] = slopes[below * LANES + lane]
    out[row + 1, series] = slopes[(count - 1 - below) * LANES + lane]


write_interval = compiled(_write_interval)


def _fit_blocks(
    times: Floats,
    values: Floats,
    y: Floats,
    known: Floats,
    pairs: Tiles,
    points: Tiles,
    untied: Floats,
    rules: Rules,
    out: Floats,
) -> None:
    """Fit all series, LANES at a time; ``pairs`` and ``points`` sort the slopes and the points of a block."""
    m, n = y.shape
    count = n * (n - 1) // 2
    t_rows, v_rows, y_rows, equal = aligned_rows(n), aligned_rows(n), aligned_rows(n), aligned_rows(n)
    # A sorted array has one row more, for the rows that there are not.
    e_rows, slopes, room = aligned_rows(n + 1), aligned_rows(count + 1), aligned_rows(5).reshape(5, LANES)
    s, tied, slope = aligned_rows(1), aligned_rows(1), aligned_rows(1)
    start, rho, inflation = aligned_rows(1), aligned_rows(1), aligned_rows(1)
    for first in range(0, m, LANES):
        side_by_side(times, first, t_rows)
        side_by_side(values, first, v_rows)
        side_by_side(y, first, y_rows)
        count_pairs(v_rows, e_rows, equal, n)
        mann_kendall(e_rows, equal, s, tied, n)
        all_slopes(t_rows, y_rows, slopes, n)
        sort_rows(slopes, pairs)
        middle(slopes, count, slope)
        for lane in range(LANES):
            start[lane] = 0.0
        residuals(t_rows, y_rows, slope, start, e_rows, n)
        sort_rows(e_rows, points)
        middle(e_rows, n, start)
        residuals(t_rows, y_rows, slope, start, e_rows, n)
        autocorrelation(e_rows, y_rows, rho, n, room, rules)
        widening(rho, known, first, inflation, n, rules)
        for lane in range(min(LANES, m - first)):
            series = first + lane
            out[SLOPE, series], out[START, series] = slope[lane], start[lane]
            out[END, series] = start[lane] + slope[lane] * (times[series, n - 1] - times[series, 0])
            out[RHO, series], out[INFLATION, series] = rho[lane], inflation[lane]
            spread = write_test(out, series, s[lane], tied[lane], not math.isnan(known[series]), untied, n, rules)
            write_interval(out, series, LOW, slopes, lane, count, rules.z_95 * spread)
            write_interval(out, series, LOW_90, slopes, lane, count, rules.z_90 * spread)


fit_blocks = compiled(_fit_blocks)
