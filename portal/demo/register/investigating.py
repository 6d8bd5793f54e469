"""Statutory stage 2 and the panel of an invented complaint; the review at corporate stage 2."""

from collections.abc import Iterator
from datetime import date

from portal.demo.dates import working_days_after
from portal.demo.people import invent
from portal.demo.register import fees, words
from portal.demo.register.answering import Scene, conclude
from portal.demo.register.complaint import Onward
from portal.demo.register.learning import mark
from portal.demo.register.things_to_do import Thing, not_accepted, promised
from portal.procedures.finding import Finding, Giver
from portal.procedures.remedy import RemedyKind
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.state import MUST_DECLARE, AppointedAs, Doer, Event, Independence

REFUSED_ONE_IN = 15
"""Of so many recommendations one is not accepted."""


def investigate(scene: Scene, asked: date, onward: Onward) -> None:
    """Let a case go through statutory stage 2, and on to a panel where it does.

    Args:
        scene: the case, answered at stage 1.
        asked: the day on which stage 2 was asked for.
        onward: what became of it.
    """
    life, chance = scene.life, scene.chance
    life.happen(Event.NEXT_STAGE_ASKED, asked, Doer.PERSON)
    life.happen(Event.REQUEST_ACKNOWLEDGED, _later(asked, 2))
    # The statement has every point of stage 1, and most have more.
    missing = max(0, len(onward.points) - len(life.live_points()))
    for text in scene.book.points(scene.story, missing):
        life.add_point(text, _later(asked, 5))
    life.happen(Event.STATEMENT_SENT, _later(asked, 8))
    _appoint(scene, Event.INVESTIGATOR_APPOINTED, _later(asked, 10))
    _appoint(scene, Event.INDEPENDENT_PERSON_APPOINTED, _later(asked, 10))
    agreed = _later(asked, chance.randint(12, 20))
    life.happen(Event.STATEMENT_AGREED, agreed, Doer.PERSON)
    life.happen(Event.INVESTIGATION_BEGUN, _later(agreed, 1))
    if onward.open:
        return
    reported = _later(agreed, chance.randint(18, 60))
    scene.find(Giver.INVESTIGATOR, onward.points, reported)
    life.happen(Event.REPORTS_RECEIVED, reported)
    adjudicated = _later(reported, chance.randint(6, 13))
    scene.find(Giver.ADJUDICATOR, onward.points, adjudicated)
    settled = _recommended(scene, onward.recommendations, adjudicated)
    life.happen(Event.ADJUDICATED, adjudicated, Doer.ADJUDICATOR)
    fees.pay(life, adjudicated, scene.as_at)
    if onward.to_panel:
        following = ReportingYear.named(scene.complaint.year).before(-1)
        hold_panel(scene, max(_later(adjudicated, 8), _later(following.first_day, 3)), onward)
    else:
        conclude(scene, max(settled, _later(adjudicated, 25)))


def hold_panel(scene: Scene, asked: date, onward: Onward) -> None:
    """Let a case go through stage 3."""
    life = scene.life
    life.happen(Event.NEXT_STAGE_ASKED, asked, Doer.PERSON)
    life.happen(Event.PANEL_ACKNOWLEDGED, _later(asked, 2))
    _appoint(scene, Event.CHAIR_APPOINTED, _later(asked, 7))
    _appoint(scene, Event.PANELLIST_APPOINTED, _later(asked, 8))
    _appoint(scene, Event.PANELLIST_APPOINTED, _later(asked, 8))
    life.happen(Event.PAPERS_SENT, _later(asked, 15))
    held = _later(asked, scene.chance.randint(24, 29))
    life.happen(Event.PANEL_HELD, held)
    scene.find(Giver.PANEL, onward.points, _later(held, 4))
    life.happen(Event.PANEL_REPORTED, _later(held, 4))
    answered = _later(held, 15)
    scene.find(Giver.COUNCIL, onward.points, answered)
    settled = answered
    for kind, text in words.kinds("by_panel"):
        thing = Thing(Giver.PANEL, RemedyKind(kind), text)
        done = promised(life, scene.complaint.team, thing, answered, scene.as_at, scene.chance)
        settled = max(settled, done)
    mark(next(row for row in life.remedies if row["giver"] is Giver.PANEL))
    life.happen(Event.PANEL_ANSWERED, answered, Doer.ADJUDICATOR)
    fees.pay(life, answered, scene.as_at)
    conclude(scene, max(settled, _later(answered, 25)))


def review(scene: Scene, asked: date, onward: Onward) -> None:
    """Let a case go through the review at corporate stage 2."""
    life, chance = scene.life, scene.chance
    life.happen(Event.NEXT_STAGE_ASKED, asked, Doer.PERSON)
    life.happen(Event.REQUEST_ACKNOWLEDGED, _later(asked, 2))
    _appoint(scene, Event.REVIEWER_APPOINTED, _later(asked, 3))
    life.happen(Event.NEXT_STAGE_ACCEPTED, _later(asked, 3))
    if onward.open:
        return
    answered = _later(asked, chance.choice((14, 18, 22, 24, 25, 28, 33)))
    weighed = (Finding.PARTIALLY_UPHELD, Finding.NOT_UPHELD)
    scene.find(Giver.SERVICE, chance.choices(weighed, k=len(life.live_points())), answered)
    kind, text = chance.choice(words.kinds("by_review"))
    thing = Thing(Giver.SERVICE, RemedyKind(kind), text)
    settled = promised(life, scene.complaint.team, thing, answered, scene.as_at, chance)
    life.happen(Event.ANSWERED, answered, Doer.MANAGER)
    conclude(scene, max(settled, _later(answered, 25)))


def _recommended(scene: Scene, numbers: tuple[int, ...], on: date) -> date:
    """Recommendations by their number, most of them accepted."""
    known, settled = words.kinds("recommended"), on
    for number in numbers:
        kind, text = known[number % len(known)]
        thing = Thing(Giver.INVESTIGATOR, RemedyKind(kind), text)
        if scene.chance.randrange(REFUSED_ONE_IN) == 0:
            not_accepted(scene.life, scene.complaint.team, thing, on, scene.chance)
            continue
        done = promised(scene.life, scene.complaint.team, thing, on, scene.as_at, scene.chance)
        settled = max(settled, done)
    return settled


def _appoint(scene: Scene, event: Event, on: date) -> None:
    role = {
        Event.INVESTIGATOR_APPOINTED: AppointedAs.INVESTIGATOR,
        Event.REVIEWER_APPOINTED: AppointedAs.REVIEWER,
    }.get(event)
    declared = MUST_DECLARE[role] if role is not None else frozenset(Independence)
    # Nobody has two parts in one case.
    taken = {one["name"] for one in scene.life.appointments}
    name = next(name for name in _names(scene) if name not in taken)
    scene.life.happen(event, on, appointee_name=name, declared=declared)


def _names(scene: Scene) -> Iterator[str]:
    while True:
        yield invent(scene.chance).name


def _later(day: date, number: int) -> date:
    return working_days_after(day, number)
