"""What the menu of the officers' pages counts: on every page of whoever may see it."""

from typing import Any

from sqlalchemy import Select, func, select

from portal.access.acts import Act
from portal.cases import danger
from portal.db import db
from portal.records.feedback import Feedback
from portal.records.wall import GlassBreak
from portal.web.access import may, visible
from portal.web.officer.blueprint import pages
from portal.web.once import once


@pages.context_processor
def counts() -> dict[str, int]:
    """Alerts that nobody has taken, and emergencies that nobody has looked at, in one statement."""
    # Asked once: every part that a template includes asks for the context anew.
    return once("menu", None, _counted)


def _counted() -> dict[str, int]:
    wanted: dict[str, Select[Any]] = {}
    if may(Act.LIST):
        wanted["alerts_untaken"] = danger.counting_untaken(visible())
    if may(Act.REVIEW_GLASS):
        unseen = select(func.count(GlassBreak.id)).join(Feedback)
        wanted["emergencies"] = unseen.where(GlassBreak.seen_at.is_(None), visible())
    if not wanted:
        return {}
    row = db.session.execute(select(*(one.scalar_subquery() for one in wanted.values()))).one()
    return dict(zip(wanted, row, strict=True))
