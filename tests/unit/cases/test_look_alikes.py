"""References retyped with letters that look alike: found again, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.look_alikes import references_in
from portal.cases.references import ALPHABET, check_character, read_reference

BODIES = st.text(ALPHABET, min_size=7, max_size=7)


def reference(body: str) -> str:
    whole = body + check_character(body)
    return f"{whole[:4]}-{whole[4:]}"


@given(BODIES, st.sampled_from(["{}", "Re: your letter [{}]", "about {} and more", "AW:{}"]))
def test_an_exact_reference_comes_first(body: str, around: str) -> None:
    written = reference(body)
    assert references_in(around.format(written))[0] == written
    assert references_in(around.format(written.lower().replace("-", " ")))[0] == written


@given(BODIES)
def test_another_scripts_letters_are_ours(body: str) -> None:
    written = reference(body)
    cyrillic = written.translate(str.maketrans("ABEKMHPCTYX", "АВЕКМНРСТУХ"))
    wide = "".join(chr(ord(char) + 0xFEE0) if char != "-" else char for char in written)
    assert references_in(f"Re: {cyrillic}")[0] == written
    assert references_in(f"Re: {wide}")[0] == written


@pytest.mark.parametrize(("right", "typed"), [("Q", "O"), ("D", "0"), ("7", "1"), ("J", "l")])
@pytest.mark.parametrize("place", range(7))
def test_a_letter_that_no_reference_has_stands_for_one_that_looks_like_it(
    right: str, typed: str, place: int
) -> None:
    body = f"{'23456789'[:place]}{right}{'23456789'[place:6]}"
    written = reference(body)
    letters = list(written.replace("-", ""))
    letters[place] = typed
    assert written in references_in("".join(letters))


@given(BODIES, st.data())
def test_a_confused_pair_is_read_both_ways(body: str, data: st.DataObject) -> None:
    written = reference(body)
    pairs = {"8": "B", "B": "8", "5": "S", "S": "5", "2": "Z", "Z": "2"}
    places = [at for at, char in enumerate(written) if char in pairs]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    typed = written[:at] + pairs[written[at]] + written[at + 1 :]
    if any(char.isdigit() for char in typed):
        assert written in references_in(f"re {typed}")


@given(st.text(max_size=300))
def test_any_subject_gives_only_whole_references_and_few(text: str) -> None:
    found = references_in(text)
    assert len(found) < 1400
    assert all(read_reference(one) == one for one in found)


def test_words_are_not_references() -> None:
    assert references_in("Meetings tomorrow about schoolbus transport") == []
