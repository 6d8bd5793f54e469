"""Mailbox addresses: what is read from them, and what they never tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.mailbox_errors import MailboxUrlError
from intake.mailbox_url import MailboxAddress, Security

CLIENT = "client_id=portal&client_secret=env:CLIENT_SECRET"


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENT_SECRET", "hush-hush")


def test_a_full_address_is_read() -> None:
    url = "imaps://feedback@council.example:p%40ss%2Fword@mail.council.example:1993/Team%20box"
    address = MailboxAddress.parse(url)
    assert address.user == "feedback@council.example"
    assert address.password == "p@ss/word"
    assert (address.host, address.port) == ("mail.council.example", 1993)
    assert (address.folder, address.security) == ("Team box", Security.TLS)
    assert address.name == "feedback@council.example@mail.council.example:1993/Team box"


def test_folder_and_port_have_usual_values() -> None:
    address = MailboxAddress.parse("imaps://a:b@mail.example")
    assert (address.port, address.folder) == (993, "INBOX")
    assert MailboxAddress.parse("imap+insecure://a:b@localhost").port == 143
    starttls = MailboxAddress.parse("imap+starttls://a:b@mail.example")
    assert (starttls.port, starttls.security) == (143, Security.STARTTLS)


def test_the_password_is_in_no_representation() -> None:
    address = MailboxAddress.parse("imaps://a:hush-hush@mail.example")
    assert "hush-hush" not in repr(address) + str(address) + address.name


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "[::1]", "localhost"])
def test_loopback_may_do_without_tls(host: str) -> None:
    address = MailboxAddress.parse(f"imap+insecure://a:b@{host}:4143/INBOX")
    assert address.security is Security.NONE


def test_a_password_may_lie_in_a_file(tmp_path: Path) -> None:
    place = tmp_path / "password"
    place.write_text("with spaces and ü \n")
    address = MailboxAddress.parse(f"imaps://a@mail.example/INBOX?password=file:{place}")
    assert address.password == "with spaces and ü "


def test_the_client_of_microsoft_asks_as_itself() -> None:
    address = MailboxAddress.parse(
        f"imaps://a%40council.example@mail.example/?auth=microsoft&tenant=council.example&{CLIENT}"
    )
    assert address.tokens is not None
    assert address.tokens.url.endswith("/council.example/oauth2/v2.0/token")
    assert address.tokens.scope.endswith("/.default")
    assert (address.tokens.client_secret, address.password) == ("hush-hush", "")
    assert "hush-hush" not in repr(address)


def test_a_refresh_token_is_a_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFRESH", "hush-refresh")
    refresh = "client_id=portal&refresh_token=env:REFRESH"
    microsoft = MailboxAddress.parse(f"imaps://a@mail.example/?auth=microsoft&tenant=t&{refresh}")
    assert microsoft.tokens is not None
    assert "offline_access" in microsoft.tokens.scope
    google = MailboxAddress.parse(f"imaps://a@mail.example/?auth=google&{refresh}")
    assert google.tokens is not None
    assert google.tokens.scope == ""
    assert "hush" not in repr((microsoft, google))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("imap+insecure://a:hush@mail.example/INBOX", "not on this machine"),
        ("imap+insecure://a:hush@10.0.0.1/INBOX", "not on this machine"),
        ("imap+insecure://a:hush@localhost.example/INBOX", "not on this machine"),
        ("imap://a:hush@mail.example/INBOX", "begins with imaps://"),
        ("https://a:hush@mail.example/", "begins with imaps://"),
        ("imaps://mail.example/INBOX", "needs a user and a password"),
        ("imaps://a@mail.example/INBOX", "needs a user and a password"),
        ("imaps://a:hush@/INBOX", "names no host"),
        ("imaps://a:hush@mail.example:port/INBOX", "host or port that is none"),
        ("imaps://a:hush%0d%0aA1%20NOOP@mail.example/INBOX", "control character"),
        ("imaps://a:b@mail.example/INBOX?hush", "may hold"),
        ("imaps://a:b@mail.example/INBOX?word=hush", "may hold"),
        ("imaps://a:b@mail.example/INBOX#hush", "may hold"),
        ("imaps://a:b@mail.example/INBOX?auth=password&auth=google", "once each"),
        ("imaps://a@mail.example/?password=hush", "names where the secret is"),
        ("imaps://a@mail.example/?password=env:NOT_THERE", "missing: env:NOT_THERE"),
        ("imaps://a@mail.example/?password=file:/not/there", "missing: file:/not/there"),
        ("imaps://a@mail.example/?auth=kerberos", "auth is one of"),
        ("imaps://a@mail.example/?auth=google", "needs a client_id"),
        (f"imaps://a@mail.example/?auth=google&{CLIENT}", "needs a refresh_token"),
        (f"imaps://a@mail.example/?auth=microsoft&{CLIENT}", "needs the tenant"),
        (f"imaps://a@mail.example/?auth=microsoft&tenant=a/b&{CLIENT}", "needs the tenant"),
        ("imaps://a@mail.example/?auth=microsoft&client_id=p", "client_secret or refresh_token"),
        (f"imaps://a@mail.example/?auth=oauth2&{CLIENT}", "token_url"),
        (
            f"imaps://a@mail.example/?auth=oauth2&token_url=http://hush.example/&{CLIENT}",
            "https://",
        ),
        (
            "imaps://a@mail.example/?auth=oauth2&token_url=https://t.example/&client_id=p"
            "&client_secret=hush",
            "names where the secret is",
        ),
        (f"imaps://a@mail.example/?auth=google&mechanism=plain&{CLIENT}", "refresh_token"),
        ("imaps://@mail.example/?auth=microsoft&tenant=t&" + CLIENT, "needs a user"),
        ("", "begins with imaps://"),
    ],
)
def test_a_wrong_address_is_a_sentence_without_the_password(url: str, words: str) -> None:
    with pytest.raises(MailboxUrlError, match=words) as caught:
        MailboxAddress.parse(url)
    assert "hush" not in str(caught.value)


def test_a_mechanism_that_is_none_is_refused() -> None:
    with pytest.raises(MailboxUrlError, match="xoauth2 or oauthbearer"):
        MailboxAddress.parse(
            f"imaps://a@mail.example/?auth=microsoft&tenant=t&mechanism=plain&{CLIENT}"
        )
