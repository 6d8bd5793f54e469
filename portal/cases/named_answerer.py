"""Who looks into a case, by name, as far as the person whose matter it is may read it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import allocating, named_persons
from portal.cases.gathering import NoTrack, track_for
from portal.council import Council
from portal.procedures.procedure import StageKey, Track
from portal.procedures.state import RUNNING, AppointedAs
from portal.records.account import Account
from portal.records.allocation import AllocationState
from portal.records.appointment import Appointment
from portal.records.case import Case
from portal.records.feedback import Feedback

# Who leads the work at a stage for which somebody is appointed. Whoever has the case as a manager
# meanwhile only answers what these find, and must not stand there as who looks into it.
APPOINTED = {
    (Track.STATUTORY, StageKey.STAGE_2): AppointedAs.INVESTIGATOR,
    (Track.STATUTORY, StageKey.STAGE_3): AppointedAs.PANEL_CHAIR,
    (Track.CORPORATE, StageKey.STAGE_2): AppointedAs.REVIEWER,
}


def name_of(session: Session, council: Council, feedback: Feedback, case: Case) -> str:
    """The name of whoever has taken a case, or is appointed to look into it.

    Args:
        session: any session, flushed.
        council: its file says whether the person reads names.
        feedback: the matter.
        case: the case, or part of the matter.

    Returns:
        Empty where nobody has taken it yet, where nothing is being looked into, where the
        council's file says so, and where it may be somebody whom the matter is about.
    """
    if not council.giving.named_to_person or feedback.persons_unsettled:
        return ""
    if case.procedure_state not in RUNNING:
        return ""
    try:
        role = APPOINTED.get((track_for(case), StageKey(case.stage_key)))
    except NoTrack:
        return ""
    name, account = _appointed(session, case, role) if role else _taken(session, case)
    if account is None:
        return name
    # Whoever was linked to the matter after they were appointed is not named as who looks into it.
    about = {one.account.id for one in named_persons.linked(session, feedback.id)}
    return "" if account.left_on is not None or account.id in about else name


def _appointed(session: Session, case: Case, role: AppointedAs) -> tuple[str, Account | None]:
    wanted = (
        select(Appointment)
        .where(
            Appointment.case_id == case.id,
            Appointment.stage_key == case.stage_key,
            Appointment.role == role,
            Appointment.ended_at.is_(None),
        )
        .order_by(Appointment.id.desc())
        .limit(1)
    )
    found = session.scalar(wanted)
    if found is None:
        return "", None
    if found.account_id is None:
        return found.name or "", None
    account = session.get_one(Account, found.account_id)
    return account.name, account


def _taken(session: Session, case: Case) -> tuple[str, Account | None]:
    had = allocating.current(session, case)
    if had is None or had.allocation.state is not AllocationState.ACCEPTED:
        return "", None
    return had.account.name, had.account
