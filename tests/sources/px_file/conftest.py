"""PX files written by us after the format's published description; the figures in them are made up."""

from __future__ import annotations

import itertools

import pytest


def written(variables, figures, *, encoding="cp1252", stub=1, before=(), after=(), keyed=False, line="\n"):
    """Return a PX file: ``variables`` are {name: {code: label}}, ``figures`` {codes: what is written}."""
    names = list(variables)
    said = ['CHARSET="ANSI"', 'AXIS-VERSION="2013"', *before]
    said.append('TITLE="Andel efter "\n"region och år"')
    said.append("STUB=" + ",\n".join(f'"{name}"' for name in names[:stub])) if stub else None
    said.append("HEADING=" + ",".join(f'"{name}"' for name in names[stub:])) if names[stub:] else None
    for name, values in variables.items():
        said.append(f'VALUES("{name}")=' + ",\n".join(f'"{label}"' for label in values.values()))
        said.append(f'CODES("{name}")=' + ",".join(f'"{code}"' for code in values))
    said += [f'KEYS("{name}")=CODES' for name in names[:stub]] if keyed else []
    said += after
    rows = []
    for left in itertools.product(*(variables[name] for name in names[:stub])):
        right = itertools.product(*(variables[name] for name in names[stub:]))
        cells = [figures[*left, *own] for own in right]
        keys = ",".join(f'"{code}"' for code in left) + "," if keyed else ""
        if not keyed or any(cell != "0" for cell in cells):
            rows.append(keys + " ".join(f'"{c}"' if set(c) <= {".", "-"} else c for c in cells) + " ")
    text = ";\n".join(said) + ";\nDATA=\n" + "\n".join(rows) + ";\n"
    return text.replace("\n", line).encode(encoding)


@pytest.fixture(scope="session")
def write():
    return written
