"""How long what is kept, what goes next, what holds keep, and what went: one page, one batch."""

from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from portal import audit
from portal.access.acts import Act
from portal.cases import erasures, holds, years_kept
from portal.cases.erasures import Listed
from portal.db import db
from portal.errors import Refused
from portal.procedures.retention import IN_WORDS, LONGER
from portal.records.account import Account
from portal.web.access import opens_to, visible
from portal.web.govform import GovForm
from portal.web.officer.blueprint import pages, staff
from portal.work import begin_work, council

CHOSEN = "chosen"


class BatchForm(GovForm):
    """What of the list is erased; the boxes are the page's own."""


@pages.get("/retention")
@opens_to(Act.SEE_RETENTION)
def retention() -> ResponseReturnValue:
    """Look at all of it; the look is recorded."""
    return _page(BatchForm(formdata=None), None)


@pages.post("/retention")
@opens_to(Act.SEE_RETENTION)
def confirm_erasures() -> ResponseReturnValue:
    """Confirm a batch. Which of it one may erase is asked for each matter."""
    form, chosen = BatchForm(), frozenset(request.form.getlist(CHOSEN))
    if not form.validate():
        return _page(form, chosen), 422
    try:
        with begin_work(staff()) as work:
            number = erasures.confirm(work, chosen, visible(Act.ERASE))
    except Refused as refused:
        form.form_errors = [refused.message]
        return _page(form, chosen), refused.status
    matters = "1 matter is" if number == 1 else f"{number} matters are"
    flash(f"{matters} confirmed, and erased when the next day’s pass is made.", "success")
    return redirect(url_for("officer.retention"), 303)


def _page(form: BatchForm, chosen: frozenset[str] | None) -> str:
    """The page; `chosen` is what was ticked, None where nobody has looked yet."""
    with begin_work(staff()) as work:
        audit.note(work, "retention_viewed")
        today = work.today
    session, may_erase = db.session(), visible(Act.ERASE)
    done = erasures.done(session)
    versions = years_kept.standing(session)
    standing = years_kept.holding(versions, today)
    confirmed = erasures.confirmed(session, may_erase)
    return render_template(
        "officer/retention.html",
        form=form,
        chosen=chosen,
        due=erasures.due(session, today, may_erase),
        coming=erasures.coming(session, today, may_erase),
        asked=erasures.asked(session, may_erase),
        confirmed=confirmed,
        holds=holds.standing(session, visible(Act.HOLD)),
        done=done,
        names=_names((done, confirmed)),
        today=today,
        periods=years_kept.periods_of(standing, council()),
        standing=standing,
        other_years=[one for one in versions if one.in_force_from > today],
        kinds=IN_WORDS,
        longer=LONGER,
    )


def _names(lists: Iterable[Listed]) -> dict[int, str]:
    """Who confirmed or agreed."""
    keys = {erasure.answered_by_id for one in lists for erasure, _ in one}
    wanted = select(Account).where(Account.id.in_({key for key in keys if key is not None}))
    return {account.id: account.name for account in db.session.scalars(wanted)}
