"""Measured times, in the open: follow-up, site and deck, served pages, and the two engines. Never fails on time.

``python tools/bench.py [FOLDER]``. Bars: follow-up under 3 s, site and deck under 30 s, p95 under 50 ms with twenty
readers. Everything is measured in processes of its own, on this machine only.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
READERS = 20
REQUESTS = 2_000
STARTING_SECONDS = 60

FOLLOW_UP = """
from vagvisare import flow
outcome = flow.follow_up(flow.read_folder({folder!r}), history=False)
print(len(outcome.indicators), len(outcome.judgements), len(outcome.findings))
"""

PUBLISH = """
import sys, time
from pathlib import Path
from vagvisare import flow
from vagvisare.publications import html, opendata, pptx
from vagvisare.terms.language import Language
material = flow.material(flow.read_folder({folder!r}))
out = Path(sys.argv[1])
start = time.perf_counter()
files = html.write_site(material, out / "site")
site = time.perf_counter()
for language in Language:
    pptx.write_deck(material, out / f"deck-{{language}}.pptx", language=language)
deck = time.perf_counter()
data = opendata.write(material, out / "data")
print(files, site - start, deck - site, data, time.perf_counter() - deck)
"""

ENGINES = """
import time
from vagvisare import flow
from vagvisare.assessment import kernels, reference
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.request import points_of
outcome = flow.follow_up(flow.read_folder({folder!r}), history=False)
known = outcome.indicators
requests = [trend_request(s, known[k.indicator]) for k, s in outcome.panel.items() if k.indicator in known]
def best(run):
    times = []
    for _ in range(3):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)
fast = best(lambda: kernels.judge_all(requests))
plain = best(lambda: [reference.judge(request) for request in requests])
windows = [p for p in map(points_of, requests) if p.window.n >= 5]
blocks = {{}}
for window in windows:
    blocks.setdefault(window.window.n, []).append(window)
fit_fast = best(lambda: [kernels.fit_block(block) for block in blocks.values()])
fit_plain = best(lambda: [reference.fit(window) for window in windows])
print(len(requests), fast, plain, fit_fast, fit_plain)
"""

SERVE = """
from vagvisare import flow
from vagvisare.web.server import serve
recorded = flow.record(flow.read_folder({folder!r}))
serve(flow.material(recorded), lambda day: flow.material(recorded, as_of=day), port=0)
"""


def main(folder: Path) -> None:
    """Measure everything and print one row a measurement."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{folder} · {os.cpu_count()} cores · load {load:.1f} · Python {sys.version.split()[0]}\n")
    row("what", "measured", "bar")
    row("-" * 44, "-" * 12, "-" * 8)
    follow_up(folder)
    publish(folder)
    served(folder)
    engines(folder)
    kernels()
    sources()
    import bench_sweden  # noqa: PLC0415  beside this file when it is run as a program

    bench_sweden.main()


def row(what: str, measured: str, bar: str = "") -> None:
    """Print one row of the table."""
    print(f"{what:<52} {measured:>14} {bar:>10}", flush=True)


def follow_up(folder: Path) -> None:
    """Measure a follow-up in a fresh process, the start of Python included; the best of three."""
    times, told = [], ""
    for _ in range(3):
        start = time.perf_counter()
        told = run(FOLLOW_UP, folder)
        times.append(time.perf_counter() - start)
    indicators, judgements, findings = told.split()
    row(f"follow-up, {indicators} indicators, {judgements} series, {findings} findings", f"{min(times):.2f} s", "< 3 s")
    row("  the slowest of three", f"{max(times):.2f} s")


def publish(folder: Path) -> None:
    """Measure writing the site in both languages, both decks, and the data files."""
    with tempfile.TemporaryDirectory() as out:
        files, site, deck, data, written = run(PUBLISH, folder, out).split()
    row("site and decks, both languages", f"{float(site) + float(deck):.2f} s", "< 30 s")
    row(f"  site, {files} files", f"{float(site):.2f} s")
    row("  two decks", f"{float(deck):.2f} s")
    row(f"  open data, {data} files", f"{float(written):.2f} s")


def engines(folder: Path) -> None:
    """Measure the array kernels against the plain reference on the same trends."""
    number, *seconds = run(ENGINES, folder).split()
    fast, plain, fit_fast, fit_plain = map(float, seconds)
    row(f"{number} trends judged: array kernels · plain reference", f"{fast * 1000:.0f} · {plain * 1000:.0f} ms")
    row("  reference / kernels, whole judgement", f"{plain / fast:.1f} ×")
    row("  reference / kernels, the fits alone", f"{fit_plain / fit_fast:.1f} ×")


def kernels() -> None:
    """Measure the kernels on a million synthetic series, in a process of their own."""
    alone("bench_kernels")


def sources() -> None:
    """Measure reading what official sources send, and the store it is kept in, each in a process of its own."""
    for program in ("bench_sources_jsonstat", "bench_sources_kolada", "bench_sources_fetch", "bench_sources_store"):
        alone(program)


def alone(program: str) -> None:
    """Run one of the programs beside this one, in a process of its own."""
    subprocess.run([sys.executable, str(ROOT / "tools" / f"{program}.py")], check=False)  # noqa: S603  our own program


def served(folder: Path, requests: int = REQUESTS) -> None:
    """Measure reading the site over loopback: twenty readers at once, each keeping its connection."""
    program = [sys.executable, "-c", SERVE.format(folder=str(folder))]
    server = subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=ROOT)  # noqa: S603  our own program
    try:
        port = _port(server)
        wait_until_warm(port)
        reader = [sys.executable, __file__, "--read", str(port), str(requests)]
        done = subprocess.run(reader, capture_output=True, text=True, check=True)  # noqa: S603  our own program
        told = json.loads(done.stdout)
    finally:
        server.terminate()
        server.wait(20)
    row(f"served pages, {READERS} readers, {told['requests']} requests: p50", f"{told['p50']:.1f} ms")
    row("  p95", f"{told['p95']:.1f} ms", "< 50 ms")
    row("  p99 · slowest", f"{told['p99']:.1f} · {told['max']:.1f} ms")
    row("  requests a second · failed", f"{told['rate']:.0f} · {told['failed']}")


def _port(server: subprocess.Popen[str]) -> int:
    line = server.stdout.readline() if server.stdout else ""
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
    if found is None:
        raise SystemExit(f"The server did not start: {line}")
    return int(found[1])


def wait_until_warm(port: int) -> None:
    """Wait until the server has prepared its pages, as it does at every start."""
    until = time.perf_counter() + STARTING_SECONDS
    slow = 1.0
    while slow > 0.02 and time.perf_counter() < until:
        slow = max(_timed(port, path) for path in _paths(port)[-20:])


def read(port: int, requests: int) -> None:
    """Read pages as twenty people do and print the times; runs in a process of its own."""
    paths = _paths(port)
    times: list[float] = []
    failed: list[str] = []
    each = max(1, requests // READERS)

    def one(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for step in range(each):
            path = paths[(number * 7 + step) % len(paths)]
            start = time.perf_counter()
            try:
                connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
                response = connection.getresponse()
                response.read()
                status = response.status
            except OSError:
                status = 0
                connection.close()
            times.append((time.perf_counter() - start) * 1000)
            if status != 200:
                failed.append(path)
        connection.close()

    start = time.perf_counter()
    readers = [threading.Thread(target=one, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    took = time.perf_counter() - start
    cuts = statistics.quantiles(times, n=100)
    told = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(times)}
    print(json.dumps({**told, "requests": len(times), "rate": len(times) / took, "failed": len(failed)}))


def _paths(port: int) -> list[str]:
    """Return the pages the start page and the lists link to, in both languages."""
    found: dict[str, None] = {}
    for page in ("/", "/en/", "/indikator/", "/en/indikator/", "/mal/", "/uppfoljning/"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", page)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        if response.status == 200:
            found[page] = None
            for link in re.findall(r'href="([^"#?:]+/)"', text):
                path = os.path.normpath(page + link) + "/"
                found[path.replace("//", "/")] = None
    return [path for path in found if _timed(port, path) >= 0]


def _timed(port: int, path: str) -> float:
    """Return how long one page takes in seconds; −1 where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    start = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return time.perf_counter() - start if response.status == 200 else -1.0


def run(program: str, folder: Path, *arguments: str) -> str:
    """Run a small program in a fresh process and return what it prints."""
    command = [sys.executable, "-c", program.format(folder=str(folder)), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603  our own program
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.strip()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "strategies" / "orebro"))
