"""A link by e-mail for whoever lost their words, where e-mail is safe."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.cases import tracking
from portal.errors import Refused
from portal.marking import marked
from portal.web.access import Access, opens_to
from portal.web.govform import GovForm
from portal.web.tracking.buttons import check_buttons
from portal.web.tracking.forms import reference_box
from portal.work import PUBLIC

pages = Blueprint("links", __name__)
check_buttons(pages, "ask")
# The same whether anything was sent.
ASKED = marked(
    "If you told us that we may email you, a link is on its way. If it does not come, call us."
)


class LinkForm(GovForm):
    """The reference alone: the address is never asked for, it is the one that we have."""

    reference = reference_box()


@pages.route("/track/link-by-email", methods=["GET", "POST"])
@opens_to(Access.EVERYONE)
def ask() -> ResponseReturnValue:
    """Ask for a link."""
    form = LinkForm()
    if not form.validate_on_submit():
        return _page(form, 422 if form.is_submitted() else 200)
    try:
        tracking.ask_for_link(PUBLIC, form.reference.data or "", request.remote_addr or "")
    except Refused as refusal:
        form.reference.errors = [refusal.message]
        return _page(form, refusal.status)
    flash(ASKED, "success")
    return redirect(url_for("tracking.start"), 303)


def _page(form: LinkForm, status: int) -> ResponseReturnValue:
    return render_template("tracking/ask_link.html", form=form), status
