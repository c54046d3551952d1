"""From single misses to bands: pooling by class of units and horizon, and measuring what the bands then hold.

Every family of indicators weighs as much as any other, whatever its number of series. A class of units leans on all
classes together, and the less so the more families it has of its own: k families of its own weigh k/(k + 5). Coverage
is counted on each family with bands drawn without it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from vagvisare.assessment.outlook.conformal import ALL, PROBABILITIES, ClassMisses, Horizon
from vagvisare.terms.series import SeriesKey

ENOUGH = 5
"""With fewer families than this a horizon is not calibrated at all."""

ORIGINS = 3
"""A family counts at a horizon when it has been forecast from at least this many years: 21 counties are one year."""

LEANS = 5
"""How many families of its own a class needs to weigh as much as all classes together."""

_LEVELS = (0.80, 0.95)


@dataclass(frozen=True, slots=True)
class Miss:
    """One forecast held against what came.

    ``origin`` is the year it was made from, ``years`` how far ahead it looked, and ``size`` how far off it was in the
    series' own typical change.
    """

    family: str
    unit_class: str
    key: SeriesKey
    origin: int
    years: int
    size: float


@dataclass(frozen=True)
class Pool:
    """Misses of one horizon, smallest first."""

    ordered: tuple[Miss, ...] = ()

    @cached_property
    def together(self) -> Mapping[str, int]:
        """How many forecasts each family that counts has."""
        return _counted(self.ordered)

    @cached_property
    def by_class(self) -> Mapping[str, Mapping[str, int]]:
        """The same within each class of units."""
        classes = {miss.unit_class for miss in self.ordered}
        return {name: _counted(miss for miss in self.ordered if miss.unit_class == name) for name in classes}

    def of(self, unit_class: str) -> tuple[Miss, ...]:
        """Return the misses of one class of units, or of all."""
        return tuple(miss for miss in self.ordered if unit_class in (ALL, miss.unit_class))

    def borrowed(self, unit_class: str, without: str = "") -> float:
        """Return how much of a class's band (0 to 1) rests on all classes together."""
        own = len([family for family in self.by_class.get(unit_class, {}) if family != without])
        return LEANS / (own + LEANS)

    def sizes_at(self, probabilities: Sequence[float], unit_class: str, without: str = "") -> list[float]:
        """Return the smallest sizes that these shares of the weight do not exceed; ``without`` leaves a family out."""
        weighed = list(self._weighed(unit_class, without))
        out: list[float] = []
        place, reached = 0, weighed[0][1]
        for probability in probabilities:
            # Weights sum to one but for the computer's rounding: a share reached but for that is reached.
            while place < len(weighed) - 1 and reached < probability - 1e-9:
                place += 1
                reached += weighed[place][1]
            out.append(weighed[place][0])
        return out

    def _weighed(self, unit_class: str, without: str) -> Iterator[tuple[float, float]]:
        """Return each size that counts with its weight, smallest first; the weights sum to one."""
        share = self.borrowed(unit_class, without)
        every = _each(self.together, without, share)
        own = _each(self.by_class.get(unit_class, {}), without, 1 - share)
        for miss in self.ordered:
            weight = every.get(miss.family, 0.0)
            if miss.unit_class == unit_class:
                weight += own.get(miss.family, 0.0)
            if weight:
                yield miss.size, weight


def pooled(found: Iterable[Miss], longest: int) -> tuple[ClassMisses, ...]:
    """Pool misses up to ``longest`` years ahead: all classes together first, then each class of units by name.

    Horizons end where fewer than five families count; nothing is returned where even the first has fewer.
    """
    by_years: dict[int, list[Miss]] = defaultdict(list)
    for miss in found:
        by_years[miss.years].append(miss)
    pools: list[Pool] = []
    for years in range(1, longest + 1):
        pool = Pool(tuple(sorted(by_years[years], key=lambda miss: miss.size)))
        if len(pool.together) < ENOUGH:
            break
        pools.append(pool)
    if not pools:
        return ()
    whole = _horizons(ALL, pools, ())
    names = sorted({miss.unit_class for pool in pools for miss in pool.ordered})
    return (ClassMisses(ALL, whole), *(ClassMisses(name, _horizons(name, pools, whole)) for name in names))


def _counted(found: Iterable[Miss]) -> dict[str, int]:
    """Return the number of forecasts of each family that has been forecast from enough years."""
    forecasts: Counter[str] = Counter()
    origins: dict[str, set[int]] = defaultdict(set)
    for miss in found:
        forecasts[miss.family] += 1
        origins[miss.family].add(miss.origin)
    return {family: many for family, many in forecasts.items() if len(origins[family]) >= ORIGINS}


def _each(forecasts: Mapping[str, int], without: str, share: float) -> dict[str, float]:
    """Divide ``share`` equally among families, and each family's part among its forecasts."""
    kept = {family: many for family, many in forecasts.items() if family != without}
    return {family: share / len(kept) / many for family, many in kept.items()}


def _horizons(name: str, pools: Sequence[Pool], whole: Sequence[Horizon]) -> tuple[Horizon, ...]:
    """Return the horizons of one class; where it has no forecasts of its own, ``whole`` says how bands have held."""
    grids = _never_narrower([pool.sizes_at(PROBABILITIES, name) for pool in pools])
    inside = _inside(name, pools)
    return tuple(
        _horizon(name, years, pool, grid, counts) if counts else whole[years - 1]
        for years, (pool, grid, counts) in enumerate(zip(pools, grids, inside, strict=True), 1)
    )


def _horizon(
    name: str, years: int, pool: Pool, grid: Sequence[float], inside: Mapping[str, tuple[int, int, int]]
) -> Horizon:
    own = pool.of(name)
    forecasts, narrow, wide = (sum(counts[place] for counts in inside.values()) for place in range(3))
    return Horizon(
        years=years,
        checked=name,
        forecasts=forecasts,
        series=len({miss.key for miss in own}),
        indicators=len({miss.key.indicator for miss in own}),
        families=len(inside),
        coverage_80=round(narrow / forecasts, 4),
        coverage_95=round(wide / forecasts, 4),
        lowest_80=round(min(counts[1] / counts[0] for counts in inside.values()), 4),
        borrowed=round(pool.borrowed(name), 4) if name != ALL else 0.0,
        misses=tuple(round(size, 4) for size in grid),
    )


def _inside(name: str, pools: Sequence[Pool]) -> list[dict[str, tuple[int, int, int]]]:
    """Count per horizon and family: forecasts, and those inside the 80 and 95 % bands drawn without that family."""
    inside: list[dict[str, tuple[int, int, int]]] = [{} for _ in pools]
    sizes: list[dict[str, list[float]]] = [defaultdict(list) for _ in pools]
    for own, pool in zip(sizes, pools, strict=True):
        for miss in pool.of(name):
            own[miss.family].append(miss.size)
    for family in sorted({family for own in sizes for family in own}):
        bands = _never_narrower([pool.sizes_at(_LEVELS, name, without=family) for pool in pools])
        for counts, own, (narrow, wide) in zip(inside, sizes, bands, strict=True):
            if family in own:
                mine = own[family]
                counts[family] = len(mine), sum(s <= narrow for s in mine), sum(s <= wide for s in mine)
    return inside


def _never_narrower(rows: Iterable[Sequence[float]]) -> list[list[float]]:
    """Return the rows with each at least as large as the one before: farther ahead is never surer."""
    grown: list[list[float]] = []
    for row in rows:
        grown.append([max(pair) for pair in zip(row, grown[-1], strict=True)] if grown else list(row))
    return grown
