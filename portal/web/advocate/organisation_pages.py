"""/advocates/organisation: whoever leads an organisation's advocates invites and ends them."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session
from wtforms import SelectField

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import advocates, inviting, leaving
from portal.cases.accounts import EmailTaken, NotAnAddress
from portal.cases.leaving import HandedOver, NeedsSuccessor
from portal.correspondence.outbox import AddressUnusable
from portal.db import db
from portal.records.account import Account
from portal.web.access import opens_to
from portal.web.administration import rights_words
from portal.web.administration.forms import YesForm, line
from portal.web.shown_first import ChangeForm, Place, Told, walk
from portal.web.tracking.buttons import check_buttons
from portal.web.widgets import Select
from portal.work import Who, Work, begin_work, council

# A blueprint of its own: the advocates' own pages check their buttons, these their forms.
pages = Blueprint("advocacy_lead", __name__, url_prefix="/advocates/organisation")
check_buttons(pages, "invite", "invite_again", "end")
LAYOUT = "advocate/layout.html"


class InviteForm(ChangeForm):
    """A new advocate."""

    refused_at = {EmailTaken: "email", NotAnAddress: "email", AddressUnusable: "email"}  # noqa: RUF012

    name = line("Name", "Enter the name", "Young people see it.")
    email = line("E-mail address", "Enter the e-mail address")
    job_title = line("Job title")


class EndForm(ChangeForm):
    """Who follows an advocate's young people from now on."""

    refused_at = {NeedsSuccessor: "successor"}  # noqa: RUF012

    successor = SelectField("Who follows their young people?", default="", widget=Select())


@pages.get("")
@opens_to(Act.LEAD_ADVOCATES)
def people() -> str:
    """The organisation's advocates."""
    with begin_work(_who()) as work:
        audit.note(work, "colleagues_listed")
    found = advocates.of_organisation(db.session(), council(), _mine(), clock.today(), clock.now())
    return render_template("advocate/organisation.html", advocates=found)


@pages.get("/<account_id>")
@opens_to(Act.LEAD_ADVOCATES)
def advocate(account_id: str) -> str:
    """One of them, and what they follow: references and dates only."""
    with begin_work(_who()) as work:
        account = _account_or_404(work.session, account_id)
        audit.note(work, "account_viewed", account)
    (found,) = advocates.described(db.session(), council(), [account], clock.today(), clock.now())
    return render_template(
        "advocate/colleague.html", one=found, is_self=account.id == current_user.id
    )


@pages.route("/invite", methods=["GET", "POST"])
@opens_to(Act.LEAD_ADVOCATES, fresh=True)
def invite() -> ResponseReturnValue:
    """Somebody new."""
    form = InviteForm()

    def show() -> str:
        return render_template("advocate/invite.html", form=form)

    def deed(work: Work) -> Told:
        account = advocates.invite(
            work, _mine(), form.name.data or "", form.email.data or "", form.job_title.data or ""
        )
        return Told(
            heading=f"Invite {account.name}",
            lines=(
                f"They become an advocate of {current_user.organisation}.",
                f"An invitation goes to {account.email}. Its link works for 7 days.",
                "They see nothing until a young person lets them.",
            ),
            done=f"An invitation is on its way to {account.email}.",
            to=url_for(".people"),
            button="Send the invitation",
        )

    return walk(form, deed, _place(url_for(".people")), show)


@pages.route("/<account_id>/invite", methods=["GET", "POST"])
@opens_to(Act.LEAD_ADVOCATES, fresh=True)
def invite_again(account_id: str) -> ResponseReturnValue:
    """Another invitation, where the first has ended or was lost."""

    def deed(work: Work) -> Told:
        account = _account_or_404(work.session, account_id)
        inviting.send(work, account)
        return Told(
            heading=f"Invite {account.name} again",
            lines=(f"A new link goes to {account.email}. The link from before ends.",),
            done=f"An invitation is on its way to {account.email}.",
            to=url_for(".people"),
            button="Send the invitation",
        )

    _account_or_404(db.session(), account_id)
    return walk(YesForm(), deed, _place(url_for(".advocate", account_id=account_id)))


@pages.route("/<account_id>/end", methods=["GET", "POST"])
@opens_to(Act.LEAD_ADVOCATES, fresh=True)
def end(account_id: str) -> ResponseReturnValue:
    """An advocate leaves: their young people go to a colleague, or following ends."""
    account = _account_or_404(db.session(), account_id)
    form = EndForm()
    colleagues = leaving.successors(db.session(), account, clock.today())
    there = [(one.public_id, one.name) for one in colleagues]
    form.successor.choices = [("", "Nobody: following ends"), *there]

    def show() -> str:
        one = _account_or_404(db.session(), account_id)
        count = len(leaving.holdings(db.session(), one).followed)
        return render_template("advocate/end.html", form=form, account=one, count=count)

    def deed(work: Work) -> Told:
        one = _account_or_404(work.session, account_id)
        chosen = form.successor.data
        successor = _account_or_404(work.session, chosen) if chosen else None
        return _told(one, advocates.end(work, one, successor), successor)

    return walk(form, deed, _place(url_for(".advocate", account_id=account_id)), show)


def _told(account: Account, handed: HandedOver, successor: Account | None) -> Told:
    count = len(handed.found.followed)
    young = rights_words.young_people(count)
    lines = [f"{account.name} is signed out at once and cannot sign in again."]
    if count and successor is not None:
        lines.append(
            f"{successor.name} follows {young} in their place. The young people can see that, and "
            "can stop it."
        )
    elif count:
        lines.append(f"Nobody of yours follows {young} any more.")
    lines.append("What they wrote stays where it is, with their name.")
    return Told(
        heading=f"{account.name} leaves today",
        lines=tuple(lines),
        done=f"{account.name} has left.",
        to=url_for(".people"),
        button="End their account",
    )


def _mine() -> int:
    """The lead's organisation; a lead without one has no rights at all."""
    organisation_id = current_user.person.organisation_id
    return int(organisation_id) if organisation_id is not None else abort(404)


def _account_or_404(session: Session, account_id: str) -> Account:
    return advocates.find(session, _mine(), account_id) or abort(404)


def _place(back: str) -> Place:
    return Place(_who(), LAYOUT, back)


def _who() -> Who:
    return Who("advocate", int(current_user.id))
