"""Changing what stands on the list about somebody, and how they sign in."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.access.acts import Act
from portal.cases import changing_people, inviting, leaving, sign_ins
from portal.db import db
from portal.records.account import Account
from portal.web.access import opens_to
from portal.web.administration.blueprint import account_or_404, address_of, of_person, pages
from portal.web.administration.forms import DetailsForm, YesForm
from portal.web.shown_first import Told, walk
from portal.work import Work

NAMES = {
    "name": "name",
    "email": "e-mail address",
    "job_title": "job title",
    "reports_to": "manager",
}


@pages.route("/people/<account_id>/details", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def change_details(account_id: str) -> ResponseReturnValue:
    """Name, address, job title and manager."""
    account = account_or_404(db.session(), account_id)
    form = DetailsForm()
    if not form.is_submitted():
        manager = _manager(account)
        form.name.data, form.email.data = account.name, account.email
        form.job_title.data = account.job_title
        form.manager_email.data = manager.email if manager else ""

    def show() -> str:
        return render_template("administration/details.html", form=form, account=account)

    def deed(work: Work) -> Told:
        one = account_or_404(work.session, account_id)
        before = _shown(one)
        fields = changing_people.change(work, one, form.details())
        return _told_of_change(one, before, fields)

    return walk(form, deed, of_person(account_id), show)


@pages.route("/people/<account_id>/invite", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def invite(account_id: str) -> ResponseReturnValue:
    """An invitation, the first or another one."""

    def deed(work: Work) -> Told:
        account = account_or_404(work.session, account_id)
        again = account.invitation_key is not None
        inviting.send(work, account)
        lines = [f"A letter with a link goes to {account.email}. The link works for 7 days."]
        if again:
            lines.append("The link of the earlier invitation ends.")
        return Told(
            heading=f"Invite {account.name}{' again' if again else ''}",
            lines=tuple(lines),
            done=f"An invitation is on its way to {account.email}.",
            to=address_of(account),
            button="Send the invitation",
        )

    return walk(YesForm(), deed, of_person(account_id))


@pages.route("/people/<account_id>/second-factor", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def reset_second_factor(account_id: str) -> ResponseReturnValue:
    """For somebody whose phone and recovery codes are lost."""

    def deed(work: Work) -> Told:
        account = account_or_404(work.session, account_id)
        changing_people.reset_second_factor(work, account)
        return Told(
            heading=f"Reset the second factor of {account.name}",
            lines=(
                "Their app and their recovery codes no longer work.",
                "They are signed out everywhere.",
                "When they next sign in with their password, they set up a new app.",
                f"A letter tells {account.email} that you did this.",
            ),
            warnings=("Make sure that it is really they who ask: call them on a number you know.",),
            done="The second factor is reset.",
            to=address_of(account),
            button="Reset it",
        )

    return walk(YesForm(), deed, of_person(account_id))


@pages.route("/people/<account_id>/sign-ins", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def end_sign_ins(account_id: str) -> ResponseReturnValue:
    """Sign somebody out everywhere."""

    def deed(work: Work) -> Told:
        account = account_or_404(work.session, account_id)
        open_now = len(sign_ins.open_ones(work.session, account.id, work.now))
        changing_people.end_sign_ins(work, account)
        count = "1 browser" if open_now == 1 else f"{open_now} browsers"
        return Told(
            heading=f"Sign {account.name} out everywhere",
            lines=(
                f"They are signed in with {count} now. What they have not saved there is lost.",
                "They can sign in again with their password and second factor.",
            ),
            done=f"{account.name} is signed out everywhere.",
            to=address_of(account),
            button="Sign them out",
        )

    return walk(YesForm(), deed, of_person(account_id))


@pages.route("/people/<account_id>/return", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def come_back(account_id: str) -> ResponseReturnValue:
    """Somebody who had left works here again."""

    def deed(work: Work) -> Told:
        account = account_or_404(work.session, account_id)
        leaving.come_back(work, account)
        return Told(
            heading=f"{account.name} is back",
            lines=(
                "They stand on the staff list again.",
                "They have no role, no team and no manager until you give them some.",
                "They cannot sign in until you invite them. Their earlier password has ended.",
            ),
            done=f"{account.name} is on the staff list again.",
            to=address_of(account),
            button="Put them on the list again",
        )

    return walk(YesForm(), deed, of_person(account_id))


def _manager(account: Account) -> Account | None:
    return db.session.get(Account, account.reports_to_id) if account.reports_to_id else None


def _shown(account: Account) -> dict[str, str]:
    manager = _manager(account)
    return {
        "name": account.name,
        "email": account.email,
        "job_title": account.job_title or "",
        "reports_to": manager.name if manager else "",
    }


def _told_of_change(account: Account, before: dict[str, str], fields: tuple[str, ...]) -> Told:
    after = _shown(account)
    lines = []
    if "email" in fields:
        lines.append(
            "They sign in with the new address. A letter tells the earlier and the new one."
            if account.password_hash
            else "If they were invited, a new invitation goes to the new address."
        )
    if "reports_to" in fields and after["reports_to"]:
        lines.append(
            f"Cases about {after['reports_to']}, or about anybody above them, are closed to "
            f"{account.name} and to everybody below."
        )
    if "reports_to" in fields and before["reports_to"]:
        lines.append(
            f"Cases about {before['reports_to']} are no longer closed to them for that reason."
        )
    return Told(
        heading=f"Change {before['name']}" if fields else "Nothing is different",
        lines=tuple(lines),
        head=("What", "Now", "Then"),
        rows=tuple((NAMES[name].capitalize(), before[name], after[name]) for name in fields),
        done="The staff list is changed." if fields else "Nothing was changed.",
        to=address_of(account),
    )
