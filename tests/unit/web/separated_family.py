"""Two parents of one child, who live apart; one hides where, and from whom. Both matters have been
lived through together, for the tests that read what each reader sees of the other parent's."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.attachments import checking, storing
from portal.cases import (
    advocacy,
    children,
    chronology,
    grants,
    handing_over,
    messages,
    papers,
    points,
    roles,
    sign_ins,
    suggested_links,
    supporters,
)
from portal.cases.receiving import NewParty
from portal.cases.safe_contact_rules import ContactRule
from portal.cases.tokens import make_public_id
from portal.commands import finding
from portal.commands.bundles import make_bundles
from portal.db import db
from portal.procedures.finding import Giver
from portal.procedures.handing_over import HandedOver
from portal.procedures.remedy import RemedyKind, RemedyState
from portal.procedures.state import Event
from portal.procedures.vocabulary import Relationship, Team
from portal.records.account import Account, Role
from portal.records.agreed_scope import Scope
from portal.records.bundle import BundleFor
from portal.records.case import Case
from portal.records.feedback import ContactWay, Door, Feedback
from portal.records.message import Sender
from portal.records.party import PartyRole
from portal.records.remedy import Remedy
from portal.records.suggested_link import LinkGround
from portal.triage import bundles
from portal.work import PUBLIC, WORKER, Who, Work, begin_work
from tests import matters
from tests.signing_in import let_in
from tests.unit.cases.parted_world import find_on, happens, join

CHILD = "Ivy Larkspur"
ADDRESS = "17 Kestrel Mews\nStafford\nZZ99 7ZZ"
HERS = "The taxi for Ivy has a quillow in it that we chose, and since May it has come too late."
HIS = "The taxi for Ivy came late on eleven days, and the driver left her at the wrong gate."
SAID = "Please write quintain on the envelope."
# What she told, and what stands nowhere but on her own matter.
SECRETS = (
    "Kestrel", "ZZ99 7ZZ", "quillow", "quintain", "07700 900111", "07700900111", "Hazel",
    "hazel@", "Basil must never",
)  # fmt: skip


@dataclass
class Family:
    """Both matters, and who acts in them."""

    app: Flask
    hers: Feedback
    his: Feedback
    officer: FlaskClient
    advocate: FlaskClient
    manager: FlaskClient
    investigator: FlaskClient
    supporter: FlaskClient


def family_of(app: Flask) -> Family:
    """Make both matters, and a browser for each of those who act in his."""
    with begin_work(WORKER) as work:
        made = _matters(work)
        keys = [one.id for one in made]
        people = _people(work)
        work.who = Who("staff", people[0].id)
        _live_through(work, *made)
        advocacy.join(work, people[1].id, made[1], matters.AGREED)
        roles.join_team(work, people[2], Team.CARE_PLANNING_COURT, work.today)
        grants.give(work, made[1], people[3], work.today + timedelta(days=30))
        for one in made:
            _papers(work, one)
        tokens = [sign_ins.begin(work, one, "a test") for one in people]
    with begin_work(PUBLIC) as work:
        his = work.session.get_one(Feedback, keys[1])
        last_day = work.today + timedelta(days=7)
        _, link = supporters.offer(work, his, "Jo", frozenset(Scope), last_day)
    finding.index()
    browsers = [app.test_client() for _ in (*tokens, link)]
    for browser, token in zip(browsers, tokens, strict=False):
        let_in(browser, token)
    assert browsers[-1].post(f"/supporter/link/{link}").status_code == 303
    both = [db.session.get_one(Feedback, key) for key in keys]
    return Family(app, *both, *browsers)


def _people(work: Work) -> list[Account]:
    return [
        matters.make_account(work, Role.OFFICER, "o@council.example", "Olive Officer"),
        matters.make_account(work),
        matters.make_account(work, Role.TEAM_MANAGER, "m@council.example", "Moss Manager"),
        matters.make_account(work, Role.INVESTIGATOR, "i@outside.example", "Iris Outside"),
    ]


def _matters(work: Work) -> tuple[Feedback, Feedback]:
    hers = matters.make_feedback(
        work,
        door=Door.EVERYONE,
        story=HERS,
        relationship_said=Relationship.PARENT,
        contact_way=ContactWay.POST,
        contact_rule=ContactRule(neutral=True, not_to_see="Basil must never see a letter"),
        parties=(
            NewParty(
                PartyRole.COMPLAINANT, "Hazel Larkspur", "hazel@home.example", "07700 900111",
                ADDRESS,
            ),
        ),
    )  # fmt: skip
    his = matters.make_feedback(
        work,
        door=Door.EVERYONE,
        story=HIS,
        relationship_said=Relationship.PARENT,
        contact_way=ContactWay.EMAIL,
        parties=(NewParty(PartyRole.COMPLAINANT, "Basil Thornby", "basil@home.example"),),
    )
    for one in (hers, his):
        children.add(work, one, CHILD)
    return hers, his


def _live_through(work: Work, hers: Feedback, his: Feedback) -> None:
    """Cases of both; hers leads his, and each is written to and answered."""
    suggested_links.suggest(work, his, hers, LinkGround.SUBJECT_REFERENCE)
    messages.add(work, hers, Sender.PERSON, SAID)
    messages.add(work, his, Sender.PERSON, "When may I ring you?")
    lead, case = (matters.make_case(work, one) for one in (hers, his))
    work.session.flush()
    points.add(work, lead, (HERS,))
    points.add(work, case, (HIS,))
    join(work, case, lead)
    find_on(work, lead, "The taxi was late.")
    happens(work, lead, Event.ANSWERED, words="The taxi comes on time from Monday.")


def _papers(work: Work, feedback: Feedback) -> None:
    """What has an address of its own below a matter: a file, a promise, something passed on, papers
    that were chosen."""
    storing.keep(work, checking.check("a.txt", b"The bus came late."), feedback=feedback)
    handing_over.record(work, feedback, HandedOver.SERVICE_REQUEST, Team.SEND, "A pass.")
    case = work.session.scalars(select(Case).where(Case.feedback_id == feedback.id)).one()
    work.session.add(
        Remedy(
            public_id=make_public_id(), case_id=case.id, stage_key=case.stage_key,
            giver=Giver.SERVICE, kind=RemedyKind.APOLOGY, text="Say sorry.",
            state=RemedyState.PROMISED, team=Team.SEND, made_at=work.now,
            made_by_id=work.who.account_id,
        )
    )  # fmt: skip
    codes = {paper.code for paper in papers.every(work.session, feedback)}
    papers.choose(work, feedback, case, codes)


def a_bundle(feedback: Feedback, for_whom: BundleFor) -> str:
    """Have a bundle made with all that its reader may have, as it was proposed; its public id."""
    with begin_work(WORKER) as work:
        case = work.session.scalars(select(Case).where(Case.feedback_id == feedback.id)).one()
        work.who = Who("staff", case.opened_by_id)
        every = chronology.whole(work.session, feedback, case)
        codes = {paper.code for paper in every if chronology.may_have(for_whom, paper)}
        bundle = bundles.ask(work, feedback, case, for_whom, codes)
        work.session.flush()
        bundles.check(work, case, bundle, {}, bundle.version)
        public_id = bundle.public_id
    assert make_bundles() == 1
    return public_id


def told_in(text: str) -> list[str]:
    """Which of what she told stands in a text."""
    return [secret for secret in SECRETS if secret.casefold() in text.casefold()]
