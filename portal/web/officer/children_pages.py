"""The children and young people whom a matter is about, and what else is near through them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField, StringField

from portal import audit
from portal.access.acts import Act
from portal.cases import children, linking, other_children, parting
from portal.cases.kinds import kind_label
from portal.db import db
from portal.errors import Refused
from portal.web.access import opens_to, visible
from portal.web.govform import GovForm
from portal.web.officer.blueprint import feedback_or_404, pages, staff
from portal.web.officer.decision_form import at_most
from portal.web.widgets import Checkboxes, TextInput
from portal.work import begin_work, council


class PartsForm(GovForm):
    """Which parts are about another child."""

    parts = SelectMultipleField(
        "Which parts are about another child?",
        description="Advocates and supporters of the person whose matter this is do not see these "
        "parts, or letters about them.",
        coerce=int,
        widget=Checkboxes(),
        validate_choice=False,
    )


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


@pages.post("/feedback/<public_id>/children/parts")
@opens_to(Act.DECIDE)
def parts_of_others(public_id: str) -> ResponseReturnValue:
    """Say which parts are about another child than the one whose matter it is."""
    form = PartsForm()
    form.validate()
    try:
        with begin_work(staff()) as work:
            feedback = feedback_or_404(work.session, public_id)
            other_children.mark(work, feedback, set(form.parts.data or ()))
    except Refused as refused:
        form.parts.errors = [refused.message]
        return _page(public_id, ChildForm(formdata=None), form), refused.status
    flash("Saved.", "success")
    return redirect(url_for("officer.children_named", public_id=public_id), 303)


def _page(public_id: str, form: ChildForm, parts_form: PartsForm | None = None) -> str:
    with begin_work(staff()) as work:
        feedback = feedback_or_404(work.session, public_id)
        audit.note(work, "children_viewed", feedback)
    session = db.session()
    cases = parting.parts(session, feedback)
    closed = [case.part for case in cases if case.other_child]
    of_others = parts_form or PartsForm(formdata=None, data={"parts": closed})
    of_others.parts.choices = [
        (case.part, f"Part {case.part}: {kind_label(council(), case.category, case.procedure)}")
        for case in cases
    ]
    return render_template(
        "officer/children.html",
        form=form,
        parts_form=of_others if len(cases) > 1 else None,
        forms=[form, of_others],
        feedback=feedback,
        named=children.of(session, feedback),
        near=linking.near_matches(session, feedback, visible()),
    )
