"""Broken glass: what it opens and for how long, whom it tells, what stays closed."""

import pytest
from flask import Flask
from sqlalchemy import event, select

from portal.cases import accounts, glass, named_persons, throttling
from portal.cases.glass import CannotOpen
from portal.cases.references import check_character
from portal.cases.throttling import TooManyTries
from portal.db import db
from portal.records.account import Account, Role
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.wall import GlassBreak
from portal.work import COMMAND, Who, begin_work
from tests.matters import make_account, make_case, make_feedback
from tests.unit.cases.test_walls import as_person, reads

REASON = "A carer rang: the child may be hurt tonight."


class Emergency:
    """Somebody of another team, a closed case, and a complaints manager."""

    def __init__(self) -> None:
        with begin_work(COMMAND) as work:
            self.boss = make_account(work, Role.COMPLAINTS_MANAGER, "boss@council.example").id
            duty = make_account(work, Role.DUTY_TEAM, "duty@council.example", "Dev Dutton")
            feedback = make_feedback(work)
            make_case(work, feedback)
            self.duty, self.matter = duty.id, feedback.id
            self.reference, self.public_id = feedback.reference, feedback.public_id
            self.person = as_person(work, duty)

    def read(self) -> bool:
        with begin_work(COMMAND) as work:
            duty = work.session.get_one(Account, self.duty)
            return reads(work, duty, work.session.get_one(Feedback, self.matter))


def letters() -> list[OutboxLetter]:
    kind = OutboxLetter.kind == LetterKind.GLASS_BROKEN
    return list(db.session.scalars(select(OutboxLetter).where(kind)))


def test_breaking_the_glass_opens_tells_and_closes_again(app: Flask) -> None:
    made = Emergency()
    assert not made.read()
    assert glass.break_glass(made.person, made.reference.lower(), REASON) == made.public_id
    assert made.read()
    (letter,) = letters()
    assert letter.to_email == "boss@council.example"
    # The letter crosses a mail server: it names neither case nor reason.
    assert made.reference not in letter.body
    assert REASON not in letter.body
    acts = set(db.session.scalars(select(AuditEvent.act)))
    assert "glass_broken" in acts
    with begin_work(Who("staff", made.boss)) as work:
        (broken,) = glass.unseen(work.session)
        glass.mark_seen(work, broken.glass)
    assert glass.unseen(db.session()) == []
    with begin_work(COMMAND) as work:
        work.session.scalars(select(GlassBreak)).one().ends_at = work.now
    assert not made.read()


def test_breaking_it_twice_tells_once(app: Flask) -> None:
    made = Emergency()
    for _ in range(2):
        glass.break_glass(made.person, made.reference, REASON)
    assert len(letters()) == 1


@pytest.mark.parametrize("how", ["linked", "named in their words", "not there"])
def test_what_stays_closed_is_answered_like_what_is_not_there(app: Flask, how: str) -> None:
    made = Emergency()
    with begin_work(COMMAND) as work:
        work.who = Who("staff", made.boss)
        feedback = work.session.get_one(Feedback, made.matter)
        if how == "linked":
            named_persons.link(work, feedback, work.session.get_one(Account, made.duty))
        else:
            feedback.about_whom = "the duty man, mr DUTTON"
            feedback.persons_unsettled = True
    reference = "7KQM-2XVD" if how == "not there" else made.reference
    with pytest.raises(CannotOpen):
        glass.break_glass(made.person, reference, REASON)
    assert not made.read()
    assert letters() == []
    assert "glass_break_failed" in set(db.session.scalars(select(AuditEvent.act)))


@pytest.mark.parametrize("how", ["linked", "named in their words"])
def test_what_stays_closed_costs_what_nothing_costs(app: Flask, how: str) -> None:
    """The same statements to the database, so that the time tells nothing either."""
    made = Emergency()
    with begin_work(Who("staff", made.boss)) as work:
        feedback = work.session.get_one(Feedback, made.matter)
        if how == "linked":
            named_persons.link(work, feedback, work.session.get_one(Account, made.duty))
        else:
            feedback.about_whom, feedback.persons_unsettled = "the duty man, mr DUTTON", True
    nothing = "HEARD66"
    assert statements_of_a_try(made, made.reference) == statements_of_a_try(
        made, nothing + check_character(nothing)
    )


def statements_of_a_try(made: Emergency, reference: str) -> list[str]:
    """What one try asks the database."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    with begin_work(COMMAND) as work:
        throttling.succeeded(work, f"glass {made.duty}")
    db.session.expire_all()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        with pytest.raises(CannotOpen):
            glass.break_glass(made.person, reference, REASON)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return asked


def test_where_no_officer_is_named_the_managers_are_told(app: Flask) -> None:
    """The council's file names somebody who has no account: it must not go unseen."""
    made = Emergency()
    with begin_work(Who("staff", made.boss)) as work:
        head = make_account(work, Role.HEAD_OF_SERVICE, "head@council.example")
        named_persons.link(work, work.session.get_one(Feedback, made.matter), head)
    glass.break_glass(made.person, made.reference, REASON)
    (letter,) = letters()
    assert letter.to_email == "boss@council.example"


def test_guessing_references_is_slowed_down(app: Flask) -> None:
    made = Emergency()
    for _ in range(5):
        with pytest.raises(CannotOpen):
            glass.break_glass(made.person, "7KQM-2XVD", REASON)
    with pytest.raises(TooManyTries):
        glass.break_glass(made.person, made.reference, REASON)


def test_the_manager_whom_it_is_about_is_not_told(app: Flask) -> None:
    made = Emergency()
    with begin_work(COMMAND) as work:
        work.who = Who("staff", made.boss)
        feedback = work.session.get_one(Feedback, made.matter)
        named_persons.link(work, feedback, work.session.get_one(Account, made.boss))
        accounts.create(work, "Mona Monitor", work.council.designated_officer)
    glass.break_glass(made.person, made.reference, REASON)
    (letter,) = letters()
    with begin_work(COMMAND) as work:
        assert letter.to_email == work.council.designated_officer
