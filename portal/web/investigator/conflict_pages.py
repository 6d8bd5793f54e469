"""What somebody who is appointed is asked before their case opens: have they a conflict in it?"""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import audit
from portal.access.acts import Act
from portal.cases import conflicts
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.web.access import opens_to
from portal.web.investigator.blueprint import case_address, case_or_404, pages, who
from portal.web.investigator.forms import ConflictForm
from portal.work import begin_work, council

UNPROCESSABLE = 422


def asked(feedback: Feedback, case: Case, form: ConflictForm) -> str:
    """The question, with what somebody must know to answer it and no more.

    Args:
        feedback: the matter.
        case: their case.
        form: for the words of a conflict.
    """
    return render_template(
        "investigator/conflict.html",
        feedback=feedback,
        case=case,
        form=form,
        team=council().team(case.team).officer_label,
    )


@pages.post("/<public_id>/no-conflict")
@opens_to(Act.SEE_PAPERS)
def say_no_conflict(public_id: str) -> ResponseReturnValue:
    """They have none: the case opens."""
    with begin_work(who()) as work:
        _, case, _ = case_or_404(work.session, public_id)
        conflicts.say_none(work, case)
    return redirect(case_address(public_id, case), 303)


@pages.post("/<public_id>/conflict")
@opens_to(Act.SEE_PAPERS)
def say_conflict(public_id: str) -> ResponseReturnValue:
    """They have one: the case closes to them until an officer has answered."""
    form = ConflictForm()
    if form.validate():
        with begin_work(who()) as work:
            _, case, _ = case_or_404(work.session, public_id)
            conflicts.say(work, case, form.words.data or "")
        flash("Thank you. The complaints team was told, and answers you.", "success")
        return redirect(url_for("investigator.cases"), 303)
    with begin_work(who()) as work:
        feedback, case, _ = case_or_404(work.session, public_id)
        audit.note(work, "case_viewed", case)
    return asked(feedback, case, form), UNPROCESSABLE
