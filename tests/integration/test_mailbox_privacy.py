"""Nothing secret is said to a server that is not the right one, or over a way that is open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.mailbox import ImapMailbox
from intake.mailbox_errors import MailboxRefused, MailboxUnreachable
from intake.mailbox_url import MailboxAddress
from tests.integration.test_mailbox_faults import SECRET, opened, through
from tests.services.dovecot import Dovecot, dovecot
from tests.services.dovecot_settings import DovecotSettings
from tests.services.tcp_proxy import tcp_proxy

pytestmark = pytest.mark.service


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (DovecotSettings(ended=True), "certificate has expired"),
        (DovecotSettings(host="other.example"), "mismatch"),
    ],
    ids=["ended", "for another host"],
)
@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls"])
def test_a_wrong_certificate_is_never_spoken_to(
    settings: DovecotSettings, words: str, scheme: str
) -> None:
    with dovecot(settings) as server:
        port = server.tls_port if scheme == "imaps" else server.plain_port
        with tcp_proxy(port) as proxy, opened(server, through(proxy, scheme)) as mailbox:
            with pytest.raises(MailboxUnreachable, match=f"not trusted.*{words}"):
                mailbox.connect()
            assert SECRET.encode() not in proxy.sent


@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls"])
def test_an_unknown_certificate_is_never_spoken_to(mail_server: Dovecot, scheme: str) -> None:
    url = mail_server.url if scheme == "imaps" else mail_server.starttls_url
    mailbox = ImapMailbox(MailboxAddress.parse(url), timeout=5)
    with pytest.raises(MailboxUnreachable, match="certificate that is not trusted"):
        mailbox.connect()


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.replace(b"STARTTLS", b"STARTTLX"),
        lambda said: said.replace(b"OK Begin TLS", b"NO Not today"),
    ],
    ids=["the offer is taken away", "the answer is no"],
)
def test_without_starttls_nothing_is_said_in_the_clear(
    mail_server: Dovecot, change: Callable[[bytes], bytes]
) -> None:
    with tcp_proxy(mail_server.plain_port) as proxy:
        proxy.change = change
        with (
            opened(mail_server, through(proxy, "imap+starttls")) as mailbox,
            pytest.raises((MailboxRefused, MailboxUnreachable)),
        ):
            mailbox.connect()
        assert proxy.connections == 1
        assert b"LOGIN" not in proxy.sent
        assert b"AUTHENTICATE" not in proxy.sent


def test_what_is_slipped_in_before_tls_is_not_believed(mail_server: Dovecot) -> None:
    with tcp_proxy(mail_server.plain_port) as proxy:
        proxy.change = lambda said: (
            said + b"* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n" if b"OK Begin TLS" in said else said
        )
        with opened(mail_server, through(proxy, "imap+starttls")) as mailbox:
            mailbox.connect()
            assert mailbox.uids() == []
        assert SECRET.encode() not in proxy.sent


def test_a_server_that_takes_no_password_in_the_clear_is_not_told_one(
    mail_server: Dovecot,
) -> None:
    # From another address than its own Dovecot holds the network for open, and says so.
    with (
        tcp_proxy(mail_server.plain_port, source="127.0.0.2") as proxy,
        opened(mail_server, through(proxy, "imap+insecure")) as mailbox,
    ):
        with pytest.raises(MailboxRefused, match="takes no password"):
            mailbox.connect()
        assert SECRET.encode() not in proxy.sent
