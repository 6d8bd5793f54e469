"""Proposing a no: an officer's answer is kept, with its letter, and nothing of it goes out.

A refusal, a redirection or a wait at the first decision; "not enough interest"; and what in a
procedure two officers say together. A second officer agrees or sends it back (`second_officer`).
"""

import json
from dataclasses import dataclass, replace
from typing import Any

from portal import audit
from portal.cases import event_letters, gathering, happening, interest
from portal.cases.acting import signed_in_id
from portal.cases.interest import Weighed
from portal.cases.tokens import make_public_id
from portal.cases.trying_out import tried_out
from portal.cases.young_people import is_young
from portal.correspondence import letters
from portal.correspondence.letters import WrittenLetter
from portal.errors import Refused
from portal.procedures.facts import Facts, Given
from portal.procedures.guard import Guard
from portal.procedures.person import PEOPLE
from portal.procedures.refusal import Disposition, RefusalReason
from portal.procedures.refusal_rules import rule_for
from portal.procedures.second_officer import AgreedBy, agreement_for
from portal.procedures.state import Event
from portal.procedures.transitions import transition
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.interest_decision import InterestDecision
from portal.records.outbox_letter import LetterKind
from portal.records.refusal_proposal import ProposedFor, RefusalProposal
from portal.triage import choice as choices
from portal.triage import (
    consistency,
    deciding,
    decision_letters,
    planned_event,
    proposals,
    refusal_letter,
)
from portal.triage.choice import Choice
from portal.work import Work

# While an event is only tried, its second officer is nobody: no account has this key.
STILL_TO_COME = 0
NOT_A_NO = "Two officers say together that the Ombudsman let it go."


class LetterFault(Refused):
    """The letter lacks something that every no must hold."""


class KindOfProceedings(Refused):
    """Proceedings without saying of which kind they are."""

    message = "Choose what kind of proceedings they are. It is the coded reason that is kept."


class NothingToAgree(Refused):
    """A choice that says no to nobody: it is decided at once."""

    message = "This says no to nobody, so no second officer is needed. Decide it."


@dataclass(frozen=True)
class _Proposed:
    """What is kept of a proposal."""

    proposed_for: ProposedFor
    reason: RefusalReason | None
    disposition: Disposition | None
    rule: str
    needs_manager: bool
    explanation: str
    letter: str | None
    planned: dict[str, Any]
    case: Case | None = None


def propose_decision(work: Work, feedback: Feedback, choice: Choice) -> RefusalProposal:
    """Propose what a first decision refuses, sends elsewhere or lets wait.

    Args:
        work: the open act.
        feedback: the matter; locked, so that it is decided or proposed once.
        choice: what the officer chose, with the letter as they left it.

    Raises:
        AlreadyDecided, ProposalWaits: somebody was quicker.
        ChoiceRefused: with every fault found.
        NothingToAgree: nobody is told no.
    """
    deciding.lock(work, feedback)
    linked_to = deciding.checked(work, feedback, choice)
    needed = consistency.needed_for(choice, deciding.writer_of(work, feedback))
    reason = choice.reason
    if not needed.needed or reason is None:
        raise NothingToAgree
    if choice.letter is None:
        written = decision_letters.preview(work, feedback, choice, linked_to)
        assert written is not None, "Only a comment may want no answer, and it refuses nothing."
        choice = replace(choice, letter=written.body)
    return _keep(
        work,
        feedback,
        _Proposed(
            ProposedFor.DECISION,
            reason,
            choice.disposition,
            rule_for(reason).rule,
            needed.by is AgreedBy.MANAGER,
            (choice.explanation or "").strip(),
            choice.letter,
            choices.as_plain(choice),
        ),
    )


def decide_interest(work: Work, feedback: Feedback, weighed: Weighed) -> InterestDecision:
    """Decide that somebody's interest is enough, unless a no on the matter waits.

    Raises:
        ViewFirst, NoReasons, ChildNotThoughtOf: with what is missing.
        ProposalWaits: a no waits for a second officer.
        SecondOfficerFirst: it is a no itself.
    """
    _lock(work, feedback)
    return interest.decide(work, feedback, weighed)


def propose_interest(work: Work, feedback: Feedback, weighed: Weighed) -> RefusalProposal:
    """Propose that somebody's interest in a child is not enough.

    Raises:
        ViewFirst, NoReasons, ChildNotThoughtOf, TooEarlyToTell: with what is missing.
        ProposalWaits: something on the matter waits already.
    """
    _lock(work, feedback)
    interest.checked(work, feedback, weighed)
    facts = interest.facts_of(weighed)
    written = letters.preview(work, LetterKind.INTEREST_DECIDED, feedback, facts)
    return _keep(
        work,
        feedback,
        _Proposed(
            ProposedFor.INTEREST,
            RefusalReason.NOT_ELIGIBLE,
            Disposition.REFUSED,
            PEOPLE[weighed.person].provision,
            is_young(feedback),
            weighed.reasons.strip(),
            written.body,
            interest.as_plain(weighed),
        ),
    )


def propose_event(
    work: Work, case: Case, event: Event, given: Given, letter: str | None
) -> RefusalProposal:
    """Propose what two officers say together in a procedure.

    Args:
        work: the open act.
        case: the case.
        event: what is to happen.
        given: what was filled in.
        letter: as the officer left it; None or nothing to take it as it is written.

    Raises:
        CannotHappen, NotYet: it has no place here, or something must come first.
        KindOfProceedings, LetterFault: with what is missing.
        ProposalWaits: something on the matter waits already.
    """
    feedback = work.session.get_one(Feedback, case.feedback_id)
    _lock(work, feedback)
    reason = planned_event.reason_for(event, given)
    if reason is None and event in planned_event.OF_PROCEEDINGS:
        raise KindOfProceedings
    written = tried(work, case, event, given)
    if not (letter and letter.strip()):
        letter = written.body if written is not None else None
    if letter is not None:
        fault = refusal_letter.fault_in(work.council, letter, names_ombudsman=True)
        if fault is not None:
            raise LetterFault(fault)
    young = gathering.facts_of(work.session, work.council, case, work.today).young
    disposition = rule_for(reason).dispositions[0] if reason is not None else None
    said = [given.words, given.proceedings, given.prejudice]
    return _keep(
        work,
        feedback,
        _Proposed(
            ProposedFor.EVENT,
            reason,
            disposition,
            rule_for(reason).rule if reason is not None else NOT_A_NO,
            agreement_for(disposition, young=young).by is AgreedBy.MANAGER,
            "\n\n".join(part.strip() for part in said if part.strip()),
            letter,
            planned_event.as_plain(event, given),
            case,
        ),
    )


def needs_second_officer(facts: Facts, event: Event) -> bool:
    """Say whether an event, where the case stands, is one that two officers say together."""
    cell = transition(facts.track, facts.state, event, facts.stage)
    return cell is not None and Guard.SECOND_OFFICER in cell.guards


def tried(work: Work, case: Case, event: Event, given: Given) -> WrittenLetter | None:
    """Let an event happen, write its letter, and take both back.

    Returns:
        The letter; None where nobody is written to.

    Raises:
        CannotHappen, NotYet: it cannot happen.
    """
    with tried_out(work):
        row = happening.happen(work, case, event, replace(given, second_officer_id=STILL_TO_COME))
        return event_letters.preview(work, case, row)


def _lock(work: Work, feedback: Feedback) -> None:
    work.session.flush()
    work.session.refresh(feedback, with_for_update=True)
    proposals.check_none_waits(work.session, feedback)


def _keep(work: Work, feedback: Feedback, of: _Proposed) -> RefusalProposal:
    found = RefusalProposal(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        case_id=of.case.id if of.case is not None else None,
        proposed_for=of.proposed_for,
        reason=of.reason,
        disposition=of.disposition,
        rule=of.rule,
        needs_manager=of.needs_manager,
        explanation=of.explanation,
        letter=of.letter,
        planned=json.dumps(of.planned),
        proposed_at=work.now,
        proposed_by_id=signed_in_id(work),
    )
    work.session.add(found)
    audit.note(work, "refusal_proposed", feedback, [of.proposed_for.value])
    work.session.flush()
    return found
