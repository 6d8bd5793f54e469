"""One letter past the rule: two people, a reason, and nothing but that letter."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from portal.cases import contact_details, overriding, safe_contact_rules
from portal.cases.contact_details import Details
from portal.cases.overriding import AnsweredOverride, NoSuchLetter, OwnOverride, SayWhy, Way
from portal.cases.receiving import NewParty
from portal.cases.safe_contact_rules import ContactRule
from portal.correspondence import delivery, outbox, phone_notices, print_queue
from portal.procedures.contact_hours import ContactHours
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from portal.records.contact_override import OverrideState
from portal.records.feedback import ContactWay, Door, Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.party import PartyRole
from portal.records.phone_notice import PhoneNotice
from portal.records.safe_contact_rule import SaidBy
from portal.work import Who, Work
from tests.matters import make_account, make_feedback

EMAIL, PHONE, STREET = "wren@post.example", "01632 960461", "12 Elm Row\nStafford"
PARTY = NewParty(PartyRole.COMPLAINANT, "Wren Marlow", EMAIL, PHONE, STREET)
WHY = "A hearing is tomorrow, and she cannot know."


@pytest.fixture
def feedback(work: Work) -> Feedback:
    return make_feedback(work, parties=(PARTY,))


@pytest.fixture
def letter(work: Work, feedback: Feedback) -> OutboxLetter:
    posted = outbox.post(work, LetterKind.THANKS, feedback)
    work.session.flush()
    return posted


@pytest.fixture
def officer(work: Work) -> Work:
    return acting(work, Role.OFFICER)


@pytest.fixture
def manager(work: Work) -> Work:
    return acting(work, Role.COMPLAINTS_MANAGER)


def acting(work: Work, role: Role) -> Work:
    account = make_account(work, role, f"{role.value}@council.example")
    return replace(work, who=Who("staff", account.id))


def way_of(work: Work, feedback: Feedback, way: ContactWay) -> Way:
    return next(one for one in overriding.ways(work, feedback) if one.way is way)


def agreed(
    officer: Work, manager: Work, feedback: Feedback, letter: OutboxLetter, way: ContactWay
) -> None:
    chosen = way_of(officer, feedback, way)
    row = overriding.propose(officer, feedback, letter.public_id, chosen, WHY)
    officer.session.flush()
    overriding.agree(manager, feedback, row.public_id)


def test_nothing_goes_before_a_manager_has_agreed(
    officer: Work, manager: Work, feedback: Feedback, letter: OutboxLetter
) -> None:
    assert letter.state is LetterState.WITHHELD
    chosen = way_of(officer, feedback, ContactWay.EMAIL)
    row = overriding.propose(officer, feedback, letter.public_id, chosen, WHY)
    assert delivery.claim_next(officer) is None
    overriding.agree(manager, feedback, row.public_id)
    found = delivery.claim_next(officer)
    assert found is not None
    assert (found.id, found.to_email) == (letter.id, EMAIL)
    assert row.reason == WHY
    assert row.proposed_by_id != row.answered_by_id
    acts = set(officer.session.scalars(select(AuditEvent.act)))
    assert {"contact_override_proposed", "contact_override_agreed"} <= acts


def test_it_holds_for_one_letter(
    officer: Work, manager: Work, feedback: Feedback, letter: OutboxLetter
) -> None:
    agreed(officer, manager, feedback, letter, ContactWay.EMAIL)
    other = outbox.post(officer, LetterKind.CONCLUDED, feedback)
    assert other.state is LetterState.WITHHELD
    assert feedback.contact_way is ContactWay.PORTAL_ONLY


def test_nobody_agrees_to_their_own(
    manager: Work, feedback: Feedback, letter: OutboxLetter
) -> None:
    chosen = way_of(manager, feedback, ContactWay.EMAIL)
    row = overriding.propose(manager, feedback, letter.public_id, chosen, WHY)
    manager.session.flush()
    with pytest.raises(OwnOverride):
        overriding.agree(manager, feedback, row.public_id)
    assert letter.state is LetterState.WITHHELD


def test_what_was_not_agreed_does_not_go(
    officer: Work, manager: Work, feedback: Feedback, letter: OutboxLetter
) -> None:
    chosen = way_of(officer, feedback, ContactWay.EMAIL)
    row = overriding.propose(officer, feedback, letter.public_id, chosen, WHY)
    officer.session.flush()
    overriding.refuse(manager, feedback, row.public_id, "It can wait.")
    assert row.answer == "It can wait."
    assert delivery.claim_next(officer) is None
    with pytest.raises(AnsweredOverride):
        overriding.agree(manager, feedback, row.public_id)


def test_a_proposal_needs_its_reason_and_a_letter_that_waits(
    officer: Work, feedback: Feedback, letter: OutboxLetter
) -> None:
    chosen = way_of(officer, feedback, ContactWay.EMAIL)
    with pytest.raises(SayWhy):
        overriding.propose(officer, feedback, letter.public_id, chosen, " ")
    with pytest.raises(NoSuchLetter):
        overriding.propose(officer, feedback, "another", chosen, WHY)
    invented = Way(ContactWay.EMAIL, "somebody@else.example")
    with pytest.raises(NoSuchLetter):
        overriding.propose(officer, feedback, letter.public_id, invented, WHY)


def test_it_may_be_told_by_telephone_once(
    officer: Work, manager: Work, feedback: Feedback, letter: OutboxLetter
) -> None:
    assert phone_notices.by_hand(officer.session) == []
    agreed(officer, manager, feedback, letter, ContactWay.PHONE)
    (task,) = phone_notices.by_hand(officer.session)
    assert task.notice.to_number == PHONE
    phone_notices.done(officer, task.notice)
    assert officer.session.scalars(select(PhoneNotice.letter_id)).all() == [letter.id]


def test_it_may_go_by_post(
    officer: Work, manager: Work, feedback: Feedback, letter: OutboxLetter
) -> None:
    agreed(officer, manager, feedback, letter, ContactWay.POST)
    sheet = print_queue.to_print(officer, letter)
    assert sheet.address == ("Wren Marlow", "12 Elm Row", "Stafford")


def test_it_may_go_at_once_outside_the_hours(officer: Work, manager: Work) -> None:
    night = datetime(2026, 11, 27, 23, 40, tzinfo=UTC)
    rule = ContactRule(ContactHours(9, 15))
    with time_machine.travel(night, tick=False):
        officer, manager = replace(officer, now=night), replace(manager, now=night)
        feedback = make_feedback(
            officer, contact_way=ContactWay.EMAIL, parties=(PARTY,), contact_rule=rule
        )
        letter = outbox.post(officer, LetterKind.THANKS, feedback)
        officer.session.flush()
        assert delivery.claim_next(officer) is None
        agreed(officer, manager, feedback, letter, ContactWay.EMAIL)
        assert delivery.claim_next(officer) is not None


def test_a_childs_address_is_no_way_for_what_an_adult_wrote(officer: Work) -> None:
    child = NewParty(PartyRole.YOUNG_PERSON, "Pip Marlow", "pip@post.example")
    feedback = make_feedback(officer, door=Door.EVERYONE, parties=(PARTY, child))
    assert {one.to for one in overriding.ways(officer, feedback) if one.way.value == "email"} == {
        EMAIL
    }


def test_new_details_end_what_was_agreed_for_the_old(
    officer: Work, manager: Work, feedback: Feedback, letter: OutboxLetter
) -> None:
    agreed(officer, manager, feedback, letter, ContactWay.EMAIL)
    party = contact_details.the_persons_own(officer, feedback)
    contact_details.change(officer, feedback, party, Details("Wren"), SaidBy.OFFICER, "She left.")
    assert [row.state for row in overriding.of(officer.session, feedback)] == [OverrideState.ENDED]
    assert delivery.claim_next(officer) is None
    assert letter.state is LetterState.WITHHELD


def test_the_rule_is_kept_with_who_and_why(officer: Work, feedback: Feedback) -> None:
    rule = ContactRule(not_to_see="My aunt.")
    way = ContactWay.EMAIL
    assert safe_contact_rules.keep(officer, feedback, way, rule, SaidBy.OFFICER, "She rang.")
    assert not safe_contact_rules.keep(officer, feedback, way, rule, SaidBy.OFFICER, "Again.")
    (row,) = safe_contact_rules.history(officer.session, feedback)
    assert (row.reason, row.account_id, row.said_by) == (
        "She rang.", officer.who.account_id, SaidBy.OFFICER,
    )  # fmt: skip
    assert feedback.contact_way is way
