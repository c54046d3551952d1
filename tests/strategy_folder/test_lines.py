"""The line index finds what the standard reader found, whatever way it is written."""

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.strategy_folder.line_index import index_lines, line_of
from vagvisare.strategy_folder.toml_text import toml_text

TEXT = '''# först
key = "a#b" # efter
many = [
    "ett", # ]
    "två [",
    [1, 2],
]
long = """
[[falsk]]
x = 1 \\""" kvar
"""
raw = \'\'\'
y = 2
\'\'\'
"citat.key" = { a = [1,
  2] }

[table]
inner.sv = "x"
inner.en = "y"

[[item]]
k = 1
[[item.sub]]
k = 2
[[item.sub]]
k = 3
[[item]]
k = 4
[item.one]
k = 5
'''


def test_every_way_of_writing():
    assert tomllib.loads(TEXT)["item"][1]["one"]["k"] == 5
    found = index_lines(TEXT)
    wanted = {
        ("key",): 2,
        ("many",): 3,
        ("many", 0): 4,
        ("many", 1): 5,
        ("many", 2): 6,
        ("long",): 8,
        ("raw",): 12,
        ("citat.key",): 15,
        ("table",): 18,
        ("table", "inner"): 19,
        ("table", "inner", "en"): 20,
        ("item",): 22,
        ("item", 0, "k"): 23,
        ("item", 0, "sub", 0, "k"): 25,
        ("item", 0, "sub", 1): 26,
        ("item", 1, "k"): 29,
        ("item", 1, "one", "k"): 31,
    }
    assert {path: found.get(path) for path in wanted} == wanted
    assert ("falsk", 0) not in found
    assert ("x",) not in found


def test_what_has_no_line_gets_the_nearest_around_it():
    found = index_lines(TEXT)
    assert line_of(found, ("table", "inner", "fr")) == 19
    assert line_of(found, ("nothing", "here")) == 1


WORDS = st.text(max_size=12) | st.sampled_from(['"""', "'''", "\n[x]\n", "[", "]", "#", "a = 1\n", "\\"])


def leaves(data, path=()):
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


TABLES = st.dictionaries(st.sampled_from(["a", "b", "c"]), WORDS | st.integers() | st.lists(WORDS), min_size=1)


@settings(deadline=None, max_examples=60)
@given(
    st.fixed_dictionaries(
        {"k": WORDS, "x": st.lists(TABLES, min_size=1, max_size=3), "y": st.lists(TABLES, min_size=1)}
    )
)
def test_every_key_of_a_canonical_text_is_found_where_it_stands(data):
    text = toml_text(data)
    found = index_lines(text)
    lines = text.split("\n")
    for path, _ in leaves(data):
        assert lines[found[path] - 1].startswith(f"{path[-1]} = ")


@settings(deadline=None)
@given(st.text(max_size=60) | st.lists(WORDS).map("".join))
def test_no_text_stops_the_index(text):
    assert all(1 <= line <= text.count("\n") + 1 for line in index_lines(text).values())
