"""Answering a proposed no: a second officer agrees, and it happens at once, or sends it back.

Never whoever proposed it, never somebody whom a wall shuts out, and for a young person a complaints
manager. Two at once meet at the matter's row: one act wins, the other is told.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import select

from portal import audit
from portal.access.acts import Act
from portal.cases import event_letters, happening, interest
from portal.cases.acting import signed_in_id, visible_to_actor
from portal.cases.agreed import Agreed
from portal.clock import london_date
from portal.correspondence import outbox
from portal.errors import Refused
from portal.records.account import Account
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind
from portal.records.refusal_proposal import ProposalState, ProposedFor, RefusalProposal
from portal.triage import choice as choices
from portal.triage import deciding, planned_event, proposals
from portal.work import Work


class AnsweredAlready(Refused):
    """Somebody has answered it, or it was taken back, since the page was opened."""

    title = "This has been answered already"
    message = (
        "Somebody else has answered this, or it was taken back, while you were reading. Nothing"
        " was changed or sent by you. Open the matter again to see how it stands."
    )
    status = 409


class OwnProposal(Refused):
    """Whoever proposed it cannot be the second officer."""

    title = "Somebody else has to look at this"
    message = "You proposed this, so another officer has to answer it. Nothing was changed."
    status = 403


class NotTheirs(Refused):
    """They may not agree to this one."""

    title = "This is not yours to answer"
    message = (
        "This says no to a young person, so a complaints manager has to answer it. Nothing was"
        " changed."
    )
    status = 403


class NotOwnProposal(Refused):
    """Only whoever proposed something takes it back."""

    title = "This is not yours to take back"
    message = "Only whoever proposed this can take it back. You can send it back with a reason."
    status = 403


class NoReasonToSendBack(Refused):
    """A proposal sent back without a word on why."""

    message = "Write why it comes back, so that your colleague knows what to look at."


def agree(work: Work, feedback: Feedback, seen: str) -> RefusalProposal:
    """Agree: what was proposed happens now, with its letter, all of it or nothing.

    Args:
        work: the open act, by the second officer.
        feedback: the matter.
        seen: the public id of the proposal that they have read.

    Raises:
        AnsweredAlready: it does not wait any more, or another one does.
        OwnProposal, NotTheirs: they may not.
        ChoiceRefused, NotYet, CannotHappen, ViewFirst: it can no longer be done as proposed.
    """
    proposal = _open(work, feedback, seen)
    _check_may_answer(work, feedback, proposal)
    _answer(work, proposal, ProposalState.AGREED)
    audit.note(work, "refusal_agreed", feedback, [proposal.proposed_for.value])
    _CARRIED_OUT[proposal.proposed_for](work, feedback, proposal)
    return proposal


def send_back(work: Work, feedback: Feedback, seen: str, why: str) -> RefusalProposal:
    """Send it back: the matter is open again, and whoever proposed it is told.

    Args:
        work: the open act, by the second officer.
        feedback: the matter.
        seen: the public id of the proposal that they have read.
        why: the reason, to their colleague.

    Raises:
        NoReasonToSendBack: without a word.
        AnsweredAlready, OwnProposal, NotTheirs: as in `agree`.
    """
    proposal = _open(work, feedback, seen)
    _check_may_answer(work, feedback, proposal)
    if not why.strip():
        raise NoReasonToSendBack
    _answer(work, proposal, ProposalState.SENT_BACK)
    proposal.answer = why.strip()
    audit.note(work, "refusal_sent_back", feedback, [proposal.proposed_for.value])
    _tell_first_officer(work, feedback, proposal)
    return proposal


def take_back(work: Work, feedback: Feedback, seen: str) -> RefusalProposal:
    """Take one's own proposal back: the matter is open again.

    Raises:
        NotOwnProposal: somebody else proposed it.
        AnsweredAlready: as in `agree`.
    """
    proposal = _open(work, feedback, seen)
    if proposal.proposed_by_id != signed_in_id(work):
        raise NotOwnProposal
    _answer(work, proposal, ProposalState.TAKEN_BACK)
    audit.note(work, "refusal_taken_back", feedback, [proposal.proposed_for.value])
    return proposal


def act_for(proposal: RefusalProposal) -> Act:
    """The right that answering a proposal needs."""
    return Act.AGREE_TO_CHILDS_NO if proposal.needs_manager else Act.AGREE_TO_NO


def _open(work: Work, feedback: Feedback, seen: str) -> RefusalProposal:
    """Take the matter for this act alone, and give the proposal that waits on it."""
    work.session.flush()
    work.session.refresh(feedback, with_for_update=True)
    proposal = proposals.waiting(work.session, feedback)
    if proposal is None or proposal.public_id != seen:
        raise AnsweredAlready
    return proposal


def _check_may_answer(work: Work, feedback: Feedback, proposal: RefusalProposal) -> None:
    if proposal.proposed_by_id == signed_in_id(work):
        raise OwnProposal
    # Asked here as well as at the door, because the right depends on what was proposed.
    may = visible_to_actor(work, act_for(proposal))
    if work.session.scalar(select(Feedback.id).where(Feedback.id == feedback.id, may)) is None:
        raise NotTheirs


def _answer(work: Work, proposal: RefusalProposal, state: ProposalState) -> None:
    proposal.state = state
    proposal.answered_at, proposal.answered_by_id = work.now, signed_in_id(work)
    work.session.flush()


def _agreed(work: Work, feedback: Feedback, proposal: RefusalProposal) -> Agreed:
    first = proposals.earliest(work.session, feedback) or proposal
    return Agreed(
        first_officer_id=proposal.proposed_by_id,
        screened_by_id=first.proposed_by_id,
        screened_on=london_date(first.proposed_at),
    )


def _decide(work: Work, feedback: Feedback, proposal: RefusalProposal) -> None:
    choice = choices.from_plain(json.loads(proposal.planned))
    deciding.confirm(work, feedback, choice, _agreed(work, feedback, proposal))


def _decide_interest(work: Work, feedback: Feedback, proposal: RefusalProposal) -> None:
    weighed = interest.from_plain(json.loads(proposal.planned))
    interest.decide(work, feedback, weighed, _agreed(work, feedback, proposal))


def _let_happen(work: Work, feedback: Feedback, proposal: RefusalProposal) -> None:
    event, given = planned_event.from_plain(json.loads(proposal.planned))
    given = replace(given, second_officer_id=signed_in_id(work))
    if proposal.letter is not None:
        # It is decided by two, so it is decided on the day on which the second one agrees.
        given = replace(given, on=work.today)
    case = work.session.get_one(Case, proposal.case_id)
    row = happening.happen(work, case, event, given)
    event_letters.send(work, case, row, proposal.letter)


_CARRIED_OUT: Mapping[ProposedFor, Callable[[Work, Feedback, RefusalProposal], None]] = {
    ProposedFor.DECISION: _decide,
    ProposedFor.INTEREST: _decide_interest,
    ProposedFor.EVENT: _let_happen,
}


def _tell_first_officer(work: Work, feedback: Feedback, proposal: RefusalProposal) -> None:
    """A notice without the reference: whoever has left since is told nothing."""
    first = work.session.get_one(Account, proposal.proposed_by_id)
    if not first.active:
        return
    second = work.session.get_one(Account, signed_in_id(work))
    link = f"{work.settings.public_url}/officers/feedback/{feedback.public_id}/second-officer"
    facts = {"who": second.name, "link": link}
    outbox.post_to(work, LetterKind.REFUSAL_SENT_BACK, first.email, facts)
