"""The rows of a matter and of its cases, by the keys that its pages ask with."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal import at_hand
from portal.at_hand import Rows, Wanted
from portal.records.account import Account
from portal.records.advocacy import Advocacy
from portal.records.advocacy_referral import AdvocacyReferral
from portal.records.allocation import Allocation
from portal.records.answer_draft import AnswerDraft
from portal.records.appointment import Appointment
from portal.records.attachment import Attachment
from portal.records.case import Case, CaseClock, CaseStage
from portal.records.case_event import CaseEvent
from portal.records.case_paper import CasePaper
from portal.records.childs_view import ChildsViewRecord
from portal.records.consent import ConsentRecord
from portal.records.decision import Decision
from portal.records.experience import Experience
from portal.records.failing_address import FailingAddress
from portal.records.feedback import Feedback
from portal.records.holding_letter import HoldingLetter
from portal.records.interest_decision import InterestDecision
from portal.records.investigation_note import InvestigationNote
from portal.records.joined_case import JoinedCase
from portal.records.late_test import LateTest
from portal.records.message import Message
from portal.records.ombudsman_matter import OmbudsmanCover, OmbudsmanMatter, OmbudsmanRefusal
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import Party
from portal.records.phone_notice import PhoneNotice
from portal.records.point import Point, PointFinding
from portal.records.refusal_proposal import RefusalProposal
from portal.records.remedy import Remedy
from portal.records.reminder import Reminder
from portal.records.rendering import Rendering
from portal.records.resubmission import Resubmission
from portal.records.routing import Routing
from portal.records.safe_contact_rule import SafeContactRule
from portal.records.suggestion import Suggestion
from portal.records.wall import GlassBreak, NamedPerson

ACCOUNT = Rows(Account, "id")
CASE = Rows(Case, "id")
FAILING = Rows(FailingAddress, "address_key")
FEEDBACK = Rows(Feedback, "id")
LETTER = Rows(OutboxLetter, "id")
PHONE_NOTICES = Rows(PhoneNotice, "letter_id")
# Of a matter.
ADVOCACIES = Rows(Advocacy, "feedback_id")
CASES = Rows(Case, "feedback_id")
CHILDS_VIEWS = Rows(ChildsViewRecord, "feedback_id")
CONSENTS = Rows(ConsentRecord, "feedback_id")
DECISIONS = Rows(Decision, "feedback_id")
EXPERIENCES = Rows(Experience, "feedback_id")
FILES = Rows(Attachment, "feedback_id")
GLASS_BREAKS = Rows(GlassBreak, "feedback_id")
INTERESTS = Rows(InterestDecision, "feedback_id")
LATE_TESTS = Rows(LateTest, "feedback_id")
LETTERS = Rows(OutboxLetter, "feedback_id")
MESSAGES = Rows(Message, "feedback_id")
NAMED = Rows(NamedPerson, "feedback_id")
PARTIES = Rows(Party, "feedback_id")
PROPOSALS = Rows(RefusalProposal, "feedback_id")
REFERRALS = Rows(AdvocacyReferral, "feedback_id")
RENDERINGS = Rows(Rendering, "feedback_id")
RESUBMISSIONS = Rows(Resubmission, "feedback_id")
ROUTINGS = Rows(Routing, "feedback_id")
RULES = Rows(SafeContactRule, "feedback_id")
SUGGESTIONS = Rows(Suggestion, "feedback_id")
TAKEN_UP = Rows(Resubmission, "earlier_id")
# Of a case.
ALLOCATIONS = Rows(Allocation, "case_id")
APPOINTMENTS = Rows(Appointment, "case_id")
DRAFTS = Rows(AnswerDraft, "case_id")
EVENTS = Rows(CaseEvent, "case_id")
HOLDING_LETTERS = Rows(HoldingLetter, "case_id")
JOINS = Rows(JoinedCase, "case_id")
LED = Rows(JoinedCase, "lead_id")
PAPERS = Rows(CasePaper, "case_id")
POINTS = Rows(Point, "case_id")
REMEDIES = Rows(Remedy, "case_id")
REMINDERS = Rows(Reminder, "case_id")
CASE_STAGES = Rows(CaseStage, "case_id")
# Of a case that was opened for the Ombudsman.
OMBUDSMAN_COVERS = Rows(OmbudsmanCover, "matter_id")
OMBUDSMAN_MATTERS = Rows(OmbudsmanMatter, "case_id")
OMBUDSMAN_REFUSALS = Rows(OmbudsmanRefusal, "matter_id")
# Of a stage, and of a message.
CASE_CLOCKS = Rows(CaseClock, "stage_id")
FINDINGS = Rows(PointFinding, "stage_id")
INVESTIGATION_NOTES = Rows(InvestigationNote, "stage_id")
MESSAGE_FILES = Rows(Attachment, "message_id")

OF_RULES = (DRAFTS, EVENTS, JOINS, LED, POINTS, APPOINTMENTS, REMEDIES, CASE_STAGES)
OF_PAGE = (
    CASES, DECISIONS, EXPERIENCES, FILES, GLASS_BREAKS, LETTERS, MESSAGES, PARTIES, PROPOSALS,
    RENDERINGS, ROUTINGS, RULES, SUGGESTIONS,
)  # fmt: skip
OF_CASE_PAGE = (ALLOCATIONS, HOLDING_LETTERS, REMINDERS)


Below = Callable[[Session, Feedback], Iterable[Wanted]]


def _nothing(_session: Session, _feedback: Feedback) -> Iterable[Wanted]:
    return ()


def fetch_case(session: Session, case: Case) -> None:
    """Bring to hand what the rules need to know of a case, in two statements.

    Args:
        session: any session.
        case: the case.
    """
    at_hand.fetch(
        session,
        *((rows, [case.id]) for rows in OF_RULES),
        (CONSENTS, [case.feedback_id]),
        (DECISIONS, [case.feedback_id]),
    )
    _fetch_below(session, [case])


def fetch_answer(session: Session, case: Case) -> None:
    """Bring to hand what the page of a draft answer needs to know, in three statements.

    Args:
        session: any session.
        case: the case that is answered.
    """
    of_matter = (CONSENTS, DECISIONS, RULES)
    at_hand.fetch(
        session,
        *((rows, [case.id]) for rows in OF_RULES),
        *((rows, [case.feedback_id]) for rows in of_matter),
    )
    _fetch_below(session, [case], answers=True)


def fetch_matter(
    session: Session,
    feedback: Feedback,
    cases: Sequence[Case] = (),
    *,
    beside: Iterable[Wanted] = (),
    below: Below = _nothing,
    answers: bool = False,
) -> None:
    """Bring to hand what the pages of a matter show, in two statements.

    Args:
        session: any session.
        feedback: the matter.
        cases: those of its parts whose every row is wanted.
        beside: what else a page needs; it comes with the first statement.
        below: what else, by keys that the first statement brings; it comes with the second.
        answers: a letter that answers them is written.
    """
    at_hand.fetch(
        session,
        *((rows, [feedback.id]) for rows in OF_PAGE),
        *((rows, [case.id for case in cases]) for rows in (*OF_RULES, *OF_CASE_PAGE)),
        (CONSENTS, [feedback.id] if cases else []),
        *beside,
    )
    _fetch_below(session, cases, feedback, below, answers=answers)


def fetch_papers(
    session: Session, feedback: Feedback, case: Case | None = None, below: Below = _nothing
) -> None:
    """Bring to hand what was written and sent in a matter, in two statements.

    Args:
        session: any session.
        feedback: the matter.
        case: its part, where what was chosen, happened and found there is wanted as well.
        below: as in `fetch_matter`.
    """
    of_case = [case.id] if case is not None else []
    at_hand.fetch(
        session,
        *((rows, [feedback.id]) for rows in (FILES, LETTERS, MESSAGES)),
        *((rows, of_case) for rows in (APPOINTMENTS, CASE_STAGES, EVENTS, PAPERS, POINTS)),
    )
    stages = [stage.id for key in of_case for stage in CASE_STAGES.of(session, key)]
    messages = [message.id for message in MESSAGES.of(session, feedback.id)]
    at_hand.fetch(
        session,
        (CASE_CLOCKS, stages),
        (FINDINGS, stages),
        (MESSAGE_FILES, messages),
        *below(session, feedback),
    )


def fetch_places(session: Session, matters: Collection[Feedback], *more: Rows[Any]) -> None:
    """Bring to hand what says where each matter of a list stands, in two statements.

    Args:
        session: any session.
        matters: those of the list.
        more: what else of each case is wanted; nobody's words are read that the list does not need.
    """
    ids = [feedback.id for feedback in matters]
    at_hand.fetch(session, (CASES, ids), (DECISIONS, ids))
    cases = [case.id for key in dict.fromkeys(ids) for case in CASES.of(session, key)]
    at_hand.fetch(session, *((rows, cases) for rows in (CASE_STAGES, *more)))


def _fetch_below(
    session: Session,
    cases: Sequence[Case],
    feedback: Feedback | None = None,
    below: Below = _nothing,
    *,
    answers: bool = False,
) -> None:
    """What hangs on rows that are at hand; for pages also what was said and who is named, and for
    an answer who wrote on it, and the words of others, against which its letter is held."""
    stages = [stage.id for case in cases for stage in CASE_STAGES.of(session, case.id)]
    events = [event for case in cases for event in EVENTS.of(session, case.id)]
    near = _joined_with(session, cases)
    for_pages: list[Wanted] = []
    if feedback is not None:
        for_pages = [
            (CASE_STAGES, [case.id for case in CASES.of(session, feedback.id)]),
            (MESSAGE_FILES, [message.id for message in MESSAGES.of(session, feedback.id)]),
            (PHONE_NOTICES, [letter.id for letter in LETTERS.of(session, feedback.id)]),
            (ACCOUNT, _named(session, cases, feedback)),
            *below(session, feedback),
        ]
    at_hand.fetch(
        session,
        (CASE_CLOCKS, stages),
        (FINDINGS, stages),
        (LETTER, [event.letter_id for event in events if event.letter_id is not None]),
        (CASE, near),
        *for_pages,
    )
    _fetch_joined(session, cases, near, stages if answers else None)


def _fetch_joined(
    session: Session, cases: Sequence[Case], near: set[int], answered: Sequence[int] | None
) -> None:
    """What hangs on the cases that lead these or are led by them; and for an answer who wrote on
    its stages, where these are given."""
    answers = answered is not None
    others = [CASE.of(session, key)[0] for key in near]
    at_hand.fetch(
        session,
        (FEEDBACK, [other.feedback_id for other in others]),
        (PARTIES, {one.feedback_id for one in (*others, *cases)} if near else ()),
        (CASES, {one.feedback_id for one in (*others, *cases)} if near else ()),
        (JOINS, near),
        (CASE_STAGES, near),
        (ACCOUNT, _writers(session, cases, answered) if answered is not None else ()),
        (MESSAGES, {one.feedback_id for one in (*others, *cases)} if near and answers else ()),
        (POINTS, near if answers else ()),
    )


def _writers(session: Session, cases: Sequence[Case], stages: Iterable[int]) -> set[int]:
    """The keys of the accounts that wrote findings and had draft answers in their hands."""
    found = {one.written_by_id for key in stages for one in FINDINGS.of(session, key)}
    drafts = [one for case in cases for one in DRAFTS.of(session, case.id)]
    hands = {key for one in drafts for key in (one.sent_by_id, one.returned_by_id)}
    return found | {key for key in hands if key is not None}


def _joined_with(session: Session, cases: Sequence[Case]) -> set[int]:
    """The keys of the cases that lead these, or are led by them."""
    leading = {
        one.lead_id for case in cases for one in JOINS.of(session, case.id) if one.undone_at is None
    }
    return leading | {
        one.case_id for case in cases for one in LED.of(session, case.id) if one.undone_at is None
    }


def _named(session: Session, cases: Sequence[Case], feedback: Feedback) -> set[int]:
    """The keys of the accounts whose names stand on the pages of a matter."""
    found: set[int | None] = {file.heard_by_id for file in FILES.of(session, feedback.id)}
    found |= {said.advocate_id for said in EXPERIENCES.of(session, feedback.id)}
    for case in cases:
        found |= {case.officer_id, case.opened_by_id}
        found |= {one.account_id for one in EVENTS.of(session, case.id)}
        found |= {one.account_id for one in ALLOCATIONS.of(session, case.id)}
        found |= {one.account_id for one in APPOINTMENTS.of(session, case.id)}
        for reminder in REMINDERS.of(session, case.id):
            found |= set(reminder.told.get("accounts", ()))
    return {one for one in found if one is not None}
