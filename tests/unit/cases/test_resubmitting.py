"""What waited for proceedings is brought again: new feedback, tied to the earlier one."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.cases import (
    resubmitting,
    safe_contact_rules,
)
from portal.cases.ombudsman_covers import REFUSALS, CannotBeCovered
from portal.cases.receiving import NewParty
from portal.cases.references import make_reference
from portal.cases.safe_contact_rules import ContactRule
from portal.cases.secret_words import words_match
from portal.procedures.state import Event
from portal.procedures.vocabulary import Category
from portal.records.audit_event import AuditEvent
from portal.records.decision import Outcome
from portal.records.feedback import ContactWay, Feedback, FeedbackState
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.party import Party, PartyRole
from portal.work import Work
from tests.matters import decide, make_account, make_feedback, words_of
from tests.unit.cases.parted_world import happens, two_points
from tests.unit.triage.matters import acting

UNTIL = date(2099, 6, 10)
ROBIN = NewParty(PartyRole.COMPLAINANT, "Robin Example", "robin@home.example", "01632 960111")


def set_aside(work: Work, **more: object) -> Feedback:
    """Feedback that waits for a court, whole."""
    earlier = make_feedback(work, contact_way=ContactWay.EMAIL, parties=(ROBIN,), **more)
    decide(work, earlier, Outcome.DECLINED, officer=make_account(work)).resubmit_by = UNTIL
    acting(work, make_account(work, email="rowan@council.example"))
    work.session.flush()
    return earlier


def test_it_becomes_new_feedback_from_the_day_on_which_they_asked(work: Work) -> None:
    rule = ContactRule(neutral=True, voicemail=False, not_to_see="My mother")
    earlier = set_aside(work, wanted="An apology", adjustments="Large print", contact_rule=rule)
    asked_on = work.today
    made = resubmitting.bring_again(
        work, earlier, make_reference(), asked_on, "The court has finished. Please look now."
    )
    assert made.state is FeedbackState.WAITING
    assert (made.received_on, made.wanted) == (asked_on, "An apology")
    assert made.story.startswith("The court has finished.")
    assert made.story.endswith(earlier.story)
    assert made.reference != earlier.reference
    assert words_match(made.words_hash, words_of())
    assert made.adjustments == "Large print"
    assert safe_contact_rules.in_force(work.session, made) == rule
    party = work.session.scalars(select(Party).where(Party.feedback_id == made.id)).one()
    assert (party.name, party.email, party.phone) == (ROBIN.name, ROBIN.email, ROBIN.phone)
    letters = select(OutboxLetter.kind).where(OutboxLetter.feedback_id == made.id)
    assert work.session.scalars(letters).all() == [LetterKind.RECEIPT]
    acts = set(work.session.scalars(select(AuditEvent.act)))
    assert {"takes_up", "taken_up"} <= acts
    assert resubmitting.taken_up_by(work.session, made) == earlier
    waiting = resubmitting.waits(work.session, earlier)
    assert waiting is not None
    assert (waiting.until, waiting.later) == (UNTIL, (made,))


def test_the_same_form_sent_twice_makes_one_and_one_receipt(work: Work) -> None:
    earlier, reference = set_aside(work), make_reference()
    first = resubmitting.bring_again(work, earlier, reference, work.today, "Please look now.")
    again = resubmitting.bring_again(work, earlier, reference, work.today, "Please look now.")
    assert first == again
    assert work.session.scalar(select(func.count(Feedback.id))) == 2
    assert work.session.scalar(select(func.count(OutboxLetter.id))) == 1


def test_whoever_was_meant_is_named_anew_before_others_open_it(work: Work) -> None:
    plain = resubmitting.bring_again(work, set_aside(work), make_reference(), work.today, "Now.")
    assert not plain.persons_unsettled


def test_a_matter_about_a_person_stays_closed_until_an_officer_says_who(work: Work) -> None:
    earlier = set_aside(work, about_a_person=True)
    made = resubmitting.bring_again(work, earlier, make_reference(), work.today, "Now.")
    assert made.persons_unsettled


@pytest.mark.parametrize("days", [1, -10_000])
def test_the_day_lies_between_their_first_letter_and_today(work: Work, days: int) -> None:
    earlier = set_aside(work)
    with pytest.raises(resubmitting.WrongDay):
        resubmitting.bring_again(
            work, earlier, make_reference(), work.today + timedelta(days=days), "Now."
        )
    assert work.session.scalar(select(func.count(Feedback.id))) == 1


def test_only_what_waited_is_brought_again(work: Work) -> None:
    acting(work, make_account(work))
    never = make_feedback(work)
    with pytest.raises(resubmitting.NothingWaits):
        resubmitting.bring_again(work, never, make_reference(), work.today, "Now.")
    assert resubmitting.set_aside(work.session) == []


def test_a_part_that_was_put_off_in_a_case_can_come_back(work: Work) -> None:
    case, _, bus = two_points(work)
    earlier = work.session.get_one(Feedback, case.feedback_id)
    assert resubmitting.waits(work.session, earlier) is None
    second = make_account(work, email="second@council.example")
    happens(
        work, case, Event.PART_NOT_CONSIDERED, points=frozenset({bus.number}),
        reason="concurrent_court", proceedings="The family court", prejudice="It decides this.",
        new_date=UNTIL, second_officer_id=second.id,
    )  # fmt: skip
    waiting = resubmitting.waits(work.session, earlier)
    assert waiting is not None
    assert waiting.until == UNTIL
    made = resubmitting.bring_again(work, earlier, make_reference(), work.today, "Now.")
    assert resubmitting.taken_up_by(work.session, made) == earlier


def test_feedback_that_came_by_itself_is_tied_once(work: Work) -> None:
    earlier = set_aside(work)
    came = make_feedback(work)
    for wrong in (None, came):
        with pytest.raises(resubmitting.NothingWaits):
            resubmitting.tie(work, came, wrong)
    resubmitting.tie(work, came, earlier)
    with pytest.raises(resubmitting.TakenUpAlready):
        resubmitting.tie(work, came, earlier)
    assert resubmitting.taken_up_by(work.session, came) == earlier


def test_the_ombudsmans_decision_covers_a_refusal_too(work: Work) -> None:
    from tests.unit.cases.parted_world import a_case

    refused = set_aside(work)
    matter = a_case(work, category=Category.OMBUDSMAN, story="We look at the refusal.")
    made = REFUSALS.add(work, matter, refused)
    still_waits = make_feedback(work)
    for wrong in (None, refused, still_waits):
        with pytest.raises(CannotBeCovered):
            REFUSALS.add(work, matter, wrong)
    ((row, worked_in),) = REFUSALS.over(work.session, refused)
    assert (row.case_id, worked_in) == (matter.id, matter)
    assert [one for _, one in REFUSALS.of(work.session, matter)] == [refused]
    assert REFUSALS.take_out(work, matter, made.public_id)
    assert not REFUSALS.take_out(work, matter, made.public_id)
    assert REFUSALS.over(work.session, refused) == []
