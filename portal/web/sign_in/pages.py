"""Signing in and out, and the invitation with which it begins."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.cases import accounts
from portal.cases.passwords import WeakPassword
from portal.errors import Refused
from portal.web.access import Access, opens_to
from portal.web.sign_in import login
from portal.web.sign_in.destination import after_sign_in
from portal.web.sign_in.forms import SetPasswordForm, SignInForm
from portal.web.tracking.buttons import check_buttons
from portal.work import PUBLIC, begin_work

pages = Blueprint("sign_in", __name__)
check_buttons(pages, "start", "accept")


@pages.route("/sign-in", methods=["GET", "POST"])
@opens_to(Access.EVERYONE)
def start() -> ResponseReturnValue:
    """Ask for address and password."""
    wanted = request.args.get("next")
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(after_sign_in(current_user.role, wanted))
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form, 422 if form.is_submitted() else 200)
    try:
        account = accounts.sign_in(
            form.email.data or "", form.password.data or "", request.remote_addr or ""
        )
    except Refused as refusal:
        form.refuse(refusal.message)
        return _sign_in_page(form, refusal.status)
    login.begin(account)
    return redirect(after_sign_in(account.role, wanted))


@pages.post("/sign-out")
@opens_to(Access.EVERYONE)
def end() -> ResponseReturnValue:
    """Sign out. It opens to everyone, because a session that has run out signs out as well."""
    login.end()
    flash("You have signed out.", "success")
    return redirect(url_for(".start"))


@pages.get("/invitation/<token>")
@opens_to(Access.EVERYONE)
def invitation(token: str) -> ResponseReturnValue:
    """Ask the invited person for a password. Looking uses nothing up."""
    with begin_work(PUBLIC) as work:
        account = accounts.invited(work, token)
        form = SetPasswordForm()
        return render_template("sign_in/invitation.html", form=form, email=account.email)


@pages.post("/invitation/<token>")
@opens_to(Access.EVERYONE)
def accept(token: str) -> ResponseReturnValue:
    """Set the password, use the invitation up, and sign in."""
    form = SetPasswordForm()
    if form.validate_on_submit():
        try:
            with begin_work(PUBLIC) as work:
                account = accounts.accept_invitation(work, token, form.password.data or "")
            login.begin(account)
            return redirect(after_sign_in(account.role, None))
        except WeakPassword as weak:
            form.refuse(weak.message)
    with begin_work(PUBLIC) as work:
        email = accounts.invited(work, token).email
    return render_template("sign_in/invitation.html", form=form, email=email), 422


def _sign_in_page(form: SignInForm, status: int) -> ResponseReturnValue:
    return render_template("sign_in/start.html", form=form), status
