"""A danger that is over: who may say so when, where the matter falls back to, and what raises it
again."""

import pytest
from flask import Flask
from sqlalchemy import select, true

from portal import clock
from portal.cases import danger, danger_over, hearing, messages
from portal.cases.addresses import email_key
from portal.cases.danger_over import NoReason, NothingOver, NotTaken
from portal.cases.queue_places import rank
from portal.commands import dangers
from portal.db import db
from portal.procedures.vocabulary import Category, Risk
from portal.records.account import Account, Role
from portal.records.case import Case, CaseState
from portal.records.danger_alert import DangerAlert, RaisedBy
from portal.records.decision import Decision
from portal.records.feedback import Feedback, FeedbackState
from portal.records.message import Sender
from portal.triage import suggesting
from portal.triage.find import results
from portal.triage.find.filters import Filters
from portal.work import COMMAND, Who, Work, begin_work
from tests.matters import make_account, make_case, make_feedback
from tests.unit.triage import matters

WHY = "The health visitor saw both children at their aunt's on Monday."
DONE = "Called the police; they go there now."


def by_officer() -> Who:
    """The officer who does everything here, made where there is none yet."""
    with begin_work(COMMAND) as work:
        email = "robin@council.example"
        found = work.session.scalar(select(Account).where(Account.email_key == email_key(email)))
        made = found or make_account(work, Role.OFFICER, email, "Robin Kay")
        return Who("staff", made.id)


def alarmed(*, taken: bool = True, decided: bool = False) -> int:
    """The key of a matter about which an alert went out."""
    with begin_work(by_officer()) as work:
        feedback = make_feedback(work)
        work.session.flush()
        if decided:
            make_case(work, feedback)
        danger.say_danger(work, feedback, RaisedBy.WORDS)
        if taken:
            danger.take(work, feedback, DONE)
        return feedback.id


def said(key: int, left: Risk = Risk.CONCERN, why: str = WHY) -> None:
    with begin_work(by_officer()) as work:
        danger_over.say_over(work, work.session.get_one(Feedback, key), why, left)


def matter(key: int) -> Feedback:
    db.session.expire_all()
    return db.session.get_one(Feedback, key)


@pytest.mark.parametrize("left", danger_over.LEFT)
def test_the_matter_falls_back_to_the_risk_that_is_left(app: Flask, left: Risk) -> None:
    key = alarmed()
    first = matter(key).queue_rank
    assert first == rank(Risk.NOW, young=True)
    said(key, left)
    assert matter(key).risk is left
    assert matter(key).queue_rank == rank(left, young=True)
    assert matter(key).queue_rank > first
    last = danger_over.last_alert(db.session(), matter(key))
    assert last is not None
    assert (last.over, last.by, last.why) == (True, "Robin Kay", WHY)


def test_it_is_said_of_a_decided_matter_as_well_and_the_case_follows(app: Flask) -> None:
    key = alarmed(decided=True)
    assert db.session.query(Case).one().risk is Risk.NOW
    said(key, Risk.NONE)
    assert matter(key).risk is Risk.NONE
    assert db.session.query(Case).one().risk is Risk.NONE


def test_it_needs_words_an_alert_that_was_taken_and_is_said_once(app: Flask) -> None:
    key = alarmed(taken=False)
    with pytest.raises(NoReason):
        said(key, why=" fine ")
    with pytest.raises(NotTaken):
        said(key)
    with begin_work(by_officer()) as work:
        danger.take(work, work.session.get_one(Feedback, key), DONE)
    said(key)
    with pytest.raises(NothingOver):
        said(key, Risk.NONE)
    assert matter(key).risk is Risk.CONCERN


def test_where_nobody_was_in_danger_nothing_is_over(app: Flask) -> None:
    with begin_work(COMMAND) as work:
        key = make_feedback(work).id
    with pytest.raises(NothingOver):
        said(key)
    assert danger_over.last_alert(db.session(), matter(key)) is None


def test_a_file_that_nobody_has_heard_stays_a_concern(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = alarmed()
    monkeypatch.setattr(hearing, "unheard", lambda *_of: ["a voice note"])
    said(key, Risk.NONE)
    assert matter(key).risk is Risk.CONCERN


def danger_again(work: Work, feedback: Feedback) -> None:
    danger.say_by_officer(work, feedback, "The mother rang: he is at the door again.")


def a_decision_says_it(work: Work, feedback: Feedback) -> None:
    make_case(work, feedback).risk = Risk.NOW


def a_message_says_it(work: Work, feedback: Feedback) -> None:
    messages.add(work, feedback, Sender.PERSON, "I am going to kill myself tonight.")


@pytest.mark.parametrize("again", [danger_again, a_decision_says_it, a_message_says_it])
def test_whatever_says_danger_afterwards_raises_a_new_alert(app: Flask, again: object) -> None:
    key = alarmed()
    said(key, Risk.NONE)
    assert dangers.send_alerts() == 0
    with begin_work(by_officer()) as work:
        assert callable(again)
        again(work, work.session.get_one(Feedback, key))
    dangers.read_words(dangers.load_alarming(), model_reads=True)
    assert dangers.send_alerts() == 1
    newest = danger.all_of(db.session(), key)[0]
    assert (newest.ended_at, newest.over_at) == (None, None)
    assert db.session.query(DangerAlert).count() == 2


def test_what_the_form_said_is_not_why_a_later_alert_went_out(app: Flask) -> None:
    key = alarmed()
    said(key, Risk.NONE)
    with begin_work(COMMAND) as work:
        feedback = work.session.get_one(Feedback, key)
        feedback.danger_said, feedback.risk = True, Risk.NOW
    dangers.send_alerts()
    assert danger.all_of(db.session(), key)[0].raised_by is not RaisedBy.FORM


def test_words_written_down_later_do_not_bring_back_what_was_read_before(app: Flask) -> None:
    with begin_work(COMMAND) as work:
        feedback = make_feedback(work)
        work.session.flush()
        now = {**matters.label("now"), "reasons": []}
        suggesting.store(work, feedback, matters.a_result(risk=now))
        key = feedback.id
    dangers.send_alerts()
    with begin_work(by_officer()) as work:
        danger.take(work, work.session.get_one(Feedback, key), DONE)
    said(key)
    with begin_work(COMMAND) as work:
        suggesting.ask_again(work, work.session.get_one(Feedback, key))
    assert matter(key).risk is Risk.CONCERN


def test_what_was_left_stands_once_the_file_is_heard(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = alarmed(decided=True)
    with monkeypatch.context() as patched:
        patched.setattr(hearing, "unheard", lambda *_of: ["a voice note"])
        said(key, Risk.NONE)
    with begin_work(by_officer()) as work:
        feedback = work.session.get_one(Feedback, key)
        feedback.state = FeedbackState.DECIDED
        hearing._settle(work, feedback)
    assert matter(key).risk is Risk.NONE
    assert db.session.scalars(select(Case.risk)).all() == [Risk.NONE]


def test_a_closed_case_that_is_opened_again_brings_no_danger_back(app: Flask) -> None:
    key = alarmed(decided=True)
    with begin_work(COMMAND) as work:
        case = work.session.scalars(select(Case)).one()
        case.state = CaseState.CLOSED
    said(key, Risk.NONE)
    with begin_work(COMMAND) as work:
        work.session.scalars(select(Case)).one().state = CaseState.OPEN
    assert danger.unraised(db.session()) == []


def found_risks(asked: Risk | None = None) -> list[Risk]:
    today = clock.london_date(clock.now())
    filters = Filters(category=Category.COMPLAINT, risk=asked)
    found = results.page(db.session(), None, filters, true(), today)
    return [line.risk for line in found.lines]


def test_the_search_no_longer_tells_of_a_danger_that_was_decided_and_is_over(app: Flask) -> None:
    key = alarmed(decided=True)
    with begin_work(COMMAND) as work:
        work.session.query(Decision).one().risk = Risk.NOW
    assert found_risks() == [Risk.NOW]
    said(key, Risk.NONE)
    assert found_risks() == [Risk.NONE]
    # It is found by what it is now.
    assert found_risks(Risk.NONE) == [Risk.NONE]
    assert found_risks(Risk.NOW) == found_risks(Risk.CONCERN) == []
