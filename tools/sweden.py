"""All of Sweden in made-up figures: the shape of Kolada's catalogue, none of its numbers.

``python tools/sweden.py FOLDER [--series N]`` writes a folder that ``vagvisare assess`` reads: some Parquet files of
figures and contracts.parquet. How many indicators there are for whom, how many are split by sex and what they measure
follows Kolada's list of March 2026 (6,099 indicators, 312 units); everything else is drawn at random from a fixed seed,
and the files say so.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from vagvisare.terms.territory import COUNTIES, TERRITORIES

KOLADA = {
    # (for whom, split by sex): indicators by kind of quantity. A: everybody, K: municipalities, L: regions.
    ("A", False): {"count": 51, "duration": 2, "money": 3, "rate": 190, "share": 204, "signed": 8},
    ("A", True): {"count": 165, "duration": 8, "money": 16, "rate": 18, "share": 456, "signed": 11},
    ("K", False): {"count": 345, "duration": 15, "money": 600, "rate": 311, "share": 840, "signed": 209},
    ("K", True): {"count": 98, "duration": 18, "money": 2, "rate": 167, "share": 991, "signed": 53},
    ("L", False): {"count": 119, "duration": 18, "money": 326, "rate": 143, "share": 279, "signed": 123},
    ("L", True): {"count": 22, "duration": 5, "money": 1, "rate": 55, "share": 176, "signed": 51},
}
NOTE = "Synthetic figures in the shape of Kolada's catalogue. Påhittade siffror: säger inget om Sverige."
EVERYBODY = sorted(TERRITORIES)
REGIONS = ["00", *COUNTIES]
SEXES = ["K", "M", "T"]
LAST_YEAR = 2025
ROW_GROUP = 1 << 20
FILES = 4
SEED = 20260301

Floats = npt.NDArray[np.float64]


class Made(NamedTuple):
    """One made-up indicator: its contract, and figures with the territory, sex and year of each."""

    contract: dict[str, object]
    territory: npt.NDArray[np.int32]
    sex: npt.NDArray[np.int32]
    period: npt.NDArray[np.int16]
    value: Floats


def catalogue() -> list[tuple[str, bool, str]]:
    """Return for whom, split by sex or not, and the kind of each indicator, mixed as in a real catalogue."""
    listed = [
        (whom, split, kind)
        for (whom, split), kinds in KOLADA.items()
        for kind, count in kinds.items()
        for _ in range(count)
    ]
    order = np.random.default_rng(SEED).permutation(len(listed))
    return [listed[place] for place in order]


def series_of(whom: str, split: bool) -> int:
    """Return how many series an indicator has."""
    return (len(REGIONS) if whom == "L" else len(EVERYBODY)) * (len(SEXES) if split else 1)


def chosen(series: int | None) -> list[tuple[int, tuple[str, bool, str]]]:
    """Return the indicators, with their numbers in the catalogue, that together have about ``series`` series."""
    found, total = [], 0
    for number, entry in enumerate(catalogue()):
        if series is not None and total >= series:
            break
        found.append((number, entry))
        total += series_of(entry[0], entry[1])
    return found


def make(number: int, whom: str, split: bool, kind: str) -> Made:
    """Draw one indicator."""
    random = np.random.default_rng([SEED, number])
    units = REGIONS if whom == "L" else EVERYBODY
    places = np.searchsorted(EVERYBODY, units).astype(np.int32)
    sexes = np.array([0, 1, 2] if split else [2], dtype=np.int32)
    years = int(random.integers(5, 26))
    last = LAST_YEAR - int(random.choice([0, 0, 0, 1, 1, 2]))
    shape = (len(units), len(sexes), years)
    figures = _figures(random, kind, shape)
    present = _present(random, shape)
    territory, sex, year = np.nonzero(present)
    period = (last - years + 1 + year).astype(np.int16)
    contract = _contract(random, number, kind, last - years + 1, last)
    return Made(contract, places[territory], sexes[sex], period, figures[present])


def _figures(random: np.random.Generator, kind: str, shape: tuple[int, int, int]) -> Floats:
    """Draw levels, a drift shared by the country, and noise that remembers last year; rounded as publishers round."""
    units, sexes, years = shape
    noise = random.standard_normal(shape) * random.uniform(0.02, 0.15)
    for year in range(1, years):
        noise[:, :, year] += random.uniform(0, 0.6) * noise[:, :, year - 1]
    drift = random.normal(0, 0.01) + random.normal(0, 0.01, (units, sexes, 1))
    level = random.normal(0, 0.8) + random.normal(0, 0.3, (units, 1, 1)) + random.normal(0, 0.1, (1, sexes, 1))
    y = level + drift * np.arange(years) + noise
    if kind == "share":
        return np.round(100 / (1 + np.exp(-y)), 1)
    if kind == "signed":
        return np.round(10 * y, 2)
    size = {"count": 400.0, "rate": 20.0, "money": 30_000.0, "duration": 25.0}[kind]
    return np.round(size * np.exp(y), {"count": 0, "money": 0}.get(kind, 1))


def _present(random: np.random.Generator, shape: tuple[int, int, int]) -> npt.NDArray[np.bool_]:
    """Draw which figures there are: some units start later, some stop earlier, and here and there a year is missing."""
    units, sexes, years = shape
    late = np.where(random.random((units, sexes, 1)) < 0.15, random.integers(0, years, (units, sexes, 1)), 0)
    early = np.where(random.random((units, sexes, 1)) < 0.05, random.integers(1, 4, (units, sexes, 1)), 0)
    at = np.arange(years)
    present: npt.NDArray[np.bool_] = (at >= late) & (at < years - early) & (random.random(shape) > 0.02)
    return present


def _contract(random: np.random.Generator, number: int, kind: str, first: int, last: int) -> dict[str, object]:
    aimed = random.random() < 0.3
    target = {"share": 75.0, "signed": 5.0, "count": 500.0, "rate": 25.0, "money": 32_000.0, "duration": 20.0}[kind]
    broken = random.random() < 0.1 and last - first > 8
    return {
        "indicator": f"S{number:05d}",
        "unit_class": kind,
        "direction": int(random.choice([1, -1, 0], p=[0.5, 0.35, 0.15])),
        "low": None,
        "high": None,
        "smallest_change": None,
        "breaks": [first + 4] if broken else [],
        "target": target if aimed else None,
        "target_year": 2030 if aimed else None,
    }


CONTRACTS = pa.schema(
    [
        ("indicator", pa.string()),
        ("unit_class", pa.string()),
        ("direction", pa.int8()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("smallest_change", pa.float64()),
        ("breaks", pa.list_(pa.int16())),
        ("target", pa.float64()),
        ("target_year", pa.int16()),
    ],
    metadata={"note": NOTE},
)


def _table(made: list[Made]) -> pa.Table:
    codes = np.repeat(np.arange(len(made), dtype=np.int32), [len(each.value) for each in made])
    names = [str(each.contract["indicator"]) for each in made]
    columns = {
        "indicator": pa.DictionaryArray.from_arrays(codes, names),
        "territory": pa.DictionaryArray.from_arrays(np.concatenate([m.territory for m in made]), EVERYBODY),
        "sex": pa.DictionaryArray.from_arrays(np.concatenate([m.sex for m in made]), SEXES),
        "period": pa.array(np.concatenate([m.period for m in made])),
        "value": pa.array(np.concatenate([m.value for m in made])),
    }
    return pa.table(columns).replace_schema_metadata({"note": NOTE})


def write(folder: Path, series: int | None = None) -> int:
    """Write the folder and return how many series its indicators have (a few of them lose all their figures)."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = chosen(series)
    contracts = []
    for file, share in enumerate(np.array_split(np.arange(len(listed)), min(FILES, len(listed)))):
        writer = None
        for block in np.array_split(share, max(1, len(share) // 150)):
            made = [make(listed[place][0], *listed[place][1]) for place in block]
            contracts += [each.contract for each in made]
            table = _table(made)
            writer = writer or pq.ParquetWriter(folder / f"figures-{file}.parquet", table.schema, compression="zstd")
            writer.write_table(table, row_group_size=ROW_GROUP)
        if writer is not None:
            writer.close()
    pq.write_table(pa.Table.from_pylist(contracts, schema=CONTRACTS), folder / "contracts.parquet")
    return sum(series_of(whom, split) for _, (whom, split, _) in listed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write made-up figures in the shape of Kolada's catalogue.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--series", type=int)
    asked = parser.parse_args()
    print(f"{write(asked.folder, asked.series):,} series, all made up, in {asked.folder}")
