"""What the tests of officers' pages of parts and joined cases begin with."""

from typing import Any

from sqlalchemy import select

from portal import clock
from portal.records.account import Account
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.work import WORKER, Who, begin_work
from tests.unit.cases.parted_world import (
    split,
    two_points,
)


def act(do: Any) -> Any:
    """Something that was done before, by the officer who is signed in."""
    with begin_work(WORKER) as work:
        account = work.session.scalars(select(Account).order_by(Account.id)).first()
        assert account is not None
        work.who = Who("staff", account.id)
        return do(work)


def a_matter(make: Any) -> str:
    """The public id of the matter that a function makes the first case of."""
    return str(act(lambda work: work.session.get_one(Feedback, make(work).feedback_id).public_id))


def today() -> dict[str, list[str]]:
    day = clock.today()
    return {"on": [str(day.day), str(day.month), str(day.year)]}


def in_two_parts(work: Any) -> Case:
    case, *_ = two_points(work)
    split(work, case, 2)
    return case
