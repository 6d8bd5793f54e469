"""Which report the address of a page asks for, and who may see it."""

from typing import Any

from flask import abort, request
from flask_login import current_user

from portal import clock
from portal.access.acts import Act
from portal.db import db
from portal.errors import Refused
from portal.procedures.vocabulary import Team
from portal.reports import asking
from portal.reports.annual.table import AnnualReport
from portal.reports.asking import NoSuchReport, Question
from portal.web.access import may
from portal.work import counting_council


class OtherTeam(Refused):
    """Somebody who sees their own teams' figures asked for another's."""

    title = "This team’s report is not open to you"
    message = "You can see the report of the whole council, and of each of your teams."
    status = 409


def teams() -> tuple[Team, ...]:
    """The teams whose own report the signed-in person may see."""
    own: frozenset[Team] = current_user.person.teams
    return tuple(team for team in Team if may(Act.WRITE_REPORT) or team in own)


def question(year: str) -> Question:
    """What a page's address asks for.

    Args:
        year: from its path; one that there is not has no page.

    Raises:
        OtherTeam: the team is none of the reader's.
    """
    asked = {name: request.args.get(name, "") for name in ("quarter", "team")}
    try:
        found = asking.question(
            counting_council(db.session()), clock.today(), {"year": year, **asked}
        )
    except NoSuchReport:
        abort(404)
    if found.team is not None and found.team not in teams():
        raise OtherTeam
    return found


def whole(year: str) -> Question:
    """The whole year's report, which is what is written on and published."""
    return Question(question(year).year)


def report_of(asked: Question, *, anew: bool = False) -> AnnualReport:
    """Give the report that is asked for, outside any act: counting may take half a minute."""
    session = db.session()
    return asking.answer(session, counting_council(session), asked, clock.today(), anew=anew)


def address_values(asked: Question) -> dict[str, Any]:
    """The parts of an address that lead to the same report."""
    found: dict[str, Any] = {"year": asked.year.name}
    if asked.quarter is not None:
        found["quarter"] = str(asked.quarter)
    if asked.team is not None:
        found["team"] = asked.team.value
    return found
