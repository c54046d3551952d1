"""A statistical office of our own that speaks SDMX 2.1, written by us after the published standard.

Not copied from any answer; agency, flow and every figure are made up. It answers with its structure in SDMX-ML 2.1 and
its figures in SDMX-CSV (1.0 or 2.0) or structure-specific SDMX-ML, by the key it is asked for.

https://github.com/sdmx-twg (REST, SDMX-ML, SDMX-CSV)
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from itertools import product
from xml.sax.saxutils import escape, quoteattr

from replies.server import Request, Response

FLOW = "MADE.UP,DSD_TOWNS@DF_TOWNS,1.0"
AREAS = ("SWE", "NOR", "SE12", "SE124", "SE125", "SE110")
_SPACES = {
    "mes": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message",
    "str": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure",
    "com": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common",
}
_URN = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure"
_HEADER = (
    "<mes:Header><mes:ID>M1</mes:ID><mes:Test>true</mes:Test><mes:Prepared>2026-01-01T00:00:00</mes:Prepared>"
    '<mes:Sender id="MADE.UP"/>{}</mes:Header>'
)


@dataclass
class Office:
    """One dataflow. ``form`` is how it gives figures: csv1, csv2, or xml only. ``generous``: it ignores the key.

    Dimensions in ``unlisted`` have no code list.
    """

    form: str = "csv2"
    generous: bool = False
    gone: bool = False
    comment: str = 'Said "so",\nand more'
    unlisted: tuple[str, ...] = ()
    revised: dict[tuple[str, ...], str] = field(default_factory=dict)
    statuses: dict[tuple[str, ...], str] = field(default_factory=dict)
    dimensions: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: {"FREQ": ("A",), "REF_AREA": AREAS, "SEX": ("_T", "F", "M"), "MEASURE": ("POP", "AREA")}
    )
    powers: dict[tuple[str, ...], str] = field(default_factory=dict)
    years: tuple[str, ...] = tuple(str(year) for year in range(2016, 2025))

    def figure(self, key: tuple[str, ...]) -> str:
        """Return a made-up figure as text: the same for the same key, none for some."""
        if key in self.revised:
            return self.revised[key]
        number = sum((place + 3) * sum(map(ord, code)) for place, code in enumerate(key))
        return "" if number % 29 == 0 else f"{number % 900 + 0.25}"

    def __call__(self, request: Request) -> Response:
        """Answer one request."""
        parts = request.path.strip("/").split("/")
        if parts[0] == "dataflow" and parts[1:3] == ["all", "all"]:
            return _xml(self._structures(stub=True))
        if parts[0] == "dataflow":
            known = parts[1:4] in (["MADE.UP", "DSD_TOWNS@DF_TOWNS", version] for version in ("1.0", "latest"))
            if self.gone or not known:
                return Response(404, b"NoRecordsFound", "text/plain")
            assert request.first("references") == "descendants"
            return _xml(self._structures(stub=False))
        if self.gone or parts[0] != "data" or parts[1] not in {FLOW, "MADE.UP,DSD_TOWNS@DF_TOWNS"}:
            return Response(404, b"NoRecordsFound", "text/plain")
        return self._figures(request, parts[2])

    def _figures(self, request: Request, asked: str) -> Response:
        if self.form == "xml" and "csv" in request.headers["accept"]:
            return Response(406, b"Not Acceptable", "text/plain")
        keys = [key for key in product(*self.dimensions.values()) if self.generous or _matches(key, asked)]
        years = [
            year
            for year in self.years
            if self.generous
            or (year >= request.first("startPeriod", "") and year <= request.first("endPeriod", "9999"))
        ]
        assert "lastNObservations" not in request.query
        rows = [(*key, year) for key in keys for year in years]
        if not rows:
            return Response(404, b"NoRecordsFound", "text/plain")
        if self.form == "xml":
            return _xml(self._data(rows))
        return Response(200, self._csv(rows).encode(), "application/vnd.sdmx.data+csv; charset=utf-8")

    def _csv(self, rows: list[tuple[str, ...]]) -> str:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        first = ["DATAFLOW"] if self.form == "csv1" else ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
        name = "MADE.UP:DSD_TOWNS@DF_TOWNS(1.0)"
        lead = [name] if self.form == "csv1" else ["dataflow", name, "I"]
        writer.writerow([*first, *self.dimensions, "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MULT", "COMMENT"])
        for row in rows:
            writer.writerow(
                [*lead, *row, self.figure(row), self.statuses.get(row, "A"), self.powers.get(row, "3"), self.comment]
            )
        return text.getvalue()

    def _structures(self, *, stub: bool) -> str:
        flow = (
            '<str:Dataflow id="DSD_TOWNS@DF_TOWNS" agencyID="MADE.UP" version="1.0" isExternalReference="{}">'
            '<com:Name xml:lang="fr">Villes</com:Name><com:Name xml:lang="en">Towns, made up</com:Name>{}'
            "</str:Dataflow>"
        )
        if stub:
            other = flow.replace("DSD_TOWNS@DF_TOWNS", "DF_SHORT").replace("Towns, made up", "Towns")
            body = flow.format("true", "") + other.format("true", "")
            return _message(
                "Structure",
                _HEADER.format("") + f"<mes:Structures><str:Dataflows>{body}</str:Dataflows></mes:Structures>",
            )
        reference = _reference("DSD_TOWNS", "datastructure", "DataStructure")
        flows = flow.format("false", f"<str:Structure>{reference}</str:Structure>")
        parts = [
            f"<str:Dataflows>{flows}</str:Dataflows>",
            f"<str:Codelists>{''.join(self._codelist(name) for name in self.dimensions)}</str:Codelists>",
            f"<str:Concepts>{self._concepts()}</str:Concepts>",
            f"<str:DataStructures>{self._definition()}</str:DataStructures>",
        ]
        return _message("Structure", _HEADER.format("") + f"<mes:Structures>{''.join(parts)}</mes:Structures>")

    def _codelist(self, name: str) -> str:
        codes = "".join(
            f'<str:Code id={quoteattr(code)}><com:Name xml:lang="en">Label of {escape(code)}</com:Name></str:Code>'
            for code in self.dimensions[name]
        )
        head = (
            f'<str:Codelist id="CL_{name}" agencyID="MADE.UP" version="1.0"><com:Name xml:lang="en">{name}</com:Name>'
        )
        return f"{head}{codes}</str:Codelist>"

    def _concepts(self) -> str:
        each = "".join(
            f'<str:Concept id="{name}"><com:Name xml:lang="en">{name.title()}</com:Name></str:Concept>'
            for name in (*self.dimensions, "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MULT")
        )
        head = '<str:ConceptScheme id="CS" agencyID="MADE.UP" version="1.0"><com:Name xml:lang="en">C</com:Name>'
        return f"{head}{each}</str:ConceptScheme>"

    def _listed(self, name: str) -> str:
        if name in self.unlisted:
            return ""
        reference = _reference(f"CL_{name}", "codelist", "Codelist")
        return f"<str:LocalRepresentation><str:Enumeration>{reference}</str:Enumeration></str:LocalRepresentation>"

    def _definition(self) -> str:
        each = [
            f'<str:Dimension id="{name}" position="{place}">{_identity(name)}{self._listed(name)}</str:Dimension>'
            for place, name in enumerate(self.dimensions, 1)
        ]
        time = (
            f'<str:TimeDimension id="TIME_PERIOD" position="{len(each) + 1}">{_identity("TIME_PERIOD")}'
            '<str:LocalRepresentation><str:TextFormat textType="ObservationalTimePeriod"/></str:LocalRepresentation>'
            "</str:TimeDimension>"
        )
        attributes = "".join(
            f'<str:Attribute id="{name}" assignmentStatus="Conditional">{_identity(name)}<str:AttributeRelationship>'
            '<str:PrimaryMeasure><Ref id="OBS_VALUE"/></str:PrimaryMeasure></str:AttributeRelationship></str:Attribute>'
            for name in ("OBS_STATUS", "UNIT_MULT")
        )
        return (
            '<str:DataStructure id="DSD_TOWNS" agencyID="MADE.UP" version="1.0"><com:Name xml:lang="en">D</com:Name>'
            f'<str:DataStructureComponents><str:DimensionList id="DimensionDescriptor">{"".join(each)}{time}'
            f'</str:DimensionList><str:AttributeList id="AttributeDescriptor">{attributes}</str:AttributeList>'
            f'<str:MeasureList id="MeasureDescriptor"><str:PrimaryMeasure id="OBS_VALUE">{_identity("OBS_VALUE")}'
            "</str:PrimaryMeasure></str:MeasureList></str:DataStructureComponents></str:DataStructure>"
        )

    def _observed(self, row: tuple[str, ...]) -> tuple[str, ...]:
        return (*row, self.figure(row) or "NaN", self.statuses.get(row, "A"), self.powers.get(row, "3"))

    def _data(self, rows: list[tuple[str, ...]]) -> str:
        space = f"{_URN}=MADE.UP:DSD_TOWNS(1.0):ObsLevelDim:AllDimensions"
        header = _HEADER.format(
            f'<mes:Structure structureID="D" namespace="{space}" dimensionAtObservation="AllDimensions"><com:Structure>'
            f"{_reference('DSD_TOWNS', 'datastructure', 'DataStructure')}</com:Structure></mes:Structure>"
        )
        names = (*self.dimensions, "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MULT")
        observed = [
            " ".join(f"{name}={quoteattr(value)}" for name, value in zip(names, self._observed(row), strict=True))
            for row in rows
        ]
        body = "".join(f"<Obs {attributes}/>" for attributes in observed)
        data = (
            '<mes:DataSet ss:structureRef="D" xsi:type="ns1:DataSetType" ss:dataScope="DataStructure" action="Replace" '
            'xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" '
            f'xmlns:ns1="{space}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{body}</mes:DataSet>'
        )
        return _message("StructureSpecificData", header + data)


def _matches(key: tuple[str, ...], asked: str) -> bool:
    if asked == "all":
        return True
    wanted = asked.split(".")
    assert len(wanted) == len(key), f"{asked} is no key of {len(key)} dimensions"
    return all(not codes or code in codes.split("+") for code, codes in zip(key, wanted, strict=True))


def _message(name: str, body: str) -> str:
    spaces = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())
    return f'<?xml version="1.0" encoding="UTF-8"?><mes:{name} {spaces}>{body}</mes:{name}>'


def _reference(name: str, package: str, kind: str) -> str:
    return f'<Ref id="{name}" version="1.0" agencyID="MADE.UP" package="{package}" class="{kind}"/>'


def _identity(name: str) -> str:
    return (
        f'<str:ConceptIdentity><Ref id="{name}" maintainableParentID="CS" maintainableParentVersion="1.0" '
        'agencyID="MADE.UP" package="conceptscheme" class="Concept"/></str:ConceptIdentity>'
    )


def _xml(text: str) -> Response:
    return Response(200, text.encode(), "application/xml")
