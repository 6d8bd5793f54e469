"""What comes back to the office stands in its queue until somebody sees to it, and is told once, by
a letter without content."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.attachments import checking
from portal.cases import (
    allocating,
    answer_drafts,
    awaiting,
    conflicts,
    findings,
    gathering,
    investigating,
    my_work,
    office_told,
    queue_places,
    signing,
    tasks,
)
from portal.cases.awaiting import Awaited, Waiting
from portal.cases.my_work import Waits
from portal.council_giving import GivingEntry, Signer
from portal.procedures.awaited import Turn
from portal.procedures.finding import Finding, Giver
from portal.procedures.state import AppointedAs, Event
from portal.records.account import Account, Role
from portal.records.allocation import Allocation, AllocationState
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import Work
from tests import matters
from tests.unit.cases.investigated_case import Investigated, investigated
from tests.unit.cases.managed_case import Managed, managed
from tests.unit.cases.procedure_world import let

QUESTION = "On which day was the bus pass sent?"


def waits(work: Work, case: Case) -> dict[Awaited, Turn]:
    return {one.what: one.whose for one in all_waits(work, case)}


def all_waits(work: Work, case: Case) -> tuple[Waiting, ...]:
    queue_places.settle(work.session)
    work.session.expire_all()
    return awaiting.of(work.session, work.council, [case.feedback_id]).get(case.feedback_id, ())


def rank(work: Work, case: Case) -> int | None:
    queue_places.settle(work.session)
    return work.session.scalar(select(Feedback.queue_rank).where(Feedback.id == case.feedback_id))


def told(work: Work, account: Account) -> list[str]:
    rows = work.session.scalars(
        select(OutboxLetter).where(OutboxLetter.kind == LetterKind.WORK_WAITS)
    )
    return [row.subject + row.body for row in rows if row.to_email == account.email]


@pytest.fixture
def made(work: Work) -> Managed:
    made = managed(work)
    made.feedback.unread = False
    let(made.as_(made.officer), made.case, Event.ACKNOWLEDGED)
    assert rank(work, made.case) is None
    return made


def visible(made: Managed) -> my_work.Visible:
    from sqlalchemy import true

    return lambda _: true()


def test_a_case_that_was_handed_back_waits_to_be_given_again(made: Managed) -> None:
    made.accepted()
    allocating.hand_back(made.as_(made.manager), made.case, "I know the family.")
    assert waits(made.work, made.case)[Awaited.HANDED_BACK] is Turn.OFFICER
    assert rank(made.work, made.case) is not None
    (letter,) = told(made.work, made.officer)
    assert "family" not in letter
    allocating.allocate(made.as_(made.officer), made.case, made.above)
    assert Awaited.HANDED_BACK not in waits(made.work, made.case)
    assert rank(made.work, made.case) is None


def test_whoever_has_it_is_not_asked_again(made: Managed) -> None:
    made.accepted()
    again = allocating.allocate(made.as_(made.officer), made.case, made.manager)
    assert again.state is AllocationState.ACCEPTED
    assert len(told(made.work, made.manager)) == 1


def drafted(made: Managed) -> None:
    stage = gathering.current_stage(made.work.session, made.case)
    for point in made.points:
        findings.record_finding(
            made.as_(made.manager), point, stage, Giver.SERVICE, Finding.NOT_UPHELD, "The log."
        )
    answer_drafts.write(made.as_(made.manager), made.case, "We met.", "", 0)
    made.work.session.flush()
    signing.send(made.as_(made.manager), made.case, 0)


def test_a_draft_waits_for_an_officer_until_it_is_signed(made: Managed) -> None:
    made.accepted()
    drafted(made)
    assert waits(made.work, made.case)[Awaited.SIGNATURE] is Turn.OFFICER
    assert rank(made.work, made.case) is not None
    work = made.as_(made.officer)
    signing.sign(work, made.case, signing.mark(answer_drafts.check(work, made.case)))
    assert Awaited.SIGNATURE not in waits(made.work, made.case)


def test_a_draft_for_a_head_of_service_is_seen_and_is_not_the_officers(made: Managed) -> None:
    made.work.council = replace(
        made.work.council, giving=GivingEntry(accept_days=1, signed_by=Signer.HEAD_OF_SERVICE)
    )
    made.accepted()
    drafted(made)
    assert waits(made.work, made.case)[Awaited.SIGNATURE] is Turn.SIGNER


def asked(made: Managed, asker: Account) -> None:
    cole = matters.make_account(made.work, Role.TEAM_MANAGER, "cole@council.example", "Cole Ames")
    work = made.as_(asker)
    task = tasks.ask(work, made.case, cole, QUESTION, work.today + timedelta(days=3))
    work.session.flush()
    assert Awaited.ANSWER_READ not in waits(work, made.case)
    tasks.answer(made.as_(cole), task, "On Friday.")


def test_an_answer_to_the_office_waits_until_somebody_of_it_reads_it(made: Managed) -> None:
    asked(made, made.officer)
    assert waits(made.work, made.case)[Awaited.ANSWER_READ] is Turn.OFFICER
    tasks.read(made.as_(made.manager), made.case, office=False)
    assert Awaited.ANSWER_READ in waits(made.work, made.case)
    other = matters.make_account(made.work, Role.OFFICER, "other@council.example", "Other Hale")
    tasks.read(made.as_(other), made.case, office=True)
    assert Awaited.ANSWER_READ not in waits(made.work, made.case)
    assert rank(made.work, made.case) is None


def test_an_answer_to_a_manager_is_theirs_to_read(made: Managed) -> None:
    asked(made, made.manager)
    assert Awaited.ANSWER_READ not in waits(made.work, made.case)
    lines = my_work.waiting(made.as_(made.manager), visible(made))
    assert Waits.READ_ANSWER in [line.waits for line in lines]
    tasks.read(made.work, made.case, office=False)
    lines = my_work.waiting(made.work, visible(made))
    assert Waits.READ_ANSWER not in [line.waits for line in lines]


def handed_in(made: Investigated) -> None:
    stage = gathering.current_stage(made.work.session, made.case)
    for point in made.points:
        findings.record_finding(
            made.as_(made.investigator), point, stage, Giver.INVESTIGATOR, Finding.UPHELD, "So."
        )
    good = checking.check("report.txt", b"What we found.")
    investigating.keep_report(made.as_(made.investigator), made.case, good)
    investigating.hand_in(made.as_(made.investigator), made.case)


def test_what_is_handed_in_from_outside_waits_until_the_office_looks(work: Work) -> None:
    made = investigated(work)
    made.case.officer_id = made.officer.id
    handed_in(made)
    assert waits(work, made.case)[Awaited.HANDED_IN] is Turn.OFFICER
    (letter,) = told(work, made.officer)
    assert matters.STORY not in letter
    version = made.case.version
    office_told.looked(made.as_(made.officer), made.case)
    assert Awaited.HANDED_IN not in waits(work, made.case)
    assert made.case.version == version


def test_the_next_stage_is_not_whose_the_first_was(made: Managed) -> None:
    made.accepted()
    let(made.as_(made.officer), made.case, Event.STAGE_1_SKIPPED, agreed_by_person=True,
        agreed_by_council=True, words="Both agree.")  # fmt: skip
    (row,) = made.work.session.scalars(select(Allocation))
    assert row.state is AllocationState.ENDED
    assert allocating.current(made.work.session, made.case) is None


def test_a_conflict_waits_by_its_role_beside_what_was_handed_in(work: Work) -> None:
    made = investigated(work)
    made.case.officer_id = made.officer.id
    conflicts.say(made.as_(made.independent), made.case, "The worker lives next door to me.")
    work.session.flush()
    (one,) = (one for one in all_waits(work, made.case) if one.what is Awaited.CONFLICT)
    assert (one.whose, one.roles) == (Turn.OFFICER, (AppointedAs.INDEPENDENT_PERSON,))
    assert Awaited.HANDED_IN not in waits(work, made.case)
    handed_in(made)
    assert {Awaited.CONFLICT, Awaited.HANDED_IN} <= set(waits(work, made.case))
    assert len(told(work, made.officer)) == 2
    office_told.looked(made.as_(made.officer), made.case)
    assert not {Awaited.CONFLICT, Awaited.HANDED_IN} & set(waits(work, made.case))
