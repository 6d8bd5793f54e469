"""/account: everybody's own page. Who they are here, where they are signed in, and by what."""

import secrets

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import clock
from portal.access.acts import Act
from portal.cases import accounts, passkeys, second_factor, sign_ins
from portal.cases.accounts import WrongPassword
from portal.cases.passwords import WeakPassword
from portal.cases.throttling import TooManyTries
from portal.db import db
from portal.errors import Refused
from portal.marking import marked
from portal.records.account import Account
from portal.web.access import opens_to
from portal.web.account import passkey_pages, showing
from portal.web.account.blueprint import pages, who
from portal.web.account.forms import ChangePasswordForm
from portal.web.sign_in import app_code, login
from portal.web.sign_in.forms import FirstCodeForm
from portal.work import begin_work, council

__all__ = ["pages"]

# Named, so that a view's file that is left out here is seen by whoever reads the list.
VIEWS = (passkey_pages,)
# What gives a proposed secret again on each page, until a code of it was shown.
NONCE, NONCE_BYTES = "new_app_nonce", 16


@pages.get("/")
@opens_to(Act.OWN_SIGN_IN)
def own() -> ResponseReturnValue:
    """Who the person is here, and where they are signed in."""
    found, today = db.session(), clock.today()
    me: int = current_user.id
    return render_template(
        "account/own.html",
        account=found.get_one(Account, me),
        roles=showing.roles(found, me, today),
        teams=showing.teams(found, council(), me, today),
        sign_ins=showing.open_sign_ins(found, me, current_user.sign_in_id, clock.now()),
        codes_left=second_factor.codes_left(found, me),
        few_codes=second_factor.FEW_CODES,
        passkeys=passkeys.of(found, me),
    )


@pages.post("/sign-ins/<public_id>/end")
@opens_to(Act.OWN_SIGN_IN)
def end_one(public_id: str) -> ResponseReturnValue:
    """Sign out somewhere else, or here."""
    with begin_work(who()) as work:
        ended = sign_ins.end_own(work, current_user.id, public_id)
    if ended == current_user.sign_in_id:
        login.end()
        flash(marked("You have signed out."), "success")
        return redirect(url_for("sign_in.start"))
    if ended is None:
        flash(marked("That sign-in had ended already."))
    else:
        flash(marked("That sign-in has ended."), "success")
    return redirect(url_for(".own"))


@pages.post("/sign-ins/end-others")
@opens_to(Act.OWN_SIGN_IN)
def end_others() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    with begin_work(who()) as work:
        ended = sign_ins.end_others(work, current_user.id, current_user.sign_in_id)
    before, now = marked("You were signed in here only."), marked("You are signed in here only.")
    flash(now if ended else before, "success")
    return redirect(url_for(".own"))


@pages.route("/password", methods=["GET", "POST"])
@opens_to(Act.OWN_SIGN_IN, fresh=True)
def password() -> ResponseReturnValue:
    """Change the password."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return _password_page(form, 422 if form.is_submitted() else 200)
    typed = (form.current_password.data or "", form.password.data or "")
    try:
        accounts.change_password(current_user.id, *typed, current_user.sign_in_id)
    except (WrongPassword, TooManyTries) as refusal:
        form.current_password.errors = [refusal.message]
        return _password_page(form, refusal.status)
    except WeakPassword as weak:
        form.password.errors = [weak.message]
        return _password_page(form, weak.status)
    flash(marked("Your password is changed. You are signed in here only."), "success")
    return redirect(url_for(".own"))


@pages.get("/recovery-codes")
@opens_to(Act.OWN_SIGN_IN, fresh=True)
def recovery_codes() -> ResponseReturnValue:
    """Ask whether to make new recovery codes."""
    left = second_factor.codes_left(db.session(), current_user.id)
    return render_template("account/recovery_codes.html", left=left, codes=None)


@pages.post("/recovery-codes")
@opens_to(Act.OWN_SIGN_IN, fresh=True)
def new_recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes and show them once."""
    codes = second_factor.renew_recovery_codes(current_user.id)
    return render_template("account/recovery_codes.html", codes=codes)


@pages.route("/second-factor", methods=["GET", "POST"], endpoint="second_factor_page")
@opens_to(Act.OWN_SIGN_IN, fresh=True)
def replace_second_factor() -> ResponseReturnValue:
    """Put another authenticator app in the place of the present one, which works until then."""
    me: int = current_user.id
    nonce = session.setdefault(NONCE, secrets.token_urlsafe(NONCE_BYTES))
    secret = second_factor.propose(db.session.get_one(Account, me), nonce)
    form = FirstCodeForm()
    if not form.validate_on_submit():
        return _second_factor_page(form, secret, 422 if form.is_submitted() else 200)
    try:
        codes = second_factor.confirm(me, secret, form.code.data or "")
    except Refused as refusal:
        form.code.errors = [refusal.message]
        return _second_factor_page(form, secret, refusal.status)
    session.pop(NONCE, None)
    flash(marked("Your new app is set up. The old one no longer works."), "success")
    return render_template("account/recovery_codes.html", codes=codes)


def _password_page(form: ChangePasswordForm, status: int) -> ResponseReturnValue:
    return render_template("account/password.html", form=form), status


def _second_factor_page(form: FirstCodeForm, secret: str, status: int) -> ResponseReturnValue:
    address = app_code.otpauth_address(db.session.get_one(Account, current_user.id), secret)
    page = render_template(
        "account/second_factor.html",
        form=form,
        address=address,
        qr_code=app_code.qr_code(address),
        key=app_code.in_groups(secret),
        demo_code=app_code.demo_code(secret),
    )
    return page, status
