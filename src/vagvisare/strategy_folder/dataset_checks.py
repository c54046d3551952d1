"""Checks of the data sets that are fetched: can the question be put, and the answer be understood?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from vagvisare.editions.check import Problem, repeated, unknown
from vagvisare.sources.query import MEASURES, Dataset, Dimension, Query, Role, Settings
from vagvisare.sources.registry import names as source_names
from vagvisare.strategy_folder.names import is_key
from vagvisare.terms.language import Text
from vagvisare.terms.unit import UNITS

_ONCE = (Role.TERRITORY, Role.PERIOD, Role.SEX, Role.MEASURE)


def check_datasets(datasets: Sequence[Dataset], sources: Mapping[str, Settings]) -> Iterator[Problem]:
    """Yield every problem of the data sets that are fetched, and of what is changed about their sources."""
    yield from repeated(datasets, "key", "Datamängden")
    for dataset in datasets:
        yield from _dataset(dataset)
    known = source_names() if datasets or sources else ()
    for dataset in datasets:
        yield from unknown(dataset, ("source",), dataset.source, known, "källa")
    for name, settings in sources.items():
        yield from unknown(settings, (), name, known, "källa")
        if settings.calls < 0 or settings.seconds < 0:
            what = Text("Takten kan inte vara mindre än noll.", "The pace cannot be less than zero.")
            yield Problem(settings, ("calls",), what)


def _dataset(dataset: Dataset) -> Iterator[Problem]:
    if not is_key(dataset.key):
        what = Text(f"”{dataset.key}” kan inte vara en nyckel.", f"“{dataset.key}” cannot be a key.")
        yield Problem(dataset, ("key",), what, Text("Använd a–z, siffror, - och _.", "Use a–z, digits, - and _."))
    yield from unknown(dataset, ("unit",), dataset.unit, UNITS, "enhet")
    if not dataset.queries:
        what = Text("Datamängden har ingen fråga till källan.", "The data set has no query to the source.")
        yield Problem(dataset, ("query",), what, Text("Lägg till [[dataset.query]].", "Add [[dataset.query]]."))
    for query in dataset.queries:
        yield from _query(query)
    expects = dataset.expects
    if expects.low is not None and expects.high is not None and expects.low >= expects.high:
        what = Text("Den undre gränsen är inte lägre än den övre.", "The lower limit is not below the upper.")
        yield Problem(dataset, ("expects",), what, Text("Byt plats på dem.", "Swap them."))


def _query(query: Query) -> Iterator[Problem]:
    if not query.table.strip():
        what = Text("Frågan säger inte vilken tabell.", "The query does not say which table.")
        yield Problem(query, ("table",), what)
    if query.scale == 0:
        what = Text("scale kan inte vara noll.", "scale cannot be zero.")
        yield Problem(query, ("scale",), what)
    if not query.dimensions and query.layout is None:
        what = Text("Frågan har inga dimensioner.", "The query has no dimensions.")
        hint = Text("Lägg till [[dataset.query.dimension]].", "Add [[dataset.query.dimension]].")
        yield Problem(query, ("dimension",), what, hint)
        return
    for role in _ONCE:
        count = len(query.by_role(role))
        if count > 1 or (count == 0 and role in (Role.TERRITORY, Role.PERIOD)):
            much = Text("flera dimensioner", "several dimensions") if count else Text("ingen dimension", "no dimension")
            what = Text(f"Frågan har {much.sv} med rollen {role}.", f"The query has {much.en} with the role {role}.")
            yield Problem(query, ("dimension",), what, Text("Det ska vara en.", "There should be one."))
    for dimension in query.dimensions:
        yield from _dimension(dimension)


def _dimension(dimension: Dimension) -> Iterator[Problem]:
    if dimension.ours and len(dimension.ours) != len(dimension.values):
        what = Text(
            f"ours har {len(dimension.ours)} koder, men values har {len(dimension.values)}.",
            f"ours has {len(dimension.ours)} codes, but values has {len(dimension.values)}.",
        )
        hint = Text("Ge en kod här för var och en av källans.", "Give one code here for each of the source's.")
        yield Problem(dimension, ("ours",), what, hint)
    if dimension.role is Role.FIXED and len(dimension.values) > 1:
        what = Text("En fast dimension hålls vid en enda kod.", "A fixed dimension is held at one code.")
        hint = Text("Välj en kod, eller en annan roll.", "Choose one code, or another role.")
        yield Problem(dimension, ("values",), what, hint)
    if dimension.role is Role.MEASURE and dimension.ours and "value" not in dimension.ours:
        what = Text("Inget av måtten är själva siffran.", "None of the measures is the figure itself.")
        yield Problem(dimension, ("ours",), what, Text("Ett av dem ska vara value.", "One of them should be value."))
    if dimension.role is Role.MEASURE:
        for number, name in enumerate(dimension.ours):
            yield from unknown(dimension, ("ours", number), name, MEASURES, "måttkolumn")
