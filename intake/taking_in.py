"""Taking one stored message in: known, automatic, a reply, or new feedback with its receipt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from intake import machines, matching
from intake.incoming import IncomingMail
from intake.ledger import content_key, taken_in_before
from intake.matching import message_id_key
from intake.read_mail import ReadMail, RefusedFile
from portal import audit
from portal.attachments import storing
from portal.attachments.refusals import LARGEST
from portal.cases import messages, suggested_links, tracking
from portal.cases.addresses import plain_email
from portal.cases.promises import first_promises
from portal.cases.receiving import NewFeedback, NewParty, receive, unused_reference
from portal.cases.references import make_reference
from portal.correspondence import failing, outbox
from portal.records.feedback import Channel, ContactWay, Feedback
from portal.records.mail import Mail, MailState
from portal.records.message import Message, Sender
from portal.records.outbox_letter import LetterKind
from portal.records.party import PartyRole
from portal.work import Work

# What stands in the thread for mail without words: a photo of a letter says enough by itself.
SEE_THE_FILES = "[There were no words in this e-mail. See the files that came with it.]"
NO_WORDS = "[There were no words in this e-mail.]"


@dataclass
class Company:
    """What is known once for all the messages of one act.

    `contents`: hashes and content keys of what was taken in before. `references`: unused ones.
    `failing`: keys of the senders' addresses that letters did not reach.
    `put`: files in the store that belong to this act, to be removed when it does not stand.
    """

    contents: set[str]
    references: Iterator[str]
    failing: frozenset[str]
    put: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, work: Work, group: Sequence[tuple[Mail, ReadMail]]) -> "Company":
        """Look up what a group of messages needs.

        Args:
            work: the open act.
            group: the rows and what was read of each.
        """
        keys = {mail.sha256 for mail, _ in group}
        keys |= {key for _, read in group if (key := content_key(read.incoming))}
        return cls(
            contents=taken_in_before(work.session, keys),
            references=_unused_references(work, len(group)),
            failing=failing.failing_among(
                work.session,
                (one.address for _, read in group for one in read.incoming.from_[:1]),
            ),
        )


def take_in(work: Work, mail: Mail, read: ReadMail, company: Company) -> MailState:
    """Give a stored message its class and do what the class asks.

    Args:
        work: the open act.
        mail: the ledger's row.
        read: the message as read, its files checked.
        company: what is known for the whole act.

    Returns:
        The class, which the row now has too.
    """
    incoming = read.incoming
    key = content_key(incoming)
    contents = {mail.sha256, key} if key else {mail.sha256}
    if machines.is_answer(incoming) or matching.may_answer(incoming):
        # It may answer the message before, which is written only now.
        work.session.flush()
    # No other look-up waits for anything that is not written yet.
    with work.session.no_autoflush:
        if contents & company.contents:
            state, feedback = MailState.KNOWN, None
        elif machines.is_answer(incoming):
            state, feedback = machines.take_in(work, incoming)
        else:
            state, feedback = _from_a_person(work, mail, read, company)
        if state is not MailState.KNOWN:
            company.contents |= contents
        # All at once and last: each write between two look-ups is a statement more.
        mail.state, mail.feedback_id = state, feedback.id if feedback is not None else None
        mail.content_key = key
        mail.message_id = incoming.message_id
        mail.message_id_key = message_id_key(incoming.message_id) if incoming.message_id else None
        mail.tries += 1
        mail.error = mail.traceback = mail.next_try_at = None
        audit.note(work, f"mail_{state.value}", mail)
    return state


def _from_a_person(
    work: Work, mail: Mail, read: ReadMail, company: Company
) -> tuple[MailState, Feedback]:
    incoming = read.incoming
    match = matching.match(work.session, incoming)
    _clear_writer(work, incoming, company)
    if match.joins is not None:
        words = _said(incoming)
        message = messages.add(work, match.joins, Sender.PERSON, words, by_email=True)
        _keep_files(work, read, match.joins, message, company.put)
        _tell_of_large_files(work, read, match.joins)
        return MailState.REPLY, match.joins
    feedback = receive(work, _as_new(mail, incoming, next(company.references)))
    if match.seems is not None:
        other, ground = match.seems
        suggested_links.suggest(work, feedback, other, ground)
    _keep_files(work, read, feedback, None, company.put)
    if incoming.from_:
        _send_receipt(work, feedback, incoming)
    _tell_of_large_files(work, read, feedback)
    return MailState.NEW, feedback


def _clear_writer(work: Work, incoming: IncomingMail, company: Company) -> None:
    """Who writes to us has an address that works again."""
    if not company.failing or not incoming.from_ or incoming.automatic_reason is not None:
        return
    found = failing.failing_now(work.session, failing.address_key(incoming.from_[0].address))
    if found is not None:
        failing.clear(work, found)


def _unused_references(work: Work, number: int) -> Iterator[str]:
    """As many references as asked that no feedback has, looked up in one go; then one by one."""
    made = [make_reference() for _ in range(number)]
    wanted = select(Feedback.reference).where(Feedback.reference.in_(made))
    used = set(work.session.scalars(wanted))
    yield from (one for one in dict.fromkeys(made) if one not in used)
    while True:
        yield unused_reference(work)


def _said(incoming: IncomingMail) -> str:
    said = (incoming.reply_text, incoming.text)
    return next((words for words in said if words.strip()), None) or (
        SEE_THE_FILES if incoming.attachments else NO_WORDS
    )


def _as_new(mail: Mail, incoming: IncomingMail, reference: str) -> NewFeedback:
    parties: tuple[NewParty, ...] = ()
    if incoming.from_:
        sender = incoming.from_[0]
        parties = (
            NewParty(
                PartyRole.COMPLAINANT,
                name=sender.name or None,
                email=plain_email(sender.address) or None,
            ),
        )
    writable = bool(parties and parties[0].email)
    return NewFeedback(
        channel=Channel.EMAIL,
        subject=incoming.subject or None,
        story=incoming.text,
        # Who writes by e-mail has chosen e-mail, until they say otherwise.
        contact_way=ContactWay.EMAIL if writable else ContactWay.PORTAL_ONLY,
        parties=parties,
        reference=reference,
        received_at=mail.arrived_at,
    )


def _keep_files(
    work: Work, read: ReadMail, feedback: Feedback, message: Message | None, put: list[str]
) -> None:
    for file in read.files:
        if isinstance(file, RefusedFile):
            # The raw message still holds it; the name and the reason stand beside the feedback.
            storing.keep_refused(
                work, file.filename, file.size, file.reason, feedback=feedback, message=message
            )
            continue
        kept = storing.keep(work, file, feedback=feedback, message=message)
        if kept.stored_as is not None:
            put.append(kept.stored_as)


def _send_receipt(work: Work, feedback: Feedback, incoming: IncomingMail) -> None:
    token = tracking.make_link(work, feedback)
    outbox.post(
        work,
        LetterKind.RECEIPT,
        feedback,
        {
            "link": f"{work.settings.public_url}/track/link/{token}",
            "promises": first_promises(work.council, feedback.received_on, None),
        },
        automatic=True,
        answers_message_id=incoming.message_id,
        machine=machines.reason(incoming),
    )


def _tell_of_large_files(work: Work, read: ReadMail, feedback: Feedback) -> None:
    """Tell the sender of files that were too large, through the same gate as a receipt."""
    large = [one for one in read.files if isinstance(one, RefusedFile) and one.too_large]
    if not large or not read.incoming.from_:
        return
    outbox.post(
        work,
        LetterKind.FILE_TOO_LARGE,
        feedback,
        {
            "number": len(large),
            "megabytes": round(max(one.size for one in large) / 2**20),
            "limit": LARGEST // 2**20,
        },
        automatic=True,
        answers_message_id=read.incoming.message_id,
        machine=machines.reason(read.incoming),
    )
