"""Replies and addresses that mean harm, from the source all the way to terminal, page and open data."""

import csv
import gzip
import io
import re
import unicodedata
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vagvisare.observations.store import Store
from vagvisare.observations.upkeep import verify
from vagvisare.sources.http import Limits

SMALL = Limits(
    connect=1.0, read=2.0, reply=4.0, tries=2, budget=4.0, first_wait=0.01, longest_wait=0.02, body=3_000_000
)
EVIL = "\x1b]0;ägd\x07\x9b31m\u202e<script>alert(1)</script><img src=x onerror=alert(1)>&quot;'\"=cmd|' /C calc'!A0"
FORMULA = "=cmd|' /C calc'!A0"
TOKEN = "HEMLIGT0nyckelord"  # noqa: S105 made up, to be looked for


@pytest.fixture(autouse=True)
def small(monkeypatch, four):
    """Take little, and wait little."""
    del four
    monkeypatch.setattr("vagvisare.sources.http.wire.Limits", lambda: SMALL)


def instead(**answer):
    """Answer everything with this."""

    def fault(_request, _answer):
        from replies.server import Response

        return Response(**answer)

    return fault


def to(address):
    return instead(status=302, headers={"Location": address})


def following(address):
    """Let the next page lie elsewhere."""

    def fault(_request, answer):
        return replace(answer, body=re.sub(rb'"next_url": null', f'"next_url": "{address}"'.encode(), answer.body))

    return fault


def harmless(text):
    odd = {sign for sign in text if unicodedata.category(sign) == "Cc" and sign not in "\n\t"} | set("\u202e") & set(
        text
    )
    assert not odd, odd


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://127.0.0.1/v3", "gopher://x", "kolada", "http://", "http://a:b@127.0.0.1/"]
)
def test_an_address_that_is_none_is_refused_with_the_setting_named(four, command, address):
    four.setting("kolada", address)
    for lang in ("sv", "en"):
        code, out, err = command("fetch", four.folder, "--only", "low_trust", lang=lang)
        assert code in (2, 3, 7), (code, out, err)
        assert "sources.kolada" in out + err
        assert "passwd" not in out.replace("/etc/passwd", "") + err.replace("/etc/passwd", "")
        assert "a:b@" not in out + err


@pytest.mark.parametrize(
    "fault",
    [
        to("http://169.254.169.254/latest/meta-data/"),
        to("http://localhost:1/"),
        to("http://[::1]:1/"),
        to("http://0x7f000001/"),
        to("http://2130706433/"),
        to("file:///etc/passwd"),
        to("ftp://127.0.0.1/"),
        to("//10.0.0.1/x"),
        to("http://användare:hemligt@192.168.0.1/".encode().decode("latin-1")),
        following("http://169.254.169.254/latest/"),
        following("http://localhost:1/v3"),
        following("file:///etc/passwd"),
        following("http://127.0.0.1@10.0.0.1/v3"),
        following("https://statistik.example/v3"),
    ],
    ids=range(14),
)
def test_a_source_cannot_send_us_elsewhere(four, command, fault):
    four.spoil("kolada", fault)
    code, out, err = command("fetch", four.folder, "--only", "low_trust")
    assert code == 7, (out, err)
    assert "förbindelse" not in out, "nobody there has even been called"
    assert Store(four.folder / "vintages").latest("low_trust").source != "kolada", "nothing of it became figures"
    harmless(out + err)
    assert verify(Store(four.folder / "vintages")) == ()


HURTFUL = [
    instead(body=gzip.compress(b" " * 60_000_000), headers={"Content-Encoding": "gzip"}),
    instead(body=gzip.compress(gzip.compress(b"0" * 60_000_000)), headers={"Content-Encoding": "gzip"}),
    instead(body=b" " * 65_536, endless=True),
    instead(body=b"[" * 1_000_000),
    instead(body=b'{"values":' * 200_000),
    instead(body=b'{"values": [' + b"1e999999," * 1000 + b"1]}"),
    instead(body=b'{"count": 1' + b"0" * 100_000 + b', "values": []}'),
    instead(body=b"\xff\xfe" + "{}".encode("utf-16-le")),
    instead(body=b"NaN"),
    instead(body=b""),
    instead(body=b"null"),
    instead(status=204),
    instead(status=999),
    instead(status=302),
]


@pytest.mark.parametrize("number", range(len(HURTFUL)))
def test_a_reply_meant_to_hurt_is_a_sentence(four, command, number):
    # All three in one fetch: what one source does is no trouble to the others, nor to the file beside them.
    for source in four.servers:
        four.spoil(source, HURTFUL[number])
    code, out, err = command("fetch", four.folder, "--json")
    assert code == 7, (out, err)
    assert (out.count('"failed"'), out.count('"new"')) == (3, 1), out
    assert "hos oss" not in out, "it is the source's fault, and told so"
    harmless(out + err)
    assert verify(Store(four.folder / "vintages")) == ()


def hostile(four):
    """Let every word that sources have about themselves be hostile."""
    from replies.four_sources import PATH, TABLE

    four.kolada.kpis[0] |= {"title": EVIL, "description": EVIL}
    table = four.scb.tables[TABLE]
    table.label, table.notes, table.unit = EVIL, (EVIL,), "procent"
    for dim in table.dims:
        dim.label = EVIL
        dim.categories = {code: EVIL if code != "2015" else code for code in dim.categories}
    health = four.health.tables[PATH]
    health.title = EVIL
    for variable in health.variables:
        variable.text = EVIL
        if not variable.time:
            variable.values = dict.fromkeys(variable.values, EVIL)


def published(four, command, place):
    """Publish what there is, and return every file's text by name."""
    code, out, err = command("follow-up", four.folder, "--out", place)
    assert code == 0, (out, err)
    harmless(out + err)
    return {
        path: path.read_text("utf-8") for path in place.rglob("*") if path.suffix in {".html", ".csv", ".json", ".svg"}
    }


def test_hostile_words_are_shown_and_never_obeyed(four, command, tmp_path):
    command("fetch", four.folder)
    hostile(four)
    from replies.four_sources import PATH, TABLE, revised

    revised(four, by=0.1)
    four.scb.tables[TABLE].updated = "2098-01-01T00:00:00Z"
    four.scb.tables[TABLE].figure = lambda codes, before=four.scb.tables[TABLE].figure: round(before(codes) + 0.1, 1)
    four.health.tables[PATH].updated, four.health.tables[PATH].stamp = "2098-01-01T00:00:00", "2098-01-01T00:00:00Z"
    for lang in ("sv", "en"):
        code, out, err = command("fetch", four.folder, lang=lang)
        assert code in (0, 7, 8), err
        harmless(out + err)
        for asked in ("status", "questions", "quarantine"):
            words = (asked,) if asked == "status" else (asked, "list")
            for more in ((), ("--json",)) if asked == "status" else ((),):
                code, out, err = command(*words, four.folder, *more, lang=lang)
                assert code == 0, err
                harmless(out + err)
    assert "script" in command("questions", "list", four.folder)[1], "what the source says is told"
    texts = published(four, command, tmp_path / "ute")
    for path, text in texts.items():
        if path.suffix == ".html":
            assert "<script>alert" not in text, path
            assert "onerror=alert(1)>" not in re.sub(r"&lt;.*?&gt;", "", text), path
        if path.suffix == ".csv":
            for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))):
                for cell in row:
                    assert not re.match(r"[=@+\t\r]|-(?![0-9])", cell), (path, cell)


def with_background(four, codes):
    """Give SCB's table a dimension of codes that it chooses itself."""
    from replies.four_sources import TABLE
    from replies.pxwebapi2 import Dim

    table = four.scb.tables[TABLE]
    table.dims.insert(2, Dim("Grupp", "grupp", {code: code for code in codes}))
    before = table.figure
    table.figure = lambda cell: before((cell[0], cell[1], *cell[3:]))
    four.define(
        '[[dataset.query.dimension]]\ncode = "ContentsCode"',
        '[[dataset.query.dimension]]\ncode = "Grupp"\nrole = "background"\n\n'
        '[[dataset.query.dimension]]\ncode = "ContentsCode"',
    )


@pytest.mark.parametrize("code", [FORMULA, "../../../../utanför", "\x1b[31mröd", "<b>", "x" * 500])
def test_codes_of_a_source_become_neither_paths_nor_formulas(four, command, tmp_path, code):
    with_background(four, (code, "vanlig"))
    before = set(tmp_path.rglob("*"))
    got, out, err = command("fetch", four.folder, "--only", "upper_secondary_eligibility")
    assert got == (8 if "\x1b" in code or len(code) > 200 else 0), (out, err)
    harmless(out + err)
    if got == 8:
        who = ("--by", "Eva", "--why", "Släpps ändå")
        assert command("quarantine", "accept", four.folder, "upper_secondary_eligibility", *who)[0] == 0
    texts = published(four, command, tmp_path / "ute")
    for path, text in texts.items():
        if path.suffix == ".csv":
            for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))):
                assert not any(cell.startswith(("=", "@")) for cell in row), (path, row)
        if path.suffix == ".html":
            assert "<b>" not in re.sub(r"<b>[^<]*</b>", "", text), path
    made = set(tmp_path.rglob("*")) - before
    roots = (four.folder / "vintages", tmp_path / "ute")
    assert all(any(root == path or root in path.parents for root in roots) for path in made)


@pytest.mark.parametrize("key", ["../../utanför", "a/b", "..", "_held", ".dold", "CON\x00", ""])
def test_a_data_set_cannot_be_named_after_a_path(four, command, key):
    import json

    four.define('key = "low_trust"\nsource = "kolada"', f'key = {json.dumps(key)}\nsource = "kolada"')
    code, out, err = command("fetch", four.folder)
    assert code == 3, (out, err)
    harmless(out + err)
    assert not (four.folder / "vintages").exists()


@pytest.mark.parametrize("table", ["../../../etc/passwd", "/etc/passwd", "deliveries/../../../hemligt.csv", "länk.csv"])
def test_a_delivery_is_looked_for_in_the_folder_only(four, command, tmp_path, table):
    (tmp_path / "hemligt.csv").write_text("Kod;År;Kön;Andel\n18;2023;Kvinnor;70\n", "utf-8")
    (four.folder / "länk.csv").symlink_to(tmp_path / "hemligt.csv")
    four.define('table = "deliveries/rök.csv"', f'table = "{table}"')
    code, out, err = command("fetch", four.folder, "--only", "daily_smoking")
    assert code in (3, 7), (out, err)
    assert "root:" not in out + err


def every_byte(place):
    """Yield every file below a folder as bytes, unpacked where it is packed."""
    for path in sorted(place.rglob("*")):
        if path.is_file():
            body = path.read_bytes()
            yield path, body
            if path.suffix == ".zst":
                yield path, pa.CompressedInputStream(pa.BufferReader(body), "zstd").read()
            if path.suffix == ".parquet":
                yield (
                    path,
                    str(pq.read_table(path).to_pydict()).encode() + str(pq.read_metadata(path).metadata).encode(),
                )


def secretly_moved(request, answer):
    """Refer to an address with a token in it, then answer there."""
    from replies.server import Response

    if "token" in request.query or "config" in request.target:
        return answer
    more = "&" if "?" in request.target else "?"
    return Response(302, headers={"Location": f"{request.target}{more}token={TOKEN}"})


def test_no_secret_is_written_anywhere(four, command, tmp_path, monkeypatch):
    said = ""
    for source in ("scb", "folkhalsomyndigheten"):
        four.spoil(source, secretly_moved)
    for fetch in range(2):
        said += "".join(map(str, command("fetch", four.folder, "--json")))
        del fetch
    working = four.servers["kolada"].url
    for url in (
        f"http://eva:{TOKEN}@127.0.0.1:1/v3",
        f"{working}/v3?token={TOKEN}",
        f"{working}/v3?api_key={TOKEN}",
        f"{working}/v3#{TOKEN}",
    ):
        four.setting("kolada", url)
        code, out, err = command("fetch", four.folder, "--json")
        assert code in (2, 3, 7)
        said += out + err
        said += "".join(map(str, command("fetch", four.folder)))
    monkeypatch.setenv("VAGVISARE_SOURCE_KOLADA_URL", f"http://eva:{TOKEN}@127.0.0.1:1/v3")
    said += "".join(map(str, command("fetch", four.folder)))
    monkeypatch.setenv("VAGVISARE_SOURCE_KOLADA_URL", "http://statistik.invalid/v3")
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://eva:{TOKEN}@127.0.0.1:1")
    said += "".join(map(str, command("fetch", four.folder)))
    monkeypatch.setenv("http_proxy", f"socks5://eva:{TOKEN}@127.0.0.1:1")
    said += "".join(map(str, command("fetch", four.folder)))
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "VAGVISARE_SOURCE_KOLADA_URL"):
        monkeypatch.delenv(name)
    for store in (f"ftp://eva:{TOKEN}@127.0.0.1:1/x", f"nonsens://eva:{TOKEN}@x/y?secret={TOKEN}"):
        code, out, err = command("status", four.folder, "--store", store)
        assert (code, "Lagret" in err) == (6, True), err
        said += out + err
        said += "".join(map(str, command("fetch", four.folder, "--store", store)))
    for asked in (
        ("status",),
        ("status", "--json"),
        ("questions", "list"),
        ("quarantine", "list"),
        ("store", "verify"),
    ):
        words = 1 if asked[0] == "status" else 2
        said += "".join(map(str, command(*asked[:words], four.folder, *asked[words:])))
    published(four, command, tmp_path / "ute")
    assert TOKEN not in said
    for path, body in every_byte(tmp_path):
        if path.name != "strategy.toml":
            assert TOKEN.encode() not in body, path
