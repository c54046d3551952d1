"""A real server on a free port of this machine. All figures are synthetic."""

import http.client
import os
import runpy
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Language
from vagvisare.web.server import serve

HERE = Path(__file__).parent

PROGRAM = textwrap.dedent(
    f"""
    import runpy
    from vagvisare.web.server import serve
    made = runpy.run_path({str(HERE / "synthetic.py")!r})["material"]
    serve(made(), lambda day: made(as_of=day), port=0)
    print("slut")
    """
)


@pytest.fixture(scope="module")
def server():
    """A site in a process of its own, as a person starts it."""
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    line = running.stdout.readline()
    assert "http://127.0.0.1:" in line, running.stderr.read()
    running.port = int(line.split("http://127.0.0.1:")[1].split("/")[0])
    yield running
    running.kill()
    running.wait(10)


def ask(server, method, path, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request(method, path, headers=headers or {})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_a_page_arrives_whole(server):
    response, body = ask(server, "GET", "/")
    assert response.status == 200
    assert body.rstrip().endswith(b"</html>")
    assert int(response.headers["Content-Length"]) == len(body)
    assert "Server" not in response.headers


def test_head_sends_no_body_over_the_wire(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    for _ in range(2):
        connection.request("HEAD", "/")
        response = connection.getresponse()
        assert response.status == 200
        assert response.read() == b""
        assert int(response.headers["Content-Length"]) > 1000
    connection.close()


def test_etag_answers_not_modified_over_the_wire(server):
    first, _ = ask(server, "GET", "/en/")
    again, body = ask(server, "GET", "/en/", {"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    assert body == b""


def test_many_readers_at_once_get_the_same_page(server):
    seen, failed = set(), []

    def read():
        try:
            response, body = ask(server, "GET", "/indikator/share/")
            seen.add((response.status, body))
        except OSError as error:
            failed.append(error)

    readers = [threading.Thread(target=read) for _ in range(20)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(30)
    assert not failed
    assert len(seen) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 20000 + b"\r\n\r\n",
        b"\x00\x01\x02\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999999\r\n\r\n",
        b"BREW / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    ],
)
def test_bad_requests_are_answered_and_the_server_lives(server, raw):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as wire:
        wire.sendall(raw)
        wire.settimeout(20)
        status = wire.recv(64)
    assert status.startswith(b"HTTP/1."), status
    assert status.split()[1][:1] == b"4"
    assert ask(server, "GET", "/")[0].status == 200


def test_a_taken_port_is_a_sentence_in_both_languages():
    made = runpy.run_path(str(HERE / "synthetic.py"))["material"]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OutputError) as caught:
            serve(made(), lambda day: made(as_of=day), port=port)
    assert f"Port {port} är upptagen." in caught.value.message(Language.SV)
    assert f"Port {port} is taken." in caught.value.message(Language.EN)
    assert f"--port {port + 1}" in str(caught.value)


@pytest.mark.parametrize("host", ["203.0.113.7", "ingen-adress-alls"])  # of a block kept for examples, and none
def test_an_address_of_another_machine_is_a_sentence_in_both_languages(host):
    made = runpy.run_path(str(HERE / "synthetic.py"))["material"]
    with pytest.raises(OutputError) as caught:
        serve(made(), lambda day: made(as_of=day), host=host, port=0)
    assert f"Det går inte att lyssna på {host}:0" in caught.value.message(Language.SV)
    assert "or 0.0.0.0 for all of them" in caught.value.message(Language.EN)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ending_is_clean(number):
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert "http://" in running.stdout.readline()
    running.send_signal(number)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 0, err
    assert "slut" in out
    assert err == ""


def test_the_command_listens_where_it_is_told(monkeypatch):
    from vagvisare.cli.serve import run

    heard = {}
    monkeypatch.setattr("vagvisare.web.server.serve", lambda *_, **told: heard.update(told))
    run(None, None, 8000, None, "192.0.2.1")
    assert heard["host"] == "192.0.2.1"
