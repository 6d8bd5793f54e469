"""Pages that inform: accessibility, privacy, and how complaints work with the council's times."""

from datetime import date

from flask import Blueprint, render_template

from portal import clock
from portal.cases import drafts, tracking, years_kept
from portal.council import Council
from portal.db import db
from portal.procedures.matter import Length
from portal.procedures.retention import LONGER, KeptAs
from portal.procedures.working_days import Unit
from portal.web.access import Access, opens_to
from portal.web.information.steps import data_complaint_acknowledged, to_the_ombudsman
from portal.web.information.tested import criteria_told, results
from portal.web.information.timescales import length_in_words, span, timescales
from portal.web.sign_in import browser
from portal.work import counting_council, settings

pages = Blueprint("information", __name__)


@pages.get("/accessibility")
@opens_to(Access.EVERYONE)
def accessibility() -> str:
    """What works for whom, what does not, and what has not been tested (regulation 8)."""
    tested = results()
    days = counting_council(db.session()).accessibility.format_days
    return render_template(
        "information/accessibility.html",
        tested=tested,
        told=criteria_told(tested),
        format_time=length_in_words(Length(days, Unit.DAYS)),
    )


@pages.get("/privacy")
@opens_to(Access.EVERYONE)
def privacy() -> str:
    """What is kept, who sees it, and for how long."""
    return _privacy("information/privacy.html")


@pages.get("/young-people/privacy")
@opens_to(Access.EVERYONE)
def young_privacy() -> str:
    """The same in plain words."""
    return _privacy("information/young_privacy.html")


@pages.get("/how-complaints-work")
@opens_to(Access.EVERYONE)
def how_complaints_work() -> str:
    """The steps of each procedure, with the times that the council promises today."""
    council = counting_council(db.session())
    today = clock.today()
    return render_template(
        "information/how_complaints_work.html",
        procedures=timescales(council, today),
        to_the_ombudsman=to_the_ombudsman(council, today),
        data_complaint=data_complaint_acknowledged(council, today),
        rules=council.local_rules,
        length_in_words=length_in_words,
        span=span,
        today=today,
    )


@pages.get("/young-people/how-complaints-work")
@opens_to(Access.EVERYONE)
def young_how_complaints_work() -> str:
    """The same in plain words."""
    council = counting_council(db.session())
    today = clock.today()
    return render_template(
        "information/young_how_complaints_work.html",
        procedures=timescales(council, today),
        to_the_ombudsman=to_the_ombudsman(council, today),
        span=span,
        today=today,
    )


def _privacy(template: str) -> str:
    council, today = counting_council(db.session()), clock.today()
    return render_template(
        template,
        draft_hours=int(drafts.KEPT.total_seconds() // 3600),
        saved_days=drafts.SAVED.days,
        browser_days=browser.LIVES.days,
        words_minutes=int(drafts.WORDS_SHOWN.total_seconds() // 60),
        link_days=tracking.LINK_LIVES.days,
        texts=settings().text_gateway is not None,
        learns=council.learns_on(today),
        locked=bool(settings().data_keys),
        **_kept_for(council, today),
        data_complaint=data_complaint_acknowledged(council, today),
        span=span,
    )


def _kept_for(council: Council, today: date) -> dict[str, str]:
    """How long what is kept, in words; of two times for what people tell apart less, the longer."""
    named = {
        "complaint_time": (KeptAs.STATUTORY, KeptAs.CORPORATE, KeptAs.REFUSED),
        "comment_time": (KeptAs.COMPLIMENT, KeptAs.COMMENT, KeptAs.PASSED_ON),
        "longest_time": tuple(LONGER),
    }
    years = years_kept.in_force(db.session(), council, today).years
    return {
        name: length_in_words(Length(max(years[kind] for kind in kinds), Unit.YEARS))
        for name, kinds in named.items()
    }
