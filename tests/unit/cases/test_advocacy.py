"""Advocates see what young people let them see, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases import advocacy, followed_matters, messages
from portal.cases.advocacy import SwitchedOff
from portal.cases.receiving import NewParty
from portal.records.account import Account
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Door, Feedback
from portal.records.message import Sender
from portal.records.outbox_letter import LetterKind
from portal.records.party import PartyRole
from portal.work import Who, Work
from tests.matters import AGREED, make_account, make_feedback, make_letter


@pytest.fixture
def feedback(work: Work) -> Feedback:
    return make_feedback(work)


@pytest.fixture
def advocate(work: Work) -> Account:
    account = make_account(work)
    work.who = Who("advocate", account.id)
    return account


def unread(work: Work, advocate: Account) -> int:
    work.session.flush()
    return followed_matters.matters(work.session, advocate.id)[0].unread


def test_joining_lets_one_advocate_see_one_matter(
    work: Work, advocate: Account, feedback: Feedback
) -> None:
    other = make_account(work, email="alex@advocates.example")
    another = make_feedback(work)
    advocacy.join(work, advocate.id, feedback, AGREED)
    assert advocacy.may_see(work.session, advocate.id, feedback.id)
    assert not advocacy.may_see(work.session, other.id, feedback.id)
    assert not advocacy.may_see(work.session, advocate.id, another.id)
    assert followed_matters.matters(work.session, other.id) == []


def test_joining_twice_is_joining_once(work: Work, advocate: Account, feedback: Feedback) -> None:
    assert advocacy.join(work, advocate.id, feedback, AGREED) is advocacy.join(
        work, advocate.id, feedback, AGREED
    )
    joined = select(AuditEvent).where(AuditEvent.act == "advocate_joined")
    assert len(work.session.scalars(joined).all()) == 1


def test_whom_the_person_switched_off_stays_off(
    work: Work, advocate: Account, feedback: Feedback
) -> None:
    advocacy.join(work, advocate.id, feedback, AGREED)
    assert advocacy.switch_off(work, feedback, advocate.public_id) == advocate.name
    assert not advocacy.may_see(work.session, advocate.id, feedback.id)
    assert followed_matters.matters(work.session, advocate.id) == []
    with pytest.raises(SwitchedOff):
        advocacy.join(work, advocate.id, feedback, AGREED)


def test_the_person_can_let_them_follow_again(
    work: Work, advocate: Account, feedback: Feedback
) -> None:
    advocacy.join(work, advocate.id, feedback, AGREED)
    advocacy.switch_off(work, feedback, advocate.public_id)
    assert advocacy.followers(work.session, feedback)[0].ended_at == work.now
    advocacy.allow_again(work, feedback, advocate.public_id)
    assert advocacy.may_see(work.session, advocate.id, feedback.id)


def test_nobody_is_switched_off_on_another_matter(
    work: Work, advocate: Account, feedback: Feedback
) -> None:
    advocacy.join(work, advocate.id, feedback, AGREED)
    assert advocacy.switch_off(work, make_feedback(work), advocate.public_id) is None
    assert advocacy.may_see(work.session, advocate.id, feedback.id)


def test_who_left_may_join_again(work: Work, advocate: Account, feedback: Feedback) -> None:
    advocacy.join(work, advocate.id, feedback, AGREED)
    work.session.flush()
    advocacy.leave(work, advocate.id, feedback)
    work.session.flush()
    assert not advocacy.may_see(work.session, advocate.id, feedback.id)
    assert advocacy.followers(work.session, feedback) == []
    advocacy.join(work, advocate.id, feedback, AGREED)
    assert advocacy.may_see(work.session, advocate.id, feedback.id)


def test_leaving_does_not_undo_a_switching_off(
    work: Work, advocate: Account, feedback: Feedback
) -> None:
    advocacy.join(work, advocate.id, feedback, AGREED)
    advocacy.switch_off(work, feedback, advocate.public_id)
    advocacy.leave(work, advocate.id, feedback)
    with pytest.raises(SwitchedOff):
        advocacy.join(work, advocate.id, feedback, AGREED)


def test_new_is_what_others_said_since_the_last_look(
    work: Work, advocate: Account, feedback: Feedback
) -> None:
    messages.add(work, feedback, Sender.PERSON, "Before.")
    advocacy.join(work, advocate.id, feedback, AGREED)
    assert unread(work, advocate) == 0
    work.now += timedelta(minutes=1)
    messages.add(work, feedback, Sender.PERSON, "News.")
    messages.add(work, feedback, Sender.ADVOCATE, "Mine.", account_id=advocate.id)
    make_letter(work, feedback)
    make_letter(work, feedback, LetterKind.NEW_MESSAGE)
    assert unread(work, advocate) == 2
    work.now += timedelta(minutes=1)
    followed_matters.note_viewed(work, feedback)
    assert unread(work, advocate) == 0


def test_it_waits_for_them_when_the_council_wrote_last(
    work: Work, advocate: Account, feedback: Feedback
) -> None:
    advocacy.join(work, advocate.id, feedback, AGREED)
    messages.add(work, feedback, Sender.COUNCIL, "When can we meet?")
    work.session.flush()
    assert followed_matters.matters(work.session, advocate.id)[0].council_asked_last
    work.now += timedelta(minutes=1)
    messages.add(work, feedback, Sender.PERSON, "Tuesday.")
    work.session.flush()
    assert not followed_matters.matters(work.session, advocate.id)[0].council_asked_last


def test_only_the_young_persons_first_name_is_shown(work: Work) -> None:
    own = make_feedback(work, name="Robin Example")
    nameless = make_feedback(work, name=None)
    parties = (
        NewParty(PartyRole.COMPLAINANT, name="Pat Parent"),
        NewParty(PartyRole.YOUNG_PERSON, name="Kim Parent"),
    )
    by_parent = make_feedback(work, door=Door.EVERYONE, parties=parties)
    parent_only = make_feedback(work, door=Door.EVERYONE, parties=parties[:1])
    work.session.flush()
    found = [
        followed_matters.first_name(work.session, matter)
        for matter in (own, nameless, by_parent, parent_only)
    ]
    assert found == ["Robin", None, "Kim", None]
