"""The children and young people whom a matter is about, and what else is near through them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from portal import audit
from portal.access.acts import Act
from portal.cases import children, linking
from portal.db import db
from portal.errors import Refused
from portal.web.access import opens_to, visible
from portal.web.govform import GovForm
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.decision_form import at_most
from portal.web.widgets import TextInput
from portal.work import begin_work


class ChildForm(GovForm):
    """A child's name."""

    name = StringField(
        "Name of a child or young person",
        description="As the person wrote it. Each child by themselves.",
        validators=[at_most(children.LONGEST_NAME)],
        widget=TextInput(),
    )


@pages.get("/feedback/<public_id>/children")
@opens_to(Act.DECIDE)
def children_named(public_id: str) -> ResponseReturnValue:
    """Who is named, and what is near."""
    return _page(public_id, ChildForm(formdata=None)), 200


@pages.post("/feedback/<public_id>/children")
@opens_to(Act.DECIDE)
def name_child(public_id: str) -> ResponseReturnValue:
    """Name one more."""
    form = ChildForm()
    if not form.validate():
        return _page(public_id, form), 422
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            children.add(work, feedback, form.name.data or "")
    except Refused as refused:
        form.name.errors = [refused.message]
        return _page(public_id, form), refused.status
    flash("Named.", "success")
    return redirect(url_for("officer.children_named", public_id=public_id), 303)


@pages.post("/feedback/<public_id>/children/remove")
@opens_to(Act.DECIDE)
def unname_child(public_id: str) -> ResponseReturnValue:
    """Take one away who was named by mistake."""
    number = request.form.get("number", "")
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        gone = number.isdecimal() and children.remove(work, feedback, int(number))
    flash("Taken away." if gone else "They were taken away before.", "success")
    return redirect(url_for("officer.children_named", public_id=public_id), 303)


def _page(public_id: str, form: ChildForm) -> str:
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "children_viewed", feedback)
    session = db.session()
    return render_template(
        "officer/children.html",
        form=form,
        feedback=feedback,
        named=children.of(session, feedback),
        near=linking.near_matches(session, feedback, visible()),
    )
