"""How the line to the mail server is protected: verified TLS or nothing."""

import ssl
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from portal import clock
from portal.correspondence import sender
from portal.correspondence.smtp_address import Protection, read_smtp_url
from portal.settings import SettingsError
from tests.unit.correspondence.people import WRITER
from tests.unit.correspondence.smtp import Inbox, free_port, serve
from tests.unit.correspondence.test_sender import use, write


def test_forms_of_the_address() -> None:
    tls = read_smtp_url("smtps://wren:p%40ss%3A@mail.example")
    assert (tls.protection, tls.host, tls.port) == (Protection.TLS, "mail.example", 465)
    assert (tls.user, tls.password) == ("wren", "p@ss:")
    assert read_smtp_url("smtp://mail.example").port == 587
    assert read_smtp_url("smtp+insecure://[::1]:2525").host == "::1"


@pytest.mark.parametrize(
    "url",
    [
        "smtp+insecure://wren:hush@mail.example:25",
        "smtp+insecure://wren:hush@127.0.0.1.example:25",
        "smtps://wren:hush@",
        "smtps://wren:hush@mail.example:port",
        "smtps://wren-hush@mail.example",
        "http://wren:hush@mail.example",
    ],
)
def test_wrong_addresses_get_a_sentence_without_secrets(url: str) -> None:
    with pytest.raises(SettingsError, match="SMTP_URL") as refused:
        read_smtp_url(url)
    assert "hush" not in str(refused.value)


def test_starttls_is_demanded(app: Flask) -> None:
    inbox, port = Inbox(), free_port()
    server = serve(inbox, port)
    use(app, f"smtp://127.0.0.1:{port}")
    write(WRITER)
    result = sender.send_waiting()
    server.stop()
    assert (result.sent, result.left, result.note) == (0, 1, sender.NOT_PROTECTED)
    assert inbox.got == []


def test_only_a_known_certificate_gets_letters(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    # Trusted for the server's own start, which connects to itself.
    inbox, port = Inbox(), free_port()
    server = serve(inbox, port, context)
    use(app, f"smtps://127.0.0.1:{port}")
    write(WRITER)
    assert sender.send_waiting() == sender.SendResult(0, 0, 1, sender.NOT_PROTECTED)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert sender.send_waiting() == sender.SendResult(1, 0, 0)
    server.stop()
    assert len(inbox.got) == 1


def test_a_wrong_password_is_said_and_costs_no_letter(app: Flask) -> None:
    inbox, port = Inbox(), free_port()
    server = serve(inbox, port)
    use(app, f"smtp+insecure://wren:wrong@127.0.0.1:{port}")
    write(WRITER)
    result = sender.send_waiting()
    server.stop()
    assert (result.sent, result.left, result.note) == (0, 1, sender.NOT_SIGNED_IN)


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
