"""/track of a matter in parts, and of joined matters: each person sees what is theirs."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases import event_letters, parting, passwords, tracking
from portal.db import db
from portal.procedures.state import Event, State
from portal.procedures.working_days import in_full
from portal.records.account import Account
from portal.records.case import Case, CaseStage
from portal.records.feedback import Feedback
from portal.work import WORKER, begin_work
from tests.matters import LOW_COSTS, enter
from tests.unit.cases.parted_world import (
    BUS,
    MP_STORY,
    PARENT_STORY,
    SOCIAL,
    find_on,
    happens,
    join,
    parent_and_mp,
    split,
    two_points,
)
from tests.unit.triage.matters import acting
from tests.unit.web.officer_pages import words_of

MATTER = "/track/matter"


@pytest.fixture
def visiting(app: Flask, client: FlaskClient) -> FlaskClient:
    """Somebody who reads their matter in two parts, each with its points sent."""
    app.config[passwords.COSTS] = LOW_COSTS
    with begin_work(WORKER) as work:
        case, *_ = two_points(work)
        feedback = work.session.get_one(Feedback, case.feedback_id)
        happens(work, case, Event.POINTS_SENT)
        split(work, case, 2)
        reference, words = feedback.reference, tracking.give_new_words(work, feedback)
    assert enter(client, reference, words).status_code == 302
    return client


def parts() -> list[Case]:
    db.session.expire_all()
    return parting.parts(db.session(), db.session.scalars(select(Feedback)).one())


def test_all_parts_stand_on_one_page_each_with_its_stage_and_date(visiting: FlaskClient) -> None:
    page = visiting.get(MATTER)
    shown = words_of(page.text)
    assert "We look into this in 2 parts." in shown
    assert shown.index("Part 1:") < shown.index(SOCIAL) < shown.index("Part 2:") < shown.index(BUS)
    for stage in db.session.scalars(select(CaseStage)):
        assert in_full(stage.due_on) in shown
    ids = [part.split('"')[0] for part in page.text.split(' id="')[1:]]
    assert len(ids) == len(set(ids)), "no two things on a page have one id"


def test_the_next_step_is_asked_for_one_part(visiting: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        second = parting.parts(work.session, work.session.scalars(select(Feedback)).one())[1]
        acting(work, work.session.get_one(Account, second.officer_id))
        find_on(work, second)
        happens(work, second, Event.ANSWERED)
    page = visiting.get(MATTER)
    assert 'action="/track/matter/next-step?part=2"' in page.text
    too_long = visiting.post(
        f"{MATTER}/next-step?part=2", data={"part-2-stage": "stage_1", "part-2-words": "x" * 20_001}
    )
    assert too_long.status_code == 422
    answer = visiting.post(f"{MATTER}/next-step?part=2", data={"part-2-stage": "stage_1"})
    assert answer.status_code == 303
    first, second = parts()
    assert (first.procedure_state, second.procedure_state) == (State.ANSWERING, State.REVIEW_ASKED)


def test_one_part_is_stopped_and_the_other_goes_on(visiting: FlaskClient) -> None:
    answer = visiting.post(f"{MATTER}/stop?part=2", data={"part-2-why": "It is put right."})
    assert answer.status_code == 303
    shown = words_of(visiting.get(MATTER).text)
    assert "You asked us to stop" in shown.split("Part 2:")[1]
    assert "You asked us to stop" not in shown.split("Part 2:")[0]


def test_points_of_each_part_are_agreed_by_themselves(visiting: FlaskClient) -> None:
    page = visiting.get(MATTER).text
    mark = page.split('action="/track/matter/points/1/agree"')[1].split('name="mark" value="')[1]
    answer = visiting.post(f"{MATTER}/points/1/agree", data={"mark": mark.split('"')[0]})
    assert answer.status_code == 302
    assert "You said yes" in words_of(visiting.get(MATTER).text).split("Part 2:")[0]


def test_joined_people_see_their_own_matter_only(app: Flask, client: FlaskClient) -> None:
    app.config[passwords.COSTS] = LOW_COSTS
    with begin_work(WORKER) as work:
        lead, mp = parent_and_mp(work)
        join(work, mp, lead)
        event_letters.send(work, lead, happens(work, lead, Event.POINTS_SENT))
        find_on(work, lead)
        event_letters.send(work, lead, happens(work, lead, Event.ANSWERED))
        row = happens(work, mp, Event.ANSWERED, words="The taxi comes again from Monday.")
        event_letters.send(work, mp, row)
        opened = {}
        for name, case in (("parent", lead), ("mp", mp)):
            feedback = work.session.get_one(Feedback, case.feedback_id)
            opened[name] = (feedback.reference, tracking.give_new_words(work, feedback))
    theirs = {
        "parent": (PARENT_STORY, "Quillfeather", "marigold@home.example", opened["parent"][0]),
        "mp": (MP_STORY, "Ptolemy", "office@mp.example", opened["mp"][0]),
    }
    for name, other in (("parent", "mp"), ("mp", "parent")):
        enter(client, *opened[name])
        page = client.get(MATTER).text
        assert theirs[name][0] in words_of(page)
        assert opened[name][0] in page
        assert not [one for one in theirs[other] if one in page]
    assert "The taxi comes again from Monday." in page
