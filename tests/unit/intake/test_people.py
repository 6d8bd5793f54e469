"""Address fields as senders write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.people import MAX_ADDRESSES, addresses


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("pat@example.net", [("", "pat@example.net")]),
        ("Pat <pat@example.net>", [("Pat", "pat@example.net")]),
        ("Amber, Pat <pat@example.net>, lee@example.org",
         [("Amber, Pat", "pat@example.net"), ("", "lee@example.org")]),
        ("pat, lee, jo@example.net", [("", "pat"), ("", "lee"), ("", "jo@example.net")]),
        ("MAILER DAEMON <>", [("MAILER DAEMON", "")]),
        ("undisclosed-recipients:;", []),
        ("<undisclosed:@relay.example;>", [("undisclosed", "")]),
        ("Family: pat@example.net, Lee <lee@example.org>;",
         [("", "pat@example.net"), ("Lee", "lee@example.org")]),
        ("'Pat Amber' <pat@example.net>", [("Pat Amber", "pat@example.net")]),
        ("Pat Amber [mailto:pat@example.net]", [("Pat Amber", "pat@example.net")]),
        ("<<pat@example.net>>", [("", "pat@example.net")]),
        ("pat@example.net lee@example.org", [("", "pat@example.net"), ("", "lee@example.org")]),
        ("A <a@example.net> B <b@example.net>", [("A", "a@example.net"), ("B", "b@example.net")]),
        ("Pat (via the form (yes)) <pat@example.net>", [("Pat", "pat@example.net")]),
        ('"<Pat>" <pat@example.net>', [("<Pat>", "pat@example.net")]),
        ("pat@example.net <other@example.net>", [("pat@example.net", "other@example.net")]),
        (", ,;", []),
    ],
)  # fmt: skip
def test_people_are_read(field: str, people: list[tuple[str, str]]) -> None:
    assert [(one.name, one.address) for one in addresses([field.encode()])] == people


@given(st.lists(st.text('ab@<>,;:()"\\= ?\u00e9', max_size=60), max_size=4))
def test_any_field_gives_people_with_a_name_or_an_address(fields: list[str]) -> None:
    people = addresses([one.encode() for one in fields])
    assert len(people) <= MAX_ADDRESSES
    assert all(one.name or one.address for one in people)


@given(st.text("abcdefgh.", min_size=1, max_size=20).filter(lambda one: one.strip(".") == one))
def test_an_address_survives_what_stands_around_it(local: str) -> None:
    address = f"{local}@example.net"
    for field in (address, f"<{address}>", f"Name <{address}>", f'"A, B" <{address}>',
                  f"{address} (Name)", f"=?utf-8?q?N=C3=A4me?= <{address}>"):  # fmt: skip
        assert [one.address for one in addresses([field.encode()])] == [address]
