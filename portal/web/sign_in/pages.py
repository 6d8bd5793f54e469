"""Signing in and out; importing this puts every view of signing in on the blueprint."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.cases import accounts
from portal.cases.passkey_place import place
from portal.errors import Refused
from portal.marking import marked
from portal.web.access import Access, opens_to
from portal.web.sign_in import (
    browser,
    council_pages,
    factor_pages,
    halfway,
    login,
    passkey_pages,
    password_pages,
)
from portal.web.sign_in.blueprint import pages
from portal.web.sign_in.destination import after_sign_in
from portal.web.sign_in.forms import SignInForm
from portal.work import council, settings

__all__ = ["pages"]

# Named, so that a view's file that is left out here is seen by whoever reads the list.
VIEWS = (factor_pages, password_pages, passkey_pages, council_pages)


@pages.route("/sign-in", methods=["GET", "POST"])
@opens_to(Access.EVERYONE)
def start() -> ResponseReturnValue:
    """Ask for address and password."""
    wanted = request.args.get("next")
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(after_sign_in(current_user.person, wanted))
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form, 422 if form.is_submitted() else 200)
    email = form.email.data or ""
    known = browser.known_as(email)
    try:
        account = accounts.check_password(
            email, form.password.data or "", request.remote_addr or "", known
        )
    except Refused as refusal:
        form.refuse(refusal.message)
        return _sign_in_page(form, refusal.status)
    return redirect(url_for(halfway.begin(account, wanted)))


@pages.post("/sign-out")
@opens_to(Access.EVERYONE)
def end() -> ResponseReturnValue:
    """Sign out. It opens to everyone, because a session that has run out signs out as well."""
    login.end()
    flash(marked("You have signed out."), "success")
    return redirect(url_for(".start"))


def _sign_in_page(form: SignInForm, status: int) -> ResponseReturnValue:
    page = render_template(
        "sign_in/start.html",
        form=form,
        passkeys=place(settings().public_url) is not None,
        wanted=request.args.get("next"),
        council_account=council().council_sign_in if settings().openid else None,
    )
    return page, status
