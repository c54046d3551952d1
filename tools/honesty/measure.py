"""Measure the rules in the simulated worlds: how often they say rising and falling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np

from honesty.rules import FAST, PACKAGED, judged, packaged, signs_of
from honesty.worlds import World, draw
from vagvisare.assessment import kernels
from vagvisare.assessment.verdict import FEWEST

LENGTHS = (6, 7, 8, 10, 12, 15, 20, 25)
PHIS = (0.0, 0.3, 0.6)
DRIFT = 0.2
"""The drift at which all rules are compared, in standard deviations a year."""

DRIFTS = (0.0, 0.1, DRIFT, 0.4)
SHOCK_LENGTHS = (7, 10, 15, 20)
WITHOUT_MANN_KENDALL = ("coarse", "coarser", "gaps", "overlap")
"""Kinds of series that the bare test, without ties or gaps, is not for."""

BATCH = 20_000


@dataclass(frozen=True)
class Sizes:
    """How many series a cell of each table rests on; ``seed`` makes the whole run the same every time."""

    fast: int = 40_000
    packaged: int = 2_000
    walks: int = 20_000
    seed: int = 20_261_122


Record = dict[str, Any]
Job = tuple[str, World, Sizes]


def jobs(sizes: Sizes) -> Iterator[Job]:
    """Yield every cell to measure, the slow ones first so that two processes finish together."""
    grid = [World(n, phi, drift) for drift in DRIFTS for phi in PHIS for n in LENGTHS]
    yield from (("packaged", world, sizes) for world in grid if world.drift in {0.0, DRIFT})
    yield from (("walk", World(LENGTHS[-1], phi, drift), sizes) for drift in (0.0, DRIFT) for phi in PHIS)
    yield from (("fast", world, sizes) for world in grid)
    kinds = {"spike": SHOCK_LENGTHS, "shift": SHOCK_LENGTHS, "heavy": SHOCK_LENGTHS, "coarse": SHOCK_LENGTHS}
    # Seven years with a quarter missing, and ten windows of four years, are too few to judge.
    kinds |= {"coarser": SHOCK_LENGTHS, "gaps": SHOCK_LENGTHS[1:], "share": SHOCK_LENGTHS, "overlap": SHOCK_LENGTHS[2:]}
    yield from (("fast", World(n, phi, 0.0, kind), sizes) for kind in kinds for phi in PHIS for n in kinds[kind])


def run(job: Job) -> list[Record]:
    """Measure one cell."""
    what, world, sizes = job
    return _MEASURES[what](world, sizes)


def stream(what: str, world: World, seed: int) -> np.random.Generator:
    """Return the random numbers of one cell: the same whatever is measured before it or beside it."""
    return np.random.default_rng((seed, crc32(f"{what} {world}".encode())))


def _fast(world: World, sizes: Sizes) -> list[Record]:
    rules = FAST if world.kind == "plain" else {"ours": FAST["ours"]}
    if world.kind not in {"plain", *WITHOUT_MANN_KENDALL}:
        rules = {**rules, "mann_kendall": FAST["mann_kendall"]}
    rng, said = stream("fast", world, sizes.seed), dict.fromkeys(rules, (0, 0))
    for first in range(0, sizes.fast, BATCH):
        y = draw(world, min(BATCH, sizes.fast - first), rng)
        for name, rule in rules.items():
            signs = rule(world, y)
            up, down = said[name]
            said[name] = (up + int((signs > 0).sum()), down + int((signs < 0).sum()))
    return [record("fast", world, sizes.fast, said)]


def _packaged(world: World, sizes: Sizes) -> list[Record]:
    y = draw(world, sizes.packaged, stream("packaged", world, sizes.seed))
    signs = {name: packaged(name, y) for name in PACKAGED}
    said = {name: (int((each > 0).sum()), int((each < 0).sum())) for name, each in signs.items()}
    return [record("packaged", world, sizes.packaged, said)]


def _walk(world: World, sizes: Sizes) -> list[Record]:
    """Judge the same series every year with the figures up to then, without and with the verdict of the year before."""
    y = draw(world, sizes.walks, stream("walk", world, sizes.seed))
    return [walked(world, y, held=held) for held in (False, True)]


def walked(world: World, y: np.ndarray, *, held: bool) -> Record:
    """Walk through time; ``held`` gives every year the verdict of the year before to weigh in."""
    m, verdicts = len(y), None
    ups, downs, changes, reversals = [], [], 0, 0
    ever, before = np.zeros(m, bool), np.zeros(m, np.int8)
    years = range(FEWEST, world.n + 1)
    for n in years:
        found = judged(world, y[:, :n], kernels.NONE if verdicts is None or not held else verdicts)
        verdicts, signs = found.verdict, signs_of(found)
        ups.append(int((signs > 0).sum()))
        downs.append(int((signs < 0).sum()))
        ever |= signs != 0
        if n > FEWEST:
            changes += int((signs != before).sum())
            reversals += int((signs * before < 0).sum())
        before = signs
    return {
        "what": "walk",
        "held": held,
        "phi": world.phi,
        "drift": world.drift,
        "series": m,
        "lengths": list(years),
        "up": ups,
        "down": downs,
        "ever": int(ever.sum()),
        "pairs": m * (len(years) - 1),
        "changes": changes,
        "reversals": reversals,
    }


def record(what: str, world: World, series: int, said: Mapping[str, tuple[int, int]]) -> Record:
    """Return one measured cell as plain values: how many series each rule called rising and falling."""
    return {
        "what": what,
        "kind": world.kind,
        "n": world.n,
        "phi": world.phi,
        "drift": world.drift,
        "series": series,
        "said": {name: list(pair) for name, pair in said.items()},
    }


_MEASURES = {"fast": _fast, "packaged": _packaged, "walk": _walk}
