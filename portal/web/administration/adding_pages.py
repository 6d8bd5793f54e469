"""Adding people: one with roles and teams, or a whole staff list."""

from collections.abc import Iterator

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.access.acts import Act
from portal.cases import (
    accounts,
    changing_people,
    inviting,
    organisations,
    reporting_lines,
    roles,
    staff_lines,
)
from portal.cases.staff_lines import Checked, Unreadable
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.account import Account, Role
from portal.web.access import opens_to
from portal.web.administration import rights_words
from portal.web.administration.blueprint import address_of, organisation_or_404, pages, place
from portal.web.administration.day_words import days_in_words
from portal.web.administration.forms import YES, ManyForm, PersonForm
from portal.web.role_words import ROLES
from portal.web.shown_first import Told, walk
from portal.work import Work, council

MOST_NAMED = 5


@pages.route("/people/new", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def add_person() -> ResponseReturnValue:
    """Somebody new: details, roles and teams, the check, then the invitation."""
    form = PersonForm()
    form.offer(council(), organisations.all_of_them(db.session()))
    if not form.is_submitted():
        form.first_day.data = clock.today()

    def show() -> str:
        return render_template("administration/add_person.html", form=form)

    return walk(form, lambda work: _add(work, form), place(url_for(".people")), show)


@pages.route("/people/many", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def add_many() -> ResponseReturnValue:
    """A staff list: each line checked, everything shown, then added together."""
    form = ManyForm()
    checked: list[Checked] = []
    if form.is_submitted() and form.file.data:
        text = staff_lines.read_bytes(form.file.data.read())
        form.text.data, form.text.raw_data = text, [text]

    def show() -> str:
        faults = checked[0].faults if checked else ()
        return render_template("administration/add_many.html", form=form, faults=faults)

    def deed(work: Work) -> Told:
        lines = staff_lines.read(form.text.data or "")
        found = staff_lines.check(work.session, lines)
        checked[:] = [found]
        if found.faults:
            count = len(found.faults)
            raise Unreadable(
                "Put right the line below. Nobody was added."
                if count == 1
                else f"Put right the {count} lines below. Nobody was added."
            )
        return _told_of_many(staff_lines.add(work, lines))

    return walk(form, deed, place(url_for(".people")), show)


def _add(work: Work, form: PersonForm) -> Told:
    outside = (
        organisation_or_404(work.session, form.organisation.data)
        if form.organisation.data
        else None
    )
    details = form.details()
    account = accounts.create(
        work, details.name, details.email, job_title=details.job_title, organisation=outside
    )
    manager = changing_people.manager_of(work.session, details.manager_email)
    reporting_lines.set_manager(work, account, manager)
    first_day, last_day = form.first_day.data or work.today, form.last_day.data
    for role in form.roles.data or ():
        roles.give_role(work, account, Role(role), first_day, last_day)
    for team in form.teams.data or ():
        roles.join_team(work, account, Team(team), first_day, last_day)
    if form.signs_in.data == YES:
        inviting.send(work, account)
    work.session.flush()
    works_for = outside.name if outside is not None else work.council.name
    return _told_of_one(work, account, form, works_for, manager)


def _told_of_one(
    work: Work, account: Account, form: PersonForm, works_for: str, manager: Account | None
) -> Told:
    given = [Role(role) for role in form.roles.data or ()]
    teams = [Team(team) for team in form.teams.data or ()]
    invited = form.signs_in.data == YES
    designated = invited and roles.is_designated(work, account)
    warnings = []
    if rights_words.needs_team(given) and not teams:
        warnings.append("They are in no team, so they will see no case.")
    if invited and not given and not designated:
        warnings.append("They have no role, so they can sign in and see nothing.")
    sent = f" An invitation is on its way to {account.email}." if invited else ""
    return Told(
        heading=f"Add {account.name}",
        lines=(
            f"{account.name}, {account.job_title or 'no job title'}, {account.email}.",
            f"Works for {works_for}.",
            *_reports_to(account, manager),
            *_rights(work, form, given, teams),
            f"An invitation goes to {account.email} today. Its link works for 7 days."
            if invited
            else "They cannot sign in. They stand on the staff list only.",
        ),
        gains=rights_words.sentences(
            rights_words.rights_of(given, teams, designated), work.council
        ),
        warnings=tuple(warnings),
        done=f"{account.name} is on the list.{sent}",
        to=address_of(account),
        button="Add and invite" if invited else "Add to the staff list",
    )


def _reports_to(account: Account, manager: Account | None) -> Iterator[str]:
    if manager is not None:
        yield (
            f"Reports to {manager.name}. Cases about {manager.name}, or about anybody above them, "
            f"will be closed to {account.name}."
        )


def _rights(work: Work, form: PersonForm, given: list[Role], teams: list[Team]) -> Iterator[str]:
    when = days_in_words(form.first_day.data or work.today, form.last_day.data)
    if given:
        named = rights_words.joined([ROLES[role] for role in given])
        yield f"{'Roles' if len(given) > 1 else 'Role'}: {named}, {when}."
    if teams:
        named = rights_words.joined([work.council.team(team).officer_label for team in teams])
        yield f"{'Teams' if len(teams) > 1 else 'Team'}: {named}, {when}."


def _told_of_many(checked: Checked) -> Told:
    count = len(checked.new)
    people = "1 person is" if count == 1 else f"{count} people are"
    lines = [f"{people} added to the staff list. They cannot sign in until you invite them."]
    if checked.known:
        names = [line.name for line in checked.known[:MOST_NAMED]]
        more = len(checked.known) - len(names)
        named = rights_words.joined([*names, f"{more} more"] if more else names)
        lines.append(f"On the list already, and left as they are: {named}.")
    return Told(
        heading="Add people to the staff list",
        lines=tuple(lines),
        head=("Name", "E-mail", "Job title", "Manager"),
        rows=tuple((one.name, one.email, one.job_title, one.manager_email) for one in checked.new),
        done=f"{people} added.",
        to=url_for(".people"),
        button="Add them",
    )
