"""How we sign in, seen from the server: what is sent, and what is not."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from intake.mailbox_errors import MailboxRefused, MailboxUnreachable, SignInRefused
from intake.mailbox_url import MailboxAddress
from intake.signing_in import Answer, refusal, sign_in

PLAIN = "imaps://sam:word@mail.example/INBOX"
CLEAR = "imap+insecure://sam:word@localhost/INBOX"


@dataclass
class Server:
    """Remembers what it was told; challenges twice, as one that refuses a token does."""

    offers: set[str]
    told: list[tuple[str, ...]] = field(default_factory=list)

    def has_capability(self, capability: str) -> bool:
        return capability in self.offers

    def login(self, username: str, password: str) -> None:
        self.told.append(("LOGIN", username, password))

    def sasl_login(self, mech_name: str, mech_callable: Answer) -> None:
        answers = (mech_callable(b""), mech_callable(b'{"status":"401"}'))
        self.told.append((mech_name, *(one.decode() for one in answers)))


def token_address(user: str = "sam@council.example", **more: str) -> MailboxAddress:
    query = "&".join(f"{name}={value}" for name, value in more.items())
    return MailboxAddress.parse(
        f"imaps://{user}@mail.example:993/?auth=oauth2&token_url=https://t.example/"
        f"&client_id=portal&client_secret=env:PATH&{query}".rstrip("&")
    )


def test_a_password_goes_by_login() -> None:
    server = Server({"AUTH=PLAIN"})
    sign_in(server, MailboxAddress.parse(PLAIN), None)
    assert server.told == [("LOGIN", "sam", "word")]


@pytest.mark.parametrize(
    ("offers", "url"),
    [
        ({"AUTH=PLAIN", "LOGINDISABLED"}, PLAIN),
        ({"AUTH=PLAIN"}, "imaps://sam:w%C3%B6rd@mail.example/INBOX"),
    ],
    ids=["LOGIN is off", "letters LOGIN does not know"],
)
def test_or_by_plain_where_login_will_not_do(offers: set[str], url: str) -> None:
    server = Server(offers)
    address = MailboxAddress.parse(url)
    sign_in(server, address, None)
    assert server.told[0][:2] == ("PLAIN", f"\0sam\0{address.password}")


@pytest.mark.parametrize(
    ("offers", "url"),
    [
        ({"LOGINDISABLED"}, PLAIN),
        ({"LOGINDISABLED", "AUTH=PLAIN"}, CLEAR),
        (set(), "imaps://sam:w%C3%B6rd@mail.example/INBOX"),
    ],
)
def test_or_not_at_all(offers: set[str], url: str) -> None:
    server = Server(offers)
    with pytest.raises(MailboxRefused, match="takes no password"):
        sign_in(server, MailboxAddress.parse(url), None)
    assert server.told == []


def test_a_token_is_said_once_and_the_error_is_answered_with_a_dummy() -> None:
    server = Server({"AUTH=XOAUTH2"})
    sign_in(server, token_address(), "T0K")
    said = "user=sam@council.example\1auth=Bearer T0K\1\1"
    assert server.told == [("XOAUTH2", said, "")]


def test_oauthbearer_is_chosen_where_it_is_offered() -> None:
    server = Server({"AUTH=XOAUTH2", "AUTH=OAUTHBEARER"})
    sign_in(server, token_address("a%2Cb%3Dc"), "T0K")
    said = "n,a=a=2Cb=3Dc,\1host=mail.example\1port=993\1auth=Bearer T0K\1\1"
    assert server.told == [("OAUTHBEARER", said, "\1")]


def test_a_mechanism_that_was_asked_for_is_the_only_one() -> None:
    server = Server({"AUTH=OAUTHBEARER"})
    with pytest.raises(MailboxRefused, match=r"no OAuth token.*XOAUTH2"):
        sign_in(server, token_address(mechanism="xoauth2"), "T0K")
    assert server.told == []


def test_a_server_in_trouble_is_not_a_wrong_password() -> None:
    address = MailboxAddress.parse(PLAIN)
    passing = refusal(address, "b'[UNAVAILABLE] Temporary authentication failure.'")
    assert isinstance(passing, MailboxUnreachable)
    wrong = refusal(address, "b'[AUTHENTICATIONFAILED] sam word'")
    assert isinstance(wrong, SignInRefused)
    assert "word of" in str(wrong)
    assert "sam word" not in str(wrong)
