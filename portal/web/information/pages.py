"""Pages that inform: accessibility, privacy, and how complaints work with the council's times."""

from flask import Blueprint, render_template

from portal import clock
from portal.cases import drafts, tracking
from portal.web.access import Access, opens_to
from portal.web.information.timescales import timescales
from portal.work import council, settings

pages = Blueprint("information", __name__)


@pages.get("/accessibility")
@opens_to(Access.EVERYONE)
def accessibility() -> str:
    """What works for whom, what does not, and what has not been tested."""
    return render_template("information/accessibility.html")


@pages.get("/privacy")
@opens_to(Access.EVERYONE)
def privacy() -> str:
    """What is kept, who sees it, and for how long."""
    return render_template(
        "information/privacy.html",
        draft_hours=_hours(drafts.KEPT.total_seconds()),
        words_minutes=int(drafts.WORDS_SHOWN.total_seconds() // 60),
        link_days=tracking.LINK_LIVES.days,
        texts=settings().text_gateway is not None,
    )


@pages.get("/how-complaints-work")
@opens_to(Access.EVERYONE)
def how_complaints_work() -> str:
    """The steps of each procedure, with the times that the council promises today."""
    today = clock.today()
    return render_template(
        "information/how_complaints_work.html",
        procedures=timescales(council(), today),
        today=today,
    )


def _hours(seconds: float) -> int:
    return int(seconds // 3600)
