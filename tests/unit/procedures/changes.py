"""A case as the rules see it, and changes to it, for the tests of the guards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from portal.procedures.facts import (
    AppointmentFacts,
    Facts,
    FindingFacts,
    Given,
    LeadFacts,
    PointFacts,
)
from portal.procedures.finding import Finding, Giver, PointState
from portal.procedures.procedure import StageKey, Track
from portal.procedures.state import AppointedAs, Doer, Event, State

TODAY = date(2026, 6, 10)
RECEIVED = date(2026, 6, 1)
ONE = timedelta(days=1)
Both = tuple[Facts, Given]
Change = Callable[[Facts, Given], Both]


def case(track: Track, state: State, stage: StageKey) -> Facts:
    """A case of one point without any finding, not yet due."""
    return Facts(
        track=track,
        stage=stage,
        state=state,
        received_on=RECEIVED,
        stage_opened_on=RECEIVED,
        today=TODAY,
        due_on=TODAY + 5 * ONE,
        latest_on=TODAY + 15 * ONE,
        next_stage=StageKey.STAGE_2,
        points=(PointFacts(1, PointState.AGREED), PointFacts(2, PointState.AGREED)),
    )


def given(by: Doer = Doer.OFFICER) -> Given:
    """What somebody gives today, without anything filled in."""
    return Given(on=TODAY, by=by, account_id=7)


def found(giver: Giver, finding: FindingFacts) -> Change:
    """Every point found on by one giver at the present stage."""

    def change(f: Facts, g: Given) -> Both:
        points = tuple(
            replace(p, findings={**p.findings, (f.stage, giver): finding}) for p in f.points
        )
        return replace(f, points=points), g

    return change


def facts(**fields: object) -> Change:
    """Facts with other fields."""
    return lambda f, g: (replace(f, **fields), g)  # type: ignore[arg-type]


def gave(**fields: object) -> Change:
    """Something else given."""
    return lambda f, g: (f, replace(g, **fields))  # type: ignore[arg-type]


def sitting(*people: tuple[AppointedAs, str], independent: bool = True) -> Change:
    """These people appointed at the present stage, besides everybody of other roles."""
    roles = {role for role, _ in people}

    def change(f: Facts, g: Given) -> Both:
        kept = tuple(one for one in f.appointments if one.role not in roles)
        new = tuple(AppointmentFacts(role, f.stage, person, independent) for role, person in people)
        return replace(f, appointments=kept + new), g

    return change


COMPLETE = FindingFacts(Finding.UPHELD, True)
NO_REASONS = FindingFacts(Finding.UPHELD, False)
AGREED = FindingFacts(None, False, resolved=True)
CHAIR, MEMBER = AppointedAs.PANEL_CHAIR, AppointedAs.PANEL_MEMBER
INVESTIGATOR, WATCHING = AppointedAs.INVESTIGATOR, AppointedAs.INDEPENDENT_PERSON
PANEL = ((CHAIR, "a"), (MEMBER, "b"), (MEMBER, "c"))


def watched_at_stage_2(person: str, ended: bool) -> Change:
    """Somebody was the independent person of stage 2."""

    def change(f: Facts, g: Given) -> Both:
        one = AppointmentFacts(WATCHING, StageKey.STAGE_2, person, True, ended)
        return replace(f, appointments=(*f.appointments, one)), g

    return change


def nobody(*roles: AppointedAs) -> Change:
    """Nobody in these roles."""
    return lambda f, g: (
        replace(f, appointments=tuple(o for o in f.appointments if o.role not in roles)),
        g,
    )


def happened(event: Event) -> Change:
    """Something happened before at this stage."""
    return lambda f, g: (replace(f, happened=f.happened | {event}), g)


def not_happened(event: Event) -> Change:
    """Something has not happened at this stage."""
    return lambda f, g: (replace(f, happened=f.happened - {event}), g)


def joined(**more: object) -> Change:
    """Joined to a lead that is still being answered."""

    def change(f: Facts, g: Given) -> Both:
        lead = replace(LeadFacts(f.track, f.stage, State.ANSWERING), **more)  # type: ignore[arg-type]
        return replace(f, joined_to=lead), g

    return change


def led(**more: object) -> Change:
    """A lead was chosen: an open complaint at the same step, unless said otherwise."""

    def change(f: Facts, g: Given) -> Both:
        lead = replace(LeadFacts(f.track, f.stage, State.ANSWERING), **more)  # type: ignore[arg-type]
        return f, replace(g, lead=lead, lead_id=5)

    return change


def same(f: Facts, g: Given) -> Both:
    """Nothing to change."""
    return f, g
