"""What a person said of hours and wording is obeyed by whatever sends: letters, texts and calls."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.cases import contact_details, safe_contact_rules
from portal.cases.contact_details import Details
from portal.cases.receiving import NewParty
from portal.cases.safe_contact_rules import ContactRule
from portal.correspondence import (
    contact_rules,
    delivery,
    mail_message,
    outbox,
    phone_notices,
    print_queue,
    texting,
)
from portal.correspondence.delivery import Claimed
from portal.correspondence.phone_notices import NotNow
from portal.db import db
from portal.procedures.contact_hours import ContactHours
from portal.records.account import Role
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.party import PartyRole
from portal.records.phone_notice import NoticeState, PhoneNotice
from portal.records.safe_contact_rule import SaidBy
from portal.work import WORKER, Work, begin_work
from tests import matters

MOBILE, STREET = "07700 900461", "12 Elm Row\nStafford\nZZ99 2ZZ"
EMAIL = "wren.marlow@post.example"
SCHOOL = ContactHours(9, 15, weekdays_only=True)
NIGHT = datetime(2026, 11, 27, 23, 40, tzinfo=UTC)  # A Friday.
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
LINK = "https://heard.example/track/link/" + "a" * 43


@pytest.fixture
def night(app: Flask) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NIGHT, tick=False) as clock:
        yield clock


def written(
    way: ContactWay, rule: ContactRule, kind: LetterKind = LetterKind.THANKS, **facts: object
) -> int:
    """A letter to somebody with a rule; gives its key."""
    party = NewParty(PartyRole.COMPLAINANT, "Wren Marlow", EMAIL, MOBILE, STREET)
    with begin_work(WORKER) as work:
        feedback = matters.make_feedback(work, contact_way=way, parties=(party,), contact_rule=rule)
        letter = outbox.post(work, kind, feedback, facts)
        work.session.flush()
        return letter.id


def letter_of(letter_id: int) -> OutboxLetter:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(OutboxLetter, letter_id)


def claimed() -> Claimed | None:
    with begin_work(WORKER) as work:
        return delivery.claim_next(work)


def test_a_letter_outside_the_hours_waits_for_the_next_allowed_minute(
    night: time_machine.Traveller,
) -> None:
    letter_id = written(ContactWay.EMAIL, ContactRule(SCHOOL))
    assert claimed() is None
    letter = letter_of(letter_id)
    assert (letter.state, letter.next_try_at) == (LetterState.WAITING, MONDAY)
    night.move_to(MONDAY - timedelta(seconds=1))
    assert claimed() is None
    night.move_to(MONDAY)
    found = claimed()
    assert found is not None
    assert found.to_email == EMAIL


def test_a_letter_that_waited_obeys_what_was_said_meanwhile(
    night: time_machine.Traveller,
) -> None:
    letter_id = written(ContactWay.EMAIL, ContactRule(SCHOOL))
    assert claimed() is None
    with begin_work(WORKER) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        safe_contact_rules.keep(
            work, feedback, ContactWay.PORTAL_ONLY, ContactRule(SCHOOL), SaidBy.PERSON
        )
    night.move_to(MONDAY)
    assert claimed() is None
    assert letter_of(letter_id).state is LetterState.WITHHELD


def test_letters_to_staff_know_no_hours(night: time_machine.Traveller) -> None:
    with begin_work(WORKER) as work:
        feedback = matters.make_feedback(
            work, contact_way=ContactWay.EMAIL, contact_rule=ContactRule(SCHOOL, neutral=True)
        )
        facts = {"text": "Thank you.", "team_label": "Fostering"}
        kind = LetterKind.COMPLIMENT_FOR_TEAM
        staff = matters.make_account(work, Role.TEAM_MANAGER, "team@council.example")
        outbox.post_to(work, kind, staff.email, facts, feedback=feedback)
    found = claimed()
    assert found is not None
    assert not found.neutral


def test_a_neutral_letter_says_only_that_there_is_news(app: Flask) -> None:
    letter_id = written(ContactWay.EMAIL, ContactRule(neutral=True))
    found, letter = claimed(), letter_of(letter_id)
    assert found is not None
    council = app.extensions["heard"].council
    assert found.subject == council.mail.neutral_subject
    assert council.texts.words in found.body
    assert "/track" in found.body
    mail = mail_message.as_mail(found, council, "Council <feedback@example.gov.uk>")
    shown = f"{mail['From']} {mail['Subject']} {found.body}"
    reference = db.session.scalars(select(Feedback.reference)).one()
    for told in (council.mail.display_name, reference, "Wren", *council.name.split()):
        assert told not in shown
    assert council.mail.neutral_name in mail["From"]
    # The letter itself stands whole at /track.
    assert letter.shown_to_person
    assert letter.body not in found.body


def test_a_neutral_letter_keeps_the_link_of_somebody_without_words(app: Flask) -> None:
    written(ContactWay.EMAIL, ContactRule(neutral=True), LetterKind.RECEIPT, link=LINK, promises=())
    found = claimed()
    assert found is not None
    assert found.body.split() == ["There", "is", "news", "for", "you:", LINK]


def test_others_get_the_letter_as_it_was_written(app: Flask) -> None:
    letter_id = written(ContactWay.EMAIL, ContactRule(voicemail=False))
    found = claimed()
    assert found is not None
    assert found.body == letter_of(letter_id).body
    assert not found.neutral


def test_a_plain_envelope_says_nothing_of_where_it_comes_from(app: Flask) -> None:
    for neutral in (True, False):
        letter_id = written(ContactWay.POST, ContactRule(neutral=neutral))
        with begin_work(WORKER) as work:
            letter = work.session.get_one(OutboxLetter, letter_id)
            assert print_queue.to_print(work, letter).plain is neutral
            assert print_queue.is_plain(work.session, letter) is neutral


def test_a_text_outside_the_hours_waits(night: time_machine.Traveller) -> None:
    written(ContactWay.TEXT, ContactRule(SCHOOL))
    with begin_work(WORKER) as work:
        notice = work.session.scalars(select(PhoneNotice)).one()
        notice.state = NoticeState.WAITING
    with begin_work(WORKER) as work:
        assert texting.claim_next(work) is None
    db.session.rollback()
    notice = db.session.scalars(select(PhoneNotice)).one()
    assert (notice.state, notice.next_try_at) == (NoticeState.WAITING, MONDAY)
    night.move_to(MONDAY)
    with begin_work(WORKER) as work:
        assert texting.claim_next(work) is not None


def test_nobody_is_called_outside_the_hours(night: time_machine.Traveller) -> None:
    rule = ContactRule(SCHOOL, neutral=True, voicemail=False)
    written(ContactWay.PHONE, rule)
    (task,) = phone_notices.by_hand(db.session())
    assert (task.not_before, task.voicemail, task.neutral) == (MONDAY, False, True)
    with pytest.raises(NotNow), begin_work(WORKER) as work:
        phone_notices.done(work, work.session.scalars(select(PhoneNotice)).one())
    night.move_to(MONDAY)
    assert phone_notices.by_hand(db.session())[0].not_before is None
    # Who called in the last minute writes it down after it.
    night.move_to(MONDAY + timedelta(hours=6, minutes=10))
    with begin_work(WORKER) as work:
        phone_notices.done(work, work.session.scalars(select(PhoneNotice)).one())
    assert phone_notices.by_hand(db.session()) == []


def test_the_newest_rule_is_in_force(work: Work) -> None:
    feedback = matters.make_feedback(work, contact_rule=ContactRule(SCHOOL))
    newer = ContactRule(not_to_see="My aunt.")
    safe_contact_rules.keep(work, feedback, feedback.contact_way, newer, SaidBy.PERSON)
    assert safe_contact_rules.in_force(work.session, feedback) == newer
    found = contact_rules.in_force_of(work.session, [feedback.id, 99])
    assert [row.not_to_see for row in found.values()] == ["My aunt."]


@pytest.mark.parametrize("way", [ContactWay.EMAIL, ContactWay.POST])
def test_the_old_address_is_not_used_for_letters_that_wait(app: Flask, way: ContactWay) -> None:
    letter_id = written(way, ContactRule())
    new = Details("Wren Marlow", "new@post.example", MOBILE, "1 New Lane\nStone\nZZ99 3ZZ")
    with begin_work(WORKER) as work:
        letter = work.session.get_one(OutboxLetter, letter_id)
        if way is ContactWay.POST:
            print_queue.to_print(work, letter)
        feedback = work.session.get_one(Feedback, letter.feedback_id)
        party = contact_details.the_persons_own(work, feedback)
        contact_details.change(work, feedback, party, new, SaidBy.OFFICER, "They moved.")
    if way is ContactWay.EMAIL:
        found = claimed()
        assert found is not None
        assert found.to_email == "new@post.example"
        return
    letter = letter_of(letter_id)
    assert letter.to_address == "Wren Marlow\n1 New Lane\nStone\nZZ99 3ZZ"
    assert letter.printed_at is None, "what was printed has the old address"
