"""A passkey in place of password and code, in place of a code, or again before something grave.

The browser is asked only when somebody presses the button: then the page's script fetches a
question, has it answered and sends the answer as any form is sent.
"""

from flask import flash, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.access.acts import Act
from portal.cases import council_identities, passkeys_shown, second_factor, sign_ins, throttling
from portal.cases.accounts import OFFICE_FORGETS, OFFICE_FREE, SignInThere
from portal.cases.passkey_place import PasskeyRefused
from portal.cases.passkeys import Question
from portal.cases.throttling import Bucket
from portal.db import db
from portal.errors import Refused
from portal.records.account import Account
from portal.records.passkey import Asked
from portal.web.access import Access, opens_to
from portal.web.sign_in import browser, halfway, login
from portal.web.sign_in.blueprint import pages
from portal.web.sign_in.destination import after_sign_in
from portal.web.sign_in.forms import PasskeyForm
from portal.work import PUBLIC, Who, begin_work

# By which the session finds the question that it was asked.
TOKEN = "passkey_question"  # noqa: S105 - a name
JSON = "application/json"


@pages.post("/sign-in/passkey/question")
@opens_to(Access.EVERYONE)
def passkey_question() -> ResponseReturnValue:
    """Ask for a passkey that signs in by itself."""
    return asked(passkeys_shown.ask_to_show(PUBLIC, Asked.WHOLE_SIGN_IN))


@pages.post("/sign-in/passkey")
@opens_to(Access.EVERYONE)
def passkey() -> ResponseReturnValue:
    """Sign in with a passkey alone: having the device and unlocking it are two factors."""
    wanted = request.args.get("next")
    office = Bucket(f"passkey from {request.remote_addr}", OFFICE_FREE, OFFICE_FORGETS)
    try:
        with begin_work(PUBLIC) as work:
            throttling.take_a_try(work, office)
        account_id = passkeys_shown.show(PUBLIC, token(), Asked.WHOLE_SIGN_IN, answer())
        with begin_work(PUBLIC) as work:
            throttling.give_back(work, office)
            account = work.session.get_one(Account, account_id)
            if council_identities.must_sign_in_there(work, account):
                raise SignInThere
    except Refused as refusal:
        flash(refusal.message)
        return redirect(url_for(".start", next=wanted))
    return _signed_in(account_id, wanted)


@pages.post("/sign-in/code/question")
@opens_to(Access.EVERYONE)
def code_question() -> ResponseReturnValue:
    """Ask whoever has shown their password for one of their passkeys."""
    account = halfway.account()
    if account is None:
        raise PasskeyRefused
    who = Who("account", account.id)
    return asked(passkeys_shown.ask_to_show(who, Asked.SECOND_FACTOR, account.id))


@pages.post("/sign-in/code/passkey")
@opens_to(Access.EVERYONE)
def code_passkey() -> ResponseReturnValue:
    """Take a passkey in place of a code."""
    account = halfway.account()
    if account is None or not second_factor.is_set_up(account):
        return redirect(url_for(".start"))
    account_id, wanted = account.id, halfway.wanted()
    try:
        passkeys_shown.show(
            Who("account", account_id), token(), Asked.SECOND_FACTOR, answer(), account_id
        )
    except Refused as refusal:
        flash(refusal.message)
        return redirect(url_for(".code"))
    return _signed_in(account_id, wanted)


@pages.post("/sign-in/again/question")
@opens_to(Act.OWN_SIGN_IN)
def again_question() -> ResponseReturnValue:
    """Ask whoever is signed in for one of their passkeys."""
    me: int = current_user.id
    return asked(passkeys_shown.ask_to_show(Who("account", me), Asked.AGAIN, me))


@pages.post("/sign-in/again/passkey")
@opens_to(Act.OWN_SIGN_IN)
def again_passkey() -> ResponseReturnValue:
    """Take a passkey in place of a code before something grave."""
    me, wanted = int(current_user.id), request.args.get("next")
    try:
        passkeys_shown.show(Who("account", me), token(), Asked.AGAIN, answer(), me)
    except Refused as refusal:
        flash(refusal.message)
        return redirect(url_for(".again", next=wanted))
    with begin_work(Who("account", me)) as work:
        sign_ins.confirm(work, current_user.sign_in_id)
    return redirect(after_sign_in(current_user.person, wanted))


def asked(question: Question) -> Response:
    """Hand a question to the page's script, and remember in the session which one it was."""
    session[TOKEN] = question.token
    return Response(question.options, mimetype=JSON)


def token() -> str:
    """The token of the question that this browser was asked last; it is used up."""
    return str(session.pop(TOKEN, ""))


def answer() -> str:
    """What the browser answered.

    Raises:
        PasskeyRefused: nothing that could be an answer was sent.
    """
    form = PasskeyForm()
    if not form.validate():
        raise PasskeyRefused
    return form.passkey.data or ""


def _signed_in(account_id: int, wanted: str | None) -> ResponseReturnValue:
    email = db.session.get_one(Account, account_id).email
    login.begin(account_id)
    response = make_response(redirect(after_sign_in(current_user.person, wanted)))
    browser.remember(response, email)
    return response
