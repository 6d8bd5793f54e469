"""The officers' blueprint, apart from its views, so that each view's file can import it."""

from typing import Any

from flask import Blueprint, abort, has_request_context, request
from flask_login import current_user
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.work import Who

pages = Blueprint("officer", __name__, url_prefix="/officers")


def part_asked() -> int:
    """Which part of a matter the address asks for: the first unless it says otherwise."""
    return request.args.get("part", 1, type=int)


@pages.url_defaults
def keep_part(endpoint: str, values: dict[str, Any]) -> None:
    """Links and forms of a part's pages lead to the same part, those of other matters do not."""
    if not has_request_context() or "part" in values or "part" not in request.args:
        return
    here = (request.view_args or {}).get("public_id")
    if here is not None and values.get("public_id") == here and part_asked() > 1:
        values["part"] = part_asked()


@pages.context_processor
def which_part() -> dict[str, str]:
    """What pages of a later part put after the reference, so that nobody takes it for the first."""
    return {"part_name": f", part {part_asked()}" if part_asked() > 1 else ""}


def staff() -> Who:
    """Who acts: whoever of the council is signed in. The view's rule has let nobody else in."""
    return Who("staff", int(current_user.id))


def feedback_or_404(session: Session, public_id: str) -> Feedback:
    """The feedback of an address, which the view's rule has found and found open already."""
    found = session.scalar(select(Feedback).where(Feedback.public_id == public_id))
    if found is None:
        abort(404)
    return found


def part_or_404(session: Session, public_id: str) -> tuple[Feedback, Case | None]:
    """The feedback of an address with its part that the address asks for, in one statement."""
    part = and_(Case.feedback_id == Feedback.id, Case.part == part_asked())
    wanted = select(Feedback, Case).outerjoin(Case, part).where(Feedback.public_id == public_id)
    found = session.execute(wanted).one_or_none()
    if found is None:
        abort(404)
    return found[0], found[1]
