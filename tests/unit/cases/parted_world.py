"""A contact with a social-work point and a school-transport point, and the same matter from two
people: for the tests of parts and of joined cases."""

from typing import Any

from portal.cases import findings, gathering, happening, joining, points
from portal.cases.receiving import NewParty
from portal.procedures.facts import Given
from portal.procedures.finding import Finding, Giver
from portal.procedures.procedure import Track
from portal.procedures.state import Doer, Event
from portal.procedures.vocabulary import Category, ProcedureCode, Team
from portal.records.case import Case
from portal.records.case_event import CaseEvent
from portal.records.party import PartyRole
from portal.records.point import Point
from portal.work import Work
from tests import matters
from tests.unit.cases.procedure_world import officer_of
from tests.unit.triage.matters import a_feedback

SOCIAL, BUS = "Our social worker has not come since May.", "The school taxi stopped for no reason."
PARENT = NewParty(
    PartyRole.COMPLAINANT, "Marigold Quillfeather", "marigold@home.example", "01632 960777"
)
MP_STORY = "A constituent of mine has lost the taxi to school. Please tell me what will be done."
PARENT_STORY = "The taxi was taken away on Monday and my daughter cannot get to school at all now."


def a_case(work: Work, procedure: ProcedureCode = ProcedureCode.CORPORATE, **said: Any) -> Case:
    """A case that was opened today by one officer, who acts from now on."""
    if work.who.account_id is None:
        officer_of(work)
    category = said.pop("category", Category.COMPLAINT)
    case = matters.make_case(work, a_feedback(work, **said), procedure=procedure, category=category)
    work.session.flush()
    return case


def two_points(work: Work, **said: Any) -> tuple[Case, Point, Point]:
    """A statutory case of which the second point belongs to the corporate procedure."""
    case = a_case(work, ProcedureCode.STATUTORY, **said)
    social, bus = points.add(work, case, (SOCIAL, BUS))
    return case, social, bus


def happens(work: Work, case: Case, event: Event, **given: Any) -> CaseEvent:
    """Let something happen today, by an officer."""
    return happening.happen(
        work, case, event,
        Given(on=given.pop("on", work.today), by=Doer.OFFICER, account_id=work.who.account_id,
              **given),
    )  # fmt: skip


def split(work: Work, case: Case, *numbers: int, **given: Any) -> CaseEvent:
    """Split points off to the corporate procedure, unless said otherwise."""
    return happens(
        work, case, Event.SPLIT,
        **{"points": frozenset(numbers), "track": Track.CORPORATE,
           "team": Team.ADMISSIONS_TRANSPORT, "words": "School transport is no social work.",
           **given},
    )  # fmt: skip


def find_on(work: Work, case: Case, reasons: str = "We saw the notes. We are sorry.") -> None:
    """The service's finding on every live point."""
    stage = gathering.current_stage(work.session, case)
    for point in points.live(work.session, case):
        findings.record_finding(work, point, stage, Giver.SERVICE, Finding.UPHELD, reasons)


def join(work: Work, case: Case, lead: Case, words: str = "One decision on one taxi.") -> CaseEvent:
    """Join a case to a lead."""
    facts = joining.lead_facts(work.session, case, lead)
    return happens(work, case, Event.JOINED, lead=facts, lead_id=lead.id, words=words)


def parent_and_mp(work: Work) -> tuple[Case, Case]:
    """The same matter from a parent, whose case leads, and from an MP."""
    lead = a_case(work, party=PARENT, story=PARENT_STORY)
    points.add(work, lead, (PARENT_STORY,))
    mp = a_case(
        work,
        category=Category.MP_ENQUIRY,
        party=NewParty(PartyRole.COMPLAINANT, "Ptolemy Ashgrove", "office@mp.example"),
        story=MP_STORY,
    )
    return lead, mp
