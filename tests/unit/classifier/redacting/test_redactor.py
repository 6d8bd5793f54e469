"""What is replaced, by what, and what stays."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifier.redacting.kinds import Because, Kind
from classifier.redacting.redactor import Redactor

WORDS = st.sampled_from(
    """
    Jayden jayden JAYDEN Jaydens jayden's Marsh Mrs Mr Will will Hope hope Grace grace Summer May
    Sarah O'Brien Okafor-Hughes and my son daughter told said was is X Y Z2 School A Place [phone]
    the Stafford in at Primary St Mary's ST16 2AB 07700 900123 a@b.org @kez 12 Mill Lane, born may
    K S. I I'm SEND CAMHS social worker Dear Thanks regards . , ! ? " ' ( ) [ ] | > - – é 李 ß İ
    3/4/2012
    """.split()
)
TEXTS = st.lists(WORDS | st.just("\n"), max_size=40).map(" ".join) | st.text(max_size=200)
NAMES = st.sampled_from(
    ["Jayden Marsh", "Okafor-Hughes", "O'Brien", "Will Hope", "Zoë", "Ng", "May"]
)


@given(TEXTS, st.lists(NAMES, max_size=2))
@settings(max_examples=100, deadline=None)
def test_it_never_fails_and_twice_is_once(rules: Redactor, text: str, known: list[str]) -> None:
    once = rules.redact(text, known)
    assert rules.redact(once, known) == once


@given(TEXTS)
@settings(max_examples=25, deadline=None)
def test_twice_is_once_with_the_model_too(redactor: Redactor, text: str) -> None:
    once = redactor.redact(text)
    assert redactor.redact(once) == once


@given(TEXTS, NAMES, st.sampled_from([str, str.lower, str.upper]), st.sampled_from(["", "'s", "s"]))
@example("", "Will Hope", str.lower, "s")
@settings(max_examples=100, deadline=None)
def test_no_name_of_a_party_is_left(
    rules: Redactor, text: str, name: str, case: object, ending: str
) -> None:
    written = " ".join(case(part) + ending for part in name.split())  # type: ignore[operator]
    left = rules.redact(f"{text} {written}, {text}", [name]).lower()
    for part in name.lower().split():
        assert f" {part} " not in f" {left.replace(',', ' ')} "


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_spans_are_in_order_and_belong_to_the_text(rules: Redactor, text: str) -> None:
    spans = rules.spans(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= after.start for one, after in pairwise(spans))
    assert all(span.replacement for span in spans)


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        (
            "Jayden Marsh is 7. Jayden's mum says jaydens taxi is late.",
            "X is 7. X's mum says X taxi is late.",
        ),
        ("My son Jaydn. Jayden Marsh and Tyler.", "My son X. X and Y."),
        ("Mrs O rang. Mrs O is his nan.", "Mrs X rang. Mrs X is his nan."),
        ("Mr Marsh hit Jayden Marsh. Mr Marsh left.", "Mr X hit Y. Mr X left."),
        ("Sarah Jones, Priya Shah, Tom Reed and Ade Cole", "X, Y, Z and X2"),
        ("Will is 9. Will you ring Will's dad?", "X is 9. Will you ring X's dad?"),
        ("i hope my girl hope gets a place", "i hope my girl X gets a place"),
        ("WHY IS KAREN STILL HERE", "WHY IS X STILL HERE"),
        (
            "He goes to Oakfield Primary School, not Oakfield Primary School.",
            "He goes to School A, not School A.",
        ),
        ("from Stafford to Rugeley and Stafford", "from Place A to Place B and Place A"),
        (
            "We live at 12 Mill Lane, Stafford ST16 2AB.",
            "We live at [address], Place A [postcode].",
        ),
        ("Ring 07700 900123 or 01632 960 001", "Ring [phone] or [phone]"),
        (
            "a.b@example.org, www.example.org/x, @kez_91",
            "[email], [web address], [social media name]",
        ),
        (
            "She was born on 3/4/2012. We wrote on 3/4/2026.",
            "She was born on [date of birth]. We wrote on 3/4/2026.",
        ),
        (
            "NI QQ123456C, NHS 943 476 5919, case CS/2026/0447",
            "NI [number], NHS [number], case [number]",
        ),
        ("UPN B823200012034, car DX19 KLM", "UPN [number], car [car plate]"),
    ],
)
def test_what_stands_in_its_place(rules: Redactor, text: str, redacted: str) -> None:
    assert rules.redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "My son is 9 and my daughter, 14, has a social worker from the Early Help team.",
        "Staffordshire County Council's SEND team rang on Monday 4 May at half term.",
        "The Independent Reviewing Officer and the Child Protection Conference on 3 March 2026.",
        "dont no wot to do hes 5 an nobdy rings bak its dissgusting definately complaning",
        "I hope you will act. In May we asked; may we ask again? Mark my words.",
        "She speaks Polish and is Muslim. We use WhatsApp, and he has ADHD.",
        "X told Mrs Y that School A and [phone] were wrong.",
    ],
)
def test_what_says_nothing_about_a_person_stays(rules: Redactor, text: str) -> None:
    assert rules.redact(text) == text


def test_each_stretch_says_what_it_is_and_why(rules: Redactor) -> None:
    text = "Sarah saw zibble at Oakfield School. ST16 2AB"
    found = [(text[s.start : s.end], s.kind, s.because) for s in rules.spans(text, ["Zibble"])]
    assert found == [
        ("Sarah", Kind.NAME, Because.LISTED),
        ("zibble", Kind.NAME, Because.PARTY),
        ("Oakfield School", Kind.SCHOOL, Because.SETTING),
        ("ST16 2AB", Kind.POSTCODE, Because.PATTERN),
    ]


def test_a_party_whose_name_says_nothing_takes_no_words(rules: Redactor) -> None:
    assert rules.redact("the mum of the child", ["Mum of the child"]) == "the mum of the child"


def test_a_letter_that_is_there_already_is_nobody_elses(rules: Redactor) -> None:
    assert rules.redact("X rang Sarah.") == "X rang Y."


def test_a_very_long_text_is_read_whole(redactor: Redactor) -> None:
    text = "nothing here. " * 7000 + "My son Jayden is 7."
    assert redactor.redact(text).endswith("My son X is 7.")
