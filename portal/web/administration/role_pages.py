"""Giving and ending roles, and what each of them may do."""

from datetime import date, timedelta

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import inviting, roles
from portal.db import db
from portal.records.account import Account, Role
from portal.records.role_grant import RoleGrant
from portal.web.access import opens_to
from portal.web.administration import rights_words
from portal.web.administration.blueprint import (
    account_or_404,
    address_of,
    administrator,
    of_person,
    pages,
)
from portal.web.administration.day_words import days_in_words
from portal.web.administration.forms import EndForm, RoleForm
from portal.web.officer.wording import capital
from portal.web.role_words import ROLES
from portal.web.shown_first import Told, walk
from portal.wording import long_date
from portal.work import Work, begin_work, council

ONE_DAY = timedelta(days=1)


@pages.get("/roles")
@opens_to(Act.ADMINISTER)
def roles_page() -> str:
    """What each role may do, read off the table of rights, and who has it today."""
    today = clock.today()
    with begin_work(administrator()) as work:
        audit.note(work, "roles_viewed")
    holders: dict[Role, list[Account]] = {role: [] for role in Role}
    for account, role in roles.held_by(db.session(), set(Role), today):
        if account not in holders[role]:
            holders[role].append(account)
    rows = [
        (
            capital(ROLES[role]),
            rights_words.of_role(role, council()),
            _by_name(holders[role]),
        )
        for role in Role
    ]
    designated = rights_words.lists(rights_words.rights_of((), (), True), council())
    return render_template("administration/roles.html", rows=rows, designated=designated)


@pages.route("/people/<account_id>/roles/new", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def give_role(account_id: str) -> ResponseReturnValue:
    """Give somebody a role between two days."""
    account = account_or_404(db.session(), account_id)
    form = RoleForm()
    form.offer(account.organisation_id is not None)
    if not form.is_submitted():
        form.first_day.data = clock.today()

    def show() -> str:
        return render_template("administration/give_role.html", form=form, account=account)

    return walk(form, lambda work: _give(work, account_id, form), of_person(account_id), show)


@pages.route("/people/<account_id>/roles/<grant_id>/end", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def end_role(account_id: str, grant_id: str) -> ResponseReturnValue:
    """End a role, at once or after a day."""
    form = EndForm()
    grant = _grant_or_404(db.session(), account_id, grant_id)
    account = account_or_404(db.session(), account_id)

    def show() -> str:
        what = f"{account.name} as {ROLES[grant.role]}"
        return render_template(
            "administration/end.html", form=form, account=account, what=what, row=grant
        )

    def deed(work: Work) -> Told:
        return _end(work, account_id, grant_id, last_day_of(form))

    return walk(form, deed, of_person(account_id), show)


def last_day_of(form: EndForm) -> date:
    """The last day that was chosen; for an end at once, yesterday."""
    if form.when.data == "now":
        return clock.today() - ONE_DAY
    assert form.last_day.data is not None
    return form.last_day.data


def end_in_words(last_day: date) -> str:
    """When something ends: "at once" or "after 31 March 2027"."""
    return "at once" if last_day < clock.today() else f"after {long_date(last_day)}"


def _give(work: Work, account_id: str, form: RoleForm) -> Told:
    account = account_or_404(work.session, account_id)
    role, (first_day, last_day) = Role(form.role.data), form.days()
    before = rights_words.rights_on(work.session, work.council, account, first_day)
    roles.give_role(work, account, role, first_day, last_day)
    after = rights_words.rights_on(work.session, work.council, account, first_day)
    lines = []
    if account.password_hash is None and account.invitation_key is None:
        inviting.send(work, account)
        lines.append(f"They have no sign-in yet. An invitation goes to {account.email} today.")
    gains = rights_words.sentences(after - before, work.council)
    warnings: tuple[str, ...] = ()
    if rights_words.needs_team([role]) and not any(team for _, _, team in after):
        warnings = ("They are in no team on that day, so this role opens no case to them.",)
    named = rights_words.words_for(role, ROLES)
    return Told(
        heading=f"{account.name} will be {named} {days_in_words(first_day, last_day)}",
        lines=tuple(lines),
        gains=gains,
        warnings=warnings,
        done=f"{account.name} is {named} {days_in_words(first_day, last_day)}.",
        to=address_of(account),
        button="Give the role",
    )


def _end(work: Work, account_id: str, grant_id: str, last_day: date) -> Told:
    grant = _grant_or_404(work.session, account_id, grant_id)
    account = account_or_404(work.session, account_id)
    day_after = max(last_day + ONE_DAY, grant.first_day)
    before = rights_words.rights_on(work.session, work.council, account, day_after)
    roles.end_role(work, grant, last_day)
    after = rights_words.rights_on(work.session, work.council, account, day_after)
    named = rights_words.words_for(grant.role, ROLES)
    when = end_in_words(last_day)
    return Told(
        heading=f"{account.name} will no longer be {named}, {when}",
        loses=rights_words.sentences(before - after, work.council),
        lines=("Open cases that they are the named officer of stay theirs until they leave.",)
        if grant.role in roles.NEEDED or grant.role is Role.OFFICER
        else (),
        done=f"{account.name}: {ROLES[grant.role]} ends {when}.",
        to=address_of(account),
        button="End the role",
    )


def _grant_or_404(session: Session, account_id: str, grant_id: str) -> RoleGrant:
    account = account_or_404(session, account_id)
    wanted = select(RoleGrant).where(
        RoleGrant.public_id == grant_id, RoleGrant.account_id == account.id
    )
    return session.scalar(wanted) or abort(404)


def _by_name(accounts: list[Account]) -> list[Account]:
    return sorted(accounts, key=lambda account: account.name.casefold())
