"""Where a message belongs: to its own sender's matter, or new with a link to be judged."""

import pytest
from flask import Flask
from sqlalchemy import select

from intake.counts import Counts
from portal.correspondence.reply_address import reply_address
from portal.db import db
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.records.outbox_letter import OutboxLetter
from portal.records.suggested_link import LinkGround, SuggestedLink
from tests.integration.mailing import mail
from tests.services.fake_mailbox import FakeMailbox
from tests.unit.intake.mailroom import look_into

STRANGER = "Kim Stone <kim@example.net>"


@pytest.fixture
def first(app: Flask, box: FakeMailbox) -> Feedback:
    """Feedback from Jo, received by e-mail."""
    box.deliver(mail("The bus", message_id="<first@example.org>"))
    look_into(app, box)
    return db.session.scalars(select(Feedback)).one()


def our_letter() -> str:
    return db.session.scalars(select(OutboxLetter.message_id)).first() or ""


def ways(first: Feedback) -> list[tuple[LinkGround, str, dict[str, str]]]:
    """Each way to answer: why it belongs, the subject, and the headers."""
    address = reply_address("feedback@example.gov.uk", first.reference)
    return [
        (LinkGround.REPLY_ADDRESS, "hello", {"Cc": f"Heard <{address.upper()}>"}),
        (LinkGround.OUR_LETTER, "hello", {"In_Reply_To": our_letter()}),
        (LinkGround.OUR_LETTER, "hello", {"References": f"<x@y.example> {our_letter()} <z@y.org>"}),
        (LinkGround.SAME_THREAD, "Re: The bus", {"References": "<first@example.org>"}),
        (LinkGround.SUBJECT_REFERENCE, f"about {first.reference.lower()}", {}),
        (LinkGround.SUBJECT_REFERENCE, f"[{first.reference.replace('-', ' ')}]", {}),
    ]


@pytest.mark.parametrize("way", range(6))
def test_a_party_joins_and_a_stranger_gets_a_suggested_link(
    app: Flask, box: FakeMailbox, first: Feedback, way: int
) -> None:
    ground, subject, headers = ways(first)[way]
    box.deliver(mail(subject, "From me.\n", message_id="<own@example.org>", **headers))
    box.deliver(
        mail(subject, "From me.\n", sender=STRANGER, message_id="<kim@example.net>", **headers)
    )
    assert look_into(app, box) == Counts(found=2, replies=1, new=1)
    said = db.session.scalars(select(Message)).one()
    assert (said.feedback_id, said.body) == (first.id, "From me.")
    link = db.session.scalars(select(SuggestedLink)).one()
    assert (link.other_id, link.ground) == (first.id, ground)
    new = db.session.get_one(Feedback, link.feedback_id)
    assert new.story.strip() == "From me."


def test_answers_between_quoted_lines_and_the_whole_mail_are_kept(
    app: Flask, box: FakeMailbox, first: Feedback
) -> None:
    words = "No.\n\n> Did it come?\nNever on time.\n> Did you call?\nTwice.\n"
    top = "Thank you.\n\nOn Monday, 1 June 2026 at 10:00, Feedback wrote:\n> Is it better?\n"
    for number, text in enumerate((words, top)):
        raw = mail("Re: The bus", text, message_id=f"<{number}@example.org>",
                   In_Reply_To=our_letter())  # fmt: skip
        box.deliver(raw)
    look_into(app, box)
    between, above = db.session.scalars(select(Message).order_by(Message.id))
    assert "Never on time." in between.body
    assert "Twice." in between.body
    assert (above.body, above.whole) == ("Thank you.", top.strip())


def test_a_quoted_link_that_opens_the_matter_stands_on_no_page(
    app: Flask, box: FakeMailbox, first: Feedback
) -> None:
    receipt = db.session.scalars(select(OutboxLetter)).one().body
    token = receipt.partition("/track/link/")[2].split()[0]
    assert len(token) == 43
    quoted = f"No.\n\nOn Monday, 1 June 2026 at 10:00, Feedback wrote:\n> {receipt}\n"
    answers = our_letter()
    box.deliver(mail("Re: ", quoted, message_id="<own@example.org>", In_Reply_To=answers))
    box.deliver(
        mail("FW: ", quoted, sender=STRANGER, message_id="<k@example.net>", In_Reply_To=answers)
    )
    look_into(app, box)
    whole = db.session.scalars(select(Message)).one().whole or ""
    assert "/track/link/…" in whole
    assert all(token not in text for text in (whole, *db.session.scalars(select(Feedback.story))))


def test_a_forged_reply_address_means_nothing(
    app: Flask, box: FakeMailbox, first: Feedback
) -> None:
    address = reply_address("feedback@example.gov.uk", first.reference)
    local, _, domain = address.rpartition("@")
    forged = f"{local[:-1]}{'1' if local[-1] == '0' else '0'}@{domain}"
    box.deliver(mail("hello", sender=STRANGER, Cc=forged))
    look_into(app, box)
    assert db.session.scalars(select(SuggestedLink)).all() == []


def test_an_unknown_reference_or_thread_links_nothing(
    app: Flask, box: FakeMailbox, first: Feedback
) -> None:
    box.deliver(mail("7777-7777 and meetings tomorrow", sender=STRANGER, References="<no@x.org>"))
    assert look_into(app, box) == Counts(found=1, new=1)
    assert db.session.scalars(select(SuggestedLink)).all() == []


def test_a_long_thread_is_linked_to_its_beginning(
    app: Flask, box: FakeMailbox, first: Feedback
) -> None:
    box.deliver(
        mail("Re", "One.\n", sender=STRANGER, message_id="<2@x.org>",
             References="<first@example.org>")
    )  # fmt: skip
    box.deliver(
        mail("Re", "Two.\n", sender="sam@example.com", message_id="<3@x.org>",
             References="<first@example.org> <2@x.org>", In_Reply_To="<2@x.org>")
    )  # fmt: skip
    look_into(app, box)
    assert db.session.scalars(select(SuggestedLink.other_id)).all() == [first.id, first.id]


def test_look_alike_letters_are_forgiven_to_a_party(
    app: Flask, box: FakeMailbox, first: Feedback
) -> None:
    seen_as = str.maketrans({"A": "А", "E": "Е", "K": "К", "H": "Н", "8": "B", "5": "S", "2": "Z"})
    written = first.reference.translate(seen_as)
    if not any(char.isdigit() for char in written) and written != first.reference:
        # All its digits look like letters: such a word is not taken for a reference.
        written = first.reference.translate(str.maketrans({"A": "А", "E": "Е"}))
    box.deliver(mail(f"Re {written}", "From me.\n", message_id="<own@example.org>"))
    assert look_into(app, box) == Counts(found=1, replies=1)


def test_hundreds_of_references_are_no_burden(
    app: Flask, box: FakeMailbox, first: Feedback
) -> None:
    many = " ".join(f"<{number}@x.org>" for number in range(3000))
    box.deliver(mail("Re", "More.\n", References=f"<first@example.org> {many}"))
    counts = look_into(app, box)
    assert counts.found == 1
    assert counts.holds()
