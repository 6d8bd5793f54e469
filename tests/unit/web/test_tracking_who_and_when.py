"""/track and the advocate's page: by when the next step is best asked for, and who looks into it
by name."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import (
    allocating,
    event_facts,
    findings,
    gathering,
    named_answerer,
    named_persons,
    points,
)
from portal.procedures.finding import Giver
from portal.procedures.state import Event
from portal.records.agreed_scope import Scope
from portal.records.case import Case
from portal.records.feedback import Door, Feedback
from portal.wording import day_in_words
from portal.work import WORKER, Who, Work, begin_work
from tests.matters import enter, forget_between_requests, make_case, make_feedback
from tests.unit.cases.investigated_case import investigated
from tests.unit.cases.managed_case import managed
from tests.unit.cases.parted_world import happens
from tests.unit.cases.procedure_world import case_with_points, let, officer_of
from tests.unit.web.advocate_pages import account_of, followed, page_of, signed_in
from tests.unit.web.officer_pages import words_of

DOORS = [Door.YOUNG_PEOPLE, Door.EVERYONE]
WHO = "Who looks into it"


@pytest.fixture
def person(app: Flask, client: FlaskClient) -> FlaskClient:
    forget_between_requests(app)
    return client


def answer(work: Work, feedback: Feedback) -> None:
    """Answer the only point of a new case of a matter."""
    officer_of(work)
    case = make_case(work, feedback)
    (point,) = points.add(work, case, ["My bag was lost."])
    stage = gathering.current_stage(work.session, case)
    findings.record_resolution(work, point, stage, Giver.SERVICE, "You have a new one.")
    happens(work, case, Event.ANSWERED)


def best_asked_by() -> str:
    """The day of the letter, in words."""
    with begin_work(WORKER) as work:
        case = work.session.scalars(select(Case)).one()
        day = event_facts.ask_by(work.session, gathering.current_stage(work.session, case))
        assert day is not None
        return day_in_words(day)


def matter(client: FlaskClient) -> str:
    return words_of(client.get("/track/matter").text)


@pytest.mark.parametrize("door", DOORS)
def test_after_an_answer_the_day_to_ask_by_stands_beside_the_button(
    person: FlaskClient, door: Door
) -> None:
    with begin_work(WORKER) as work:
        feedback = make_feedback(work, door=door)
        answer(work, feedback)
        reference = feedback.reference
    enter(person, reference)
    page = matter(person)
    said = f"Please ask by {best_asked_by()}. If that is hard, ask anyway."
    assert said in page
    assert page.index("Are you not happy with this?") < page.index(said)
    assert page.index(said) < page.index("Ask for the next step")


def test_before_the_answer_there_is_no_such_day(person: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        case, _ = case_with_points(work)
        reference = work.session.get_one(Feedback, case.feedback_id).reference
    enter(person, reference)
    page = matter(person)
    assert "Ask for the next step" in page
    assert "Please ask by" not in page


def test_the_advocate_reads_the_same_day(app: Flask) -> None:
    sam = signed_in(app)
    decides, sees = followed(Scope.DECIDE), followed(Scope.SEE)
    with begin_work(WORKER) as work:
        answer(work, work.session.get_one(Feedback, decides.id))
    said = f"Please ask by {best_asked_by()}. If that is hard, ask anyway."
    page = words_of(page_of(sam, decides).text)
    assert page.index("Ask for the next step") < page.index(said)
    assert "Please ask by" not in words_of(page_of(sam, sees).text)


@pytest.mark.parametrize("door", DOORS)
def test_whoever_took_the_case_is_named_and_nobody_before(person: FlaskClient, door: Door) -> None:
    with begin_work(WORKER) as work:
        made = managed(work)
        made.feedback.door = door
        reference = made.feedback.reference
    enter(person, reference)
    assert WHO not in matter(person)
    manager = account_of("bryony@council.example")
    with begin_work(WORKER) as work:
        case = work.session.scalars(select(Case)).one()
        work.who = Who("staff", case.officer_id)
        allocating.allocate(work, case, work.session.merge(manager))
    assert WHO not in matter(person), "asked is not taken"
    theirs = Who("staff", account_of("bryony@council.example").id)
    with begin_work(theirs) as work:
        allocating.accept(work, work.session.scalars(select(Case)).one())
    assert f"{WHO} Bryony T" in matter(person)
    with begin_work(theirs) as work:
        allocating.hand_back(work, work.session.scalars(select(Case)).one(), "I am away.")
    assert WHO not in matter(person)


@pytest.mark.parametrize("door", DOORS)
def test_at_stage_2_the_investigator_is_named(person: FlaskClient, door: Door) -> None:
    with begin_work(WORKER) as work:
        made = investigated(work)
        made.feedback.door = door
        reference = made.feedback.reference
    enter(person, reference)
    page = matter(person)
    assert f"{WHO} A investigator" in page
    assert "A independent_person" not in page


def test_the_advocate_reads_the_name_too(app: Flask) -> None:
    sam = signed_in(app)
    feedback = followed(Scope.SEE)
    with begin_work(WORKER) as work:
        made = managed(work)
        made.accepted()
        made.case.feedback_id = feedback.id
    assert f"{WHO} Bryony T" in words_of(page_of(sam, feedback).text)


def test_nobody_is_named_where_the_council_says_so_or_it_may_be_about_them(app: Flask) -> None:
    with begin_work(WORKER) as work:
        made = managed(work)
        made.accepted()
        work.session.flush()

        def named(council=work.council) -> str:  # type: ignore[no-untyped-def]
            return named_answerer.name_of(work.session, council, made.feedback, made.case)

        assert named() == "Bryony T"
        silent = work.council.giving.model_copy(update={"named_to_person": False})
        assert named(replace(work.council, giving=silent)) == ""
        made.feedback.persons_unsettled = True
        assert named() == ""
        made.feedback.persons_unsettled = False
        made.manager.left_on = work.today
        assert named() == ""


def test_whoever_it_turns_out_to_be_about_is_not_named(app: Flask) -> None:
    with begin_work(WORKER) as work:
        made = investigated(work)
        assert (
            named_answerer.name_of(work.session, work.council, made.feedback, made.case)
            == "A investigator"
        )
        named_persons.link(made.as_(made.officer), made.feedback, made.investigator)
        work.session.flush()
        assert named_answerer.name_of(work.session, work.council, made.feedback, made.case) == ""


def test_nobody_is_named_once_it_is_answered(person: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        made = managed(work, points=1)
        made.accepted()
        made.as_(made.officer)
        stage = gathering.current_stage(work.session, made.case)
        findings.record_resolution(work, made.points[0], stage, Giver.SERVICE, "It is done.")
        let(work, made.case, Event.ANSWERED)
        reference = made.feedback.reference
    enter(person, reference)
    assert WHO not in matter(person)
