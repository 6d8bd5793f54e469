"""A proposed no in words: what is proposed, by whom, on what it rests, and who may answer it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import childs_view, interest, late_test
from portal.council import Council
from portal.procedures.lateness import OUT_OF_TIME
from portal.procedures.person import PEOPLE
from portal.procedures.refusal import Disposition
from portal.procedures.refusal_rules import rule_for
from portal.procedures.screening import Screening
from portal.records.account import Account
from portal.records.case_event import CaseEvent
from portal.records.feedback import Feedback, FeedbackState
from portal.records.interest_decision import InterestDecision
from portal.records.point import Point
from portal.records.refusal_proposal import ProposalState, ProposedFor, RefusalProposal
from portal.triage import choice as choices
from portal.triage import planned_event, proposals, second_officer
from portal.web.access import may
from portal.web.officer import wording
from portal.web.officer.event_sheets import SHEETS
from portal.web.officer.history import at_words
from portal.web.officer.standing_words import CHILD_TOLD, INTERESTS, VIEWS, day_words

DISPOSITIONS: Mapping[Disposition, str] = {
    Disposition.REFUSED: "No",
    Disposition.REDIRECTED: "Sent to somebody else",
    Disposition.WAITING: "It waits, and may come back",
    Disposition.SETTLED: "Settled",
    Disposition.NOT_A_COMPLAINT: "Not a complaint",
    Disposition.WITHDRAWN: "Taken back",
}
STATES: Mapping[ProposalState, str] = {
    ProposalState.WAITING: "Waits for a second officer",
    ProposalState.AGREED: "Agreed",
    ProposalState.SENT_BACK: "Sent back",
    ProposalState.TAKEN_BACK: "Taken back",
}
Lines = list[tuple[str, str]]


@dataclass(frozen=True)
class ProposedNo:
    """One proposal as a page shows it. `own` says that whoever reads it proposed it, `answers` that
    they may agree to it or send it back."""

    public_id: str
    state: str
    waits: bool
    sent_back: bool
    title: str
    lines: Lines
    explanation: str
    letter: str | None
    by: str
    when: str
    answered_by: str
    answered: str
    answer: str
    needs_manager: bool
    own: bool
    answers: bool


def shown_for(
    session: Session, council: Council, feedback: Feedback, only: ProposedFor | None = None
) -> ProposedNo | None:
    """Give what was proposed last on a matter, for the pages about it.

    Args:
        session: any session.
        council: for the words of codes.
        feedback: the matter.
        only: what it must have been proposed for.
    """
    found = proposals.latest(session, feedback, only)
    return in_words(session, council, feedback, found) if found is not None else None


def in_words(
    session: Session, council: Council, feedback: Feedback, proposal: RefusalProposal
) -> ProposedNo:
    """Put one proposal into words."""
    waits = proposal.state is ProposalState.WAITING
    own = proposal.proposed_by_id == int(current_user.id)
    title, more = _planned(session, council, feedback, proposal)
    return ProposedNo(
        public_id=proposal.public_id,
        state=STATES[proposal.state],
        waits=waits,
        sent_back=_came_back(session, feedback, proposal),
        title=title,
        lines=[*_reason(proposal), *more],
        explanation=proposal.explanation,
        letter=proposal.letter,
        by=_name(session, proposal.proposed_by_id),
        when=at_words(proposal.proposed_at),
        answered_by=_name(session, proposal.answered_by_id),
        answered=at_words(proposal.answered_at) if proposal.answered_at else "",
        answer=proposal.answer or "",
        needs_manager=proposal.needs_manager,
        own=own,
        answers=waits and not own and may(second_officer.act_for(proposal), feedback.id),
    )


def _came_back(session: Session, feedback: Feedback, proposal: RefusalProposal) -> bool:
    """Whether it was sent back and nothing has been done about it since."""
    if proposal.state is not ProposalState.SENT_BACK or proposal.answered_at is None:
        return False
    if proposal.proposed_for is ProposedFor.DECISION:
        return feedback.state is FeedbackState.WAITING
    later = {
        ProposedFor.INTEREST: select(InterestDecision.id).where(
            InterestDecision.feedback_id == feedback.id,
            InterestDecision.decided_at > proposal.answered_at,
        ),
        ProposedFor.EVENT: select(CaseEvent.id).where(
            CaseEvent.case_id == proposal.case_id,
            CaseEvent.recorded_at > proposal.answered_at,
        ),
    }[proposal.proposed_for]
    return session.scalar(later.limit(1)) is None


def screening_lines(written: Screening) -> Lines:
    """What an answer rests on and what follows from it, as far as it is written down."""
    given = (
        ("Service asked", written.consulted),
        ("Asked on", _day(written.consulted_on)),
        ("Looked at", written.evidence),
        ("Who deals with it", written.redirected_to),
        ("May come back until", _day(written.resubmit_by)),
        ("Without a name", "Nothing can be acted on" if written.nothing_to_act_on else ""),
    )
    return [(name, value.strip()) for name, value in given if value.strip()]


def _reason(proposal: RefusalProposal) -> Lines:
    if proposal.reason is None:
        return [("Rule", proposal.rule)]
    rule = rule_for(proposal.reason)
    lines = [("Reason", rule.label), ("Rule", proposal.rule), ("The test", rule.test)]
    if proposal.disposition is not None:
        lines.insert(0, ("What it comes to", DISPOSITIONS[proposal.disposition]))
    return lines


def _planned(
    session: Session, council: Council, feedback: Feedback, proposal: RefusalProposal
) -> tuple[str, Lines]:
    plain = json.loads(proposal.planned)
    if proposal.proposed_for is ProposedFor.DECISION:
        return _of_decision(session, council, feedback, proposal, choices.from_plain(plain))
    if proposal.proposed_for is ProposedFor.INTEREST:
        return _of_interest(session, feedback, interest.from_plain(plain))
    event, given = planned_event.from_plain(plain)
    lines = [("May come back until", day_words(given.new_date))] if given.new_date else []
    wanted = select(Point).where(Point.case_id == proposal.case_id, Point.number.in_(given.points))
    points = session.scalars(wanted.order_by(Point.number)) if given.points else ()
    lines += [(f"Point {point.number}", point.text) for point in points]
    return SHEETS[event].button, lines


def _of_decision(
    session: Session,
    council: Council,
    feedback: Feedback,
    proposal: RefusalProposal,
    choice: choices.Choice,
) -> tuple[str, Lines]:
    lines = [
        ("Kind", wording.capital(council.label(choice.category))),
        ("Team", wording.team_name(council, choice.team)),
        ("Written by", wording.capital(council.label(choice.relationship))),
        *screening_lines(choice.screening),
    ]
    if proposal.reason in OUT_OF_TIME:
        lines += _late(session, feedback)
    return wording.OUTCOMES[choice.outcome], lines


def _late(session: Session, feedback: Feedback) -> Lines:
    tested = late_test.latest(session, feedback)
    if tested is None:
        return []
    sooner = "Not to be expected sooner" if tested.no_sooner else "Could have come sooner"
    fair = "Can still be fair" if tested.still_fair else "Can no longer be fair"
    return [
        ("It happened on", day_words(tested.arose_on)),
        (sooner, tested.no_sooner_reasons),
        (fair, tested.still_fair_reasons),
    ]


def _of_interest(
    session: Session, feedback: Feedback, weighed: interest.Weighed
) -> tuple[str, Lines]:
    view = childs_view.latest(session, feedback)
    lines = [("Who wrote", wording.capital(PEOPLE[weighed.person].label))]
    if view is not None:
        lines.append((VIEWS.get(view.state, "The child"), view.words))
    lines.append(("Is the child told?", CHILD_TOLD[weighed.child_told]))
    if weighed.child_told_words.strip():
        lines.append(("How, or why not", weighed.child_told_words))
    return f"Their interest in the child. {INTERESTS[weighed.decision]}", lines


def _name(session: Session, account_id: int | None) -> str:
    found = session.get(Account, account_id) if account_id is not None else None
    return found.name if found is not None else ""


def _day(day: date | None) -> str:
    return day_words(day) if day is not None else ""
