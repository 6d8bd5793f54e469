"""Setting a password: by invitation, or with a link for somebody who forgot theirs."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.cases import accounts, password_resets
from portal.cases.passwords import WeakPassword
from portal.web.access import Access, opens_to
from portal.web.sign_in import halfway
from portal.web.sign_in.blueprint import pages
from portal.web.sign_in.forms import ForgottenForm, SetPasswordForm
from portal.work import PUBLIC, begin_work


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
    """Set the password, use the invitation up, and go on to the second factor."""
    form = SetPasswordForm()
    if form.validate_on_submit():
        try:
            with begin_work(PUBLIC) as work:
                account = accounts.accept_invitation(work, token, form.password.data or "")
            return redirect(url_for(halfway.begin(account, None)))
        except WeakPassword as weak:
            form.refuse(weak.message)
    with begin_work(PUBLIC) as work:
        email = accounts.invited(work, token).email
    return render_template("sign_in/invitation.html", form=form, email=email), 422


@pages.route("/sign-in/forgotten", methods=["GET", "POST"])
@opens_to(Access.EVERYONE)
def forgotten() -> ResponseReturnValue:
    """Ask where to send a link. The answer is the same for every address."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("sign_in/forgotten.html", form=form), status
    password_resets.ask(form.email.data or "", request.remote_addr or "")
    return redirect(url_for(".asked"))


@pages.get("/sign-in/asked")
@opens_to(Access.EVERYONE)
def asked() -> ResponseReturnValue:
    """Say what will happen if there is such an account."""
    return render_template("sign_in/asked.html")


@pages.get("/sign-in/new-password/<token>")
@opens_to(Access.EVERYONE)
def new_password(token: str) -> ResponseReturnValue:
    """Ask for the new password. Looking uses nothing up."""
    with begin_work(PUBLIC) as work:
        email = password_resets.asked_for(work, token).email
    return render_template("sign_in/new_password.html", form=SetPasswordForm(), email=email)


@pages.post("/sign-in/new-password/<token>")
@opens_to(Access.EVERYONE)
def set_new_password(token: str) -> ResponseReturnValue:
    """Set the new password, use the link up, end every sign-in, and ask for the second factor."""
    form = SetPasswordForm()
    if form.validate_on_submit():
        try:
            with begin_work(PUBLIC) as work:
                account = password_resets.use(work, token, form.password.data or "")
            return redirect(url_for(halfway.begin(account, None)))
        except WeakPassword as weak:
            form.refuse(weak.message)
    with begin_work(PUBLIC) as work:
        email = password_resets.asked_for(work, token).email
    return render_template("sign_in/new_password.html", form=form, email=email), 422
