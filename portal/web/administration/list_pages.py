"""The staff list, and everything about one person."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import audit, clock
from portal.access.acts import Act
from portal.account_rows import MEMBERSHIPS, ROLES_GIVEN, fetch_person
from portal.cases import (
    council_identities,
    field_changes,
    leaving,
    organisations,
    second_factor,
    sign_ins,
    staff_list,
)
from portal.cases.staff_list import COUNCIL, State, Wanted
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.records.role_grant import RoleGrant
from portal.records.team_membership import TeamMembership
from portal.web.access import opens_to
from portal.web.administration import rights_words
from portal.web.administration.blueprint import account_or_404, administrator, pages
from portal.web.administration.changing_pages import NAMES
from portal.web.administration.forms import ListForm
from portal.web.role_words import ROLES
from portal.work import begin_work, council, settings

STATES = {
    State.ACTIVE: ("Active", "green"),
    State.INVITED: ("Invited", "blue"),
    State.INVITATION_ENDED: ("Invitation ended", "orange"),
    State.LISTED: ("Does not sign in", "grey"),
    State.LEFT: ("Left", "red"),
}
Dated = TypeVar("Dated", RoleGrant, TeamMembership)


@pages.route("/", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER)
def people() -> ResponseReturnValue:
    """The list, searched and filtered. A name that is looked for is posted; the rest of what is
    looked for may stand in the address."""
    session = db.session()
    form = ListForm()
    form.offer(council(), organisations.all_of_them(session), COUNCIL)
    if form.is_submitted():
        valid, given, page = form.validate(), form.data, request.form.get("page", "1")
    else:
        valid, given, page = True, request.args, "1"
        for name in ("role", "team", "organisation"):
            form[name].data = given.get(name, "")
        form.left.data = "left" in given
    wanted = Wanted(
        text=(form.text.data or "") if valid else "",
        role=Role(form.role.data) if form.role.data in set(Role) else None,
        team=Team(form.team.data) if form.team.data in set(Team) else None,
        organisation=form.organisation.data or "",
        left=bool(form.left.data),
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )
    if valid:
        act = "people_searched" if form.is_submitted() else "people_listed"
        with begin_work(administrator()) as work:
            names = ("text", "role", "team", "organisation", "left")
            audit.note(work, act, fields=[one for one in names if form[one].data])
    return render_template(
        "administration/people.html",
        form=form,
        listing=staff_list.listing(session, wanted, clock.today(), clock.now()),
        states=STATES,
        role_names=ROLES,
        chosen=bool(given.get("text") or wanted.role or wanted.team or wanted.organisation),
    ), 200 if valid else 422


@pages.get("/people/<account_id>")
@opens_to(Act.ADMINISTER)
def person(account_id: str) -> ResponseReturnValue:
    """Everything about one person, and what can be changed."""
    with begin_work(administrator()) as work:
        account = account_or_404(work.session, account_id)
        audit.note(work, "account_viewed", account)
    session, today, now = db.session(), clock.today(), clock.now()
    fetch_person(session, account)
    (entry,) = staff_list.entries(session, [account], today, now)
    rights = rights_words.rights_on(session, council(), account, today)
    manager = session.get(Account, account.reports_to_id) if account.reports_to_id else None
    found = leaving.holdings(session, account)
    return render_template(
        "administration/person.html",
        account=account,
        entry=entry,
        state=STATES[entry.state],
        manager=manager,
        is_self=account.id == current_user.id,
        roles=_split(ROLES_GIVEN.of(session, account.id), today),
        teams=_split(MEMBERSHIPS.of(session, account.id), today),
        role_names=ROLES,
        rights=rights_words.sentences(rights, council()),
        reports=found.reports,
        cases=len(found.cases),
        followed=len(found.followed),
        sign_ins=sign_ins.open_ones(session, account.id, now),
        second_factor=second_factor.is_set_up(account),
        council_account=council().council_sign_in if settings().openid else None,
        linked=council_identities.of(session, account.id) is not None,
        today=today,
        changes=field_changes.of_account(session, account),
        field_names=NAMES,
    )


@dataclass(frozen=True)
class Split:
    """What holds now or later, and what has ended."""

    current: list[RoleGrant] | list[TeamMembership]
    past: list[RoleGrant] | list[TeamMembership]


def _split(given: list[Dated], today: date) -> Split:
    rows = sorted(given, key=lambda row: (row.first_day, row.id))
    return Split(
        [row for row in rows if row.last_day is None or row.last_day >= today],
        [row for row in rows if row.last_day is not None and row.last_day < today],
    )
