"""The outbox: a letter is written in the act's own transaction and leaves after its commit."""

import secrets
from collections.abc import Mapping
from email.utils import parseaddr

from portal import audit
from portal.correspondence import automatic_gate, letters
from portal.correspondence.email_address import domain_of, plain_address
from portal.correspondence.letters import WrittenLetter
from portal.correspondence.one_use_links import without_links
from portal.correspondence.safe_contact import email_of
from portal.correspondence.signed_ids import signed_id
from portal.correspondence.voices import Voice
from portal.errors import Refused
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.work import Work

NOT_IN_THE_THREAD = frozenset(
    # A notice of a message would stand beside the message itself.
    {LetterKind.NEW_MESSAGE, *(kind for kind, facts in letters.FACTS.items() if facts.to_staff)}
)


class AddressUnusable(Refused):
    """An address that no letter can go to."""

    message = "This is not an e-mail address we can write to. Check it, like name@example.org."


def post(
    work: Work,
    kind: LetterKind,
    feedback: Feedback,
    facts: Mapping[str, object] | None = None,
    *,
    automatic: bool = False,
    answers_message_id: str | None = None,
    machine: str | None = None,
) -> OutboxLetter:
    """Write a letter to the person who gave feedback.

    Args:
        work: the open act; with it the letter stands or falls.
        kind: which letter.
        feedback: what it is about.
        facts: what the kind states, as `letters.FACTS` lists it.
        automatic: no officer wrote it. A receipt always is.
        answers_message_id: the Message-ID of the e-mail that it answers.
        machine: why that e-mail is taken for a machine's, or None.

    Returns:
        The letter: `waiting`, or `withheld` where the person's safe-contact rule allows no
        e-mail. A withheld letter is read at /track and holds no link that opens anything; one
        that the gate for automatic letters held back is not read there either.

    Raises:
        FactsMissing: a fact that the letter needs is not given.
    """
    work.session.flush()
    letter = _letter(work, kind, letters.preview(work, kind, feedback, facts), feedback)
    letter.to_email = email_of(work, feedback)
    letter.automatic = automatic or kind is LetterKind.RECEIPT
    letter.answers_message_id = answers_message_id
    if letter.to_email is None:
        _withhold(letter)
    work.session.add(letter)
    audit.note(work, "letter_written", letter)
    if _is_held(work, letter, feedback, machine):
        _withhold(letter)
        letter.shown_to_person = False
    return letter


def _is_held(work: Work, letter: OutboxLetter, feedback: Feedback, machine: str | None) -> bool:
    if not letter.automatic or letter.to_email is None:
        return False
    return automatic_gate.pass_or_hold(work, letter, feedback, machine) is not None


def _withhold(letter: OutboxLetter) -> None:
    letter.state = LetterState.WITHHELD
    letter.body = without_links(letter.body)


def post_to(
    work: Work,
    kind: LetterKind,
    to_email: str,
    facts: Mapping[str, object],
    *,
    feedback: Feedback | None = None,
) -> OutboxLetter:
    """Write a letter to a member of staff or to somebody who is invited.

    Args:
        work: the open act.
        kind: which letter.
        to_email: where it goes.
        facts: what the kind states.
        feedback: what it is about, if anything.

    Raises:
        AddressUnusable: no letter can go to that address.
        FactsMissing: a fact that the letter needs is not given.
    """
    address = plain_address(to_email)
    if address is None:
        raise AddressUnusable
    public_url = work.settings.public_url
    written = letters.write(work.council, public_url, kind, Voice.ADULT, facts, feedback)
    letter = _letter(work, kind, written, feedback)
    letter.to_email = address
    letter.shown_to_person = False
    work.session.add(letter)
    audit.note(work, "letter_written", letter)
    return letter


def _letter(
    work: Work, kind: LetterKind, written: WrittenLetter, feedback: Feedback | None
) -> OutboxLetter:
    public_id = secrets.token_urlsafe(12)
    sender = parseaddr(work.settings.mail_from)[1]
    return OutboxLetter(
        public_id=public_id,
        feedback_id=feedback.id if feedback else None,
        kind=kind,
        state=LetterState.WAITING,
        subject=written.subject,
        body=written.body,
        shown_to_person=kind not in NOT_IN_THE_THREAD,
        message_id=signed_id(public_id, domain_of(sender)),
        written_at=work.now,
        next_try_at=work.now,
    )
