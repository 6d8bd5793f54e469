"""What somebody from outside does in their one case: notes, the report, handing it in. A grant
opens it to them, and ends by itself."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.attachments.checked_file import CheckedFile
from portal.cases import gathering, grants, happening, office_told, parting
from portal.cases.acting import signed_in_id
from portal.cases.findings import NotTheirTurn
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.matter_rows import APPOINTMENTS, INVESTIGATION_NOTES, POINTS
from portal.procedures.facts import Given
from portal.procedures.state import AppointedAs, Doer, Event, State
from portal.records.account import Account, Role
from portal.records.appointment import Appointment
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.investigation_note import InvestigationNote, NoteKind
from portal.records.investigation_report import InvestigationReport
from portal.records.point import Point
from portal.work import Work

LOOK_INTO_IT = frozenset({AppointedAs.INVESTIGATOR, AppointedAs.INDEPENDENT_PERSON})
AS_GIVEN: Mapping[Role, AppointedAs] = {
    Role.INVESTIGATOR: AppointedAs.INVESTIGATOR,
    Role.INDEPENDENT_PERSON: AppointedAs.INDEPENDENT_PERSON,
    Role.PANEL_MEMBER: AppointedAs.PANEL_MEMBER,
}
LONGEST_NOTE = 20_000
LONGEST_NAME = 300
LARGEST_REPORT = 20 * 1024 * 1024


class SayWhat(Refused):
    """A note without words."""

    message = "Write what was said, or what you saw."


class SayWithWhom(Refused):
    """A talk with nobody."""

    message = "Write whom you spoke to."


class DayNotPossible(Refused):
    """Nothing is noted of the future."""

    message = "The day must not be in the future."


class ReportTooLarge(Refused):
    """A report that is larger than what is kept here."""

    message = "The report is larger than 20 MB. Make it smaller, for example without pictures."


class ReportFirst(Refused):
    """Handed in without a report."""

    message = "Add your report as a file first, then hand it in."
    status = 409


def cases_of(session: Session, feedback: Feedback, account_id: int) -> list[Case]:
    """The parts of a matter that somebody works in: those they are appointed in, all where the
    matter was opened to them without that."""
    return [case for case, _ in appointments_of(session, feedback, account_id)]


def appointments_of(
    session: Session, feedback: Feedback, account_id: int
) -> list[tuple[Case, list[Appointment]]]:
    """The same parts, each with their own appointments in it.

    Args:
        session: any session.
        feedback: the matter.
        account_id: who.
    """
    parts = parting.parts(session, feedback)
    appointed = APPOINTMENTS.of_each(session, [case.id for case in parts])
    mine = {
        case_id: [one for one in some if one.account_id == account_id and one.ended_at is None]
        for case_id, some in appointed.items()
    }
    found = [(case, mine.get(case.id, [])) for case in parts]
    return [one for one in found if one[1]] or found


def works_as(session: Session, case: Case, account_id: int, today: date) -> frozenset[AppointedAs]:
    """As what somebody works at the stage where a case stands. Their appointment says it; where the
    matter was opened to them without one, the role in which it was.

    Args:
        session: any session.
        case: a case that is open to them.
        account_id: who.
        today: roles in which matters are opened are dated.
    """
    appointed = frozenset(
        one.role
        for one in APPOINTMENTS.of(session, case.id)
        if one.stage_key == case.stage_key and one.account_id == account_id and one.ended_at is None
    )
    if appointed:
        return appointed
    given = grants.given(session, case.feedback_id, today)
    opened = {one.grant.role for one in given if one.account.id == account_id}
    return frozenset(AS_GIVEN[role] for role in opened if role in AS_GIVEN)


def add_note(
    work: Work, case: Case, kind: NoteKind, number: int | None, with_whom: str, on: date, text: str
) -> InvestigationNote:
    """Keep a talk, or evidence.

    Args:
        work: the open act, of the investigating officer.
        case: their case, under investigation.
        kind: a talk or evidence.
        number: of the point it bears on; None where it is for all.
        with_whom: of a talk.
        on: the day it happened, or the paper is from.
        text: what was said or seen.

    Raises:
        NotTheirTurn: the case is not under investigation.
        SayWhat, SayWithWhom, DayNotPossible: as their sentences say.
    """
    if case.procedure_state is not State.INVESTIGATING:
        raise NotTheirTurn
    if kind is NoteKind.INTERVIEW and not with_whom.strip():
        raise SayWithWhom
    if not text.strip():
        raise SayWhat
    if on > work.today:
        raise DayNotPossible
    wanted = select(Point.id).where(Point.case_id == case.id, Point.number == number)
    note = InvestigationNote(
        public_id=make_public_id(),
        stage_id=gathering.current_stage(work.session, case).id,
        kind=kind,
        point_id=work.session.scalar(wanted) if number is not None else None,
        on=on,
        with_whom=with_whom.strip() or None,
        text=text.replace("\r\n", "\n").strip(),
        written_at=work.now,
        written_by_id=signed_in_id(work),
    )
    work.session.add(note)
    audit.note(work, "investigation_note_written", case, ["with_whom", "text"])
    return note


def notes(session: Session, case: Case) -> list[tuple[InvestigationNote, Point | None]]:
    """The notes of the present stage, by their days."""
    written = INVESTIGATION_NOTES.of(session, gathering.current_stage(session, case).id)
    of_case = {point.id: point for point in POINTS.of(session, case.id)}

    def point_of(note: InvestigationNote) -> Point | None:
        if note.point_id is None:
            return None
        # A point may have gone on in another part since.
        return of_case.get(note.point_id) or session.get(Point, note.point_id)

    return [(note, point_of(note)) for note in sorted(written, key=lambda one: (one.on, one.id))]


def keep_report(work: Work, case: Case, checked: CheckedFile) -> InvestigationReport:
    """Keep a report; one that is kept later stands beside it.

    Args:
        work: the open act, of the investigating officer.
        case: their case, under investigation.
        checked: what `checking.check` gave.

    Raises:
        NotTheirTurn: the case is not under investigation.
        ReportTooLarge: it is larger than what is kept here.
    """
    if case.procedure_state is not State.INVESTIGATING:
        raise NotTheirTurn
    if checked.size > LARGEST_REPORT:
        raise ReportTooLarge
    report = InvestigationReport(
        public_id=make_public_id(),
        stage_id=gathering.current_stage(work.session, case).id,
        filename=checked.filename,
        content_type=checked.content_type,
        size=checked.size,
        content=checked.data,
        kept_at=work.now,
        kept_by_id=signed_in_id(work),
    )
    work.session.add(report)
    audit.note(work, "investigation_report_kept", case)
    return report


def reports(session: Session, case: Case) -> list[tuple[InvestigationReport, str]]:
    """The reports of every stage of a case with who gave each, the oldest first."""
    stages = gathering.latest_stages(session, case).values()
    rows = session.execute(
        select(InvestigationReport, Account)
        .join(Account, Account.id == InvestigationReport.kept_by_id)
        .where(InvestigationReport.stage_id.in_(stages))
        .order_by(InvestigationReport.id)
    )
    return [(report, account.name) for report, account in rows]


def hand_in(work: Work, case: Case) -> None:
    """Hand the report in: the council decides on it from now on, and the office is told.

    Args:
        work: the open act, of the investigating officer.
        case: their case, under investigation.

    Raises:
        ReportFirst: no report was added in this stage.
        NotYet: a finding or its reasons are missing on a point.
        CannotHappen: the case does not stand there.
    """
    stage = gathering.current_stage(work.session, case)
    wanted = select(InvestigationReport.id).where(InvestigationReport.stage_id == stage.id)
    if work.session.scalar(wanted.limit(1)) is None:
        raise ReportFirst
    given = Given(on=work.today, by=Doer.INVESTIGATOR, account_id=work.who.account_id)
    happening.happen(work, case, Event.REPORTS_RECEIVED, given)
    office_told.handed_in(work, case)
