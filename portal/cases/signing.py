"""Signing a manager's answer before it goes: by an officer or the head of service, as the council's
file says, and never by whoever sent it."""

import hashlib
from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal import audit
from portal.access import permission
from portal.access.acts import Act
from portal.access.person import Person, person_of
from portal.access.table import COMPLAINTS_TEAM
from portal.cases import allocating, answer_drafts, office_told, roles
from portal.cases.acting import actor, signed_in_id
from portal.cases.addresses import email_key
from portal.cases.answer_drafts import Checked
from portal.cases.points import ChangedMeanwhile
from portal.correspondence import outbox
from portal.council_giving import Signer
from portal.errors import Refused
from portal.procedures.state import Doer, Event
from portal.records.account import Account, Role
from portal.records.answer_draft import AnswerDraft, DraftState
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.work import Work

TO_SIGN, TO_MEND, SIGNED = "A draft answer to sign", "A draft answer to mend", "A signed answer"
LONGEST_WORDS = 5_000
MARK = 20


class NotTheSigner(Refused):
    """Somebody whom the council's file does not let sign, or who sent it themself."""

    title = "Somebody else signs this"
    message = (
        "Whoever sent an answer to be signed does not sign it, and this council says who does."
        " Nothing was changed."
    )
    status = 409


class WaitsAlready(Refused):
    """Sent to be signed by somebody else before."""

    title = "This waits to be signed already"
    message = (
        "Somebody else has sent this to be signed. What you wrote is kept with it. Whoever signs"
        " presses “Sign it”."
    )
    status = 409


class NotWaiting(Refused):
    """A draft that does not wait to be signed."""

    title = "This does not wait to be signed"
    message = "The draft was signed, sent back or changed meanwhile. Look at it again."
    status = 409


class OtherLetter(Refused):
    """Words, findings or promises that changed after whoever signs read them."""

    title = "The letter has changed"
    message = "The letter has changed since you read it. Nothing was signed. Read it, and sign it."
    status = 409


class SentBackOnce(Refused):
    """A draft goes back once, so that an answer does not go to and fro while its date passes."""

    message = (
        "It was sent back once already. Change what is still wrong yourself, or ring the manager,"
        " and sign it."
    )
    status = 409


class SayWhat(Refused):
    """Sent back without saying what to change."""

    message = "Write what should be changed. The manager reads it."


class NeedsSignature(Refused):
    """A manager would send an answer that nobody has signed."""

    title = "The answer is signed first"
    message = (
        "A manager’s answer is signed before it goes. Write the draft answer, and send it to be"
        " signed."
    )
    status = 409


def send(work: Work, case: Case, version: int) -> AnswerDraft:
    """Send a draft to whoever signs, once nothing is missing. Sending it twice is sending it once.

    Args:
        work: the open act.
        case: a case whose answer is drafted.
        version: which version was seen, 0 for none.

    Raises:
        answer_drafts.NotDraftedHere: no answer is drafted there.
        answer_drafts.Incomplete: something is missing.
        ChangedMeanwhile: a colleague has written since.
        WaitsAlready: somebody else has sent it; whoever sends it again would be who may not sign.
    """
    draft = answer_drafts.drafted(work, case)
    if version and draft.version != version:
        raise ChangedMeanwhile
    if draft.state is DraftState.WAITING and draft.sent_by_id == work.who.account_id:
        return draft
    if draft.state is DraftState.WAITING:
        raise WaitsAlready
    if not answer_drafts.check(work, case).complete:
        raise answer_drafts.Incomplete
    draft.state, draft.sent_at, draft.sent_by_id = DraftState.WAITING, work.now, signed_in_id(work)
    audit.note(work, "answer_sent_to_sign", case)
    _tell(work, case, _signers(work, case), TO_SIGN)
    return draft


def send_back(work: Work, case: Case, words: str) -> None:
    """Send a draft back to whoever sent it, with what should be changed; once.

    Raises:
        SayWhat: without words.
        SentBackOnce: it went back before.
        NotWaiting, NotTheSigner: as in `sign`.
    """
    if not words.strip():
        raise SayWhat
    draft = _to_sign(work, case)
    if draft.returned_at is not None:
        raise SentBackOnce
    draft.state, draft.returned_words = DraftState.RETURNED, words.replace("\r\n", "\n").strip()
    draft.returned_at, draft.returned_by_id = work.now, signed_in_id(work)
    audit.note(work, "answer_sent_back", case, ["returned_words"])
    _tell(work, case, [work.session.get_one(Account, draft.sent_by_id)], TO_MEND)


def sign(work: Work, case: Case, seen: str) -> AnswerDraft:
    """Sign a draft: its words go into the letter of the answer.

    Args:
        work: the open act.
        case: a case whose draft waits.
        seen: `mark` of the letter that was read.

    Raises:
        NotWaiting: it does not wait to be signed.
        NotTheSigner: the council lets others sign, or they sent it themself.
        answer_drafts.Incomplete: something is missing now.
        OtherLetter: it would go with other words than those that were read.
    """
    draft = _to_sign(work, case)
    checked = answer_drafts.check(work, case)
    if not checked.complete:
        raise answer_drafts.Incomplete
    if mark(checked) != seen:
        raise OtherLetter
    draft.state, draft.signed_at, draft.signed_by_id = (
        DraftState.SIGNED, work.now, signed_in_id(work),
    )  # fmt: skip
    audit.note(work, "answer_signed", case)
    _tell(work, case, [work.session.get_one(Account, draft.sent_by_id)], SIGNED)
    return draft


def mark(checked: Checked) -> str:
    """What tells one letter from another: nobody signs words that they have not read.

    Args:
        checked: the draft as it stands.

    Returns:
        Nothing where the letter cannot be written.
    """
    body = checked.letter.body if checked.letter is not None else ""
    return hashlib.sha256(body.encode()).hexdigest()[:MARK] if body else ""


def may_sign(work: Work, draft: AnswerDraft, person: Person | None = None) -> bool:
    """Whether whoever acts is who the council's file lets sign, and did not send it themself. The
    right to the matter itself is the view's.

    Args:
        work: the open act.
        draft: what would be signed.
        person: whoever acts, where that is known already.
    """
    if draft.sent_by_id == work.who.account_id:
        return False
    return signs(work) if person is None else is_signer(work, person)


def signs(work: Work) -> bool:
    """Whether whoever acts is who the council's file lets sign."""
    person = actor(work)
    return person is not None and is_signer(work, person)


def is_signer(work: Work, person: Person) -> bool:
    """Whether a person is who the council's file lets sign."""
    wanted = {
        Signer.OFFICER: COMPLAINTS_TEAM,
        Signer.HEAD_OF_SERVICE: frozenset({Role.HEAD_OF_SERVICE}),
    }
    return person.designated or bool(person.roles & wanted[work.council.giving.signed_by])


def check_sent(work: Work, case: Case, event: Event, doer: Doer) -> None:
    """Refuse an answer that a manager would send and nobody has signed.

    Args:
        work: the open act, before the event.
        case: the case.
        event, doer: what would happen, by whom; an officer may send without a draft.

    Raises:
        NeedsSignature: it is a manager's, and not signed.
    """
    if goes_as_signed(work.session, case, event, doer) and not answer_drafts.is_signed(
        work.session, case
    ):
        raise NeedsSignature


def goes_as_signed(session: Session, case: Case, event: Event, doer: Doer) -> bool:
    """Whether a letter goes as its draft was signed: whoever sends it changes no word of it.

    Args:
        session: any session, before the event.
        case, event, doer: as in `check_sent`.
    """
    if event not in answer_drafts.ANSWERS or doer is not Doer.MANAGER:
        return False
    return answer_drafts.is_drafted(session, case)


def _to_sign(work: Work, case: Case) -> AnswerDraft:
    draft = answer_drafts.drafted(work, case)
    if draft.state is not DraftState.WAITING:
        raise NotWaiting
    if not may_sign(work, draft):
        raise NotTheSigner
    return draft


def _signers(work: Work, case: Case) -> list[Account]:
    """Whom to tell that a draft waits: the named officer, or the heads of service who may sign."""
    officer = list(office_told.whom(work, case))
    if work.council.giving.signed_by is Signer.OFFICER:
        return officer
    key = email_key(work.council.designated_officer)
    heads = [
        one
        for one in roles.holders(work.session, {Role.HEAD_OF_SERVICE}, work.today)
        if permission.may(
            work.session, person_of(work.session, one, work.today, key), Act.SIGN_ANSWER,
            case.feedback_id, work.today, work.now,
        ).allowed
    ]  # fmt: skip
    return heads or officer


def _tell(work: Work, case: Case, whom: Iterable[Account], what: str) -> None:
    feedback = work.session.get_one(Feedback, case.feedback_id)
    link = allocating.address(work, case, "answer")
    facts = {"what": what, "due_on": work.today, "link": link}
    for account in whom:
        if account.left_on is None and account.id != work.who.account_id:
            outbox.post_to(work, LetterKind.WORK_WAITS, account.email, facts, feedback=feedback)
