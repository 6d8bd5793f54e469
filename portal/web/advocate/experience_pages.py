"""How it went, as an advocate sees it: said once, and apart from what the young person says."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.acts import Act
from portal.cases import experiences
from portal.errors import Refused
from portal.marking import marked
from portal.records.experience import Experienced
from portal.web.access import opens_to
from portal.web.advocate.blueprint import followed, pages, who
from portal.web.advocate.matter_pages import matter_page
from portal.web.tracking.forms import ExperienceForm, ReplyForm
from portal.web.tracking.part_shown import CameBack
from portal.work import begin_work


@pages.post("/<public_id>/how-it-went")
@opens_to(Act.SPEAK_FOR)
def how_it_went(public_id: str) -> ResponseReturnValue:
    """Take the advocate's own view."""
    feedback, form = followed(public_id), ExperienceForm()
    if not form.validate():
        return matter_page(public_id, ReplyForm(formdata=None), CameBack(experience=form))
    code, words = Experienced(form.code.data), form.said.data or ""
    try:
        with begin_work(who()) as work:
            experiences.say_as_advocate(work, feedback, int(current_user.id), code, words)
    except Refused as refused:
        flash(refused.message)
    else:
        flash(marked("Thank you for telling us how it went."), "success")
    return redirect(url_for(".matter", public_id=public_id, _anchor="how-it-went"), 303)
