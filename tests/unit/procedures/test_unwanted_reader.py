"""Who must not see a letter, found in what stands on an envelope or in an address."""

import pytest

from portal.procedures.unwanted_reader import Reader, must_not_see

STREET = ("12 Elm Row", "Stafford", "ZZ99 2ZZ")
OWN = Reader("Wren Marlow", ("Wren Marlow", *STREET), "wren.marlow")


@pytest.mark.parametrize(
    ("said", "reader"),
    [
        ("Basil must never see a letter", Reader("Basil Ferris")),
        ("not my dad basil", Reader("Basil Ferris")),
        ("Mrs Quillfeather", Reader("Mrs Quillfeather")),
        ("Will must not see it", Reader("Will Ferris")),
        ("Basil’s letters are opened by him", Reader("Basil")),
        ("Basil must not see it", Reader("Wren Marlow", ("Wren Marlow", "c/o Basil F", *STREET))),
        ("Peter Marlow", Reader("Wren Marlow", ("Wren Marlow", "c/o Peter Marlow", *STREET))),
        ("The people at 12 Elm Row", OWN),
        ("Basil must not see it", Reader("Wren Marlow", mailbox="basil.ferris")),
        ("Basil Ferris must not see it", Reader("Wren Marlow", mailbox="basilferris82")),
        ("My dad must not see it", Reader("Wren Marlow", mailbox="mum_and_dad")),
    ],
)
def test_whoever_is_named_is_found(said: str, reader: Reader) -> None:
    assert must_not_see(said, reader)


@pytest.mark.parametrize(
    ("said", "reader"),
    [
        ("Basil must never see a letter", OWN),
        ("My aunt.", OWN),
        ("Nobody at home.", OWN),
        ("My dad Peter Marlow must not see it", OWN),
        ("Mr Marlow", OWN),
        ("My aunt in Stafford", OWN),
        ("They will see it", Reader("Will Ferris")),
        ("Basil must not see it", Reader("Basilia Ferris", mailbox="basilica")),
        ("Basilia must not see it", Reader("Basil Ferris", mailbox="basil")),
        ("Ann must not see it", Reader("Ann-Marie Ferris", mailbox="annmarie")),
        ("My mother must not see the post", Reader("", ("The House", "1 High Road"), "post.the")),
        ("Basil must not see it", Reader()),
    ],
)
def test_nobody_else_is(said: str, reader: Reader) -> None:
    assert not must_not_see(said, reader)
