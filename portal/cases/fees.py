"""What was paid to those who investigate, watch and sit, case by case. The annual report adds it
up by stage and role."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.acting import signed_in_id
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.records.account import Account
from portal.records.appointment import Appointment
from portal.records.case import Case
from portal.records.investigation_fee import InvestigationFee
from portal.work import Work

LONGEST_WORDS = 1_000
MOST_PENCE = 10_000_000


class NotAppointed(Refused):
    """A payment to somebody who was never appointed in the case."""

    message = "Choose somebody who was appointed in this case."


class AmountNotPossible(Refused):
    """No amount, or one that is a slip."""

    message = "Enter the amount in pounds, like 250 or 99.50"


class SayWhatFor(Refused):
    """A payment without what it was for."""

    message = "Write what it was paid for."


class DayNotPossible(Refused):
    """Nothing is paid in the future."""

    message = "The day must not be in the future."


@dataclass(frozen=True)
class Appointed:
    """Somebody who is or was appointed in a case, by name."""

    appointment: Appointment
    name: str


@dataclass(frozen=True)
class Paid:
    """One payment and to whom."""

    fee: InvestigationFee
    name: str


def appointed(session: Session, case: Case) -> list[Appointed]:
    """Everybody who is or was appointed in a case, in the order of their appointments."""
    rows = session.execute(
        select(Appointment, Account)
        .outerjoin(Account, Account.id == Appointment.account_id)
        .where(Appointment.case_id == case.id)
        .order_by(Appointment.id)
    )
    return [Appointed(row, account.name if account else row.name or "") for row, account in rows]


def record(
    work: Work, case: Case, appointment_id: str, amount_pence: int | None, what_for: str, on: date
) -> InvestigationFee:
    """Keep a payment.

    Args:
        work: the open act.
        case: the case.
        appointment_id: the public id of whose work was paid.
        amount_pence: how much; None where no amount could be read.
        what_for: what it was paid for.
        on: the day on which it was paid.

    Raises:
        NotAppointed, AmountNotPossible, SayWhatFor, DayNotPossible: as their sentences say.
    """
    wanted = select(Appointment).where(
        Appointment.public_id == appointment_id, Appointment.case_id == case.id
    )
    appointment = work.session.scalar(wanted)
    if appointment is None:
        raise NotAppointed
    if amount_pence is None or not 0 < amount_pence <= MOST_PENCE:
        raise AmountNotPossible
    if not what_for.strip():
        raise SayWhatFor
    if on > work.today:
        raise DayNotPossible
    fee = InvestigationFee(
        public_id=make_public_id(),
        case_id=case.id,
        appointment_id=appointment.id,
        stage_key=appointment.stage_key,
        role=appointment.role,
        amount_pence=amount_pence,
        what_for=what_for.strip(),
        paid_on=on,
        recorded_at=work.now,
        recorded_by_id=signed_in_id(work),
    )
    work.session.add(fee)
    audit.note(work, "fee_recorded", case, ["amount_pence", "what_for", "paid_on"])
    return fee


def take_back(work: Work, case: Case, public_id: str) -> bool:
    """Say that a payment was recorded wrongly.

    Returns:
        Whether the case has such a payment.
    """
    wanted = select(InvestigationFee).where(
        InvestigationFee.public_id == public_id, InvestigationFee.case_id == case.id
    )
    fee = work.session.scalar(wanted)
    if fee is None:
        return False
    if fee.taken_back_at is None:
        fee.taken_back_at = work.now
        audit.note(work, "fee_taken_back", case)
    return True


def of_case(session: Session, case: Case) -> list[Paid]:
    """What was paid in a case, the latest first; what was taken back is left out."""
    names = {one.appointment.id: one.name for one in appointed(session, case)}
    rows = session.scalars(
        select(InvestigationFee)
        .where(InvestigationFee.case_id == case.id, InvestigationFee.taken_back_at.is_(None))
        .order_by(InvestigationFee.paid_on.desc(), InvestigationFee.id.desc())
    )
    return [Paid(fee, names.get(fee.appointment_id, "")) for fee in rows]
