"""The reasons for a suggested procedure, and the questions, are those of the portal's own law."""

from itertools import product

import pytest

from classifier.circumstances import Circumstances
from classifier.cues import CUES, cues_in
from classifier.labels import HEADS
from classifier.law import Advice, advise
from portal.procedures.function import Function
from portal.procedures.person import PersonCode

SOCIAL_WORK = "specialist_safeguarding_unit"


def seen(text: str, team: str, relationship: str = "parent", **other: object) -> Circumstances:
    category = str(other.get("category", "complaint"))
    unsure_who = bool(other.get("unsure_who"))
    return Circumstances(category, team, relationship, unsure_who, cues_in(text), text)


def sources(advice: Advice) -> str:
    return "; ".join(reason.source for reason in advice.reasons)


@pytest.mark.parametrize(
    ("text", "team", "relationship", "procedure", "provision"),
    [
        ("The child in need plan stopped.", SOCIAL_WORK, "parent", "statutory", "s17"),
        ("The section 47 enquiry ran on.", SOCIAL_WORK, "parent", "corporate", "s47"),
        ("No respite since May.", "disability", "parent", "statutory", "Part 3"),
        ("Section H is not done.", "send", "parent", "statutory", "Part 3"),
        ("The plan is late.", "send", "parent", "corporate", "education"),
        ("We lost at tribunal.", "send", "parent", "duty", "s26(6)(a)"),
        ("My fee was not paid.", "fostering", "foster_carer", "corporate", "regs 3 to 5"),
        ("He moved with a bin bag.", "fostering", "foster_carer", "statutory", "s26(3)(d)"),
        ("I am the special guardian.", "fostering", "relative", "statutory", "reg 5"),
        ("No flat, no call.", "throughcare", "young_person", "statutory", "s24D(1)"),
        (
            "The child protection conference.",
            "conference_iro",
            "parent",
            "corporate",
            "partnership",
        ),
        ("A subject access request.", "first_response", "parent", "duty", "2025 s103"),
        ("The judge was wrong.", "care_planning_court", "parent", "duty", "s26(6)(c)"),
    ],
)
def test_reasons_cite_the_provision_of_the_function_that_was_read(
    text: str, team: str, relationship: str, procedure: str, provision: str
) -> None:
    found = advise(procedure, False, seen(text, team, relationship))
    assert provision in sources(found)
    assert "learnt from texts" not in sources(found)


def test_rules_that_point_another_way_say_so_and_ask() -> None:
    found = advise("duty", False, seen("The enquiry last May.", "early_help"))
    assert found.reasons[0].source == "learnt from texts"
    assert "regs 3 to 5" in sources(found)


def test_a_relative_raises_the_question_of_interest() -> None:
    found = advise("statutory", False, seen("In May.", "care_planning_court", "relative"))
    assert any("must decide" in reason.text for reason in found.reasons)
    assert "Does the council accept the writer's interest in the child's welfare?" in found.missing
    assert "Do they hold parental responsibility for the child?" in found.missing


def test_an_advocate_raises_the_question_of_agreement() -> None:
    found = advise("statutory", False, seen("In May.", "care_planning_court", "advocate"))
    assert "Has the young person agreed, and to what?" in found.missing


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Nobody came.", "When did it happen?"),
        ("It was eleven years ago.", "When did the writer first know of it"),
        ("Nobody came in May.", "Is there a court case about the child?"),
        ("The hearing is in May.", "would looking into this harm it?"),
    ],
)
def test_times_and_courts_are_asked_for(text: str, question: str) -> None:
    found = advise("statutory", False, seen(text, "care_planning_court"))
    assert any(question in asked for asked in found.missing)


def test_who_writes_is_asked_only_where_it_matters() -> None:
    who = "Who is the writer to the child?"
    about_care = seen("In May.", "care_planning_court", unsure_who=True)
    assert who in advise("statutory", False, about_care).missing
    about_a_judge = seen("The judge was wrong.", "care_planning_court", unsure_who=True)
    assert who not in advise("duty", False, about_a_judge).missing


def test_in_doubt_the_border_itself_is_asked() -> None:
    doubtful = seen("The assessment was in May.", SOCIAL_WORK)
    asked = " ".join(advise("statutory", True, doubtful).missing)
    assert "child in need" in asked
    assert "child protection enquiry" in asked
    assert "enquiry as such" not in " ".join(advise("statutory", False, doubtful).missing)


def test_an_mps_letter_asks_who_stands_behind_it() -> None:
    letter = seen("In May.", "disability", "professional", category="mp_enquiry")
    assert letter.writer(Function.SHORT_BREAKS).person is PersonCode.UNKNOWN
    assert "Who is the writer to the child?" in advise("statutory", False, letter).missing


@pytest.mark.parametrize("category", ["compliment", "comment"])
def test_thanks_and_comments_ask_nothing(category: str) -> None:
    procedure = "none" if category == "compliment" else "duty"
    found = advise(procedure, True, seen("Thank you.", "send", category=category))
    assert len(found.reasons) == 1
    assert not found.missing


def test_every_combination_gets_reasons_with_sources() -> None:
    for team, who, procedure in product(
        HEADS["team"], HEADS["relationship"], ("statutory", "corporate", "duty")
    ):
        for cues in ((), tuple(CUES)):
            found = advise(procedure, True, Circumstances("complaint", team, who, True, cues, "x"))
            assert found.reasons
            assert all(reason.text and reason.source for reason in found.reasons)
            assert all(asked.endswith("?") for asked in found.missing)
            assert len(set(found.missing)) == len(found.missing)
