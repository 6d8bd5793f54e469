"""The outbox: a letter is written in the act's own transaction and leaves after its commit."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr

from portal import audit, written_together
from portal.catalogues import ENGLISH
from portal.correspondence import (
    automatic_gate,
    followers,
    insiders,
    letters,
    own_wordings,
    phone_notices,
    unwanted_readers,
)
from portal.correspondence.email_address import domain_of, plain_address
from portal.correspondence.letters import WrittenLetter
from portal.correspondence.one_use_links import without_links
from portal.correspondence.safe_contact import Route, routes_of
from portal.correspondence.signed_ids import signed_id
from portal.correspondence.voices import Voice
from portal.errors import Refused
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.work import Work

NOT_IN_THE_THREAD = frozenset(
    # A notice of a message would stand beside the message itself, and a link that opens the matter
    # beside it, where an advocate reads too.
    {
        LetterKind.NEW_MESSAGE,
        LetterKind.TRACKING_LINK,
        *(kind for kind, facts in letters.FACTS.items() if facts.to_staff),
    }
)


@dataclass(frozen=True)
class Asked:
    """A letter that is to be written: `post` says what each part means."""

    kind: LetterKind
    feedback: Feedback
    facts: Mapping[str, object] = field(default_factory=dict)
    automatic: bool = False
    answers_message_id: str | None = None
    machine: str | None = None
    part: int | None = None


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
    part: int | None = None,
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
        part: which part of the matter it is about alone; None for what speaks of more.

    Returns:
        The letter: `waiting` for the mail server, `to_post` in the print queue, or `withheld`
        where the person's safe-contact rule allows neither. A withheld letter is read at /track;
        who chose texts or calls is told by one that there is something to read. One that the gate
        for automatic letters held back is not read there either. Only what goes by e-mail holds
        a link that opens anything.

    Raises:
        FactsMissing: a fact that the letter needs is not given.
    """
    asked = Asked(kind, feedback, facts or {}, automatic, answers_message_id, machine, part)
    return post_all(work, [asked])[0]


def post_all(work: Work, asked: Sequence[Asked]) -> list[OutboxLetter]:
    """Write several letters as `post` writes one, in their order and in few statements.

    Args:
        work: the open act.
        asked: the letters.

    Raises:
        FactsMissing: a fact that one of them needs is not given.
    """
    written_together.see_keys(work.session)
    routes = routes_of(work.session, work.council, [one.feedback for one in asked])
    unwanted = unwanted_readers.among(
        work.session, [(one.feedback, routes[one.feedback.id]) for one in asked]
    )
    written = [_written(work, one, routes[one.feedback.id]) for one in asked]
    work.session.add_all(written)
    for letter, one in zip(written, asked, strict=True):
        audit.note(work, "letter_written", letter)
        if one.feedback.id in unwanted:
            letter.to_email = letter.to_address = None
            unwanted_readers.hold(work, letter)
    at_the_gate = [
        (letter, one.machine)
        for letter, one in zip(written, asked, strict=True)
        if letter.automatic and letter.to_email is not None
    ]
    if at_the_gate:
        written_together.see_keys(work.session)
        gate = automatic_gate.Gate(work, [letter for letter, _ in at_the_gate])
        for letter, machine in at_the_gate:
            if gate.pass_or_hold(letter, machine) is not None:
                _withhold(letter)
                letter.shown_to_person = False
    for letter, one in zip(written, asked, strict=True):
        held_back = one.feedback.id in unwanted
        if routes[one.feedback.id].way in phone_notices.WAYS and not held_back:
            phone_notices.make(work, letter, one.feedback, routes[one.feedback.id])
    _tell_advocates(work, written, asked)
    return written


def _tell_advocates(work: Work, written: Sequence[OutboxLetter], asked: Sequence[Asked]) -> None:
    """Tell advocates who get the letters that there is one, at once and without its words."""
    pairs = [
        (letter, one.feedback)
        for letter, one in zip(written, asked, strict=True)
        if letter.shown_to_person or letter.kind is LetterKind.NEW_MESSAGE
    ]
    told = {feedback.id: feedback for _, feedback in pairs}
    reached = followers.who_get_letters(work.session, told, work.today)
    if not reached:
        return
    work.session.flush()
    closed = followers.closed_letters(work.session, [letter.id for letter, _ in pairs])
    open_in = {
        feedback.id
        for letter, feedback in pairs
        if letter.kind is LetterKind.NEW_MESSAGE or letter.id not in closed
    }
    for feedback_id, email in reached:
        if feedback_id not in open_in:
            continue
        facts = {"link": f"{work.settings.public_url}/advocates/"}
        copy = post_to(work, LetterKind.ADVOCATE_COPY, email, facts, feedback=told[feedback_id])
        if unwanted_readers.is_advocate(work.session, feedback_id, email):
            unwanted_readers.hold(work, copy)


def _written(work: Work, asked: Asked, route: Route) -> OutboxLetter:
    words = letters.preview(work, asked.kind, asked.feedback, asked.facts)
    letter = _letter(work, asked.kind, words, asked.feedback)
    letter.automatic = asked.automatic or asked.kind is LetterKind.RECEIPT
    letter.answers_message_id, letter.part = asked.answers_message_id, asked.part
    if route.way is ContactWay.EMAIL:
        letter.to_email = route.to
    elif route.way is ContactWay.POST:
        letter.state, letter.to_address = LetterState.TO_POST, route.to
        letter.body = without_links(letter.body)
    else:
        _withhold(letter)
    return letter


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
        NotAnInsider: it is a young person's matter, and the address none of the council's.
        FactsMissing: a fact that the letter needs is not given.
    """
    address = plain_address(to_email)
    if address is None:
        raise AddressUnusable
    if feedback is not None:
        insiders.check(work, feedback, address)
    public_url, own = work.settings.public_url, own_wordings.in_force(work, kind, Voice.ADULT.value)
    written = letters.write(work.council, public_url, kind, Voice.ADULT, facts, feedback, own)
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
        language=None if written.language == ENGLISH else written.language,
        written_at=work.now,
        next_try_at=work.now,
    )
