"""The advocates' blueprint, apart from its views, so that each view's file can import it."""

from flask import Blueprint, abort
from flask_login import current_user
from sqlalchemy import select

from portal.db import db
from portal.records.feedback import Feedback
from portal.web.tracking.buttons import check_buttons
from portal.work import Who

pages = Blueprint("advocate", __name__, url_prefix="/advocates")
# These views' forms check their token themselves, so that they can show what was typed again.
check_buttons(
    pages,
    "join", "confirmed", "ask_officer", "say", "dispute_point", "next_step", "stop", "start",
    "draft", "add_note", "how_it_went",
)  # fmt: skip


def who() -> Who:
    """Who acts: the advocate who is signed in."""
    return Who("advocate", int(current_user.id))


def followed(public_id: str) -> Feedback:
    """The matter of an address, which the view's rule has found and found open already."""
    found = db.session.scalar(select(Feedback).where(Feedback.public_id == public_id))
    return found if found is not None else abort(404)
