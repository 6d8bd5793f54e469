"""The next dates of an advocate's matters as a calendar file: references, and nobody's name."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import audit
from portal.access.acts import Act
from portal.cases import followed_matters
from portal.web import calendar_file
from portal.web.access import opens_to
from portal.web.advocate import listing
from portal.web.advocate.blueprint import pages, who
from portal.web.calendar_file import Day
from portal.work import begin_work, settings


@pages.get("/dates.ics")
@opens_to(Act.FOLLOW_LIST)
def calendar() -> ResponseReturnValue:
    """The dates of the matters that the advocate follows now."""
    with begin_work(who()) as work:
        mine = followed_matters.matters(work.session, int(current_user.id))
        rows = listing.rows(work.session, work.council, mine, work.today)
        audit.note(work, "calendar_saved")
        days = [_day(row) for row in rows]
        return calendar_file.answer([day for day in days if day is not None], work.now, "dates.ics")


def _day(row: listing.Row) -> Day | None:
    if row.next_on is None:
        return None
    link = settings().public_url + url_for("advocate.matter", public_id=row.public_id)
    summary = f"{row.reference}: the council’s next date"
    return Day(f"next-{row.public_id}", row.next_on, summary, link)
