"""The blueprint of those who investigate, watch and sit, apart from its views."""

from typing import Any

from flask import Blueprint, abort, has_request_context, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import conflicts, investigating
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
    one that the address asks for. Whoever has not said yet whether they have a conflict is sent to
    the page of the case, which asks."""
    feedback, case, must_say = case_or_404(session, public_id)
    if must_say:
        abort(redirect(case_address(public_id, case), 303))
    return feedback, case


def case_or_404(session: Session, public_id: str) -> tuple[Feedback, Case, bool]:
    """The same, and whether they have still to say if they have a conflict."""
    feedback = session.scalar(select(Feedback).where(Feedback.public_id == public_id))
    if feedback is None:
        abort(404)
    mine = investigating.appointments_of(session, feedback, int(current_user.id))
    part = request.args.get("part", type=int)
    found = next((one for one in mine if part is None or one[0].part == part), None)
    if found is None:
        abort(404)
    case, appointments = found
    return feedback, case, conflicts.unsaid(case, appointments)


def case_address(public_id: str, case: Case) -> str:
    """Where the page of a case lies.

    Args:
        public_id: the matter's.
        case: the part.
    """
    part: dict[str, Any] = {"part": case.part} if case.part > 1 else {}
    return url_for("investigator.case", public_id=public_id, **part)
