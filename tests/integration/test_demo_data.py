"""Invented data: alive, consistent with the real rules, and without a way in outside the demo."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyotp
import pytest
import time_machine
from click.testing import Result
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal.app import create_app
from portal.cases import (
    accounts,
    advocacy,
    opening,
    resubmitting,
    roles,
    second_factor,
    tracking,
)
from portal.clock import today
from portal.commands.demo_data import command
from portal.db import db
from portal.demo.arrivals import NotAYear, Span, arrivals, financial_year, last_months
from portal.demo.sign_ins import (
    ADVOCATE,
    AUTHENTICATOR,
    EVERYBODY,
    FOLLOWED,
    IN_TWO_PARTS,
    JOINED,
    LEADS,
    REFUSAL_WAITS,
    SET_ASIDE,
    TO_BE_JOINED,
)
from portal.demo.stories import CORPUS, OWN, NoStories, choose, read_stories, stories_for
from portal.procedures.refusal import RefusalReason
from portal.procedures.state import State
from portal.procedures.vocabulary import Category, ProcedureCode, Relationship, Risk
from portal.records.account import Account, Role
from portal.records.advocacy import Advocacy
from portal.records.audit_event import AuditEvent
from portal.records.case import Case, CaseStage, CaseState
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Channel, Door, Feedback, FeedbackState
from portal.records.joined_case import JoinedCase
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.party import Party
from portal.triage import proposals
from portal.work import COMMAND, PUBLIC, begin_work, council
from tests.conftest import settings_for
from tests.matters import make_account


@pytest.fixture
def demo_app(tmp_path: Path) -> Iterator[Flask]:
    """An application that is a demo."""
    made = create_app(settings_for(tmp_path, HEARD_DEMO="1"))
    with made.app_context():
        db.create_all()
        yield made
        db.session.remove()
        db.engine.dispose()


def invent(app: Flask, *arguments: str) -> Result:
    """Run the command as somebody types it."""
    return app.test_cli_runner().invoke(command, arguments)


def count(record: type, *conditions: object) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(record).where(*conditions)) or 0


# At a fixed moment the same data come each time: how much is overdue on a given day is chance.
@time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=UTC), tick=True)
def test_the_small_amount_shows_every_kind_of_matter(demo_app: Flask) -> None:
    assert invent(demo_app).exit_code == 0
    assert set(db.session.scalars(select(Feedback.channel))) == set(Channel)
    waiting = count(Feedback, Feedback.state == FeedbackState.WAITING)
    assert waiting >= 5
    assert count(Feedback, Feedback.door == Door.YOUNG_PEOPLE) >= 3
    overdue = (CaseStage.answered_on.is_(None), CaseStage.due_on < today())
    assert count(CaseStage, *overdue) >= 1
    assert count(Case, Case.state == CaseState.OPEN) >= 2
    assert count(Case, Case.state == CaseState.CLOSED) >= 3


def test_a_case_has_the_date_that_opening_it_would_have_given(app: Flask) -> None:
    assert invent(app, "--cases", "120").exit_code == 0
    rows = db.session.execute(
        select(Feedback, Case, CaseStage)
        .join(Case, Case.feedback_id == Feedback.id)
        .join(CaseStage, CaseStage.case_id == Case.id)
    ).all()
    assert len(rows) >= 40
    for feedback, case, stage in rows:
        plan = opening.planned(
            council(), case.category, case.procedure, feedback.received_on, case.opened_on
        )
        assert stage.first_due_on == plan.deadline.due
        assert stage.due_on <= stage.first_due_on
        assert (case.state is CaseState.CLOSED) == (stage.answered_on is not None)


def test_every_contact_leaves_its_people_and_its_trail(app: Flask) -> None:
    invent(app, "--cases", "60")
    people = set(db.session.scalars(select(Party.feedback_id).where(Party.name_key.is_not(None))))
    trail = set(
        db.session.scalars(select(AuditEvent.about_id).where(AuditEvent.act == "feedback_received"))
    )
    everything = set(db.session.scalars(select(Feedback.id)))
    assert len(everything) == 60
    assert people == trail == everything


def test_thanks_are_only_for_compliments_and_a_no_has_its_reason(app: Flask) -> None:
    invent(app, "--cases", "300")
    thanked = select(Decision.category).where(Decision.outcome == Outcome.THANKED)
    assert set(db.session.scalars(thanked)) == {Category.COMPLIMENT}
    for outcome in (Outcome.PASSED_ON, Outcome.DECLINED):
        for decision in db.session.scalars(select(Decision).where(Decision.outcome == outcome)):
            assert decision.reason is not None
            assert decision.explanation


def test_a_past_year_is_decided_and_answered(app: Flask) -> None:
    assert invent(app, "--cases", "80", "--year", "2019-20").exit_code == 0
    days = db.session.execute(
        select(func.min(Feedback.received_on), func.max(Feedback.received_on))
    ).one()
    assert date(2019, 4, 1) <= days[0] <= days[1] <= date(2020, 3, 31)
    assert count(Feedback, Feedback.state == FeedbackState.WAITING) == 0
    assert count(Case, Case.state == CaseState.OPEN) == 0


def test_outside_the_demo_nobody_can_sign_in_and_no_words_open_anything(app: Flask) -> None:
    assert invent(app).exit_code == 0
    made = db.session.scalars(select(Account)).all()
    assert [(account.active, account.password_hash) for account in made] == [(False, None)]
    assert count(Feedback, Feedback.words_hash.is_not(None)) == 0
    assert count(Feedback) == 40


def test_an_officer_who_is_there_decides_and_no_account_is_made(app: Flask) -> None:
    with begin_work(COMMAND) as work:
        officer_id = make_account(work, Role.OFFICER, "ada@council.example").id
    invent(app)
    assert count(Account) == 1
    assert set(db.session.scalars(select(Decision.decided_by_id))) == {officer_id}


def test_the_demos_people_can_sign_in_and_its_words_open_their_matters(demo_app: Flask) -> None:
    invent(demo_app)
    for person in EVERYBODY:
        account = accounts.check_password(person.email, person.password, "here")
        mine = roles.roles_between(db.session(), account.id, today(), None)
        assert mine == {person.role}
        account_id = account.id
        second_factor.show(account_id, pyotp.TOTP(AUTHENTICATOR).now())
    advocate_id = accounts.check_password(ADVOCATE.email, ADVOCATE.password, "here").id
    followed = tracking.open_with_words(PUBLIC, FOLLOWED.reference, FOLLOWED.words, "here")
    assert advocacy.may_see(db.session(), advocate_id, followed.id)
    other = tracking.open_with_words(PUBLIC, TO_BE_JOINED.reference, TO_BE_JOINED.words, "here")
    assert not advocacy.may_see(db.session(), advocate_id, other.id)
    assert other.state is FeedbackState.WAITING
    opened = tracking.open_with_words(PUBLIC, REFUSAL_WAITS.reference, REFUSAL_WAITS.words, "here")
    waits = proposals.waiting(db.session(), opened)
    assert waits is not None
    assert waits.reason is RefusalReason.OUT_OF_TIME_STATUTORY


def test_a_matter_in_parts_one_that_is_joined_and_one_set_aside_are_shown(demo_app: Flask) -> None:
    invent(demo_app)
    parts, lead, joined, aside = (
        tracking.open_with_words(PUBLIC, one.reference, one.words, "here")
        for one in (IN_TWO_PARTS, LEADS, JOINED, SET_ASIDE)
    )
    of_parts = select(Case.procedure).where(Case.feedback_id == parts.id).order_by(Case.part)
    assert db.session.scalars(of_parts).all() == [ProcedureCode.STATUTORY, ProcedureCode.CORPORATE]
    (tie,) = db.session.scalars(select(JoinedCase)).all()
    rows = db.session.execute(select(Case.id, Case.feedback_id))
    keys = {row.id: row.feedback_id for row in rows}
    assert (keys[tie.case_id], keys[tie.lead_id]) == (joined.id, lead.id)
    waits = resubmitting.waits(db.session(), aside)
    assert waits is not None
    assert waits.until is not None
    assert waits.until > today()
    stood = select(Case.procedure_state).where(Case.feedback_id == aside.id)
    assert db.session.scalar(stood) is State.NOT_CONSIDERED
    told = select(OutboxLetter.kind).where(OutboxLetter.feedback_id.in_([parts.id, aside.id]))
    assert {LetterKind.PARTS, LetterKind.NOT_CONSIDERED} <= set(db.session.scalars(told))


def test_twice_doubles_no_account_and_no_showcase(demo_app: Flask) -> None:
    invent(demo_app)
    again = invent(demo_app)
    assert again.exit_code == 0
    assert count(Account) == len(EVERYBODY)
    assert count(Advocacy) == 1
    assert count(Feedback, Feedback.words_hash.is_not(None)) == 8
    assert count(Feedback) == 88


def test_where_there_is_feedback_if_empty_adds_none(demo_app: Flask) -> None:
    invent(demo_app)
    assert "nothing was invented" in invent(demo_app, "--if-empty").output
    assert count(Feedback) == 48


@pytest.mark.parametrize("year", ["2019", "2019-21", "19-20", "2019/20", "2090-91"])
def test_a_wrong_year_is_told_in_a_sentence(app: Flask, year: str) -> None:
    result = invent(app, "--year", year)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert count(Feedback) == 0


def test_a_line_that_is_no_labelled_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "c1.jsonl").write_text('\n{"text": "Nobody came", "category": "praise"}\n')
    with pytest.raises(NoStories, match=r"c1\.jsonl, line 2"):
        read_stories(tmp_path)
    with pytest.raises(NoStories, match="no invented texts"):
        read_stories(tmp_path / "nothing")


def test_a_story_is_used_again_only_when_all_were_used() -> None:
    own, corpus = read_stories(OWN), read_stories(CORPUS)
    chosen = choose(own, corpus, len(own) + len(corpus) + 5, random.Random(1))
    assert set(chosen) == {*own, *corpus}
    few = choose(own, (), 17, random.Random(2))
    assert len(set(few)) == len(few)
    assert {story.category for story in few} == set(Category)
    assert {story.channel for story in few} == set(Channel)
    assert {story.risk for story in few} == set(Risk)
    assert sum(story.relationship is Relationship.YOUNG_PERSON for story in few) >= 5


def test_the_corpus_gives_only_what_goes_beyond_the_demos_own_stories() -> None:
    own = {story.text for story in read_stories(OWN)}
    small = [story.text for story in stories_for(len(own), random.Random(3))]
    assert sorted(small) == sorted(own)
    more = [story.text for story in stories_for(len(own) + 20, random.Random(3))]
    assert len(set(more)) == len(more)
    assert len(set(more) - own) == 20


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.integers(1, 60), st.integers())
def test_nothing_arrives_before_the_span_or_after_now(day: date, number: int, seed: int) -> None:
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    span = last_months(day, number)
    moments = arrivals(span, number, now, random.Random(seed))
    assert len(moments) == number
    assert moments == sorted(moments)
    assert all(moment < now for moment in moments)
    # A London day begins at eleven in the evening of the UTC day before, in summer.
    assert all((moment.date() - span.first).days >= -1 for moment in moments)


def test_the_running_year_ends_today() -> None:
    assert financial_year("2026-27", date(2026, 11, 23)) == Span(
        date(2026, 4, 1), date(2026, 11, 23)
    )
    with pytest.raises(NotAYear, match="has not begun"):
        financial_year("2027-28", date(2026, 11, 23))
