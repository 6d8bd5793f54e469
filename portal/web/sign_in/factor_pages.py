"""The second factor: its code, setting it up, and showing it again before grave things."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.acts import Act
from portal.cases import council_identities, passkeys, second_factor, sign_ins
from portal.cases.passkey_place import place
from portal.db import db
from portal.errors import Refused
from portal.marking import marked
from portal.records.account import Account
from portal.web.access import Access, opens_to
from portal.web.sign_in import app_code, browser, halfway, login
from portal.web.sign_in.blueprint import pages
from portal.web.sign_in.destination import after_sign_in
from portal.web.sign_in.forms import CodeForm, FirstCodeForm
from portal.wording import say, say_number
from portal.work import Who, begin_work, council, settings

TOO_LATE = marked("Enter your password again. We keep it in mind for 10 minutes only.")


@pages.route("/sign-in/code", methods=["GET", "POST"])
@opens_to(Access.EVERYONE)
def code() -> ResponseReturnValue:
    """Ask for the second factor."""
    account = halfway.account()
    if account is None:
        return _start_again()
    if not second_factor.is_set_up(account):
        return redirect(url_for(".set_up"))
    form = CodeForm()
    if not form.validate_on_submit():
        return _code_page(form, account, 422 if form.is_submitted() else 200)
    account_id, email, wanted = account.id, account.email, halfway.wanted()
    try:
        left = second_factor.show(account_id, form.code.data or "", browser.known_as(email))
    except Refused as refusal:
        form.code.errors = [refusal.message]
        return _code_page(form, db.session.get_one(Account, account_id), refusal.status)
    login.begin(account_id)
    _say_how_many_are_left(left)
    response = make_response(redirect(after_sign_in(current_user.person, wanted)))
    browser.remember(response, email)
    return response


@pages.route("/sign-in/set-up", methods=["GET", "POST"])
@opens_to(Access.EVERYONE)
def set_up() -> ResponseReturnValue:
    """Show a new secret as a QR code, take its first code, show the recovery codes once."""
    account = halfway.account()
    if account is None:
        return _start_again()
    if second_factor.is_set_up(account):
        return redirect(url_for(".code"))
    secret, form = halfway.proposed_secret(account), FirstCodeForm()
    if not form.validate_on_submit():
        return _set_up_page(form, account, secret, 422 if form.is_submitted() else 200)
    account_id, email, wanted = account.id, account.email, halfway.wanted()
    try:
        codes = second_factor.confirm(account_id, secret, form.code.data or "")
    except Refused as refusal:
        form.code.errors = [refusal.message]
        account = db.session.get_one(Account, account_id)
        return _set_up_page(form, account, secret, refusal.status)
    # The sign-in begins before the codes are read: a page that waits for "I have kept them" would
    # leave behind a cookie that signs in without a code.
    login.begin(account_id)
    on = after_sign_in(current_user.person, wanted)
    page = render_template("sign_in/recovery_codes.html", codes=codes, on=on)
    response = make_response(page)
    browser.remember(response, email)
    return response


@pages.route("/sign-in/again", methods=["GET", "POST"])
@opens_to(Act.OWN_SIGN_IN)
def again() -> ResponseReturnValue:
    """Ask whoever is signed in for their second factor, before something grave."""
    wanted = request.args.get("next")
    form = CodeForm()
    if not form.validate_on_submit():
        return _again_page(form, 422 if form.is_submitted() else 200)
    known = browser.known_as(current_user.email)
    try:
        left = second_factor.show(current_user.id, form.code.data or "", known)
    except Refused as refusal:
        form.code.errors = [refusal.message]
        return _again_page(form, refusal.status)
    with begin_work(Who("account", current_user.id)) as work:
        sign_ins.confirm(work, current_user.sign_in_id)
    _say_how_many_are_left(left)
    return redirect(after_sign_in(current_user.person, wanted))


def _start_again() -> ResponseReturnValue:
    if current_user.is_authenticated:
        # The page was loaded again after it had done its work.
        return redirect(after_sign_in(current_user.person, None))
    flash(TOO_LATE)
    return redirect(url_for(".start"))


def _say_how_many_are_left(left: int | None) -> None:
    if left is None:
        return
    sentence = say_number(
        "That recovery code is used up. You have %(num)s recovery code left.",
        "That recovery code is used up. You have %(num)s recovery codes left.",
        left,
    )
    if not left:
        sentence = say("That recovery code is used up. You have no recovery code left.")
    if left <= second_factor.FEW_CODES:
        more = say("Make new ones on your own page, under your name.")
        sentence = f"{sentence} {more}"
    flash(sentence)


def _code_page(form: CodeForm, account: Account, status: int) -> ResponseReturnValue:
    shown = app_code.demo_code_of(account)
    page = render_template(
        "sign_in/code.html", form=form, demo_code=shown, passkeys=_has_passkeys(account.id)
    )
    return page, status


def _set_up_page(
    form: FirstCodeForm, account: Account, secret: str, status: int
) -> ResponseReturnValue:
    address = app_code.otpauth_address(account, secret)
    page = render_template(
        "sign_in/set_up.html",
        form=form,
        address=address,
        qr_code=app_code.qr_code(address),
        key=app_code.in_groups(secret),
        demo_code=app_code.demo_code(secret),
    )
    return page, status


def _again_page(form: CodeForm, status: int) -> ResponseReturnValue:
    account = db.session.get_one(Account, current_user.id)
    there = settings().openid and council_identities.of(db.session(), account.id)
    page = render_template(
        "sign_in/again.html",
        form=form,
        demo_code=app_code.demo_code_of(account),
        has_app=second_factor.is_set_up(account),
        council_account=council().council_sign_in if there else None,
        passkeys=_has_passkeys(current_user.id),
        wanted=request.args.get("next"),
    )
    return page, status


def _has_passkeys(account_id: int) -> bool:
    usable = place(settings().public_url) is not None
    return usable and bool(passkeys.of(db.session(), account_id))
