"""Which words name an education, health and care plan, and whom a letter tells of the tribunal."""

import pytest

from portal.cases.plan_decisions import is_about_one, names_one
from portal.records.feedback import Feedback

NAMES = [
    "The EHCP is wrong.",
    "her ehc plan",
    "You refused an EHCNA.",
    "two EHCPs",
    "the Education, Health and Care plan",
    "education health & care needs assessment",
    "I went to the SEND tribunal",
]
OTHERS = [
    "The bus did not come.",
    "a care plan for health",
    "We talked of education and of health.",
    "tribunal for work",
    "Mr Behcet",
    "",
]


@pytest.mark.parametrize("text", NAMES)
def test_words_that_name_a_plan(text: str) -> None:
    assert names_one(text)
    assert names_one(None, "Hello", text)


@pytest.mark.parametrize("text", OTHERS)
def test_words_that_name_none(text: str) -> None:
    assert not names_one(text)


@pytest.mark.parametrize(
    ("said", "story", "tells"),
    [
        (None, "The EHCP is wrong.", True),
        (None, "The bus is late.", False),
        (False, "The EHCP is wrong.", False),
        (True, "The bus is late.", True),
    ],
)
def test_what_the_person_said_comes_before_their_words(
    said: bool | None, story: str, tells: bool
) -> None:
    assert is_about_one(Feedback(about_plan=said, story=story)) is tells
