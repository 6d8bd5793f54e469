"""/audit/: auditors read and filter the trail; nobody changes it, and each reading is noted."""

import csv
import io
import json
from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from portal import audit
from portal.access.acts import Act
from portal.cases.addresses import email_key
from portal.db import db
from portal.records.account import Account
from portal.web.access import opens_to
from portal.web.audit import reading
from portal.web.audit.forms import FilterForm
from portal.web.officer.history import ACTORS, ACTS
from portal.work import Who, begin_work

pages = Blueprint("audit", __name__, url_prefix="/audit")
AT_A_TIME = 1000
COLUMNS = ("row", "at", "act", "by_kind", "by", "about", "about_key", "reference", "fields")


@pages.get("/")
@opens_to(Act.READ_AUDIT)
def trail() -> ResponseReturnValue:
    """One page of the trail."""
    form = FilterForm(request.args, meta={"csrf": False})
    form.offer(reading.acts(db.session()), ACTS)
    valid = form.validate()
    wanted = _filter(form) if valid else reading.Filter()
    page = request.args.get("page", "1")
    part = reading.read(
        db.session(), wanted, int(page) if page.isdecimal() and len(page) < 9 else 1
    )
    with begin_work(_who()) as work:
        audit.note(work, "audit_read", fields=form.used())
    return render_template(
        "audit/trail.html",
        form=form,
        part=part,
        query=form.as_query(),
        acts=ACTS,
        kinds=ACTORS,
    ), 200 if valid else 422


@pages.get("/trail.csv")
@opens_to(Act.READ_AUDIT, fresh=True)
def export() -> ResponseReturnValue:
    """The same rows as a file, the oldest first."""
    form = FilterForm(request.args, meta={"csrf": False})
    form.offer(reading.acts(db.session()), ACTS)
    wanted = _filter(form) if form.validate() else reading.Filter()
    with begin_work(_who()) as work:
        audit.note(work, "audit_exported", fields=form.used())
    answer = Response(stream_with_context(_lines(wanted)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=audit-trail.csv"
    return answer


def _lines(wanted: reading.Filter) -> Iterator[str]:
    yield _line(COLUMNS)
    last = 0
    while found := reading.every(db.session(), wanted, last, AT_A_TIME):
        for one in found:
            yield _line(
                (
                    one.id,
                    one.at.isoformat(),
                    one.act,
                    one.actor_kind,
                    one.name or "",
                    one.about_kind or "",
                    one.about_id or "",
                    one.matter or "",
                    json.dumps(one.fields),
                )
            )
        last = found[-1].id


def _line(values: tuple[object, ...]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()


def _filter(form: FilterForm) -> reading.Filter:
    typed = (form.person.data or "").strip()
    person = None
    if typed:
        wanted = select(Account).where(Account.email_key == email_key(typed))
        # Nobody of that address did anything: a filter that finds nothing, not one that is off.
        person = db.session.scalar(wanted) or Account(id=0)
    return reading.Filter(
        first_day=form.first_day.data,
        last_day=form.last_day.data,
        act=form.act.data or "",
        person=person,
        reference=form.reference.data or "",
    )


def _who() -> Who:
    return Who("staff", int(current_user.id))
