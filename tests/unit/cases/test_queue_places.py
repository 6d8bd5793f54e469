"""Where a matter stands in the queue follows every act on it, and nothing else moves it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.cases import (
    acknowledging,
    awaiting,
    danger,
    handing_over,
    messages,
    queue_places,
    suggested_links,
)
from portal.cases.awaiting import Awaited
from portal.cases.handing_over import Taken
from portal.db import db
from portal.procedures.awaited import Turn
from portal.procedures.handing_over import HandedOver
from portal.procedures.vocabulary import ProcedureCode, Risk, Team
from portal.records.case import Case
from portal.records.danger_alert import RaisedBy
from portal.records.feedback import Door, Feedback
from portal.records.handover import TakenBy
from portal.records.message import Message, Sender
from portal.records.suggested_link import LinkGround, SuggestedLink
from portal.triage import deciding
from portal.work import WORKER, Work, begin_work
from tests.unit.triage.matters import a_choice, a_feedback, acting, an_officer

DAY = date(2026, 6, 10)


def stored(work: Work, feedback: Feedback) -> tuple[int | None, date | None, date | None]:
    queue_places.settle(work.session)
    row = work.session.execute(
        select(Feedback.queue_rank, Feedback.queue_on, Feedback.case_due_on).where(
            Feedback.id == feedback.id
        )
    ).one()
    return row[0], row[1], row[2]


def waits(work: Work, feedback: Feedback) -> list[tuple[Awaited, Turn]]:
    queue_places.settle(work.session)
    found = awaiting.of(work.session, work.council, [feedback.id]).get(feedback.id, ())
    return [(one.what, one.whose) for one in found]


def test_what_comes_in_waits_for_a_decision_until_the_day_of_the_first_letter(work: Work) -> None:
    young = a_feedback(work, door=Door.YOUNG_PEOPLE, received=DAY)
    adult = a_feedback(work, door=Door.EVERYONE, received=DAY)
    # Five working days after a Wednesday.
    assert stored(work, young) == (4, date(2026, 6, 17), None)
    assert stored(work, adult) == (5, date(2026, 6, 17), None)
    assert waits(work, adult) == [(Awaited.DECISION, Turn.OFFICER)]


@pytest.mark.parametrize(("risk", "rank"), [(Risk.NOW, 1), (Risk.CONCERN, 3), (Risk.NONE, 5)])
def test_risk_comes_first(work: Work, risk: Risk, rank: int) -> None:
    feedback = a_feedback(work, door=Door.EVERYONE)
    feedback.risk = risk
    assert stored(work, feedback)[0] == rank


def test_danger_that_is_raised_past_the_record_moves_it_too(work: Work) -> None:
    feedback = a_feedback(work, door=Door.EVERYONE)
    danger.say_danger(work, feedback, RaisedBy.WORDS)
    assert stored(work, feedback)[0] == 1


def _opened(work: Work, **chosen: object) -> tuple[Feedback, Case]:
    acting(work, an_officer(work), DAY)
    feedback = a_feedback(work, door=Door.EVERYONE, received=DAY)
    deciding.confirm(work, feedback, a_choice(**chosen))
    case = work.session.scalars(select(Case).where(Case.feedback_id == feedback.id)).one()
    return feedback, case


def test_a_case_waits_for_its_letter_and_then_for_the_service(work: Work) -> None:
    feedback, case = _opened(work, procedure=ProcedureCode.CORPORATE, team=Team.SEND)
    assert waits(work, feedback) == [(Awaited.ACKNOWLEDGEMENT, Turn.OFFICER)]
    assert stored(work, feedback) == (5, date(2026, 6, 17), date(2026, 6, 17))
    acknowledging.acknowledge(work, case, "1. Nobody rang back.")
    assert waits(work, feedback) == [(Awaited.STEP, Turn.SERVICE)]
    assert stored(work, feedback) == (None, None, date(2026, 6, 24))


def test_a_reply_brings_it_back_for_the_day_on_which_it_came(work: Work) -> None:
    feedback, case = _opened(work)
    acknowledging.acknowledge(work, case, "1. Nobody rang back.")
    messages.add(work, feedback, Sender.PERSON, "Out of office.", automatic=True)
    assert stored(work, feedback)[:2] == (None, None)
    messages.add(work, feedback, Sender.PERSON, "Is there news?")
    assert waits(work, feedback)[0] == (Awaited.REPLY_READ, Turn.OFFICER)
    assert stored(work, feedback)[:2] == (5, DAY)


def test_what_was_passed_on_waits_until_somebody_took_it(work: Work) -> None:
    feedback, case = _opened(work)
    acknowledging.acknowledge(work, case, "1. Nobody rang back.")
    handover, _ = handing_over.pass_on(
        work, feedback, HandedOver.SERVICE_REQUEST, Team.DISABILITY, "They ask for respite."
    )
    assert (Awaited.TAKER, Turn.OFFICER) in waits(work, feedback)
    assert stored(work, feedback)[:2] == (5, DAY)
    taken = Taken("Kim Example", "Team manager", TakenBy.PHONE, DAY)
    handing_over.take(work, feedback, handover, taken)
    assert stored(work, feedback)[:2] == (None, None)


def test_a_suggested_link_waits_at_the_newer_one(work: Work) -> None:
    acting(work, an_officer(work), DAY)
    older, newer = a_feedback(work), a_feedback(work)
    suggested_links.suggest(work, newer, older, LinkGround.OUR_LETTER)
    assert (Awaited.LINK_ANSWER, Turn.OFFICER) in waits(work, newer)
    assert (Awaited.LINK_ANSWER, Turn.OFFICER) not in waits(work, older)
    link = work.session.scalars(select(SuggestedLink)).one()
    suggested_links.dismiss(work, link)
    assert (Awaited.LINK_ANSWER, Turn.OFFICER) not in waits(work, newer)


def _committed(act: Callable[[Work], Feedback]) -> int:
    with begin_work(WORKER) as work:
        return act(work).id


def test_a_commit_places_what_it_touched(app: Flask) -> None:
    key = _committed(a_feedback)
    assert db.session.get_one(Feedback, key).queue_rank == 5


def test_a_place_is_kept_without_a_new_version(app: Flask) -> None:
    key = _committed(a_feedback)
    before = db.session.get_one(Feedback, key).version
    with begin_work(WORKER) as work:
        queue_places.touch(work.session, key)
        moved = update(Feedback).where(Feedback.id == key).values(risk=Risk.NOW)
        work.session.execute(moved)
    again = db.session.get_one(Feedback, key)
    assert (again.queue_rank, again.version) == (1, before)


def test_what_has_no_place_is_found_and_placed(app: Flask) -> None:
    key = _committed(a_feedback)
    with begin_work(WORKER) as work:
        nowhere = update(Feedback).values(queue_rank=None, queue_on=None, case_due_on=None)
        work.session.execute(nowhere)
    with begin_work(WORKER) as work:
        assert queue_places.place_lost(work.session) == 1
    with begin_work(WORKER) as work:
        assert queue_places.place_lost(work.session) == 0
    assert db.session.get_one(Feedback, key).queue_rank == 5


def _raised_and_undone(key: int) -> None:
    with begin_work(WORKER) as work:
        work.session.get_one(Feedback, key).risk = Risk.NOW
        queue_places.settle(work.session)
        raise ZeroDivisionError


def test_an_act_that_is_undone_moves_nothing(app: Flask) -> None:
    key = _committed(a_feedback)
    with pytest.raises(ZeroDivisionError):
        _raised_and_undone(key)
    assert db.session.get_one(Feedback, key).queue_rank == 5


def test_days_of_waiting_do_not_move_it(work: Work) -> None:
    feedback = a_feedback(work, received=work.now - timedelta(days=30))
    first = stored(work, feedback)
    work.session.add(
        Message(
            public_id="m1", feedback_id=feedback.id, sender=Sender.COUNCIL, body="We are on it.",
            sent_at=work.now,
        )
    )  # fmt: skip
    assert stored(work, feedback) == first
