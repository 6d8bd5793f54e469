"""The outbox: who is written to, who is not, and what is kept of a letter."""

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlalchemy import select

from portal.correspondence import outbox
from portal.correspondence.email_address import plain_address
from portal.correspondence.one_use_links import without_links
from portal.correspondence.outbox import AddressUnusable
from portal.correspondence.safe_contact import email_of
from portal.correspondence.signed_ids import is_ours
from portal.correspondence.voices import Voice, voice_of
from portal.records.audit_event import AuditEvent
from portal.records.feedback import ContactWay, Door
from portal.records.outbox_letter import LetterKind, LetterState
from portal.work import Work
from tests.unit.correspondence.people import CHILD, WRITER, given

TOKEN = "aB3_" * 10 + "xyz"
LINK = f"https://heard.example/track/link/{TOKEN}"


def test_a_letter_waits_for_the_sender(work: Work) -> None:
    feedback = given(work)
    letter = outbox.post(work, LetterKind.THANKS, feedback, answers_message_id="<a@b.example>")
    assert (letter.state, letter.to_email) == (LetterState.WAITING, WRITER)
    assert letter.subject.endswith(f"[{feedback.reference}]")
    assert letter.message_id.startswith(f"<{letter.public_id}.")
    assert letter.message_id.endswith("@example.gov.uk>")
    assert is_ours(letter.message_id)
    assert letter.answers_message_id == "<a@b.example>"
    assert letter.shown_to_person
    assert not letter.automatic
    assert "letter_written" in work.session.scalars(select(AuditEvent.act)).all()


@pytest.mark.parametrize("way", [way for way in ContactWay if way is not ContactWay.EMAIL])
def test_no_letter_leaves_by_a_way_that_was_not_chosen(work: Work, way: ContactWay) -> None:
    feedback = given(work, way=way)
    letter = outbox.post(work, LetterKind.RECEIPT, feedback, {"promises": (), "link": LINK})
    assert (letter.state, letter.to_email) == (LetterState.WITHHELD, None)
    assert TOKEN not in letter.body


def test_a_receipt_is_always_automatic(work: Work) -> None:
    letter = outbox.post(work, LetterKind.RECEIPT, given(work), {"promises": (), "link": None})
    assert letter.automatic


def test_a_notice_of_a_message_is_not_in_the_thread(work: Work) -> None:
    assert not outbox.post(work, LetterKind.NEW_MESSAGE, given(work)).shown_to_person


def test_a_child_is_not_written_to_about_what_an_adult_said(work: Work) -> None:
    adult = given(work, email=None, child_email=CHILD)
    assert email_of(work, adult) is None
    own = given(work, email=None, child_email=CHILD, door=Door.YOUNG_PEOPLE)
    assert email_of(work.session, own) == CHILD
    assert voice_of(work.session, own) is Voice.YOUNG
    assert voice_of(work.session, adult) is Voice.ADULT


def test_an_address_that_would_add_a_recipient_is_not_written_to(work: Work) -> None:
    feedback = given(work, email="wren@post.example\nBcc: other@post.example")
    assert outbox.post(work, LetterKind.THANKS, feedback).state is LetterState.WITHHELD
    facts = {"link": LINK, "name": "Jo"}
    with pytest.raises(AddressUnusable):
        outbox.post_to(work, LetterKind.INVITATION, "a@b.example, c@d.example", facts)


def test_a_letter_to_staff_stays_out_of_the_thread(work: Work) -> None:
    facts = {"text": "Lovely people.", "team_label": "Fostering"}
    kind, feedback = LetterKind.COMPLIMENT_FOR_TEAM, given(work, way=ContactWay.PORTAL_ONLY)
    letter = outbox.post_to(work, kind, "team@council.example", facts, feedback=feedback)
    assert letter.state is LetterState.WAITING
    assert not letter.shown_to_person


@examples(st.text(max_size=60) | st.from_regex(r"[\w.+'-]{1,20}@[\w.\r\n ,;<>-]{1,30}"))
def test_an_address_holds_nothing_that_ends_a_header(text: str) -> None:
    address = plain_address(text)
    if address is not None:
        assert address.count("@") == 1
        assert not set(address) & set('\r\n\t ,;:<>()"\\\x00\x85\u2028')
        assert plain_address(address) == address


def test_usual_addresses_are_taken() -> None:
    assert plain_address(" Jo.O'Hara+x@Post.Example ") == "Jo.O'Hara+x@post.example"
    assert plain_address("Jo <jo@bücher.example>") == "jo@xn--bcher-kva.example"
    assert plain_address("nobody") is None


def test_only_links_that_open_something_are_cut() -> None:
    body = f"See https://heard.example/track\nor {LINK}\nBye"
    cut = without_links(body)
    assert TOKEN not in cut
    assert "https://heard.example/track\n" in cut
    assert cut.endswith("\nBye")
