"""Once an officer decides that a young person wrote, what goes to them is as neutral as through
their own door: who wrote by e-mail was never asked what others may see."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import safe_contact_rules
from portal.cases.safe_contact_rules import ContactRule
from portal.correspondence import delivery
from portal.db import db
from portal.procedures.contact_hours import ContactHours
from portal.procedures.vocabulary import Relationship
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Channel, ContactWay
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.safe_contact_rule import SaidBy
from portal.triage import deciding
from portal.work import WORKER, Who, Work, begin_work
from tests.unit.triage.matters import DAY, a_choice, a_feedback, acting, an_officer

YOUNG = Relationship.YOUNG_PERSON
SCHOOL = ContactHours(9, 15, weekdays_only=True)


def in_force(work: Work, relationship: Relationship, **said: object) -> ContactRule:
    """The rule that is in force after a decision on feedback in which this was said."""
    acting(work, an_officer(work), DAY)
    feedback = a_feedback(work, **{"channel": Channel.EMAIL, **said})
    deciding.confirm(work, feedback, a_choice(relationship=relationship))
    return safe_contact_rules.in_force(work.session, feedback)


def test_an_e_mail_of_a_young_person_is_answered_neutrally(work: Work) -> None:
    officer = an_officer(work)
    acting(work, officer, DAY)
    feedback = a_feedback(work, channel=Channel.EMAIL)
    assert not safe_contact_rules.in_force(work.session, feedback).neutral
    deciding.confirm(work, feedback, a_choice(relationship=YOUNG))
    (row,) = safe_contact_rules.history(work.session, feedback)
    assert (row.neutral, row.way, row.said_by) == (True, ContactWay.EMAIL, SaidBy.OFFICER)
    assert (row.account_id, row.reason) == (officer.id, safe_contact_rules.NOBODY_ASKED)
    assert "safe_contact_changed" in set(work.session.scalars(select(AuditEvent.act)))


def test_the_letter_of_that_decision_is_neutral_already(app: Flask) -> None:
    with begin_work(WORKER) as work:
        officer_id = an_officer(work).id
    with begin_work(Who("staff", officer_id)) as work:
        feedback = a_feedback(work, channel=Channel.EMAIL, received=DAY)
        deciding.confirm(work, feedback, a_choice(relationship=YOUNG))
    with begin_work(WORKER) as work:
        found = delivery.claim_next(work)
    assert found is not None
    assert found.neutral
    assert found.subject == app.extensions["heard"].council.mail.neutral_subject
    assert "Dana" not in found.body
    letter = db.session().get_one(OutboxLetter, found.id)
    # Whole at /track, and in the young voice.
    assert letter.body not in found.body
    assert (letter.kind, letter.shown_to_person) == (LetterKind.CASE_OPENED, True)


def test_what_was_said_beside_it_stays(work: Work) -> None:
    rule = ContactRule(SCHOOL, not_to_see="My aunt.")
    found = in_force(work, YOUNG, contact_rule=rule)
    assert found == ContactRule(SCHOOL, neutral=True, not_to_see="My aunt.")


@pytest.mark.parametrize(
    ("relationship", "said"),
    [
        (Relationship.PARENT, {}),
        # They were asked, and said that we can say who we are.
        (YOUNG, {"contact_rule": ContactRule(SCHOOL, voicemail=True)}),
        (YOUNG, {"contact_way": ContactWay.PORTAL_ONLY}),
    ],
)
def test_nobody_else_is_written_to_otherwise(
    work: Work, relationship: Relationship, said: dict[str, object]
) -> None:
    assert not in_force(work, relationship, **said).neutral


def test_what_an_officer_wrote_down_for_them_stands(work: Work) -> None:
    acting(work, an_officer(work), DAY)
    feedback = a_feedback(work, channel=Channel.EMAIL)
    rule = ContactRule(SCHOOL)
    safe_contact_rules.keep(work, feedback, ContactWay.EMAIL, rule, SaidBy.OFFICER, "They called.")
    deciding.confirm(work, feedback, a_choice(relationship=YOUNG))
    assert safe_contact_rules.in_force(work.session, feedback) == rule
