"""How it went: the person's newest answer counts, an advocate's stands beside it and once."""

import pytest
from sqlalchemy.exc import IntegrityError

from portal.cases import children, experiences, parting
from portal.cases.experiences import NotOver, SaidBefore
from portal.procedures.state import Event
from portal.records.account import Account
from portal.records.decision import Outcome
from portal.records.experience import Experience, Experienced
from portal.records.feedback import Feedback
from portal.work import Work
from tests.matters import decide, make_account, make_feedback
from tests.unit.cases.parted_world import find_on, happens, split, two_points

GOOD, BAD, BETWEEN = Experienced.GOOD, Experienced.BAD, Experienced.IN_BETWEEN


@pytest.fixture
def sam(work: Work) -> Account:
    return make_account(work)


@pytest.fixture
def feedback(work: Work) -> Feedback:
    """A matter of which nothing more is to come."""
    made = make_feedback(work)
    work.session.flush()
    decide(work, made, Outcome.THANKED)
    work.session.flush()
    return made


def test_the_persons_answer_is_the_newest_of_their_own(
    work: Work, feedback: Feedback, sam: Account
) -> None:
    experiences.say(work, feedback, BAD, "It took long.")
    experiences.say(work, feedback, BETWEEN, " In the end it was all right. ")
    experiences.say_as_advocate(work, feedback, sam.id, GOOD, "They listened.")
    work.session.flush()
    own = experiences.latest(work.session, feedback.id)
    assert own is not None
    assert (own.code, own.words) == (BETWEEN, "In the end it was all right.")
    told = experiences.told(work.session, feedback.id)
    assert experiences.own(told) is own
    assert [(one.advocate, one.experience.code) for one in experiences.advocates(told)] == [
        (sam.name, GOOD)
    ]
    assert [one.advocate for one in told] == [None, None, sam.name]


def test_an_advocates_answer_alone_is_no_answer_of_the_person(
    work: Work, feedback: Feedback, sam: Account
) -> None:
    experiences.say_as_advocate(work, feedback, sam.id, BAD)
    work.session.flush()
    assert experiences.latest(work.session, feedback.id) is None
    assert experiences.own(experiences.told(work.session, feedback.id)) is None
    experiences.say(work, feedback, BAD)
    work.session.flush()
    assert experiences.latest(work.session, feedback.id) is not None


def test_an_advocate_says_it_once_and_another_once_too(
    work: Work, feedback: Feedback, sam: Account
) -> None:
    alex = make_account(work, email="alex@advocates.example", name="Alex Sample")
    for _ in range(2):
        experiences.say_as_advocate(work, feedback, sam.id, BAD, "It took long.")
        work.session.flush()
    for code, words in ((GOOD, "It took long."), (BAD, "")):
        with pytest.raises(SaidBefore):
            experiences.say_as_advocate(work, feedback, sam.id, code, words)
    experiences.say_as_advocate(work, feedback, alex.id, GOOD)
    work.session.flush()
    told = experiences.told(work.session, feedback.id)
    assert [one.advocate for one in told] == [sam.name, "Alex Sample"]


def test_the_database_keeps_one_answer_of_an_advocate(
    work: Work, feedback: Feedback, sam: Account
) -> None:
    experiences.say_as_advocate(work, feedback, sam.id, GOOD)
    work.session.flush()
    again = Experience(feedback_id=feedback.id, code=BAD, said_at=work.now, advocate_id=sam.id)
    with pytest.raises(IntegrityError), work.session.begin_nested():
        work.session.add(again)


def test_nothing_is_said_of_what_goes_on(work: Work, sam: Account) -> None:
    waiting = make_feedback(work)
    work.session.flush()
    with pytest.raises(NotOver):
        experiences.say_as_advocate(work, waiting, sam.id, GOOD)


def test_a_part_about_another_child_that_is_over_does_not_count(work: Work, sam: Account) -> None:
    case, *_ = two_points(work)
    feedback = work.session.get_one(Feedback, case.feedback_id)
    for name in ("Ivy Larkspur", "Ned Larkspur"):
        children.add(work, feedback, name)
    split(work, case, 2)
    own, others = parting.parts(work.session, feedback)
    assert others.other_child
    find_on(work, others, "About Ned.")
    happens(work, others, Event.ANSWERED)
    with pytest.raises(NotOver):
        experiences.say_as_advocate(work, feedback, sam.id, GOOD)
    find_on(work, own, "About Ivy.")
    happens(work, own, Event.ANSWERED)
    experiences.say_as_advocate(work, feedback, sam.id, GOOD)
    work.session.flush()
    assert experiences.of_advocate(work.session, feedback.id, sam.id) is not None
