"""/audit/: auditors read and filter the trail; nobody changes it, and each reading is noted."""

import csv
import io
import json
from collections.abc import Iterator

from flask import (
    Blueprint,
    Response,
    abort,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
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
from portal.web.audit.act_words import in_words
from portal.web.audit.forms import FilterForm
from portal.web.officer.history import ACTORS
from portal.work import Who, begin_work

pages = Blueprint("audit", __name__, url_prefix="/audit")
AT_A_TIME = 1000
COLUMNS = ("row", "at", "act", "by_kind", "by", "about", "about_key", "reference", "fields")


@pages.get("/")
@opens_to(Act.READ_AUDIT)
def trail() -> ResponseReturnValue:
    """One page of the trail, narrowed as its address says."""
    return _page(_form_of_address(), _by_of_address())


@pages.post("/")
@opens_to(Act.READ_AUDIT)
def find() -> ResponseReturnValue:
    """What was filled in becomes an address, in which the person stands without their own."""
    form = _offered(FilterForm(request.form, meta={"csrf": False}))
    typed, by = (form.person.data or "").strip(), None
    valid = form.validate()
    if typed:
        by = db.session.scalar(select(Account).where(Account.email_key == email_key(typed)))
        if by is None:
            form.person.errors = ["Nobody has an account here with this e-mail address"]
    if not valid or (typed and by is None):
        return _page(form, None)
    return redirect(url_for(".trail", **form.as_query(by.public_id if by else "")), 303)


@pages.get("/trail.csv")
@opens_to(Act.READ_AUDIT, fresh=True)
def export() -> ResponseReturnValue:
    """The same rows as a file, the oldest first."""
    form, by = _form_of_address(), _by_of_address()
    wanted = reading.Filter() if form.errors else _filter(form, by)
    with begin_work(_who()) as work:
        audit.note(work, "audit_exported", fields=form.used(by is not None))
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


def _page(form: FilterForm, by: Account | None) -> ResponseReturnValue:
    """The rows that fit; where the form is wrong, all of them below what is wrong."""
    wanted = reading.Filter() if form.errors else _filter(form, by)
    page = request.args.get("page", "1")
    part, lines = reading.read(
        db.session(), wanted, int(page) if page.isdecimal() and len(page) < 9 else 1
    )
    with begin_work(_who()) as work:
        audit.note(work, "audit_read", fields=form.used(by is not None))
    shown = render_template(
        "audit/trail.html",
        form=form,
        part=part,
        lines=lines,
        query={} if form.errors else form.as_query(by.public_id if by is not None else ""),
        in_words=in_words,
        kinds=ACTORS,
    )
    return shown, 422 if form.errors else 200


def _form_of_address() -> FilterForm:
    """The form as the address of a page fills it, already checked."""
    form = _offered(FilterForm(request.args, meta={"csrf": False}))
    by = _by_of_address()
    form.person.data = by.email if by is not None else ""
    form.validate()
    return form


def _offered(form: FilterForm) -> FilterForm:
    form.offer(reading.acts(db.session()))
    return form


def _by_of_address() -> Account | None:
    """Whose rows the address asks for, by a public id: an access log keeps addresses."""
    public_id = request.args.get("by", "")
    if not public_id:
        return None
    found = db.session.scalar(select(Account).where(Account.public_id == public_id))
    return found if found is not None else abort(404)


def _filter(form: FilterForm, by: Account | None) -> reading.Filter:
    return reading.Filter(
        first_day=form.first_day.data,
        last_day=form.last_day.data,
        act=form.act.data or "",
        person=by,
        reference=form.reference.data or "",
    )


def _who() -> Who:
    return Who("staff", int(current_user.id))
