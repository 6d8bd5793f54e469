"""The first page with its two doors, the journey for everyone, and the way out."""

from contextlib import suppress

from flask import Blueprint, redirect, render_template, session
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from portal.web import draft_cookie
from portal.web.access import Access, opens_to
from portal.web.journey_copy import add_copy
from portal.web.journey_pages import NothingAsked, add_journey
from portal.web.journey_saving import add_saving
from portal.web.public.questions import JOURNEY

pages = Blueprint("public", __name__)
# A page that anyone might have open, and that tells nobody anything.
AWAY = "https://www.bbc.co.uk/weather"


@pages.get("/")
@opens_to(Access.EVERYONE)
def start() -> str:
    """The two doors."""
    return render_template("public/start.html")


@pages.get("/give-feedback")
@opens_to(Access.EVERYONE)
def begin() -> str:
    """What to know before the first question."""
    return render_template("public/begin.html", journey=JOURNEY, form=NothingAsked(formdata=None))


@pages.get("/exit")
@opens_to(Access.EVERYONE)
def leave() -> ResponseReturnValue:
    """Leave at once: what was opened is closed, and what was sent cannot be come back to with
    "Back". What is not sent is kept unless its owner deletes it, because whoever had to leave in a
    hurry should not have to write it a second time. Nothing in the database changes."""
    session.clear()
    response = redirect(AWAY)
    # A database that does not answer must hold nobody here.
    with suppress(SQLAlchemyError):
        draft_cookie.take_away_sent(response)
    return response


add_journey(pages, JOURNEY)
add_saving(pages, JOURNEY)
add_copy(pages, JOURNEY)
