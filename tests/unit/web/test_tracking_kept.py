"""/track says until when what was sent is kept, and tells nothing by it that is not theirs."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from portal.cases import kept_until
from portal.cases.tokens import make_public_id
from portal.procedures.retention import KeptAs
from portal.records.account import Account
from portal.records.decision import Outcome
from portal.records.feedback import Door, Feedback
from portal.records.retention_hold import RetentionHold
from portal.wording import long_date
from portal.work import WORKER, Work, begin_work
from tests.matters import decide, enter, forget_between_requests, make_feedback
from tests.unit.web.officer_pages import words_of
from tests.unit.web.test_young import OLDEST_GRADE, grade

SAID = "We keep this until {day}. Then we delete it, {unless}"
ADULT = "unless a court or the law makes us keep it longer."
YOUNG = "if no court needs it."


def years_later(work: Work, kind: KeptAs) -> date:
    """The first day on which what ended today may go."""
    years = work.council.retention_of_file.years[kind]
    return work.today.replace(year=work.today.year + years) + timedelta(days=1)


def ended(door: Door = Door.YOUNG_PEOPLE, outcome: Outcome = Outcome.DECLINED) -> tuple[str, date]:
    """A matter that ended today: its reference, and the day on which it may go."""
    with begin_work(WORKER) as work:
        feedback = make_feedback(work, door=door)
        decide(work, feedback, outcome)
        found = feedback.reference, years_later(work, KeptAs.REFUSED)
    nothing_waits()
    return found


def nothing_waits() -> None:
    """Officers have done what was left; past the acts, which would place it anew."""
    with begin_work(WORKER) as work:
        out_of_the_queue(work)


def out_of_the_queue(work: Work) -> None:
    """Nothing waits for an officer any more."""
    work.session.flush()
    work.session.execute(update(Feedback).values(queue_rank=None))


def page_of(app: Flask, client: FlaskClient, reference: str) -> str:
    """What the person reads."""
    forget_between_requests(app)
    enter(client, reference)
    return words_of(client.get("/track/matter").text)


@pytest.mark.parametrize(("door", "unless"), [(Door.YOUNG_PEOPLE, YOUNG), (Door.EVERYONE, ADULT)])
def test_the_day_is_told_in_both_voices(
    app: Flask, client: FlaskClient, door: Door, unless: str
) -> None:
    reference, day = ended(door)
    page = page_of(app, client, reference)
    said = SAID.format(day=long_date(day), unless=unless)
    assert said in page
    assert door is not Door.YOUNG_PEOPLE or grade(said) <= OLDEST_GRADE


def test_while_something_is_open_no_day_is_told(app: Flask, client: FlaskClient) -> None:
    with begin_work(WORKER) as work:
        reference = make_feedback(work).reference
    assert "We keep this until" not in page_of(app, client, reference)


def test_a_hold_is_not_told_and_changes_no_word(app: Flask, client: FlaskClient) -> None:
    reference, _ = ended()
    before = page_of(app, client, reference)
    with begin_work(WORKER) as work:
        held = work.session.scalars(select(Feedback)).one()
        hold = RetentionHold(
            public_id=make_public_id(),
            feedback_id=held.id,
            reason="The police asked us to keep it.",
            review_on=work.today + timedelta(days=30),
            put_at=work.now,
            put_by_id=work.session.scalars(select(Account.id)).first(),
        )
        work.session.add(hold)
    nothing_waits()
    assert "We keep this until" in before
    assert page_of(app, client, reference) == before


def test_a_matter_of_somebody_else_is_not_told_by_a_day(work: Work) -> None:
    lead, own = make_feedback(work), make_feedback(work)
    decide(work, lead, Outcome.DECLINED)
    decision = decide(work, own, Outcome.LINKED)
    decision.linked_to_id = lead.id
    out_of_the_queue(work)
    told = [
        kept_until.kept_until(work.session, work.council, one, work.today) for one in (lead, own)
    ]
    assert told == [years_later(work, KeptAs.REFUSED), None]


def test_a_day_that_has_passed_is_not_promised(work: Work) -> None:
    feedback = make_feedback(work)
    decide(work, feedback, Outcome.DECLINED)
    out_of_the_queue(work)
    day = years_later(work, KeptAs.REFUSED)
    for today, told in ((day - timedelta(days=1), day), (day, None)):
        assert kept_until.kept_until(work.session, work.council, feedback, today) == told
