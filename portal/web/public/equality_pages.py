"""After sending: a page of questions about the person, kept apart from what they told us."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from portal.cases import equality
from portal.marking import marked
from portal.procedures.equality import (
    WORDS,
    AgeBand,
    Disability,
    Ethnicity,
    Orientation,
    Sex,
)
from portal.records.draft import Draft
from portal.records.feedback import Feedback
from portal.web import csrf, draft_cookie
from portal.web.access import Access, opens_to
from portal.web.govform import GovForm
from portal.web.public.questions import JOURNEY
from portal.web.widgets import Radios
from portal.work import PUBLIC, begin_work

pages = Blueprint("equality", __name__)
# The form checks its own token, so that an expired one shows the page again, filled.
csrf.exempt(pages)
KEPT = marked("Thank you. We have kept your answers apart from what you told us.")
NOT_NOW = marked("That is fine. We have kept nothing.")
ALREADY = marked("You have been on the page with questions about you already. We ask them once.")


def _question(label: str, groups: type[StrEnum]) -> RadioField:
    choices = [SelectChoice(code, words) for code, words in WORDS[groups].items()]
    return RadioField(label, [Optional()], choices=choices, widget=Radios(or_before="not_said"))


class EqualityForm(GovForm):
    """Five questions, none of which must be answered."""

    age_band = _question(marked("How old are you?"), AgeBand)
    sex = _question(marked("What is your sex?"), Sex)
    disability = _question(
        marked("Do you have a disability, or a health condition that lasts?"), Disability
    )
    ethnicity = _question(marked("What is your ethnic group?"), Ethnicity)
    orientation = _question(marked("Which of these describes you best?"), Orientation)

    def said(self) -> Mapping[str, Any]:
        """What was chosen, by question."""
        return {name: self[name].data for name in equality.QUESTIONS}


@pages.get("/give-feedback/equality")
@opens_to(Access.EVERYONE)
def ask() -> ResponseReturnValue:
    """The questions, for the browser that has just sent something."""
    sent = _sent()
    if sent is None:
        return redirect(JOURNEY.url("sent"), 303)
    if equality.was_asked(sent):
        flash(ALREADY)
        return redirect(JOURNEY.url("sent"), 303)
    return render_template("public/equality.html", form=EqualityForm(formdata=None))


@pages.post("/give-feedback/equality")
@opens_to(Access.EVERYONE)
def keep() -> ResponseReturnValue:
    """Keep the answers, apart."""
    form = EqualityForm()
    if not form.validate():
        status = 400 if "csrf_token" in form and form["csrf_token"].errors else 422
        return render_template("public/equality.html", form=form), status
    kept = None
    with begin_work(PUBLIC) as work:
        draft = draft_cookie.find(work, JOURNEY.door)
        if draft is not None and draft.feedback_id is not None and not equality.was_asked(draft):
            feedback = work.session.get_one(Feedback, draft.feedback_id)
            kept = equality.keep(work, draft, feedback, form.said())
    if kept is None:
        flash(ALREADY)
    else:
        flash(KEPT if kept else NOT_NOW, "success")
    return redirect(JOURNEY.url("sent"), 303)


def _sent() -> Draft | None:
    draft = draft_cookie.read(JOURNEY.door)
    return draft if draft is not None and draft.feedback_id is not None else None
