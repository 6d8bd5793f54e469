"""Somebody who wants post and their case, on chosen days, for the tests of posting."""

from datetime import date

from sqlalchemy import select

from portal import bank_holidays
from portal.cases import acknowledging
from portal.procedures.procedure import ClockKey
from portal.procedures.vocabulary import ProcedureCode
from portal.records.account import Account
from portal.records.case import Case, CaseClock, CaseStage
from portal.records.feedback import ContactWay
from portal.records.outbox_letter import OutboxLetter
from portal.records.party import PartyRole
from portal.work import Work
from tests.matters import NewParty, make_case
from tests.unit.triage.matters import a_feedback, acting, an_officer

RECEIVED = date(2026, 6, 10)
PARTY = NewParty(PartyRole.COMPLAINANT, "Noor Whitfield", address="12 Elm Row\nStafford\nZZ99 2ZZ")
CALENDAR = bank_holidays.bundled()


def a_case(work: Work, procedure: ProcedureCode = ProcedureCode.CORPORATE) -> Case:
    """A case of somebody who wants post, opened on the day it came."""
    officer = an_officer(work)
    acting(work, officer, RECEIVED)
    feedback = a_feedback(work, received=RECEIVED, contact_way=ContactWay.POST, party=PARTY)
    case = make_case(work, feedback, procedure=procedure, officer=officer)
    work.session.flush()
    return case


def on(work: Work, day: date) -> Work:
    """The same officer on another day."""
    assert work.who.account_id is not None
    return acting(work, work.session.get_one(Account, work.who.account_id), day)


def stage_of(work: Work) -> CaseStage:
    return work.session.scalars(select(CaseStage)).one()


def clock_of(work: Work, key: ClockKey) -> CaseClock:
    work.session.flush()
    return work.session.scalars(select(CaseClock).where(CaseClock.key == key.value)).one()


def written_ack(work: Work, day: date = RECEIVED) -> tuple[Case, OutboxLetter]:
    case = a_case(work)
    on(work, day)
    return case, acknowledging.acknowledge(work, case, "1. Nobody rang back.")
