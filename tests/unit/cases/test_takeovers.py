"""A colleague takes a young person over: by a yes, inside one organisation, and told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases import accounts, advocacy, advocate_notes, organisations, roles, takeovers
from portal.cases.advocacy import SwitchedOff
from portal.cases.advocacy_consent import Agreed
from portal.cases.takeovers import AskedAlready, NotAColleague, NotAskedNow
from portal.records.account import Account, Role
from portal.records.advocacy import AdvocacyConsent
from portal.records.agreed_scope import Scope
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.takeover import Takeover
from portal.work import Who, Work
from tests.matters import AGREED, make_account, make_feedback

SPEAK = frozenset({Scope.SEE, Scope.SPEAK})


@pytest.fixture
def sam(work: Work) -> Account:
    account = make_account(work)
    work.who = Who("advocate", account.id)
    return account


@pytest.fixture
def alex(work: Work, sam: Account) -> Account:
    return make_account(work, email="alex@advocates.example", name="Alex Sample")


@pytest.fixture
def feedback(work: Work, sam: Account) -> Feedback:
    made = make_feedback(work)
    agreed = Agreed(SPEAK, "On the phone.", work.today + timedelta(days=9))
    advocacy.join(work, sam.id, made, agreed)
    work.session.flush()
    return made


def ask(work: Work, feedback: Feedback, sam: Account, alex: Account) -> str:
    made = takeovers.ask(work, feedback, sam, alex.public_id)
    work.session.flush()
    return made.public_id


def test_nothing_changes_until_the_colleague_says_yes(
    work: Work, feedback: Feedback, sam: Account, alex: Account
) -> None:
    ask(work, feedback, sam, alex)
    assert advocacy.may_see(work.session, sam.id, feedback.id)
    assert not advocacy.may_see(work.session, alex.id, feedback.id)
    (asked,) = takeovers.asked_of(work.session, alex.id, work.today)
    assert (asked.reference, asked.by) == (feedback.reference, "Sam Sample")
    with pytest.raises(AskedAlready):
        takeovers.ask(work, feedback, sam, alex.public_id)


def test_a_yes_takes_the_same_scope_and_the_notes_along_and_tells_the_person(
    work: Work, feedback: Feedback, sam: Account, alex: Account
) -> None:
    advocate_notes.add(work, feedback, sam.id, "Ask about the bag.")
    public_id = ask(work, feedback, sam, alex)
    takeovers.answer(work, alex, public_id, accept=True)
    work.session.flush()
    assert not advocacy.may_see(work.session, sam.id, feedback.id)
    now = advocacy.standing_of(work.session, alex.id, feedback.id)
    assert now is not None
    assert (now.scope, now.last_day) == (SPEAK, work.today + timedelta(days=9))
    (note,) = advocate_notes.of(work.session, feedback, alex.id)
    assert note.body == "Ask about the bag."
    told = work.session.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == LetterKind.ADVOCATE_CHANGED)
    ).one()
    assert "Alex Sample from Brightside Advocacy" in told.body
    assert "Sam Sample does not do this any more." in told.body
    latest = work.session.scalars(
        select(AdvocacyConsent).order_by(AdvocacyConsent.id.desc())
    ).first()
    assert latest is not None
    assert latest.how.startswith("As the young person agreed for Sam Sample")


def test_a_no_or_taking_it_back_leaves_it_as_it_was(
    work: Work, feedback: Feedback, sam: Account, alex: Account
) -> None:
    takeovers.answer(work, alex, ask(work, feedback, sam, alex), accept=False)
    public_id = ask(work, feedback, sam, alex)
    takeovers.take_back(work, sam.id, feedback)
    work.session.flush()
    assert takeovers.asked_of(work.session, alex.id, work.today) == []
    with pytest.raises(NotAskedNow):
        takeovers.answer(work, alex, public_id, accept=True)
    assert advocacy.may_see(work.session, sam.id, feedback.id)
    assert not advocacy.may_see(work.session, alex.id, feedback.id)


def test_only_a_colleague_is_asked_and_only_whoever_is_asked_answers(
    work: Work, feedback: Feedback, sam: Account, alex: Account
) -> None:
    elsewhere = organisations.create(work, "Harbour Voices")
    work.session.flush()
    other = accounts.create(work, "Elsie Where", "elsie@other.example", organisation=elsewhere)
    work.session.flush()
    roles.give_role(work, other, Role.ADVOCATE, work.today)
    officer = make_account(work, Role.OFFICER, "ola@council.example")
    for one in (other, officer, sam):
        with pytest.raises(NotAColleague):
            takeovers.ask(work, feedback, sam, one.public_id)
    public_id = ask(work, feedback, sam, alex)
    with pytest.raises(NotAskedNow):
        takeovers.answer(work, other, public_id, accept=True)


def test_what_the_young_person_ended_meanwhile_cannot_be_taken_over(
    work: Work, feedback: Feedback, sam: Account, alex: Account
) -> None:
    public_id = ask(work, feedback, sam, alex)
    advocacy.switch_off(work, feedback, sam.public_id)
    work.session.flush()
    assert takeovers.asked_of(work.session, alex.id, work.today) == []
    with pytest.raises(NotAskedNow):
        takeovers.answer(work, alex, public_id, accept=True)


def test_whom_the_young_person_switched_off_takes_nobody_over(
    work: Work, feedback: Feedback, sam: Account, alex: Account
) -> None:
    advocacy.join(work, alex.id, feedback, AGREED)
    work.session.flush()
    advocacy.switch_off(work, feedback, alex.public_id)
    public_id = ask(work, feedback, sam, alex)
    with pytest.raises(SwitchedOff):
        takeovers.answer(work, alex, public_id, accept=True)
    assert not advocacy.may_see(work.session, alex.id, feedback.id)
    assert work.session.scalars(select(Takeover)).one().to_id == alex.id
