"""A letter in a joined matter tells its reader nothing that another of its people told us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.others_told import RUN, Held, Kind, NamesSomebodyElse, tells

OWN = Held(
    "7KQM-2XVD",
    names=frozenset({"Robin Example", "Zebedee Example"}),
    emails=frozenset({"robin@home.example"}),
    texts=("The taxi for Zebedee stopped coming and nobody told me why it had been stopped.",),
)
OTHER = Held(
    "3HTR-9WPC",
    names=frozenset({"Marigold Quillfeather", "Zebedee Example"}),
    emails=frozenset({"marigold@home.example"}),
    phones=frozenset({"01632 960 777"}),
    addresses=frozenset({"14 Larkspur Row\nLittle Sample\nZZ1 4AB"}),
    texts=("My daughter waits in the rain each morning because the taxi was taken away.",),
)
PLAIN = "We agree. The taxi should not have been stopped. It will come again from Monday."


def test_the_councils_own_words_may_go_to_everybody() -> None:
    assert tells(PLAIN, OWN, [OTHER]) == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("As Marigold Quillfeather wrote,", Kind.NAME),
        ("As marigold  quillfeather wrote,", Kind.NAME),
        ("Mrs Quillfeather’s taxi too.", Kind.NAME),
        ("See 3HTR-9WPC.", Kind.REFERENCE),
        ("See 3htr 9wpc, or 3HTR9WPC.", Kind.REFERENCE),
        ("Ask marigold@home.example.", Kind.EMAIL),
        ("Ring 01632 960777.", Kind.PHONE),
        ("At 14 Larkspur Row the same happened.", Kind.ADDRESS),
        ("Near ZZ1 4AB.", Kind.ADDRESS),
        ("She waits in the rain each morning because the taxi is gone.", Kind.WORDS),
    ],
)
def test_what_is_another_persons_is_found(words: str, kind: Kind) -> None:
    assert tells(f"{PLAIN} {words}", OWN, [OTHER]) == (kind,)


def test_what_they_told_us_themselves_may_be_said_to_them() -> None:
    # Both parents named the child: each may read the name that they wrote.
    assert tells("Zebedee Example will have a taxi.", OWN, [OTHER]) == ()
    stranger = Held("2222-3333")
    assert tells("Zebedee will have a taxi.", stranger, [OTHER]) == (Kind.NAME,)


def test_titles_tell_nothing_and_a_name_counts_as_it_was_written() -> None:
    other = Held("3HTR-9WPC", names=frozenset({"Mrs Orla McAllister"}))
    assert tells("Mrs Brightwater and Miss Example will call.", OWN, [other]) == ()
    assert tells("As Orla said.", OWN, [other]) == (Kind.NAME,)
    assert tells("As McAllister said.", OWN, [other]) == (Kind.NAME,)
    # What the reader wrote in small letters is theirs too.
    knows = Held("2222-3333", texts=("orla mcallister told me",))
    assert tells("Mrs Orla McAllister is right.", knows, [other]) == (Kind.NAME,)
    assert tells("As Orla said.", knows, [other]) == ()


def test_a_name_that_is_a_word_counts_only_whole() -> None:
    other = Held("3HTR-9WPC", names=frozenset({"May Hill"}))
    assert tells("It starts in May. Walk up the Hill.", OWN, [other]) == ()
    assert tells("As May Hill said.", OWN, [other]) == (Kind.NAME,)


@given(st.text(max_size=200))
def test_nobody_else_means_nothing_to_find(text: str) -> None:
    assert tells(text, OWN, []) == ()


@given(
    st.lists(st.sampled_from("alpha bravo charlie delta echo".split()), min_size=RUN, max_size=12),
    st.text(alphabet="xyz ", max_size=30),
    st.text(alphabet="xyz ", max_size=30),
)
def test_a_run_of_anothers_words_is_found_wherever_it_stands(
    words: list[str], before: str, after: str
) -> None:
    other = Held("3HTR-9WPC", texts=(" ".join(words),))
    assert Kind.WORDS in tells(f"{before} {' '.join(words)} {after}", Held("2222-3333"), [other])
    assert tells(f"{before} {' '.join(words[: RUN - 1])} {after}", OWN, [other]) == ()


def test_the_refusal_says_what_kind_of_thing_and_never_whose() -> None:
    said = NamesSomebodyElse(tells("Ask Marigold Quillfeather.", OWN, [OTHER])).message
    assert "a name" in said
    assert "Marigold" not in said
