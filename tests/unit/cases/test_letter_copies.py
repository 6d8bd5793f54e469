"""Advocates who get the letters hear of each at once, and nothing of what it says."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases import accounts, advocacy
from portal.cases.advocacy_consent import Agreed
from portal.correspondence import outbox
from portal.records.account import Account
from portal.records.agreed_scope import Scope
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.work import Work
from tests.matters import make_account, make_feedback

SAM = "sam@advocates.example"
SECRET = "We will see you at the harbour on Thursday."


@pytest.fixture
def feedback(work: Work) -> Feedback:
    return make_feedback(work)


def let_in(work: Work, feedback: Feedback, *scope: Scope, last_day=None) -> None:  # type: ignore[no-untyped-def]
    account = make_account(work)
    advocacy.join(work, account.id, feedback, Agreed(frozenset(scope), "By phone.", last_day))
    work.session.flush()


def copies(work: Work) -> list[OutboxLetter]:
    work.session.flush()
    wanted = select(OutboxLetter).where(OutboxLetter.kind == LetterKind.ADVOCATE_COPY)
    return list(work.session.scalars(wanted))


@pytest.mark.parametrize("kind", [LetterKind.MEETING, LetterKind.NEW_MESSAGE])
def test_a_notice_goes_at_once_without_a_word_of_it(
    work: Work, feedback: Feedback, kind: LetterKind
) -> None:
    let_in(work, feedback, Scope.LETTERS)
    outbox.post(work, kind, feedback, {"text": SECRET})
    (notice,) = copies(work)
    assert (notice.to_email, notice.state) == (SAM, LetterState.WAITING)
    assert not notice.shown_to_person
    assert feedback.reference in notice.body
    for word in (SECRET, "harbour", "Robin"):
        assert word not in notice.subject + notice.body
    assert "/advocates/" in notice.body


def test_who_does_not_get_the_letters_hears_of_none(work: Work, feedback: Feedback) -> None:
    let_in(work, feedback, Scope.SPEAK, Scope.DECIDE)
    outbox.post(work, LetterKind.MEETING, feedback, {"text": SECRET})
    assert copies(work) == []


def test_a_letter_of_another_matter_is_no_news(work: Work, feedback: Feedback) -> None:
    let_in(work, feedback, Scope.LETTERS)
    outbox.post(work, LetterKind.MEETING, make_feedback(work), {"text": SECRET})
    assert copies(work) == []


def test_the_notices_end_with_the_agreement(work: Work, feedback: Feedback) -> None:
    let_in(work, feedback, Scope.LETTERS, last_day=work.today)
    work.today += timedelta(days=1)
    outbox.post(work, LetterKind.MEETING, feedback, {"text": SECRET})
    assert copies(work) == []


def test_who_was_switched_off_or_has_left_hears_of_nothing(work: Work, feedback: Feedback) -> None:
    let_in(work, feedback, Scope.LETTERS)
    (follower,) = advocacy.followers(work.session, feedback)
    advocacy.switch_off(work, feedback, follower.public_id)
    outbox.post(work, LetterKind.MEETING, feedback, {"text": SECRET})
    advocacy.allow_again(work, feedback, follower.public_id)
    account = work.session.get_one(Account, follower.account_id)
    accounts.deactivate(work, account)
    outbox.post(work, LetterKind.MEETING, feedback, {"text": SECRET})
    assert copies(work) == []
