"""Mailbox addresses: what is read from them, and what they never tell."""

from __future__ import annotations

import pytest

from intake.mailbox_url import MailboxAddress, MailboxUrlError


def test_a_full_address_is_read() -> None:
    url = "imaps://feedback@council.example:p%40ss%2Fword@mail.council.example:1993/Team%20box"
    address = MailboxAddress.parse(url)
    assert address.user == "feedback@council.example"
    assert address.password == "p@ss/word"
    assert (address.host, address.port) == ("mail.council.example", 1993)
    assert (address.folder, address.tls) == ("Team box", True)
    assert address.name == "feedback@council.example@mail.council.example:1993/Team box"


def test_folder_and_port_have_usual_values() -> None:
    address = MailboxAddress.parse("imaps://a:b@mail.example")
    assert (address.port, address.folder) == (993, "INBOX")
    assert MailboxAddress.parse("imap+insecure://a:b@localhost").port == 143


def test_the_password_is_in_no_representation() -> None:
    address = MailboxAddress.parse("imaps://a:hush-hush@mail.example")
    assert "hush-hush" not in repr(address) + str(address) + address.name


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "[::1]", "localhost"])
def test_loopback_may_do_without_tls(host: str) -> None:
    assert not MailboxAddress.parse(f"imap+insecure://a:b@{host}:4143/INBOX").tls


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
        ("", "begins with imaps://"),
    ],
)
def test_a_wrong_address_is_a_sentence_without_the_password(url: str, words: str) -> None:
    with pytest.raises(MailboxUrlError, match=words) as caught:
        MailboxAddress.parse(url)
    assert "hush" not in str(caught.value)
