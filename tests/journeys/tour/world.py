"""A portal in which every page has something to show: the demo's data, somebody of every role with
a matter of each kind, and a matter for each thing that can happen to one."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import select

from portal.app import create_app
from portal.cases import (
    allocating,
    answerers,
    children,
    days_off,
    grants,
    handing_over,
    holding,
    papers,
    remedies,
    tasks,
)
from portal.cases.addresses import email_key
from portal.cases.happening import CannotHappen, NotYet
from portal.cases.remedies import NewRemedy
from portal.cases.remedy_dates import Counting
from portal.cases.tokens import make_public_id
from portal.cases.tracking import give_new_words
from portal.commands import demo_data
from portal.commands.background import run_round
from portal.commands.work import _load
from portal.demo import accounts
from portal.demo.sign_ins import OFFICER
from portal.errors import Refused
from portal.procedures.finding import Giver
from portal.procedures.handing_over import HandedOver
from portal.procedures.procedure import Track
from portal.procedures.remedy import Base, RemedyKind
from portal.procedures.state import Doer, Event, State
from portal.procedures.vocabulary import Area, Category, ProcedureCode, Team
from portal.records.account import Account, Role
from portal.records.bundle import BundleFor
from portal.records.case import Case, CaseStage
from portal.records.decision import Outcome
from portal.records.feedback import Feedback
from portal.records.mail import MailState
from portal.records.publication import Publication, PublicationState
from portal.triage import bundles, refusing
from portal.work import COMMAND, Work, begin_work
from tests import matters
from tests.architecture import access_world
from tests.conftest import settings_for
from tests.journeys.live import LOOPBACK
from tests.journeys.tour import dangers, drafts_and_reports, met
from tests.journeys.tour.doors import LONG_NAME, LONG_STORY
from tests.unit.cases import parted_world
from tests.unit.cases.driven_case import KINDS, DrivenCase, happens
from tests.unit.triage.matters import a_choice, a_feedback, acting
from tests.unit.triage.test_second_officer import DECLINED
from tests.unit.web.test_officer_mail import keep

E = Event
# What happens to a case of each track, one after the other. After each group there is a case that
# stands there; the givers find before they answer.
PATHS: dict[Track, Sequence[Sequence[Event]]] = {
    Track.STATUTORY: (
        (),
        (E.ACKNOWLEDGED, E.POINTS_SENT),
        (E.POINTS_AGREED, E.ANSWERED),
        (E.NEXT_STAGE_ASKED, E.INVESTIGATOR_APPOINTED),
        (E.INDEPENDENT_PERSON_APPOINTED, E.STATEMENT_SENT),
        (E.STATEMENT_AGREED, E.INVESTIGATION_BEGUN),
        (E.REPORTS_RECEIVED,),
        (E.ADJUDICATED,),
        (E.NEXT_STAGE_ASKED, E.PANEL_ACKNOWLEDGED, E.CHAIR_APPOINTED),
        (E.PANELLIST_APPOINTED, E.PANELLIST_APPOINTED, E.PAPERS_SENT),
        (E.PANEL_HELD,),
        (E.PANEL_REPORTED,),
        (E.PANEL_ANSWERED,),
    ),
    Track.CORPORATE: (
        (),
        (E.ACKNOWLEDGED, E.ANSWERED),
        (E.NEXT_STAGE_ASKED,),
        (E.NEXT_STAGE_ACCEPTED, E.REVIEWER_APPOINTED, E.ANSWERED),
    ),
    Track.OMBUDSMAN: (
        (),
        (E.ENQUIRY_RECEIVED,),
        (E.ENQUIRY_ANSWERED, E.DRAFT_RECEIVED),
        (E.DRAFT_COMMENTED, E.FINAL_RECEIVED),
    ),
    Track.MP_ENQUIRY: ((E.ANSWERED,),),
    Track.DATA_PROTECTION: ((E.ACKNOWLEDGED, E.ANSWERED),),
}
NEEDS_FINDINGS = {
    E.ANSWERED, E.REPORTS_RECEIVED, E.ADJUDICATED, E.PANEL_REPORTED, E.PANEL_ANSWERED,
}  # fmt: skip
BY_THE_PERSON = {E.POINTS_AGREED, E.NEXT_STAGE_ASKED, E.STATEMENT_AGREED}


@dataclass
class World:
    """The portal, everybody in it, and what is worth a stop: the ids of matters by name, those of
    cases on the way through a procedure, and reference and secret words of those that are followed
    at /track."""

    app: Flask
    people: access_world.World
    matters: dict[str, str]
    steps: list[str]
    followed: dict[str, tuple[str, str]]


def prepare(folder: Path, port: int, cases: int) -> Flask:
    """Make a demo: its database, its invented data, and a suggestion for what waits.

    Args:
        folder: holds the database.
        port: where it will be served.
        cases: how much feedback there is.
    """
    settings = settings_for(folder, PUBLIC_URL=f"http://{LOOPBACK}:{port}", HEARD_DEMO="1")
    app = create_app(settings)
    app.config["PASSWORD_COSTS"] = matters.LOW_COSTS
    with app.app_context():
        flask_migrate.upgrade()
    done = app.test_cli_runner().invoke(demo_data.command, ["--cases", str(cases)])
    assert done.exit_code == 0, done.output
    suggest = _load()
    with app.app_context():
        # A round makes so many suggestions and no more.
        while run_round(suggest).done.get("suggestions"):
            pass
    return app


def populate(app: Flask) -> World:
    """Put somebody of every role and a matter of every kind into a demo."""
    with app.app_context():
        people = access_world.build(app)
        world = World(app, people, {"of everybody": people.feedback_ids[access_world.OWN]}, [], {})
        with begin_work(COMMAND) as work:
            officer = accounts.open_for(work, OFFICER)
            acting(work, officer)
            # First: it counts every date anew, and would undo the one of `_late`.
            days_off.add(work, _a_working_day(work), "An invented day off")
            for made in (_waiting, dangers.add, _passed_on, _two_ways, _late, _refused):
                for name, feedback in made(work, officer).items():
                    world.matters[name] = feedback.public_id
            for track, path in PATHS.items():
                for many in range(1, len(path) + 1):
                    events = [event for group in path[:many] for event in group]
                    _add(world, work, track, _driven(work, officer, track, events))
                world.matters[track.value] = world.steps.pop()
            _given_out(work, officer)
            _from_outside(work)
            keep(work)
            keep(work, state=MailState.QUARANTINED)
            met.add(work)
        drafts_and_reports.add(world.matters["of everybody"])
        over = (world.matters[track.value] for track in (Track.CORPORATE, Track.STATUTORY))
        drafts_and_reports.say_how_it_went(*over)
    return world


def _a_working_day(work: Work) -> date:
    """One in about three weeks: only on such a day something changes when it is taken off."""
    days = (work.today + timedelta(days=many) for many in range(21, 35))
    return next(day for day in days if work.council.calendar.why_not_working(day) is None)


def _add(world: World, work: Work, track: Track, case: Case) -> None:
    feedback = work.session.get_one(Feedback, case.feedback_id)
    world.steps.append(feedback.public_id)
    if track is Track.STATUTORY:
        state = f"{case.stage_key} {case.procedure_state.value}"
        world.followed[state] = feedback.reference, give_new_words(work, feedback)


def _waiting(work: Work, officer: Account) -> dict[str, Feedback]:
    """What waits for a decision: told at length, and about two children."""
    long = matters.make_feedback(work, LONG_NAME, story=LONG_STORY)
    long.about_whom = LONG_NAME
    earlier = matters.make_feedback(work, None, story="Ned Larkspur's school has no place for him.")
    two = matters.make_feedback(work, None, story="Ivy Larkspur and Ned Larkspur had no visit.")
    work.session.flush()
    for feedback, names in ((earlier, ["Ned Larkspur"]), (two, ["Ivy Larkspur", "Ned Larkspur"])):
        for name in names:
            children.add(work, feedback, name)
    return {"long": long, "children": two}


def _passed_on(work: Work, officer: Account) -> dict[str, Feedback]:
    """A worry that nobody has taken, and thanks that may be published."""
    worry = matters.make_feedback(work, story="A neighbour hits the child.")
    work.session.flush()
    handing_over.record(work, worry, HandedOver.SAFEGUARDING, Team.FIRST_RESPONSE, "He is hit.")
    thanks = matters.make_feedback(work, story="Kim helped us every morning. Thank you, Kim.")
    work.session.flush()
    matters.decide(work, thanks, Outcome.THANKED, ProcedureCode.NONE, Category.COMPLIMENT, officer)
    work.session.add(
        Publication(
            public_id=make_public_id(), feedback_id=thanks.id, area=Area.EDUCATION,
            year=work.today.year, quarter=1, state=PublicationState.DRAFT,
            text="X helped us every morning. Thank you, X.",
        )
    )  # fmt: skip
    work.session.flush()
    return {"worry": worry, "thanks": thanks}


def _two_ways(work: Work, officer: Account) -> dict[str, Feedback]:
    """A matter in two parts, to which that of somebody else is joined, and one from two people."""
    case, _, bus = parted_world.two_points(work)
    parted_world.split(work, case, bus.number)
    lead, mp = parted_world.parent_and_mp(work)
    parted_world.join(work, mp, lead)
    _, second = parted_world.parent_and_mp(work)
    parted_world.join(work, second, case)
    found = (work.session.get_one(Feedback, one.feedback_id) for one in (case, lead, mp, second))
    return dict(zip(("parts", "lead", "joined", "joined to parts"), found, strict=True))


def _late(work: Work, officer: Account) -> dict[str, Feedback]:
    """A case due tomorrow with its holding letter drafted, and a promise that is overdue."""
    feedback = matters.make_feedback(work)
    case = matters.make_case(work, feedback, officer=officer)
    stage = work.session.scalars(select(CaseStage).where(CaseStage.case_id == case.id)).one()
    stage.due_on = work.today + timedelta(days=1)
    work.session.flush()
    assert holding.draft(work, stage.id) is not None
    counting = Counting(Base.DAY, day=work.today)
    promise = remedies.add(
        work, case,
        NewRemedy(Giver.SERVICE, RemedyKind.APOLOGY, "Say sorry.", Team.SEND, counting),
    )  # fmt: skip
    promise.due_on = work.today - timedelta(days=1)
    work.session.flush()
    return {"late": feedback}


def _refused(work: Work, officer: Account) -> dict[str, Feedback]:
    """A no that waits for a second officer."""
    feedback = a_feedback(work)
    refusing.propose_decision(work, feedback, a_choice(**DECLINED))
    return {"refused": feedback}


def _given_out(work: Work, officer: Account) -> None:
    """A case with the manager of its team, and a question to each of the people of the tour."""
    case = matters.make_case(work, matters.make_feedback(work), officer=officer)
    case.officer_id = officer.id
    work.session.flush()
    offered = answerers.offer(work, case).offered
    if offered is not None:
        allocating.allocate(work, case, offered)
    for account in work.session.scalars(select(Account)).all():
        with suppress(Refused):
            tasks.ask(work, case, account, "On which day was the pass sent?", work.today)


def _from_outside(work: Work) -> None:
    """Each investigation is open to the investigating officer of the tour, with its papers."""
    key = email_key(f"{Role.INVESTIGATOR.value}@people.example")
    account = work.session.scalars(select(Account).where(Account.email_key == key)).one()
    found = select(Case).where(Case.procedure_state == State.INVESTIGATING)
    for case in work.session.scalars(found).all():
        feedback = work.session.get_one(Feedback, case.feedback_id)
        with suppress(Refused):
            grants.give(work, feedback, account, work.today + timedelta(days=30))
        codes = {paper.code for paper in papers.every(work.session, feedback)}
        papers.choose(work, feedback, case, codes)
        bundles.ask(work, feedback, case, BundleFor.INVESTIGATOR, codes)


def _driven(work: Work, officer: Account, track: Track, path: Sequence[Event]) -> Case:
    """A case in which these things have happened, as far as the rules let them happen in a day."""
    one = DrivenCase.__new__(DrivenCase)
    one.work, one.officer, one.lead = work, officer, None
    one.case = matters.make_case(work, a_feedback(work), officer=officer, **KINDS[track])
    work.session.flush()
    one.add_point()
    for event in path:
        for giver in Giver if event in NEEDS_FINDINGS else ():
            with suppress(Refused):
                one.find(giver, "found")
        with suppress(NotYet, CannotHappen):
            happens(one, event, by=Doer.PERSON if event in BY_THE_PERSON else Doer.OFFICER)
    return one.case
