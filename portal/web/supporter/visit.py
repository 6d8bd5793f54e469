"""The cookie of a supporter's browser: a random token, as long as the link was made for."""

from datetime import timedelta

from flask import request
from sqlalchemy import select
from werkzeug.wrappers import Response

from portal import clock
from portal.cases import supporters
from portal.db import db
from portal.records.feedback import Feedback
from portal.records.supporter import Supporter
from portal.work import settings

COOKIE = "heard_supporter"


def supporter_now() -> tuple[Supporter, Feedback] | None:
    """The supporter of this browser and their matter; None when it has ended or never was."""
    session = db.session()
    found = supporters.visiting(session, request.cookies.get(COOKIE), clock.today())
    if found is None:
        return None
    wanted = select(Feedback).where(Feedback.id == found.feedback_id)
    return found, session.scalars(wanted).one()


def give(response: Response, token: str, supporter: Supporter) -> None:
    """Set the cookie, for as long as the link was made for."""
    assert supporter.last_day is not None
    days = (supporter.last_day - clock.today()).days + 1
    response.set_cookie(
        COOKIE,
        token,
        max_age=timedelta(days=days),
        httponly=True,
        samesite="Lax",
        secure=settings().public_url.startswith("https://"),
    )


def take_away(response: Response) -> None:
    """Make the browser forget it."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
