"""What of a matter is open to those whom the young person let in, and what never is.

They read what the person and their helpers sent, and letters as far as that was agreed. What is of
another child stays closed to them, and so does what officers put beside the matter.
"""

from sqlalchemy import ColumnElement, and_, exists, not_, or_

from portal.records.advocacy import AdvocacyConsent
from portal.records.attachment import Attachment
from portal.records.case import Case
from portal.records.consent import ConsentRecord
from portal.records.message import Message, Sender
from portal.records.outbox_letter import LetterKind, OutboxLetter

# What holds a link that gives new secret words: whoever saved it could open the matter as the
# person whose matter it is.
WITH_A_KEY = (LetterKind.RECEIPT, LetterKind.TRACKING_LINK)


def file_is_open(account_id: int) -> ColumnElement[bool]:
    """The condition on `attachment`: it came with the first words or a message of theirs, and is no
    proof of consent but the reader's own.

    Args:
        account_id: the advocate who reads.
    """
    # Each is found by the matter or the message, which have an index, and never by all there are.
    by_council = _file_has(Message.id == Attachment.message_id, Message.sender == Sender.COUNCIL)
    of_another_advocate = _file_has(
        AdvocacyConsent.feedback_id == Attachment.feedback_id,
        AdvocacyConsent.attachment_id == Attachment.id,
        AdvocacyConsent.account_id != account_id,
    )
    of_an_officer = _file_has(
        ConsentRecord.feedback_id == Attachment.feedback_id,
        ConsentRecord.attachment_id == Attachment.id,
    )
    return not_(or_(by_council, of_another_advocate, of_an_officer))


def letter_is_open() -> ColumnElement[bool]:
    """The condition on `outbox_letter`: nothing in it can be of a part about another child.

    Where there is such a part, only what was written before it and what is known to be of another
    part is open: a letter of which nobody has said of which part it is may be of both.
    """
    closed = _letter_has(Case.other_child.is_(True), Case.opened_at <= OutboxLetter.written_at)
    known = _letter_has(Case.other_child.is_(False), Case.part == OutboxLetter.part)
    return or_(not_(closed), known)


def letter_may_be_saved() -> ColumnElement[bool]:
    """The condition on `outbox_letter`: it was written to the person, is open, and holds no key."""
    return and_(
        OutboxLetter.shown_to_person, OutboxLetter.kind.not_in(WITH_A_KEY), letter_is_open()
    )


# Bound to the outer query's row alone: a list that joins the same table must not lend its own.
def _file_has(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(*conditions).correlate(Attachment)


def _letter_has(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    same = Case.feedback_id == OutboxLetter.feedback_id
    return exists().where(same, *conditions).correlate(OutboxLetter)
