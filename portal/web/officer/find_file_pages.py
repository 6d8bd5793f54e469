"""Saving what was found as a file: codes, days and tags, nobody's words; freshly confirmed."""

from collections.abc import Iterator, Mapping

from flask import Response, flash, redirect, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal import audit, clock
from portal.access.acts import Act
from portal.clock import LONDON
from portal.db import db
from portal.records.account import Account
from portal.records.case import Case
from portal.records.decision import Decision
from portal.records.feedback import Feedback
from portal.records.matter_tag import MatterTag
from portal.triage.find import results, searching
from portal.web.access import opens_to, visible
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.export_pages import AT_A_TIME, COLUMNS, line_of, values_of
from portal.web.officer.find_pages import SEARCH_ENDED, Search, search_of
from portal.work import begin_work

MORE = ("officer", "tags", "door", "nature", "outcome", "reason", "closed_on")


@pages.get("/find.csv", endpoint="find_file")
@opens_to(Act.EXPORT, fresh=True)
def find_file() -> ResponseReturnValue:
    """Everything that a search finds, a line each, as it stands now."""
    found = search_of(request.args.get("search", ""))
    if found is None:
        flash(SEARCH_ENDED)
        return redirect(url_for("officer.find"))
    with begin_work(staff()) as work:
        audit.note(work, "search_exported", None, [*COLUMNS, *MORE, *found.narrowed.named()])
    answer = Response(stream_with_context(_lines(found)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=found.csv"
    return answer


def _lines(found: Search) -> Iterator[str]:
    yield line_of([*COLUMNS, *MORE])
    session, today = db.session(), clock.today()
    names = {row.id: row.name for row in session.execute(select(Account.id, Account.name))}
    keys = results.keys_of_all(session, found.asked, found.narrowed, visible(), today)
    if keys is not None:
        for start in range(0, len(keys), AT_A_TIME):
            yield from _some(keys[start : start + AT_A_TIME], names)
        return
    after: str | None = None
    while True:
        some = searching.listed(session, found.narrowed, visible(), today, AT_A_TIME, after)
        yield from _some([one.id for one in some.places], names)
        if len(some.places) < AT_A_TIME:
            return
        after = some.places[-1].public_id


def _some(keys: list[int], names: Mapping[int, str]) -> Iterator[str]:
    session = db.session()
    tags: dict[int, list[str]] = {}
    tagged = select(MatterTag.feedback_id, MatterTag.tag).where(MatterTag.feedback_id.in_(keys))
    for key, tag in session.execute(tagged.order_by(MatterTag.id)):
        tags.setdefault(key, []).append(tag)
    wanted = (
        select(Feedback, Case, Decision)
        .outerjoin(Case, Case.feedback_id == Feedback.id)
        .outerjoin(Decision, Decision.feedback_id == Feedback.id)
    )
    # What may be seen is asked again: a file may be long in the making.
    lines: dict[int, list[str]] = {}
    for feedback, case, decision in session.execute(
        wanted.where(Feedback.id.in_(keys), visible()).order_by(Feedback.id, Case.part)
    ):
        officer = names.get(case.officer_id, "") if case is not None else ""
        more = [officer, " ".join(tags.get(feedback.id, ())), *_decided(feedback, case, decision)]
        lines.setdefault(feedback.id, []).append(line_of([*values_of(feedback, case), *more]))
    for key in keys:
        yield from lines.get(key, ())
    session.expunge_all()


def _decided(feedback: Feedback, case: Case | None, decision: Decision | None) -> list[str]:
    """The door, what was decided and why, and the London day on which the case closed."""
    of_it = [None] * 3 if decision is None else [decision.nature, decision.outcome, decision.reason]
    closed = case.closed_at if case is not None else None
    day = closed.astimezone(LONDON).date() if closed is not None else None
    return ["" if value is None else str(value) for value in (feedback.door, *of_it, day)]
