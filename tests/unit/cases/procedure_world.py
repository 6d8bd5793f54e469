"""A case with points in the middle of its procedure, for the tests of points and remedies."""

from datetime import date
from typing import Any

from portal.cases import agreeing, happening, points
from portal.procedures.facts import Given
from portal.procedures.state import Doer, Event
from portal.records.account import Account, Role
from portal.records.case import Case
from portal.records.point import Point
from portal.work import Work
from tests import matters
from tests.unit.triage.matters import acting

WORDS = (
    "My review was moved and nobody asked me.",
    "My worker did not come twice.",
    "Nobody tells me who my worker is.",
)


def officer_of(work: Work) -> Account:
    """An officer, who acts from now on."""
    account = matters.make_account(work, Role.OFFICER, "points@council.example", "Robin Ashdown")
    acting(work, account)
    return account


def case_with_points(work: Work, count: int = 3, **more: Any) -> tuple[Case, list[Point]]:
    """A young person's statutory case, its points drafted and not sent."""
    if work.who.account_id is None:
        officer_of(work)
    case = matters.make_case(work, matters.make_feedback(work, **more))
    return case, points.add(work, case, WORDS[:count])


def let(work: Work, case: Case, event: Event, by: Doer = Doer.OFFICER, **given: Any) -> None:
    """Let something happen today."""
    on: date = given.pop("on", work.today)
    happening.happen(
        work, case, event, Given(on=on, by=by, account_id=work.who.account_id, **given)
    )


def sent(work: Work, case: Case) -> agreeing.Statement:
    """Send the points; gives what the person sees then."""
    let(work, case, Event.POINTS_SENT)
    work.session.flush()
    return agreeing.statement(work.session, case)
