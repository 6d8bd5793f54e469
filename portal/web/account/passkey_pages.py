"""One's own passkeys: adding one, with a name to know it by, and removing one."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.acts import Act
from portal.cases import passkeys
from portal.cases.passkey_place import place
from portal.db import db
from portal.errors import Refused
from portal.marking import marked
from portal.web.access import opens_to
from portal.web.account.blueprint import pages, who
from portal.web.account.devices import in_words
from portal.web.account.forms import PasskeyNameForm
from portal.web.sign_in import passkey_pages
from portal.work import begin_work, settings


@pages.route("/passkeys/new", methods=["GET", "POST"])
@opens_to(Act.OWN_SIGN_IN, fresh=True)
def new_passkey() -> ResponseReturnValue:
    """Show the button that makes a passkey, and take what the browser made."""
    form = PasskeyNameForm()
    if not form.is_submitted():
        return _new_page(form, 200)
    token = passkey_pages.token()
    if not form.validate():
        return _new_page(form, 422)
    name = (form.name.data or "").strip() or in_words(request.user_agent.string)
    try:
        passkeys.add(current_user.id, token, passkey_pages.answer(), name)
    except Refused as refusal:
        form.name.errors = [refusal.message]
        return _new_page(form, refusal.status)
    flash(marked("Your passkey is added. You can sign in with it from now on."), "success")
    return redirect(url_for(".own"))


@pages.post("/passkeys/new/question")
@opens_to(Act.OWN_SIGN_IN, fresh=True)
def new_passkey_question() -> ResponseReturnValue:
    """Ask the browser to make one."""
    return passkey_pages.asked(passkeys.ask_for_new(current_user.id))


@pages.route("/passkeys/<passkey_id>/remove", methods=["GET", "POST"])
@opens_to(Act.OWN_SIGN_IN, fresh=True)
def remove_passkey(passkey_id: str) -> ResponseReturnValue:
    """Remove one of one's own passkeys, once it was said that this one is meant."""
    if request.method == "POST":
        with begin_work(who()) as work:
            removed = passkeys.remove(work, current_user.id, passkey_id)
        if removed:
            flash(marked("The passkey is removed. It no longer works here."), "success")
        else:
            flash(marked("That passkey had been removed already."))
        return redirect(url_for(".own"))
    own = passkeys.of(db.session(), current_user.id)
    found = next((one for one in own if one.public_id == passkey_id), None)
    if found is None:
        abort(404)
    return render_template("account/remove_passkey.html", passkey=found)


def _new_page(form: PasskeyNameForm, status: int) -> ResponseReturnValue:
    page = render_template(
        "account/new_passkey.html", form=form, possible=place(settings().public_url) is not None
    )
    return page, status
