"""References find every slip of one character and every two neighbours exchanged."""

from hypothesis import given
from hypothesis import strategies as st

from portal.cases.references import (
    ALPHABET,
    LENGTH,
    check_character,
    make_reference,
    read_reference,
)

BODIES = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)


def whole(body: str) -> str:
    return body + check_character(body)


@given(BODIES)
def test_every_reference_is_read_back_in_its_written_form(body: str) -> None:
    plain = whole(body)
    assert read_reference(plain) == f"{plain[:4]}-{plain[4:]}"


@given(BODIES)
def test_case_spaces_and_dashes_do_not_matter(body: str) -> None:
    plain = whole(body)
    typed = f"  {plain[:2].lower()} {plain[2:4]}-{plain[4:].lower()} "
    assert read_reference(typed) == read_reference(plain)


@given(BODIES)
def test_every_single_wrong_character_is_found(body: str) -> None:
    plain = whole(body)
    for at, right in enumerate(plain):
        for wrong in ALPHABET:
            if wrong != right:
                assert read_reference(plain[:at] + wrong + plain[at + 1 :]) is None


@given(BODIES)
def test_every_two_neighbours_exchanged_are_found(body: str) -> None:
    plain = whole(body)
    for at in range(LENGTH - 1):
        one, other = plain[at], plain[at + 1]
        if one != other:
            assert read_reference(plain[:at] + other + one + plain[at + 2 :]) is None


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    read = read_reference(text)
    assert read is None or (len(read) == LENGTH + 1 and set(read) <= {*ALPHABET, "-"})


def test_made_references_are_valid_and_differ() -> None:
    made = {make_reference() for _ in range(200)}
    assert len(made) == 200
    assert all(read_reference(reference) == reference for reference in made)


def test_characters_that_look_alike_are_not_used() -> None:
    assert not set("01OIL") & set(ALPHABET)
