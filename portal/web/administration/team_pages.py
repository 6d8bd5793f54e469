"""The teams of the council's file: who is in them, who was, and who comes and goes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import changing_people, roles
from portal.cases.changing_people import NobodyThere
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Account
from portal.records.team_membership import TeamMembership
from portal.web.access import opens_to
from portal.web.administration import rights_words
from portal.web.administration.blueprint import (
    account_or_404,
    address_of,
    administrator,
    of_person,
    pages,
    place,
)
from portal.web.administration.day_words import days_in_words
from portal.web.administration.forms import EndForm, MemberForm, TeamForm
from portal.web.administration.role_pages import ONE_DAY, end_in_words, last_day_of
from portal.web.shown_first import Told, walk
from portal.work import Work, begin_work, council


@dataclass(frozen=True)
class Member:
    """Somebody in a team, from when to when."""

    account: Account
    row: TeamMembership


@pages.get("/teams")
@opens_to(Act.ADMINISTER)
def teams() -> str:
    """Every team, with how many are in it today."""
    today = clock.today()
    with begin_work(administrator()) as work:
        audit.note(work, "team_viewed", None, [team.value for team in Team])
    # Asked once for all teams, not team by team.
    now = [one for one in _members(db.session(), list(Team)) if _is_now(one, today)]
    rows = []
    for team in Team:
        names = sorted((one.account.name for one in now if one.row.team is team), key=str.casefold)
        rows.append((team, council().team(team).officer_label, names))
    return render_template("administration/teams.html", rows=rows)


@pages.get("/teams/<team>")
@opens_to(Act.ADMINISTER)
def team_page(team: str) -> str:
    """One team: members of today, of later and of earlier."""
    code, today = _team_or_404(team), clock.today()
    with begin_work(administrator()) as work:
        audit.note(work, "team_viewed", None, [code.value])
    members = _members(db.session(), [code])
    ended = [one for one in members if one.row.last_day and one.row.last_day < today]
    return render_template(
        "administration/team.html",
        team=code,
        name=council().team(code).officer_label,
        members=[one for one in members if one not in ended],
        ended=[one for one in ended if one.row.last_day and one.row.last_day >= one.row.first_day],
        today=today,
    )


@pages.route("/teams/<team>/new", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def add_to_team(team: str) -> ResponseReturnValue:
    """Put somebody into a team, from the team's page."""
    code, form = _team_or_404(team), MemberForm()
    name = council().team(code).officer_label
    if not form.is_submitted():
        form.first_day.data = clock.today()

    def show() -> str:
        return render_template("administration/add_to_team.html", form=form, team=code, name=name)

    def deed(work: Work) -> Told:
        found = changing_people.by_email(work.session, form.email.data or "")
        if found is None:
            raise NobodyThere("Nobody on the staff list has this e-mail address.")
        return _join(work, found, code, form, url_for(".team_page", team=code.value))

    return walk(form, deed, place(url_for(".team_page", team=code.value)), show)


@pages.route("/people/<account_id>/teams/new", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def join_team(account_id: str) -> ResponseReturnValue:
    """Put somebody into a team, from their page."""
    account, form = account_or_404(db.session(), account_id), TeamForm()
    form.offer(council())
    if not form.is_submitted():
        form.first_day.data = clock.today()

    def show() -> str:
        return render_template("administration/join_team.html", form=form, account=account)

    def deed(work: Work) -> Told:
        one = account_or_404(work.session, account_id)
        return _join(work, one, Team(form.team.data), form, address_of(one))

    return walk(form, deed, of_person(account_id), show)


@pages.route("/people/<account_id>/teams/<membership_id>/end", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def leave_team(account_id: str, membership_id: str) -> ResponseReturnValue:
    """Take somebody out of a team, at once or after a day."""
    form = EndForm()
    account = account_or_404(db.session(), account_id)
    row = _membership_or_404(db.session(), account, membership_id)

    def show() -> str:
        what = f"{account.name} in {council().team(row.team).officer_label}"
        return render_template(
            "administration/end.html", form=form, account=account, what=what, row=row
        )

    def deed(work: Work) -> Told:
        return _leave(work, account_id, membership_id, form)

    return walk(form, deed, of_person(account_id), show)


def _join(work: Work, account: Account, team: Team, form: TeamForm | MemberForm, to: str) -> Told:
    first_day, last_day = form.days()
    before = rights_words.rights_on(work.session, work.council, account, first_day)
    roles.join_team(work, account, team, first_day, last_day)
    after = rights_words.rights_on(work.session, work.council, account, first_day)
    name = work.council.team(team).officer_label
    gains = rights_words.sentences(after - before, work.council)
    held = rights_words.held_on(work.session, account, first_day)
    warnings = () if rights_words.needs_team(held) else (
        "They have no role on that day that opens the cases of their teams.",
    )  # fmt: skip
    return Told(
        heading=f"{account.name} will be in {name} {days_in_words(first_day, last_day)}",
        gains=gains,
        warnings=warnings,
        done=f"{account.name} is in {name} {days_in_words(first_day, last_day)}.",
        to=to,
        button="Put them into the team",
    )


def _leave(work: Work, account_id: str, membership_id: str, form: EndForm) -> Told:
    account = account_or_404(work.session, account_id)
    row = _membership_or_404(work.session, account, membership_id)
    last_day = last_day_of(form)
    day_after = max(last_day + ONE_DAY, row.first_day)
    before = rights_words.rights_on(work.session, work.council, account, day_after)
    roles.leave_team(work, row, last_day)
    after = rights_words.rights_on(work.session, work.council, account, day_after)
    name = work.council.team(row.team).officer_label
    return Told(
        heading=f"{account.name} will no longer be in {name}, {end_in_words(last_day)}",
        loses=rights_words.sentences(before - after, work.council),
        done=f"{account.name}: {name} ends {end_in_words(last_day)}.",
        to=address_of(account),
        button="End it",
    )


def _is_now(member: Member, today: date) -> bool:
    last = member.row.last_day
    return member.row.first_day <= today and (last is None or last >= today)


def _members(session: Session, teams: Collection[Team]) -> list[Member]:
    rows = session.execute(
        select(Account, TeamMembership)
        .join(TeamMembership, TeamMembership.account_id == Account.id)
        .where(TeamMembership.team.in_(teams))
        .order_by(TeamMembership.first_day, TeamMembership.id)
    )
    return [Member(account, row) for account, row in rows]


def _team_or_404(code: str) -> Team:
    return Team(code) if code in set(Team) else abort(404)


def _membership_or_404(session: Session, account: Account, membership_id: str) -> TeamMembership:
    wanted = select(TeamMembership).where(
        TeamMembership.public_id == membership_id, TeamMembership.account_id == account.id
    )
    return session.scalar(wanted) or abort(404)
