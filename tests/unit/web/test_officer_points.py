"""The officers' page of points: drafted beside the story, changed, sent, and disputes shown."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import agreeing, points
from portal.cases.typed_words import NO_WORDS
from portal.db import db
from portal.procedures.finding import PointState
from portal.procedures.state import Doer
from portal.records.account import Role
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.point import Point
from portal.work import WORKER, Who, Work, begin_work
from tests import matters
from tests.unit.cases.procedure_world import WORDS, case_with_points, sent
from tests.unit.web.officer_pages import signed_in, words_of

STORY = (
    "My review was moved to a school day and nobody asked me.\n\n"
    "My new worker did not come on the third.\n\nNobody tells me who my worker is."
)


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    return signed_in(client)


@pytest.fixture
def base(officer: FlaskClient) -> str:
    """The address of the points of a case that has three."""
    with begin_work(WORKER) as work:
        case, _ = case_with_points(work, story=STORY)
        feedback = work.session.get_one(Feedback, case.feedback_id)
        return f"/officers/cases/{feedback.public_id}/points"


def every() -> list[Point]:
    return list(db.session.scalars(select(Point).order_by(Point.number)))


def test_a_sentence_of_ours_is_no_point(officer: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        feedback = matters.make_feedback(work, story=NO_WORDS)
        matters.make_case(work, feedback)
        base = f"/officers/cases/{feedback.public_id}"
    boxes = officer.get(f"{base}/points/draft").text.split("<textarea")[1:]
    assert len(boxes) == 1
    assert "No words" not in boxes[0].split("</textarea>")[0]
    page = officer.get(f"{base}/acknowledge")
    assert page.status_code == 200
    assert "No words" not in page.text.split("<textarea", 1)[1].split("</textarea>")[0]


def test_a_draft_stands_in_boxes_beside_the_story_and_is_kept(officer: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        feedback = matters.make_feedback(work, story=STORY)
        matters.make_case(work, feedback)
        base = f"/officers/cases/{feedback.public_id}/points"
    page = words_of(officer.get(f"{base}/draft").text)
    assert page.count("My new worker did not come on the third.") == 2
    kept = {
        "draft-1-text": "My review was moved.",
        "draft-2-text": " ",
        "draft-3-text": "No worker.",
    }
    answer = officer.post(f"{base}/draft", data=kept)
    assert (answer.status_code, answer.location) == (303, base)
    assert [(point.number, point.text) for point in every()] == [
        (1, "My review was moved."), (2, "No worker."),
    ]  # fmt: skip


def test_an_empty_draft_and_a_long_one_keep_what_was_typed(officer: FlaskClient, base: str) -> None:
    answer = officer.post(f"{base}/draft", data={"draft-1-text": "", "draft-2-text": " "})
    assert answer.status_code == 422
    assert "Leave at least one point in its box" in answer.text
    long = "word " * 1_200
    answer = officer.post(f"{base}/draft", data={"draft-1-text": "Kept.", "draft-2-text": long})
    assert answer.status_code == 422
    assert "5,000 characters or fewer" in answer.text
    assert "Kept." in answer.text
    assert len(every()) == 3


def test_points_are_added_and_changed(officer: FlaskClient, base: str) -> None:
    assert officer.post(base, data={"text": " "}).status_code == 422
    assert officer.post(base, data={"text": "My bag is gone."}).status_code == 303
    assert every()[3].text == "My bag is gone."
    version = every()[3].version
    changed = {"text": "My bag with my drawings is gone.", "version": version}
    assert officer.post(f"{base}/4", data=changed).status_code == 303
    db.session.expire_all()
    assert every()[3].text == changed["text"]

    late = officer.post(f"{base}/4", data={"text": "A colleague's words.", "version": version})
    assert late.status_code == 409
    page = words_of(late.text)
    assert "Somebody else changed this while you were writing." in page
    assert "A colleague's words." in page
    assert page.count(changed["text"]) >= 1
    again = officer.post(f"{base}/4", data={"text": "Mine.", "version": every()[3].version})
    assert again.status_code == 303


def test_points_are_split_and_joined(officer: FlaskClient, base: str) -> None:
    first = every()[0]
    one = officer.post(f"{base}/1/split", data={"parts": "One part", "version": first.version})
    assert one.status_code == 422
    assert "Leave an empty line" in one.text
    two = {"parts": "My review was moved.\n\nNobody asked me.", "version": first.version}
    assert officer.post(f"{base}/1/split", data=two).status_code == 303
    page = words_of(officer.get(base).text)
    assert "Point 1: went into points 4 and 5" in page

    assert officer.post(f"{base}/join", data={"numbers": ["4"]}).status_code == 422
    joined = officer.post(f"{base}/join", data={"numbers": ["4", "5"]})
    assert (joined.status_code, joined.location) == (303, f"{base}/6")
    assert every()[5].text == "My review was moved.\n\nNobody asked me."


def test_a_point_is_withdrawn_by_the_persons_wish_only(officer: FlaskClient, base: str) -> None:
    version = every()[1].version
    assert officer.post(f"{base}/2/withdraw", data={"version": version}).status_code == 422
    wish = {"asked": "y", "version": version}
    assert officer.post(f"{base}/2/withdraw", data=wish).status_code == 303
    db.session.expire_all()
    assert every()[1].state is PointState.WITHDRAWN
    assert officer.get(f"{base}/2").status_code == 409
    assert officer.get(f"{base}/77").status_code == 404


def test_the_points_are_sent_by_the_page_of_the_event(officer: FlaskClient, base: str) -> None:
    assert base.replace("/points", "/do/points_sent") in officer.get(base).text
    send(base)
    page = words_of(officer.get(base).text)
    assert "The points are with the person." in page
    assert page.count("Sent to the person") == 3
    assert base.replace("/points", "/do/points_agreed") in officer.get(base).text


def send(base: str) -> None:
    """Send the points of the only case."""
    with begin_work(WORKER) as work:
        case = work.session.scalars(select(Case)).one()
        work.who = Who("staff", case.officer_id)
        sent(work, case)


def test_what_the_person_disputes_stands_before_the_officer(
    officer: FlaskClient, base: str
) -> None:
    send(base)
    with begin_work(WORKER) as work:
        case = work.session.scalars(select(Case)).one()
        shown = agreeing.statement(work.session, case)
        agreeing.dispute(work, case, [2], "It was three times.", Doer.PERSON, shown.mark)
    page = words_of(officer.get(base).text)
    assert "something is not what they said" in page
    assert "It was three times." in page
    assert "It was three times." in words_of(officer.get(f"{base}/2").text)


def test_a_team_manager_reads_the_points_and_changes_none(client: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        case, _ = case_with_points(work)
        public_id = work.session.get_one(Feedback, case.feedback_id).public_id
    manager = signed_in(client, a_manager)
    base = f"/officers/cases/{public_id}/points"
    page = words_of(manager.get(base).text)
    assert WORDS[0] in page
    assert "Add a point" not in page
    assert "Draft from their words" not in page
    for path in ("", "/join", "/draft", "/1", "/1/split", "/1/withdraw"):
        assert manager.post(base + path, data={"text": "x"}).status_code == 404
    assert len(points.live(db.session(), db.session.scalars(select(Case)).one())) == 3


def a_manager(work: Work) -> object:
    """The manager of the team that the cases of these tests belong to."""
    from portal.cases import roles
    from portal.procedures.vocabulary import Team

    account = matters.make_account(work, Role.TEAM_MANAGER, "manager@council.example", "Bryony T")
    roles.join_team(work, account, Team.CARE_PLANNING_COURT, work.today)
    return account
