"""https: with a certificate that is trusted data comes, with one that is not a sentence does."""

import gzip
import ipaddress
import ssl
from datetime import UTC, datetime, timedelta

import pytest

from replies.server import Response, Script
from vagvisare.sources.errors import ForbiddenAddressError, UnreachableError
from vagvisare.sources.http import Limits


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Return the path of a certificate for 127.0.0.1, with its key, made for this run."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "made for a test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "made.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secure_server(local_server, certificate):
    """Return a factory of https servers."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return lambda handler: local_server(handler, context=context)


def test_data_comes_over_https_even_after_a_fault(secure_server, wire_to, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    body = b'"' + b"0" * 3_000_000 + b'"'
    packed = Response(body=gzip.compress(body), headers={"Content-Encoding": "gzip"})
    server = secure_server(Script(lambda _: Response(body=body), {"/a": {1: Response(reset=10, body=body), 3: packed}}))
    wire = wire_to(server.url)
    assert [len(wire.get("a").json()) for _ in range(2)] == [3_000_000] * 2
    assert server.paths() == ["/a"] * 3


def test_a_dripping_answer_ends_in_time_over_https_too(secure_server, wire_to, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = secure_server(lambda _: Response(body=b" " * 10_000, drip=0.02))
    with pytest.raises(UnreachableError, match="inte färdigt"):
        wire_to(server.url, limits=Limits(reply=0.5, tries=1)).get("a")


def test_a_certificate_nobody_vouches_for(secure_server, wire_to, clock):
    server = secure_server(lambda _: Response.of(1))
    with pytest.raises(UnreachableError) as caught:
        wire_to(server.url).get("a")
    assert "certifikatet godtas inte" in caught.value.what.sv
    assert "SSL_CERT_FILE" in caught.value.remedy.en
    assert (server.log, clock.waits) == ([], [])


def test_from_https_to_http_is_refused(secure_server, local_server, wire_to, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    plain = local_server(lambda _: Response.of(1))
    server = secure_server(lambda _: Response(301, headers={"Location": f"{plain.url}/a"}))
    with pytest.raises(ForbiddenAddressError, match="inte krypterad"):
        wire_to(server.url).get("a")
    assert plain.log == []
