"""One thing done to several of what was found: chosen, looked at, then done."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import audit, clock
from portal.access.acts import Act
from portal.access.table import COMPLAINTS_TEAM
from portal.cases import roles
from portal.db import db
from portal.errors import Refused
from portal.triage.find import several
from portal.triage.find.several import Deed, Several
from portal.web.access import opens_to
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.find_pages import LONGEST_ID
from portal.work import begin_work, council

DEEDS = {
    Deed.PUT_TAG: "Put this tag on",
    Deed.TAKE_TAG_OFF: "Take this tag off",
    Deed.ASSIGN: "Make this person the named officer",
}


class NothingChosen(Refused):
    """Nothing was ticked, or nothing to do was chosen."""

    title = "Nothing was chosen"
    message = "Go back, tick the matters, and choose what to do with them."
    status = 422


@pages.post("/find/several", endpoint="several")
@opens_to(Act.ENTER)
def look_at_several() -> ResponseReturnValue:
    """What would be done, matter by matter; nothing is done yet."""
    asked = _asked()
    with begin_work(staff()) as work:
        planned = several.plan(work, asked)
        audit.note(work, "several_prepared", None, [asked.deed.value])
        shown = [(one.reference, one.public_id, one.why_not) for one in planned]
    return render_template(
        "officer/find_several.html",
        asked=asked,
        search=_search(),
        words=DEEDS[asked.deed],
        whom=_whom(asked),
        changes=[one for one in shown if one[2] is None],
        left=[one for one in shown if one[2] is not None],
    )


@pages.post("/find/several/do", endpoint="do_several")
@opens_to(Act.ENTER)
def do_several() -> ResponseReturnValue:
    """Do it."""
    asked = _asked()
    with begin_work(staff()) as work:
        done = several.do(work, asked)
        audit.note(work, "several_done", None, [asked.deed.value])
    flash(f"Done for {done} matter{'' if done == 1 else 's'}.", "success")
    return redirect(url_for("officer.find", search=_search() or None), 303)


def _asked() -> Several:
    deeds = {deed.value: deed for deed in Deed}
    deed = deeds.get(request.form.get("deed", ""))
    chosen = tuple(one[:LONGEST_ID] for one in request.form.getlist("matter"))
    if deed is None or not chosen:
        raise NothingChosen
    tag, officer = request.form.get("tag", ""), request.form.get("officer", "")
    return Several(deed, chosen, tag[:LONGEST_ID], officer[:LONGEST_ID])


def _search() -> str:
    return request.form.get("search", "")[:LONGEST_ID]


def _whom(asked: Several) -> str:
    """The tag or the person, in words."""
    if asked.deed is not Deed.ASSIGN:
        return council().tags.get(asked.tag, asked.tag)
    team = roles.holders(db.session(), COMPLAINTS_TEAM, clock.today())
    return next((one.name for one in team if one.public_id == asked.officer), "")
