"""What the pages of a join need: which cases may lead, what the lead found, who sits on a panel.

A link tells officers that records are near and nothing else: references, dates and why, never the
words or people of the other matter; and only of matters that the officer may work.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, null, select, union_all
from sqlalchemy.orm import Session

from portal.access.acts import Act
from portal.cases import answers, gathering, joining, linking, parting, suggested_links
from portal.cases.event_words import FINDINGS
from portal.procedures.completeness import MAY_BE_SETTLED
from portal.procedures.facts import Given
from portal.procedures.joining import can_lead
from portal.procedures.state import AppointedAs, State
from portal.procedures.working_days import in_full
from portal.records.account import Account
from portal.records.appointment import Appointment
from portal.records.case import Case, CaseState
from portal.records.feedback import Feedback
from portal.records.similar import SimilarCase
from portal.triage import similar_cases
from portal.web.access import may, visible
from portal.web.officer import presence
from portal.web.officer.presence import Has
from portal.work import Work

SIMILAR = "it reads alike"


@dataclass(frozen=True)
class Near:
    """A case that is worked with another, as far as it is shown. `public_id` is None where the
    reader may not open it."""

    public_id: str | None
    part: int
    reference: str
    state: State
    due_on: date


def proposed(session: Session, feedback: Feedback) -> list[tuple[str, str]]:
    """The open cases that come to mind as a lead, with why, from what is known already.

    Args:
        session: any session.
        feedback: the matter that would be joined.

    Returns:
        References with the words of a choice, each once, the surest reason first.
    """
    here = visible(Act.CONDUCT)
    found: dict[str, str] = {}
    linked = Has.LINK in presence.of(session, feedback.id)
    for link in suggested_links.shown_for(session, feedback, here) if linked else ():
        found.setdefault(link.other_reference, link.ground)
    for match in linking.near_matches(session, feedback, here):
        found.setdefault(match.reference, match.why)
    received = {}
    for row in _that_can_lead(session, feedback, found):
        received[row.reference] = row.received_on
        found.setdefault(row.reference, SIMILAR)
    return [
        (reference, f"{reference}, came {in_full(received[reference])}: {why}")
        for reference, why in found.items()
        if reference in received
    ]


def _that_can_lead(
    session: Session, feedback: Feedback, references: Collection[str]
) -> Sequence[Row[Any]]:
    """Of some matters, and of those that read most alike, the ones with an open case; the most
    alike first. In one statement, which looks at no other matter."""
    alike = similar_cases.nearest(
        feedback, visible(Act.CONDUCT), Feedback.id, SimilarCase.likeness
    ).subquery()
    columns = (Feedback.id, Feedback.reference, Feedback.received_on)
    opened = and_(Case.feedback_id == Feedback.id, Case.state == CaseState.OPEN, Case.part == 1)
    wanted = union_all(
        select(*columns, alike.c.likeness)
        .join(alike, alike.c.id == Feedback.id)
        .join(Case, opened),
        select(*columns, null()).join(Case, opened).where(Feedback.reference.in_(references)),
    )
    rows = session.execute(wanted).all()
    return sorted(rows, key=lambda row: (-(row.likeness or 0), row.id))


def reference_of(session: Session, public_id: str) -> str | None:
    """The reference of a matter that an address names, where the officer may work it."""
    wanted = select(Feedback.reference).where(Feedback.public_id == public_id)
    return session.scalar(wanted.where(visible(Act.CONDUCT))) if public_id else None


def with_lead(work: Work, case: Case, given: Given, typed: str) -> Given:
    """Add the lead case to what was filled in; nothing where there is none that the officer may
    work. Of a matter in parts it is the part that can lead, and both cases are locked.

    Args:
        work: the open act.
        case: the case that would be joined.
        given: what was filled in.
        typed: the lead's reference.
    """
    found = linking.find_by_reference(work.session, typed, visible(Act.CONDUCT))
    parts = parting.parts(work.session, found) if found is not None else []
    if not parts:
        return given
    facts = gathering.facts_of(work.session, work.council, case, work.today)
    leads = [
        part for part in parts if can_lead(facts, joining.lead_facts(work.session, case, part))
    ]
    lead = (leads or parts)[0]
    joining.lock_together(work, case, lead)
    known = joining.lead_facts(work.session, case, lead)
    return replace(given, lead=known, lead_id=lead.id)


def draft_answer(work: Work, case: Case) -> str:
    """What the lead case found, for an officer to make one person's answer of. Its points are
    another person's words, so they are left out.

    Args:
        work: the open act.
        case: the joined case.
    """
    stage = gathering.current_stage(work.session, case)
    found = joining.lead_of(work.session, stage)
    if found is None or not may(Act.READ, found[0].feedback_id):
        return ""
    lead, lead_stage = found
    told = answers.told(work.session, lead) & {(lead_stage.id, MAY_BE_SETTLED)}
    said = [
        "\n".join(part for part in (FINDINGS[one.finding], one.reasons) if part)
        for answer in answers.given(work.session, lead, told)
        for one in answer.points
        if one.finding is not None
    ]
    return "\n\n".join(said)


def beside(session: Session, case: Case) -> tuple[Near | None, list[Near]]:
    """The lead of a case at its present stage, if something leads it, and the cases that are joined
    to it."""
    leads = joining.lead_of(session, gathering.current_stage(session, case))
    joined = joining.under(session, case)
    opened = _open(session, [*joined, *(leads[:1] if leads is not None else ())])
    lead = _near(session, leads[0], opened) if leads is not None else None
    return lead, [_near(session, one, opened) for one in joined]


def panel(session: Session, case: Case) -> list[tuple[str, str]]:
    """The members who sit on a panel now, by the key of the person, with their names."""
    rows = session.execute(
        select(Appointment, Account.name)
        .outerjoin(Account, Account.id == Appointment.account_id)
        .where(
            Appointment.case_id == case.id,
            Appointment.role == AppointedAs.PANEL_MEMBER,
            Appointment.stage_key == case.stage_key,
            Appointment.ended_at.is_(None),
        )
        .order_by(Appointment.id)
    )
    named = {row.person_key: name or row.name or "" for row, name in rows}
    return list(named.items())


def _open(session: Session, cases: Iterable[Case]) -> set[int]:
    """The matters of these that whoever is signed in may read, asked for together."""
    ids = {case.feedback_id for case in cases}
    if not ids:
        return set()
    return set(session.scalars(select(Feedback.id).where(Feedback.id.in_(ids), visible())))


def _near(session: Session, case: Case, opened: set[int]) -> Near:
    feedback = session.get_one(Feedback, case.feedback_id)
    opens = feedback.id in opened
    return Near(
        public_id=feedback.public_id if opens else None,
        part=case.part,
        reference=feedback.reference if opens else "",
        state=case.procedure_state,
        due_on=gathering.current_stage(session, case).due_on,
    )
