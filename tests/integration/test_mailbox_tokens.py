"""OAuth at a real Dovecot, which asks a token server on loopback whose each token is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from intake.mailbox import ImapMailbox
from intake.mailbox_errors import MailboxRefused, MailboxUnreachable, SignInRefused
from intake.mailbox_url import MailboxAddress
from tests.services.dovecot import Dovecot, dovecot
from tests.services.dovecot_settings import DovecotSettings
from tests.services.token_server import TokenServer, token_server
from tests.verification.test_mailbox import letter

pytestmark = pytest.mark.service
SECRET_NAME = "A_CLIENT_SECRET"


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[TokenServer, Dovecot]]:
    with (
        token_server() as tokens,
        dovecot(DovecotSettings(introspection_url=tokens.introspection_url)) as server,
    ):
        yield tokens, server


@pytest.fixture
def tokens(pair: tuple[TokenServer, Dovecot], monkeypatch: pytest.MonkeyPatch) -> TokenServer:
    """The token server as it begins, its client's secret in a variable."""
    tokens, _ = pair
    fresh = TokenServer(port=tokens.port)
    for name, value in vars(fresh).items():
        if name != "_numbers":
            setattr(tokens, name, value)
    monkeypatch.setenv(SECRET_NAME, tokens.client_secret)
    return tokens


@pytest.fixture
def server(pair: tuple[TokenServer, Dovecot]) -> Dovecot:
    pair[1].empty()
    return pair[1]


def mailbox_of(server: Dovecot, tokens: TokenServer, **more: str) -> ImapMailbox:
    query = {
        "auth": "oauth2",
        "token_url": tokens.token_url,
        "client_id": tokens.client_id,
        "client_secret": f"env:{SECRET_NAME}",
        **more,
    }
    url = f"imaps://feedback@localhost:{server.tls_port}/INBOX?" + "&".join(
        f"{name}={quote(value, safe='')}" for name, value in query.items()
    )
    return ImapMailbox(MailboxAddress.parse(url), ca_file=server.ca_file, timeout=5)


def reads(mailbox: ImapMailbox) -> bool:
    mailbox.connect()
    try:
        return mailbox.uids() == []
    finally:
        mailbox.close()


@pytest.mark.parametrize("mechanism", ["xoauth2", "oauthbearer"])
def test_the_client_itself_signs_in_with_a_token(
    server: Dovecot, tokens: TokenServer, mechanism: str
) -> None:
    server.deliver(letter(1))
    mailbox = mailbox_of(server, tokens, mechanism=mechanism, scope="mail.read mail.move")
    mailbox.connect()
    assert [one.raw for one in mailbox.fetch(mailbox.uids())] == [letter(1)]
    mailbox.close()
    assert tokens.asked == [
        {
            "grant_type": "client_credentials",
            "client_id": tokens.client_id,
            "client_secret": tokens.client_secret,
            "scope": "mail.read mail.move",
        }
    ]
    log = (server.home / "dovecot.log").read_text()
    assert f"method={mechanism.upper()}" in log


def test_a_token_is_kept_for_the_next_connection(server: Dovecot, tokens: TokenServer) -> None:
    mailbox = mailbox_of(server, tokens)
    assert reads(mailbox)
    assert reads(mailbox)
    assert len(tokens.asked) == 1


def test_a_token_is_renewed_before_it_ends(server: Dovecot, tokens: TokenServer) -> None:
    # Half of its life is nothing, so that the next use is late enough.
    tokens.expires_in = 0
    mailbox = mailbox_of(server, tokens)
    assert reads(mailbox)
    assert reads(mailbox)
    assert len(tokens.asked) == 2


def test_a_token_withdrawn_early_is_renewed_once(server: Dovecot, tokens: TokenServer) -> None:
    mailbox = mailbox_of(server, tokens)
    assert reads(mailbox)
    tokens.withdraw()
    assert reads(mailbox)
    assert len(tokens.asked) == 2


def test_a_refused_new_token_is_told_and_not_asked_for_again_and_again(
    server: Dovecot, tokens: TokenServer
) -> None:
    # The server knows the token as somebody else's.
    tokens.user = "somebody-else"
    mailbox = mailbox_of(server, tokens)
    with pytest.raises(SignInRefused, match="refuses the token of the mailbox feedback") as caught:
        mailbox.connect()
    assert len(tokens.asked) == 1
    assert "token-" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_refresh_token_is_used_and_the_new_one_kept(
    server: Dovecot, tokens: TokenServer, tmp_path: Path
) -> None:
    place = tmp_path / "refresh-token"
    place.write_text(tokens.refresh_token + "\n")
    tokens.rotates, tokens.expires_in = True, 0
    mailbox = mailbox_of(server, tokens, refresh_token=f"file:{place}")
    assert reads(mailbox)
    assert reads(mailbox)
    assert [one["grant_type"] for one in tokens.asked] == ["refresh_token"] * 2
    assert tokens.asked[0]["refresh_token"] == "first-refresh-token"
    assert place.read_text() == tokens.refresh_token
    assert place.stat().st_mode & 0o077 == 0
    # A worker that starts afterwards goes on with the newest.
    assert reads(mailbox_of(server, tokens, refresh_token=f"file:{place}"))


def test_a_new_refresh_token_is_kept_in_memory_where_it_cannot_be_written(
    server: Dovecot, tokens: TokenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_REFRESH_TOKEN", tokens.refresh_token)
    tokens.rotates, tokens.expires_in = True, 0
    mailbox = mailbox_of(server, tokens, refresh_token="env:A_REFRESH_TOKEN")
    assert all(reads(mailbox) for _ in range(3))


def test_a_refusal_of_the_token_server_is_a_sentence_without_secrets(
    server: Dovecot, tokens: TokenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECRET_NAME, "an-old-secret")
    mailbox = mailbox_of(server, tokens)
    with pytest.raises(MailboxRefused, match="invalid_client, AADSTS7000215") as caught:
        mailbox.connect()
    assert "an-old-secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        ((503, b"busy"), MailboxUnreachable, "in trouble"),
        ((200, b"<html>"), MailboxUnreachable, "gave no token"),
        ((200, b'{"access_token": "two\\nlines"}'), MailboxUnreachable, "gave no token"),
        ((400, b"[]"), MailboxRefused, "400"),
    ],
)
def test_nonsense_of_the_token_server_is_a_sentence(
    server: Dovecot,
    tokens: TokenServer,
    answer: tuple[int, bytes],
    kind: type[Exception],
    words: str,
) -> None:
    tokens.answers_with = answer
    with pytest.raises(kind, match=words):
        mailbox_of(server, tokens).connect()


def test_a_redirect_does_not_carry_the_secret_elsewhere(
    server: Dovecot, tokens: TokenServer
) -> None:
    with token_server() as elsewhere:
        tokens.redirects_to = elsewhere.token_url
        with pytest.raises(MailboxRefused, match="307"):
            mailbox_of(server, tokens).connect()
        assert elsewhere.asked == []


def test_a_token_server_that_is_down_is_a_sentence(server: Dovecot, tokens: TokenServer) -> None:
    with token_server() as gone:
        url = gone.token_url
    with pytest.raises(MailboxUnreachable, match=r"token server 127\.0\.0\.1 cannot be reached"):
        mailbox_of(server, tokens, token_url=url).connect()


def test_a_token_server_with_an_unknown_certificate_is_not_told_the_secret(
    server: Dovecot, tokens: TokenServer
) -> None:
    # Dovecot's own port speaks TLS with a certificate that nobody knows.
    url = f"https://localhost:{server.tls_port}/token"
    with pytest.raises(MailboxUnreachable, match="certificate that is not trusted"):
        mailbox_of(server, tokens, token_url=url).connect()


def test_a_mail_server_without_oauth_is_sent_no_token(
    mail_server: Dovecot, tokens: TokenServer
) -> None:
    with pytest.raises(MailboxRefused, match="takes no OAuth token"):
        mailbox_of(mail_server, tokens).connect()
