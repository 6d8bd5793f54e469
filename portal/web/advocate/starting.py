"""Sending what an advocate wrote: feedback with its following and what was agreed, in one act."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from portal.attachments.storing import OPENABLE
from portal.cases import advocacy, advocate_drafts, drafts, messages
from portal.cases.promises import first_promises
from portal.cases.receiving import NewFeedback
from portal.cases.typed_words import ADDED, NO_WORDS, NOT_READ, READ
from portal.correspondence import outbox
from portal.procedures.vocabulary import Category, Relationship
from portal.records.attachment import Attachment
from portal.records.draft import Draft
from portal.records.feedback import Channel, ContactWay, Door, Feedback
from portal.records.message import Sender
from portal.records.outbox_letter import LetterKind
from portal.web import contact_answers
from portal.web.advocate import starting_form
from portal.work import Who, Work, begin_work

URGENT = "This is urgent: {why}"


def send(who: Who, public_id: str) -> bool:
    """Send a draft, once, however often it is asked.

    Args:
        who: the advocate.
        public_id: the draft's.

    Returns:
        Whether there is a draft that has now been sent, by this call or an earlier one.

    Raises:
        DayPast, NoEvidence: what was agreed has run out while the draft lay.
    """
    try:
        return _send(who, public_id)
    except (IntegrityError, StaleDataError):
        # Two presses at the same moment, on PostgreSQL: the other has made the record.
        return _send(who, public_id)


def files_of(work: Work, draft: Draft) -> list[Attachment]:
    """The files that a draft holds, oldest first."""
    held = select(Attachment).where(Attachment.draft_id == draft.id, Attachment.state.in_(OPENABLE))
    return list(work.session.scalars(held.order_by(Attachment.id)))


def _send(who: Who, public_id: str) -> bool:
    with begin_work(who) as work:
        account_id = who.account_id or 0
        draft = advocate_drafts.find(work.session, account_id, public_id, work.now)
        if draft is None:
            return False
        answers = drafts.answers_of(draft)
        files = tuple(file.id for file in files_of(work, draft))

        def as_new(sent: Draft, said: drafts.Answers) -> NewFeedback:
            return new_feedback(sent, said, files)

        feedback, made = drafts.send(work, draft, as_new)
        if made:
            _with_it(work, feedback, account_id, answers)
    return True


def new_feedback(draft: Draft, said: Mapping[str, Any], files: tuple[int, ...]) -> NewFeedback:
    """Make the typed contact. The young person is who tells; the advocate's words stand apart.

    Args:
        draft: gives the reference and the secret words.
        said: what was written.
        files: keys of the draft's attachments.
    """
    return NewFeedback(
        channel=Channel.WEB,
        door=Door.ADVOCATES,
        story=_story(said),
        wanted=said.get("wanted") or None,
        about_whom=said.get("about_whom") or None,
        about_a_person=bool(said.get("about_whom")),
        category_said=Category.COMPLAINT,
        relationship_said=Relationship.ADVOCATE,
        # "Not sure" is read as soon as "yes": a person must look.
        danger_said=said.get("danger") in ("yes", "not_sure"),
        advocate_wanted="have_one",
        contact_way=contact_answers.contact_way(said),
        contact_note=contact_answers.contact_note(said),
        # Without a way too: who must not see it is told of officers' calls and visits as well.
        contact_rule=contact_answers.rule_from(said, young=True),
        parties=(contact_answers.person_of(said),),
        reference=draft.reference,
        words=draft.words,
        words_hash=drafts.hash_of(draft),
        attachment_ids=files,
    )


def _story(said: Mapping[str, Any]) -> str:
    parts = [said.get("story") or NO_WORDS]
    if said.get("added"):
        parts.append(f"{ADDED}\n{said['added']}")
    parts.append(READ if said.get("has_read") else NOT_READ)
    return "\n\n".join(parts)


def _with_it(work: Work, feedback: Feedback, account_id: int, said: Mapping[str, Any]) -> None:
    advocacy.join(work, account_id, feedback, starting_form.agreed_in(said))
    if said.get("urgent"):
        urgent = URGENT.format(why=said["urgent"])
        messages.add(work, feedback, Sender.ADVOCATE, urgent, account_id=account_id)
    if feedback.contact_way is ContactWay.EMAIL:
        # As from the other doors: what is promised for a complaint would tell whoever shares the
        # mailbox what it is about.
        promises = first_promises(work.council, feedback.received_on, None)
        outbox.post(work, LetterKind.RECEIPT, feedback, {"link": None, "promises": promises})
