"""The blueprint of those who investigate, watch and sit, apart from its views."""

from typing import Any

from flask import Blueprint, abort, has_request_context, request
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import investigating
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.work import Who

pages = Blueprint("investigator", __name__, url_prefix="/investigators")


@pages.url_defaults
def keep_part(endpoint: str, values: dict[str, Any]) -> None:
    """Links and forms of a part's pages lead to the same part."""
    if has_request_context() and "part" in request.args and "public_id" in values:
        values.setdefault("part", request.args.get("part", type=int))


def who() -> Who:
    """Who acts: somebody from outside who is signed in."""
    return Who("staff", int(current_user.id))


def found_or_404(session: Session, public_id: str) -> tuple[Feedback, Case]:
    """The matter of an address and the part of it that they work in: the first of theirs, or the
    one that the address asks for."""
    feedback = session.scalar(select(Feedback).where(Feedback.public_id == public_id))
    if feedback is None:
        abort(404)
    mine = investigating.cases_of(session, feedback, int(current_user.id))
    part = request.args.get("part", type=int)
    found = next((case for case in mine if part is None or case.part == part), None)
    return (feedback, found) if found is not None else abort(404)
