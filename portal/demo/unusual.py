"""Matters of the demo that take another way than most: one in two parts, two about the same thing
that are worked as one, and one that was set aside while a court decides.

Done by the same acts as real ones, each at its own moment in the days before.
"""

from datetime import timedelta

from sqlalchemy import select

from portal.cases import acknowledging, event_letters, happening, joining, points
from portal.cases.receiving import NewFeedback, NewParty, receive
from portal.demo import accounts
from portal.demo.showcase import as_of, is_free
from portal.demo.sign_ins import (
    COMPLAINTS_MANAGER,
    IN_TWO_PARTS,
    JOINED,
    LEADS,
    OFFICER,
    SET_ASIDE,
    Opening,
)
from portal.procedures.facts import Given
from portal.procedures.procedure import Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.state import Doer, Event
from portal.procedures.vocabulary import (
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.account import Account
from portal.records.case import Case
from portal.records.decision import Outcome
from portal.records.feedback import Channel, ContactWay, Door, Feedback
from portal.records.party import PartyRole
from portal.triage import deciding, refusing, second_officer
from portal.triage.choice import Choice
from portal.work import PUBLIC, Who, Work

NO_VISITS = "Our social worker has not come since May, and nobody rings back."
NO_TAXI = "The school taxi for my son was stopped on Monday without a word."
STORY_IN_TWO_PARTS = (
    f"{NO_VISITS} And now this on top. {NO_TAXI} I have had to take him by two buses and I am late"
    " for work every day."
)
WHY_TWO = "School transport is no social work: it is looked into under the council's own procedure."
STORY_THAT_LEADS = (
    "The contact centre in Marsh Lane shut over half term and nobody told us until I stood in front"
    " of a locked door with my daughter's birthday cake. Who decided that?"
)
STORY_JOINED = (
    "My granddaughter was to have her birthday at the contact centre in Marsh Lane. It was locked."
    " Her father drove two hours for it. I want to know why nobody rang."
)
WHY_JOINED = "One closed door on one day: what is found out for the father answers her as well."
STORY_SET_ASIDE = (
    "The social worker's statement for the court says that I missed six visits. I missed one, when"
    " my car broke down, and I rang. I want it looked into and put right."
)
UNDERSTOOD = {
    STORY_IN_TWO_PARTS: (
        "1. Your social worker has not come since May, and your calls were not answered. 2. The"
        " school taxi was stopped and nobody told you. You want visits, and the taxi back."
    ),
    STORY_THAT_LEADS: (
        "The contact centre was shut over half term and nobody told you. You want to know who"
        " decided that, and why you were not told."
    ),
    STORY_JOINED: (
        "The contact centre was locked on your granddaughter's birthday. You want to know why"
        " nobody rang."
    ),
    STORY_SET_ASIDE: (
        "A statement for the court says that you missed six visits. You say that you missed one,"
        " and rang. You want it put right."
    ),
}
COURT = "The family court hears the case about the children; its final hearing is in the spring."
HARM = (
    "The court is asked to find how many visits there were. Our own finding before it decides could"
    " harm its hearing."
)
HALF_A_YEAR = timedelta(days=182)


def show(work: Work) -> None:
    """Make the matters that are not there yet; the demo's accounts are.

    Args:
        work: the open act of a demo.
    """
    officer = accounts.open_for(work, OFFICER)
    if is_free(work, IN_TWO_PARTS):
        _in_two_parts(work, officer)
    if is_free(work, JOINED):
        _joined(work, officer)
    if is_free(work, SET_ASIDE):
        _set_aside(work, officer, accounts.open_for(work, COMPLAINTS_MANAGER))


def _in_two_parts(work: Work, officer: Account) -> None:
    case = _case(work, officer, IN_TWO_PARTS, "Tilda Marchmont", STORY_IN_TWO_PARTS)
    later = as_of(work, Who("staff", officer.id), 4, 11)
    _, taxi = points.add(later, case, (NO_VISITS, NO_TAXI))
    work.session.flush()
    given = Given(
        on=later.today,
        by=Doer.OFFICER,
        account_id=officer.id,
        words=WHY_TWO,
        track=Track.CORPORATE,
        team=Team.ADMISSIONS_TRANSPORT,
        points=frozenset({taxi.number}),
    )
    event_letters.send(later, case, happening.happen(later, case, Event.SPLIT, given))


def _joined(work: Work, officer: Account) -> None:
    lead = _case(work, officer, LEADS, "Osric Fennimore", STORY_THAT_LEADS)
    whose = Relationship.RELATIVE
    joined = _case(work, officer, JOINED, "Hesper Fennimore", STORY_JOINED, whose)
    later = as_of(work, Who("staff", officer.id), 3, 14)
    for case, story in ((lead, STORY_THAT_LEADS), (joined, STORY_JOINED)):
        points.add(later, case, (story,))
    work.session.flush()
    given = Given(
        on=later.today,
        by=Doer.OFFICER,
        account_id=officer.id,
        words=WHY_JOINED,
        lead=joining.lead_facts(work.session, joined, lead),
        lead_id=lead.id,
    )
    event_letters.send(later, joined, happening.happen(later, joined, Event.JOINED, given))


def _set_aside(work: Work, officer: Account, manager: Account) -> None:
    """Proposed by the officer, and agreed to by the manager a day later."""
    case = _case(work, officer, SET_ASIDE, "Corwin Ashby-Lowe", STORY_SET_ASIDE)
    proposed = as_of(work, Who("staff", officer.id), 2, 10)
    given = Given(
        on=proposed.today,
        by=Doer.OFFICER,
        account_id=officer.id,
        reason=RefusalReason.CONCURRENT_COURT.value,
        proceedings=COURT,
        prejudice=HARM,
        new_date=proposed.today + HALF_A_YEAR,
    )
    proposal = refusing.propose_event(proposed, case, Event.NOT_CONSIDERED, given, None)
    work.session.flush()
    feedback = work.session.get_one(Feedback, case.feedback_id)
    agreed = as_of(work, Who("staff", manager.id), 1, 9)
    second_officer.agree(agreed, feedback, proposal.public_id)


def _case(
    work: Work,
    officer: Account,
    opening: Opening,
    name: str,
    story: str,
    relationship: Relationship = Relationship.PARENT,
) -> Case:
    """A case that came six working days ago, and was opened and acknowledged on the day after."""
    new = NewFeedback(
        channel=Channel.WEB,
        door=Door.EVERYONE,
        story=story,
        contact_way=ContactWay.EMAIL,
        category_said=Category.COMPLAINT,
        relationship_said=relationship,
        parties=(NewParty(PartyRole.COMPLAINANT, name, f"{name.split()[0].lower()}@home.example"),),
        reference=opening.reference,
        words=opening.words,
    )
    feedback = receive(as_of(work, PUBLIC, 6, 12), new)
    work.session.flush()
    choice = Choice(
        category=Category.COMPLAINT,
        team=Team.CARE_PLANNING_COURT,
        procedure=ProcedureCode.STATUTORY,
        relationship=relationship,
        risk=Risk.NONE,
        outcome=Outcome.CASE_OPENED,
        nature=Nature.COMMUNICATION,
    )
    deciding.confirm(as_of(work, Who("staff", officer.id), 5, 10), feedback, choice)
    work.session.flush()
    case = work.session.scalars(select(Case).where(Case.feedback_id == feedback.id)).one()
    acknowledging.acknowledge(as_of(work, Who("staff", officer.id), 5, 11), case, UNDERSTOOD[story])
    return case
