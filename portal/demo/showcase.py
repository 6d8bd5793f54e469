"""Matters that the demo shows whole: one followed by its advocate and given to an investigator, one
not yet followed, one about a manager, which is closed to her, and a no that waits for a second
officer.

Done by the same acts as real ones, each at its own moment in the days before.
"""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from portal import bank_holidays, clock
from portal.cases import acknowledging, advocacy, grants, late_test, messages, named_persons
from portal.cases.advocacy_consent import Agreed
from portal.cases.late_test import Halves
from portal.cases.promises import first_promises
from portal.cases.receiving import NewFeedback, NewParty, receive
from portal.correspondence import outbox
from portal.demo import accounts
from portal.demo.arrivals import on_clock
from portal.demo.sign_ins import (
    ABOUT_A_MANAGER,
    ADVOCATE,
    FOLLOWED,
    INVESTIGATOR,
    OFFICER,
    REFUSAL_WAITS,
    TEAM_MANAGER,
    TO_BE_JOINED,
    Opening,
)
from portal.procedures.refusal import RefusalReason
from portal.procedures.screening import Screening
from portal.procedures.vocabulary import (
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.account import Account
from portal.records.agreed_scope import Scope
from portal.records.case import Case
from portal.records.decision import Outcome
from portal.records.feedback import Channel, ContactWay, Door, Feedback
from portal.records.message import Sender
from portal.records.outbox_letter import LetterKind
from portal.records.party import PartyRole
from portal.triage import deciding, refusing
from portal.triage.choice import Choice
from portal.work import PUBLIC, Who, Work

STORY_FOLLOWED = (
    "I've had four social workers since last Christmas. The new one was meant to come on the 3rd "
    "and then on the 10th and she didn't come both times and nobody said. I only found out my "
    "review got moved because my carer's diary had it in. I'm 15, it's MY review. I want to know "
    "who my social worker is and I want to be asked before things get moved."
)
STORY_TO_BE_JOINED = (
    "im in a new placement since half term and all my stuff is still at the old one. my school "
    "bag and my photos of my nan. everyone says they will sort it. its been 5 weeks. can someone "
    "please just go and get it"
)
STORY_ABOUT_A_MANAGER = (
    "I asked for a meeting about my money and the manager Bryony talked over me the whole time and "
    "said people like me always want more. My support worker heard it. I don't want her to be the "
    "one who answers this."
)
UNDERSTOOD = (
    "You have had four social workers in a year. Your new one missed two visits without telling "
    "you. Your review was moved and you were not asked. You want to know who your social worker "
    "is, and to be asked before things are moved."
)


STORY_OF_LAST_YEAR = (
    "The Christmas before last the contact centre cut my hour with my daughter to twenty minutes"
    " and nobody ever said sorry. I have only now got round to writing. I want to know who decided"
    " it."
)
LOOKED_AT = "The contact log of that week, and our letters to him of the same month."
FOURTEEN_MONTHS = timedelta(days=426)
BOTH_HALVES = Halves(
    procedure=ProcedureCode.STATUTORY,
    arose_on=date(2020, 1, 1),
    knew_on=None,
    no_sooner=False,
    no_sooner_reasons="He wrote to us twice about other things in the same month.",
    still_fair=False,
    still_fair_reasons="The centre has closed. Nobody who was there that day can be asked.",
)
TOO_LATE = Choice(
    category=Category.COMPLAINT,
    team=Team.CARE_PLANNING_COURT,
    procedure=ProcedureCode.DUTY,
    relationship=Relationship.PARENT,
    risk=Risk.NONE,
    outcome=Outcome.DECLINED,
    nature=Nature.STANDARD_OF_SERVICE,
    reason=RefusalReason.OUT_OF_TIME_STATUTORY,
    explanation=(
        "It happened more than a year before you wrote. You wrote to us about other things at that"
        " time, and nobody who was there can be asked any more. We are sorry that it was so short."
    ),
)

AGREED = Agreed(frozenset(Scope), "Face to face at her school: Mina can do all of it for her.")


def show(work: Work) -> None:
    """Make the demo's accounts and its four matters, those that are not there yet.

    Args:
        work: the open act of a demo.
    """
    accounts.open_everybody(work)
    officer, advocate = accounts.open_for(work, OFFICER), accounts.open_for(work, ADVOCATE)
    if is_free(work, FOLLOWED):
        _followed(work, officer, advocate)
    if is_free(work, TO_BE_JOINED):
        _receive(as_of(work, PUBLIC, 2, 19), TO_BE_JOINED, "Kai", STORY_TO_BE_JOINED)
    if is_free(work, ABOUT_A_MANAGER):
        _about_a_manager(work, officer)
    if is_free(work, REFUSAL_WAITS):
        _proposed_no(work, officer)


def _followed(work: Work, officer: Account, advocate: Account) -> None:
    office, outside = Who("staff", officer.id), Who("advocate", advocate.id)
    feedback = _receive(as_of(work, PUBLIC, 6, 17), FOLLOWED, "Jaya", STORY_FOLLOWED)
    deciding.confirm(as_of(work, office, 5, 10), feedback, _choice())
    _acknowledge(as_of(work, office, 5, 11), feedback)
    advocacy.join(as_of(work, outside, 4, 15), advocate.id, feedback, AGREED)
    _ask(as_of(work, office, 2, 14), feedback, officer)
    investigator = accounts.open_for(work, INVESTIGATOR)
    until = work.today + timedelta(days=60)
    grants.give(as_of(work, office, 2, 15), feedback, investigator, until)
    reply = "Thursday is OK. Can Mina be there too?"
    messages.add(as_of(work, PUBLIC, 1, 18), feedback, Sender.PERSON, reply)


def _receive(work: Work, opening: Opening, name: str, story: str) -> Feedback:
    new = NewFeedback(
        channel=Channel.WEB,
        door=Door.YOUNG_PEOPLE,
        story=story,
        contact_way=ContactWay.EMAIL,
        category_said=Category.COMPLAINT,
        relationship_said=Relationship.YOUNG_PERSON,
        advocate_wanted="yes",
        parties=(NewParty(PartyRole.COMPLAINANT, name, f"{name.lower()}@home.example"),),
        reference=opening.reference,
        words=opening.words,
    )
    feedback = receive(work, new)
    promises = first_promises(work.council, feedback.received_on, None)
    facts = {"link": None, "promises": promises}
    outbox.post(work, LetterKind.RECEIPT, feedback, facts, automatic=True)
    work.session.flush()
    return feedback


def _about_a_manager(work: Work, officer: Account) -> None:
    office = Who("staff", officer.id)
    arrived = as_of(work, PUBLIC, 4, 18)
    feedback = _receive(arrived, ABOUT_A_MANAGER, "Remi", STORY_ABOUT_A_MANAGER)
    feedback.about_whom = "The manager, Bryony"
    feedback.persons_unsettled = True
    choice = _choice(Nature.STAFF_CONDUCT)
    deciding.confirm(as_of(work, office, 3, 9), feedback, choice)
    manager = accounts.open_for(work, TEAM_MANAGER)
    named_persons.link(as_of(work, office, 3, 10), feedback, manager)
    named_persons.settle(as_of(work, office, 3, 10), feedback)


def _proposed_no(work: Work, officer: Account) -> None:
    """A complaint of 14 months ago: both halves of the test are weighed, and a no is proposed."""
    office = Who("staff", officer.id)
    arrived = as_of(work, PUBLIC, 3, 12)
    new = NewFeedback(
        channel=Channel.WEB,
        door=Door.EVERYONE,
        story=STORY_OF_LAST_YEAR,
        contact_way=ContactWay.EMAIL,
        category_said=Category.COMPLAINT,
        relationship_said=Relationship.PARENT,
        parties=(NewParty(PartyRole.COMPLAINANT, "Marlow Quint", "marlow@home.example"),),
        reference=REFUSAL_WAITS.reference,
        words=REFUSAL_WAITS.words,
    )
    feedback = receive(arrived, new)
    work.session.flush()
    later = as_of(work, office, 1, 15)
    late_test.record(later, feedback, replace(BOTH_HALVES, arose_on=later.today - FOURTEEN_MONTHS))
    work.session.flush()
    asked = Screening("Bryony Tarrant, team manager", later.today, LOOKED_AT)
    refusing.propose_decision(later, feedback, replace(TOO_LATE, screening=asked))


def _choice(nature: Nature = Nature.COMMUNICATION) -> Choice:
    return Choice(
        category=Category.COMPLAINT,
        team=Team.CARE_PLANNING_COURT,
        procedure=ProcedureCode.STATUTORY,
        relationship=Relationship.YOUNG_PERSON,
        risk=Risk.NONE,
        outcome=Outcome.CASE_OPENED,
        nature=nature,
    )


def _acknowledge(work: Work, feedback: Feedback) -> None:
    case = work.session.scalars(select(Case).where(Case.feedback_id == feedback.id)).one()
    acknowledging.acknowledge(work, case, UNDERSTOOD)


def _ask(work: Work, feedback: Feedback, officer: Account) -> None:
    question = "Your new social worker is Nadia. She can come on Thursday after school. Is that OK?"
    messages.add(work, feedback, Sender.COUNCIL, question, account_id=officer.id)
    outbox.post(work, LetterKind.NEW_MESSAGE, feedback)


def is_free(work: Work, opening: Opening) -> bool:
    """Whether no matter of the demo has a reference yet."""
    wanted = select(Feedback.id).where(Feedback.reference == opening.reference)
    return work.session.scalar(wanted) is None


def as_of(work: Work, who: Who, days_ago: int, hour: int) -> Work:
    """The same transaction, as if it were some working days ago.

    Args:
        work: the open act of a demo.
        who: who acts then.
        days_ago: how many working days ago.
        hour: on a London clock, twelve minutes past it.
    """
    moment = on_clock(_working_days_before(work.today, days_ago), hour, 12)
    return replace(work, who=who, now=moment, today=clock.london_date(moment))


def _working_days_before(day: date, number: int) -> date:
    calendar = bank_holidays.bundled()
    while number > 0:
        day -= timedelta(days=1)
        number -= calendar.why_not_working(day) is None
    return day
