"""Receiving: the record of one contact, with its day 0 and what makes it findable."""

from datetime import UTC, date, datetime

from sqlalchemy import select, text

from portal.cases import addresses
from portal.cases.receiving import NewFeedback, NewParty, receive
from portal.procedures.vocabulary import Risk
from portal.records.attachment import Attachment, AttachmentState
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Channel, ContactWay, FeedbackState
from portal.records.party import Party, PartyRole
from portal.work import Work
from tests.matters import STORY, make_feedback


def new(**more: object) -> NewFeedback:
    given = {"channel": Channel.EMAIL, "story": STORY, "contact_way": ContactWay.EMAIL}
    return NewFeedback(**{**given, **more})  # type: ignore[arg-type]


def test_it_waits_for_an_officer_and_is_unread(work: Work) -> None:
    feedback = receive(work, new())
    assert (feedback.state, feedback.unread) == (FeedbackState.WAITING, True)
    assert feedback.words_hash is None


def test_day_0_is_the_london_date(work: Work) -> None:
    late_in_july = datetime(2026, 7, 14, 23, 30, tzinfo=UTC)
    late_in_december = datetime(2026, 12, 14, 23, 30, tzinfo=UTC)
    assert receive(work, new(received_at=late_in_july)).received_on == date(2026, 7, 15)
    assert receive(work, new(received_at=late_in_december)).received_on == date(2026, 12, 14)


def test_danger_goes_to_the_top_of_the_queue_without_a_model(work: Work) -> None:
    assert receive(work, new(danger_said=True)).risk is Risk.NOW
    assert receive(work, new()).risk is Risk.NONE


def test_people_are_found_again_however_their_details_are_written(work: Work) -> None:
    party = NewParty(PartyRole.COMPLAINANT, "Jo  Sample", "Jo@Example.org", "+44 1632 960001")
    feedback = receive(work, new(parties=(party,)))
    work.session.flush()
    found = select(Party.feedback_id).where(
        Party.name_key == addresses.name_key("jo sample"),
        Party.email_key == addresses.email_key("Jo Sample <jo@example.ORG>"),
        Party.phone_key == addresses.phone_key("01632 960 001"),
    )
    assert work.session.scalar(found) == feedback.id


def test_words_and_names_are_not_readable_in_the_database(work: Work) -> None:
    make_feedback(work, name="Robin Example")
    work.session.flush()
    story = work.session.scalar(text("select story from feedback"))
    name = work.session.scalar(text("select name from party"))
    assert b"drawings" not in bytes(story)
    assert b"Robin" not in bytes(name)


def test_the_trail_holds_no_words(work: Work) -> None:
    feedback = make_feedback(work)
    work.session.flush()
    row = work.session.scalars(select(AuditEvent)).one()
    assert (row.act, row.about_id, row.fields) == ("feedback_received", feedback.id, [])


def test_files_of_the_draft_become_files_of_the_feedback(work: Work) -> None:
    file = Attachment(
        public_id="p",
        filename="drawing.png",
        content_type="image/png",
        size=1,
        sha256="0",
        stored_as="s",
        state=AttachmentState.UNSCANNED,
        added_at=work.now,
    )
    work.session.add(file)
    work.session.flush()
    feedback = receive(work, new(attachment_ids=(file.id,)))
    assert file.feedback_id == feedback.id
