"""The hash of secret words that is made beside an act is the same hash."""

import pytest
from argon2 import PasswordHasher

from portal.cases import secret_words
from portal.cases.hash_begun import HashBegun
from portal.work import Work

WORDS = "acid acorn acre acts afar"


def test_what_was_begun_opens_with_the_words(work: Work) -> None:
    assert secret_words.words_match(HashBegun(WORDS).of(WORDS), WORDS)


def test_other_words_get_a_hash_of_their_own(work: Work) -> None:
    other = "affix aged agent agile aging"
    kept = HashBegun(WORDS).of(other)
    assert secret_words.words_match(kept, other)
    assert not secret_words.words_match(kept, WORDS)


def test_what_goes_wrong_is_raised_where_the_hash_is_needed(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secret_words, "HASHER", PasswordHasher(memory_cost=2**40))
    begun = HashBegun(WORDS)
    with pytest.raises(Exception):  # noqa: B017
        begun.of(WORDS)
