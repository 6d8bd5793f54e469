"""Taking one stored message in: known, automatic, a reply, or new feedback with its receipt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from intake import machines, matching
from intake.incoming import IncomingMail
from intake.ledger import content_key, taken_in_before
from intake.matching import Threads, message_id_key
from intake.read_mail import ReadMail, RefusedFile
from portal import audit
from portal.attachments import storing
from portal.attachments.refusals import LARGEST
from portal.cases import hearing, messages, plan_decisions, suggested_links, tracking
from portal.cases.addresses import plain_email
from portal.cases.promises import first_promises
from portal.cases.receiving import NewFeedback, NewParty, receive_all, unused_reference
from portal.cases.references import make_reference
from portal.correspondence import failing, outbox
from portal.correspondence.one_use_links import without_quoted_tokens
from portal.correspondence.outbox import Asked
from portal.records.feedback import Channel, ContactWay, Feedback
from portal.records.mail import Mail, MailState
from portal.records.message import Message, Sender
from portal.records.outbox_letter import LetterKind
from portal.records.party import PartyRole
from portal.records.suggested_link import LinkGround
from portal.work import Work

# What stands in the thread for mail without words: a photo of a letter says enough by itself.
SEE_THE_FILES = "[There were no words in this e-mail. See the files that came with it.]"
NO_WORDS = "[There were no words in this e-mail.]"


@dataclass(frozen=True)
class Company:
    """What is known once for all the messages of one act.

    `contents`: hashes and content keys of what was taken in before. `references`: unused ones.
    `failing`: keys of the senders' addresses that letters did not reach. `threads`: what is known
    of the Message-IDs that they name.
    """

    contents: set[str]
    references: Iterator[str]
    failing: frozenset[str]
    threads: Threads

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
            threads=Threads.of(work.session, (read.incoming for _, read in group)),
        )


@dataclass(frozen=True)
class _New:
    """A message that becomes feedback once those beside it are decided too."""

    mail: Mail
    read: ReadMail
    seems: tuple[Feedback, LinkGround] | None


class TakingIn:
    """One act's taking in. What becomes new feedback waits for `finish`, so that its records are
    written together; a message that may answer one of those is taken in after them."""

    def __init__(self, work: Work, group: Sequence[tuple[Mail, ReadMail]]) -> None:
        """Look up what the messages need.

        Args:
            work: the open act.
            group: the rows of the messages to come, and what was read of each.
        """
        self._work = work
        self._company = Company.of(work, group)
        self._waiting: list[_New] = []
        # The Message-IDs of this act's own messages, of which `Company` knows nothing.
        self._ids: set[str] = set()
        # Files in the store that belong to this act, to be removed when it does not stand.
        self.put: list[str] = []

    def take_in(self, mail: Mail, read: ReadMail) -> MailState:
        """Give a stored message its class and do what the class asks.

        Args:
            mail: the ledger's row.
            read: the message as read, its files checked.

        Returns:
            The class, which the row now has too.
        """
        incoming, work = read.incoming, self._work
        threads = self._company.threads
        if incoming.bounce or matching.answers_one_of(incoming, self._ids):
            self.finish()
            work.session.flush()
            threads = Threads.of(work.session, [incoming])
        key = content_key(incoming)
        contents = {mail.sha256, key} if key else {mail.sha256}
        # No look-up waits for anything that is not written yet.
        with work.session.no_autoflush:
            if contents & self._company.contents:
                state, feedback = MailState.KNOWN, None
            elif machines.is_answer(incoming):
                state, feedback = machines.take_in(work, incoming, threads)
            else:
                state, feedback = self._from_a_person(mail, read, threads)
            if state is not MailState.KNOWN:
                self._company.contents.update(contents)
            # All at once and last: each write between two look-ups is a statement more.
            mail.state, mail.feedback_id = state, feedback.id if feedback is not None else None
            mail.content_key = key
            mail.message_id = incoming.message_id
            if incoming.message_id:
                mail.message_id_key = message_id_key(incoming.message_id)
                self._ids.add(matching.in_brackets(incoming.message_id))
            mail.tries += 1
            mail.error = mail.traceback = mail.next_try_at = None
            audit.note(work, f"mail_{state.value}", mail)
        return state

    def finish(self) -> None:
        """Make feedback of what waits for it: its records, files and letters."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        work = self._work
        with work.session.no_autoflush:
            contacts = [
                _as_new(one.mail, one.read.incoming, next(self._company.references))
                for one in waiting
            ]
            asked: list[Asked] = []
            for one, feedback in zip(waiting, receive_all(work, contacts), strict=True):
                one.mail.feedback_id = feedback.id
                if one.seems is not None:
                    suggested_links.suggest(work, feedback, *one.seems)
                self._keep_files(one.read, feedback, None)
                if one.read.incoming.from_:
                    asked.append(_receipt(work, feedback, one.read.incoming))
                asked += _about_large_files(one.read, feedback)
            outbox.post_all(work, asked)

    def _from_a_person(
        self, mail: Mail, read: ReadMail, threads: Threads
    ) -> tuple[MailState, Feedback | None]:
        incoming, work = read.incoming, self._work
        match = matching.match(work.session, incoming, threads)
        _clear_writer(work, incoming, self._company)
        if match.joins is None:
            self._waiting.append(_New(mail, read, match.seems))
            return MailState.NEW, None
        # A letter of ours that is quoted may hold a link that opens the matter: pages do not.
        words, whole = without_quoted_tokens(_said(incoming)), without_quoted_tokens(incoming.text)
        message = messages.add(work, match.joins, Sender.PERSON, words, by_email=True, whole=whole)
        self._keep_files(read, match.joins, message)
        outbox.post_all(work, _about_large_files(read, match.joins))
        return MailState.REPLY, match.joins

    def _keep_files(self, read: ReadMail, feedback: Feedback, message: Message | None) -> None:
        for file in read.files:
            if isinstance(file, RefusedFile):
                # The raw message still holds it; the name and the reason stand beside the feedback.
                storing.keep_refused(
                    self._work, file.filename, file.size, file.reason,
                    feedback=feedback, message=message,
                )  # fmt: skip
                continue
            kept = storing.keep(self._work, file, feedback=feedback, message=message)
            hearing.note_arrival(self._work, feedback, [kept])
            if kept.stored_as is not None:
                self.put.append(kept.stored_as)


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
        story=without_quoted_tokens(incoming.text),
        # Who writes by e-mail has chosen e-mail, until they say otherwise.
        contact_way=ContactWay.EMAIL if writable else ContactWay.PORTAL_ONLY,
        parties=parties,
        reference=reference,
        received_at=mail.arrived_at,
    )


def _receipt(work: Work, feedback: Feedback, incoming: IncomingMail) -> Asked:
    token = tracking.make_link(work, feedback)
    return Asked(
        LetterKind.RECEIPT,
        feedback,
        {
            "link": f"{work.settings.public_url}/track/link/{token}",
            "promises": first_promises(work.council, feedback.received_on, None),
            # They have written of it from this mailbox themselves.
            "about_plan": plan_decisions.is_about_one(feedback),
        },
        automatic=True,
        answers_message_id=incoming.message_id,
        machine=machines.reason(incoming),
    )


def _about_large_files(read: ReadMail, feedback: Feedback) -> list[Asked]:
    """A letter that tells the sender of files that were too large, through the same gate."""
    large = [one for one in read.files if isinstance(one, RefusedFile) and one.too_large]
    if not large or not read.incoming.from_:
        return []
    facts = {
        "number": len(large),
        "megabytes": round(max(one.size for one in large) / 2**20),
        "limit": LARGEST // 2**20,
    }
    return [
        Asked(
            LetterKind.FILE_TOO_LARGE,
            feedback,
            facts,
            automatic=True,
            answers_message_id=read.incoming.message_id,
            machine=machines.reason(read.incoming),
        )
    ]
