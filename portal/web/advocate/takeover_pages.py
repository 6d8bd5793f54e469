"""Handing a young person over to a colleague, who says yes or no."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.acts import Act
from portal.cases import takeovers
from portal.marking import marked
from portal.records.account import Account
from portal.web.access import opens_to
from portal.web.advocate.blueprint import followed, pages, who
from portal.work import begin_work


@pages.post("/<public_id>/hand-over")
@opens_to(Act.FOLLOW)
def ask_colleague(public_id: str) -> ResponseReturnValue:
    """Ask a colleague to take the young person over."""
    feedback = followed(public_id)
    with begin_work(who()) as work:
        me = work.session.get_one(Account, int(current_user.id))
        takeovers.ask(work, feedback, me, request.form.get("colleague", ""))
    flash(marked("Your colleague is asked. You follow this until they say yes."), "success")
    return redirect(url_for(".matter", public_id=public_id, _anchor="hand-over"))


@pages.post("/<public_id>/hand-over/take-back")
@opens_to(Act.FOLLOW)
def ask_nobody(public_id: str) -> ResponseReturnValue:
    """Ask no longer."""
    feedback = followed(public_id)
    with begin_work(who()) as work:
        takeovers.take_back(work, int(current_user.id), feedback)
    flash(marked("Your colleague is not asked any more."), "success")
    return redirect(url_for(".matter", public_id=public_id, _anchor="hand-over"))


@pages.post("/asked/<takeover_id>/<said>")
@opens_to(Act.FOLLOW_LIST)
def answer_colleague(takeover_id: str, said: str) -> ResponseReturnValue:
    """The colleague says yes, or no."""
    with begin_work(who()) as work:
        me = work.session.get_one(Account, int(current_user.id))
        feedback = takeovers.answer(work, me, takeover_id, accept=said == "yes")
        public_id = feedback.public_id
    if said != "yes":
        flash(marked("You have said no. Your colleague goes on following it."), "success")
        return redirect(url_for(".matters"))
    flash(marked("You follow this now. We have told the young person."), "success")
    return redirect(url_for(".matter", public_id=public_id))
