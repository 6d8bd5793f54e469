"""What our letters carry so that an answer finds its matter: signed, so nobody can make it up."""

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.correspondence.reply_address import (
    is_signed,
    named_in,
    reply_address,
    without_plus,
)
from portal.correspondence.signed_ids import is_ours, signed_id

OURS = "feedback@council.example"
REFERENCE = "7KQM-2XVN"
NO_RESET = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)


def test_a_reply_address_names_its_reference_and_is_forgiving(app: Flask) -> None:
    address = reply_address(OURS, REFERENCE)
    assert without_plus(address) == OURS
    for typed in (address, address.upper(), f" {address}", address.replace("0", "o")):
        assert named_in(typed).upper() == "7KQM2XVN"  # type: ignore[union-attr]
        assert is_signed(typed, REFERENCE)
    assert not is_signed(address, "7KQM-2XVP")
    assert named_in(OURS) is None


@given(st.text(max_size=80))
@NO_RESET
def test_nothing_else_is_signed(app: Flask, text: str) -> None:
    for typed in (text, f"feedback+7kqm2xvn.{text}@council.example"):
        assert not is_signed(typed, REFERENCE)
        assert not is_ours(typed)
        named_in(typed)


def test_a_message_id_is_ours_only_as_it_was_made(app: Flask) -> None:
    made = signed_id("Abc-123_xyzABCDE", "council.example")
    assert is_ours(made)
    assert is_ours(made.strip("<>"))
    assert is_ours(made.replace("council.example", "other.example"))
    assert not is_ours(made.replace("Abc", "Abd"))
