"""The door for children and young people."""

from flask import Blueprint

from portal.web.access import Access, opens_to
from portal.web.journey_copy import add_copy
from portal.web.journey_pages import NothingAsked, add_journey
from portal.web.thin import thin_page
from portal.web.young.questions import JOURNEY

pages = Blueprint("young", __name__)


@pages.get("/young-people/")
@opens_to(Access.EVERYONE)
def start() -> str:
    """Who it is for, who reads it, and how to leave: told before anything is asked."""
    return thin_page("young/start.html", journey=JOURNEY, form=NothingAsked(formdata=None))


add_journey(pages, JOURNEY)
add_copy(pages, JOURNEY)
