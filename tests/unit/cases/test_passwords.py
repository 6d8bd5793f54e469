"""Passwords: length over kinds of characters, nothing that is guessed soon, hashed as advised."""

import time
from contextlib import suppress

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cases import passwords
from portal.cases.passwords import LONGEST, SHORTEST, WeakPassword, check_strength
from portal.demo.sign_ins import EVERYBODY
from tests.matters import PASSWORD

EMAIL = "sam.sample@advocates.example"
ABOUT = (EMAIL, "Sam Sample", "Advocate", "Staffordshire County Council", "Heard")


def told(password: str) -> str:
    with pytest.raises(WeakPassword) as refused:
        check_strength(password, ABOUT)
    assert len(password) < 2 or password not in refused.value.message
    return refused.value.message


@pytest.mark.parametrize("password", ["a", "short", "x9#kQ!v2Lw8"[: SHORTEST - 1]])
def test_a_short_one_is_refused(password: str) -> None:
    assert "12 characters or more" in told(password)


def test_a_very_long_one_is_refused_and_a_long_one_taken() -> None:
    long = "seven lanterns under an orchid bridge " * 7
    assert len(long) > LONGEST
    assert "256 characters or fewer" in told(long)
    check_strength(long[:LONGEST], ABOUT)


@pytest.mark.parametrize(
    "password",
    [EMAIL, EMAIL.upper() + "1", "x" + EMAIL, "Sam Sample 1990", "advocates.example"],
)
def test_what_is_known_about_the_person_is_refused(password: str) -> None:
    assert "e-mail address" in told(password) or "who knows you" in told(password)


@pytest.mark.parametrize(
    "password",
    [
        "Safeguarding2026",
        "staffordshire1",
        "Staffordshire County Council 1",
        "welcome-team-1",
        "CouncilHeard",
    ],
)
def test_words_of_the_office_are_refused(password: str) -> None:
    assert "who knows you" in told(password)


@pytest.mark.parametrize(
    "password",
    [
        "Password1234!",
        "P@ssw0rd2026!",
        "Liverpool2025!",
        "iloveyou forever",
        "thisismypassword",
        "summer2026!!",
        "drowssap1234",
    ],
)
def test_breached_ones_are_refused_however_they_are_dressed(password: str) -> None:
    assert "easy to guess" in told(password)
    assert "three or four words" in told(password)


# Each is no row, no name and no word of the office, and zxcvbn alone would take it.
@pytest.mark.parametrize(
    "password", ["blueberrybellalove", "zaq12wsxcde34rfv", "platypusointment22", "circolodidattico"]
)
def test_a_listed_one_is_refused_and_said_to_be_listed(password: str) -> None:
    assert "lists of stolen passwords" in told(password)


@pytest.mark.parametrize("changed", ["{}", "{}7", "{}!!", "{}2026", "{}-12"])
def test_a_listed_one_is_known_in_capitals_and_with_something_added(changed: str) -> None:
    for listed in ("cheesecake123", "unbelievable", "correcthorsebatterystaple"):
        for form in (listed, listed.upper(), listed.capitalize()):
            assert passwords.is_breached(changed.format(form))
    assert not passwords.is_breached(changed.format(PASSWORD))


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword", "letmein-letmein", "aaaaaaaaaaaaaa", "abababababab", "abcdefghijklm",
        "987654321098", "123456789012", "qwertyuiop12", "zxcvbnmasdfg",
    ],
)  # fmt: skip
def test_repeats_and_rows_are_refused(password: str) -> None:
    assert "easy to guess" in told(password)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct lamp battery moss",
        "zünd-holz 7 teller",
        "x9#kQ!v2Lw8p",
        "дом лампа чайник 7",
        *(person.password for person in EVERYBODY),
    ],
)
def test_a_good_one_is_taken_whatever_it_is_made_of(password: str) -> None:
    check_strength(password, ABOUT)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_typed_is_taken_or_refused_in_a_sentence(password: str) -> None:
    sentence = ""
    try:
        check_strength(password, ABOUT)
    except WeakPassword as weak:
        sentence = weak.message
    assert sentence.endswith(".") if sentence else SHORTEST <= len(password) <= LONGEST


def test_a_row_of_signs_that_stand_for_letters_takes_no_long_time() -> None:
    # The whole of it would keep zxcvbn busy for many seconds.
    evil = ("4@8({[<369!|1i05$7+%2z" * 12)[:LONGEST]
    began = time.perf_counter()
    with suppress(WeakPassword):
        check_strength(evil, ABOUT)
    assert time.perf_counter() - began < 5


def test_one_persons_name_is_not_held_against_another() -> None:
    own = "Perpetua Quillfeather"
    with pytest.raises(WeakPassword):
        check_strength(own, [own])
    check_strength(own, ABOUT)


def test_the_defaults_are_argon2s_own(app: Flask) -> None:
    app.config.pop(passwords.COSTS)
    assert passwords.hash_password("any").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_the_same_letters_typed_on_two_keyboards_match(app: Flask) -> None:
    composed, combining = "caf\u00e9 lamp teapot", "cafe\u0301 lamp teapot"
    assert passwords.password_matches(passwords.hash_password(composed), combining)


def test_no_hash_matches_nothing(app: Flask) -> None:
    assert not passwords.password_matches(None, "")
    assert not passwords.password_matches(None, PASSWORD)
